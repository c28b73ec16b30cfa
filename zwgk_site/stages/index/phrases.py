"""Frequent phrases by their initials (xzxk → 行政许可): runs of two to four characters, counted, no dictionary."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from zwgk_site.model.search import BODY, FIELDS, KEYWORDS, TITLE
from zwgk_site.stages.index.container import encode_text
from zwgk_site.stages.index.stream import WORD
from zwgk_site.text.readings import initials_of, usual_readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zwgk_site.stages.index.arrays import Array
    from zwgk_site.stages.index.stream import Stream

LENGTHS = (2, 3, 4)
KEPT_OF_TITLES = {2: 3_000, 3: 6_000, 4: 12_000}
KEPT_OF_TEXTS = {2: 3_000, 3: 6_000, 4: 18_000}
"""Phrases by length: those of titles have a share of their own, or long texts would take it all."""

_KEPT_OF_BATCH = 16_000
_JOINED_AT_ONCE = 8
_BITS = 16
_WEIGHT_OF_WHOLE = 4
Counts = tuple["Array", "Array", "Array"]
"""Phrases (characters' numbers packed, uint64), how often each occurs (int64), whether in a title (bool)."""


@cache
def _characters() -> tuple[Array, str]:
    """Each code point's number among the readable characters (uint64, 0 for others), and the characters by number."""
    characters = "\0" + "".join(sorted(usual_readings()))[: (1 << _BITS) - 1]
    numbers = np.zeros(0x110000, np.uint64)
    numbers[np.fromiter(map(ord, characters), np.int64)] = np.arange(len(characters), dtype=np.uint64)
    return numbers, characters


def count_phrases(stream: Stream) -> tuple[Counts, ...]:
    """For each of `LENGTHS`, phrases (characters' numbers packed, uint64) and how often a batch has them.

    Of texts other than titles only what occurs several times is kept.
    """
    numbers, _ = _characters()
    codes = numbers[np.where(stream.codes >= WORD, 0, stream.codes)]
    fields = stream.texts % len(FIELDS)
    titles = (fields == TITLE) | (fields == KEYWORDS)
    wanted = titles | (fields == BODY)
    together = np.zeros(len(codes), bool)
    together[1:] = (stream.texts[1:] == stream.texts[:-1]) & (stream.positions[1:] == stream.positions[:-1] + 1)
    good = (codes > 0) & wanted
    found = []
    packed, whole = codes, good
    near = together & good
    for length in LENGTHS:
        last = slice(length - 1, None)
        packed = packed[:-1] << np.uint64(_BITS) | codes[last]
        whole = whole[:-1] & good[last] & together[last]
        at = np.flatnonzero(whole)
        before = np.where(near[at], codes[at - 1], at + np.uint64(1 << 32))
        behind = at + length
        inside = behind < len(codes)
        behind[~inside] = 0
        after = np.where(inside & together[behind] & good[behind], codes[behind], at + np.uint64(1 << 32))
        found.append(_count(packed[at], before, after, titles[at]))
    return tuple(found)


def _count(phrases: Array, before: Array, after: Array, in_title: Array) -> Counts:
    """Distinct phrases. One that always stands beside the same character is likely a piece of a longer one, and counts less."""
    order = np.argsort(phrases)  # of equal ones only the sums are asked for
    phrases = phrases[order]
    if not len(phrases):
        return phrases, np.zeros(0, np.int64), np.zeros(0, bool)
    starts = np.flatnonzero(np.append([True], phrases[1:] != phrases[:-1]))
    counts = np.diff(np.append(starts, len(phrases))).astype(np.int64)
    piece = np.zeros(len(starts), bool)
    for side in (before[order], after[order]):
        piece |= np.minimum.reduceat(side, starts) == np.maximum.reduceat(side, starts)
    piece &= counts > 1
    titled = np.logical_or.reduceat(in_title[order], starts)
    counts[piece] = np.maximum(1, counts[piece] // _WEIGHT_OF_WHOLE)
    kept = np.flatnonzero(titled | (counts > 2))
    if len(kept) > _KEPT_OF_BATCH:
        first = np.lexsort((kept, -counts[kept], ~titled[kept]))[:_KEPT_OF_BATCH]
        kept = np.sort(kept[first])
    return phrases[starts[kept]], counts[kept], titled[kept]


def encode_phrases(batches: Iterable[tuple[Counts, ...]], letters_apart: int) -> dict[str, bytes]:
    """The initials files: the first letter, or the first two (`letters_apart`) → content."""
    _, characters = _characters()
    lines: dict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for length, counts in zip(LENGTHS, _join(batches), strict=True):
        phrases, totals = _most_frequent(counts, length)
        for packed, count in zip(phrases, totals, strict=True):
            text = "".join(characters[packed >> _BITS * step & 0xFFFF] for step in range(length - 1, -1, -1))
            letters = initials_of(text)
            if letters:
                lines[letters[:letters_apart]][letters[letters_apart:]].append((count, text))
    return {first: encode_text("\n".join(_line(rest, found) for rest, found in sorted(by_rest.items())))
            for first, by_rest in sorted(lines.items())}  # fmt: skip


def _line(rest: str, found: list[tuple[int, str]]) -> str:
    found.sort(key=lambda item: (-item[0], item[1]))
    words = (f"{chr(ord('a') + min(25, count.bit_length() - 1))}{text}" for count, text in found[:12])
    return f"{rest} {' '.join(words)}"


def _join(batches: Iterable[tuple[Counts, ...]]) -> list[Counts]:
    """The counts of all batches together, a few batches at a time: in a large site they would not fit side by side."""
    waiting: list[list[Counts]] = [
        [(np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, bool))] for _ in LENGTHS
    ]
    for batch in batches:
        for kept, counts in zip(waiting, batch, strict=True):
            kept.append(counts)
            if len(kept) > _JOINED_AT_ONCE:
                kept[:] = [_sum(kept)]
    return [_sum(kept) for kept in waiting]


def _sum(counts: Sequence[Counts]) -> Counts:
    phrases, inverse = np.unique(np.concatenate([found for found, _, _ in counts]), return_inverse=True)
    totals = np.zeros(len(phrases), np.int64)
    np.add.at(totals, inverse, np.concatenate([numbers for _, numbers, _ in counts]))
    titled = np.zeros(len(phrases), bool)
    np.logical_or.at(titled, inverse, np.concatenate([flags for _, _, flags in counts]))
    return phrases, totals, titled


def _most_frequent(counts: Counts, length: int) -> tuple[list[int], list[int]]:
    """The phrases that occur most, with their counts."""
    phrases, totals, titled = counts
    order = np.lexsort((phrases, -totals))
    of_titles = order[titled[order]][: KEPT_OF_TITLES[length]]
    of_texts = order[~titled[order]][: KEPT_OF_TEXTS[length]]
    chosen = np.concatenate((of_titles, of_texts))
    return phrases[chosen].tolist(), totals[chosen].tolist()
