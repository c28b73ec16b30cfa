"""What is shown of a document: a passage of its text with marks. The twin of `snippet.js`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zwgk_site.search.place import locate_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zwgk_site.search.phrase import Phrase
    from zwgk_site.search.place import PlacedUnit
    from zwgk_site.search.query import Part
    from zwgk_site.search.segment import Segment
    from zwgk_site.search.stored import StoredRecord

LENGTH, BEFORE = 100, 25
"""Characters of a snippet, and of it before the first mark."""

PIECES = 4
"""So many pieces of a long document are read at most, besides the first."""

Span = tuple[int, int]
_SENTENCE = re.compile("[。；\n][^。；\n]*\\Z")


class Mark(NamedTuple):
    """Where a part stands in a text."""

    start: int
    end: int
    part: int


class Shown(NamedTuple):
    """What is shown of a hit: where it matched, marks of its title, a passage and its marks."""

    matched: str
    title_marks: tuple[Span, ...]
    snippet: str
    snippet_marks: tuple[Span, ...]


def show_hit(segment: Segment, document: int, parts: Sequence[Part]) -> Shown:
    """The passage with most different parts, out of the body or, where there is none, the facts."""
    record = segment.record(document)
    title_marks = find_marks(record.title, parts)
    body = segment.body_until(document, PIECES, lambda text: bool(title_marks or find_marks(text, parts)))
    marks = find_marks(body, parts)
    matched = "title" if title_marks else _matched_field(record, parts, in_body=bool(marks))
    if not body or (matched == "facts" and not marks):
        body = record.facts
        marks = find_marks(body, parts)
    return Shown(matched, clip_marks(title_marks, 0, len(record.title)), *choose_passage(body, marks))


def _matched_field(record: StoredRecord, parts: Sequence[Part], *, in_body: bool) -> str:
    """The first of the fields that has some part; facts only if the body has none."""
    texts = {
        "number": record.document_number,
        "keywords": record.keywords,
        "attachments": record.attachments,
        "facts": "" if in_body else record.facts,
    }
    for name, text in texts.items():
        units = locate_units(text)
        if any(find_among(units, phrase) for part in parts for phrase in part.phrases):
            return name
    is_identifier = not in_body and record.identifiers and any(part.joined for part in parts)
    return "number" if is_identifier else "body"


def find_marks(text: str, parts: Sequence[Part]) -> list[Mark]:
    """Where parts stand in a text, ascending."""
    units = locate_units(text)
    marks = [
        Mark(units[first].start, units[last].end, number)
        for number, part in enumerate(parts)
        for phrase in part.phrases
        for first, last in find_among(units, phrase)
    ]
    return sorted(marks)


def find_among(units: Sequence[PlacedUnit], phrase: Phrase) -> list[Span]:
    """Where a phrase stands among units: numbers of its first and last unit."""
    if not phrase.units:
        return []
    number_of = {item.position: number for number, item in enumerate(units)}
    first, size = phrase.units[0][0], phrase.size
    found = []
    for number, item in enumerate(units):
        if item.unit == first and all(
            (at := number_of.get(item.position + far)) is not None and units[at].unit == unit
            for unit, far in phrase.units
        ):
            found.append((number, number_of[item.position + size - 1]))
    return found


def clip_marks(marks: Sequence[Mark], start: int, stop: int) -> tuple[Span, ...]:
    """Marks within `[start, stop)` of a text, joined where they touch, as places of that piece."""
    clipped: list[Span] = []
    for mark in marks:
        low, high = max(mark.start, start) - start, min(mark.end, stop) - start
        if low >= high:
            continue
        if clipped and low <= clipped[-1][1]:
            clipped[-1] = (clipped[-1][0], max(clipped[-1][1], high))
        else:
            clipped.append((low, high))
    return tuple(clipped)


def choose_passage(text: str, marks: Sequence[Mark]) -> tuple[str, tuple[Span, ...]]:
    """The passage with most different parts, from the beginning of a sentence if that is near; and its marks."""
    best, begin = 0, 0
    for number, mark in enumerate(marks):
        inside = [one for one in marks[number : number + 40] if one.end <= mark.start + LENGTH - BEFORE]
        score = len({one.part for one in inside}) * 100 + min(99, len(inside))
        if score > best:
            best, begin = score, mark.start
    start = max(0, min(begin - BEFORE, len(text) - LENGTH))
    sentence = _SENTENCE.search(text[start:begin])
    if start and sentence:
        start += sentence.start() + 1
    stop = min(len(text), start + LENGTH)
    return re.sub(r"\s", " ", text[start:stop]), clip_marks(marks, start, stop)
