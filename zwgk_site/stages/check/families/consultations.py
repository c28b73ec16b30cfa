"""Consultations: how long a draft is open for opinions, and what became of them (征求意见)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity
from zwgk_site.stages.check.parts import is_family, missing_parts
from zwgk_site.stages.check.references import References
from zwgk_site.statute.day_watch import days_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Consultation, Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

W, N = Severity.WARNING, Severity.NOTICE

NO_PERIOD = Rule(
    "ZW280", W,
    zh="征求意见没有写起止日期",
    en="the consultation states no first and last day",
    hint_zh="请加一行，例如　征求意见: {开始: 2026-03-05, 截止: 2026-04-05}",
    hint_en="Add a line such as 征求意见: {开始: 2026-03-05, 截止: 2026-04-05}.",
    basis="《重大行政决策程序暂行条例》第十五条第一款",
)  # fmt: skip
ENDS_BEFORE_START = Rule(
    "ZW281", W,
    zh="征求意见的截止日期 {other} 早于开始日期 {date}",
    en="the consultation ends on {other}, before it starts on {date}",
    hint_zh="请核对两个日期，例如　征求意见: {开始: 2026-03-05, 截止: 2026-04-05}",
    hint_en="Compare both days.",
    basis="条例第6条第一款",
)  # fmt: skip
TOO_SHORT = Rule(
    "ZW282", W,
    zh="征求意见从 {date} 到 {other}，不到 {number} 天，也没有说明理由",
    en="the consultation from {date} to {other} is shorter than {number} days and gives no reason",
    hint_zh="请延长截止日期；确需缩短的，写明理由，例如　征求意见: {开始: {date}, 截止: {other}, 理由: 情况紧急}",
    hint_en="Prolong it, or say why it is shorter: 征求意见: {开始: {date}, 截止: {other}, 理由: 情况紧急}.",
    basis="《重大行政决策程序暂行条例》第十五条第一款",
)  # fmt: skip
NO_RESULT = Rule(
    "ZW283", W,
    zh="征求意见 {other} 已经截止，到 {due} 还没有公布采纳情况",
    en="the consultation ended on {other}, and by {due} no result was published",
    hint_zh="请发布一个　类型: 意见采纳结果　的文件，写上　关联: {征求意见稿: {name}}",
    hint_en="Publish a document of 类型: 意见采纳结果 with 关联: {征求意见稿: {name}}.",
    basis="国办发〔2016〕80号实施细则 五（二）",
)  # fmt: skip
RESULT_OF_NOTHING = Rule(
    "ZW284", N,
    zh="意见采纳结果没有写明是哪一次征求意见的",
    en="the result does not say of which consultation it is",
    hint_zh="请加一行，例如　关联: {征求意见稿: 2026-zhengqiuyijian}；zwgk fix --links 可以从标题和正文里找。",
    hint_en="Add a line such as 关联: {征求意见稿: 2026-zhengqiuyijian}; `zwgk fix --links` looks for it in title and text.",
    basis="国办发〔2016〕80号实施细则 五（二）",
)  # fmt: skip
NO_GROUNDS = Rule(
    "ZW279", N,
    zh="征求意见没有写决策依据",
    en="the consultation tells no basis of the decision",
    hint_zh="请写明依据哪部法律、哪个文件，例如　依据《养老机构管理办法》，起草了本办法。",
    hint_en="Tell by which law or document, such as 依据《养老机构管理办法》，起草了本办法.",
    basis="国办发〔2016〕80号实施细则 一（二）",
)  # fmt: skip
NO_BACKGROUND = Rule(
    "ZW299", N,
    zh="征求意见没有写起草背景，也没有起草说明",
    en="the consultation tells no background and has no explanation",
    hint_zh="请写明为什么制定，例如加一节　## 起草背景　或一个附件　附件: [{文件: shuoming.docx, 名称: 起草说明}]",
    hint_en="Tell why it is drafted, such as a section ## 起草背景 or an attachment named 起草说明.",
    basis="吉办发〔2016〕43号 二（一）",
)  # fmt: skip
RESULTS = ("征求意见稿", "采纳结果")


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    references = References(holdings)
    for document in holdings.documents:
        if not document.is_public():
            continue
        if document.kind == "征求意见":
            consultation = document.consultation
            if consultation is None or not consultation.start or not consultation.end:
                yield NO_PERIOD.at(document.marks.span("consultation" if consultation else ""))
            else:
                yield from _check_period(document, consultation, references, context)
            yield from _check_grounds(document)
        elif document.kind == "意见采纳结果" and not any(item.kind in RESULTS for item in document.relations):
            yield RESULT_OF_NOTHING.at(document.marks.span())


def _check_grounds(document: Document) -> Iterator[Diagnostic]:
    """Basis and background stand in the text, in a relation or in an attachment that is named for it."""
    if not is_family(document, "草案") or document.facts.is_stub:
        return
    named = "、".join(f"{item.title}{item.file}" for item in document.attachments)
    is_explained = any(word in named for word in ("说明", "背景", "依据"))
    is_based = is_explained or any(item.kind == "依据" for item in document.relations)
    if not is_based and missing_parts(document, "草案", ("依据",)):
        yield NO_GROUNDS.at(document.marks.span("title"))
    if not is_explained and missing_parts(document, "草案", ("背景",)):
        yield NO_BACKGROUND.at(document.marks.span("title"))


def _check_period(
    document: Document, consultation: Consultation, references: References, context: CheckContext
) -> Iterator[Diagnostic]:
    start, end, days = consultation.start, consultation.end, context.numbers.consultation_days
    span = document.marks.span("consultation")
    if end < start:
        yield ENDS_BEFORE_START.at(span, date=start, other=end)
        return
    if days_after(end, 1) < days_after(start, days) and not consultation.reason:
        yield TOO_SHORT.at(span, date=start, other=end, number=days)
    due = days_after(end, context.numbers.result_days)
    if not context.watch.is_over(due) or any(item.kind == "采纳结果" for item in document.relations):
        return
    results = [
        item for item in references.sources(document, RESULTS) if item.kind == "意见采纳结果" and item.is_public()
    ]
    if not any(context.watch.has_come(item.published_on) for item in results):
        yield NO_RESULT.at(span, other=end, due=due, name=document.name)
