"""What an inspection counts in the whole site, over all departments (国办秘函〔2019〕19号).

Its numbers are of a site, so departments are added up. What one department alone would say is said there, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.statute.day_watch import days_after

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zwgk_site.model.exports import Brief, Header
    from zwgk_site.stages.check.context import CheckContext

MANY_BLANK = Rule(
    "ZW804", Severity.WARNING,
    zh="本部门有 {count} 个空白栏目（全站 {number} 个即一票否决）：{names}",
    en="{count} columns of this department are blank ({number} in the site are a veto): {names}",
    hint_zh="请放入信息；确实没有的，在条目里写　空缺说明: 本年度未发生",
    hint_en="Fill them, or say why they are empty: 空缺说明: ….",
    basis="国办秘函〔2019〕19号 单项否决·栏目不更新（空白栏目）",
)  # fmt: skip
SITE_COUNT = Rule(
    "ZW805", Severity.WARNING,
    zh="全站有 {count} 个{what}（{number} 个即一票否决）：{names}",
    en="the site has {count} {what_en} ({number} are a veto): {names}",
    hint_zh="请先更新，不再使用的栏目并掉；本期确实没有信息的，在条目里写　空缺说明: 本年度未发生",
    hint_en="Update them, or merge what is no longer used; where there is nothing, say so: 空缺说明: ….",
    basis="国办秘函〔2019〕19号 单项否决·栏目不更新",
)  # fmt: skip
SITE_STALE = Rule(
    "ZW806", Severity.WARNING, counts="due",
    zh="全站最近一次公开是 {date}，{due} 前没有新的信息（首页连续 {number} 天不更新，一票否决）",
    en="the site published nothing between {date} and {due} ({number} days without news on the home page are a veto)",
    hint_zh="请公开新形成的信息，或核对文件的发布日期，例如　发布日期: 2026-03-05",
    hint_en="Publish what is new, or compare the dates, such as 发布日期: 2026-03-05.",
    basis="国办秘函〔2019〕19号 单项否决·首页不更新",
)  # fmt: skip
IN_USE = 5
"""Departments, and sites, of fewer documents are only being set up."""
NAMED = 10
FiledElsewhere = frozenset[tuple[str, str]]
"""Entries, by catalogue file and id, under which another department has put a document."""


def check_site_wide(
    headers: Mapping[str, Header], filed_elsewhere: FiledElsewhere, context: CheckContext
) -> Iterator[Diagnostic]:
    """Blank columns of a department at its catalogue; counts over all departments that are in use at `site.yaml`."""
    blank = {code: _blank_columns(code, header, filed_elsewhere) for code, header in headers.items()}
    number = context.numbers.blank_columns
    for code, names in blank.items():
        if len(names) >= number:
            span = Span(f"catalogs/{code}.yaml", 1, 1, 2)
            yield MANY_BLANK.at(span, count=len(names), number=number, names="、".join(names))
    yield from _add_up(headers, blank, context)
    yield from _check_news(headers, context)


def _blank_columns(code: str, header: Header, filed_elsewhere: FiledElsewhere) -> list[str]:
    """Names of the blank columns, without those in which another department has put a document."""
    file = f"catalogs/{code}.yaml"
    return [
        name
        for name, entries in header.outline.inspected.blank
        if not any((file, entry) in filed_elsewhere for entry in entries)
    ]


def _add_up(
    headers: Mapping[str, Header], blank: Mapping[str, list[str]], context: CheckContext
) -> Iterator[Diagnostic]:
    """The three counts of the site, each if departments reach it together that do not alone."""
    used = {code: h.outline.inspected for code, h in headers.items() if _is_in_use(h.brief)}
    numbers = context.numbers
    columns = "不更新的要闻、公告、政策类栏目", "columns of news, notices and policies that stand still"
    for words, number, counts in (
        (columns, numbers.stale_columns, {code: found.stale for code, found in used.items()}),
        (("应更新未更新的条目", "overdue entries"), numbers.overdue_columns, {c: i.overdue for c, i in used.items()}),
        (("空白栏目", "blank columns"), numbers.blank_columns, {code: len(blank[code]) for code in used}),
    ):
        some = {code: count for code, count in counts.items() if count}
        total = sum(some.values())
        if total >= number and len(some) > 1:
            what, what_en = words
            span = Span("site.yaml")
            yield SITE_COUNT.at(
                span, count=total, what=what, what_en=what_en, number=number, names=_names(some, headers)
            )


def _is_in_use(brief: Brief) -> bool:
    return brief.documents >= IN_USE and not brief.dissolved_on


def _names(counts: Mapping[str, int], headers: Mapping[str, Header]) -> str:
    """The departments with the most, as 示范县教育局 6、示范县民政局 3."""
    most = sorted(counts, key=lambda code: (-counts[code], code))
    return "、".join(f"{headers[code].brief.name} {counts[code]}" for code in most[:NAMED]) + "…" * (len(most) > NAMED)


def _check_news(headers: Mapping[str, Header], context: CheckContext) -> Iterator[Diagnostic]:
    """The home page shows what is new of all departments."""
    briefs = [header.brief for header in headers.values()]
    newest = max((brief.newest_on for brief in briefs), default="")
    if not newest or sum(brief.documents for brief in briefs) < IN_USE:
        return
    number = context.numbers.home_days
    if context.watch.is_over(due := days_after(newest, number)):
        yield SITE_STALE.at(Span("site.yaml"), date=newest, due=due, number=number)
