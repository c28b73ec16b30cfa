"""What a query finds; what only seemed to match is settled by texts. With `match` the twin of `match.js` and `doubtful.js`.

Whatever is shown or counted is exact, so that neither cuts nor merges of the index can be seen in an answer.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.search import TITLE
from zwgk_site.search.match import SHORT, PartMatch, Place, SegmentMatch, fields_of, join_parts, match_part
from zwgk_site.search.phrase import Phrase, places_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zwgk_site.search.head import Head
    from zwgk_site.search.query import Part, Query
    from zwgk_site.search.segment import Segment

READABLE = 50
"""So many candidates at most are looked up in their texts, where that is the only way."""

FEW_CHUNKS = 12
"""So many text chunks at most are read to settle a long phrase, before all its positions are."""


def match_query(segments: Sequence[Segment], query: Query, *, facts: bool = False) -> list[SegmentMatch]:
    """What a query finds in every segment; `facts` lets every part match there too."""
    found = [_match_parts(segment, query, query.parts, facts=facts) for segment in segments]
    for part in query.excluded:
        without = [_match_parts(segment, query, (part,), facts=facts) for segment in segments]
        there = [
            SegmentMatch(one.matches, sorted(set(one.ids) & set(other.ids)))
            for one, other in zip(without, found, strict=True)
        ]
        settled = _settle(segments, query, there, facts=facts)
        found = [
            SegmentMatch(one.matches, sorted(set(one.ids) - set(out.ids)))
            for one, out in zip(found, settled, strict=True)
        ]
    return _settle(segments, query, found, facts=facts)


def _match_parts(segment: Segment, query: Query, parts: Iterable[Part], *, facts: bool) -> SegmentMatch:
    matches = tuple(match_part(segment, part, fields_of(part, query, facts=facts)) for part in parts)
    return SegmentMatch(matches, join_parts(segment, matches))


def _settle(segments: Sequence[Segment], query: Query, found: list[SegmentMatch], *, facts: bool) -> list[SegmentMatch]:
    """Takes away what only seemed to match: by all positions of long phrases, then by reading texts."""
    doubtful = [_doubtful(one) for one in found]
    chunks = sum(_count_chunks(segment.head, ids) for segment, ids in zip(segments, doubtful, strict=True))
    if any(_has_long(one) for one in found) and (sum(map(len, doubtful)) > READABLE or chunks > FEW_CHUNKS):
        found = [_match_whole(segment, query, one, facts=facts) for segment, one in zip(segments, found, strict=True)]
        doubtful = [_doubtful(one) for one in found]
    if sum(map(len, doubtful)) > READABLE and any(_has_lonely(one) for one in found):
        plain = _match_without_lonely(segments, query, found, facts=facts)
        if sum(len(one.ids) for one in plain) > READABLE:
            return plain
        found = [
            SegmentMatch(one.matches, sorted(set(one.ids) & set(other.ids)))
            for one, other in zip(found, plain, strict=True)
        ]
        doubtful = [_doubtful(one) for one in found]
    return [
        _read_places(segment, one, ids) if ids else one
        for segment, one, ids in zip(segments, found, doubtful, strict=True)
    ]


def _doubtful(match: SegmentMatch) -> frozenset[int]:
    """The documents that are found, but where only the text can tell."""
    places = chain.from_iterable(one.fields.values() for one in match.matches)
    return frozenset(match.ids).intersection(frozenset().union(*(place.open for place in places)))


def _count_chunks(head: Head, ids: Iterable[int]) -> int:
    """How many text chunks hold these documents."""
    return sum(1 + head.chunks.more_of(number) for number in {head.chunks.index_of(document) for document in ids})


def _has_long(match: SegmentMatch) -> bool:
    return any(len(phrase.units) > SHORT for one in match.matches for phrase in one.part.phrases)


def _has_lonely(match: SegmentMatch) -> bool:
    """Whether a character stands between gaps, which no term holds."""
    return any(phrase.lonely and phrase.terms for one in match.matches for phrase in one.part.phrases)


def _match_without_lonely(
    segments: Sequence[Segment], query: Query, found: list[SegmentMatch], *, facts: bool
) -> list[SegmentMatch]:
    """What is found if characters between gaps do not count: so many texts are not read to look for these.

    Not even whether a segment has such a character at all counts, or it would matter which documents it holds.
    """
    plain = []
    for segment, match in zip(segments, found, strict=True):
        parts = [(_drop_lonely(one.part), fields_of(one.part, query, facts=facts)) for one in match.matches]
        matches = tuple(match_part(segment, part, fields) for part, fields in parts)
        plain.append(SegmentMatch(matches, join_parts(segment, matches)))
    return _settle(segments, query, plain, facts=facts)


def _drop_lonely(part: Part) -> Part:
    return msgspec.structs.replace(part, phrases=tuple(map(_drop_lonely_units, part.phrases)))


def _drop_lonely_units(phrase: Phrase) -> Phrase:
    lonely = {at for _, at in phrase.lonely}
    kept = [(unit, at) for unit, at in phrase.units if at not in lonely]
    return Phrase(((unit, at - kept[0][1]) for unit, at in kept), phrase.text) if kept and lonely else phrase


def _match_whole(segment: Segment, query: Query, match: SegmentMatch, *, facts: bool) -> SegmentMatch:
    """By all positions."""
    matches = tuple(
        match_part(segment, one.part, fields_of(one.part, query, facts=facts), whole=True) for one in match.matches
    )
    return SegmentMatch(matches, sorted(set(match.ids) & set(join_parts(segment, matches))))


def _read_places(segment: Segment, match: SegmentMatch, wanted: frozenset[int]) -> SegmentMatch:
    """The match with what the texts of the documents `wanted` say instead of what was open in them."""
    matches = tuple(
        PartMatch(
            one.part,
            {field: _read_place(segment, one.part, field, place, wanted) for field, place in one.fields.items()},
        )
        for one in match.matches
    )
    return SegmentMatch(matches, sorted(set(match.ids) & set(join_parts(segment, matches))))


def _read_place(segment: Segment, part: Part, field: int, place: Place, wanted: frozenset[int]) -> Place:
    read = place.open & wanted
    if not read:
        return place
    counts = {document: count for document, count in place.counts.items() if document not in read}
    spans, lengths = dict(place.spans), dict(place.lengths)
    for document in sorted(read):
        units = segment.units(document, field)
        found = [(start, start + phrase.size) for phrase in part.phrases for start in places_in(units, phrase)]
        if found:
            counts[document] = len(found)
        if found and field == TITLE:
            spans[document], lengths[document] = found, units[-1][1] + 1
    return Place(counts, spans, lengths, place.open - read)
