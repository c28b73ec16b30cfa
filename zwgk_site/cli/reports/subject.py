"""What every form of a report is made of: the findings of one check, summed up by department."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.cli.findings import department_of
from zwgk_site.diagnostics import Diagnostic, Severity
from zwgk_site.model.performance import Performance

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


class ReturnedFile(msgspec.Struct, frozen=True):
    """A file that the gate sends back (退文): what is missing in it, with how to mend each."""

    file: str
    title: str
    findings: tuple[Diagnostic, ...]


class TrendPoint(msgspec.Struct, frozen=True):
    """What one check came to (一次体检的小计): a line of the trend file. New keys may be added, none is renamed."""

    moment: str
    errors: int
    warnings: int
    notices: int
    by_code: dict[str, int] = {}
    by_department: dict[str, tuple[int, int, int]] = {}


class Report(msgspec.Struct, frozen=True):
    """One check as every form tells it (体检报告). `returned` is `None` where nobody asked for the gate.

    `departments` has a row for all that findings speak of, `department_count` counts those that have a catalogue.
    `trend` ends with this very check. `complete` is false where settings or theme stopped the check.
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

    @property
    def today(self) -> str:
        """The day that the check counted from."""
        return self.moment[:10]

    def count(self, severity: Severity) -> int:
        """How many findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)


def sum_departments(
    findings: Iterable[Diagnostic],
    held: Iterable[str],
    names: Mapping[str, str],
    performances: Mapping[str, Performance],
) -> tuple[DepartmentSummary, ...]:
    """A row for every department that is named or has findings, by code; the whole site's comes last."""
    counts = Counter((department_of(finding), finding.severity) for finding in findings)
    held = frozenset(held)
    codes = {*names, *performances, *held, *(code for code, _ in counts)}
    return tuple(
        DepartmentSummary(
            code,
            names.get(code, code),
            counts[code, Severity.ERROR],
            counts[code, Severity.WARNING],
            counts[code, Severity.NOTICE],
            code in held,
            performances.get(code),
        )
        for code in sorted(codes, key=lambda code: (not code, code))
    )


def trend_point(report: Report) -> TrendPoint:
    """The line that `--trend` keeps of this check."""
    return TrendPoint(
        report.moment,
        report.count(Severity.ERROR),
        report.count(Severity.WARNING),
        report.count(Severity.NOTICE),
        dict(sorted(Counter(finding.code for finding in report.findings).items())),
        {row.code: (row.errors, row.warnings, row.notices) for row in report.departments},
    )


def group_returned(findings: Iterable[Diagnostic]) -> dict[str, tuple[Diagnostic, ...]]:
    """The findings for which the gate returns a file (国办发〔2016〕80号), by file."""
    files: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        if finding.rule.gate:
            files.setdefault(finding.span.file, []).append(finding)
    return {file: tuple(found) for file, found in files.items()}


def rank_departments(departments: Iterable[DepartmentSummary]) -> list[DepartmentSummary]:
    """The worst first: held back, then errors, then a low rate on time, then warnings."""
    return sorted(departments, key=_badness)


def _badness(row: DepartmentSummary) -> tuple[bool, int, float, int, str]:
    rate = row.performance.rate if row.performance and row.performance.rate is not None else 1.0
    return (not row.held, -row.errors, rate, -row.warnings, row.code)
