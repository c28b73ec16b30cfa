"""Time limits: whether they can be read, whether the law allows them, and whether they were kept (公开时限)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.model.corpus import CatalogEntry
from zwgk_site.stages.check.columns import cycle_of
from zwgk_site.stages.check.performance import cycle_due, dates_of, documents_by_entry
from zwgk_site.statute.day_watch import days_after
from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.statute.performance import document_due, document_lateness, entry_state
from zwgk_site.statute.statutory_maximum import exceeds_statute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Document, Holdings
    from zwgk_site.model.state import EntryState
    from zwgk_site.stages.check.context import CheckContext
    from zwgk_site.statute.time_limit import TimeLimit

W, N = Severity.WARNING, Severity.NOTICE

UNREADABLE_LIMIT = Rule(
    "ZW211", W,
    zh="公开时限“{text}”看不懂，不能计算到期的日子{understood}",
    en="公开时限 “{text}” is not understood, so no due day can be counted{understood_en}",
    hint_zh="请写明从哪一天起、多少天内，例如　公开时限: 自信息形成或者变更之日起20个工作日内",
    hint_en="Say from when and within how long, such as 自信息形成或者变更之日起20个工作日内.",
    basis="国办发〔2016〕80号实施细则 一（三）",
)  # fmt: skip
TOO_LONG = Rule(
    "ZW212", W,
    zh="公开时限“{text}”超过 20 个工作日，公开依据里没有法律、法规",
    en="公开时限 “{text}” exceeds twenty working days, and 公开依据 names no law or regulation",
    hint_zh="请改成 20 个工作日以内；法律、法规另有规定的，写进公开依据，例如　公开依据: [《预算法》第十四条]",
    hint_en="Shorten it, or name the law or regulation under 公开依据.",
    basis="条例第26条",
)  # fmt: skip
DEFAULT_LIMIT = Rule(
    "ZW213", N,
    zh="有 {count} 个条目的公开时限是空的，按 20 个工作日计算，第一个是 {id}",
    en="{count} entries leave 公开时限 empty and are counted as twenty working days; the first is {id}",
    hint_zh="请照目录写明，例如　公开时限: 自信息形成或者变更之日起20个工作日内",
    hint_en="State it, such as 自信息形成或者变更之日起20个工作日内.",
    basis="条例第26条；国办发〔2016〕80号实施细则 一（三）",
)  # fmt: skip
PUBLISHED_LATE = Rule(
    "ZW214", W,
    zh="公开超期：按“{limit}”（条目 {id}）应于 {due} 前公开，实际公开于 {published}",
    en="published late: due by {due} by “{limit}” (entry {id}), published on {published}",
    hint_zh="请核对成文日期和发布日期，例如　成文日期: 2026-03-02　发布日期: 2026-03-05；日期没有错的不要改。",
    hint_en="Compare 成文日期 and 发布日期; leave them if they are right.",
    basis="条例第26条",
)  # fmt: skip
EMPTY_ENTRY = Rule(
    "ZW215", W,
    zh="条目 {id}“{title}”下面没有信息，也没有写原因",
    en="entry {id} “{title}” has no document and states no reason",
    hint_zh="请在文件里写　条目: {id}；确实没有的，在条目里写　空缺说明: 本年度未发生",
    hint_en="Put documents under it (条目: {id}), or say why there is none: 空缺说明: ….",
    basis="国办秘函〔2019〕19号 单项否决·栏目不更新（空白栏目）",
)  # fmt: skip
NOTHING_YET = Rule(
    "ZW226", W,
    zh="目录有 {count} 个条目，还没有公开任何信息",
    en="the catalogue has {count} entries, and nothing has been published yet",
    hint_zh="请把文件放到 content/{code}/ 下面，写上　条目: {id}　公开方式: 主动公开",
    hint_en="Put documents into content/{code}/ with 条目: {id} and 公开方式: 主动公开.",
    basis="条例第19条",
)  # fmt: skip
MANY_OVERDUE = Rule(
    "ZW227", W,
    zh="本部门有 {count} 个条目应更新未更新（全站 {number} 个即一票否决）：{names}",
    en="{count} entries of this department were not updated in time ({number} in the site are a veto): {names}",
    hint_zh="请先更新这些条目；本期没有信息的，写　空缺说明: 本季度未发生",
    hint_en="Update them first; where there is nothing new, say so: 空缺说明: ….",
    basis="国办秘函〔2019〕19号 单项否决·栏目不更新（应更新未更新）",
)  # fmt: skip
NEEDLESS_REASON = Rule(
    "ZW216", N,
    zh="条目已经有信息，“空缺说明”可以删去了",
    en="the entry has documents; its 空缺说明 is no longer needed",
    hint_zh="请删去　空缺说明　这一行。",
    hint_en="Remove the line 空缺说明.",
)  # fmt: skip
ENTRY_LATE = Rule(
    "ZW217", W, counts="due",
    zh="条目 {id}“{title}”逾期：按“{limit}”应于 {due} 前公开新的信息",
    en="entry {id} “{title}” is late: by “{limit}” something new was due by {due}",
    hint_zh="请公开新的信息，并在文件里写　条目: {id}；本期没有的，在条目里写　空缺说明: 本季度未发生",
    hint_en="Publish what is due with 条目: {id}, or say why there is nothing: 空缺说明: ….",
    basis="条例第53条第（二）项",
)  # fmt: skip
DUE_SOON = Rule(
    "ZW218", N, counts="due",
    zh="条目 {id}“{title}”应于 {due} 前公开新的信息",
    en="entry {id} “{title}”: something new is due by {due}",
    hint_zh="请提前准备，公开时在文件里写　条目: {id}",
    hint_en="Prepare it, with 条目: {id}.",
    basis="条例第4条第二款第（二）项",
)  # fmt: skip
NOT_YET_PUBLISHED = Rule(
    "ZW219", W, counts="due",
    zh="文件还没有公开，按“{limit}”（条目 {id}）应于 {due} 前公开",
    en="not yet published, though due by {due} by “{limit}” (entry {id})",
    hint_zh="请提前发布日期或定时发布的时间，例如　发布日期: {due}",
    hint_en="Publish it earlier, such as 发布日期: {due}.",
    basis="条例第26条",
)  # fmt: skip
PROVISIONAL = Rule(
    "ZW220", N,
    zh="{year} 年的节假日安排还没有，有关日期暂按周末推算",
    en="the holidays of {year} are not known yet; dates are counted by weekends",
    hint_zh="国务院办公厅公布后，请升级本程序，或在 holidays.yaml 里写　{year}: {放假: […], 上班: […]}",
    hint_en="Once they are announced, upgrade this program or add them to holidays.yaml.",
)  # fmt: skip
UNREADABLE_CYCLE = Rule(
    "ZW222", W,
    zh="更新周期“{text}”看不懂，没有采用",
    en="更新周期 “{text}” is not understood and not used",
    hint_zh="请写成例如　更新周期: 每季度",
    hint_en="Write it like 更新周期: 每季度.",
)  # fmt: skip
CYCLE_LATE = Rule(
    "ZW223", W, counts="due",
    zh="条目 {id}“{title}”应于 {due} 前更新（更新周期：{limit}）",
    en="entry {id} “{title}” was to be updated by {due} (更新周期: {limit})",
    hint_zh="请公开新的信息，并在文件里写　条目: {id}；本期没有的，在条目里写　空缺说明: 本季度未发生",
    hint_en="Publish something new with 条目: {id}, or say why there is nothing: 空缺说明: ….",
    basis="条例第53条第（二）项",
)  # fmt: skip
ON_REQUEST_YET_OPEN = Rule(
    "ZW225", N,
    zh="条目 {id} 是依申请公开的，下面却有主动公开的文件“{other}”",
    en="entry {id} is on request, yet “{other}” under it is published",
    hint_zh="已经主动公开的，可以把条目改成　公开方式: 主动公开",
    hint_en="If it is published anyway, change the entry to 公开方式: 主动公开.",
    basis="国办发〔2016〕80号实施细则 一（四）",
)  # fmt: skip
SHORT = 40
SEVERAL = 5
"""A catalogue of fewer entries is only being set up."""


class _Tally(msgspec.Struct):
    """What is told once for a whole department."""

    in_use: bool
    unwritten: list[CatalogEntry] = []
    overdue: list[str] = []
    years: set[str] = set()


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    public = [item for item in holdings.documents if item.is_public()]
    filed = documents_by_entry(holdings.department.code, public)
    tally = _Tally(any(context.watch.has_come(item.embargo()) for item in public))
    for entry in holdings.entries:
        yield from _check_entry(entry, filed.get(entry.id, []), tally, context)
    span = Span(holdings.catalog_file, 1, 1, 2)
    if not tally.in_use and len(holdings.entries) >= SEVERAL:
        first = holdings.entries[0].id
        yield NOTHING_YET.at(span, count=len(holdings.entries), code=holdings.department.code, id=first)
    limit = context.numbers.overdue_columns
    if len(tally.overdue) >= limit:
        yield MANY_OVERDUE.at(span, count=len(tally.overdue), number=limit, names="、".join(tally.overdue))
    if tally.unwritten:
        first_entry = tally.unwritten[0]
        yield DEFAULT_LIMIT.at(first_entry.marks.span("time_limit"), count=len(tally.unwritten), id=first_entry.id)
    for year in sorted(tally.years):
        yield PROVISIONAL.at(span, year=year)


def _check_entry(
    entry: CatalogEntry, documents: list[Document], tally: _Tally, context: CheckContext
) -> Iterator[Diagnostic]:
    limit = parse_limit(entry.time_limit, entry.basis)
    if limit.is_default:
        tally.unwritten.append(entry)
    yield from _check_limit(entry, limit)
    yield from _check_documents(entry, limit, documents, context)
    shown = [item for item in documents if context.watch.has_come(item.embargo())]
    state = entry_state(entry, [dates_of(item) for item in shown], context.watch.today, context.calendar)
    context.watch.note(state.next_change_on)
    if state.provisional:
        tally.years.add(max(state.due_on, state.since)[:4])
    if state.kind != "empty":
        yield from _check_state(entry, state, context)
    elif tally.in_use:
        yield EMPTY_ENTRY.at(entry.marks.span("id"), id=entry.id, title=entry.title[:SHORT])
    cycle = list(_check_cycle(entry, shown, context)) if entry.update_cycle else []
    yield from cycle
    if entry.empty_reason and documents and not _is_reason_needed(entry, state, shown, context):
        yield NEEDLESS_REASON.at(entry.marks.span("empty_reason"))
    if state.kind == "late" or any(finding.code == CYCLE_LATE.code for finding in cycle):
        tally.overdue.append(entry.id)


def _check_limit(entry: CatalogEntry, limit: TimeLimit) -> Iterator[Diagnostic]:
    span = entry.marks.span("time_limit")
    text = _plain(entry.time_limit)
    if limit.kind == "unknown":
        seen = limit.understood
        more = {
            "understood": f"（只看懂：{seen}）" if seen else "",
            "understood_en": f" (only: {seen})" if seen else "",
        }
        yield UNREADABLE_LIMIT.at(span, text=text, **more)  # type: ignore[arg-type]  # no fact is "related"
    elif exceeds_statute(limit, entry.basis):
        yield TOO_LONG.at(span, text=text)


def _check_documents(
    entry: CatalogEntry, limit: TimeLimit, documents: list[Document], context: CheckContext
) -> Iterator[Diagnostic]:
    if entry.disclosure == "依申请公开":
        if documents:
            span = entry.marks.span("disclosure")
            yield ON_REQUEST_YET_OPEN.at(span, id=entry.id, other=documents[0].title[:SHORT])
        return
    for document in documents:
        dates = dates_of(document)
        facts = {"limit": _plain(entry.time_limit), "id": entry.id}
        shown_on = max(document.publish_at, document.published_on)
        span = document.marks.span("published_on")
        if shown_on and not context.watch.has_come(shown_on):
            due = document_due(limit, dates, context.calendar)
            if due is not None and context.watch.is_over(due.day.isoformat()):
                yield NOT_YET_PUBLISHED.at(span, due=due.day.isoformat(), **facts)  # type: ignore[arg-type]  # as above
        elif (late := document_lateness(limit, dates, context.calendar)) is not None:
            yield PUBLISHED_LATE.at(span, due=late.due, published=late.published, **facts)  # type: ignore[arg-type]  # as above


def _check_state(entry: CatalogEntry, state: EntryState, context: CheckContext) -> Iterator[Diagnostic]:
    facts = {"id": entry.id, "title": entry.title[:SHORT]}
    if state.kind == "late":
        span = entry.marks.span("time_limit")
        yield ENTRY_LATE.at(span, due=state.due_on, limit=_plain(entry.time_limit), **facts)  # type: ignore[arg-type]  # as above
    elif state.due_on and context.watch.has_come(days_after(state.due_on, -context.numbers.due_soon_days)):
        yield DUE_SOON.at(entry.marks.span("time_limit"), due=state.due_on, **facts)  # type: ignore[arg-type]  # as above


def _check_cycle(entry: CatalogEntry, documents: list[Document], context: CheckContext) -> Iterator[Diagnostic]:
    due, span = cycle_due(entry.update_cycle, documents), entry.marks.span("update_cycle")
    if due is None:
        yield UNREADABLE_CYCLE.at(span, text=_plain(entry.update_cycle))
        return
    if due and not entry.empty_reason and context.watch.is_over(due):
        facts = {"id": entry.id, "title": entry.title[:SHORT], "limit": _plain(entry.update_cycle)}
        yield CYCLE_LATE.at(span, due=due, **facts)  # type: ignore[arg-type]  # as above


def _is_reason_needed(entry: CatalogEntry, state: EntryState, documents: list[Document], context: CheckContext) -> bool:
    """Whether 空缺说明 answers a demand for something new: of the time limit, of 更新周期, of the column."""
    if state.kind in ("excused", "empty"):
        return True
    days = cycle_of(entry.column, context) if entry.column else 0
    column_due = days_after(state.newest_on, days) if days and state.newest_on else ""
    dues = (cycle_due(entry.update_cycle, documents) if entry.update_cycle else "", column_due)
    return any(due and context.watch.is_over(due) for due in dues)


def _plain(text: str) -> str:
    """A cell's text in one line, not too long for a message."""
    return "".join(text.split())[:SHORT]
