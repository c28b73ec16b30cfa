"""All findings of a run on the terminal, and the exit code that follows from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zwgk_site.cli.show import SourceLines, count_findings, findings_json, show_finding, summary_line
from zwgk_site.diagnostics import Severity

if TYPE_CHECKING:
    from zwgk_site.diagnostics import Diagnostic

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
SHOWN_EACH = 20
"""Findings of one code shown in full; the rest are counted (all of them with `--format json`)."""


def show_all(  # noqa: PLR0913 - what a run has to say, and how
    findings: tuple[Diagnostic, ...],
    root: Path,
    language: str,
    *,
    as_json: bool = False,
    quiet: bool = False,
    result: dict[str, Any] | None = None,
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
    lines = SourceLines(root)
    seen: dict[str, int] = {}
    for finding in findings:
        if quiet and finding.severity is not Severity.ERROR:
            continue
        seen[finding.code] = seen.get(finding.code, 0) + 1
        if seen[finding.code] > SHOWN_EACH and finding.severity is not Severity.ERROR:
            continue
        text = list(show_finding(finding, lines, language))
        click.echo(click.style(text[0], fg=_COLORS[finding.severity]), err=True)
        for line in text[1:]:
            click.echo(line, err=True)
    for code, count in sorted(seen.items()):
        if count > SHOWN_EACH and _rule_severity(code) is not Severity.ERROR:
            more = count - SHOWN_EACH
            words = (
                f"{code} 还有 {more} 处未逐条显示，完整清单请用 --format json"
                if language == "zh"
                else (f"{code}: {more} more not shown; see --format json")
            )
            click.echo(words, err=True)
    if findings:
        click.echo(summary_line(findings, language), err=True)


def _rule_severity(code: str) -> Severity:
    from zwgk_site.diagnostics import RULES

    return RULES[code].severity


def exit_code(findings: tuple[Diagnostic, ...], *, strict: bool, failed: bool = False) -> int:
    """0, or 1 for errors (and for warnings under `--strict`)."""
    counts = count_findings(findings)
    bad = counts[Severity.ERROR] or (strict and counts[Severity.WARNING])
    return 1 if bad or failed else 0
