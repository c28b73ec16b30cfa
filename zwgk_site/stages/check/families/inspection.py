"""What an inspection would veto: columns that stand still or empty (国办秘函〔2019〕19号)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.stages.check.performance import documents_by_entry
from zwgk_site.statute.day_watch import days_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import CatalogEntry, Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

W, N = Severity.WARNING, Severity.NOTICE
INSPECTION = "国办秘函〔2019〕19号"

HOME_STALE = Rule(
    "ZW801", W, counts="due",
    zh="最近一次公开是 {date}，{due} 前没有新的信息（首页连续{number}天不更新，一票否决）",
    en="nothing was published between {date} and {due} ({number} days without news on the home page are a veto)",
    hint_zh="请公开新形成的信息，或核对文件的发布日期。",
    hint_en="Publish what is new, or compare the dates.",
    basis=INSPECTION,
)  # fmt: skip
COLUMN_STALE = Rule(
    "ZW802", N, counts="due",
    zh="栏目“{name}”最近一次更新是 {date}，应于 {due} 前更新",
    en="column “{name}” was last updated on {date}; the next update was due by {due}",
    hint_zh="动态、要闻类两周，通知公告、政策文件类六个月。确实没有新信息的，请写　空缺说明: 近期未发生",
    hint_en="News: two weeks; notices and policies: six months. If there is nothing new, say so: 空缺说明: ….",
    basis=INSPECTION,
)  # fmt: skip
MANY_STALE = Rule(
    "ZW803", W,
    zh="有 {count} 个要闻、公告、政策类栏目不更新（{number} 个即一票否决）：{names}",
    en="{count} columns of news, notices and policies stand still ({number} are a veto): {names}",
    hint_zh="请先更新这些栏目，或者把不再使用的栏目并掉。",
    hint_en="Update them, or merge what is no longer used.",
    basis=INSPECTION,
)  # fmt: skip
MANY_BLANK = Rule(
    "ZW804", W,
    zh="有 {count} 个空白栏目（{number} 个即一票否决）：{names}",
    en="{count} columns are blank ({number} are a veto): {names}",
    hint_zh="请放入信息；确实没有的，在条目里写　空缺说明: 本年度未发生",
    hint_en="Fill them, or say why they are empty: 空缺说明: ….",
    basis=INSPECTION,
)  # fmt: skip
NEWS = ("动态", "要闻", "新闻")
NOTICES = ("公告", "公示", "通知", "政策文件", "规范性文件")
IN_USE = 5


class Column(msgspec.Struct, frozen=True):
    """A column as an inspection sees it (栏目): its name, entries and documents under it."""

    name: str
    entries: tuple[CatalogEntry, ...]
    documents: tuple[Document, ...]

    @property
    def newest(self) -> str:
        """The newest day of publication, or an empty string."""
        return max((item.published_on[:10] for item in self.documents), default="")

    @property
    def is_excused(self) -> bool:
        """Whether its entries say why nothing is there."""
        return any(entry.empty_reason for entry in self.entries)


def columns_of(holdings: Holdings, context: CheckContext) -> list[Column]:
    """The columns of a department: what 栏目 names. Entries without it are no columns of their own."""
    public = (d for d in holdings.documents if d.is_public() and context.watch.has_come(d.published_on))
    filed = documents_by_entry(holdings.department.code, public)
    entries: dict[str, list[CatalogEntry]] = defaultdict(list)
    for entry in holdings.entries:
        if entry.column and entry.disclosure == "主动公开":
            entries[entry.column].append(entry)
    return [
        Column(name, tuple(found), tuple(document for entry in found for document in filed.get(entry.id, ())))
        for name, found in sorted(entries.items())
    ]


def cycle_of(name: str, context: CheckContext) -> int:
    """Within how many days a column must have something new; 0 where no rule says."""
    if any(word in name for word in NEWS):
        return context.numbers.news_days
    return context.numbers.notice_days if any(word in name for word in NOTICES) else 0


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    days = [d.published_on[:10] for d in holdings.documents if d.is_public() and context.watch.has_come(d.published_on)]
    if holdings.department.dissolved_on:
        return
    if len(days) >= IN_USE:
        newest, number = max(days), context.numbers.home_days
        if context.watch.is_over(due := days_after(newest, number)):
            yield HOME_STALE.at(Span(holdings.catalog_file, 1, 1, 2), date=newest, due=due, number=number)
    yield from _check_columns(holdings, context)


def _check_columns(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    stale, blank = [], []
    for column in columns_of(holdings, context):
        cycle = cycle_of(column.name, context)
        if not column.documents:
            if not column.is_excused:
                blank.append(column.name)
        elif cycle and not column.is_excused and context.watch.is_over(due := days_after(column.newest, cycle)):
            stale.append(column.name)
            span = column.entries[0].marks.span("column")
            yield COLUMN_STALE.at(span, name=column.name, date=column.newest, due=due)
    span = Span(holdings.catalog_file, 1, 1, 2)
    limits = context.numbers
    if len(stale) >= limits.stale_columns:
        yield MANY_STALE.at(span, count=len(stale), number=limits.stale_columns, names="、".join(stale))
    if len(blank) >= limits.blank_columns:
        yield MANY_BLANK.at(span, count=len(blank), number=limits.blank_columns, names="、".join(blank))
