"""What a question is about: documents that hold most of its pieces, by pairs and words alone. The twin of `fallback.js`."""

from __future__ import annotations

import re
from heapq import nlargest
from math import inf, log, sqrt
from typing import TYPE_CHECKING, NamedTuple

from zwgk_site.model.search import FACTS, TITLE
from zwgk_site.search.query import BLANK
from zwgk_site.text.units import fold_text, is_word, split_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zwgk_site.search.segment import Segment

COMMON = 0.25
"""A pair in more than this part of the documents says nothing."""

RARE = 5
"""Rarer than this, a pair says no more."""

IN_TITLE = 1.1
HELD, GOOD, FILL = 0.66, 0.4, 10
"""A piece counts as held from this part of its clues on; hits have at least this part of the best score, and so many best do anyway."""

_ASKING = re.compile(
    "请问|想问|怎么样|怎么办|怎么|怎样|如何|哪些|哪里|哪儿|哪个|哪种|什么样|什么时候|什么|为什么|为何|可不可以|能不能|会不会|是不是|算不算|要不要|有没有|可以|能否|是否|应该|应当|"
    "多久|多少|多长时间|多长|多大|几个|几天|几年|几次|需要|想要|必须|或者|我们|这个|那个|[吗呢吧啊的了我你他她们谁被把与是给]|和(?!解|谐)|[去要](?!求)|有(?!限|关|效)|不(?!动产|服|良|履|予|得)|"
    "在(?!职|校|建)|会(?!议|计|员)|能(?!力|源)|对(?!象)"
)
_QUESTION = re.compile("[?？吗呢]|怎么|怎样|如何|哪|什么|为何|能不能|是否|多久|多少|几|谁|可以")
_PIECES = re.compile(f'[{BLANK},;:!?、。"“”]+')


class Clue(NamedTuple):
    """A pair or a word: its living documents by segment with what they count, and how many they are."""

    text: str
    documents: tuple[dict[int, float], ...]
    frequency: int


def is_question(text: str) -> bool:
    """Whether a query reads like a question."""
    return bool(_QUESTION.search(text))


def content_pieces(text: str) -> tuple[str, ...]:
    """The pieces of a question that carry meaning, each of at least two characters."""
    return tuple(piece for piece in _PIECES.split(_ASKING.sub("\n", fold_text(text))) if len(piece) > 1)


def split_at_synonyms(groups: Sequence[Sequence[str]], piece: str) -> list[list[str]]:
    """A piece in wordings: words with synonyms apart from the rest."""
    group = next((words for words in groups if any(word in piece for word in words)), None)
    word = max((word for word in group if word in piece), key=len) if group else ""
    if not group or not word:
        return [[piece]] if len(piece) > 1 else []
    before, _, behind = piece.partition(word)
    return [*split_at_synonyms(groups, before), list(group), *split_at_synonyms(groups, behind)]


def match_pieces(
    segments: Sequence[Segment], pieces: Sequence[Sequence[str]]
) -> tuple[tuple[dict[int, float], ...], list[str]]:
    """Documents with their scores, by segment; and the pairs and words that were looked for. `pieces` in several wordings.

    Where nothing but what is everywhere is left of a question, that counts. The square of what is held of a piece counts, and the square of how many pieces are held.
    """
    total = sum(segment.living for segment in segments)
    sums: list[dict[int, float]] = [{} for _ in segments]
    held: list[dict[int, float]] = [{} for _ in segments]
    everything = [[_find_clues(segments, wording) for wording in piece] for piece in pieces]
    clues = [clue for piece in everything for wording in piece for clue in wording]
    limit = COMMON * total if total >= 20 and any(clue.frequency < COMMON * total for clue in clues) else inf
    for piece in everything:
        wordings = [[clue for clue in wording if clue.frequency < limit] for wording in piece]
        for at in range(len(segments)):
            best, whole = _hold_piece(wordings, total, at)
            for document, found in best.items():
                sums[at][document] = sums[at].get(document, 0.0) + found * found
                held[at][document] = held[at].get(document, 0.2) + (document in whole)
    scores = [
        {document: found * held[at][document] ** 2 for document, found in row.items()} for at, row in enumerate(sums)
    ]
    texts = [clue.text for clue in clues if clue.frequency < limit]
    highest = nlargest(FILL, (score for row in scores for score in row.values()))
    least = min(GOOD * highest[0], highest[-1]) if highest else 0.0
    return tuple({document: score for document, score in row.items() if score >= least} for row in scores), texts


def _hold_piece(wordings: Sequence[Sequence[Clue]], total: int, at: int) -> tuple[dict[int, float], set[int]]:
    """How much of a piece each document of a segment holds, by its best wording; and which hold it as a whole."""
    best: dict[int, float] = {}
    whole: set[int] = set()
    for clues in filter(None, wordings):
        weight = max(log(1 + total / (clue.frequency + RARE)) for clue in clues) / sqrt(len(clues))
        own: dict[int, float] = {}
        for clue in clues:
            for document, place in clue.documents[at].items():
                own[document] = own.get(document, 0.0) + weight * place
        for document, found in own.items():
            best[document] = max(found, best.get(document, 0.0))
            if found >= HELD * weight * len(clues):
                whole.add(document)
    return best, whole


def _find_clues(segments: Sequence[Segment], text: str) -> list[Clue]:
    """The pairs and words of a text that are somewhere."""
    units = [unit for unit, _ in split_units(text)]
    found = []
    for at, unit in enumerate(units):
        pair = (unit,) if is_word(unit) else tuple(units[at : at + 2])
        if len(pair) == 1 and not is_word(unit):
            continue
        documents = tuple(_find_clue(segment, pair) for segment in segments)
        frequency = sum(map(len, documents))
        if frequency:
            found.append(Clue("".join(pair), documents, frequency))
    return found


def _find_clue(segment: Segment, units: tuple[str, ...]) -> dict[int, float]:
    """Living documents with a clue: 1, more in the title."""
    key = segment.head.term_key(*units)
    found: dict[int, float] = {}
    for field in segment.fields_of(key):
        if field != FACTS:
            for document in segment.postings(key, field).documents:
                if document not in segment.dead:
                    found.setdefault(document, IN_TITLE if field == TITLE else 1.0)
    return found
