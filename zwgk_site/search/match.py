"""Which documents match: parts of a query by their phrases, then all parts together. The twin of `match.js`; ranks nothing.

A phrase of more than `SHORT` units is found by four of its terms first; what then only seems to match is settled by the
texts, or by all terms where the candidates are many. How often it stands somewhere is counted by the terms that were used.
"""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from zwgk_site.model.search import ATTACHMENTS, BODY, FACTS, IDENTIFIER, KEYWORDS, NUMBER, TITLE
from zwgk_site.search.phrase import Phrase, find_phrase, find_terms, places_in
from zwgk_site.text.units import split_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zwgk_site.search.head import Head
    from zwgk_site.search.phrase import Found, Term
    from zwgk_site.search.query import Part, Query
    from zwgk_site.search.segment import Segment

MAIN = (TITLE, NUMBER, KEYWORDS, BODY, ATTACHMENTS)
SHORT = 8
READABLE = 50
"""So many candidates at most are looked up in their texts."""

_ORGAN = re.compile("(局|委|办|厅|院|府|中心|街道|镇|乡|区|县|市|会|部)$")


class Place(NamedTuple):
    """Where a part stands in a field: how often in each document; in titles from where to where; titles that begin with it.

    `spans` and `lengths` are of titles only.
    """

    counts: dict[int, int]
    spans: dict[int, list[tuple[int, int]]]
    lengths: dict[int, int]


class PartMatch(msgspec.Struct, frozen=True):
    """Where a part stands in a segment, by field (命中); unless `is_sure`, the texts may say otherwise."""

    part: Part
    fields: dict[int, Place]
    is_sure: bool


class SegmentMatch(msgspec.Struct, frozen=True):
    """The documents of a segment that match, ascending, living ones only; and where each part stands."""

    matches: tuple[PartMatch, ...]
    ids: list[int]


def match_query(segments: Sequence[Segment], query: Query, *, facts: bool = False) -> list[SegmentMatch]:
    """What a query finds in every segment; `facts` lets every part match there too."""
    return [_match_segment(segment, query, facts=facts) for segment in segments]


def _match_segment(segment: Segment, query: Query, *, facts: bool) -> SegmentMatch:
    fields = {part: fields_of(part, query, facts=facts) for part in (*query.parts, *query.excluded)}
    matches = tuple(match_part(segment, part, fields[part]) for part in query.parts)
    match = SegmentMatch(matches, join_parts(segment, matches))
    out: set[int] = set()
    for part in query.excluded:
        found = match_part(segment, part, fields[part])
        there = sorted(set(match.ids) & set(join_parts(segment, (found,))))
        out.update(_settle(segment, SegmentMatch((found,), there), fields).ids)
    if out:
        match = SegmentMatch(matches, [document for document in match.ids if document not in out])
    return _settle(segment, match, fields)


def fields_of(part: Part, query: Query, *, facts: bool = False) -> tuple[int, ...]:
    """The fields in which a part may stand."""
    fields = (*MAIN, IDENTIFIER) if part.joined else MAIN
    phrase = part.phrases[0]
    is_organ = len(query.parts) > 1 and len(phrase.units) > 2 and _ORGAN.search(part.text)
    return (*fields, FACTS) if facts or is_organ else fields


def match_part(segment: Segment, part: Part, fields: Iterable[int], *, whole: bool = False) -> PartMatch:
    """Where a part stands; `whole` counts every unit, however long it is."""
    together: dict[int, Place] = {}
    is_sure = True
    for phrase in part.phrases:
        places, sure = _match_phrase(segment, phrase, fields, whole=whole)
        is_sure &= sure or not places
        for field, place in places.items():
            together[field] = _unite(together[field], place) if field in together else place
    if part.joined and len(part.phrases[0].units) > 1:
        word = Phrase(split_units(part.joined))
        if len(word.units) == 1:
            places, _ = _match_phrase(segment, word, (IDENTIFIER,), whole=True)
            for field, place in places.items():
                together[field] = _unite(together[field], place) if field in together else place
    return PartMatch(part, together, is_sure)


def _match_phrase(
    segment: Segment, phrase: Phrase, fields: Iterable[int], *, whole: bool
) -> tuple[dict[int, Place], bool]:
    if not phrase.units or not all(segment.head.unit_key(unit) for unit, _ in phrase.units):
        return {}, True
    thin = _thin_terms(segment.head, phrase) if len(phrase.units) > SHORT and not whole else None
    found = {}
    for field in fields:
        if thin is not None:
            there = find_terms(segment, field, phrase, thin)
        else:
            there = find_phrase(segment, field, phrase, is_open=False)
        if there.counts:
            found[field] = _place(there, phrase.size)
    return found, thin is None and not phrase.lonely


def _place(found: Found, size: int) -> Place:
    spans = {document: [(start, start + size) for start in starts] for document, starts in found.starts.items()}
    return Place(found.counts, spans, found.lengths)


def _unite(one: Place, other: Place) -> Place:
    counts = dict(one.counts)
    for document, count in other.counts.items():
        counts[document] = counts.get(document, 0) + count
    spans = dict(one.spans)
    for document, found in other.spans.items():
        spans[document] = spans.get(document, []) + found
    return Place(counts, spans, one.lengths | other.lengths)


def join_parts(segment: Segment, matches: Sequence[PartMatch]) -> list[int]:
    """The living documents that have every part, ascending; all if there is no part."""
    if not matches:
        return [document for document in range(segment.documents) if document not in segment.dead]
    sets = [set().union(*(place.counts for place in match.fields.values())) for match in matches]
    return sorted(reduce(set.__and__, sorted(sets, key=len)) - segment.dead)


def _settle(segment: Segment, match: SegmentMatch, fields: dict[Part, tuple[int, ...]]) -> SegmentMatch:
    """Takes away what only seemed to match: by the texts if they are few, otherwise by all positions."""
    unsure = [one for one in match.matches if not one.is_sure]
    ids = match.ids
    if not unsure or not ids:
        return match
    units = sum(len(one.part.phrases[0].units) for one in unsure)
    if len(ids) > READABLE or _count_chunks(segment.head, ids) > max(12, units):
        settled = tuple(
            one if one.is_sure else match_part(segment, one.part, fields[one.part], whole=True) for one in match.matches
        )
        ids = sorted(set(ids) & set(join_parts(segment, settled)))
        if len(ids) > READABLE or all(one.is_sure for one in settled):
            return SegmentMatch(settled, ids)
    parts = [one.part for one in unsure]
    return SegmentMatch(match.matches, [document for document in ids if holds_parts(segment, document, parts)])


def _count_chunks(head: Head, ids: Iterable[int]) -> int:
    """How many text chunks hold these documents."""
    return sum(1 + head.chunks.more_of(number) for number in {head.chunks.index_of(document) for document in ids})


def holds_parts(segment: Segment, document: int, parts: Iterable[Part]) -> bool:
    """Whether the texts of a document really have all these parts, each within a field."""
    left = list(parts)
    for field in (TITLE, NUMBER, KEYWORDS, ATTACHMENTS, FACTS, IDENTIFIER, BODY):
        if not left:
            break
        units = segment.units(document, field)
        left = [part for part in left if not any(places_in(units, phrase) for phrase in part.phrases)]
    return not left


def _thin_terms(head: Head, phrase: Phrase) -> tuple[Term, ...]:
    """The terms of a long phrase that are looked at first: the first, and the rarest of each third of the others."""
    first, *others = phrase.terms
    if len(others) < 4:
        return phrase.terms
    count = len(others)
    thirds = [others[count * third // 3 : count * (third + 1) // 3] for third in range(3)]
    return (first, *(max(third, key=lambda term: sum(map(head.rarity, term[0]))) for third in thirds))
