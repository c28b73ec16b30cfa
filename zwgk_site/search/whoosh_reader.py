"""The index for Whoosh: an `IndexReader` over a segment, so that its query language, scoring and facets run on our files.

Imports Whoosh, which costs 140 ms: only what needs it imports this module.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any

from whoosh.columns import ColumnReader
from whoosh.formats import Positions
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.reading import IndexReader, MultiReader, TermInfo, TermNotFound

from zwgk_site.model.search import BODY
from zwgk_site.search.columns import iso_day, year_of
from zwgk_site.search.phrase import Found, Phrase, find_phrase
from zwgk_site.search.whoosh_schema import CATEGORIES, DAYS, TEXT_FIELDS, search_schema, term_text, units_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from whoosh.matching import Matcher

    from zwgk_site.search.segment import Segment

Places = "Callable[[], dict[int, list[int]]]"
_FORMAT = Positions()


class UnitMatcher(ListMatcher):  # type: ignore[misc]  # Whoosh has no types
    """Documents of a term or a phrase; its positions are read when a span is asked for."""

    _i: int

    def __init__(  # noqa: PLR0913 - as its base
        self,
        documents: Sequence[int],
        weights: Sequence[float],
        places: Callable[[], dict[int, list[int]]] | None = None,
        scorer: Any = None,
        term: tuple[str, str] | None = None,
        info: TermInfo | None = None,
    ) -> None:
        super().__init__(documents, weights, None, _FORMAT, scorer, 0, None, term, info)
        self._read_places = places

    def copy(self) -> UnitMatcher:
        """The same at the same place."""
        other = UnitMatcher(self._ids, self._weights, self._read_places, self._scorer, self._term, self._terminfo)
        other._i = self._i
        return other

    def skip_to(self, id: int) -> None:  # noqa: A002 - the name that the base gives it
        """To the first document that is not before `id`."""
        self._i = bisect_left(self._ids, id, self._i)

    @cached_property
    def _highest(self) -> float:
        return max(self._weights, default=0.0)

    def block_max_weight(self) -> float:
        """All postings are one block."""
        return self._highest

    def value_as(self, astype: str) -> Any:
        """Positions or frequency of the document."""
        if astype in ("frequency", "weight"):
            return int(self.weight())
        places: list[int] = self._places[self.id()]
        return [(place, 1.0) for place in places] if astype == "position_boosts" else places

    def value(self) -> bytes:
        """The positions as `Positions` encodes them."""
        encoded: bytes = _FORMAT.encode(self._places[self.id()])
        return encoded

    @cached_property
    def _places(self) -> dict[int, list[int]]:
        return self._read_places() if self._read_places else {}


class ValueColumn(ColumnReader):  # type: ignore[misc]  # Whoosh has no types
    """A value in bytes for each document, as sorting and grouping ask for it."""

    def __init__(self, values: Sequence[bytes]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, document: int) -> bytes:
        return self._values[document]

    def sort_key(self, document: int) -> bytes:
        """The value itself."""
        return self._values[document]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._values)

    def load(self) -> Sequence[bytes]:
        """All values."""
        return self._values


class SegmentReader(IndexReader):  # type: ignore[misc]  # Whoosh has no types
    """One segment; a term's text is as `whoosh_schema.term_text` writes it, in UTF-8. Statistics count dead documents too."""

    def __init__(self, segment: Segment) -> None:
        self.schema = search_schema()
        self.segment_files = segment
        self._found: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
        self._lexicons: dict[str, list[bytes]] = {}
        self._by_value: dict[str, dict[str, list[int]]] = {}

    def __contains__(self, term: tuple[str, str | bytes]) -> bool:
        return bool(self._postings(*term)[0])

    def indexed_field_names(self) -> Iterator[str]:
        """The fields that can be searched."""
        return iter((*TEXT_FIELDS, *CATEGORIES, *DAYS))

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        """All terms, in the order of fields and bytes; reads every shard."""
        for name in sorted(self.indexed_field_names()):
            for text in self._lexicon(name):
                yield name, text

    def terms_from(self, fieldname: str, prefix: str | bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of the field from `prefix` on."""
        lexicon = self._lexicon(fieldname)
        for place in range(bisect_left(lexicon, _encoded(prefix)), len(lexicon)):
            yield fieldname, lexicon[place]

    def term_info(self, fieldname: str, text: str | bytes) -> TermInfo:
        """Statistics of a term."""
        documents, counts = self._postings(fieldname, text)
        if not documents:
            raise TermNotFound((fieldname, text))
        lengths = [1.0]
        if TEXT_FIELDS.get(fieldname) == BODY:
            lengths = [self.segment_files.head.body_lengths[document] for document in documents]
        return TermInfo(
            weight=sum(counts), df=len(documents), minlength=min(lengths), maxlength=max(lengths),
            maxweight=max(counts), minid=documents[0], maxid=documents[-1],
        )  # fmt: skip

    def frequency(self, fieldname: str, text: str | bytes) -> int:
        return sum(self._postings(fieldname, text)[1])

    def doc_frequency(self, fieldname: str, text: str | bytes) -> int:
        return len(self._postings(fieldname, text)[0])

    def postings(self, fieldname: str, text: str | bytes, scorer: Any = None) -> Matcher:
        """The living documents of a term."""
        info = self.term_info(fieldname, text)
        documents, counts = self._postings(fieldname, text)
        dead = self.segment_files.dead
        if dead:
            pairs = [pair for pair in zip(documents, counts, strict=True) if pair[0] not in dead]
            documents, counts = [document for document, _ in pairs], [count for _, count in pairs]
        if not documents:
            return NullMatcher()
        places = None
        if fieldname in TEXT_FIELDS:
            segment, field = self.segment_files, TEXT_FIELDS[fieldname]
            key = segment.head.term_key(*units_of(_decoded(text)))

            def places() -> dict[int, list[int]]:
                return segment.places(key, field, documents)

        return UnitMatcher(documents, counts, places, scorer, (fieldname, _decoded(text)), info)

    def find(self, fieldname: str, phrase: Phrase) -> Found:
        """Where a phrase stands in living documents, exactly."""
        found = find_phrase(self.segment_files, TEXT_FIELDS[fieldname], phrase)
        dead = self.segment_files.dead
        return found._replace(counts={key: count for key, count in found.counts.items() if key not in dead})

    def places_of(self, fieldname: str, phrase: Phrase, documents: Sequence[int]) -> dict[int, list[int]]:
        """Where the phrase begins in these documents."""
        field = TEXT_FIELDS[fieldname]
        found = find_phrase(self.segment_files, field, phrase)
        if found.starts:
            return {document: found.starts[document] for document in documents}
        return self.segment_files.places(self.segment_files.head.term_key(*phrase.terms[0][0]), field, documents)

    def has_deletions(self) -> bool:
        return bool(self.segment_files.dead)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.segment_files.dead

    def deleted_count(self) -> int:
        """How many documents no longer count."""
        return len(self.segment_files.dead)

    def doc_count_all(self) -> int:
        return self.segment_files.documents

    def doc_count(self) -> int:
        return self.segment_files.living

    def stored_fields(self, docnum: int) -> dict[str, str]:
        """What a hit can show, the whole body with it."""
        segment = self.segment_files
        record = segment.record(docnum)
        stored = {name: segment.text(docnum, field) for name, field in TEXT_FIELDS.items()}
        stored |= {name: ", ".join(label for _, label in record.facets[number]) for name, number in CATEGORIES.items()}
        stored |= {"identifier": ", ".join(record.identifiers), "number": record.document_number}
        return stored | {"url": record.url, "kind": record.kind, "state": record.state, "date": record.date,
                         "year": record.date[:4]}  # fmt: skip

    def field_length(self, fieldname: str) -> float:
        """The sum of all lengths, which are estimates for bodies and 1 for other fields."""
        is_body = TEXT_FIELDS.get(fieldname) == BODY
        return sum(self.segment_files.head.body_lengths) if is_body else self.doc_count_all()

    def min_field_length(self, fieldname: str) -> float:
        is_body = TEXT_FIELDS.get(fieldname) == BODY
        return min(self.segment_files.head.body_lengths, default=0) if is_body else 1

    def max_field_length(self, fieldname: str) -> float:
        is_body = TEXT_FIELDS.get(fieldname) == BODY
        return max(self.segment_files.head.body_lengths, default=0) if is_body else 1

    def doc_field_length(self, docnum: int, fieldname: str, default: float = 0) -> float:  # noqa: ARG002 - as its base
        return self.segment_files.head.body_lengths[docnum] if TEXT_FIELDS.get(fieldname) == BODY else 1

    def has_vector(self, docnum: int, fieldname: str) -> bool:  # noqa: ARG002 - as its base
        """No document has vectors."""
        return False

    def vector(self, docnum: int, fieldname: str, format_: Any = None) -> Any:  # noqa: ARG002 - as its base
        """No document has vectors."""
        raise KeyError(fieldname)

    def has_column(self, fieldname: str) -> bool:
        return fieldname in CATEGORIES or fieldname in DAYS

    def column_reader(self, fieldname: str, column: Any = None, **_options: Any) -> ValueColumn:  # noqa: ARG002 - as its base
        """The first value of each document."""
        if fieldname in DAYS:
            return ValueColumn([text.encode() for text in self._day_texts(fieldname)])
        facet = self.segment_files.columns.facets[CATEGORIES[fieldname]]
        first = [facet.values[row[0]][1].encode() if row else b"" for row in facet.combinations]
        return ValueColumn([first[row] for row in facet.rows])

    def _day_texts(self, name: str) -> list[str]:
        days = self.segment_files.columns.days
        known = {day: iso_day(day) if name == "date" else str(year_of(day) or "") for day in set(days)}
        return [known[day] for day in days]

    def _postings(self, fieldname: str, text: str | bytes) -> tuple[list[int], list[int]]:
        """All documents, dead ones too, and how often each has the term."""
        term = _decoded(text)
        if (fieldname, term) not in self._found:
            self._found[fieldname, term] = self._read_postings(fieldname, term)
        return self._found[fieldname, term]

    def _read_postings(self, fieldname: str, text: str) -> tuple[list[int], list[int]]:
        if fieldname in TEXT_FIELDS:
            units = units_of(text)
            key = self.segment_files.head.term_key(*units) if 0 < len(units) < 3 else b""
            found = self.segment_files.postings(key, TEXT_FIELDS[fieldname])
            return found.documents, found.counts
        documents = self._documents_by_value(fieldname).get(text, [])
        return documents, [1] * len(documents)

    def _documents_by_value(self, fieldname: str) -> dict[str, list[int]]:
        """The documents of each value of a facet, by its key and by its label; of a day or a year."""
        if fieldname not in self._by_value:
            found: dict[str, list[int]] = {}
            if fieldname in DAYS:
                for number, text in enumerate(self._day_texts(fieldname)):
                    found.setdefault(text, []).append(number)
            elif fieldname in CATEGORIES:
                facet = self.segment_files.columns.facets[CATEGORIES[fieldname]]
                rows = [{text for value in row for text in facet.values[value]} for row in facet.combinations]
                for number, row in enumerate(facet.rows):
                    for text in rows[row]:
                        found.setdefault(text, []).append(number)
            found.pop("", None)
            self._by_value[fieldname] = found
        return self._by_value[fieldname]

    def _lexicon(self, fieldname: str) -> list[bytes]:
        if fieldname not in self._lexicons:
            self._lexicons[fieldname] = sorted(set(self._read_lexicon(fieldname)))
        return self._lexicons[fieldname]

    def _read_lexicon(self, fieldname: str) -> Iterator[bytes]:
        segment = self.segment_files
        if fieldname in DAYS:
            yield from (text.encode() for text in set(self._day_texts(fieldname)) if text)
        elif fieldname in CATEGORIES:
            yield from (label.encode() for _, label in segment.columns.facets[CATEGORIES[fieldname]].values)
        elif fieldname in TEXT_FIELDS:
            field = TEXT_FIELDS[fieldname]
            for number in range(segment.head.shards if segment.documents else 0):
                shard = segment.shard(number)
                for key in shard.keys:
                    if field in shard.fields_of(key):
                        yield term_text(segment.head.units_of(key)).encode()


def open_reader(segments: Sequence[Segment]) -> IndexReader:
    """A reader of all segments."""
    readers = [SegmentReader(segment) for segment in segments]
    return readers[0] if len(readers) == 1 else MultiReader(readers)


def _decoded(text: str | bytes) -> str:
    return text.decode("utf-8") if isinstance(text, bytes) else text


def _encoded(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8")
