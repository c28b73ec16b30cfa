"""A check for code hosts and editors (`--format sarif`): SARIF 2.1.0, one run.

Words are Chinese; English stands under `properties`. What is waived is a suppressed result with its reason.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from zwgk_site.cli.findings import department_of, due_of, fingerprints
from zwgk_site.diagnostics import PLACEHOLDER, Severity
from zwgk_site.model.version import VERSION

if TYPE_CHECKING:
    from zwgk_site.cli.reports.subject import Report
    from zwgk_site.diagnostics import Diagnostic, Rule, Span

Json = dict[str, Any]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "SITE"
"""What paths are relative to: the folder of `site.yaml`."""
_LINK = re.compile(r"\[(?=[^\]]*\]\()")
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def sarif_data(report: Report) -> Json:
    """The log as plain data; rules are those that were broken, by code."""
    waived = [finding for finding, _ in report.waived]
    rules = sorted({finding.code: finding.rule for finding in (*report.findings, *waived)}.items())
    places = {code: place for place, (code, _) in enumerate(rules)}
    results = [
        _result(finding, places[finding.code], name)
        for finding, name in zip(report.findings, fingerprints(report.findings), strict=True)
    ]
    for (finding, reason), name in zip(report.waived, fingerprints(waived), strict=True):
        silent = {"suppressions": [{"kind": "external", "justification": reason}]}
        results.append(_result(finding, places[finding.code], name) | silent)
    driver = {"name": "zwgk", "version": VERSION, "language": "zh-CN", "rules": [_rule(rule) for _, rule in rules]}
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"description": {"text": "site.yaml 所在的文件夹"}}},
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> Json:
    meaning, mend = _general(rule.zh), _general(rule.hint_zh)
    return {
        "id": rule.code,
        "shortDescription": {"text": _text(meaning)},
        "fullDescription": {"text": _text(meaning + (f"（依据：{rule.basis}）" if rule.basis else ""))},
        "help": {"text": _text(mend or f"zwgk explain {rule.code}")},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [rule.family],
            "basis": rule.basis,
            "blocks": rule.blocks,
            "en": {"description": _general(rule.en), "help": _general(rule.hint_en)},
        },
    }


def _general(words: str) -> str:
    """Words of a rule without a finding at hand."""
    return PLACEHOLDER.sub("…", words)


def _text(words: str) -> str:
    """Text as a SARIF message: braces doubled (§3.11.5), and nothing that reads as a link (§3.11.6)."""
    return _LINK.sub(r"\\[", words.replace("{", "{{").replace("}", "}}"))


def _result(finding: Diagnostic, place: int, name: str) -> Json:
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": place,
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(finding.message("zh"))},
        "locations": [{"physicalLocation": _place(finding.span)}] if finding.span.file else [],
        "partialFingerprints": {"zwgkFinding/v1": name},
        "properties": {
            "department": department_of(finding),
            "hint": finding.hint("zh"),
            "en": {"message": finding.message("en"), "hint": finding.hint("en")},
        },
    }
    if due_of(finding):
        result["properties"]["due"] = due_of(finding)
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _place(span)} for number, span in enumerate(finding.related, 1)
        ]
    return result


def _place(span: Span) -> Json:
    """A file, relative to the site unless it lies outside, and the columns in it, counted as SARIF counts them."""
    outside = span.file.startswith("/") or ":" in span.file[:3]
    uri = quote(span.file.replace("\\", "/"), errors="replace")
    file: Json = (
        {"uri": f"file://{'' if uri.startswith('/') else '/'}{uri}"} if outside else {"uri": uri, "uriBaseId": BASE}
    )
    place: Json = {"artifactLocation": file}
    if span.line:
        region: Json = {"startLine": span.line}
        if span.column:
            region |= {"startColumn": span.column, "endColumn": max(span.end_column, span.column)}
        place["region"] = region
    return place
