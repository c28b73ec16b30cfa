"""Budgets and final accounts by their years: of one department, and of all side by side (预算、决算)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zwgk_site.model.budgets import BudgetRow, BudgetYears

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zwgk_site.model.corpus import Document
    from zwgk_site.model.exports import Brief, Header

KINDS = ("预算", "决算")
BUDGETING = frozenset(("本级政府", "政府部门", "乡镇街道"))
"""Categories (部门类别) whose organs have a budget of their own; others are shown once they have published one."""
POSSIBLE = range(1949, 2100)
"""A year beyond is a slip of the pen, and would leave thousands of years without a report."""
_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)(?!\d)")


def year_of(document: Document) -> int:
    """The year that a report is about: as given, else the one year in its title; 0 if that leaves a doubt."""
    if document.year:
        return document.year if document.year in POSSIBLE else 0
    found = set(_YEAR.findall(document.title))
    return int(found.pop()) if len(found) == 1 else 0


def budget_years(documents: Iterable[Document]) -> BudgetYears:
    """The years of the budgets and accounts among a department's public documents."""
    found: dict[str, set[int]] = {kind: set() for kind in KINDS}
    for document in documents:
        if document.kind in found:
            found[document.kind].add(year_of(document))
    return BudgetYears(*(tuple(sorted(found[kind] - {0})) for kind in KINDS))


def years_between(years: Iterable[int]) -> Iterator[int]:
    """The years without anything that lie between the first and the last of `years`."""
    known = set(years)
    return (year for year in range(min(known, default=0) + 1, max(known, default=0)) if year not in known)


def tabulate_budgets(headers: Mapping[str, Header]) -> tuple[BudgetRow, ...]:
    """A row for each department that should have a budget, or has one; dissolved ones only with what they have.

    A year is missing between a department's own first and last, and after its last (or at all, if it has none) once
    at least half of the rows have come to it.
    """
    rows = {code: header for code, header in headers.items() if _has_row(header)}
    usual = {kind: _usual_year([header.outline.budgets.of(kind) for header in rows.values()]) for kind in KINDS}
    return tuple(_row(header.brief, header.outline.budgets, usual) for header in rows.values())


def _has_row(header: Header) -> bool:
    years, brief = header.outline.budgets, header.brief
    expected = brief.category in BUDGETING and not brief.dissolved_on and brief.documents > 0
    return expected or bool(years.budgets or years.accounts)


def _usual_year(published: Iterable[tuple[int, ...]]) -> int:
    """The newest year to which at least half have come; 0 if half have published nothing."""
    newest = sorted(max(years, default=0) for years in published)
    return newest[len(newest) // 2] if newest else 0


def _row(brief: Brief, years: BudgetYears, usual: Mapping[str, int]) -> BudgetRow:
    missing = sorted((year, kind) for kind in KINDS for year in _missing(years.of(kind), usual[kind], brief))
    return BudgetRow(brief.code, brief.name, years.budgets, years.accounts, tuple(missing))


def _missing(years: tuple[int, ...], usual: int, brief: Brief) -> Iterator[int]:
    yield from years_between(years)
    if usual and not brief.dissolved_on:
        yield from range(max(years, default=usual - 1) + 1, usual + 1)
