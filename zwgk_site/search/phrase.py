"""Where a phrase stands: its units at their distances, in one field of one segment. Exact, whatever its length."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from zwgk_site.model.search import IDENTIFIER, TITLE
from zwgk_site.search.shard import FEW
from zwgk_site.text.units import is_word, split_units

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.search.segment import Segment
    from zwgk_site.text.units import Unit

Term = tuple[tuple[str, ...], int]
"""A unit or a pair of neighbours, and its distance from the phrase's first unit."""


class Phrase:
    """Units at their distances (短语): the first at 0, gaps kept; `text` as it was written."""

    def __init__(self, units: Iterable[Unit], text: str = "") -> None:
        self.units, self.text = tuple(units), text

    @cached_property
    def size(self) -> int:
        """How many positions it takes."""
        return self.units[-1][1] + 1

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every pair of neighbours, and every word that stands between gaps."""
        return tuple((units, at) for units, at in self._runs() if len(units) == 2 or is_word(units[0]))

    @cached_property
    def lonely(self) -> tuple[Term, ...]:
        """The characters that stand between gaps, so that no term but a title's has them."""
        return tuple((units, at) for units, at in self._runs() if len(units) == 1 and not is_word(units[0]))

    @property
    def is_words(self) -> bool:
        """Whether there are only letters and digits in it."""
        return bool(self.units) and all(is_word(unit) for unit, _ in self.units)

    def _runs(self) -> Iterable[Term]:
        units = self.units
        for place, (unit, at) in enumerate(units):
            joined = place + 1 < len(units) and units[place + 1][1] == at + 1
            if joined:
                yield (unit, units[place + 1][0]), at
            elif not (place and units[place - 1][1] == at - 1):
                yield (unit,), at


def phrase_of(text: str) -> Phrase:
    """The phrase of a text; it may have no units."""
    return Phrase(split_units(text), text.strip())


class Found(NamedTuple):
    """Where a phrase was found in a field: how often in each document.

    Of titles also the places of its first unit; and the positions of titles that begin with it.
    """

    counts: dict[int, int]
    starts: dict[int, list[int]]
    lengths: dict[int, int]


NOWHERE = Found({}, {}, {})


def find_phrase(segment: Segment, field: int, phrase: Phrase, *, is_open: bool | None = None) -> Found:
    """The documents whose field has the phrase; dead ones too.

    What terms cannot tell (`phrase.lonely` outside titles) is read in the texts, unless `is_open` is false.
    """
    head = segment.head
    terms = phrase.terms + phrase.lonely if field == TITLE else phrase.terms
    if is_open is None:
        is_open = bool(phrase.lonely and field != TITLE) or any(head.is_shared(unit) for unit, _ in phrase.units)
    keys = _keys(segment, field, terms, phrase)
    if not keys:
        return NOWHERE
    if len(keys) == 1 and not is_open:
        return _of_one_term(segment, field, *keys[0])
    weights = [segment.frequency(key, field) for key, _ in keys]
    chosen = _cheapest(phrase, terms, keys, weights)
    return _found(segment, field, keys, _align(segment, field, chosen, phrase if is_open else None, phrase))


def _keys(segment: Segment, field: int, terms: tuple[Term, ...], phrase: Phrase) -> list[tuple[bytes, int]]:
    """(key, distance) of each term; nothing where the field lacks one of them."""
    if field == IDENTIFIER and len(phrase.units) > 1:
        return []
    keys = [(segment.head.term_key(*units), at) for units, at in terms]
    return keys if all(segment.frequency(key, field) for key, _ in keys) else []


def _found(segment: Segment, field: int, keys: list[tuple[bytes, int]], starts: dict[int, list[int]]) -> Found:
    lengths = _title_lengths(segment, keys, starts) if field == TITLE else {}
    return Found({document: len(found) for document, found in starts.items()}, starts, lengths)


def _of_one_term(segment: Segment, field: int, key: bytes, distance: int) -> Found:
    if distance:
        starts = {
            document: found
            for document, places in segment.places(key, field).items()
            if (found := [place - distance for place in places if place >= distance])
        }
        return _found(segment, field, [(key, distance)], starts)
    postings = segment.postings(key, field)
    counts = dict(zip(postings.documents, postings.counts, strict=True))
    if field != TITLE:
        return Found(counts, {}, {})
    starts = dict(zip(postings.documents, postings.places, strict=True))
    return Found(counts, starts, dict(zip(postings.documents, postings.lengths, strict=True)))


def _cheapest(
    phrase: Phrase, terms: tuple[Term, ...], keys: list[tuple[bytes, int]], weights: list[int]
) -> list[tuple[int, bytes, int]]:
    """(documents, key, distance) of the rarest set of terms that has every unit, the rarest first."""
    covered = [at for _, at in phrase.units if any(begin <= at < begin + len(units) for units, begin in terms)]
    before = {at: covered[place - 1] if place else -1 for place, at in enumerate(covered)}
    best: dict[int, tuple[int, tuple[int, ...]]] = {-1: (0, ())}
    for at in covered:
        ways = []
        for number, (units, begin) in enumerate(terms):
            if begin <= at < begin + len(units):
                cost, way = best[before[begin]]
                ways.append((cost + weights[number], (*way, number)))
        best[at] = min(ways)
    found = set(best[covered[-1]][1])
    return sorted((weights[number], *keys[number]) for number in found)


def _align(
    segment: Segment, field: int, chosen: list[tuple[int, bytes, int]], by_text: Phrase | None, few: Phrase | None
) -> dict[int, list[int]]:
    """Document to the places of the phrase's first unit: `by_text`, or where `few` are left, or by positions."""
    candidates = set(segment.postings(chosen[0][1], field).documents)
    for _, key, _ in chosen[1:]:
        candidates.intersection_update(segment.postings(key, field).documents)
        if not candidates:
            return {}
    reading = by_text or (few if len(candidates) <= FEW and field != TITLE else None)
    if reading:
        read = {document: places_in(segment.units(document, field), reading) for document in sorted(candidates)}
        return {document: places for document, places in read.items() if places}
    _, key, distance = chosen[0]
    starts = _shifted(segment.places(key, field, candidates), distance)
    for _, key, distance in chosen[1:]:
        other = _shifted(segment.places(key, field, starts), distance)
        starts = {document: both for document, places in starts.items() if (both := places & other[document])}
        if not starts:
            return {}
    return {document: sorted(starts[document]) for document in sorted(starts)}


def _shifted(places: dict[int, list[int]], distance: int) -> dict[int, set[int]]:
    return {document: {place - distance for place in found if place >= distance} for document, found in places.items()}


def places_in(units: list[Unit], phrase: Phrase) -> list[int]:
    """Where the phrase begins among units."""
    at = {position: unit for unit, position in units}
    first = phrase.units[0][0]
    starts = (position for unit, position in units if unit == first)
    return [start for start in starts if all(at.get(start + far) == unit for unit, far in phrase.units)]


def _title_lengths(segment: Segment, keys: list[tuple[bytes, int]], starts: dict[int, list[int]]) -> dict[int, int]:
    """The lengths of those of the titles that begin with the phrase."""
    first = next((key for key, distance in keys if distance == 0), b"")
    begins = {document for document, places in starts.items() if places[0] == 0}
    if not first or not begins:
        return {}
    postings = segment.postings(first, TITLE)
    pairs = zip(postings.documents, postings.lengths, strict=True)
    return {document: length for document, length in pairs if document in begins}
