"""A batch of records to the stream of units and pairs, for all of them at once. The same as `text.units`, in arrays."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from zwgk_site.model.search import FIELDS, IDENTIFIER, TITLE
from zwgk_site.text.units import DROPPED, GAPS, WORD_LIMIT, traditional_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zwgk_site.model.search import IndexRecord
    from zwgk_site.stages.index.arrays import Array

WORD = 1 << 21
"""Codes from here on are words, by their number in the batch; below are code points."""

NOTHING = 0
"""The second unit of a term that is a single unit."""

_SEPARATOR = "\x1e"
_CLASSES = 0x110000
_GAP, _WORD, _UNIT, _BORDER = 1, 2, 3, 4
_NOT_WORD = re.compile("[^a-z0-9]+")
_PLAIN_IDENTIFIER = re.compile(f"[a-z0-9{DROPPED}{GAPS}]*")


class Occurrences(msgspec.Struct, frozen=True):
    """Where terms occur in a batch: arrays of one length, in the order of documents, fields and positions for each term.

    `first`, `second`: codes of the units (uint32); `place`: document in the batch << 3 | field (uint32); `position` (uint32).
    `words` are the batch's words by number, `counts` how often each code point occurs (code points, counts),
    `title_lengths` the number of positions of each document's title (uint32).
    """

    first: Array
    second: Array
    place: Array
    position: Array
    words: tuple[bytes, ...]
    counts: tuple[Array, Array]
    title_lengths: Array


class Stream(msgspec.Struct, frozen=True):
    """All units of a batch: codes, positions, and the number of the text (document × field) that each stands in."""

    codes: Array
    positions: Array
    texts: Array
    words: tuple[bytes, ...]


_WIDE_FIRST, _WIDE_LAST, _WIDE_SPACE = np.uint32(0xFF01), np.uint32(0xFF5E), np.uint32(0x3000)
_WIDE_APART = np.uint32(0xFEE0)
_LASTING = (
    "\n\x1e -~\u00b7\u2014\u2018\u2019\u201c\u201d\u3001-\u3003\u3007-\u3011\u3014-\u301b\u3400-\u4dbf\u4e00-\u9fff"
)
"""Characters that NFKC leaves alone and that join nothing before them."""
_CHANGING = re.compile(f"[{_LASTING}]?[^{_LASTING}]+")
"""The others, with one before them that they may join."""


@cache
def _tables() -> tuple[Array, Array]:
    """Class and folded form of every code point."""
    classes = np.full(_CLASSES, _UNIT, np.uint8)
    dropped, gap = re.compile(f"[{DROPPED}]"), re.compile(f"[{GAPS}]")
    for code in (*range(0x3100), 0xFEFF):
        char = chr(code)
        if gap.match(char):
            classes[code] = _GAP
        elif dropped.match(char):
            classes[code] = 0
    for char in "abcdefghijklmnopqrstuvwxyz0123456789":
        classes[ord(char)] = _WORD
    classes[ord(_SEPARATOR)] = _BORDER
    folded = np.arange(_CLASSES, dtype=np.uint32)
    for code, simple in traditional_table().items():
        folded[code] = ord(simple)
    return classes, folded


def field_texts(record: IndexRecord) -> tuple[str, ...]:
    """The text of each field, by number."""
    plain, others = [], []
    for identifier in record.identifiers:
        folded = unicodedata.normalize("NFKC", identifier).lower()
        if not _PLAIN_IDENTIFIER.fullmatch(folded):
            others.append(identifier)
            continue
        whole = _NOT_WORD.sub("", folded)
        tail = _NOT_WORD.sub("", folded[folded.rfind("/") + 1 :])
        plain += [whole, tail] if tail and tail != whole else [whole]
    return (
        record.title,
        "\n".join((record.document_number, *others)),
        "\n".join(plain),
        record.facts,
        record.keywords,
        record.body,
        record.attachments,
    )


def read_stream(texts: Sequence[str]) -> Stream:
    """The units of several texts."""
    classes, folded = _tables()
    joined = _SEPARATOR.join(text.replace(_SEPARATOR, " ") for text in texts)
    plain = compose(joined).lower()
    codes = folded[np.frombuffer(plain.encode("utf-32-le", "replace"), np.uint32)]
    kinds = classes[codes]
    index = np.arange(len(codes), dtype=np.int64)
    in_word = kinds == _WORD
    begins = in_word.copy()
    begins[1:] &= ~in_word[:-1]
    since = index - np.maximum.accumulate(np.where(begins, index, 0))
    word_starts = in_word & (since % WORD_LIMIT == 0)
    at = np.flatnonzero((kinds == _UNIT) | word_starts)
    found = codes[at]
    text_numbers = np.cumsum(kinds == _BORDER)[at]
    gaps = np.cumsum(kinds == _GAP)[at]
    words, numbers = _read_words(codes, in_word, word_starts)
    is_word = word_starts[at]
    found[is_word] = np.asarray(numbers, np.uint32) + np.uint32(WORD)
    steps = np.ones(len(at), np.int64)
    steps[1:] += gaps[1:] != gaps[:-1]
    steps[:1] = 0
    fresh = np.ones(len(at), bool)
    fresh[1:] = text_numbers[1:] != text_numbers[:-1]
    steps[fresh] = 0
    walked = np.cumsum(steps)
    origin = np.maximum.accumulate(np.where(fresh, walked, 0))
    return Stream(found, walked - origin, text_numbers, words)


def compose(text: str) -> str:
    """NFKC of a long text: all but a few characters stay as they are or are the wide forms of ASCII, and the library looks at each."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32).copy()
    np.subtract(codes, _WIDE_APART, out=codes, where=codes - _WIDE_FIRST <= _WIDE_LAST - _WIDE_FIRST)
    codes[codes == _WIDE_SPACE] = ord(" ")
    return _CHANGING.sub(lambda found: unicodedata.normalize("NFKC", found[0]), codes.tobytes().decode("utf-32-le"))


def _read_words(codes: Array, in_word: Array, word_starts: Array) -> tuple[tuple[bytes, ...], list[int]]:
    """The distinct words in order of appearance, and for each word of the text its number."""
    starts = np.flatnonzero(word_starts)
    if not len(starts):
        return (), []
    ends = np.flatnonzero(in_word & np.append(~in_word[1:] | word_starts[1:], True)) + 1
    letters = codes.astype(np.uint8).tobytes()
    known: dict[bytes, int] = {}
    numbers = [
        known.setdefault(letters[start:end], len(known))
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    return tuple(known), numbers


def find_occurrences(stream: Stream, documents: int) -> Occurrences:
    """Every term of every field; `stream` is of all fields of `documents` records, in order."""
    codes, positions, texts = stream.codes, stream.positions, stream.texts
    count = len(FIELDS)
    fields = texts % count
    paired = (texts[1:] == texts[:-1]) & (positions[1:] == positions[:-1] + 1) & (fields[1:] != IDENTIFIER)
    left = np.flatnonzero(paired)
    alone = (fields == TITLE) & ~np.append(paired, np.zeros(min(1, len(codes)), bool))
    single = np.flatnonzero((codes >= WORD) | alone)
    places = (texts // count << 3 | fields).astype(np.uint32)
    at = np.concatenate((left, single))
    second = np.concatenate((codes[left + 1], np.full(len(single), NOTHING, np.uint32)))
    characters, counts = np.unique(codes[codes < WORD], return_counts=True)
    titles = fields == TITLE
    title_lengths = np.zeros(documents, np.uint32)
    np.maximum.at(title_lengths, texts[titles] // count, positions[titles].astype(np.uint32) + np.uint32(1))
    position = positions[at].astype(np.uint32)
    return Occurrences(codes[at], second, places[at], position, stream.words, (characters, counts), title_lengths)
