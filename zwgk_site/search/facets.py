"""Filters and exact counts by facet, over everything a query found. The twin of `facets.js`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.search import FACETS
from zwgk_site.search.columns import year_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zwgk_site.search.columns import Columns
    from zwgk_site.search.query import Filter
    from zwgk_site.search.segment import Segment

YEAR = "year"
NAMES = (*FACETS, YEAR)


class FacetCount(msgspec.Struct, frozen=True):
    """A value of a facet and how many hits have it (分面计数)."""

    value: str
    label: str
    count: int


FacetCounts = dict[str, tuple[FacetCount, ...]]


def filter_hits(
    segments: Sequence[Segment], ids: Sequence[list[int]], filters: Mapping[str, Filter]
) -> tuple[list[list[int]], FacetCounts]:
    """What passes the filters, by segment; and counts, in which a facet's own filter does not lessen its own."""
    counts: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in NAMES}
    kept = []
    for segment, found in zip(segments, ids, strict=True):
        passed = found
        if found:
            columns = segment.columns
            failing = {name: _failing(columns, name, wanted, found) for name, wanted in filters.items()}
            for name in NAMES:
                out = set().union(*(failed for other, failed in failing.items() if other != name))
                counts[name] += _count(columns, name, [document for document in found if document not in out])
            out = set().union(*failing.values())
            passed = [document for document in found if document not in out]
        kept.append(passed)
    return kept, {name: _in_order(found) for name, found in counts.items()}


def _failing(columns: Columns, name: str, wanted: Filter, ids: Sequence[int]) -> set[int]:
    """The documents that do not have a wanted value."""
    if name == YEAR:
        days = columns.days
        years = {day: str(year_of(day) or "") for day in {days[document] for document in ids}}
        return {document for document in ids if years[days[document]] not in wanted.keys}
    facet = columns.facets[FACETS.index(name)]
    values = {
        number
        for number, (key, label) in enumerate(facet.values)
        if any(key == text or (wanted.by_label and text in label) for text in wanted.keys)
    }
    rows = {row for row, combination in enumerate(facet.combinations) if values.intersection(combination)}
    return {document for document in ids if facet.rows[document] not in rows}


def _count(columns: Columns, name: str, ids: Sequence[int]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    if name == YEAR:
        days = columns.days
        for day, count in Counter(days[document] for document in ids).items():
            if day:
                found[str(year_of(day)), str(year_of(day))] += count
        return found
    facet = columns.facets[FACETS.index(name)]
    rows = facet.rows
    for row, count in sorted(Counter(rows[document] for document in ids).items()):
        for number in facet.combinations[row]:
            found[facet.values[number]] += count
    return found


def _in_order(counts: Counter[tuple[str, str]]) -> tuple[FacetCount, ...]:
    """The frequent ones first; a key that has several labels keeps the first of them."""
    labels: dict[str, str] = {}
    totals: Counter[str] = Counter()
    for (value, label), count in counts.items():
        labels.setdefault(value, label)
        totals[value] += count
    order = sorted(totals, key=lambda value: (-totals[value], value))
    return tuple(FacetCount(value, labels[value], totals[value]) for value in order)
