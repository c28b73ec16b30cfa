"""What a question is about: documents with its rare pairs and words, wherever they stand. The twin of `question.js`."""

from __future__ import annotations

from math import log, sqrt
from typing import TYPE_CHECKING, NamedTuple

from zwgk_site.model.search import FACTS, TITLE
from zwgk_site.text.units import is_word, split_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zwgk_site.search.segment import Segment

COMMON = 0.3
"""A pair in more than this part of the documents says nothing."""


class Clue(NamedTuple):
    """A pair or a word: its documents by segment (1, or 2 in the title), and how much it says."""

    name: str
    documents: tuple[dict[int, int], ...]
    idf: float


def clues_of(text: str) -> list[tuple[str, ...]]:
    """The pairs and words of a text, each once."""
    units = split_units(text)
    found: list[tuple[str, ...]] = []
    for at, (unit, position) in enumerate(units):
        after = units[at + 1] if at + 1 < len(units) else None
        if is_word(unit):
            found.append((unit,))
        elif after and after[1] == position + 1 and not is_word(after[0]):
            found.append((unit, after[0]))
    return list(dict.fromkeys(found))


def match_pieces(
    segments: Sequence[Segment], pieces: Sequence[Sequence[str]]
) -> tuple[tuple[dict[int, float], ...], list[str]]:
    """Documents with their scores, by segment; and the pairs and words that were looked for. `pieces` each with its synonyms."""
    wordings = [[_find_clues(segments, wording) for wording in piece] for piece in pieces]
    scores: list[dict[int, float]] = [{} for _ in segments]
    held: list[dict[int, set[int]]] = [{} for _ in segments]
    weights = []
    for piece, choices in enumerate(wordings):
        weight = max(0.0, *(sum(clue.idf for clue in found) / sqrt(len(found) or 1) for found in choices))
        weights.append(weight)
        for at in range(len(segments)):
            for document, share in _best_shares(choices, at).items():
                scores[at][document] = scores[at].get(document, 0.0) + weight * share * share
                if share >= 0.5:
                    held[at].setdefault(document, set()).add(piece)
    order = sorted((piece for piece, weight in enumerate(weights) if weight), key=lambda piece: -weights[piece])
    for size in range(min(2, len(order)), -1, -1):
        needed = set(order[:size])
        kept = tuple(
            {document: score for document, score in found.items() if needed <= held[at].get(document, set())}
            for at, found in enumerate(scores)
        )
        if any(kept):
            return kept, [clue.name for choices in wordings for found in choices for clue in found]
    return tuple({} for _ in segments), []


def _find_clues(segments: Sequence[Segment], wording: str) -> list[Clue]:
    total = sum(segment.documents for segment in segments)
    found = []
    for units in clues_of(wording):
        documents = tuple(_find_clue(segment, units) for segment in segments)
        frequency = sum(map(len, documents))
        if frequency and (frequency < COMMON * total or total < 20):
            found.append(Clue("".join(units), documents, log(1 + total / frequency)))
    return found


def _find_clue(segment: Segment, units: tuple[str, ...]) -> dict[int, int]:
    """Living documents with a clue: 1, in the title 2."""
    key = segment.head.term_key(*units)
    found: dict[int, int] = {}
    for field in segment.fields_of(key):
        if field != FACTS:
            for document in segment.postings(key, field).documents:
                if document not in segment.dead:
                    found.setdefault(document, 2 if field == TITLE else 1)
    return found


def _best_shares(choices: Sequence[Sequence[Clue]], at: int) -> dict[int, float]:
    """How much of a piece each document has, by its best wording."""
    best: dict[int, float] = {}
    for found in choices:
        whole = sum(clue.idf for clue in found)
        shares: dict[int, float] = {}
        for clue in found:
            for document, place in clue.documents[at].items():
                shares[document] = shares.get(document, 0.0) + clue.idf * (1.25 if place > 1 else 1) / whole
        for document, share in shares.items():
            best[document] = max(best.get(document, 0.0), share)
    return best
