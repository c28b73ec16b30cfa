"""What checks across departments need of one, small enough to be kept for every department at once."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from zwgk_site.model.exports import Outline
from zwgk_site.model.performance import Inspected
from zwgk_site.stages.check.budgets import budget_years
from zwgk_site.stages.check.columns import review_columns
from zwgk_site.stages.check.performance import cycle_due, documents_by_entry
from zwgk_site.statute.document_numbers import parse_document_number

if TYPE_CHECKING:
    from zwgk_site.model.corpus import Corpus
    from zwgk_site.stages.check.context import CheckContext

_SIGNS = re.compile(r"[\W_]+")


def outline_corpus(corpus: Corpus, context: CheckContext) -> Outline:
    """What checks across departments need of this one."""
    documents = [item for item in corpus.documents if item.withdrawal is None]
    numbers = {digest_words(item.document_number) for item in documents if is_distinct(item.document_number)}
    titles = {digest_words(item.title) for item in documents}
    return Outline(
        corpus.performance,
        b"".join(sorted(numbers)),
        b"".join(sorted(titles)),
        budget_years(documents),
        _inspect(corpus, context),
    )


def _inspect(corpus: Corpus, context: CheckContext) -> Inspected:
    """The counts of an inspection, by public documents; a dissolved department is not inspected."""
    if corpus.department.dissolved_on:
        return Inspected()
    review = review_columns(corpus, context)
    blank = tuple((column.name, tuple(entry.id for entry in column.entries)) for column in review.blank)
    return Inspected(len(review.stale), _count_overdue(corpus, context), blank)


def _count_overdue(corpus: Corpus, context: CheckContext) -> int:
    """Entries that are late by their time limit or their 更新周期."""
    late = {entry.id for entry, state in zip(corpus.entries, corpus.states, strict=False) if state.kind == "late"}
    cyclic = [entry for entry in corpus.entries if entry.update_cycle and not entry.empty_reason]
    if cyclic:
        filed = documents_by_entry(corpus.department.code, corpus.documents)
        late |= {e.id for e in cyclic if context.watch.is_over(cycle_due(e.update_cycle, filed.get(e.id, ())) or "")}
    return len(late)


def is_distinct(number: str) -> bool:
    """Whether a 文号 can only be one document's: 示政发〔2026〕12号, not 公告第5号, which every organ may have."""
    found = parse_document_number(number) if number else None
    return found is not None and found.form == "letter" and bool(found.organ and found.year)


def digest_words(text: str) -> bytes:
    """Eight bytes that stand for a text as it is compared across departments: without signs, blanks, widths and case."""
    plain = _SIGNS.sub("", unicodedata.normalize("NFKC", text).lower())
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest()
