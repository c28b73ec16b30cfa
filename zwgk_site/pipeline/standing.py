"""How the whole site stands after the look across: what a check and a build hand to those who report on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Diagnostic
from zwgk_site.model.budgets import BudgetRow
from zwgk_site.model.corpus import Weight
from zwgk_site.model.performance import Performance
from zwgk_site.stages.check import tabulate_budgets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.pipeline.survey import Survey


class DepartmentPerformance(msgspec.Struct, frozen=True):
    """How one department keeps its promises (部门履约情况); `held` if a build would hold it back."""

    code: str
    name: str
    entries: int
    documents: int
    held: bool
    performance: Performance


class CheckedSite(msgspec.Struct, frozen=True):
    """What was looked at (体检): counts as the site stands, and the departments that a build holds back.

    `waived` are findings that somebody has answered for, with the reasons given; `budget` has the departments that
    should publish budgets and final accounts, or do; `weights` are the site's own of the score.
    """

    departments: int
    held: tuple[str, ...]
    entries: int
    documents: int
    performance: tuple[DepartmentPerformance, ...] = ()
    waived: tuple[tuple[Diagnostic, str], ...] = ()
    budget: tuple[BudgetRow, ...] = ()
    weights: tuple[Weight, ...] = ()


def describe_site(survey: Survey) -> CheckedSite:
    """The site in figures; asked for after `all_findings`, which finds out what is waived."""
    entries, documents = survey.totals()
    headers = survey.headers()
    return CheckedSite(
        len(headers),
        tuple(sorted(code for code, record in survey.departments.items() if record.held)),
        entries,
        documents,
        tuple(_performances(survey)),
        survey.waived,
        tabulate_budgets(headers),
        survey.env.site.weights,
    )


def _performances(survey: Survey) -> Iterator[DepartmentPerformance]:
    for code, header in survey.headers().items():
        brief = header.brief
        held = survey.departments[code].held
        yield DepartmentPerformance(code, brief.name, brief.entries, brief.documents, held, header.outline.performance)
