"""Dates that contradict each other or the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTICE
FIRST_DAY = "1949-10-01"

FORMED_IN_FUTURE = Rule(
    "ZW850", W,
    zh="成文日期 {date} 还没有到",
    en="成文日期 {date} is still to come",
    hint_zh="成文日期是签发的日期，请照原件改正，例如　成文日期: 2026-03-02；要到这一天才公开的，另写　定时发布: {date}",
    hint_en="成文日期 is the day of signing: write it as on the original, such as 2026-03-02; to publish later add 定时发布: {date}.",
    basis="条例第6条第一款",
)  # fmt: skip
PUBLISHED_BEFORE_FORMED = Rule(
    "ZW851", W,
    zh="发布日期 {published} 早于成文日期 {date}",
    en="发布日期 {published} is before 成文日期 {date}",
    hint_zh="请核对两个日期，例如　成文日期: 2026-03-02　发布日期: 2026-03-05",
    hint_en="Compare both, such as 成文日期: 2026-03-02 and 发布日期: 2026-03-05.",
    basis="国办秘函〔2019〕19号 单项否决·伪造发稿日期",
)  # fmt: skip
CHANGED_BEFORE_FORMED = Rule(
    "ZW852", W,
    zh="变更日期 {other} 早于成文日期 {date}",
    en="变更日期 {other} is before 成文日期 {date}",
    hint_zh="变更日期是信息形成以后改动的日期，请核对，例如　变更日期: 2026-06-01",
    hint_en="变更日期 is when the information changed after it was formed, such as 2026-06-01.",
    basis="条例第6条第一款",
)  # fmt: skip
EXPIRES_BEFORE_EFFECT = Rule(
    "ZW853", W,
    zh="失效日期 {other} 早于施行日期 {date}",
    en="失效日期 {other} is before 施行日期 {date}",
    hint_zh="请核对两个日期，例如　施行日期: 2026-04-01　失效日期: 2031-03-31",
    hint_en="Compare both, such as 施行日期: 2026-04-01 and 失效日期: 2031-03-31.",
    basis="条例第6条第一款",
)  # fmt: skip
IMPOSSIBLE_YEAR = Rule(
    "ZW854", W,
    zh="日期 {date} 早于 1949 年，像是写错了",
    en="the date {date} lies before 1949 and looks like a slip",
    hint_zh="请核对年份，例如　成文日期: 2026-03-02",
    hint_en="Compare the year, such as 成文日期: 2026-03-02.",
    basis="条例第6条第一款",
)  # fmt: skip
REVIEWED_AFTER_PUBLICATION = Rule(
    "ZW855", W,
    zh="保密审查日期 {other} 晚于发布日期 {published}",
    en="the secrecy review of {other} came after publication on {published}",
    hint_zh="公开前应当先审查。请核对，例如　保密审查: {人: 张三, 日期: 2026-03-03, 结果: 可以公开}",
    hint_en="The review comes before publication; compare the dates.",
    basis="国办发〔2016〕80号实施细则 一（四）",
)  # fmt: skip


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family; documents that are not public count, too, for their files are mended all the same."""
    for document in holdings.documents:
        if document.withdrawal is None:
            yield from _check_document(document, context)


def _check_document(document: Document, context: CheckContext) -> Iterator[Diagnostic]:
    formed, published = document.formed_on, document.published_on[:10]
    if formed and formed < FIRST_DAY:
        yield IMPOSSIBLE_YEAR.at(document.marks.span("formed_on"), date=formed)
    elif formed and not context.watch.has_come(formed):
        yield FORMED_IN_FUTURE.at(document.marks.span("formed_on"), date=formed)
    if formed and published and published < formed:
        yield PUBLISHED_BEFORE_FORMED.at(document.marks.span("published_on"), published=published, date=formed)
    if formed and document.changed_on and document.changed_on < formed:
        yield CHANGED_BEFORE_FORMED.at(document.marks.span("changed_on"), other=document.changed_on, date=formed)
    start, stop = document.effective_on, document.expires_on
    if start and stop and stop < start:
        yield EXPIRES_BEFORE_EFFECT.at(document.marks.span("expires_on"), other=stop, date=start)
    review = document.review
    if review is not None and review.date and published and published < review.date:
        yield REVIEWED_AFTER_PUBLICATION.at(document.marks.span("review"), other=review.date, published=published)
