"""Units with their places in the text as it was written, to mark what was found."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from zwgk_site.text.units import fold_text, split_units

_PLAIN = re.compile("[\u4e00-\u9fff]*")


class PlacedUnit(NamedTuple):
    """A unit, its position, and `[start, end)` of the text (有位置的检索单元)."""

    unit: str
    position: int
    start: int
    end: int


def locate_units(text: str) -> list[PlacedUnit]:
    """The units of a text; folded by clusters, since folding it whole would lose the places."""
    folded, starts, ends = _fold(text)
    found = []
    at = 0
    for unit, position in split_units(folded):
        at = folded.index(unit, at)
        found.append(PlacedUnit(unit, position, starts[at], ends[at + len(unit) - 1]))
        at += len(unit)
    return found


def _fold(text: str) -> tuple[str, list[int], list[int]]:
    if _PLAIN.fullmatch(text):
        return fold_text(text), list(range(len(text))), list(range(1, len(text) + 1))
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.category(text[end])[0] == "M":
            end += 1
        part = fold_text(text[at:end])
        folded.append(part)
        starts += [at] * len(part)
        ends += [end] * len(part)
        at = end
    return "".join(folded), starts, ends
