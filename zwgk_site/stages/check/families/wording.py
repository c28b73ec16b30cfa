"""Wrong words that are met again and again (错别字和不规范表述), and words that a site never publishes; in entries and documents."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.model.clues import BANNED, WORDING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.model.corpus import CatalogEntry, Document, Holdings
    from zwgk_site.stages.check.context import CheckContext
    from zwgk_site.text.wording import Wording

WRONG_WORD = Rule(
    "ZW820", Severity.WARNING,
    zh="“{wrong}”通常应写作“{right}”，共 {count} 处{reason}",
    en="“{wrong}” is usually written “{right}”, {count} in all{reason_en}",
    hint_zh="请核对后改正，例如　{right}；引用原文的可以写　不再提示: [{代码: ZW820, 理由: 照录原文}]",
    hint_en="Compare and correct it; quotations may be waived.",
    basis="条例第6条第一款",
)  # fmt: skip
BANNED_WORD = Rule(
    "ZW825", Severity.WARNING,
    zh="出现了用语表里禁用的“{wrong}”，共 {count} 处{reason}",
    en="“{wrong}” is banned by the word list, yet it stands here, {count} in all{reason_en}",
    hint_zh="请删去或者换一种说法；确实可以公开的，从 wording.yaml 里去掉，例如删去这一行　- {禁用: {wrong}}",
    hint_en="Take it out or put it otherwise; if it may be published, remove - {禁用: {wrong}} from wording.yaml.",
)  # fmt: skip
_RULES = {WORDING: WRONG_WORD, BANNED: BANNED_WORD}

Found = tuple[str, str, Span]
"""Kind, value as in a `Clue`, place."""


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family: one for each word of an entry or a document."""
    for entry in holdings.entries:
        yield from _findings(_in_entry(entry, context.wording))
    for document in holdings.documents:
        if document.facts.clues and document.is_public():
            yield from _findings(_in_document(document))


def _in_document(document: Document) -> Iterator[Found]:
    for clue in document.facts.clues:
        if clue.kind in _RULES:
            yield clue.kind, clue.value, Span(document.marks.file, clue.line, clue.column, clue.end)


def _in_entry(entry: CatalogEntry, wording: Wording) -> Iterator[Found]:
    """An entry's words are few and looked through as one, then each where it stands."""
    if next(wording.find("\n".join((*entry.subject, *entry.content, entry.note))), None) is None:
        return
    for name, texts in (("subject", entry.subject), ("content", entry.content), ("note", (entry.note,))):
        for number, text in enumerate(texts, 1):
            for hit in wording.find(text):
                yield hit.kind, hit.value, entry.marks.span(name, number)


def _findings(found: Iterable[Found]) -> Iterator[Diagnostic]:
    words: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for kind, value, span in found:
        words[kind, value].append(span)
    for (kind, value), spans in words.items():
        word, _, why = value.partition("\n")
        wrong, _, right = word.partition("→")
        said = f"（{why}）" if why else "", f" ({why})" if why else ""
        facts: dict[str, str] = {"wrong": wrong, "reason": said[0], "reason_en": said[1]}
        if kind == WORDING:
            facts["right"] = right
        yield _RULES[kind].at(spans[0], count=len(spans), **facts)  # type: ignore[arg-type]  # no fact is "related"
