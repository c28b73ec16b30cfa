"""Other spellings of a query: by full pinyin, by initials, by characters that sound alike. The twin of `spelling.js`.

Gives texts; whether they are there, matching says.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from zwgk_site.search.segment import Segment

BEAM = 100
"""So many unfinished spellings are kept at each step."""

MOST_WAYS = 1000
"""So many ways to read several words as pinyin are weighed at most."""

FEW_SHARDS = 64
"""An index whose segments have at most so many shards each is small: it is read whole if need be."""

HALVES = 6
"""So many words of two letters are joined with as many others."""

WINDOWS = ((4, 3), (4, 2), (3, 2), (2, 1))
"""Longer phrases are chained from pieces of so many letters, which share so many."""

Weights = dict[str, float]
Spellings = list[tuple[str, float]]


def read_pinyin(segments: Sequence[Segment], text: str) -> list[list[str]]:
    """The ways to read a text as syllables; blanks and apostrophes part them."""
    known = {syllable for segment in segments for syllable in segment.head.syllables}
    for segment in segments:
        known.update(syllable for reading in segment.pairs_read_as for syllable in reading.split(" "))
    plain = unicodedata.normalize("NFKC", text).lower().replace("ü", "v")
    ways: list[list[str]] = [[]]
    for piece in filter(None, re.split("[^a-z]+", plain)):
        more = _cut_syllables(piece, known)
        ways = [way + further for way in ways for further in more]
        if len(ways) > MOST_WAYS:
            ways = sorted(ways, key=len)[:MOST_WAYS]
    return sorted(ways, key=len)[:8]


def _cut_syllables(letters: str, known: set[str]) -> list[list[str]]:
    """Every way to cut letters into the fewest syllables, or one more."""
    ways: list[list[list[str]]] = [[[]]]
    for end in range(1, len(letters) + 1):
        best: list[list[str]] = []
        for start in range(max(0, end - 6), end):
            syllable = _syllable(letters[start:end], known)
            if syllable:
                best += [[*way, syllable] for way in ways[start]]
        fewest = min(map(len, best), default=0)
        ways.append([way for way in best if len(way) <= fewest + 1][:BEAM])
    return ways[len(letters)]


def _syllable(letters: str, known: set[str]) -> str:
    """The syllable as the index writes it, v for ü; empty if it is none."""
    other = re.sub("^([ln])ue$", r"\1ve", letters)
    return letters if letters in known else other if other in known else ""


def spell_initials(segments: Sequence[Segment], letters: str) -> Spellings:
    """Phrases with these initials, the frequent ones first."""
    return _in_order(_find_by_initials(segments, letters))


def spell_halves(segments: Sequence[Segment], letters: str) -> Spellings:
    """Four letters as two frequent words that stand side by side somewhere, the frequent ones first."""
    return _in_order(_find_by_halves(segments, letters)) if len(letters) == 4 else []


def spell_pinyin(segments: Sequence[Segment], syllables: Sequence[str]) -> Spellings:
    """Texts that are read so, the frequent ones first."""
    return _in_order(_find_by_pinyin(segments, syllables))


def spell_alike(segments: Sequence[Segment], text: str) -> list[tuple[str, int]]:
    """Texts that sound like `text` and share at least half of its characters, the closest first; and how many they share.

    Of a character that no segment has the sound is not known: then it may be any one.
    """

    def count_same(spelling: str) -> int:
        return sum(one == other for one, other in zip(spelling, text, strict=False))

    unknown = [at for at, char in enumerate(text) if not any(char in segment.head.ranks for segment in segments)]
    spellings: Weights = {}
    if len(unknown) == 1 and len(text) > 2:
        spellings = _fill_place(segments, text, unknown[0])
    elif len(text) > 1:
        for way in _syllables_of(segments, text):
            spellings |= _find_by_pinyin(segments, way, lambda spelling: count_same(spelling) == len(text) - 1)
    found = []
    for spelling, weight in _in_order(spellings):
        same = count_same(spelling)
        if len(text) <= same * 2 and same < len(text):
            found.append((spelling, same, weight))
    found.sort(key=lambda item: (-item[1], -item[2]))
    return [(spelling, same) for spelling, same, _ in found]


def _pool(found: Iterable[Weights]) -> Weights:
    """What segments hold, together: a spelling must not depend on how documents are spread over them."""
    together: Weights = {}
    for weights in found:
        for text, weight in weights.items():
            together[text] = together.get(text, 0) + weight
    return together


def _phrases(segments: Sequence[Segment], letters: str) -> Weights:
    """The frequent phrases with these initials. In a large index only the base knows what is frequent."""
    asked = segments if is_small(segments) else segments[:1]
    return _pool(dict(segment.phrases(letters)) for segment in asked)


def is_small(segments: Sequence[Segment]) -> bool:
    """Whether so few shards have to be read that all spellings can be looked at, not only those of frequent phrases."""
    return all(segment.head.shards <= FEW_SHARDS for segment in segments)


def _in_order(weights: Weights) -> Spellings:
    return sorted(weights.items(), key=lambda item: (-item[1], item[0]))


def _chain(links: Sequence[Weights], overlap: int) -> Weights:
    """Longer spellings out of short ones that overlap; one is as frequent as its rarest link."""
    known = links[0]
    for link in links[1:]:
        by_start: dict[str, list[tuple[str, float]]] = {}
        for text, frequency in link.items():
            by_start.setdefault(text[:overlap], []).append((text[overlap:], frequency))
        longer: Weights = {}
        for text, weight in known.items():
            for rest, frequency in by_start.get(text[-overlap:], ()):
                longer[text + rest] = min(weight, frequency)
        known = dict(_in_order(longer)[:BEAM])
    return known


def _find_by_initials(segments: Sequence[Segment], letters: str) -> Weights:
    for size, shared in WINDOWS:
        overlap = min(shared, len(letters) - 1)
        starts = range(0, len(letters) - overlap, size - shared)
        found = _chain([_phrases(segments, letters[start : start + size]) for start in starts], overlap)
        if found:
            return found
    return {}


def _find_by_halves(segments: Sequence[Segment], letters: str) -> Weights:
    fronts, backs = (_in_order(_phrases(segments, half))[:HALVES] for half in (letters[:2], letters[2:]))
    found = {}
    for front, one in fronts:
        for back, other in backs:
            together = _frequency_in(segments, front[1] + back[0])
            if together:
                found[front + back] = min(one, other, together)
    return found


def _frequency_in(segments: Sequence[Segment], pair: str) -> int:
    """How often documents that count have a pair of characters."""
    return sum(segment.count_living(segment.head.term_key(*pair)) for segment in segments)


def _find_by_pinyin(
    segments: Sequence[Segment], syllables: Sequence[str], is_enough: Callable[[str], bool] = lambda _: True
) -> Weights:
    """Frequent phrases if one of them `is_enough`, otherwise also whatever pairs can be chained to.

    In a small index only the latter: which phrases are frequent, an edited index knows less well than a clean one.
    """
    if not syllables:
        return {}
    if len(syllables) == 1:
        return _pool(
            {char: 1 / place for place, char in enumerate(segment.head.group_of(syllables[0])[:5], 1)}
            for segment in segments
        )
    found: Weights = {}
    if len(syllables) > 2 and not is_small(segments):
        phrases = _find_by_initials(segments, "".join(syllable[0] for syllable in syllables))
        found = {text: weight for text, weight in phrases.items() if _is_read_as(segments, text, syllables)}
        if any(map(is_enough, found)):
            return found
    links = [_pool(_find_pairs(segment, *pair) for segment in segments) for pair in pairwise(syllables)]
    return _chain(links, 1) | found


def _fill_place(segments: Sequence[Segment], text: str, place: int) -> Weights:
    """Texts with some character at one place, which the pairs on both sides allow; only where few shards have to be read."""
    if not is_small(segments):
        return {}
    found = {}
    for char in dict.fromkeys(char for segment in segments for char in segment.head.characters[1:]):
        filled = text[:place] + char + text[place + 1 :]
        pairs = [filled[at : at + 2] for at in (place - 1, place) if 0 <= at < len(text) - 1]
        weight = min(_frequency_in(segments, pair) for pair in pairs)
        if weight:
            found[filled] = float(weight)
    return found


def _find_pairs(segment: Segment, first: str, second: str) -> Weights:
    """Pairs of characters that are read so, with their frequencies."""
    head = segment.head
    found: Weights = {}
    seconds = head.group_of(second)
    if seconds:
        low, high = head.unit_key(seconds[0]), head.unit_key(seconds[-1])
        for char in head.group_of(first):
            key = head.unit_key(char)
            for term, _ in segment.scan(key + low, key + high + b"\0"):
                found[char + head.units_of(term)[1]] = segment.count_living(term)
    for pair in segment.pairs_read_as.get(f"{first} {second}", ()):
        found[pair] = segment.count_living(head.term_key(*pair))
    return {pair: count for pair, count in found.items() if count}


def _is_read_as(segments: Sequence[Segment], text: str, syllables: Sequence[str]) -> bool:
    """Whether a text may be read so."""

    def is_special(at: int, side: int) -> bool:
        pair = text[at - side : at - side + 2] if at >= side else ""
        return any(reading.split(" ")[side] == syllables[at] for reading in _readings(segments, pair))

    return len(text) == len(syllables) and all(
        _usual_syllable(segments, char) == syllables[at] or is_special(at, 0) or is_special(at, 1)
        for at, char in enumerate(text)
    )


def _readings(segments: Sequence[Segment], pair: str) -> tuple[str, ...]:
    """How a pair may be read otherwise; where it is known, all say the same."""
    return next((found for segment in segments if (found := segment.readings.get(pair))), ())


def _usual_syllable(segments: Sequence[Segment], char: str) -> str:
    return next((found for segment in segments if (found := segment.head.syllable_of(char))), "")


def _syllables_of(segments: Sequence[Segment], text: str) -> list[list[str]]:
    """The syllables of a text: each as usual; and as its pairs are read, since a wrong character may make another reading."""
    usual = [_usual_syllable(segments, char) or "-" for char in text]
    paired = list(usual)
    for at in range(len(text) - 1):
        readings = _readings(segments, text[at : at + 2])
        if readings:
            paired[at], _, paired[at + 1] = readings[0].partition(" ")
    ways = [usual] if usual == paired else [usual, paired]
    return [way for way in ways if "-" not in way]
