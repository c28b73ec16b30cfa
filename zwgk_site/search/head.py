"""The head of a segment: which key a unit has, which shard a key stands in, which text chunk a document."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from zwgk_site.search.varints import Cursor
from zwgk_site.text.units import is_word

LAST_RANK = 0x7FFF


LONG = 5.0
"""A piece of a long body to a usual body."""


class Head:
    """What `head` says of a segment (索引段头). Made from its content; raises `ValueError` if that is no head.

    `initials` names the files of phrases, each by so many `letters`.
    """

    def __init__(self, content: bytes) -> None:
        cursor = Cursor(content)
        self.documents = cursor.number()
        self.syllables = tuple(cursor.text().split(" "))
        self.groups = tuple(cursor.counted().decode("gb18030").split(" "))
        self.bounds = _read_bounds(cursor)
        self.chunks = _Chunks(cursor)
        self.letters = cursor.number()
        self.initials = frozenset(cursor.text().split(" "))
        if (
            cursor.at != len(content)
            or len(self.groups) != len(self.syllables)
            or self.chunks.documents != self.documents
        ):
            raise ValueError("the head contradicts itself")

    @cached_property
    def ranks(self) -> dict[str, int]:
        """The rank of each character, from 1; the rare ones past the last share it."""
        found = {char: rank for rank, char in enumerate("".join(self.groups), 1)}
        if len(found) > LAST_RANK:
            found = {char: min(rank, LAST_RANK) for char, rank in found.items()}
        return found

    @cached_property
    def characters(self) -> str:
        """The characters by rank, from 1; at 0 stands a blank."""
        return " " + "".join(self.groups)

    @property
    def shards(self) -> int:
        """How many shards there are."""
        return len(self.bounds)

    def shard_of(self, key: bytes) -> int:
        """The shard that would hold `key`."""
        return bisect_right(self.bounds, key) - 1

    def unit_key(self, unit: str) -> bytes:
        """The key of a unit, empty where no document has its character."""
        if is_word(unit):
            return unit.encode("ascii") + b" "
        rank = self.ranks.get(unit, 0)
        return (0x8000 + rank).to_bytes(2, "big") if rank else b""

    def term_key(self, *units: str) -> bytes:
        """The key of a unit or of a pair, empty where it cannot occur."""
        keys = [self.unit_key(unit) for unit in units]
        return b"".join(keys) if all(keys) else b""

    @cached_property
    def body_lengths(self) -> list[float]:
        """How long each document's body is, a usual one being 1: only of long documents anything is known."""
        found: list[float] = []
        for count, more in zip(self.chunks.counts, self.chunks.continuations, strict=True):
            found += [LONG * (1 + more) if more else 1.0] * count
        return found

    def keys_of(self, key: bytes) -> list[bytes]:
        """The keys of the units of a term."""
        found, at = [], 0
        while at < len(key):
            stop = at + 2 if key[at] & 0x80 else key.index(b" ", at) + 1
            found.append(key[at:stop])
            at = stop
        return found

    def units_of(self, key: bytes) -> tuple[str, ...]:
        """The units that a term's key stands for; of those that share a key, the first."""
        return tuple(self._unit_of(part) for part in self.keys_of(key))

    def _unit_of(self, key: bytes) -> str:
        if key[0] & 0x80:
            return self.characters[int.from_bytes(key, "big") - 0x8000]
        return key[:-1].decode("ascii")

    @cached_property
    def _syllable_of(self) -> list[int]:
        return [-1, *(number for number, group in enumerate(self.groups) for _ in group)]

    def syllable_of(self, char: str) -> str:
        """How a character is usually read; empty for one that no document has."""
        rank = self.ranks.get(char, 0)
        return self.syllables[self._syllable_of[rank]] if rank else ""

    def group_of(self, syllable: str) -> str:
        """The characters that are usually read so, the frequent ones first."""
        return self._groups.get(syllable, "")

    @cached_property
    def _groups(self) -> dict[str, str]:
        return dict(zip(self.syllables, self.groups, strict=True))

    def rarity(self, unit: str) -> int:
        """How rare a unit may be: its place within its syllable, at most 15; the same as in the browser."""
        rank = 0 if is_word(unit) else self.ranks.get(unit, 0)
        if not rank:
            return 10
        step = 0
        while step < 15 and self._syllable_of[rank - step - 1] == self._syllable_of[rank]:
            step += 1
        return step

    def is_shared(self, unit: str) -> bool:
        """Whether several characters have the key of this unit, so that only the text tells them apart."""
        return not is_word(unit) and self.ranks.get(unit, 0) == LAST_RANK and len(self.ranks) > LAST_RANK


def _read_bounds(cursor: Cursor) -> tuple[bytes, ...]:
    count = cursor.number()
    return (b"", *cursor.keys(max(0, count - 1)))


class _Chunks:
    """Which documents stand in which text chunk; how long a document is, as near as the chunks tell."""

    def __init__(self, cursor: Cursor) -> None:
        self.firsts: list[int] = []
        self.numbers: list[int] = []
        self.counts: list[int] = []
        self.continuations: list[int] = []
        total, number, documents = cursor.number(), 0, 0
        while number < total:
            value = cursor.number()
            count, is_long = value >> 1, value & 1
            if count:
                self.firsts.append(documents)
                self.numbers.append(number)
                self.counts.append(count)
                self.continuations.append(cursor.number() if is_long else 0)
                documents += count
            number += 1
        self.total, self.documents = total, documents

    def index_of(self, document: int) -> int:
        """The place of a document's chunk among those that begin documents."""
        return bisect_right(self.firsts, document) - 1

    def more_of(self, index: int) -> int:
        """How many chunks continue it."""
        return self.continuations[index]

    def place_of(self, document: int) -> tuple[int, int]:
        """(number of the chunk, place in it) of a document."""
        at = self.index_of(document)
        return self.numbers[at], document - self.firsts[at]
