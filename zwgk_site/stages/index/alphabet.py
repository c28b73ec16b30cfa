"""The order of units: words by their letters, then characters by syllable, and within it the frequent ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from zwgk_site.stages.index.container import encode_text, varint
from zwgk_site.stages.index.stream import WORD
from zwgk_site.text.readings import UNREAD, usual_readings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.stages.index.arrays import Array

_CODES = 0x110000
HIGHEST_RANK = 0x7FFE
"""More characters than all of plane 0 has readings for; of a text with more the rarest are not found."""


class Alphabet(msgspec.Struct, frozen=True):
    """Units of a segment in order: `words`, then `characters` in groups, one for each of `syllables`.

    A unit's number is 1 … for words, then on for characters; `ranks` gives a code point's rank (uint32, from 1, 0 for
    what does not occur).
    """

    words: tuple[bytes, ...]
    syllables: tuple[str, ...]
    groups: tuple[str, ...]
    ranks: Array

    def number_units(self, codes: Array, words: Array) -> Array:
        """The numbers of units: `codes` as in `Occurrences`, `words` the number of each of the batch's words."""
        is_word = codes >= WORD
        found = self.ranks[np.where(is_word, 0, codes)] + np.uint32(len(self.words))
        found[codes == 0] = 0
        if len(words):
            found[is_word] = words[codes[is_word] - np.uint32(WORD)]
        return found

    def is_full(self) -> bool:
        """Whether characters may have been left out."""
        return sum(map(len, self.groups)) >= HIGHEST_RANK

    def knows(self, codes: Array) -> Array:
        """Which units have a number: all but characters that were left out (bool)."""
        is_word = codes >= WORD
        return is_word | (codes == 0) | (self.ranks[np.where(is_word, 0, codes)] > 0)

    def unit_keys(self) -> list[bytes]:
        """The key of each unit by its number; nothing for 0."""
        count = sum(map(len, self.groups))
        high = [0x8000 + rank for rank in range(1, count + 1)]
        return [b"", *(word + b" " for word in self.words), *(code.to_bytes(2, "big") for code in high)]

    def texts(self) -> list[str]:
        """Each unit as text, by number."""
        return ["", *(word.decode() for word in self.words), *"".join(self.groups)]

    def encode(self) -> bytes:
        """As it stands in the head of a segment."""
        names = " ".join(self.syllables).encode()
        letters = encode_text(" ".join(self.groups))
        return varint(len(names)) + names + varint(len(letters)) + letters


def make_alphabet(words: Iterable[bytes], counts: Iterable[tuple[Array, Array]]) -> Alphabet:
    """The alphabet of all batches: their words, and how often each code point occurs in each of them."""
    totals = np.zeros(_CODES, np.int64)
    for codes, numbers in counts:
        totals[codes] += numbers
    readings = usual_readings()
    by_syllable: dict[str, list[int]] = {UNREAD: []}
    occurring = np.flatnonzero(totals)
    if len(occurring) > HIGHEST_RANK:  # the rarest are left out
        occurring = np.sort(occurring[np.lexsort((occurring, -totals[occurring]))[:HIGHEST_RANK]])
    for code in occurring.tolist():
        by_syllable.setdefault(readings.get(chr(code), UNREAD), []).append(code)
    syllables = tuple(sorted(by_syllable))
    groups = tuple(
        "".join(map(chr, sorted(by_syllable[syllable], key=lambda code: (-int(totals[code]), code))))
        for syllable in syllables
    )
    return alphabet_of(tuple(sorted(set(words))), syllables, groups)


def alphabet_of(words: tuple[bytes, ...], syllables: tuple[str, ...], groups: tuple[str, ...]) -> Alphabet:
    """The alphabet with these units, in this order."""
    ranks = np.zeros(_CODES, np.uint32)
    codes = np.fromiter(map(ord, "".join(groups)), np.int64)
    ranks[codes] = np.arange(1, len(codes) + 1)
    return Alphabet(words, syllables, groups, ranks)
