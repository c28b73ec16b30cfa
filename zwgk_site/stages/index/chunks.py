"""Text chunks: what hits show, cut so that a hit costs one small file; and records out of them again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.search import IndexRecord
from zwgk_site.stages.index.container import encode_text, varint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PIECE = 3000
"""Characters of a long document's body in one chunk."""

_RECORD, _PART, _VALUE = "\x1e", "\x1f", "\x1d"
_pack = msgspec.msgpack.Encoder().encode
_CLEAN = str.maketrans({_RECORD: " ", _PART: " ", _VALUE: " "})


class ChunkPlan(msgspec.Struct, frozen=True):
    """A chunk (文本块) to be: documents `[start, stop)`; of a long one, how many chunks continue it."""

    start: int
    stop: int
    continuations: int = 0


def plan_chunks(sizes: Sequence[tuple[int, int]], target: int, starts: frozenset[int]) -> list[ChunkPlan]:
    """Chunks of about `target` characters, anew at each of `starts`; sizes: characters of record and of its body.

    All chunks but those of large documents hold the same number of them, so that their table deflates to nothing.
    """
    short = [whole for whole, body in sizes if body <= PIECE]
    count = max(1, round(target * len(short) / max(1, sum(short))))
    plans: list[ChunkPlan] = []
    start = size = 0
    for number, (whole, body) in enumerate(sizes):
        long = body > PIECE
        full = number - start >= count or size + whole > 3 * target
        if number > start and (long or full or number in starts):
            plans.append(ChunkPlan(start, number))
            start, size = number, 0
        size += whole
        if long:
            plans.append(ChunkPlan(number, number + 1, -(-body // PIECE) - 1))
            start, size = number + 1, 0
    if start < len(sizes):
        plans.append(ChunkPlan(start, len(sizes)))
    return plans


def chunk_table(plans: Sequence[ChunkPlan]) -> bytes:
    """The chunks as the head of a segment names them."""
    found = []
    for plan in plans:
        count = plan.stop - plan.start
        if plan.continuations:
            found.append(varint(count << 1 | 1) + varint(plan.continuations))
            found.extend([b"\0"] * plan.continuations)
        else:
            found.append(varint(count << 1))
    total = sum(1 + plan.continuations for plan in plans)
    return varint(total) + b"".join(found)


def chunk_contents(plan: ChunkPlan, number: int, records: Sequence[IndexRecord]) -> Iterator[bytes]:
    """The contents of chunk `number` and those that continue it; `records` are the plan's."""
    if not plan.continuations:
        yield encode_text(_RECORD.join(_encode(record, record.body, "") for record in records))
        return
    record = records[0]
    pieces = [record.body[at : at + PIECE] for at in range(0, len(record.body), PIECE)]
    more = " ".join(str(number + step) for step in range(1, len(pieces)))
    yield encode_text(_encode(record, pieces[0], more))
    for piece in pieces[1:]:
        yield encode_text(piece)


def _encode(record: IndexRecord, body: str, continuations: str) -> str:
    facets = "\n".join(
        _VALUE.join(f"{key}\t{label}".translate(_CLEAN) for key, label in values) for values in record.facets
    )
    parts = (
        record.url,
        record.title,
        record.document_number,
        "\n".join(record.identifiers),
        record.facts,
        record.keywords,
        record.attachments,
        record.date,
        facets,
        record.kind,
        record.state,
        continuations,
        body,
    )
    return _PART.join(part if part is facets else part.translate(_CLEAN) for part in parts)


def size_of(record: IndexRecord) -> tuple[int, int]:
    """Characters of a record and of its body, for `plan_chunks`."""
    head = len(record.title) + len(record.facts) + len(record.keywords) + len(record.attachments) + len(record.url)
    return head + len(record.body), len(record.body)


def clean_record(record: IndexRecord) -> IndexRecord:
    """The record as it will be read back from its chunk, so that an index made again is the same."""
    texts = {
        name: _clean(getattr(record, name))
        for name in ("title", "document_number", "facts", "keywords", "attachments", "body", "kind", "state")
    }
    identifiers = tuple(_clean(item, "\n") for item in record.identifiers)
    facets = tuple(
        tuple((_clean(key, "\n\t"), _clean(label, "\n\t")) for key, label in values) for values in record.facets
    )
    return msgspec.structs.replace(record, identifiers=identifiers, facets=facets, **texts)


def _clean(text: str, more: str = "") -> str:
    """The text without what parts a record; `more` parts it, too."""
    for mark in (_RECORD, _PART, _VALUE, *more):
        if mark in text:
            text = text.replace(mark, " ")
    return text


def record_digest(record: IndexRecord) -> bytes:
    """What stands for a record."""
    return hashlib.blake2b(_pack(record), digest_size=8).digest()


def read_chunk(content: bytes) -> list[tuple[IndexRecord, tuple[int, ...]]]:
    """The records of a chunk (inflated, without the format's byte), each with the chunks that continue its body."""
    return [_decode(text.split(_PART)) for text in content.decode("gb18030").split(_RECORD)]


def _decode(parts: list[str]) -> tuple[IndexRecord, tuple[int, ...]]:
    url, title, number, identifiers, facts, keywords, attachments, date, facets, kind, state, more, body = parts
    values = []
    for item in facets.split("\n"):
        pairs = [value.partition("\t") for value in item.split(_VALUE)] if item else []
        values.append(tuple((key, label) for key, _, label in pairs))
    record = IndexRecord(
        url, title, number, tuple(identifiers.split("\n")) if identifiers else (), facts, keywords, body, attachments,
        date, tuple(values), kind, state,
    )  # fmt: skip
    return record, tuple(map(int, more.split()))
