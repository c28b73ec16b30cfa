"""All findings of a run on the terminal or in a file, and the exit code that follows from them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zwgk_site.cli.show import SourceLines, count_findings, findings_json, show_finding, summary_line
from zwgk_site.diagnostics import RULES, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.cli.day_counts import DayCounts
    from zwgk_site.cli.reports.subject import Report
    from zwgk_site.diagnostics import Diagnostic

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
SHOWN_EACH = 20
"""Findings of one code shown in full; the rest are counted (all of them with `--format json`)."""
FORMATS = ("text", "json", "sarif", "xlsx", "html")


def show_all(  # noqa: PLR0913 - what a run has to say, and how
    findings: tuple[Diagnostic, ...],
    root: Path,
    language: str,
    *,
    as_json: bool = False,
    quiet: bool = False,
    result: dict[str, Any] | None = None,
    days: DayCounts | None = None,
) -> None:
    """Everything that was found: as text on stderr, or as JSON on stdout."""
    if as_json:
        counts = count_findings(findings)
        report: dict[str, Any] = {
            "format": 1,
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "notices": counts[Severity.NOTICE],
            "findings": findings_json(findings),
        }
        if result is not None:
            report["result"] = result
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    shown = tuple(finding for finding in findings if finding.severity is Severity.ERROR) if quiet else findings
    for line, severity in _told(shown, SourceLines(root), language, days):
        click.echo(click.style(line, fg=_COLORS[severity]) if severity else line, err=True)
    if findings:
        click.echo(summary_line(findings, language), err=True)


def _told(
    findings: tuple[Diagnostic, ...], lines: SourceLines, language: str, days: DayCounts | None
) -> Iterator[tuple[str, Severity | None]]:
    """The lines of all findings, the first of each with its severity; of many of one code only the first are told."""
    seen: dict[str, int] = {}
    for finding in findings:
        code = finding.code
        seen[code] = count = seen.get(code, 0) + 1
        if count > SHOWN_EACH and finding.severity is not Severity.ERROR:
            continue
        severity: Severity | None = finding.severity
        for line in show_finding(finding, lines, language, days):
            yield line, severity
            severity = None
    for code, count in sorted(seen.items()):
        if count > SHOWN_EACH and RULES[code].severity is not Severity.ERROR:
            more = count - SHOWN_EACH
            zh = f"{code} 还有 {more} 处未逐条显示，完整清单请用 --report 写成文件"
            yield zh if language == "zh" else f"{code}: {more} more not shown; see --report FILE", None


def report_bytes(report: Report, form: str, language: str, days: DayCounts | None = None) -> bytes:
    """A report in any form but text."""
    if form == "xlsx":
        from zwgk_site.cli.reports.xlsx_report import xlsx_bytes

        return xlsx_bytes(report, language, days)
    if form == "html":
        from zwgk_site.cli.reports.html_report import html_page

        return html_page(report, language, days).encode("utf-8", "replace")
    if form == "sarif":
        from zwgk_site.cli.reports.sarif_report import sarif_data

        return _encode(sarif_data(report))
    from zwgk_site.cli.reports.json_report import report_data

    return _encode(report_data(report))


def _encode(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def text_report(report: Report, language: str, days: DayCounts | None) -> bytes:
    """Every finding as the terminal tells it, none left out, but without lines of the files: a report is sent on."""
    from zwgk_site.cli.closing import summing_lines

    rows = [row for finding in report.findings for row in show_finding(finding, None, language, days)]
    rows += [summary_line(report.findings, language), *summing_lines(report, language), ""]
    return "\n".join(rows).encode("utf-8", "replace")


def write_report(file: Path, content: bytes) -> None:
    """The whole file or none of it: written beside and put in place."""
    from zwgk_site.stages.publish import machine_faults

    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    with machine_faults(file):
        try:
            draft.write_bytes(content)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)


def exit_code(findings: tuple[Diagnostic, ...], *, strict: bool, failed: bool = False) -> int:
    """0, or 1 for errors (and for warnings under `--strict`)."""
    counts = count_findings(findings)
    bad = counts[Severity.ERROR] or (strict and counts[Severity.WARNING])
    return 1 if bad or failed else 0
