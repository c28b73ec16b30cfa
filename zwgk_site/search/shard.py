"""A shard: which terms there are, in which fields, and the lists of their documents and positions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zwgk_site.model.search import FIELDS, TITLE
from zwgk_site.search.varints import Cursor, read_varints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FEW = 8
"""A list of at most so many documents has no positions: the texts tell."""

_FIELDS_OF = [tuple(field for field in range(len(FIELDS)) if mask >> field & 1) for mask in range(1 << len(FIELDS))]


class Entry(NamedTuple):
    """Where the list of a term in a field stands: `[start, stop)` of the shard's content, or all of a `part` file."""

    frequency: int
    start: int
    stop: int
    part: int = -1

    def has_places(self, field: int) -> bool:
        """Whether the positions of the list stand in the position file."""
        return field != TITLE and self.frequency > FEW


class Postings(NamedTuple):
    """The documents of a term in a field, ascending, how often each has it; of titles also where, and how long they are.

    `lengths` is 0 where the term does not begin the title.
    """

    documents: list[int]
    counts: list[int]
    places: list[list[int]]
    lengths: list[int]


class Shard:
    """The content of a shard (索引分片): `keys` ascending. Raises `ValueError` or `IndexError` if it is none."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        cursor = Cursor(content)
        self.keys = _read_keys(cursor, cursor.number())
        self._numbers = numbers = read_varints(cursor.counted())
        self._terms: dict[bytes, tuple[int, int]] = {}  # where a term's numbers begin, and where its lists
        place, at = 0, cursor.at
        for key in self.keys:
            self._terms[key] = place, at
            count = len(_FIELDS_OF[numbers[place]])
            place += 1
            for _ in range(count):
                value = numbers[place + 1]
                if value & 1:
                    at += numbers[place + 2]
                    place += 3
                else:
                    at += value >> 1
                    place += 2
        if at != len(content) or place != len(numbers):
            raise ValueError("the lists of a shard do not fill it")

    def fields_of(self, key: bytes) -> dict[int, Entry]:
        """The fields that have the term, with its list in each."""
        if key not in self._terms:
            return {}
        place, at = self._terms[key]
        numbers = self._numbers
        found = {}
        fields = _FIELDS_OF[numbers[place]]
        place += 1
        for field in fields:
            frequency, value = numbers[place], numbers[place + 1]
            if value & 1:
                found[field] = Entry(frequency, 0, 0, value >> 1)
                at += numbers[place + 2]
                place += 3
            else:
                found[field] = Entry(frequency, at, at + (value >> 1))
                at += value >> 1
                place += 2
        return found

    def placed(self) -> Iterator[tuple[bytes, int]]:
        """Term and field of each list whose positions stand in the position file, in its order."""
        numbers = self._numbers
        for key, (place, _) in self._terms.items():
            step = place + 1
            for field in _FIELDS_OF[numbers[place]]:
                if field != TITLE and numbers[step] > FEW:
                    yield key, field
                step += 3 if numbers[step + 1] & 1 else 2

    def list_bytes(self, entry: Entry, read_part: Callable[[int], bytes]) -> bytes:
        """The bytes of a list."""
        return read_part(entry.part) if entry.part >= 0 else self._content[entry.start : entry.stop]


def _read_keys(cursor: Cursor, count: int) -> list[bytes]:
    """The keys of a shard: what each shares with the one before, then how many bytes are its own, then these."""
    shared, lengths = cursor.take(count), cursor.take(count)
    suffixes, at, before = cursor.take(sum(lengths)), 0, b""
    keys = []
    for same, length in zip(shared, lengths, strict=True):
        before = before[:same] + suffixes[at : at + length]
        at += length
        keys.append(before)
    return keys


class PositionFile:
    """The positions of a shard's terms (位置); raises `ValueError` if they are not this shard's."""

    def __init__(self, content: bytes, shard: Shard) -> None:
        self._content = content
        cursor = Cursor(content)
        header = Cursor(cursor.counted())
        at = cursor.at
        self._entries: dict[tuple[bytes, int], Entry] = {}
        for key, field in shard.placed():
            value = header.number()
            if value & 1:
                self._entries[key, field] = Entry(0, 0, 0, value >> 1)
            else:
                self._entries[key, field] = Entry(0, at, at + (value >> 1))
                at += value >> 1
        if at != len(content):
            raise ValueError("the positions of a shard do not fill their file")

    def list_bytes(self, key: bytes, field: int, read_part: Callable[[int], bytes]) -> bytes:
        """The bytes of the positions of a term in a field."""
        entry = self._entries[key, field]
        return read_part(entry.part) if entry.part >= 0 else self._content[entry.start : entry.stop]


def read_postings(data: bytes, field: int, frequency: int) -> Postings:
    """A document list. Raises `ValueError` if it does not have `frequency` documents."""
    numbers = read_varints(data)
    documents: list[int] = []
    counts: list[int] = []
    add, count = documents.append, counts.append
    before, at = -1, 0
    try:
        if field != TITLE and len(numbers) == frequency:  # every document has it once
            for number in numbers:
                before += (number >> 1) + 1
                add(before)
            return Postings(documents, [1] * frequency, [], [])
        for _ in range(frequency):
            number = numbers[at]
            before += (number >> 1) + 1
            add(before)
            if number & 1:
                count(numbers[at + 1] + 2)
                at += 2
            else:
                count(1)
                at += 1
        places, lengths = _read_title_places(numbers, at, counts) if field == TITLE else ([], [])
    except IndexError as fault:
        raise ValueError("a document list is cut short") from fault
    if field != TITLE and at != len(numbers):
        raise ValueError("a document list is too long")
    return Postings(documents, counts, places, lengths)


def _read_title_places(numbers: list[int], at: int, counts: list[int]) -> tuple[list[list[int]], list[int]]:
    places: list[list[int]] = []
    lengths: list[int] = []
    for count in counts:
        place = numbers[at]
        found = [place]
        for step in range(at + 1, at + count):
            place += numbers[step] + 1
            found.append(place)
        at += count
        places.append(found)
        if found[0] == 0:
            lengths.append(numbers[at])
            at += 1
        else:
            lengths.append(0)
    if at != len(numbers):
        raise ValueError("a list of titles is too long")
    return places, lengths


def read_places(data: bytes, postings: Postings, wanted: Iterable[int] | None = None) -> dict[int, list[int]]:
    """Document to the positions that `data` gives; of the documents `wanted` only, or of all."""
    numbers = read_varints(data)
    chosen = None if wanted is None else frozenset(wanted)
    found: dict[int, list[int]] = {}
    at = 0
    for document, count in zip(postings.documents, postings.counts, strict=True):
        if chosen is None or document in chosen:
            place = numbers[at]
            places = [place]
            for step in numbers[at + 1 : at + count]:
                place += step + 1
                places.append(place)
            found[document] = places
        at += count
    if at != len(numbers):
        raise ValueError("a list of positions has another length than its documents ask for")
    return found


def join_titles(lists: Iterable[Postings]) -> Postings:
    """Several lists of titles as one."""
    places: dict[int, list[int]] = {}
    lengths: dict[int, int] = {}
    for postings in lists:
        for document, found, length in zip(postings.documents, postings.places, postings.lengths, strict=True):
            places.setdefault(document, []).extend(found)
            lengths[document] = max(length, lengths.get(document, 0))
    documents = sorted(places)
    joined = [sorted(set(places[document])) for document in documents]
    return Postings(documents, list(map(len, joined)), joined, [lengths[document] for document in documents])
