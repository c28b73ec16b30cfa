"""What a query means: parts, quotes, exclusions, filters, document numbers, questions. The twin of `query.js`; knows no index."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.search.phrase import Phrase, phrase_of
from zwgk_site.text.units import is_word, split_units

if TYPE_CHECKING:
    from collections.abc import Sequence

BLANK = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What a browser's regular expressions call white space, as the inside of a character class."""

_TOKEN = re.compile(
    f'(?P<minus>(?:^|[{BLANK}])-(?=[^{BLANK}]))|"(?P<straight>[^"]*)(?:"|\\Z)|“(?P<curved>[^”]*)(?:”|\\Z)'
    f'|「(?P<corner>[^」]*)(?:」|\\Z)|(?P<plain>[^{BLANK}"“「]+)'
)
_FILTER = re.compile("(部门|单位|年份?|类型)[:：](.+)")
_FACETS = {"部": "department", "单": "department", "年": "year", "类": "genre"}

_YEAR = re.compile(r"(19|20)[0-9][0-9]")
_SERIAL = re.compile("[0-9]{1,5}")


class Part(msgspec.Struct, frozen=True):
    """A part of a query (查询的一部分): one phrase, or several of which one must match.

    `exact`: it stood in quotes. `joined`: all its letters and digits as one word, if it has nothing else.
    """

    phrases: tuple[Phrase, ...]
    exact: bool = False
    joined: str = ""

    @property
    def text(self) -> str:
        """As it was written."""
        return self.phrases[0].text


class Filter(msgspec.Struct, frozen=True):
    """Values wanted of a facet (筛选): keys, or with `by_label` also what a label contains."""

    keys: tuple[str, ...]
    by_label: bool = False


class Query(msgspec.Struct, frozen=True):
    """A query (查询): every part must match and no excluded one; `filters` by facet, `year` among them."""

    text: str
    parts: tuple[Part, ...] = ()
    excluded: tuple[Part, ...] = ()
    filters: dict[str, Filter] = {}


def parse_query(text: str) -> Query:
    """The meaning of what was typed; never fails."""
    parts: list[Part] = []
    excluded: list[Part] = []
    filters: dict[str, Filter] = {}
    is_excluded = False
    for token in _TOKEN.finditer(text):
        if token["minus"] is not None:
            is_excluded = True
            continue
        plain = token["plain"]
        found = _FILTER.fullmatch(plain) if plain and not is_excluded else None
        if found:
            facet = _FACETS[found[1][0]]
            before = filters[facet].keys if facet in filters else ()
            filters[facet] = Filter((*before, found[2]), by_label=True)
        else:
            part = make_part(plain or token["straight"] or token["curved"] or token["corner"] or "", exact=not plain)
            if part.phrases[0].units:
                (excluded if is_excluded else parts).append(part)
        is_excluded = False
    return Query(text.strip(), tuple(parts), tuple(excluded), filters)


def make_part(text: str, *, exact: bool = False) -> Part:
    """A part of one phrase."""
    phrase = phrase_of(text)
    joined = "".join(unit for unit, _ in phrase.units) if phrase.is_words else ""
    return Part((phrase,), exact, joined)


def make_choice(texts: Sequence[str]) -> Part:
    """A part of which one of several phrases must match."""
    return Part(tuple(map(phrase_of, texts)))


def number_writings(text: str) -> tuple[Part, ...]:
    """The writings of a document number (文号) that a query may mean: with and without 第, both without 号.

    What stands behind the number is then free. Empty if the query does not look like one.
    """
    units = [unit for unit, _ in split_units(text)]
    if units and units[-1] == "号":
        units.pop()
    serial = units.pop() if units else ""
    if not _SERIAL.fullmatch(serial):
        return ()
    has_ordinal = bool(units) and units[-1] == "第"
    if has_ordinal:
        units.pop()
    last = units[-1] if units else ""
    is_number = _YEAR.fullmatch(last) or last in ("令", "年")
    if not is_number or re.search("[,，。;；]", text):
        return ()
    writings = [_join_units([*units, serial]), _join_units([*units, "第", serial])]
    return tuple(map(make_part, reversed(writings) if has_ordinal else writings))


def _join_units(units: Sequence[str]) -> str:
    """Units as text, words apart from one another."""
    found = ""
    for unit in units:
        found += (" " if found and is_word(found[-1]) and is_word(unit) else "") + unit
    return found
