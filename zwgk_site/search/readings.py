"""All readings of a query, one after another, until one finds something. The twin of `engine.js`."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.search.match import SegmentMatch
from zwgk_site.search.phrase import Phrase
from zwgk_site.search.query import (
    Part,
    Query,
    make_choice,
    make_part,
    number_writings,
    parse_query,
)
from zwgk_site.search.question import content_pieces, is_question, match_pieces, split_at_synonyms
from zwgk_site.search.settle import match_query
from zwgk_site.search.spelling import (
    Spellings,
    is_small,
    read_pinyin,
    spell_alike,
    spell_halves,
    spell_initials,
    spell_pinyin,
)
from zwgk_site.text.units import fold_text, is_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zwgk_site.search.segment import Segment

TRIED = 6
"""So many spellings are tried, in a small index `ALL_TRIED`."""

ALL_TRIED = 24
_PINYIN = re.compile("[a-zü'’ ]+", re.IGNORECASE)
_INITIALS = re.compile("[a-z]{2,}")
_WORD = re.compile("[a-z0-9]+")
_DATE = re.compile("((?:19|20)[0-9]{2})[年/.-]([0-9]{1,2})[月/.-]([0-9]{1,2})日?")
_BORDER = re.compile("[a-z](?=[0-9])|[0-9](?=[a-z])")
_BLANKS = re.compile("([a-z]) +(?=[0-9])")


class Outcome(msgspec.Struct, frozen=True):
    """What a reading of the query found (检索结果): `mode` says which, `used` is the query that was run instead.

    `scores` by segment where they do not come from the matches.
    """

    mode: str
    query: Query
    found: tuple[SegmentMatch, ...]
    used: str
    is_number: bool = False
    scores: tuple[dict[int, float], ...] | None = None
    suggestions: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many documents."""
        return sum(len(match.ids) for match in self.found)


class Readings:
    """The readings of one query over an index."""

    def __init__(self, segments: Sequence[Segment], query: Query, read_synonyms: Callable[[], list[list[str]]]) -> None:
        self._segments, self._query, self._read_synonyms = segments, query, read_synonyms

    @cached_property
    def _tried(self) -> int:
        return ALL_TRIED if is_small(self._segments) else TRIED

    def find(self) -> Outcome:
        """The first reading that finds something; mode `none` if there is none."""
        parts = self._query.parts
        is_free = any(not part.exact for part in parts)
        writings = number_writings(words_of(self._query)) if is_free else ()
        exact = None
        if not writings or len(parts) == 1:
            exact = self._attempt("exact", self._query, is_number=bool(writings))
            if exact.total:
                return exact
        for writing in writings:
            outcome = self._attempt("number", self._with((writing,)), is_number=True)
            if outcome.total:
                return outcome
        plain = exact or self._attempt("exact", self._query)
        if plain.total:
            return plain
        return self._find_other(plain) if is_free else msgspec.structs.replace(plain, mode="none")

    def _find_other(self, exact: Outcome) -> Outcome:
        for step in (
            self._try_facts, self._try_writings, self._try_pinyin, self._try_initials, self._try_question,
            self._try_homophones, self._try_synonyms, self._try_prefix, self._try_relaxed, self._try_any,
        ):  # fmt: skip
            outcome = step(exact)
            if outcome and outcome.total:
                return outcome
        return msgspec.structs.replace(exact, mode="none")

    def _attempt(self, mode: str, query: Query, *, is_number: bool = False, suggestions: Sequence[str] = ()) -> Outcome:
        found = tuple(match_query(self._segments, query, facts=mode == "facts"))
        return Outcome(mode, query, found, words_of(query), is_number, suggestions=tuple(suggestions))

    def _with(self, parts: Sequence[Part]) -> Query:
        return msgspec.structs.replace(self._query, parts=tuple(parts))

    def _try_facts(self, _exact: Outcome) -> Outcome:
        """Facts count; a date as they write it."""
        outcome = self._attempt("facts", self._query)
        date = _DATE.fullmatch(fold_text(words_of(self._query)))
        if outcome.total or not date:
            return outcome
        return self._attempt("facts", self._with((make_part("-".join(number.zfill(2) for number in date.groups())),)))

    def _try_writings(self, _exact: Outcome) -> Outcome | None:
        """Letters and digits parted or joined: numbers of standards are written both ways."""
        parts = self._query.parts
        words = fold_text(words_of(self._query))
        parted = [part if part.exact else make_part(_BORDER.sub(r"\g<0> ", fold_text(part.text))) for part in parts]
        joined = () if any(part.exact for part in parts) else parse_query(_BLANKS.sub(r"\1", words)).parts
        for changed in (self._with(parted), self._with(joined)):
            if changed.parts and words_of(changed) != words:
                outcome = self._attempt("number", changed)
                if outcome.total:
                    return outcome
        return None

    def _try_pinyin(self, _exact: Outcome) -> Outcome | None:
        """Letters as full pinyin."""
        text = words_of(self._query)
        if not _PINYIN.fullmatch(text):
            return None
        counted: dict[str, float] = {}
        length = 0
        for syllables in read_pinyin(self._segments, text):
            if counted and len(syllables) > length:
                break
            length = len(syllables)
            is_long = len(syllables) > 2
            for spelling, weight in spell_pinyin(self._segments, syllables)[: self._tried if is_long else 2 * TRIED]:
                total = self._attempt("pinyin", self._with((make_part(spelling),))).total if is_long else weight
                if total:
                    counted[spelling] = total
        texts = sorted(counted, key=lambda spelling: (-counted[spelling], spelling))
        if not texts:
            return None
        return self._attempt("pinyin", self._with((make_choice(texts),)), suggestions=texts[1:6])

    def _try_initials(self, _exact: Outcome) -> Outcome | None:
        """Letters as initials."""
        letters = words_of(self._query).lower().replace(" ", "")
        if not _INITIALS.fullmatch(letters):
            return None
        return self._most_found(spell_initials(self._segments, letters), suggested=8) or self._most_found(
            spell_halves(self._segments, letters), suggested=0
        )

    def _most_found(self, spellings: Spellings, *, suggested: int) -> Outcome | None:
        """The spelling with most hits. Of words put together nobody knows whether they are there, so none is suggested."""
        best: Outcome | None = None
        for spelling, weight in spellings[: self._tried]:
            if best and weight * 4 < spellings[0][1] and self._tried == TRIED:
                break
            others = [text for text, count in spellings if text != spelling and count * 4 >= weight]
            outcome = self._attempt("initials", self._with((make_part(spelling),)), suggestions=others[:suggested])
            if outcome.total and (best is None or (-outcome.total, spelling) < (-best.total, best.used)):
                best = outcome
        return best

    def _try_question(self, exact: Outcome) -> Outcome | None:
        """A question comes before the repairs of a misspelt word."""
        is_long = all(len(part.text) > 3 for part in self._query.parts)
        return self._try_any(exact) if is_long and is_question(self._query.text) else None

    def _try_homophones(self, _exact: Outcome) -> Outcome | None:
        """Characters that sound alike, in the parts that are found nowhere."""
        parts = [self._sound_alike(part) for part in self._query.parts]
        if all(new is old for new, old in zip(parts, self._query.parts, strict=True)):
            return None
        changed = self._with(parts)
        return self._attempt("homophone", changed, suggestions=[words_of(changed)])

    def _sound_alike(self, part: Part) -> Part:
        units = part.phrases[0].units
        odd = any(is_word(unit) or position != place for place, (unit, position) in enumerate(units))
        if part.exact or len(units) > 12 or odd:
            return part
        alone = msgspec.structs.replace(self._query, parts=(part,), excluded=())
        if self._attempt("homophone", alone).total:
            return part
        best = (0, 0, "")
        for spelling, same in spell_alike(self._segments, "".join(unit for unit, _ in units))[: self._tried]:
            if same < best[0]:
                break
            total = self._attempt("homophone", self._with((make_part(spelling),))).total
            if total and (-total, spelling) < (-best[1], best[2]):
                best = (same, total, spelling)
        return make_part(best[2]) if best[1] else part

    def _try_synonyms(self, _exact: Outcome) -> Outcome | None:
        groups = self._read_synonyms()
        parts = self._query.parts
        wordings = [[] if part.exact else other_wordings(groups, part.text) for part in parts]
        if not any(wordings):
            return None
        changed = [
            make_choice([*others, part.text]) if others else part for part, others in zip(parts, wordings, strict=True)
        ]
        return self._attempt("synonym", self._with(changed), suggestions=[text for found in wordings for text in found])

    def _try_prefix(self, _exact: Outcome) -> Outcome | None:
        """The last word as the beginning of longer ones."""
        part = self._query.parts[-1]
        units = part.phrases[0].units
        unit, position = units[-1]
        if not is_word(unit) or len(unit) < 2 or part.exact:
            return None
        counts: dict[str, int] = {}
        for segment in self._segments:
            for key, _ in segment.scan(unit.encode(), unit.encode() + b"\x7f"):
                word = key[:-1].decode("latin-1")
                if _WORD.fullmatch(word):
                    counts[word] = counts.get(word, 0) + segment.count_living(key)
        words = sorted(filter(counts.get, counts), key=lambda word: (-counts[word], word))[:20]
        if not words:
            return None
        phrases = tuple(Phrase((*units[:-1], (word, position)), word) for word in words)
        choice = Part(phrases, joined="" if len(units) > 1 else words[0])
        return self._attempt("prefix", self._with((*self._query.parts[:-1], choice)))

    def _try_relaxed(self, _exact: Outcome) -> Outcome | None:
        """All parts but the rarest."""
        parts = self._query.parts
        totals = [self._attempt("relaxed", self._with([part])).total for part in parts]
        order = sorted(range(len(parts)), key=lambda at: -totals[at])
        while len(order) > 1:
            order.pop()
            outcome = self._attempt("relaxed", self._with([part for at, part in enumerate(parts) if at in order]))
            if outcome.total:
                return outcome
        return None

    def _try_any(self, _exact: Outcome) -> Outcome:
        """What a question is about."""
        pieces = content_pieces(words_of(self._query))
        groups = self._read_synonyms()
        wordings = [wording for piece in pieces for wording in split_at_synonyms(groups, piece)]
        scores, names = match_pieces(self._segments, wordings)
        found = tuple(SegmentMatch((), sorted(score)) for score in scores)
        return Outcome("any", self._with(list(map(make_part, names))), found, " ".join(pieces), scores=scores)


def words_of(query: Query) -> str:
    """The parts of a query, as they were written."""
    return " ".join(part.text for part in query.parts)


def other_wordings(groups: Sequence[Sequence[str]], text: str) -> list[str]:
    """The text with a word of it replaced by each of its synonyms, the longest word first."""
    folded = fold_text(text)
    words = [(fold_text(word), group) for group in groups for word in group]
    found = [(word, group) for word, group in words if word in folded]
    if not found:
        return []
    longest, group = max(found, key=lambda item: len(item[0]))
    wordings = (folded.replace(longest, word, 1) for word in group)
    return [wording for wording in wordings if wording != folded]
