"""A check as one page for the operator (`--format html`): no script, no request, readable on paper and on a phone."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from zwgk_site.cli.findings import department_of, due_of
from zwgk_site.cli.reports.html_parts import Html, join, tag
from zwgk_site.cli.reports.html_score import budget_table, score_part
from zwgk_site.cli.reports.html_tables import (
    anchor_of,
    code_table,
    family_table,
    league_table,
    returned_table,
    trend_part,
)
from zwgk_site.cli.reports.html_words import Words
from zwgk_site.cli.reports.subject import WHOLE_SITE
from zwgk_site.cli.reports.words import veto_words
from zwgk_site.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.cli.day_counts import DayCounts
    from zwgk_site.cli.reports.subject import Report
    from zwgk_site.diagnostics import Diagnostic, Span

_COLORS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def html_page(report: Report, language: str = "zh", days: DayCounts | None = None) -> str:
    """The whole page as text; `days` adds to findings how many are left or over."""
    return _Page(report, language, days).write()


class _Page:
    """One page being written: the report, and words in its language."""

    def __init__(self, report: Report, language: str, days: DayCounts | None) -> None:
        self._report, self._days, self._words = report, days, Words(language)
        self._names = {row.code: row.name for row in report.departments} | {"": WHOLE_SITE[language == "en"]}

    def write(self) -> str:
        """Doctype, frame, sections in the order in which they are asked for."""
        words = self._words
        style = Html(Path(__file__).with_name("report.css").read_text("utf-8"))
        key = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{key}'; base-uri 'none'; form-action 'none'"
        title = f"{words('title')} {self._report.today}"
        sections = dict(self._sections())
        links = (tag("li", tag("a", words(name), href=f"#{name}")) for name in sections)
        head = join(
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=policy),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="robots", content="noindex"),
            tag("title", title),
            tag("style", style),
        )
        nav = tag("nav", tag("ul", *links), aria_label=words("contents"))
        body = join(tag("h1", title), self._headline(), nav, *sections.values())
        page = tag(
            "html", tag("head", head), tag("body", tag("main", body)), lang="zh-CN" if words.is_chinese else "en"
        )
        return f"<!DOCTYPE html>\n{page}\n"

    def _sections(self) -> Iterator[tuple[str, Html]]:
        report, words, names = self._report, self._words, self._names
        if report.returned is not None:
            yield "returned", self._section("returned", self._returned())
        if report.departments:
            yield "departments", self._section("departments", league_table(report, words, names))
        if report.score is not None:
            yield "score", self._section("score", *score_part(report, words))
        if report.budget:
            yield "budgets", self._section("budgets", budget_table(report, words))
        if report.findings:
            yield "families", self._section("families", family_table(report, words))
            yield "codes", self._section("codes", code_table(report, words))
        if len(report.trend) > 1:
            yield "trend", self._section("trend", *trend_part(report, words))
        yield "list", self._section("list", *self._full_list())
        if report.waived:
            shown = (self._finding(item, words("reason") + reason) for item, reason in report.waived)
            yield "waived", self._section("waived", tag("ol", *shown, class_="findings"))

    def _section(self, name: str, *content: Html) -> Html:
        heading = tag("h2", self._words(name), id=f"{name}-title")
        return tag("section", heading, *content, id=name, aria_labelledby=f"{name}-title")

    def _headline(self) -> Html:
        report, words = self._report, self._words
        figures: list[tuple[str, float]] = [
            (words.severity(severity), report.count(severity)) for severity in reversed(Severity)
        ]
        if report.complete:
            figures += [
                (words("held"), sum(row.held for row in report.departments)),
                (words("department"), report.department_count),
                (words("entries"), report.entries),
                (words("documents"), report.documents),
            ]
        if report.score is not None:
            figures.insert(0, (words("whole_score"), report.score))
        shown = (tag("li", tag("strong", f"{count:g}"), word) for word, count in figures)
        made = [tag("ul", *shown, class_="figures", aria_label=words("figures"))]
        if report.vetoes:
            failed = words("fails") + veto_words(report.vetoes, words.language)
            made.insert(0, tag("p", failed, class_="word error"))
        if not report.complete:
            made.insert(0, tag("p", words("unfinished"), class_="word error"))
        return join(*made)

    def _returned(self) -> Html:
        files = self._report.returned or ()
        return returned_table(files, self._words, self._names) if files else tag("p", self._words("none_returned"))

    def _full_list(self) -> Iterator[Html]:
        if not self._report.findings:
            yield tag("p", self._words("none"))
        for code, findings in _by_department(self._report.findings):
            yield tag("h3", f"{self._names[code]}" + (f"（{code}）" if code else ""), id=anchor_of(code))
            yield tag("ol", *map(self._finding, findings), class_="findings")

    def _finding(self, finding: Diagnostic, note: str = "") -> Html:
        words, color = self._words, _COLORS[finding.severity]
        word = tag("span", f"{words.severity(finding.severity)} {finding.code}", class_=f"word {color}")
        also = "、".join(map(_place, finding.related))
        notes = (
            (words("hint"), finding.hint(words.language)),
            (words("basis"), finding.rule.basis),
            (words("due"), due_of(finding)),
            (words("also"), also),
            ("", note),
        )
        more = (tag("p", label + text, class_="more") for label, text in notes if text)
        place = tag("span", _place(finding.span), class_="place")
        return tag("li", word, " ", place, tag("div", self._message(finding)), *more, class_=color)

    def _message(self, finding: Diagnostic) -> str:
        language = self._words.language
        return finding.message(language) + (self._days.words(finding, language) if self._days else "")


def _place(span: Span) -> str:
    return span.file + (f":{span.line}:{span.column}" if span.line else "")


def _by_department(findings: Iterable[Diagnostic]) -> list[tuple[str, list[Diagnostic]]]:
    """The findings of each department, by code; those of the whole site come last."""
    groups: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        groups.setdefault(department_of(finding), []).append(finding)
    return sorted(groups.items(), key=lambda item: (not item[0], item[0]))
