"""Dates and facets of all documents of a segment."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cached_property

from zwgk_site.search.varints import Cursor

_EPOCH = date(1899, 12, 31).toordinal()


class Facet:
    """One facet of all documents (分面): `values` are (key, label), `combinations` numbers of values."""

    def __init__(self, cursor: Cursor) -> None:
        self.values = tuple((cursor.text(), cursor.text()) for _ in range(cursor.number()))
        self.combinations = tuple(tuple(cursor.numbers(cursor.number())) for _ in range(cursor.number()))
        numbers = iter(cursor.numbers(2 * cursor.number()))
        self._runs = tuple(zip(numbers, numbers, strict=True))

    @cached_property
    def rows(self) -> list[int]:
        """The number of each document's combination."""
        found: list[int] = []
        for count, row in self._runs:
            found += [row] * count
        return found


class Columns:
    """The columns of a segment (分面与日期); raises `ValueError` if the content is none.

    `places`: of each earlier segment, how many of its documents stand before each document of this one.
    """

    def __init__(self, content: bytes, documents: int) -> None:
        cursor = Cursor(content)
        self.documents = documents
        self._starts: list[int] = []
        self._days: list[int] = []
        at = day = 0
        for _ in range(cursor.number()):
            self._starts.append(at)
            at += cursor.number()
            day += cursor.number()
            self._days.append(day)
        self.facets = tuple(Facet(cursor) for _ in range(cursor.number()))
        self.places = tuple(_read_places(cursor, documents) for _ in range(cursor.number()))
        if at != documents or cursor.at != len(content):
            raise ValueError("the columns are of other documents")

    def day_of(self, document: int) -> int:
        """Days since 1899-12-31; 0 has no date."""
        return self._days[bisect_right(self._starts, document) - 1]

    @cached_property
    def days(self) -> list[int]:
        """The day of each document."""
        found: list[int] = []
        stops = [*self._starts[1:], self.documents]
        for start, stop, day in zip(self._starts, stops, self._days, strict=True):
            found += [day] * (stop - start)
        return found

    def range_of(self, first: int, last: int) -> tuple[int, int]:
        """The documents `[start, stop)` with days from `first` to `last`."""
        starts = [*self._starts, self.documents]
        begin = next((place for place, day in enumerate(self._days) if day >= first), len(self._days))
        end = next((place for place, day in enumerate(self._days) if day > last), len(self._days))
        return starts[begin], starts[end]


def _read_places(cursor: Cursor, documents: int) -> list[int]:
    found: list[int] = []
    place = 0
    for _ in range(cursor.number()):
        count = cursor.number()
        place += cursor.number()
        found += [place] * count
    if len(found) != documents:
        raise ValueError("the places are of other documents")
    return found


def day_number(year: int, month: int, day: int) -> int:
    """A day as the columns count it."""
    return date(year, month, day).toordinal() - _EPOCH


def year_of(day: int) -> int:
    """The year of a day as the columns count it; 0 without one."""
    return date.fromordinal(day + _EPOCH).year if day else 0


def iso_day(day: int) -> str:
    """A day as people write it; empty for no date."""
    return date.fromordinal(day + _EPOCH).isoformat() if day else ""
