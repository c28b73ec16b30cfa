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
    from collections.abc import Sequence

    from zwgk_site.stages.index.container import Array
    from zwgk_site.stages.index.stream import Stream

LENGTHS = (2, 3, 4)
KEPT = 36_000
_KEPT_OF_BATCH = 9_000
_BITS = 16
Counts = tuple["Array", "Array"]


@cache
def _characters() -> tuple[Array, str]:
    """Each code point's number among the readable characters (uint64, 0 for others), and the characters by number."""
    characters = "\0" + "".join(sorted(usual_readings()))[: (1 << _BITS) - 1]
    numbers = np.zeros(0x110000, np.uint64)
    numbers[np.fromiter(map(ord, characters), np.int64)] = np.arange(len(characters), dtype=np.uint64)
    return numbers, characters


def count_phrases(stream: Stream) -> tuple[Counts, ...]:
    """For each of `LENGTHS`, phrases (characters' numbers packed, uint64) and how often a batch has them.

    Every phrase of a title is kept and counts fourfold, of other texts only the frequent ones.
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
    for length in LENGTHS:
        last = slice(length - 1, None)
        packed = packed[:-1] << np.uint64(_BITS) | codes[last]
        whole = whole[:-1] & good[last] & together[last]
        of_titles, title_counts = np.unique(packed[whole & titles[last]], return_counts=True)
        others, counts = np.unique(packed[whole & ~titles[last]], return_counts=True)
        frequent = np.flatnonzero(counts > 2)
        if len(frequent) > _KEPT_OF_BATCH:
            order = np.argsort(-counts[frequent], kind="stable")
            frequent = frequent[order[:_KEPT_OF_BATCH]]
        found.append(
            (np.concatenate((of_titles, others[frequent])), np.concatenate((title_counts * 4, counts[frequent])))
        )
    return tuple(found)


def encode_phrases(batches: Sequence[tuple[Counts, ...]], letters_apart: int) -> dict[str, bytes]:
    """The initials files: the first letter, or the first two (`letters_apart`) → content."""
    _, characters = _characters()
    lines: dict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for place, length in enumerate(LENGTHS):
        phrases, totals = _most_frequent([batch[place] for batch in batches])
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


def _most_frequent(counts: Sequence[Counts]) -> tuple[list[int], list[int]]:
    """The phrases that occur most in all batches, with their counts."""
    everything = np.concatenate([np.zeros(0, np.uint64), *(phrases for phrases, _ in counts)])
    if not len(everything):
        return [], []
    phrases, inverse = np.unique(everything, return_inverse=True)
    totals = np.zeros(len(phrases), np.int64)
    np.add.at(totals, inverse, np.concatenate([numbers for _, numbers in counts]))
    order = np.lexsort((phrases, -totals))[: KEPT // len(LENGTHS)]
    return phrases[order].tolist(), totals[order].tolist()
