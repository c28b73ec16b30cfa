"""What an inspection looks at in a department: news, and columns that stand still (国办秘函〔2019〕19号)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.stages.check.columns import review_columns
from zwgk_site.statute.day_watch import days_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Holdings
    from zwgk_site.stages.check.context import CheckContext

W, N = Severity.WARNING, Severity.NOTICE
HOME_STALE = Rule(
    "ZW801", N, counts="due",
    zh="本部门最近一次公开是 {date}，{due} 前没有新的信息（{number} 天）",
    en="this department published nothing between {date} and {due} ({number} days)",
    hint_zh="请公开新形成的信息，或核对文件的发布日期，例如　发布日期: 2026-03-05",
    hint_en="Publish what is new, or compare the dates. Such as 发布日期: 2026-03-05.",
    basis="国办秘函〔2019〕19号 单项否决·首页不更新",
)  # fmt: skip
COLUMN_STALE = Rule(
    "ZW802", N, counts="due",
    zh="栏目“{name}”最近一次更新是 {date}，应于 {due} 前更新",
    en="column “{name}” was last updated on {date}; the next update was due by {due}",
    hint_zh="动态、要闻类两周，通知公告、政策文件类六个月。确实没有新信息的，请写　空缺说明: 近期未发生",
    hint_en="News: two weeks; notices and policies: six months. If there is nothing new, say so: 空缺说明: ….",
    basis="国办秘函〔2019〕19号 单项否决·栏目不更新",
)  # fmt: skip
MANY_STALE = Rule(
    "ZW803", W,
    zh="本部门有 {count} 个要闻、公告、政策类栏目不更新（全站 {number} 个即一票否决）：{names}",
    en="{count} columns of news, notices, policies of this department stand still ({number} in the site: a veto): {names}",
    hint_zh="请先更新这些栏目，或者把不再使用的栏目并掉，例如　栏目: 通知公告",
    hint_en="Update them, or merge what is no longer used. Such as 栏目: 通知公告.",
    basis="国办秘函〔2019〕19号 单项否决·栏目不更新（要闻、公告、政策类）",
)  # fmt: skip
IN_USE = 5


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
    stale, number = review_columns(holdings, context).stale, context.numbers.stale_columns
    for column, due in stale:
        yield COLUMN_STALE.at(column.entries[0].marks.span("column"), name=column.name, date=column.newest, due=due)
    if len(stale) >= number:
        names = "、".join(column.name for column, _ in stale)
        yield MANY_STALE.at(Span(holdings.catalog_file, 1, 1, 2), count=len(stale), number=number, names=names)
