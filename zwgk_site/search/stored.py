"""Records of documents out of text chunks: what a hit shows, and the text that settles what positions leave open."""

from __future__ import annotations

import re
import unicodedata

from zwgk_site.model.search import FACETS, FIELDS, IDENTIFIER, NUMBER, FacetValue, IndexRecord
from zwgk_site.text.units import DROPPED, GAPS

_PLAIN = re.compile(f"[a-z0-9{DROPPED}{GAPS}]*")
_OTHER = re.compile("[^a-z0-9]+")
_RECORD, _PART, _VALUE = "\x1e", "\x1f", "\x1d"


class StoredRecord(IndexRecord, frozen=True):
    """A record as it stands in its chunk (存储的记录): of a long document, `body` is the first piece."""

    continuations: tuple[int, ...] = ()

    @property
    def department(self) -> str:
        """The label of the department that keeps the document."""
        return self.facets[0][0][1] if self.facets[0] else ""


def field_text(record: IndexRecord, field: int) -> str:
    """The text of a field as it was indexed; of a long document's body, what the record has of it."""
    if field == IDENTIFIER:
        return "\n".join(word for item in record.identifiers for word in identifier_words(item))
    if field == NUMBER:
        others = (item for item in record.identifiers if not identifier_words(item))
        return "\n".join((record.document_number, *others))
    found: str = getattr(record, FIELDS[field])
    return found


def identifier_words(text: str) -> tuple[str, ...]:
    """An identifier as one word, and what stands behind its last slash; nothing where it has characters of its own."""
    folded = unicodedata.normalize("NFKC", text).lower()
    if not _PLAIN.fullmatch(folded):
        return ()
    whole, tail = _OTHER.sub("", folded), _OTHER.sub("", folded[folded.rfind("/") + 1 :])
    return (whole, tail) if tail and tail != whole else (whole,)


def read_chunk(content: bytes) -> list[StoredRecord]:
    """The records of a chunk. Raises `ValueError` if it holds none."""
    return [_read_record(text.split(_PART)) for text in content.decode("gb18030").split(_RECORD)]


def read_continuation(content: bytes) -> str:
    """A piece of a long body."""
    return content.decode("gb18030")


def _read_record(parts: list[str]) -> StoredRecord:
    url, title, number, identifiers, facts, keywords, attachments, date, facets, kind, state, more, body = parts
    values = tuple(map(_read_values, facets.split("\n")))
    if len(values) != len(FACETS):
        raise ValueError("a record has another number of facets")
    return StoredRecord(
        url, title, number, tuple(identifiers.split("\n")) if identifiers else (), facts, keywords, body, attachments,
        date, values, kind, state, tuple(map(int, more.split())),
    )  # fmt: skip


def _read_values(item: str) -> tuple[FacetValue, ...]:
    pairs = (value.partition("\t") for value in item.split(_VALUE)) if item else ()
    return tuple((key, label) for key, _, label in pairs)
