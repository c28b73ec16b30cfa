"""Whoosh's query language over the index: `title:条例 AND NOT body:修改`.

Imports Whoosh, which costs 140 ms: only what needs it imports this module.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, Any

from whoosh import query as whoosh_query
from whoosh.matching import MultiMatcher, NullMatcher, WrappingMatcher
from whoosh.qparser import FieldAliasPlugin, MultifieldParser
from whoosh.scoring import BM25F, BaseScorer, WeightScorer, bm25
from whoosh.searching import Searcher

from zwgk_site.search.phrase import Phrase
from zwgk_site.search.rank import FIELD_WEIGHTS, K
from zwgk_site.search.whoosh_reader import SegmentReader, UnitMatcher, open_reader
from zwgk_site.search.whoosh_schema import ALIASES, GAP, TEXT_FIELDS, search_schema, units_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whoosh.matching import Matcher

    from zwgk_site.search.segment import Segment

_PLAIN_MARKS = str.maketrans({"“": '"', "”": '"', "「": '"', "」": '"', "：": ":", "（": "(", "）": ")", "\u3000": " "})
_LENGTH_WEIGHT = 0.75


def parse_whoosh(text: str) -> whoosh_query.Query:
    """A query in Whoosh's language; without a field, in all but `facts`. Chinese marks and names of fields will do."""
    names = [name for name in TEXT_FIELDS if name != "facts"]
    boosts = {name: FIELD_WEIGHTS[TEXT_FIELDS[name]] for name in names}
    parser = MultifieldParser(names, search_schema(), fieldboosts=boosts, phraseclass=UnitPhrase)
    parser.add_plugin(FieldAliasPlugin(ALIASES))
    return parser.parse(text.translate(_PLAIN_MARKS))


def open_searcher(segments: Sequence[Segment]) -> Searcher:
    """A searcher over all segments, scoring with BM25F."""
    return Searcher(open_reader(segments), weighting=BM25F(K1=K, B=0.0, body_B=_LENGTH_WEIGHT))


class UnitPhrase(whoosh_query.Phrase):  # type: ignore[misc]  # Whoosh has no types
    """A phrase found as a whole by its terms, gaps and all; with a wider `slop`, by Whoosh's own spans."""

    def normalize(self) -> whoosh_query.Query:
        """A term, where it is only one."""
        words = [word for word in self.words if word]
        if len(words) == 1:
            return whoosh_query.Term(self.fieldname, words[0], boost=self.boost)
        return self if words else whoosh_query.NullQuery

    def terms(self, phrases: bool = False) -> Any:  # noqa: FBT001, FBT002 - as its base
        """Its words, for whoever marks them."""
        return (term for term in super().terms(phrases) if term[1] != GAP)

    def matcher(self, searcher: Searcher, context: Any = None) -> Matcher:
        """The documents that have it."""
        phrase = phrase_of_words(self.words) if self.slop == 1 else None
        if phrase is None:
            words = [word for word in self.words if word != GAP]
            plain = whoosh_query.Phrase(self.fieldname, words, self.slop, self.boost)
            return plain.matcher(searcher, context)
        weighting = context.weighting if context else searcher.weighting
        frequency = sum(
            len(leaf.reader().find(self.fieldname, phrase).counts) for leaf, _ in _leaves(searcher.get_parent())
        )
        matchers = []
        for leaf, offset in _leaves(searcher):
            found = _match(leaf, self.fieldname, phrase, _scorer(weighting, leaf, self.fieldname, frequency))
            if found:
                matchers.append((found, offset))
        if not matchers:
            return NullMatcher()
        if searcher.is_atomic():
            whole: Matcher = matchers[0][0]
        else:
            whole = MultiMatcher([found for found, _ in matchers], [offset for _, offset in matchers], None)
        return whole if self.boost == 1.0 else WrappingMatcher(whole, boost=self.boost)


def _leaves(searcher: Searcher) -> list[tuple[Searcher, int]]:
    return list(searcher.leaf_searchers())


def _match(leaf: Searcher, fieldname: str, phrase: Phrase, scorer: BaseScorer | None) -> UnitMatcher | None:
    reader: SegmentReader = leaf.reader()
    counts = reader.find(fieldname, phrase).counts
    if not counts:
        return None
    documents = sorted(counts)
    weights = [counts[document] for document in documents]

    def places() -> dict[int, list[int]]:
        return reader.places_of(fieldname, phrase, documents)

    return UnitMatcher(documents, weights, places, scorer)


class PhraseScorer(BaseScorer):  # type: ignore[misc]  # Whoosh has no types
    """BM25 of a phrase, as if it were a term."""

    def __init__(self, searcher: Searcher, fieldname: str, idf: float, weighting: BM25F) -> None:
        self._idf, self._fieldname, self._k = idf, fieldname, weighting.K1
        self._b = weighting._field_B.get(fieldname, weighting.B)  # noqa: SLF001 - there is no other way to it
        self._average = searcher.get_parent().avg_field_length(fieldname) or 1
        self._length = searcher.reader().doc_field_length

    def supports_block_quality(self) -> bool:
        return True

    def max_quality(self) -> float:
        """What no document exceeds."""
        return float(self._idf * (self._k + 1))

    def block_quality(self, matcher: Matcher) -> float:  # noqa: ARG002 - as its base
        return self.max_quality()

    def score(self, matcher: Matcher) -> float:
        length = self._length(matcher.id(), self._fieldname, 1)
        return float(bm25(self._idf, matcher.weight(), length, self._average, self._b, self._k))


def _scorer(weighting: Any, leaf: Searcher, fieldname: str, frequency: int) -> BaseScorer | None:
    if weighting is None:
        return None
    if not isinstance(weighting, BM25F):
        return WeightScorer(1.0)
    total = leaf.get_parent().doc_count_all()
    return PhraseScorer(leaf, fieldname, log(total / (frequency + 1)) + 1, weighting)


def phrase_of_words(words: Sequence[str]) -> Phrase | None:
    """The phrase that a list of terms and `GAP`s stands for; `None` if neighbours do not share a unit."""
    units: list[tuple[str, int]] = []
    at, fresh = 0, True
    for word in words:
        parts = units_of(word) if word != GAP else ()
        if not parts:
            at, fresh = at + 1, True
        elif fresh:
            units += [(part, at + step) for step, part in enumerate(parts)]
            at, fresh = at + len(parts), False
        elif len(parts) == 2 and units[-1][0] == parts[0]:
            units.append((parts[1], at))
            at += 1
        else:
            return None
    return Phrase(units) if units else None
