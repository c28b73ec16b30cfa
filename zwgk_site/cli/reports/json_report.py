"""A check for programs (`--format json`). The schema, `schema/check.schema.json`, only grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.cli.show import findings_json
from zwgk_site.diagnostics import Severity

if TYPE_CHECKING:
    from zwgk_site.cli.reports.subject import DepartmentSummary, Report
    from zwgk_site.model.budgets import BudgetRow


def report_data(report: Report) -> dict[str, Any]:
    """The report as plain data. `result` is absent where the check could not go to its end."""
    data: dict[str, Any] = {
        "format": 1,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "notices": report.count(Severity.NOTICE),
        "findings": findings_json(report.findings),
        "departments": [_department(row) for row in report.departments if row.code],
        "waived": [
            {**item, "reason": reason}
            for item, (_, reason) in zip(
                findings_json(finding for finding, _ in report.waived), report.waived, strict=True
            )
        ],
    }
    if report.score is not None:
        data["score"] = {"points": report.score, "vetoes": list(report.vetoes)}
    data["indicators"] = [{"name": item.name, "points": item.points, "cap": item.cap} for item in report.indicators]
    if report.complete:
        data["budgets"] = [_budget(row) for row in report.budget]
    if report.returned is not None:
        data["returned"] = [
            {"file": item.file, "title": item.title, "findings": findings_json(item.findings)}
            for item in report.returned
        ]
    if report.complete:
        data["result"] = {
            "today": report.today,
            "departments": report.department_count,
            "held": [row.code for row in report.departments if row.held],
            "entries": report.entries,
            "documents": report.documents,
        }
    return data


def _budget(row: BudgetRow) -> dict[str, Any]:
    missing = [{"year": year, "kind": kind} for year, kind in row.missing]
    return {**msgspec.structs.asdict(row), "missing": missing}


def _department(row: DepartmentSummary) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": row.code,
        "name": row.name,
        "errors": row.errors,
        "warnings": row.warnings,
        "notices": row.notices,
        "held": row.held,
    }
    if row.performance is not None:
        data["performance"] = msgspec.structs.asdict(row.performance) | {"rate": row.performance.rate}
    if row.score is not None:
        data["score"] = msgspec.to_builtins(row.score)
    return data
