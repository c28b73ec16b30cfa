"""Where the parts of a query stand in a segment, and which of its documents have all parts. With `settle` the twin of `match.js`.

A phrase of more than `SHORT` units is found by four of its terms first, and rare terms have no positions: what then only
seems to stand there is *open*, and `settle` looks.
"""

from __future__ import annotations

import re
from functools import partial, reduce
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from zwgk_site.model.search import ATTACHMENTS, BODY, FACTS, IDENTIFIER, KEYWORDS, NUMBER, TITLE
from zwgk_site.search.phrase import Phrase
from zwgk_site.search.shard import FEW

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from zwgk_site.search.head import Head
    from zwgk_site.search.phrase import Term
    from zwgk_site.search.query import Part, Query
    from zwgk_site.search.segment import Segment
    from zwgk_site.search.shard import Postings

MAIN = (TITLE, NUMBER, KEYWORDS, BODY, ATTACHMENTS)
SHORT = 8
_ORGAN = re.compile("(局|委|办|厅|院|府|中心|街道|镇|乡|区|县|市|会|部)$")


class Place(NamedTuple):
    """Where a part stands in a field: how often in each document; in titles from where to where; titles that begin with it.

    `spans` and `lengths` are of titles only. `open`: documents of which only the text can tell.
    """

    counts: dict[int, int]
    spans: dict[int, list[tuple[int, int]]]
    lengths: dict[int, int]
    open: frozenset[int] = frozenset()


class PartMatch(msgspec.Struct, frozen=True):
    """Where a part stands in a segment, by field (命中)."""

    part: Part
    fields: dict[int, Place]


class SegmentMatch(msgspec.Struct, frozen=True):
    """The documents of a segment that match, ascending, living ones only; and where each part stands."""

    matches: tuple[PartMatch, ...]
    ids: list[int]


def fields_of(part: Part, query: Query, *, facts: bool = False) -> tuple[int, ...]:
    """The fields in which a part may stand."""
    fields = (*MAIN, IDENTIFIER) if part.joined else MAIN
    phrase = part.phrases[0]
    is_organ = len(query.parts) > 1 and len(phrase.units) > 2 and _ORGAN.search(part.text)
    return (*fields, FACTS) if facts or is_organ else fields


def match_part(segment: Segment, part: Part, fields: Iterable[int], *, whole: bool = False) -> PartMatch:
    """Where a part stands; `whole` looks at every unit, however many there are. Remembered, as readings share parts."""
    key = (tuple(phrase.units for phrase in part.phrases), part.joined, tuple(fields), whole)
    fields_found = segment.remembered.get(key)
    if fields_found is None:
        fields_found = segment.remembered[key] = _match_part(segment, part, key[2], whole=whole)
    return PartMatch(part, fields_found)


def _match_part(segment: Segment, part: Part, fields: Iterable[int], *, whole: bool) -> dict[int, Place]:
    together: dict[int, Place] = {}
    for found, is_sure in _match_phrases(segment, part, fields, whole=whole):
        for field, place in found.items():
            one = place if is_sure else place._replace(open=frozenset(place.counts))
            together[field] = _unite(together[field], one) if field in together else one
    return together


def _match_phrases(
    segment: Segment, part: Part, fields: Iterable[int], *, whole: bool
) -> Iterator[tuple[dict[int, Place], bool]]:
    """For each phrase where it stands, and whether that is certain; then for letters and digits joined to one word."""
    for phrase in part.phrases:
        yield _match_phrase(segment, phrase, fields, whole=whole)
    if part.joined and len(part.phrases[0].units) > 1:
        yield _match_phrase(segment, Phrase(((part.joined, 0),)), (IDENTIFIER,), whole=whole)


def _match_phrase(
    segment: Segment, phrase: Phrase, fields: Iterable[int], *, whole: bool
) -> tuple[dict[int, Place], bool]:
    if not phrase.units or not all(segment.head.unit_key(unit) for unit, _ in phrase.units):
        return {}, True
    if len(phrase.units) == 1 and phrase.lonely:
        return _match_character(segment, phrase)
    is_thin = len(phrase.units) > SHORT and not whole
    terms = _thin_terms(segment.head, phrase) if is_thin else _cover(segment.head, phrase)
    rows = [(segment.head.term_key(*units), at) for units, at in terms]
    found = {}
    for field in fields:
        if field == IDENTIFIER and len(phrase.units) > 1:
            continue
        if rows and all(segment.entry(key, field) for key, _ in rows):
            place = _match_field(segment, field, rows, phrase.size)
            if place.counts:
                found[field] = place
    return found, not is_thin and not phrase.lonely


def _match_character(segment: Segment, phrase: Phrase) -> tuple[dict[int, Place], bool]:
    """A single character: titles only."""
    postings = segment.postings(segment.head.unit_key(phrase.units[0][0]), TITLE)
    if not postings.documents:
        return {}, True
    return {TITLE: _place_of_term(postings, TITLE, 1)}, True


def _place_of_term(postings: Postings, field: int, size: int, distance: int = 0) -> Place:
    counts = dict(zip(postings.documents, postings.counts, strict=True))
    if field != TITLE:
        return Place(counts, {}, {})
    pairs = zip(postings.documents, postings.places, strict=True)
    spans = {document: [(at - distance, at - distance + size) for at in places] for document, places in pairs}
    return Place(counts, spans, dict(zip(postings.documents, postings.lengths, strict=True)))


def _match_field(segment: Segment, field: int, rows: list[tuple[bytes, int]], size: int) -> Place:
    """Where terms stand at their distances. Lists without positions leave it open."""
    lists = [segment.plain_postings(key, field) for key, _ in rows]
    if len(rows) == 1:
        return _place_of_term(lists[0], field, size, rows[0][1])
    shared = sorted(set.intersection(*map(set, sorted((one.documents for one in lists), key=len))))
    if field != TITLE and min(len(one.documents) for one in lists) <= FEW:
        return Place(dict.fromkeys(shared, 1), {}, {}, frozenset(shared))
    places = []
    for (key, distance), postings in zip(rows, lists, strict=True):
        if field == TITLE:
            places.append((dict(zip(postings.documents, postings.places, strict=True)), distance))
        else:
            places.append((segment.places(key, field, shared), distance))
    good = {document: starts for document in shared if (starts := _starts(document, places))}
    counts = {document: len(found) for document, found in good.items()}
    if field != TITLE:
        return Place(counts, {}, {})
    spans = {document: [(start, start + size) for start in found] for document, found in good.items()}
    return Place(counts, spans, dict(zip(lists[0].documents, lists[0].lengths, strict=True)))


def _starts(document: int, places: Sequence[tuple[dict[int, list[int]], int]]) -> list[int]:
    """Where the first unit stands, if all terms of a document stand at their distances from it."""
    first, distance = places[0]
    starts = [place - distance for place in first[document] if place >= distance]
    for there, far in places[1:]:
        found: Collection[int] = there[document]
        if len(found) > FEW:
            found = set(found)
        starts = [start for start in starts if start + far in found]
        if not starts:
            break
    return starts


def _unite(one: Place, other: Place) -> Place:
    counts = dict(one.counts)
    for document, count in other.counts.items():
        counts[document] = counts.get(document, 0) + count
    spans = dict(one.spans)
    for document, found in other.spans.items():
        spans[document] = spans.get(document, []) + found
    lengths = one.lengths | {document: length for document, length in other.lengths.items() if length}
    return Place(counts, spans, lengths, one.open | other.open)


def join_parts(segment: Segment, matches: Sequence[PartMatch]) -> list[int]:
    """The living documents that have every part, ascending; all if there is no part."""
    if not matches:
        return [document for document in range(segment.documents) if document not in segment.dead]
    sets = [set().union(*(place.counts for place in match.fields.values())) for match in matches]
    return sorted(reduce(set.__and__, sorted(sets, key=len)) - segment.dead)


def _cover(head: Head, phrase: Phrase) -> tuple[Term, ...]:
    """The fewest terms that hold every unit that a term can hold, of those the rarest."""
    found: list[Term] = []
    for run in _runs(phrase):
        if len(run[0][0]) == 1:
            found += run
            continue
        before: tuple[float, tuple[Term, ...]] = (0, ())
        last: tuple[float, tuple[Term, ...]] = (inf, ())
        for pair in run:
            better = before if before[0] <= last[0] else last
            before = last
            last = (better[0] + 1000 - _rarity(head, pair), (*better[1], pair))
        found += last[1]
    return tuple(found)


def _runs(phrase: Phrase) -> Iterator[list[Term]]:
    """The terms of neighbours together."""
    run: list[Term] = []
    for term in phrase.terms:
        if run and term[1] != run[-1][1] + 1:
            yield run
            run = []
        run.append(term)
    if run:
        yield run


def _rarity(head: Head, term: Term) -> int:
    return sum(map(head.rarity, term[0]))


def _thin_terms(head: Head, phrase: Phrase) -> tuple[Term, ...]:
    """The terms of a long phrase that are looked at first: the first, and the rarest of each third of the others."""
    first, *others = phrase.terms
    if len(others) < 4:
        return phrase.terms
    count = len(others)
    thirds = [others[count * third // 3 : count * (third + 1) // 3] for third in range(3)]
    return (first, *(max(third, key=partial(_rarity, head)) for third in thirds))
