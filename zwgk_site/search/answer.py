"""`search`: a query to an answer. Opens the index anew each time, so it never answers from a release that is gone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

import msgspec

from zwgk_site.search.facets import NAMES, FacetCount, filter_hits
from zwgk_site.search.faults import SearchDamaged
from zwgk_site.search.files import IndexFiles
from zwgk_site.search.query import Filter, Query, parse_query
from zwgk_site.search.rank import CLASS, Handle, Order, rank_hits
from zwgk_site.search.readings import Outcome, Readings, other_wordings
from zwgk_site.search.segment import open_segments, read_synonyms
from zwgk_site.search.snippet import Span, show_hit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zwgk_site.search.segment import Segment

FEW = 5
"""Fewer hits than these, none of them by its title, call for synonyms as suggestions."""

IN_TITLE = 2 * CLASS

Sort = Literal["relevance", "date"]


class Options(TypedDict, total=False):
    """What may be asked besides the query: a page of hits, an order, keys of facets."""

    limit: int
    offset: int
    sort: Sort
    department: str
    item: str
    field: str
    stage: str
    year: str
    genre: str
    validity: str
    disclosure: str


class Hit(msgspec.Struct, frozen=True):
    """A document that was found (命中): `url` from the top of the output, `matched` the field, marks as `[start, end)`."""

    url: str
    title: str
    department: str
    document_number: str
    date: str
    kind: str
    state: str
    score: float
    snippet: str
    matched: str
    title_marks: tuple[Span, ...] = ()
    snippet_marks: tuple[Span, ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """What a query found (检索答复): `total` of all, one page of `hits`; `mode` how it was read, `used` what was searched.

    Facets are counted over everything found.
    """

    total: int
    mode: str
    used: str
    hits: tuple[Hit, ...] = ()
    facets: dict[str, tuple[FacetCount, ...]] = {}
    suggestions: tuple[str, ...] = ()


def search(output: Path | str, text: str, **options: Unpack[Options]) -> Answer:
    """Searches the index of the output folder. Raises `SearchError`, never answers from half an index."""
    files = IndexFiles(Path(output))
    manifest = files.manifest()
    try:
        return _search(files, text, options)
    except SearchDamaged:
        newer = IndexFiles(Path(output))
        if newer.manifest() == manifest:
            raise
        return _search(newer, text, options)  # a build has replaced the index meanwhile


def _search(files: IndexFiles, text: str, options: Options) -> Answer:
    segments = open_segments(files)
    query = parse_query(text)
    filters = _gather_filters(query, options)
    if not query.parts and not filters:
        return Answer(0, "none", "")
    outcome = Readings(segments, query, lambda: read_synonyms(files)).find()
    ids, facets = filter_hits(segments, [match.ids for match in outcome.found], filters)
    order = Order(outcome.is_number, options.get("sort") == "date", outcome.scores)
    handles = rank_hits(segments, outcome.query, outcome.found, ids, order)
    first = options.get("offset", 0)
    shown = handles[first : first + options.get("limit", 10)]
    hits = tuple(_make_hit(segments[handle.segment], handle, outcome.query) for handle in shown)
    return Answer(len(handles), outcome.mode, outcome.used, hits, facets, _suggest(files, outcome, handles))


def _gather_filters(query: Query, options: Options) -> dict[str, Filter]:
    """The filters of the query's text and of the options together."""
    given = {name: value for name in NAMES if (value := options.get(name))}
    return query.filters | {name: Filter((str(value),)) for name, value in given.items()}


def _make_hit(segment: Segment, handle: Handle, query: Query) -> Hit:
    record = segment.record(handle.document)
    shown = show_hit(segment, handle.document, query.parts)
    return Hit(
        record.url, record.title, record.department, record.document_number, record.date, record.kind, record.state,
        round(handle.score, 3), shown.snippet, shown.matched, shown.title_marks, shown.snippet_marks,
    )  # fmt: skip


def _suggest(files: IndexFiles, outcome: Outcome, handles: Sequence[Handle]) -> tuple[str, ...]:
    parts = outcome.query.parts
    in_title = bool(handles) and handles[0].score >= IN_TITLE
    if outcome.mode != "exact" or outcome.total >= FEW or in_title or any(part.exact for part in parts):
        return outcome.suggestions
    groups = read_synonyms(files)
    return tuple(text for part in parts for text in other_wordings(groups, part.text))[:8]
