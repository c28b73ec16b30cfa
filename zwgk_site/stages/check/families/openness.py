"""Openness: why something is closed, who has looked at it, and marks that say the contrary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.model.clues import INNER_MARK, OPEN_MARK, SECRET_MARK
from zwgk_site.statute.closed_reasons import classify_reason, reason_names
from zwgk_site.statute.day_watch import days_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.clues import Clue
    from zwgk_site.model.corpus import Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

CLOSED_WITHOUT_REASON = Rule(
    "ZW250", W, gate=True,
    zh="不予公开，没有写理由",
    en="closed (不予公开) without a reason",
    hint_zh="请加一行，例如　不予公开理由: 商业秘密",
    hint_en="Add a line such as 不予公开理由: 商业秘密.",
    basis="国办发〔2016〕80号实施细则 一（一）",
)  # fmt: skip
ODD_REASON = Rule(
    "ZW251", W, gate=True,
    zh="不予公开理由“{value}”不是《条例》规定的理由",
    en="“{value}” is none of the reasons that the regulation knows",
    hint_zh="只能是：{choices}。例如　不予公开理由: 商业秘密",
    hint_en="One of: {choices}.",
    basis="条例第13条第一款",
)  # fmt: skip
POLICY_CLOSED_UNSEEN = Rule(
    "ZW252", W, gate=True,
    zh="政策文件不公开，没有公开工作机构审查的记录",
    en="a policy document is closed without a review by the openness office",
    hint_zh="请加一行，例如　公开属性审查: {人: 张三, 日期: 2026-03-02, 结果: 同意不予公开}",
    hint_en="Add 公开属性审查: {人: …, 日期: …, 结果: …}.",
    basis="国办发〔2016〕80号实施细则 一（一）",
)  # fmt: skip
REVIEW_SAYS_NO = Rule(
    "ZW253", E, blocks=True,
    zh="保密审查的结果是“{value}”，却写着主动公开",
    en="the secrecy review says “{value}”, yet the document is open",
    hint_zh="不能公开的请改成　公开程度: 不予公开　不予公开理由: 国家秘密；可以公开的请改　保密审查: {人: 张三, 日期: 2026-03-02, 结果: 可以公开}",
    hint_en="Write 公开程度: 不予公开, or correct the result of the review.",
    basis="条例第17条第二款",
)  # fmt: skip
MARKED_CLOSED = Rule(
    "ZW254", E, blocks=True,
    zh="正文里标着“此件{value}”，却写着主动公开",
    en="the text is marked “此件{value}”, yet the document is open",
    hint_zh="不能公开的请改公开方式或公开程度，例如　公开程度: 不予公开　不予公开理由: 内部事务信息；可以公开的请改正文里的标注。",
    hint_en="Close the document (公开程度: 不予公开), or correct the mark in the text.",
    basis="国办发〔2016〕80号实施细则 一（一）",
)  # fmt: skip
MARKED_OPEN = Rule(
    "ZW255", W,
    zh="正文里标着“此件{value}”，文件却不公开",
    en="the text is marked “此件{value}”, yet the document is closed",
    hint_zh="可以公开的请写　公开方式: 主动公开　公开程度: 全文公开",
    hint_en="To publish it write 公开方式: 主动公开 and 公开程度: 全文公开.",
    basis="国办发〔2016〕80号实施细则 一（一）",
)  # fmt: skip
SECRECY_MARK = Rule(
    "ZW256", E, blocks=True,
    zh="正文里有密级标志“{value}”，却写着主动公开",
    en="the text bears a mark of secrecy “{value}”, yet the document is open",
    hint_zh="涉密文件不得公开，也不要放在联网的电脑上：请移出本栏目，例如先写　公开程度: 不予公开　不予公开理由: 国家秘密；已解密的请删去密级标志。",
    hint_en="Secret papers are not published: close it and take it out; if declassified, remove the mark.",
    basis="条例第14条",
)  # fmt: skip
INTERNAL_MARK = Rule(
    "ZW257", W,
    zh="正文里有“{value}”，请确认可以公开",
    en="the text says “{value}”; make sure that it may be published",
    hint_zh="可以公开的请删去这个标注；不能公开的请改成　公开程度: 不予公开　不予公开理由: 内部事务信息",
    hint_en="Remove the mark, or close the document.",
    basis="条例第17条第三款",
)  # fmt: skip
PARTIAL_WITHOUT_MARK = Rule(
    "ZW258", N,
    zh="写着“删减后公开”，正文里没有删减标记",
    en="公开程度 says 删减后公开, yet nothing in the text is marked as left out",
    hint_zh="删减处请写　{不公开:个人隐私|原文}；没有删减的请写　公开程度: 全文公开",
    hint_en="Mark what is left out, or write 公开程度: 全文公开.",
    basis="吉办发〔2016〕43号 三（一）",
)  # fmt: skip
CLOSED_LONG_AGO = Rule(
    "ZW259", N,
    zh="有 {count} 个不予公开的文件一年内没有重新评估，第一个是“{title}”",
    en="{count} closed documents were not assessed again within a year; the first is “{title}”",
    hint_zh="评估后写上日期，例如　公开属性审查: {人: 张三, 日期: 2026-03-02, 结果: 继续不予公开}",
    hint_en="Assess them and give the day under 公开属性审查.",
    basis="条例第18条；国办发〔2016〕80号实施细则 一（四）",
)  # fmt: skip
POLICY = "政策文件"
_REFUSALS = ("不得公开", "不予公开", "不可公开", "不能公开", "不宜公开", "不公开", "涉密", "暂缓")
_OPEN_MARKS = ("公开", "主动公开", "删减后公开")


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    overdue: list[Document] = []
    for document in holdings.documents:
        if document.withdrawal is not None:
            continue
        if document.extent == "不予公开":
            yield from _check_reason(document)
            seen = max((r.date for r in (document.review, document.disclosure_review) if r), default="")
            seen = seen or document.formed_on
            if seen and context.watch.is_over(days_after(seen, context.numbers.closed_review_days)):
                overdue.append(document)
        if (
            document.kind == POLICY
            and not document.is_open()
            and document.disclosure
            and document.disclosure_review is None
        ):
            yield POLICY_CLOSED_UNSEEN.at(document.marks.span())
        if document.is_public():
            yield from _check_open(document)
        for clue in document.facts.clues:
            yield from _check_mark(document, clue)
    if overdue:
        yield CLOSED_LONG_AGO.at(overdue[0].marks.span(), count=len(overdue), title=overdue[0].title[:40])


def _check_reason(document: Document) -> Iterator[Diagnostic]:
    if not document.closed_reason:
        yield CLOSED_WITHOUT_REASON.at(document.marks.span("extent"))
    for place, reason in enumerate(document.closed_reason, 1):
        if classify_reason(reason) is None:
            choices = "、".join(reason_names())
            yield ODD_REASON.at(document.marks.span("closed_reason", place), value=reason[:40], choices=choices)


def _check_open(document: Document) -> Iterator[Diagnostic]:
    review = document.review
    if review is not None and any(word in review.result for word in _REFUSALS):
        yield REVIEW_SAYS_NO.at(document.marks.span("review"), value=review.result[:40])
    if document.extent == "删减后公开" and not document.redactions and not document.attachments:
        yield PARTIAL_WITHOUT_MARK.at(document.marks.span("extent"))


def _check_mark(document: Document, clue: Clue) -> Iterator[Diagnostic]:
    """What a mark in the text says of openness."""
    span = Span(document.marks.file, clue.line, clue.column, clue.end)
    if clue.kind == OPEN_MARK:
        says_open = clue.value in _OPEN_MARKS
        if document.is_public() and not says_open:
            yield MARKED_CLOSED.at(span, value=clue.value[:40])
        elif says_open and not document.is_open() and document.disclosure:
            yield MARKED_OPEN.at(span, value=clue.value[:40])
    elif document.is_public() and clue.kind == SECRET_MARK:
        yield SECRECY_MARK.at(span, value=clue.value[:40])
    elif document.is_public() and clue.kind == INNER_MARK:
        yield INTERNAL_MARK.at(span, value=clue.value[:40])
