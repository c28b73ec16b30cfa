"""Findings as text for people: place, words, the source line with carets under what is meant, how to mend it."""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.cli.findings import department_of, due_of
from zwgk_site.diagnostics import RULES, SEVERITY_WORDS, Diagnostic, Severity
from zwgk_site.text.clues.hiding import hide_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.cli.day_counts import DayCounts

WIDTH = 100
"""Cells of a source line that are shown at most."""
REACH = 400
"""Characters on either side of a place that are looked at: a line may be megabytes long."""
_DIRECTIONS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_code_of = attrgetter("code")
_LABELS = {"zh": ("依据：", "建议：", "另见："), "en": ("basis: ", "hint: ", "see also: ")}


class SourceLines:
    """Lines of input files, read when a finding is shown. Knows the encodings that the reader knows."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, list[str]] = {}

    def line(self, file: str, number: int) -> str:
        """One line, or an empty string if it can't be had."""
        if file not in self._files:
            self._files[file] = self._read(file)
        lines = self._files[file]
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def _read(self, file: str) -> list[str]:
        path = self._root / file
        try:
            if path.stat().st_size > 20_000_000:
                return []
            data = path.read_bytes()
        except (OSError, ValueError):
            return []
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
            try:
                return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n").split("\n")
            except UnicodeDecodeError:
                continue
        return []


def display_width(text: str) -> int:
    """Cells that `text` takes in a terminal: a Chinese character is two."""
    return sum(cell_width(char) for char in text)


def cell_width(char: str) -> int:
    """Cells of one character."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Cc", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def show_finding(
    finding: Diagnostic, lines: SourceLines | None, language: str, days: DayCounts | None = None
) -> Iterator[str]:
    """The lines in which one finding is told, with what stands there if `lines` is given; `days` adds days left or over."""
    span = finding.span
    place = span.file + (f":{span.line}:{span.column}" if span.line else "")
    message = finding.message(language) + (days.words(finding, language) if days else "")
    yield plain_text(f"{place}: {SEVERITY_WORDS[language][finding.severity]} {finding.code} {message}")
    source = lines.line(span.file, span.line) if lines is not None and span.line else ""
    if source:
        yield from excerpt(source, span.line, span.column, span.end_column)
    basis, hint, also = _LABELS[language]
    notes = []
    if finding.rule.basis:
        notes.append(basis + finding.rule.basis)
    if finding.hint(language):
        notes.append(hint + finding.hint(language))
    if notes:
        yield "   " + plain_text("    ".join(notes))
    for related in finding.related:
        yield f"   {also}{related.file}" + (f":{related.line}:{related.column}" if related.line else "")


def excerpt(source: str, line: int, column: int, end_column: int) -> Iterator[str]:
    """The source line and carets; a long line is cut around the place.

    Tabs and control characters show as blanks, personal numbers with stars: what a terminal shows is often kept or sent on.
    """
    skipped = max(0, column - 1 - REACH)
    text = hide_numbers(plain_text(source[skipped : column - 1 + REACH])).rstrip()
    place = column - 1 - skipped
    start, stop = _window(text, place)
    lead = "..." if start or skipped else ""
    tail = "..." if stop < len(text) or len(source) >= column - 1 + REACH else ""
    number = f"{line:5d} | "
    yield number + lead + text[start:stop] + tail
    marked = text[place : min(max(end_column - 1 - skipped, place + 1), stop)]
    blanks = " " * (len(lead) + display_width(text[start:place]))
    yield " " * (len(number) - 2) + "| " + blanks + "^" * max(1, display_width(marked))


def plain_text(text: str) -> str:
    """Text that can't steer a terminal: a blank for every control character, and for marks that turn the direction."""
    return text if text.isprintable() else "".join(" " if _steers(char) else char for char in text)


def _steers(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} or char in _DIRECTIONS


def _window(text: str, place: int) -> tuple[int, int]:
    """What is shown of a line: all of it, or `WIDTH` cells with the place in their first half."""
    if display_width(text) <= WIDTH:
        return 0, len(text)
    start = min(place, len(text))
    left = WIDTH // 2
    while start and (left := left - cell_width(text[start - 1])) >= 0:
        start -= 1
    stop, left = start, WIDTH
    while stop < len(text) and (left := left - cell_width(text[stop])) >= 0:
        stop += 1
    return start, stop


def count_findings(findings: Iterable[Diagnostic]) -> dict[Severity, int]:
    """How many of each severity."""
    counts = dict.fromkeys(Severity, 0)
    for code, count in Counter(map(_code_of, findings)).items():
        counts[RULES[code].severity] += count
    return counts


def summary_line(findings: tuple[Diagnostic, ...], language: str) -> str:
    """One sentence over all findings."""
    counts = count_findings(findings)
    if not findings:
        return "没有发现问题。" if language == "zh" else "no findings."
    errors, warnings, notices = counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.NOTICE]
    if language == "zh":
        return f"共 {errors} 个错误，{warnings} 个警告，{notices} 个提示。"
    return f"{errors} errors, {warnings} warnings, {notices} notices."


def findings_json(findings: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """Findings for programs; the schema (`check_schema.py`) only grows. `due` is there where the facts have a day."""
    return [_as_data(finding) for finding in findings]


def _as_data(finding: Diagnostic) -> dict[str, object]:
    data: dict[str, object] = {
        "code": finding.code,
        "severity": SEVERITY_WORDS["en"][finding.severity],
        "family": finding.rule.family,
        "department": department_of(finding),
        "blocks": finding.blocks,
        "file": finding.span.file,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_column": finding.span.end_column,
        "message": {"zh": finding.message("zh"), "en": finding.message("en")},
        "hint": {"zh": finding.hint("zh"), "en": finding.hint("en")},
        "basis": finding.rule.basis,
        "facts": dict(finding.facts),
        "related": [msgspec.to_builtins(span) for span in finding.related],
    }
    if due_of(finding):
        data["due"] = due_of(finding)
    return data
