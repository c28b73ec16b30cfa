"""What comes out by itself year after year or issue after issue, and now is missing (行政执法年度数据、网站年度报表、公报).

Known by their titles, and only where there was one before: who never published one keeps it elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.stages.check.budgets import year_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

W, N = Severity.WARNING, Severity.NOTICE

NO_ENFORCEMENT_DATA = Rule(
    "ZW814", N, counts="due",
    zh="{year} 年度行政执法总体情况的数据应于 {due} 前公开，还没有",
    en="the figures of enforcement in {year} were due by {due} and are not there",
    hint_zh="请发布上年度的数据，例如　标题: 示范县卫生健康局{year}年度行政执法总体情况",
    hint_en="Publish them, such as 标题: 示范县卫生健康局{year}年度行政执法总体情况.",
    basis="国办发〔2018〕118号 二（六）",
)  # fmt: skip
NO_SITE_REPORT = Rule(
    "ZW815", N, counts="due",
    zh="{year} 年度的政府网站工作年度报表应于 {due} 前发布，还没有",
    en="the report of the web site for {year} was due by {due} and is not there",
    hint_zh="请发布上年度的报表，例如　标题: 政府网站工作年度报表（{year}年度）",
    hint_en="Publish it, such as 标题: 政府网站工作年度报表（{year}年度）.",
    basis="国办函〔2018〕12号 二",
)  # fmt: skip
GAZETTE_GAP = Rule(
    "ZW813", N,
    zh="政府公报 {year} 年缺第 {names} 期",
    en="of the gazette of {year} these issues are missing: {names}",
    hint_zh="公报要一期不缺地提供查阅，请补上，例如　标题: 示范县人民政府公报{year}年第2期",
    hint_en="Add them, such as 标题: 示范县人民政府公报{year}年第2期.",
    basis="国办发〔2016〕80号实施细则 四（四）",
)  # fmt: skip
DUE = "01-31"
BOUND = 12
"""No more issues than this come out in one volume."""
_ENFORCEMENT = re.compile(r"行政执法.{0,8}(?:年报|年度报告|总体情况|统计|数据)|年度?行政执法(?:工作)?情况")
_SITE_REPORT = re.compile(r"政府网站.{0,6}年度.{0,2}报表")
_ISSUE = re.compile(r"公报.{0,6}?(20\d\d|19\d\d)年?.{0,2}?第?(\d{1,3})(?:[、,，和至~～—-](\d{1,3}))?期")
"""An issue, or two and more bound together: 2026年第1、2期, 第1—3期."""


class Yearly(NamedTuple):
    """A report of every year: a word that all its titles have, how they look, the rule for a year without one."""

    word: str
    title: re.Pattern[str]
    rule: Rule


REPORTS = (
    Yearly("行政执法", _ENFORCEMENT, NO_ENFORCEMENT_DATA),
    Yearly("年度", _SITE_REPORT, NO_SITE_REPORT),
)


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    public = [d for d in holdings.documents if d.is_public() and context.watch.has_come(d.published_on)]
    last = int(context.watch.today[:4]) - 1
    context.watch.note(f"{last + 2}-01-01")
    if not holdings.department.dissolved_on:
        for report in REPORTS:
            yield from _check_yearly(report, public, holdings, context)
    yield from _check_gazette(public)


def _check_yearly(
    report: Yearly, public: list[Document], holdings: Holdings, context: CheckContext
) -> Iterator[Diagnostic]:
    found = [d for d in public if report.word in d.title and report.title.search(d.title)]
    last = int(context.watch.today[:4]) - 1
    due = f"{last + 1}-{DUE}"
    if not found or not context.watch.is_over(due):
        return
    if not any(year_of(document) == last or document.published_on[:4] > str(last) for document in found):
        yield report.rule.at(Span(holdings.catalog_file, 1, 1, 2), year=last, due=due)


def _check_gazette(public: list[Document]) -> Iterator[Diagnostic]:
    """Issues between the first and the last that are there; in years after the first one, from number one on."""
    issues: dict[int, dict[int, Document]] = defaultdict(dict)
    for document in public:
        for year, number in _issues_of(document.title):
            issues[year].setdefault(number, document)
    first_year = min(issues, default=0)
    for year, known in sorted(issues.items()):
        start = min(known) if year == first_year else 1
        missing = [number for number in range(start, max(known)) if number not in known]
        if missing and len(missing) <= len(known) * 2:
            newest = known[max(known)]
            yield GAZETTE_GAP.at(newest.marks.span("title"), year=year, names="、".join(map(str, missing)))


def _issues_of(title: str) -> list[tuple[int, int]]:
    """Year and number of each issue that a title names."""
    found = _ISSUE.search(title) if "公报" in title else None
    if found is None:
        return []
    first, last = int(found[2]), int(found[3] or found[2])
    return [(int(found[1]), number) for number in range(first, max(first, min(last, first + BOUND)) + 1)]
