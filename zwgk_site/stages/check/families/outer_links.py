"""Links that leave the site for places that the public can't reach. The address alone is judged, no network is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.model.clues import UNREACHABLE
from zwgk_site.text.clues import address_fault
from zwgk_site.text.visible import visible_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

UNREACHABLE_LINK = Rule(
    "ZW308", Severity.WARNING,
    zh="“{written}”{problem}",
    en="“{written}” {problem_en}",
    hint_zh="请换成公众能打开的网址，例如　https://www.example.gov.cn/；要给的是文件，写成附件，例如　附件: [申请表.docx]",
    hint_en="Give an address that everybody can open, such as https://www.example.gov.cn/, or attach the file: 附件: [….docx].",
)  # fmt: skip
_PROBLEMS = {
    "inner": ("是单位内部网络的地址，公众打不开", "is an address of an inner network; the public can't open it"),
    "file": ("是自己电脑上的文件，公众打不开", "is a file on one's own computer; the public can't open it"),
    "number": ("只是 IP 地址和端口，公众认不出是谁的网站，也容易失效", "is a bare IP address with a port; nobody can tell whose it is"),
}  # fmt: skip


def check(holdings: Holdings, _context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family: each address once a document."""
    for document in holdings.documents:
        if (document.facts.clues or document.repost is not None) and document.is_public():
            yield from _check_document(document)


def _check_document(document: Document) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for clue in document.facts.clues:
        if clue.kind == UNREACHABLE and clue.value not in seen:
            seen.add(clue.value)
            yield from _judge(clue.value, Span(document.marks.file, clue.line, clue.column, clue.end))
    if document.repost is not None and document.repost.url not in seen:
        yield from _judge(document.repost.url, document.marks.span("repost"))


def _judge(address: str, span: Span) -> Iterator[Diagnostic]:
    fault = address_fault(address)
    if fault:
        problem, problem_en = _PROBLEMS[fault]
        yield UNREACHABLE_LINK.at(span, written=visible_text(address), problem=problem, problem_en=problem_en)
