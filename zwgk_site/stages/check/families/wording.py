"""Wrong words that are met again and again (错别字和不规范表述): a packaged list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.model.clues import WORDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Holdings
    from zwgk_site.stages.check.context import CheckContext

WRONG_WORD = Rule(
    "ZW820", Severity.WARNING,
    zh="“{wrong}”通常应写作“{right}”，共 {count} 处",
    en="“{wrong}” is usually written “{right}”, {count} in all",
    hint_zh="请核对后改正，例如　{right}；引用原文的可以写　不再提示: [{代码: ZW820, 理由: 照录原文}]",
    hint_en="Compare and correct it; quotations may be waived.",
    basis="条例第6条第一款",
)  # fmt: skip


def check(holdings: Holdings, _context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family: one for each word of a document."""
    for document in holdings.documents:
        if not document.facts.clues or not document.is_public():
            continue
        words: dict[str, list[Span]] = {}
        for clue in document.facts.clues:
            if clue.kind == WORDING:
                span = Span(document.marks.file, clue.line, clue.column, clue.end)
                words.setdefault(clue.value.partition("\n")[0], []).append(span)
        for word, spans in words.items():
            wrong, _, right = word.partition("→")
            yield WRONG_WORD.at(spans[0], wrong=wrong, right=right, count=len(spans))
