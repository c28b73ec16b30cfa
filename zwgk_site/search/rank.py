"""The order of what was found: classes first (title, number, keywords, body), BM25F within them. The twin of `rank.js`."""

from __future__ import annotations

import re
from math import log
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from zwgk_site.model.search import BODY, FIELDS, IDENTIFIER, KEYWORDS, NUMBER, TITLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zwgk_site.search.match import PartMatch, Place, SegmentMatch
    from zwgk_site.search.query import Query
    from zwgk_site.search.segment import Segment

FIELD_WEIGHTS = (10.0, 8.0, 8.0, 3.0, 4.0, 1.0, 2.0)
"""By field: title, number, identifier, facts, keywords, body, attachments."""

K = 1.2
"""How soon more of the same word counts no more (BM25)."""

CLASS = 10000
"""Above every sum of a query's weights, so that a class outweighs them."""

_CODE = re.compile(r"(?=.*[0-9]).{6,}")
"""Letters and digits that can only be meant as an index number."""


class Order(msgspec.Struct, frozen=True):
    """How hits are ordered (排序): `is_number`: the query is a document number; `scores`: those that documents have already."""

    is_number: bool = False
    by_date: bool = False
    scores: tuple[dict[int, float], ...] | None = None


class Handle(NamedTuple):
    """A document that was found, before its text is read."""

    segment: int
    document: int
    score: float


def rank_hits(
    segments: Sequence[Segment], query: Query, found: Sequence[SegmentMatch], ids: Sequence[list[int]], order: Order
) -> list[Handle]:
    """The documents `ids` of each segment with their scores, best first.

    Of equals the newer one comes first, of one day that which is last by its URL: `record_order` of the index from behind,
    in which a segment's `places` say where its documents stand among those of earlier segments.
    """
    weights = [] if order.scores is not None else _weights(segments, query, found)
    rows: list[tuple[float, float, tuple[float, ...], int, int]] = []
    for number, segment in enumerate(segments):
        if not ids[number]:
            continue
        if order.scores is not None:
            scores = {document: order.scores[number].get(document, 0.0) for document in ids[number]}
        else:
            scores = _score(segment, query, found[number].matches, ids[number], weights, is_number=order.is_number)
        days, places = segment.columns.days, segment.columns.places
        for document, score in scores.items():
            first, second = (days[document], score) if order.by_date else (score, days[document])
            key = (*(place[document] - 0.5 for place in places), document)
            rows.append((first, second, key, number, document))
    rows.sort(reverse=True)
    return [Handle(number, document, other if order.by_date else one) for one, other, _, number, document in rows]


def _weights(segments: Sequence[Segment], query: Query, found: Sequence[SegmentMatch]) -> list[list[float]]:
    """What a part weighs in each field: the rarer it is there among the hits, the more.

    Of other documents rare terms do not tell for certain where a phrase stands.
    """
    total = sum(segment.living for segment in segments)
    hits = [frozenset(one.ids) for one in found]
    weights = []
    for part in range(len(query.parts)):
        row = []
        for field in range(len(FIELDS)):
            frequency = 0
            for ids, one in zip(hits, found, strict=True):
                place = one.matches[part].fields.get(field)
                frequency += len(place.counts.keys() & ids) if place else 0
            row.append(FIELD_WEIGHTS[field] * log(1 + (total - frequency + 0.5) / (frequency + 0.5)))
        weights.append(row)
    return weights


def _score(  # noqa: PLR0913 - all that a score comes from
    segment: Segment,
    query: Query,
    matches: Sequence[PartMatch],
    ids: Sequence[int],
    weights: Sequence[Sequence[float]],
    *,
    is_number: bool,
) -> dict[int, float]:
    scores = dict.fromkeys(ids, 0.0)
    levels = [
        dict.fromkeys(ids, 0) for _ in range(3)
    ]  # parts in the title; in numbers; in any of title, numbers, keywords
    lengths = segment.head.body_lengths
    for number, match in enumerate(matches):
        for field, place in sorted(match.fields.items()):  # always the same sum, to the last bit
            weight = weights[number][field]
            for document, count in place.counts.items():
                if document in scores:
                    k = K * (0.25 + 0.75 * lengths[document]) if field == BODY else K
                    scores[document] += weight * count / (count + k)
            is_direct = field == NUMBER or (field == IDENTIFIER and bool(_CODE.fullmatch(match.part.joined)))
            _count_levels(levels, number, field, place, is_direct=is_direct)
    parts = len(query.parts)
    if not parts:
        return scores
    is_code = is_number or (parts == 1 and bool(_CODE.fullmatch(query.parts[0].joined)))
    titles = [match.fields.get(TITLE) for match in matches]
    for document in ids:
        level = 0
        if is_code and levels[1][document] == parts:
            level = 5
        elif levels[0][document] == parts:
            level = _title_class(titles, document)
        elif levels[2][document] == parts:
            level = 1
        scores[document] += level * CLASS
    return scores


def _count_levels(levels: list[dict[int, int]], number: int, field: int, place: Place, *, is_direct: bool) -> None:
    in_title, direct, near = levels
    if field == TITLE:
        for document in place.counts:
            if document in in_title:
                in_title[document] += 1
    for level, counts in ((direct, is_direct), (near, field in (TITLE, KEYWORDS) or is_direct)):
        if counts:
            for document in place.counts:
                if level.get(document) == number:
                    level[document] += 1


def _title_class(titles: Sequence[Place | None], document: int) -> int:
    """How a title matches parts that all stand in it: 4 it is the query, 3 it begins with it, 2 otherwise.

    Parts that follow one another count as one phrase.
    """
    ends = {0}
    for place in titles:
        spans = place.spans.get(document, ()) if place else ()
        ends = {stop for start, stop in spans if start in ends}
    if not ends:
        return 2
    length = titles[0].lengths.get(document, 0) if titles[0] else 0
    return 4 if length in ends else 3
