"""Tables of the page: departments, families, codes, and how it was before."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

from zwgk_site.cli.findings import department_of
from zwgk_site.cli.reports.html_charts import Curve, bar, line_chart
from zwgk_site.cli.reports.html_parts import Cell, Html, table, tag
from zwgk_site.cli.reports.subject import rank_departments
from zwgk_site.cli.reports.words import veto_words
from zwgk_site.cli.rule_list import family_title, general_words
from zwgk_site.diagnostics import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zwgk_site.cli.reports.html_words import Words
    from zwgk_site.cli.reports.subject import DepartmentSummary, Report, ReturnedFile

LATEST = 31
"""Checks of the trend that stand in its table; the drawing has them all."""


def league_table(report: Report, words: Words, names: Mapping[str, str]) -> Html:
    """The departments side by side, those with most to do first."""
    rows = rank_departments(report.departments)
    most = max((row.errors + row.warnings for row in rows), default=0)
    shown = [_league_row(row, most, words, names[row.code]) for row in rows]
    heads = (
        *words.all("department", "points"),
        *words.severities(),
        *words.all("both", "rate", "late", "empty", "held"),
    )
    return table(words("ranking"), heads, shown)


def _league_row(row: DepartmentSummary, most: int, words: Words, name: str) -> tuple[Cell, ...]:
    linked = row.errors + row.warnings + row.notices > 0
    head: Html | str = tag("a", name, href=f"#{anchor_of(row.code)}") if linked else name
    score: Cell = words("not_scored") if row.code else ""
    if row.score is not None:
        score = row.score.points
        if row.score.vetoes:
            failed = words("fails") + veto_words(row.score.vetoes, words.language)
            head = tag("span", head, tag("span", failed, class_="veto"))
    title = f"{name}：{row.errors} / {row.warnings}" if words.is_chinese else f"{name}: {row.errors} / {row.warnings}"
    drawn = bar((("error", row.errors), ("warning", row.warnings)), most, title)
    held = words("yes") if row.held else ""
    return head, score, row.errors, row.warnings, row.notices, drawn, *_rate_cells(row, words, name), held


def _rate_cells(row: DepartmentSummary, words: Words, name: str) -> tuple[Cell, ...]:
    one = row.performance
    if one is None:
        return "", "", ""
    if one.rate is None:
        return "", one.late, one.empty
    text = f"{one.rate:.1%}"
    drawn = bar((("good", one.rate),), 1, f"{name} {words('rate')} {text}")
    return tag("span", tag("span", text), drawn, class_="rate"), one.late, one.empty


def returned_table(files: tuple[ReturnedFile, ...], words: Words, names: Mapping[str, str]) -> Html:
    """The files that the gate sends back, with what is missing in each."""
    rows: list[tuple[Cell, ...]] = []
    for item in files:
        path = tag("span", item.file, class_="place")
        head = tag("span", item.title, tag("br"), path) if item.title else path
        for finding in item.findings:
            code = department_of(finding)
            told = f"{finding.code} {finding.message(words.language)}"
            rows.append((head, names.get(code, code), told, finding.hint(words.language)))
    return table(words("gate"), words.all("file", "department", "lacks", "mend"), rows, kind="list")


def family_table(report: Report, words: Words) -> Html:
    """How many findings of each family, the most first."""
    counts = Counter(RULES[finding.code].family for finding in report.findings)
    most = max(counts.values())
    rows: list[tuple[Cell, ...]] = []
    for family, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        title = family_title(family, words.language)
        rows.append((title, count, bar((("notice", count),), most, f"{title} {count}")))
    return table(words("by_family"), words.all("family", "count", "share"), rows)


def code_table(report: Report, words: Words) -> Html:
    """How many findings of each code, the worst and then the most first."""
    counts = Counter(finding.code for finding in report.findings)
    rows: list[tuple[Cell, ...]] = []
    for code, count in sorted(counts.items(), key=lambda item: (-RULES[item[0]].severity, -item[1], item[0])):
        rule = RULES[code]
        rows.append((code, words.severity(rule.severity), count, general_words(rule, words.language)))
    return table(words("by_code"), words.all("code", "severity", "count", "meaning"), rows)


def trend_part(report: Report, words: Words) -> Iterator[Html]:
    """Errors and warnings over the checks; the score, where the file has it; the latest as figures."""
    points = report.trend
    span = (points[0].moment, points[-1].moment)
    errors = Curve("error", tuple(point.errors for point in points))
    warnings = Curve("warning dashed", tuple(point.warnings for point in points))
    yield line_chart((warnings, errors), words("curves"), span)
    scored = tuple(point for point in points if point.score is not None)
    if len(scored) > 1:
        curve = Curve("good", tuple(point.score or 0 for point in scored))
        yield line_chart((curve,), words("score_curve"), (scored[0].moment, scored[-1].moment), top=100)
    rows: list[tuple[Cell, ...]] = [
        (point.moment, point.errors, point.warnings, point.notices, "" if point.score is None else point.score)
        for point in reversed(points[-LATEST:])
    ]
    yield table(words("latest"), (words("moment"), *words.severities(), words("points")), rows)


def anchor_of(code: str) -> str:
    """A place in the page: the code as it is, or its digest where a folder's name can't stand in an address."""
    if not re.fullmatch(r"[A-Za-z0-9_-]*", code):
        code = hashlib.blake2b(code.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return f"d-{code}"
