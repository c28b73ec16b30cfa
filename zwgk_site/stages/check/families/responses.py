"""Re-posts of superior policies and answers to incidents, which must be quick, and replies to proposals, which must be whole."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

W, N = Severity.WARNING, Severity.NOTICE

REPOSTED_LATE = Rule(
    "ZW294", W,
    zh="转载应在 {due} 前，实际在 {published}（原文发布于 {date}）",
    en="the re-post was due by {due} and came on {published} (the original on {date})",
    hint_zh="上级政策在发布后{number}小时内转载。请核对原文时间和发布时间，例如　转载: {来源: 中国政府网, 时间: 2026-03-05 09:00}",
    hint_en="Re-post within {number} hours; compare both times.",
    basis="吉办发〔2016〕43号 七（四）",
)  # fmt: skip
REPOST_WITHOUT_SOURCE = Rule(
    "ZW295", W,
    zh="转载的文件没有写来源",
    en="the re-post names no source",
    hint_zh="请加一行，例如　转载: {来源: 中国政府网, 地址: https://www.gov.cn/…, 时间: 2026-03-05 09:00}",
    hint_en="Add a line such as 转载: {来源: 中国政府网, …}.",
    basis="国办发〔2017〕47号 网页设计规范·ContentSource",
)  # fmt: skip
ANSWERED_LATE = Rule(
    "ZW296", W,
    zh="{class}事件应在 {due} 前{what}，实际在 {published}",
    en="an incident ({class}) called for {what_en} by {due}; it came on {published}",
    hint_zh="请核对事件时间和回应时间，写到时和分，例如　事件时间: 2026-03-05 09:00　回应时间: 2026-03-05 12:00",
    hint_en="Compare both times, with hours and minutes.",
    basis="国办发〔2016〕80号实施细则 三（四）",
)  # fmt: skip
ANSWER_WITHOUT_TIMES = Rule(
    "ZW297", N,
    zh="舆情回应没有写事件时间或回应时间",
    en="the answer to an incident lacks 事件时间 or 回应时间",
    hint_zh="请加两行，例如　事件时间: 2026-03-05 09:00　回应时间: 2026-03-05 12:00",
    hint_en="Add 事件时间 and 回应时间, such as 2026-03-05 09:00.",
    basis="国办发〔2016〕80号实施细则 三（四）",
)  # fmt: skip
ANSWERED_BEFORE = Rule(
    "ZW298", W,
    zh="回应时间 {published} 早于事件时间 {date}",
    en="回应时间 {published} is before 事件时间 {date}",
    hint_zh="请核对两个时间，例如　事件时间: 2026-03-05 09:00　回应时间: 2026-03-05 12:00",
    hint_en="Compare both times.",
    basis="条例第6条第一款",
)  # fmt: skip
SHORT_REPLY = Rule(
    "ZW899", N,
    zh="建议、提案的答复只公开了{what}",
    en="of the reply to a proposal only {what_en} is published",
    hint_zh="请公开答复全文；有不宜公开的内容时，在正文里写，例如　{不公开:个人隐私|原文}",
    hint_en="Publish the whole reply; what must be cut is marked in the text: {不公开:个人隐私|原文}.",
    basis="国办发〔2018〕23号 一（一）",
)  # fmt: skip
ABSTRACTS = ("摘要", "概要", "要点", "摘编")
REPLY_LENGTH = 100
"""Letters beside the address and the greeting: a reply that is shorter only tells that there is one."""
MAJOR = ("特别重大", "重大")
INFORM_HOURS, BRIEF_HOURS, ANSWER_HOURS = 5, 24, 48
"""国办发〔2016〕80号实施细则 for major incidents: information within 5 hours, a briefing within 24; 吉办发〔2016〕43号: 48 for others."""


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    for document in holdings.documents:
        if not document.is_public():
            continue
        if document.kind == "转载" or document.repost is not None:
            yield from _check_repost(document, context)
        if document.kind == "舆情回应":
            yield from _check_answer(document)
        if "答复" in document.title and document.kind != "转载":
            yield from _check_reply(document)


def _check_repost(document: Document, context: CheckContext) -> Iterator[Diagnostic]:
    repost = document.repost
    if repost is None or not repost.source:
        yield REPOST_WITHOUT_SOURCE.at(document.marks.span("repost" if repost else ""))
        return
    if not repost.time or not document.published_on:
        return
    hours = context.numbers.repost_hours
    due = _latest(repost.time, hours)
    if _earliest(document.published_on) > due:
        facts = {"published": document.published_on, "date": repost.time, "number": hours}
        yield REPOSTED_LATE.at(document.marks.span("published_on"), due=_text(due, repost.time), **facts)  # type: ignore[arg-type]  # no fact is "related"


def _check_reply(document: Document) -> Iterator[Diagnostic]:
    """A reply to a deputy's 建议 or a 提案; what is attached may be the whole one."""
    title, facts = document.title, document.facts
    if ("建议" not in title and "提案" not in title) or document.redactions:
        return
    if any(word in title for word in ABSTRACTS):
        yield SHORT_REPLY.at(document.marks.span("title"), what="摘要", what_en="an abstract")
    elif not document.attachments and (facts.is_stub or facts.length < REPLY_LENGTH):
        yield SHORT_REPLY.at(document.marks.span("title"), what="几句话", what_en="a few words")


def _check_answer(document: Document) -> Iterator[Diagnostic]:
    event, answer = document.event_time, document.response_time
    if not event or not answer:
        yield ANSWER_WITHOUT_TIMES.at(document.marks.span("event_time" if event else "response_time" if answer else ""))
        return
    if answer < event[: len(answer)]:
        yield ANSWERED_BEFORE.at(document.marks.span("response_time"), published=answer, date=event)
        return
    is_major = document.event_class in MAJOR
    first = INFORM_HOURS if is_major else ANSWER_HOURS
    what = ("发布权威信息", "first information") if is_major else ("回应", "an answer")
    yield from _late(document, "response_time", answer, first, what)
    if is_major and document.briefing_time:
        what = ("举行新闻发布会", "a briefing")
        yield from _late(document, "briefing_time", document.briefing_time, BRIEF_HOURS, what)


def _late(document: Document, field: str, moment: str, hours: int, what: tuple[str, str]) -> Iterator[Diagnostic]:
    due = _latest(document.event_time, hours)
    if _earliest(moment) > due:
        facts = {"class": document.event_class or "一般", "what": what[0], "what_en": what[1], "published": moment}
        yield ANSWERED_LATE.at(document.marks.span(field), due=_text(due, document.event_time), **facts)  # type: ignore[arg-type]  # no fact is "related"


def _earliest(moment: str) -> datetime:
    """A day without a time may have been its first minute."""
    return datetime.fromisoformat(moment if len(moment) > 10 else f"{moment} 00:00")


def _latest(moment: str, hours: int) -> datetime:
    """The end of a period from a moment; a day without a time may have been its last minute."""
    start = datetime.fromisoformat(moment if len(moment) > 10 else f"{moment} 23:59")
    return start + timedelta(hours=hours) if start.year < 9999 else start


def _text(moment: datetime, like: str) -> str:
    return moment.strftime("%Y-%m-%d %H:%M" if len(like) > 10 else "%Y-%m-%d")
