"""Dates and facets of a segment's documents, and their places among those of earlier segments, run-length coded."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from zwgk_site.model.search import FACETS
from zwgk_site.stages.index.container import counted, varint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zwgk_site.model.search import FacetValue

_EPOCH = date(1899, 12, 31).toordinal()
Facets = tuple[tuple["FacetValue", ...], ...]


@cache
def day_number(day: str) -> int:
    """Days since 1899-12-31, 0 for no date or one before 1900."""
    try:
        return max(0, date.fromisoformat(day[:10]).toordinal() - _EPOCH)
    except ValueError:
        return 0


def encode_columns(dates: Sequence[str], facets: Sequence[Facets], earlier: Sequence[Sequence[int]] = ()) -> bytes:
    """The columns of documents in the order of their ids, which is that of their dates; `earlier` as in `build_segment`."""
    parts = [_encode_ascending([day_number(day) for day in dates]), varint(len(FACETS))]
    parts.extend(_encode_facet([row[number] for row in facets]) for number in range(len(FACETS)))
    return b"".join((*parts, encode_places(earlier)))


def encode_places(earlier: Sequence[Sequence[int]]) -> bytes:
    """How many documents of each earlier segment stand before each document."""
    return b"".join((varint(len(earlier)), *map(_encode_ascending, earlier)))


def _encode_ascending(values: Sequence[int]) -> bytes:
    before = 0
    runs = []
    for count, value in _runs(values):
        runs.append(varint(count) + varint(value - before))
        before = value
    return b"".join((varint(len(runs)), *runs))


def _encode_facet(column: Sequence[tuple[FacetValue, ...]]) -> bytes:
    combinations = sorted(set(column))
    values = sorted({value for combination in combinations for value in combination})
    number_of = {value: number for number, value in enumerate(values)}
    row_of = {combination: row for row, combination in enumerate(combinations)}
    parts = [varint(len(values))]
    parts.extend(counted(key) + counted(label) for key, label in values)
    parts.append(varint(len(combinations)))
    for combination in combinations:
        parts.append(varint(len(combination)))
        parts.extend(varint(number_of[value]) for value in combination)
    runs = list(_runs([row_of[item] for item in column]))
    parts.append(varint(len(runs)))
    parts.extend(varint(count) + varint(row) for count, row in runs)
    return b"".join(parts)


def _runs(values: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(how many, value) of neighbours that are equal."""
    start = 0
    for place in range(1, len(values) + 1):
        if place == len(values) or values[place] != values[start]:
            yield place - start, values[start]
            start = place
