"""What is due once a year: the annual report, budgets and final accounts (年报、预算、决算)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.stages.check.budgets import KINDS, year_of, years_between
from zwgk_site.statute.day_watch import days_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

W, N = Severity.WARNING, Severity.NOTICE

REPORT_MISSING = Rule(
    "ZW240", W, counts="due",
    zh="{year} 年度的政府信息公开工作年度报告应于 {due} 前公布，还没有",
    en="the annual report for {year} was due by {due} and is not there",
    hint_zh="请加一个文件，写上　类型: 年报　年度: {year}",
    hint_en="Add a document with 类型: 年报 and 年度: {year}.",
    basis="条例第49条第一款、第二款",
)  # fmt: skip
REPORT_LATE = Rule(
    "ZW241", W,
    zh="{year} 年度的年度报告应于 {due} 前公布，实际公布于 {published}",
    en="the annual report for {year} was due by {due} and published on {published}",
    hint_zh="请核对发布日期和年度，例如　年度: 2025　发布日期: 2026-01-20",
    hint_en="Compare 发布日期 and 年度.",
    basis="条例第49条第一款、第二款",
)  # fmt: skip
REPORT_GAP = Rule(
    "ZW242", W,
    zh="有前后年度的年度报告，没有 {year} 年度的",
    en="there are annual reports before and after, but none for {year}",
    hint_zh="请补上，写　类型: 年报　年度: {year}",
    hint_en="Add it with 类型: 年报 and 年度: {year}.",
    basis="条例第49条第一款、第二款",
)  # fmt: skip
NO_YEAR = Rule(
    "ZW243", N,
    zh="看不出是哪个年度的{kind}",
    en="it is not clear of which year this {kind} is",
    hint_zh="请加一行，例如　年度: 2025",
    hint_en="Add a line such as 年度: 2025.",
)  # fmt: skip
BUDGET_GAP = Rule(
    "ZW245", W,
    zh="没有 {year} 年度的{kind}",
    en="there is no {kind} for {year}",
    hint_zh="请加一个文件，写上　类型: {kind}　年度: {year}；没有单独预决算的可以在 site.yaml 写“不再提示”。",
    hint_en="Add a document with 类型: {kind} and 年度: {year}.",
    basis="《预算法》第十四条第一款、第二款",
)  # fmt: skip
BUDGET_LATE = Rule(
    "ZW246", W,
    zh="批准后 20 日内应当公开：应于 {due} 前，实际公开于 {published}",
    en="due within 20 days of approval, by {due}; published on {published}",
    hint_zh="请核对批准日期和发布日期，例如　批准日期: 2026-02-10　发布日期: 2026-02-20",
    hint_en="Compare 批准日期 and 发布日期.",
    basis="《预算法》第十四条第一款、第二款",
)  # fmt: skip
GOVERNMENT = "本级政府"
IN_USE = 5


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    public = [item for item in holdings.documents if item.is_public() and context.watch.has_come(item.published_on)]
    by_kind: dict[str, dict[int, Document]] = defaultdict(dict)
    for document in public:
        if document.kind not in ("年报", "预算", "决算"):
            continue
        year = year_of(document)
        if year:
            by_kind[document.kind].setdefault(year, document)
        else:
            yield NO_YEAR.at(document.marks.span("title"), kind=document.kind)
    yield from _check_reports(holdings, by_kind.get("年报", {}), len(public), context)
    yield from _check_budgets(holdings, by_kind)


def _check_reports(
    holdings: Holdings, reports: dict[int, Document], documents: int, context: CheckContext
) -> Iterator[Diagnostic]:
    """By 31 January for a department, by 31 March for a government (条例第49、50条)."""
    department = holdings.department
    month = "03-31" if department.category == GOVERNMENT else "01-31"
    for year, document in sorted(reports.items()):
        due, published = f"{year + 1}-{month}", document.published_on[:10]
        if published > due:
            yield REPORT_LATE.at(document.marks.span("published_on"), year=year, due=due, published=published)
    span = Span(holdings.catalog_file, 1, 1, 2)
    for year in years_between(reports):
        yield REPORT_GAP.at(span, year=year)
    last = int(context.watch.today[:4]) - 1
    due = f"{last + 1}-{month}"
    context.watch.note(f"{last + 2}-01-01")
    in_use = documents >= IN_USE and department.category in ("政府部门", GOVERNMENT, "乡镇街道")
    if in_use and not department.dissolved_on and context.watch.is_over(due) and last not in reports:
        yield REPORT_MISSING.at(span, year=last, due=due)


def _check_budgets(holdings: Holdings, by_kind: dict[str, dict[int, Document]]) -> Iterator[Diagnostic]:
    """The years between a department's first and last budget or account must all have one."""
    for kind in KINDS:
        years = by_kind.get(kind, {})
        for year in years_between(years):
            yield BUDGET_GAP.at(Span(holdings.catalog_file, 1, 1, 2), kind=kind, year=year)
        for document in years.values():
            due = days_after(document.approved_on, 20) if document.approved_on else ""
            published = document.published_on[:10]
            if due and published > due:
                yield BUDGET_LATE.at(document.marks.span("published_on"), due=due, published=published)
