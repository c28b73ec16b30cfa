"""How a department keeps its promises: the state of each entry, and the whole in figures. Public documents only."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.performance import Performance
from zwgk_site.statute.day_watch import days_after
from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.statute.performance import DocumentDates, entry_state, on_time_rate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.model.corpus import Corpus, Document
    from zwgk_site.stages.check.context import CheckContext


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


def cycle_due(cycle: str, documents: Iterable[Document]) -> str | None:
    """The day by which 更新周期 asks for something new; empty where nothing is there yet, `None` if it is not understood."""
    limit = parse_limit(cycle)
    days = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}.get(limit.unit, 0) * max(1, limit.amount)
    if limit.kind not in ("periodic", "annual", "within") or not (days or limit.kind == "annual"):
        return None
    newest = max((item.published_on[:10] for item in documents), default="")
    return days_after(newest, days or 366) if newest else ""


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
