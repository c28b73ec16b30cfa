"""Numbered lists. Pages count from the oldest row, so full pages never change; `index.html` holds the newest rows.

`p1.html` … `pk.html` hold `PAGE` rows each; the index holds the rest: more than one page, at most two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from zwgk_site.model.views import Link, Pager

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAGE = 20
T = TypeVar("T")


class ListSlice(msgspec.Struct, frozen=True):
    """One page of a list: its file name and which rows it holds, from oldest to newest, and its neighbours' names."""

    name: str
    start: int
    stop: int
    newer: str
    older: str


def slice_list(count: int, page: int = PAGE) -> Iterator[ListSlice]:
    """The pages of a list of `count` rows, `page` rows each, oldest first, the index last."""
    full = max(0, -(-count // page) - 2)
    for number in range(1, full + 1):
        newer = f"p{number + 1}.html" if number < full else "index.html"
        older = f"p{number - 1}.html" if number > 1 else ""
        yield ListSlice(f"p{number}.html", (number - 1) * page, number * page, newer, older)
    yield ListSlice("index.html", full * page, count, "", f"p{full}.html" if full else "")


def pager_of(part: ListSlice) -> Pager:
    """Links to the neighbouring pages, in the same folder."""
    newer = Link("较新的", part.newer) if part.newer else None
    older = Link("较早的", part.older) if part.older else None
    return Pager(newer, older)


def newest_first(rows: Sequence[T], part: ListSlice) -> tuple[T, ...]:
    """The rows of one page as they are shown."""
    return tuple(reversed(rows[part.start : part.stop]))
