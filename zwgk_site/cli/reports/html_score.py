"""The score and the budgets on the page: departments down, indicators or years across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.cli.reports.budget_matrix import KINDS, BudgetMatrix
from zwgk_site.cli.reports.html_parts import Cell, Html, table, tag
from zwgk_site.cli.reports.subject import rank_departments
from zwgk_site.cli.reports.words import BUDGET_WORDS, indicator_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.cli.reports.html_words import Words
    from zwgk_site.cli.reports.subject import Report
    from zwgk_site.statute.score import Deduction


def score_part(report: Report, words: Words) -> Iterator[Html]:
    """How it is counted, what each indicator takes off whom, and the weights."""
    yield tag("ul", *(tag("li", words(name)) for name in ("how_scored", "how_failed", "how_weighed")), class_="notes")
    scored = [(row, row.score) for row in rank_departments(report.departments) if row.score is not None]
    taken = {row.code: {item.name: item for item in score.deductions} for row, score in scored}
    used = [item.name for item in report.indicators if any(item.name in found for found in taken.values())]
    if used:
        rows: list[tuple[Cell, ...]] = [
            (row.name, score.points, *(_points(taken[row.code].get(name)) for name in used)) for row, score in scored
        ]
        heads = (*words.all("department", "points"), *(indicator_name(name, words.language) for name in used))
        yield table(words("deductions"), heads, rows, kind="matrix")
    yield _weights(report, words, taken)


def _points(deduction: Deduction | None) -> Cell:
    return deduction.points if deduction else ""


def _weights(report: Report, words: Words, taken: dict[str, dict[str, Deduction]]) -> Html:
    """What is looked at, what it costs, and how much of it there is."""
    rows: list[tuple[Cell, ...]] = []
    for item in report.indicators:
        found = [deductions[item.name] for deductions in taken.values() if item.name in deductions]
        about = (item.title,) if words.is_chinese else ()
        faults = sum(deduction.count for deduction in found)
        name = indicator_name(item.name, words.language)
        rows.append((name, item.points, item.cap, faults, len(found), *about))
    about = (words("looks_at"),) if words.is_chinese else ()
    return table(words("indicators"), (*words.all("indicator", "each", "cap", "faults", "concerned"), *about), rows)


def budget_table(report: Report, words: Words) -> Html:
    """Which departments have published what, of which years; what is missing is red and says so."""
    matrix, said = BudgetMatrix(report.budget), BUDGET_WORDS[words.language]
    shown: dict[str, Cell] = {
        "there": said["there"],
        "missing": tag("strong", said["missing"], class_="word error"),
        "": "",
    }
    rows: list[tuple[Cell, ...]] = [
        (row.name, *(shown[matrix.state(row, year, kind)] for year, kind in matrix.columns)) for row in report.budget
    ]
    heads = (words("department"), *(said[kind] for _ in matrix.years for kind in KINDS))
    groups = (("", 1), *((str(year), len(KINDS)) for year in matrix.years))
    return table(words("budget_matrix"), heads, rows, kind="matrix", groups=groups)
