"""The fields of the index as Whoosh knows them, and the analyzer that turns a text into the index's own terms.

Imports Whoosh, which costs 140 ms: only what needs it imports this module.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from whoosh import analysis, fields

from zwgk_site.model.search import (
    ATTACHMENTS,
    BODY,
    FACETS,
    FACTS,
    IDENTIFIER,
    KEYWORDS,
    NUMBER,
    TITLE,
)
from zwgk_site.search.phrase import Phrase
from zwgk_site.search.place import locate_units
from zwgk_site.text.units import is_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TEXT_FIELDS = {
    "title": TITLE,
    "number": NUMBER,
    "identifier": IDENTIFIER,
    "facts": FACTS,
    "keywords": KEYWORDS,
    "body": BODY,
    "attachments": ATTACHMENTS,
}
"""Names for Whoosh to the numbers of fields."""

CATEGORIES = {name: number for number, name in enumerate(FACETS)}
"""Names of facets to their numbers; a document may have several values of each."""

DAYS = ("date", "year")

ALIASES = {
    "title": ("标题", "名称"), "number": ("文号", "发文字号"), "identifier": ("索引号", "编号"), "facts": ("信息",),
    "keywords": ("关键词",), "body": ("正文", "全文"), "attachments": ("附件",), "department": ("部门", "单位"),
    "genre": ("类型", "体裁"), "validity": ("有效性",), "date": ("日期",), "year": ("年份", "年"),
}  # fmt: skip
"""Chinese names of fields in a query."""

GAP = "\n"
"""What stands between words of a phrase that a gap parts."""

_UNITS = re.compile("[a-z0-9]+|[^ ]")


def term_text(units: Sequence[str]) -> str:
    """A unit or a pair as text; a blank parts two words."""
    return (" " if all(map(is_word, units)) else "").join(units)


def units_of(text: str) -> tuple[str, ...]:
    """The one or two units of a term's text."""
    return tuple(_UNITS.findall(text))


class UnitAnalyzer(analysis.Analyzer):  # type: ignore[misc]  # Whoosh has no types
    """Text to terms: every pair of neighbours, every word. In queries no more than a phrase needs, with `GAP`s."""

    def __call__(self, value: str, **options: Any) -> Iterator[analysis.Token]:
        """Tokens with positions and places in `value`."""
        in_query = options.get("mode") == "query"
        located = locate_units(value)
        phrase = Phrase((item.unit, item.position) for item in located)
        places = {item.position: item for item in located}
        words = [((unit,), at) for unit, at in phrase.units if is_word(unit)] if not in_query else []
        ends = 0
        for units, at in sorted({*phrase.terms, *phrase.lonely, *words}, key=lambda term: (term[1], len(term[0]))):
            if in_query and at > ends and ends:
                yield self._token(GAP, ends, places[at].start, places[at].start, options)
            ends = at + len(units)
            yield self._token(term_text(units), at, places[at].start, places[ends - 1].end, options)

    @staticmethod
    def _token(text: str, position: int, start: int, end: int, options: dict[str, Any]) -> analysis.Token:
        token = analysis.Token(positions=True, chars=True, mode=options.get("mode", ""))
        token.text = token.original = text
        token.boost, token.stopped = 1.0, False
        token.pos = position + options.get("start_pos", 0)
        token.startchar = start + options.get("start_char", 0)
        token.endchar = end + options.get("start_char", 0)
        return token


@cache
def search_schema() -> fields.Schema:
    """Texts, facets, dates, and what is only stored."""
    analyzer = UnitAnalyzer()
    texts = {name: fields.TEXT(analyzer, stored=True, multitoken_query="phrase") for name in TEXT_FIELDS}
    values = {name: fields.ID(stored=True, sortable=True) for name in (*CATEGORIES, *DAYS)}
    return fields.Schema(url=fields.STORED, kind=fields.STORED, state=fields.STORED, **texts, **values)
