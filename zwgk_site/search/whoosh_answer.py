"""A search in Whoosh's query language, answered as any other: for `zwgk search --whoosh`.

Imports Whoosh, which costs 80 ms and more: only what needs it imports this module.
"""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from whoosh import query as whoosh_query
from whoosh.sorting import FieldFacet

from zwgk_site.search.answer import Answer, Hit
from zwgk_site.search.facets import NAMES, filter_hits
from zwgk_site.search.files import IndexFiles
from zwgk_site.search.query import Part
from zwgk_site.search.segment import open_segments
from zwgk_site.search.snippet import show_hit
from zwgk_site.search.whoosh_query import UnitPhrase, open_searcher, parse_whoosh, phrase_of_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from whoosh.searching import Results

    from zwgk_site.search.answer import Options
    from zwgk_site.search.segment import Segment


def search_whoosh(output: Path | str, text: str, **options: Unpack[Options]) -> Answer:
    """Searches in Whoosh's language, scored by Whoosh. Raises `SearchError` as `search` does."""
    segments = open_segments(IndexFiles(Path(output)))
    tree = parse_whoosh(text)
    wanted = [whoosh_query.Term(name, str(value)) for name in NAMES if (value := options.get(name))]
    first, limit = options.get("offset", 0), options.get("limit", 10)
    order = {"sortedby": FieldFacet("date", reverse=True)} if options.get("sort") == "date" else {}
    with open_searcher(segments) as searcher:
        results = searcher.search(
            tree,
            limit=max(1, first + limit),
            filter=whoosh_query.And(wanted) if wanted else None,
            **order,
        )
        parts = _parts_of(tree)
        hits = tuple(_make_hit(segments, docnum, score, parts) for docnum, score in _page(results, first, limit))
        found = results.docs()  # their number may differ from what `len(results)` says where a NOT was cut short
        _, facets = filter_hits(segments, _by_segment(segments, found), {})
        return Answer(len(found), "whoosh", str(tree), hits, facets)


def _by_segment(segments: Sequence[Segment], docnums: Iterable[int]) -> list[list[int]]:
    """The documents of each segment, by the numbers they have there."""
    found: list[list[int]] = []
    left, offset = sorted(docnums), 0
    for segment in segments:
        end = bisect_left(left, offset + segment.documents)
        found.append([number - offset for number in left[:end]])
        left, offset = left[end:], offset + segment.documents
    return found


def _page(results: Results, first: int, limit: int) -> list[tuple[int, float]]:
    return [(docnum, score) for score, docnum in results.top_n[first : first + limit]]


def _make_hit(segments: Sequence[Segment], docnum: int, score: Any, parts: Sequence[Part]) -> Hit:
    for segment in segments:
        if docnum < segment.documents:
            break
        docnum -= segment.documents
    record = segment.record(docnum)
    shown = show_hit(segment, docnum, parts)
    number = round(score, 3) if isinstance(score, float) else 0.0
    return Hit(
        record.url, record.title, record.department, record.document_number, record.date, record.kind, record.state,
        number, shown.snippet, shown.matched, shown.title_marks, shown.snippet_marks,
    )  # fmt: skip


def _parts_of(tree: whoosh_query.Query) -> list[Part]:
    """What is to be marked: the terms and phrases of a query that are not forbidden."""
    found = []
    for leaf in tree.leaves() if hasattr(tree, "leaves") else ():
        words = leaf.words if isinstance(leaf, UnitPhrase) else [getattr(leaf, "text", "")]
        phrase = phrase_of_words([word for word in words if isinstance(word, str) and word])
        if phrase:
            found.append(Part((phrase,)))
    return found
