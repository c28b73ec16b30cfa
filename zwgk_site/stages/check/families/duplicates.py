"""The same thing twice in one department: one 文号 on two documents, one document twice, one entry twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity
from zwgk_site.stages.check.outline import digest_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import CatalogEntry, Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

W, N = Severity.WARNING, Severity.NOTICE

NUMBER_TWICE = Rule(
    "ZW863", W,
    zh="发文字号“{number}”也是“{title}”的",
    en="发文字号 “{number}” is also that of “{title}”",
    hint_zh="一个字号只能是一个文件的，请照原件核对，例如　发文字号: 示卫发〔2026〕16号",
    hint_en="A number belongs to one document; compare it with the original. Such as 发文字号: 示卫发〔2026〕16号.",
    basis="条例第6条第一款",
)  # fmt: skip
DOCUMENT_TWICE = Rule(
    "ZW864", N,
    zh="同一天还有一个标题相同的文件：{other}",
    en="another document of the same day has the same title: {other}",
    hint_zh="如果是重复的，请删去一个，并在留下的文件里写，例如　曾用网址: d/tongzhi.html；不是重复的，请在标题里区分。",
    hint_en="Remove one of them and give its URL as 曾用网址, or tell their titles apart.",
)  # fmt: skip
ENTRY_TWICE = Rule(
    "ZW865", N,
    zh="公开事项、内容、时限和对象都与条目 {id} 相同",
    en="subject, content, time limit and audience equal those of entry {id}",
    hint_zh="请合并，或在公开事项里写清楚区别，例如　公开事项: [社会救助, 临时救助, 审核信息]",
    hint_en="Merge them, or tell them apart in 公开事项.",
    basis="国办发〔2016〕80号实施细则 一（三）",
)  # fmt: skip


def check(holdings: Holdings, _context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    yield from _check_entries(holdings.entries)
    numbers: dict[bytes, Document] = {}
    titles: dict[tuple[str, str], Document] = {}
    for document in holdings.documents:
        if not document.is_public():
            continue
        twin = titles.setdefault((document.title, document.formed_on), document)
        is_twin = twin is not document and bool(document.formed_on)
        if is_twin:
            yield DOCUMENT_TWICE.at(document.marks.span("title"), other=twin.marks.file)
        if document.document_number and not is_twin:
            first = numbers.setdefault(digest_words(document.document_number), document)
            if first is not document and not _belong_together(first, document):
                facts = {"number": document.document_number[:40], "title": first.title[:40]}
                span = document.marks.span("document_number")
                yield NUMBER_TWICE.at(span, related=(first.marks.span("document_number"),), **facts)


def _belong_together(first: Document, second: Document) -> bool:
    """Whether one is about the other, or no issuer tells that the number is the department's own (公告第1号)."""
    kinds = {first.kind, second.kind}
    return bool(kinds & {"转载", "解读", "征求意见", "意见采纳结果"}) or (
        "〔" not in first.document_number and first.formed_on[:4] != second.formed_on[:4]
    )


def _check_entries(entries: tuple[CatalogEntry, ...]) -> Iterator[Diagnostic]:
    seen: dict[tuple[str | tuple[str, ...], ...], CatalogEntry] = {}
    for entry in entries:
        key = (entry.subject, entry.content, entry.time_limit, entry.audience, entry.responsible_body, entry.levels)
        first = seen.setdefault(key, entry)
        if first is not entry and first.id != entry.id:
            yield ENTRY_TWICE.at(entry.marks.span("subject"), id=first.id)
