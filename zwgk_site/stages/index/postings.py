"""Occurrences of a key range to the raw contents of its shards: terms, document lists, positions."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from zwgk_site.model.search import TITLE
from zwgk_site.stages.index.arrays import bytes_of_varints, put_varints, varint_sizes
from zwgk_site.stages.index.container import varint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.stages.index.arrays import Array

LONG_LIST = 4096
"""Bytes from which a list has a file of its own."""

FEW = 8
"""A list of at most so many documents has no positions: readers settle a phrase with such a term by the text, which
they fetch for the hits anyway."""

_EARLY, _LATE = 0.75, 1.3
_SHORT_WORD = 5

_UNIT_BITS = 21
UNIT_LIMIT = 1 << _UNIT_BITS


class Hits(msgspec.Struct, frozen=True):
    """Occurrences of a key range, arrays of one length, each term's in the order of documents.

    `first`, `second`: numbers of units; `field`; `document`: id in the segment; `position`. All uint32.
    """

    first: Array
    second: Array
    field: Array
    document: Array
    position: Array


class Shard(msgspec.Struct, frozen=True):
    """A shard before it has a number (索引分片): its first and last key, contents of its two files, its long lists."""

    first: bytes
    last: bytes
    terms: bytes
    positions: bytes
    long_lists: tuple[bytes, ...]
    long_positions: tuple[bytes, ...]


class _Lists(msgspec.Struct, frozen=True):
    """All lists of a range, encoded: of list i the bytes `documents[starts[i]:starts[i+1]]`, its positions likewise."""

    first: list[int]
    second: list[int]
    field: list[int]
    frequency: list[int]
    documents: bytes
    document_starts: list[int]
    positions: bytes
    position_starts: list[int]


def encode_range(hits: Hits, keys: list[bytes], title_lengths: Array, shard_bytes: int) -> Iterator[Shard]:
    """The shards of a key range, in order. `keys` by unit number; `title_lengths` by document; raw bytes a shard."""
    if not len(hits.first):
        return
    lists = _encode_lists(hits, title_lengths)
    shard = _ShardMaker()
    before = b""
    for key, numbers in _terms(lists, keys):
        if _may_end(before, key, shard.size() / shard_bytes):
            yield shard.close()
            shard = _ShardMaker()
        shard.add(key, numbers, lists)
        before = key
    yield shard.close()


def _may_end(before: bytes, key: bytes, fullness: float) -> bool:
    """Whether a shard so full may end between two keys: early or late for a short bound, which the head must name."""
    if fullness < _EARLY:
        return False
    shared = _shared(before, key)
    is_word = key[0] < 0x80
    return fullness >= _LATE or shared <= (_SHORT_WORD if is_word else 1)


def _is_long(data: bytes) -> bool:
    """Whether a list gets a file of its own; one that deflates to little, as of neighbouring documents, is not worth a request."""
    return len(data) > LONG_LIST and len(zlib.compress(data, 1)) > LONG_LIST // 4


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes two keys begin with alike."""
    shared = 0
    while shared < len(one) and shared < len(other) and one[shared] == other[shared]:
        shared += 1
    return shared


def _terms(lists: _Lists, keys: list[bytes]) -> Iterator[tuple[bytes, list[int]]]:
    """Each term's key with the numbers of its lists; terms of the highest rank may share a key and are joined then."""
    numbers: list[int] = []
    before = (-1, -1)
    for number, pair in enumerate(zip(lists.first, lists.second, strict=True)):
        if pair != before and numbers:
            yield keys[before[0]] + keys[before[1]], numbers
            numbers = []
        before = pair
        numbers.append(number)
    yield keys[before[0]] + keys[before[1]], numbers


def _encode_lists(hits: Hits, title_lengths: Array) -> _Lists:
    """Sorts by term and field, then writes every list of the range at once."""
    term = hits.first.astype(np.uint64) << np.uint64(_UNIT_BITS + 3)
    term |= hits.second.astype(np.uint64) << np.uint64(3)
    term |= hits.field.astype(np.uint64)
    order = np.argsort(term, kind="stable")
    term = term[order]
    document, position = hits.document[order], hits.position[order]
    del order
    new_list = np.ones(len(term), bool)
    new_list[1:] = term[1:] != term[:-1]
    new_posting = new_list.copy()
    new_posting[1:] |= document[1:] != document[:-1]

    at = np.flatnonzero(new_posting)
    postings = document[at]
    tf = np.diff(np.append(at, len(term))).astype(np.uint32)
    list_of = np.cumsum(new_list)[at] - 1
    list_starts = np.flatnonzero(new_list[at])
    frequency = np.diff(np.append(list_starts, len(at)))
    gaps = postings.copy()
    gaps[1:] -= postings[:-1] + np.uint32(1)
    gaps[list_starts] = postings[list_starts]
    heads = gaps << np.uint32(1) | (tf > 1)

    step = position.copy()
    step[1:] -= position[:-1] + np.uint32(1)
    step[new_posting] = position[new_posting]
    in_title = (term & np.uint64(7)) == TITLE
    plain = step[~in_title]
    position_bytes, plain_starts = bytes_of_varints(plain)
    # where the positions of each list begin among those that are not of titles
    before = np.concatenate(([0], np.cumsum(~in_title)))
    occurrence_starts = np.append(np.flatnonzero(new_list), len(term))
    position_starts = plain_starts[before[occurrence_starts]]

    title_bytes = _title_positions(step, at, tf, postings, in_title, title_lengths)
    documents, document_starts = _join_lists(heads, tf, list_of, list_starts, title_bytes)
    keys = term[np.flatnonzero(new_list)]
    return _Lists(
        (keys >> np.uint64(_UNIT_BITS + 3)).tolist(),
        (keys >> np.uint64(3) & np.uint64(UNIT_LIMIT - 1)).tolist(),
        (keys & np.uint64(7)).tolist(),
        frequency.tolist(),
        documents,
        document_starts.tolist(),
        position_bytes,
        position_starts.tolist(),
    )


def _title_positions(  # noqa: PLR0913 - the columns of a posting
    step: Array, at: Array, tf: Array, postings: Array, in_title: Array, title_lengths: Array
) -> tuple[bytes, Array]:
    """Positions of title postings, each that begins a title followed by its length; and where each posting's begin."""
    chosen = in_title[at]
    begins = step[at[chosen]] == 0
    counts = tf[chosen].astype(np.int64) + begins
    ends = np.cumsum(counts)
    values = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint32)
    is_length = np.zeros(len(values), bool)
    is_length[ends[begins] - 1] = True
    values[~is_length] = step[in_title]
    values[is_length] = title_lengths[postings[chosen][begins]]
    data, starts = bytes_of_varints(values)
    bounds = np.zeros(len(at) + 1, np.int64)
    sizes = np.zeros(len(at), np.int64)
    sizes[chosen] = starts[ends] - starts[ends - counts] if len(ends) else 0
    np.cumsum(sizes, out=bounds[1:])
    return data, bounds


def _join_lists(
    heads: Array, tf: Array, list_of: Array, list_starts: Array, titles: tuple[bytes, Array]
) -> tuple[bytes, Array]:
    """Document lists, those of titles each followed by its positions; and where each begins."""
    title_bytes, title_bounds = titles
    head_sizes = varint_sizes(heads)
    more = np.where(tf > 1, tf, 2).astype(np.uint32) - np.uint32(2)
    more_sizes = np.where(tf > 1, varint_sizes(more), 0)
    sizes = head_sizes + more_sizes
    bounds = np.append(list_starts, len(heads))
    title_sizes = title_bounds[bounds[1:]] - title_bounds[bounds[:-1]]
    own = np.zeros(len(heads) + 1, np.int64)
    np.cumsum(sizes, out=own[1:])
    extra = np.zeros(len(list_starts) + 1, np.int64)
    np.cumsum(title_sizes, out=extra[1:])
    places = own[:-1] + extra[list_of]
    target = np.zeros(int(own[-1] + extra[-1]), np.uint8)
    put_varints(target, places, heads, head_sizes)
    several = tf > 1
    put_varints(target, (places + head_sizes)[several], more[several], more_sizes[several])
    starts = own[bounds] + extra
    if title_bytes:
        source = np.frombuffer(title_bytes, np.uint8)
        lengths = title_sizes[title_sizes > 0]
        to = (starts[1:] - title_sizes)[title_sizes > 0]
        source_starts = title_bounds[bounds[:-1]][title_sizes > 0]
        inner = np.arange(len(source)) - np.repeat(source_starts, lengths)
        target[np.repeat(to, lengths) + inner] = source
    return target.tobytes(), starts


class _ShardMaker:
    """A shard being filled, term by term."""

    def __init__(self) -> None:
        self._keys: list[bytes] = []
        self._shared, self._lengths, self._suffixes = bytearray(), bytearray(), bytearray()
        self._headers, self._marks = bytearray(), bytearray()
        self._documents: list[bytes] = []
        self._positions: list[bytes] = []
        self._long_lists: list[bytes] = []
        self._long_positions: list[bytes] = []
        self._size = self._position_size = 0

    def size(self) -> int:
        """The raw bytes of the larger of its two files."""
        head = 2 * len(self._keys) + len(self._suffixes) + len(self._headers)
        return max(head + self._size, len(self._marks) + self._position_size)

    def add(self, key: bytes, numbers: list[int], lists: _Lists) -> None:
        """A term with its lists, in the order of fields."""
        shared = _shared(self._keys[-1], key) if self._keys else 0
        self._keys.append(key)
        self._shared.append(shared)
        self._lengths.append(len(key) - shared)
        self._suffixes += key[shared:]
        mask = 0
        entries = []
        for number in numbers:
            mask |= 1 << lists.field[number]
            entries.append(varint(lists.frequency[number]) + self._place_documents(number, lists))
            if lists.field[number] != TITLE and lists.frequency[number] > FEW:
                self._place_positions(number, lists)
        self._headers += varint(mask) + b"".join(entries)

    def _place_documents(self, number: int, lists: _Lists) -> bytes:
        data = lists.documents[lists.document_starts[number] : lists.document_starts[number + 1]]
        if _is_long(data):
            self._long_lists.append(data)
            return varint((len(self._long_lists) - 1) << 1 | 1) + b"\0"
        self._documents.append(data)
        self._size += len(data)
        return varint(len(data) << 1)

    def _place_positions(self, number: int, lists: _Lists) -> None:
        data = lists.positions[lists.position_starts[number] : lists.position_starts[number + 1]]
        if _is_long(data):
            self._long_positions.append(data)
            self._marks += varint((len(self._long_positions) - 1) << 1 | 1)
            return
        self._positions.append(data)
        self._position_size += len(data)
        self._marks += varint(len(data) << 1)

    def close(self) -> Shard:
        """The shard's two contents."""
        terms = b"".join(
            (
                varint(len(self._keys)),
                self._shared,
                self._lengths,
                self._suffixes,
                varint(len(self._headers)),
                self._headers,
                *self._documents,
            )
        )
        positions = b"".join((varint(len(self._marks)), self._marks, *self._positions))
        return Shard(
            self._keys[0],
            self._keys[-1],
            terms,
            positions,
            tuple(self._long_lists),
            tuple(self._long_positions),
        )
