"""Normative documents: whether they are in force, until when, and under which number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity
from zwgk_site.stages.check.references import References
from zwgk_site.statute.day_watch import days_after
from zwgk_site.statute.document_numbers import (
    document_number_faults,
    normalize_document_number,
    parse_document_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

EXPIRED_YET_VALID = Rule(
    "ZW285", E,
    zh="有效性写“有效”，可是 {date} 已经失效",
    en="有效性 says 有效, yet it expired on {date}",
    hint_zh="请改成　有效性: 失效；继续有效的，请改失效日期并写明依据。",
    hint_en="Write 有效性: 失效, or correct 失效日期 if it stays in force.",
    basis="甘政办发〔2017〕4号 三（二）",
)  # fmt: skip
EXPIRING = Rule(
    "ZW286", N,
    zh="文件将于 {due} 失效",
    en="the document expires on {due}",
    hint_zh="继续有效、修改或者废止，请提前办理，例如继续有效的改成　失效日期: 2031-12-31；到期后有效性会自动显示为已失效。",
    hint_en="Prolong, amend or repeal it in time; it is shown as expired afterwards. Such as 失效日期: 2031-12-31 if it stays in force.",
    basis="甘政办发〔2017〕4号 三（二）",
)  # fmt: skip
NO_VALIDITY = Rule(
    "ZW287", N,
    zh="有 {count} 个政策文件没有写“有效性”，第一个是“{title}”",
    en="{count} policy documents state no 有效性; the first is “{title}”",
    hint_zh="请逐个加一行，例如　有效性: 有效",
    hint_en="Add a line such as 有效性: 有效 to each.",
    basis="甘政办发〔2017〕4号 三（二）",
)  # fmt: skip
ODD_DOCUMENT_NUMBER = Rule(
    "ZW288", N,
    zh="发文字号“{number}”{reason}",
    en="发文字号 “{number}”: {reason_en}",
    hint_zh="照原件写：机关代字、六角括号里四位年份、不编虚位的序号，例如　{example}；zwgk fix --normal-forms --yes 可以自动改。",
    hint_en="Write it as on the original, such as {example}; `zwgk fix --normal-forms --yes` does it.",
    basis="GB/T 9704—2012",
)  # fmt: skip
NUMBER_OF_OTHER_YEAR = Rule(
    "ZW289", N,
    zh="发文字号“{number}”的年份比成文日期 {date} 晚",
    en="the year in “{number}” is later than 成文日期 {date}",
    hint_zh="请照原件核对，例如　发文字号: 示卫发〔2026〕12号　成文日期: 2026-03-02",
    hint_en="Compare both with the original. Such as 发文字号: 示卫发〔2026〕12号, 成文日期: 2026-03-02.",
    basis="条例第6条第一款",
)  # fmt: skip
REPEALED_SILENTLY = Rule(
    "ZW276", N,
    zh="“{title}”被“{other}”废止或替代，有效性还写着“有效”",
    en="“{title}” is repealed or replaced by “{other}”, yet 有效性 says 有效",
    hint_zh="请把被废止的文件改成　有效性: 废止；zwgk fix --links --yes 可以自动改。",
    hint_en="Write 有效性: 废止 in the older document; `zwgk fix --links --yes` does it.",
    basis="甘政办发〔2017〕4号 三（二）",
)  # fmt: skip
POLICY = "政策文件"
_FAULTS = {
    "unreadable": ("认不出来", "not understood"),
    "several": ("不止一个", "more than one"),
    "organ": ("没有机关代字", "no abbreviation of the organ"),
    "brackets": ("年份没有用六角括号", "the year is not in hexagonal brackets"),
    "year": ("年份不是四位数字", "the year is not of four digits"),
    "ordinal": ("“第”字用错了", "第 is misplaced"),
    "leading_zero": ("序号前面有 0", "the serial has a leading zero"),
    "suffix": ("没有“号”字", "号 is missing"),
    "blanks": ("中间有空格", "there are blanks in it"),
    "width": ("有全角或中文数字", "there are full-width or Chinese digits"),
}


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    references = References(holdings)
    silent: list[Document] = []
    for document in holdings.documents:
        if not document.is_public():
            continue
        if document.kind == POLICY and document.document_number and not document.validity:
            silent.append(document)
        if document.expires_on:
            yield from _check_expiry(document, context)
        if document.document_number:
            yield from _check_number(document)
        if document.validity == "有效":
            for newer in references.sources(document, ("废止", "替代")):
                if newer.is_public() and newer.published_on and context.watch.has_come(newer.published_on):
                    span = document.marks.span("validity")
                    yield REPEALED_SILENTLY.at(span, title=document.title[:40], other=newer.title[:40])
    if silent:
        yield NO_VALIDITY.at(silent[0].marks.span(), count=len(silent), title=silent[0].title[:40])


def _check_expiry(document: Document, context: CheckContext) -> Iterator[Diagnostic]:
    over = context.watch.is_over(document.expires_on)
    if over and document.validity == "有效":
        yield EXPIRED_YET_VALID.at(document.marks.span("validity"), date=document.expires_on)
        return
    soon = days_after(document.expires_on, -context.numbers.expiring_days)
    if document.validity in ("", "有效") and not over and context.watch.has_come(soon):
        yield EXPIRING.at(document.marks.span("expires_on"), due=document.expires_on)


def _check_number(document: Document) -> Iterator[Diagnostic]:
    """The number's form and year; a year long past is usual in texts that were amended since."""
    written = document.document_number
    span = document.marks.span("document_number")
    faults = document_number_faults(written)
    number = parse_document_number(written)
    if faults:
        words = [_FAULTS[fault] for fault in faults]
        facts = {"reason": "，".join(zh for zh, _ in words), "reason_en": ", ".join(en for _, en in words)}
        example = normalize_document_number(written) if number and number.year else "示政发〔2026〕12号"
        yield ODD_DOCUMENT_NUMBER.at(span, number=written[:40], example=example, **facts)  # type: ignore[arg-type]  # no fact is "related"
    elif number and number.year and document.formed_on and number.year > int(document.formed_on[:4]) + 1:
        yield NUMBER_OF_OTHER_YEAR.at(span, number=written[:40], date=document.formed_on)
