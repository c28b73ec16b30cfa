"""A check as one page for the operator (`--format html`): no script, no request, readable on paper and on a phone."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from zwgk_site.cli.findings import department_of, due_of
from zwgk_site.cli.reports.html_charts import bar, trend_chart
from zwgk_site.cli.reports.html_parts import Html, join, table, tag
from zwgk_site.cli.reports.subject import WHOLE_SITE, rank_departments
from zwgk_site.cli.rule_list import family_title, general_words
from zwgk_site.diagnostics import RULES, SEVERITY_WORDS, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.cli.day_counts import DayCounts
    from zwgk_site.cli.reports.subject import DepartmentSummary, Report
    from zwgk_site.diagnostics import Diagnostic, Span

_COLORS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}
_WORDS = {
    "title": ("体检报告", "Report of a check"),
    "contents": ("目录", "contents"),
    "figures": ("总数", "figures"),
    "departments": ("各部门", "Departments"),
    "ranking": ("暂缓更新的、错误多的、按时率低的排在前面", "held back first, then by errors and by rate on time"),
    "families": ("问题的类别", "Families of findings"),
    "codes": ("问题的代码", "Codes of findings"),
    "trend": ("变化", "Trend"),
    "returned": ("退文清单", "Returned files"),
    "waived": ("不再提示", "Waived"),
    "list": ("全部问题", "All findings"),
    "entries": ("条目", "entries"),
    "documents": ("文件", "documents"),
    "held": ("暂缓更新", "held back"),
    "department": ("部门", "department"),
    "rate": ("按时率", "rate on time"),
    "late": ("逾期", "late"),
    "empty": ("空白", "empty"),
    "share": ("占比", "share"),
    "family": ("类别", "family"),
    "code": ("代码", "code"),
    "severity": ("程度", "severity"),
    "meaning": ("意思", "meaning"),
    "count": ("数量", "count"),
    "moment": ("时间", "moment"),
    "hint": ("怎么改：", "how to mend: "),
    "basis": ("依据：", "basis: "),
    "due": ("应于：", "due: "),
    "reason": ("理由：", "reason: "),
    "also": ("另见：", "see also: "),
    "yes": ("是", "yes"),
    "none": ("没有发现问题。", "No findings."),
    "none_returned": ("没有要退的文件。", "No file is returned."),
    "unfinished": ("没有检查完：请先改正错误。", "Not checked to the end: mend the errors first."),
    "curves": ("错误（实线）和警告（虚线）的变化", "errors (solid) and warnings (dashed) over the checks"),
}


def html_page(report: Report, language: str = "zh", days: DayCounts | None = None) -> str:
    """The whole page as text; `days` adds to findings how many are left or over."""
    return _Page(report, language, days).write()


class _Page:
    """One page being written: the report, and words in its language."""

    def __init__(self, report: Report, language: str, days: DayCounts | None) -> None:
        self._report, self._language, self._days = report, language, days
        self._names = {row.code: row.name for row in report.departments} | {"": WHOLE_SITE[language == "en"]}

    def write(self) -> str:
        """Doctype, frame, sections in the order in which they are asked for."""
        style = Html(Path(__file__).with_name("report.css").read_text("utf-8"))
        key = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{key}'; base-uri 'none'; form-action 'none'"
        title = f"{self._word('title')} {self._report.today}"
        sections = dict(self._sections())
        links = (tag("li", tag("a", self._word(name), href=f"#{name}")) for name in sections)
        head = join(
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=policy),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="robots", content="noindex"),
            tag("title", title),
            tag("style", style),
        )
        nav = tag("nav", tag("ul", *links), aria_label=self._word("contents"))
        body = join(tag("h1", title), self._headline(), nav, *sections.values())
        page = tag("html", tag("head", head), tag("body", tag("main", body)), lang="zh-CN" if self._zh else "en")
        return f"<!DOCTYPE html>\n{page}\n"

    @property
    def _zh(self) -> bool:
        return self._language == "zh"

    def _word(self, name: str) -> str:
        return _WORDS[name][not self._zh]

    def _severity(self, severity: Severity) -> str:
        return SEVERITY_WORDS[self._language][severity]

    def _sections(self) -> Iterator[tuple[str, Html]]:
        report = self._report
        if report.returned is not None:
            yield "returned", self._section("returned", self._returned())
        if report.departments:
            yield "departments", self._section("departments", self._league())
        if report.findings:
            yield "families", self._section("families", self._families())
            yield "codes", self._section("codes", self._codes())
        if len(report.trend) > 1:
            yield "trend", self._section("trend", *self._trend())
        yield "list", self._section("list", *self._full_list())
        if report.waived:
            shown = (self._finding(item, self._word("reason") + reason) for item, reason in report.waived)
            yield "waived", self._section("waived", tag("ol", *shown, class_="findings"))

    def _section(self, name: str, *content: Html) -> Html:
        return tag("section", tag("h2", self._word(name), id=f"{name}-title"), *content, id=name)

    def _headline(self) -> Html:
        report = self._report
        figures: list[tuple[str, int]] = [(self._severity(kind), report.count(kind)) for kind in reversed(Severity)]
        figures += [
            (self._word("held"), sum(row.held for row in report.departments)),
            (self._word("department"), report.department_count),
            (self._word("entries"), report.entries),
            (self._word("documents"), report.documents),
        ]
        shown = (tag("li", tag("strong", count), word) for word, count in figures)
        made = tag("ul", *shown, class_="figures", aria_label=self._word("figures"))
        return made if report.complete else join(tag("p", self._word("unfinished"), class_="word error"), made)

    def _league(self) -> Html:
        rows = rank_departments(self._report.departments)
        most = max((row.errors + row.warnings for row in rows), default=0)
        figures = any(row.performance is not None for row in rows)
        heads = [self._word("department"), *map(self._severity, reversed(Severity)), self._word("share")]
        heads += [self._word(name) for name in ("rate", "late", "empty")] if figures else []
        shown = [(*self._league_cells(row, most), *(self._rate_cells(row) if figures else ())) for row in rows]
        held = [(*cells, self._word("yes") if row.held else "") for cells, row in zip(shown, rows, strict=True)]
        return table(self._word("ranking"), (*heads, self._word("held")), held)

    def _league_cells(self, row: DepartmentSummary, most: int) -> tuple[Html | str | float, ...]:
        name = self._names[row.code]
        linked = row.errors + row.warnings + row.notices > 0
        title = f"{name}：{row.errors} / {row.warnings}" if self._zh else f"{name}: {row.errors} / {row.warnings}"
        drawn = bar((("error", row.errors), ("warning", row.warnings)), most, title)
        head: Html | str = tag("a", name, href=f"#{_anchor(row.code)}") if linked else name
        return head, row.errors, row.warnings, row.notices, drawn

    def _rate_cells(self, row: DepartmentSummary) -> tuple[Html | str | float, ...]:
        if row.performance is None:
            return "", "", ""
        rate = row.performance.rate
        if rate is None:
            return "", row.performance.late, row.performance.empty
        text = f"{rate:.1%}"
        shown = tag("span", text, bar((("good", rate),), 1, f"{self._names[row.code]} {self._word('rate')} {text}"))
        return shown, row.performance.late, row.performance.empty

    def _families(self) -> Html:
        counts = Counter(RULES[finding.code].family for finding in self._report.findings)
        most = max(counts.values())
        rows: list[tuple[Html | str | float, ...]] = []
        for family, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            title = family_title(family, self._language)
            rows.append((title, count, bar((("notice", count),), most, f"{title} {count}")))
        heads = (self._word("family"), self._word("count"), self._word("share"))
        return table(self._word("families"), heads, rows)

    def _codes(self) -> Html:
        counts = Counter(finding.code for finding in self._report.findings)
        rows: list[tuple[Html | str | float, ...]] = []
        for code, count in sorted(counts.items(), key=lambda item: (-RULES[item[0]].severity, -item[1], item[0])):
            rule = RULES[code]
            rows.append((code, self._severity(rule.severity), count, general_words(rule, self._language)))
        heads = tuple(map(self._word, ("code", "severity", "count", "meaning")))
        return table(self._word("codes"), heads, rows)

    def _trend(self) -> Iterator[Html]:
        points = self._report.trend
        yield trend_chart(points, self._word("curves"))
        heads = (self._word("moment"), *map(self._severity, reversed(Severity)))
        rows = [(point.moment, point.errors, point.warnings, point.notices) for point in reversed(points)]
        yield table(self._word("curves"), heads, list(rows))

    def _returned(self) -> Html:
        files = self._report.returned or ()
        if not files:
            return tag("p", self._word("none_returned"))
        return join(
            *(
                join(
                    tag("h3", f"{item.title}（{item.file}）" if item.title else item.file),
                    tag("ol", *map(self._finding, item.findings), class_="findings"),
                )
                for item in files
            )
        )

    def _full_list(self) -> Iterator[Html]:
        if not self._report.findings:
            yield tag("p", self._word("none"))
        for code, findings in _by_department(self._report.findings):
            yield tag("h3", f"{self._names[code]}" + (f"（{code}）" if code else ""), id=_anchor(code))
            yield tag("ol", *map(self._finding, findings), class_="findings")

    def _finding(self, finding: Diagnostic, note: str = "") -> Html:
        color = _COLORS[finding.severity]
        word = tag("span", f"{self._severity(finding.severity)} {finding.code}", class_=f"word {color}")
        also = "、".join(map(_place, finding.related))
        notes = (
            (self._word("hint"), finding.hint(self._language)),
            (self._word("basis"), finding.rule.basis),
            (self._word("due"), due_of(finding)),
            (self._word("also"), also),
            ("", note),
        )
        more = (tag("p", label + text, class_="more") for label, text in notes if text)
        place = tag("span", _place(finding.span), class_="place")
        return tag("li", word, " ", place, tag("div", self._message(finding)), *more, class_=color)

    def _message(self, finding: Diagnostic) -> str:
        return finding.message(self._language) + (self._days.words(finding, self._language) if self._days else "")


def _anchor(code: str) -> str:
    """A place in the page: the code as it is, or its digest where a folder's name can't stand in an address."""
    if not re.fullmatch(r"[A-Za-z0-9_-]*", code):
        code = hashlib.blake2b(code.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return f"d-{code}"


def _place(span: Span) -> str:
    return span.file + (f":{span.line}:{span.column}" if span.line else "")


def _by_department(findings: Iterable[Diagnostic]) -> list[tuple[str, list[Diagnostic]]]:
    """The findings of each department, by code; those of the whole site come last."""
    groups: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        groups.setdefault(department_of(finding), []).append(finding)
    return sorted(groups.items(), key=lambda item: (not item[0], item[0]))
