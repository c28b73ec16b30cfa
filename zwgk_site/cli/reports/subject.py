"""What every form of a report is made of: the findings of one check, summed up by department."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.cli.findings import department_of
from zwgk_site.diagnostics import Diagnostic, Severity
from zwgk_site.model.budgets import BudgetRow
from zwgk_site.model.performance import Performance
from zwgk_site.statute.score import INDICATORS, Indicator, Score, mean_points, score_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WHOLE_SITE = ("全站", "whole site")
"""Where findings stand that belong to no department."""


class DepartmentSummary(msgspec.Struct, frozen=True):
    """One row of the league table (部门小计). `code` is empty for what belongs to no department."""

    code: str
    name: str
    errors: int = 0
    warnings: int = 0
    notices: int = 0
    held: bool = False
    performance: Performance | None = None
    score: Score | None = None


class ReturnedFile(msgspec.Struct, frozen=True):
    """A file that the gate sends back (退文): what is missing in it, with how to mend each."""

    file: str
    title: str
    findings: tuple[Diagnostic, ...]


class TrendPoint(msgspec.Struct, frozen=True):
    """What one check or build came to (一次体检的小计): a line of the trend file. Keys are added, none is renamed.

    `score` is the mean of `scores`, those of departments by code; older lines have neither.
    """

    moment: str
    errors: int
    warnings: int
    notices: int
    by_code: dict[str, int] = {}
    by_department: dict[str, tuple[int, int, int]] = {}
    score: float | None = None
    scores: dict[str, int] = {}


class Report(msgspec.Struct, frozen=True):
    """One check as every form tells it (体检报告). `returned` is `None` where nobody asked for the gate.

    `departments` has a row for all that findings speak of, `department_count` counts those that have a catalogue.
    `trend` ends with this very check. `complete` is false where settings or theme stopped the check. `indicators` are
    those of the site, which `departments` were scored by.
    """

    moment: str
    findings: tuple[Diagnostic, ...]
    departments: tuple[DepartmentSummary, ...]
    department_count: int = 0
    entries: int = 0
    documents: int = 0
    waived: tuple[tuple[Diagnostic, str], ...] = ()
    returned: tuple[ReturnedFile, ...] | None = None
    trend: tuple[TrendPoint, ...] = ()
    complete: bool = True
    budget: tuple[BudgetRow, ...] = ()
    indicators: tuple[Indicator, ...] = INDICATORS

    @property
    def today(self) -> str:
        """The day that the check counted from."""
        return self.moment[:10]

    def count(self, severity: Severity) -> int:
        """How many findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def score(self) -> float | None:
        """The mean score of the departments; `None` where there is none."""
        return mean_points(row.score for row in self.departments if row.score is not None)

    @property
    def vetoes(self) -> tuple[str, ...]:
        """Codes that make the site as a whole fail: its own, and those of its departments, whose numbers are the site's."""
        return score_findings(self.findings).vetoes


def sum_departments(
    findings: Iterable[Diagnostic],
    held: Iterable[str],
    names: Mapping[str, str],
    performances: Mapping[str, Performance],
    indicators: tuple[Indicator, ...] = INDICATORS,
) -> tuple[DepartmentSummary, ...]:
    """A row for every department that is named or has findings, by code; the whole site's comes last.

    Those that are named or held have a score, unless their catalogue can't be used as it is: then what was found is
    not all. A folder without a catalogue is no department yet.
    """
    groups: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        groups.setdefault(department_of(finding), []).append(finding)
    counts = Counter((code, finding.severity) for code, group in groups.items() for finding in group)
    held = frozenset(held)
    judged = {code for code in (*names, *held) if not _hides_entries(groups.get(code, ()))}
    codes = {*names, *held, *performances, *groups}
    return tuple(
        DepartmentSummary(
            code,
            names.get(code, code),
            counts[code, Severity.ERROR],
            counts[code, Severity.WARNING],
            counts[code, Severity.NOTICE],
            code in held,
            performances.get(code),
            score_findings(groups.get(code, ()), indicators) if code in judged else None,
        )
        for code in sorted(codes, key=lambda code: (not code, code))
    )


def _hides_entries(findings: Iterable[Diagnostic]) -> bool:
    """Whether the catalogue has a fault that kept entries, or all of it, from being looked at."""
    return any(item.blocks and item.span.file.startswith("catalogs/") and item.code[2] == "1" for item in findings)


def trend_point(report: Report) -> TrendPoint:
    """The line that `--trend` keeps of this check."""
    return TrendPoint(
        report.moment,
        report.count(Severity.ERROR),
        report.count(Severity.WARNING),
        report.count(Severity.NOTICE),
        dict(sorted(Counter(finding.code for finding in report.findings).items())),
        {row.code: (row.errors, row.warnings, row.notices) for row in report.departments},
        report.score,
        {row.code: row.score.points for row in report.departments if row.score is not None},
    )


def group_returned(findings: Iterable[Diagnostic]) -> dict[str, tuple[Diagnostic, ...]]:
    """The findings for which the gate returns a file (国办发〔2016〕80号), by file."""
    files: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        if finding.rule.gate:
            files.setdefault(finding.span.file, []).append(finding)
    return {file: tuple(found) for file, found in files.items()}


def rank_departments(departments: Iterable[DepartmentSummary]) -> list[DepartmentSummary]:
    """Those that could not be scored, then the lowest score first, then by name; the whole site's row comes last."""
    return sorted(
        departments, key=lambda row: (not row.code, row.score.points if row.score else -1, row.name, row.code)
    )
