"""A segment from its records, in steps that any process may do: plan, batches, alphabet, key ranges, numbers, head.

Batches and ranges are cut by the documents and the terms alone, so any number of workers gives the same bytes.
"""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from zwgk_site.model.search import FORMAT, SegmentRef
from zwgk_site.stages.index.alphabet import Alphabet, make_alphabet
from zwgk_site.stages.index.chunks import (
    ChunkPlan,
    chunk_contents,
    chunk_table,
    clean_record,
    plan_chunks,
    record_digest,
    size_of,
)
from zwgk_site.stages.index.columns import encode_columns, encode_places
from zwgk_site.stages.index.container import counted, encode_container, encode_text, file_name, varint
from zwgk_site.stages.index.phrases import count_phrases, encode_phrases
from zwgk_site.stages.index.postings import UNIT_LIMIT, Hits, Shard, encode_range
from zwgk_site.stages.index.stream import WORD, field_texts, find_occurrences, read_stream
from zwgk_site.text.readings import UNREAD, pair_readings, usual_readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zwgk_site.model.search import IndexRecord
    from zwgk_site.stages.index.arrays import Array

BATCH = 4096
"""Documents read at once; their numbers in a batch take twelve bits."""

BATCH_CHARACTERS = 400_000
"""Characters read at once: the arrays of a batch take some sixty bytes for each."""

RANGE = 300_000
"""Occurrences written at once."""

SMALL = 400_000
"""Characters below which a segment has few large files."""

ROW = np.dtype([("first", "<u4"), ("second", "<u4"), ("place", "<u2"), ("position", "<u4")])
"""An occurrence of a batch, as it lies on disk."""


class Shape(msgspec.Struct, frozen=True):
    """How finely a segment is cut: raw bytes a shard, characters a text chunk, letters that name a file of initials."""

    shard_bytes: int
    chunk_characters: int
    initials: int


LARGE = Shape(5_400, 800, 2)
FEW_FILES = Shape(150_000, 24_000, 1)


class SegmentPlan(msgspec.Struct, frozen=True):
    """What is decided before a text is read: name, number of documents, batches `[start, stop)`, numbered text chunks."""

    id: str
    documents: int
    shape: Shape
    batches: tuple[tuple[int, int], ...]
    chunks: tuple[tuple[int, ChunkPlan], ...]


class Batch(msgspec.Struct, frozen=True):
    """A batch as read: occurrences (rows of `ROW`, sorted by bucket of the first unit), where each bucket begins, the rest."""

    start: int
    rows: Array
    buckets: Array
    words: tuple[bytes, ...]
    counts: tuple[Array, Array]
    title_lengths: Array
    phrases: tuple[Any, ...]


class Terms(msgspec.Struct, frozen=True):
    """All that a key range needs to know of the whole segment.

    `keys` by number of unit; of each batch its first id and the numbers of its words (uint32).
    """

    alphabet: Alphabet
    title_lengths: Array
    shard_bytes: int
    keys: list[bytes]
    starts: tuple[int, ...]
    words: tuple[Array, ...]


class RangeResult(msgspec.Struct, frozen=True):
    """A key range's shards, and the lines of `readings` for its pairs."""

    shards: tuple[Shard, ...]
    readings: tuple[str, ...]


def segment_id(digests: Iterable[bytes], writer: bytes) -> str:
    """The name of a segment: the digest of its records, in order, and of the program that writes it."""
    found = hashlib.blake2b(writer, digest_size=6, person=b"segment%d" % FORMAT)
    for digest in digests:
        found.update(digest)
    return found.hexdigest()


def record_order(record: IndexRecord) -> tuple[str, str]:
    """Documents stand in the order of their dates, those of a day in that of their URLs."""
    return (record.date, record.url)


def plan_segment(name: str, sizes: Sequence[tuple[int, int]]) -> SegmentPlan:
    """The segment of documents with these sizes, in the order of `record_order`."""
    total = sum(whole for whole, _ in sizes)
    shape = FEW_FILES if total < SMALL else LARGE
    batches = tuple(cut_batches([whole for whole, _ in sizes]))
    number, chunks = 0, []
    for chunk in plan_chunks(sizes, shape.chunk_characters, frozenset(start for start, _ in batches)):
        chunks.append((number, chunk))
        number += 1 + chunk.continuations
    return SegmentPlan(name, len(sizes), shape, batches, tuple(chunks))


def cut_batches(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Batches of documents with these numbers of characters."""
    start = characters = 0
    for number, size in enumerate(sizes):
        if number > start and (number - start >= BATCH or characters + size > BATCH_CHARACTERS):
            yield start, number
            start, characters = number, 0
        characters += size
    if start < len(sizes):
        yield start, len(sizes)


@cache
def _bucket_table() -> Array:
    """The bucket of every code point: 0 for words, 1 for characters without a reading, then the syllables in order."""
    readings = usual_readings()
    names = sorted({UNREAD, *readings.values()})
    place = {name: number + 1 for number, name in enumerate(names)}
    table = np.full(0x110000, place[UNREAD], np.uint16)
    for char, name in readings.items():
        table[ord(char)] = place[name]
    return table


def bucket_count() -> int:
    """How many buckets there are."""
    return int(_bucket_table().max()) + 1


def read_batch(start: int, records: Sequence[IndexRecord]) -> Batch:
    """The terms of at most `BATCH` records, of which the first has the id `start`."""
    stream = read_stream([text for record in records for text in field_texts(record)])
    found = find_occurrences(stream, len(records))
    is_word = found.first >= WORD
    bucket = np.where(is_word, 0, _bucket_table()[np.where(is_word, 0, found.first)]).astype(np.uint16)
    order = np.argsort(bucket, kind="stable")
    rows = np.empty(len(order), ROW)
    for name in ("first", "second", "place", "position"):
        rows[name] = getattr(found, name)[order]
    bounds = np.searchsorted(bucket[order], np.arange(bucket_count() + 1))
    return Batch(start, rows, bounds, found.words, found.counts, found.title_lengths, count_phrases(stream))


def batch_texts(plan: SegmentPlan, start: int, records: Sequence[IndexRecord]) -> Iterator[tuple[str, bytes]]:
    """The text chunks of a batch: (name below the segment, container)."""
    stop = start + len(records)
    for number, chunk in plan.chunks:
        if start <= chunk.start < stop:
            part = records[chunk.start - start : chunk.stop - start]
            for step, content in enumerate(chunk_contents(chunk, number, part)):
                name = file_name("t", number + step)
                yield name, encode_container(f"{plan.id}/{name}", content, is_text=True)


def plan_ranges(bucket_bounds: Sequence[Array]) -> list[tuple[int, int]]:
    """Ranges of buckets with about `RANGE` occurrences each."""
    sizes = sum((np.diff(bounds) for bounds in bucket_bounds), np.zeros(bucket_count(), np.int64))
    ranges = []
    start = size = 0
    for bucket, count in enumerate(sizes.tolist()):
        if size and size + count > RANGE:
            ranges.append((start, bucket))
            start, size = bucket, 0
        size += count
    ranges.append((start, len(sizes)))
    return ranges


def make_terms(plan: SegmentPlan, batches: Sequence[Batch]) -> Terms:
    """Alphabet and title lengths; of the batches only words, counts and title lengths are looked at."""
    alphabet = make_alphabet((word for batch in batches for word in batch.words), [batch.counts for batch in batches])
    if len(alphabet.words) + sum(map(len, alphabet.groups)) >= UNIT_LIMIT:
        raise ValueError("too many distinct words for one segment")
    lengths = [batch.title_lengths for batch in batches]
    titles = np.concatenate(lengths) if lengths else np.zeros(0, np.uint32)
    number_of = {word: number for number, word in enumerate(alphabet.words, 1)}
    words = tuple(np.fromiter((number_of[word] for word in batch.words), np.uint32) for batch in batches)
    starts = tuple(batch.start for batch in batches)
    return Terms(alphabet, titles, plan.shape.shard_bytes, alphabet.unit_keys(), starts, words)


def index_range(terms: Terms, parts: Iterable[Array]) -> RangeResult:
    """The shards of one range; `parts` are the rows of each batch in it."""
    columns: dict[str, list[Array]] = {"first": [], "second": [], "field": [], "document": [], "position": []}
    for number, rows in enumerate(parts):
        if not len(rows):
            continue
        if terms.alphabet.is_full():
            rows = rows[terms.alphabet.knows(rows["first"]) & terms.alphabet.knows(rows["second"])]  # noqa: PLW2901
        numbers = terms.words[number]
        columns["first"].append(terms.alphabet.number_units(rows["first"], numbers))
        columns["second"].append(terms.alphabet.number_units(rows["second"], numbers))
        columns["field"].append((rows["place"] & 7).astype(np.uint32))
        columns["document"].append((rows["place"] >> 3).astype(np.uint32) + np.uint32(terms.starts[number]))
        columns["position"].append(rows["position"].astype(np.uint32))
    if not columns["first"]:
        return RangeResult((), ())
    hits = Hits(**{name: np.concatenate(found) for name, found in columns.items()})
    columns.clear()
    shards: list[Shard] = []
    for part in _cut_hits(hits):
        shards.extend(encode_range(part, terms.keys, terms.title_lengths, terms.shard_bytes))
    return RangeResult(tuple(shards), tuple(_readings(terms.alphabet, hits)))


def _cut_hits(hits: Hits) -> Iterator[Hits]:
    """A range that is too large (one bucket may be) in pieces, cut between first units."""
    if len(hits.first) <= RANGE:
        yield hits
        return
    counts = np.bincount(hits.first)
    start = size = 0
    for unit, count in enumerate(counts.tolist()):
        if size and size + count > RANGE:
            yield _hits_between(hits, start, unit)
            start, size = unit, 0
        size += count
    yield _hits_between(hits, start, len(counts))


def _hits_between(hits: Hits, start: int, stop: int) -> Hits:
    chosen = (hits.first >= start) & (hits.first < stop)
    return Hits(**{name: getattr(hits, name)[chosen] for name in hits.__struct_fields__})


def _readings(alphabet: Alphabet, hits: Hits) -> Iterator[str]:
    """The lines of `readings` for the pairs of a range."""
    codes = np.unique(hits.first.astype(np.uint64) * np.uint64(UNIT_LIMIT) + hits.second)
    shift = len(alphabet.words)
    wanted, lines = [], []
    for pair, found in pair_readings().items():
        first, second = int(alphabet.ranks[ord(pair[0])]), int(alphabet.ranks[ord(pair[1])])
        if first and second:
            wanted.append((first + shift) * UNIT_LIMIT + second + shift)
            lines.append(f"{pair} {','.join(found)}")
    there = np.isin(np.asarray(wanted, np.uint64), codes)
    return (line for line, is_there in zip(lines, there.tolist(), strict=True) if is_there)


def shard_files(name: str, number: int, shard: Shard) -> Iterator[tuple[str, bytes]]:
    """The files of shard `number` of the segment `name`."""
    contents = [(file_name("s", number), shard.terms), (file_name("p", number), shard.positions)]
    contents += [(file_name("l", number, part), data) for part, data in enumerate(shard.long_lists)]
    contents += [(file_name("q", number, part), data) for part, data in enumerate(shard.long_positions)]
    for place, content in contents:
        yield place, encode_container(f"{name}/{place}", content)


def last_files(  # noqa: PLR0913 - all that the steps before have found
    plan: SegmentPlan,
    terms: Terms,
    bounds: Sequence[tuple[bytes, bytes]],
    readings: Iterable[str],
    phrases: Iterable[tuple[Any, ...]],
    columns: tuple[Sequence[Any], ...],
) -> Iterator[tuple[str, bytes]]:
    """Head, columns, readings and initials; `bounds` are the first and last keys of all shards, in order."""
    initials = encode_phrases(phrases, plan.shape.initials)
    head = b"".join(
        (
            varint(plan.documents),
            terms.alphabet.encode(),
            varint(max(1, len(bounds))),
            _encode_bounds(bounds),
            chunk_table([chunk for _, chunk in plan.chunks]),
            varint(plan.shape.initials),
            counted(" ".join(initials)),
        )
    )
    contents = {"head": head, "columns": encode_columns(*columns), "readings": encode_text("\n".join(sorted(readings)))}
    contents |= {f"i/{first}": data for first, data in initials.items()}
    if not bounds:  # a segment without a term has one empty shard, so that readers need no case of their own
        contents |= {file_name("s", 0): b"\0\0", file_name("p", 0): b"\0"}
    for place, content in contents.items():
        yield place, encode_container(f"{plan.id}/{place}", content, is_text=place not in ("head", "columns"))


def _encode_bounds(bounds: Sequence[tuple[bytes, bytes]]) -> bytes:
    """The shortest keys that keep neighbouring shards apart."""
    found = bytearray()
    before = b""
    for (_, last), (first, _) in pairwise(bounds):
        size = 1
        while first[:size] <= last:
            size += 1
        bound = first[:size]
        shared = 0
        while shared < min(len(before), len(bound)) and before[shared] == bound[shared]:
            shared += 1
        found += bytes((shared, len(bound) - shared)) + bound[shared:]
        before = bound
    return bytes(found)


def build_segment(
    records: Iterable[IndexRecord], *, single: bool = False, writer: bytes = b"", earlier: Sequence[Sequence[int]] = ()
) -> Segment:
    """All of a segment in this process and in memory; `single` puts it into one file.

    `earlier`: of each segment before this one, how many of its documents stand before each record in `record_order`.
    So hits that are equal stand in that order, whatever segment they are in.
    """
    ordered = sorted(map(clean_record, records), key=record_order)
    name = segment_id(map(record_digest, ordered), writer + (encode_places(earlier) if earlier else b""))
    plan = plan_segment(name, [size_of(record) for record in ordered])
    batches = [read_batch(start, ordered[start:stop]) for start, stop in plan.batches]
    files: dict[str, bytes] = {}
    for start, stop in plan.batches:
        files.update(batch_texts(plan, start, ordered[start:stop]))
    terms = make_terms(plan, batches)
    bounds: list[tuple[bytes, bytes]] = []
    readings: list[str] = []
    for first, stop in plan_ranges([batch.buckets for batch in batches]):
        parts = [batch.rows[batch.buckets[first] : batch.buckets[stop]] for batch in batches]
        result = index_range(terms, parts)
        for shard in result.shards:
            files.update(shard_files(name, len(bounds), shard))
            bounds.append((shard.first, shard.last))
        readings.extend(result.readings)
    columns = ([record.date for record in ordered], [record.facets for record in ordered], earlier)
    files.update(last_files(plan, terms, bounds, readings, [batch.phrases for batch in batches], columns))
    return finish_segment(SegmentRef(name, len(ordered), single=single), files)


class Segment(msgspec.Struct, frozen=True):
    """A whole segment (索引段): how the manifest names it, and its files by URL from the top of the output."""

    ref: SegmentRef
    files: dict[str, bytes]


def finish_segment(ref: SegmentRef, files: dict[str, bytes]) -> Segment:
    """The files under their URLs, all in one if the segment is single."""
    if ref.single:
        return Segment(ref, {f"search/{ref.id}/all.js": b"".join(files[name] for name in sorted(files))})
    return Segment(ref, {f"search/{ref.id}/{name}.js": data for name, data in files.items()})
