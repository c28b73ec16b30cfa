"""How a department keeps its promises: the state of each entry, and the whole in figures. Public documents only."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.exports import Outline
from zwgk_site.model.performance import Performance
from zwgk_site.stages.check.budgets import budget_years
from zwgk_site.statute.document_numbers import parse_document_number
from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.statute.performance import DocumentDates, entry_state, on_time_rate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.model.corpus import Corpus, Document
    from zwgk_site.stages.check.context import CheckContext


_SIGNS = re.compile(r"[\W_]+")


def dates_of(document: Document) -> DocumentDates:
    """The dates by which a document's time limit is counted."""
    return DocumentDates(document.formed_on, document.changed_on, document.approved_on, document.published_on[:10])


def documents_by_entry(code: str, documents: Iterable[Document]) -> dict[str, list[Document]]:
    """The documents under each entry of the department `code`, by the entry's id; withdrawn ones are left out."""
    found: dict[str, list[Document]] = defaultdict(list)
    prefix = f"{code}:"
    for document in documents:
        if document.withdrawal is None:
            for written in document.entries:
                found[written.removeprefix(prefix).strip()].append(document)
    return found


def state_entries(corpus: Corpus, context: CheckContext) -> Corpus:
    """The corpus with the states of its entries, and the day on which the first of them changes."""
    filed = documents_by_entry(corpus.department.code, corpus.documents)
    today, calendar = context.watch.today, context.calendar
    states = tuple(
        entry_state(entry, [dates_of(item) for item in filed.get(entry.id, ())], today, calendar)
        for entry in corpus.entries
    )
    days = [state.next_change_on for state in states if state.next_change_on]
    if corpus.next_change_on:
        days.append(corpus.next_change_on)
    stated = msgspec.structs.replace(corpus, states=states, next_change_on=min(days, default=""))
    return msgspec.structs.replace(stated, performance=_measure(stated, filed, context))


def _measure(corpus: Corpus, filed: dict[str, list[Document]], context: CheckContext) -> Performance:
    """The department in figures."""
    counts: dict[str, int] = defaultdict(int)
    for state in corpus.states:
        counts[state.kind] += 1
    judged = (
        (parse_limit(entry.time_limit, entry.basis), dates_of(document))
        for entry in corpus.entries
        if entry.disclosure != "依申请公开"
        for document in filed.get(entry.id, ())
    )
    rate = on_time_rate(judged, context.watch.today, context.calendar)
    return Performance(**counts, published_on_time=rate.on_time, published_late=rate.countable - rate.on_time)


def outline_corpus(corpus: Corpus) -> Outline:
    """What checks across departments need of this one."""
    documents = [item for item in corpus.documents if item.withdrawal is None]
    numbers = {digest_words(item.document_number) for item in documents if is_distinct(item.document_number)}
    titles = {digest_words(item.title) for item in documents}
    return Outline(corpus.performance, b"".join(sorted(numbers)), b"".join(sorted(titles)), budget_years(documents))


def is_distinct(number: str) -> bool:
    """Whether a 文号 can only be one document's: 示政发〔2026〕12号, not 公告第5号, which every organ may have."""
    found = parse_document_number(number) if number else None
    return found is not None and found.form == "letter" and bool(found.organ and found.year)


def digest_words(text: str) -> bytes:
    """Eight bytes that stand for a text as it is compared across departments: without signs, blanks, widths and case."""
    plain = _SIGNS.sub("", unicodedata.normalize("NFKC", text).lower())
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest()
