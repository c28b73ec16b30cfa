"""The scanners put together, so that a usual text costs little: two searches decide whether the rest is needed."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, TypeVar

from zwgk_site.model.clues import Clue, TextFacts
from zwgk_site.model.patterns import late
from zwgk_site.text.clues.addresses import find_unreachable
from zwgk_site.text.clues.barriers import find_barriers
from zwgk_site.text.clues.lists import find_health, find_home_address, find_name_list
from zwgk_site.text.clues.marks import find_open_marks, find_secrecy_marks
from zwgk_site.text.clues.numbers import NARROW, find_numbers
from zwgk_site.text.clues.report_sums import report_sums
from zwgk_site.text.clues.tables import Cell, Table, find_blank_tables, find_tables
from zwgk_site.text.elements import covered_names, is_stub
from zwgk_site.text.notice_period import stated_period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from zwgk_site.text.hit import Hit
    from zwgk_site.text.wording import Wording

Kinded = TypeVar("Kinded", "Clue", "Hit")

KIND_LIMIT = 100
"""So many clues of a kind are kept of one text: a list of thousands of persons is one fault, not thousands."""

_LONG_RUN = late(r"[0-9０-９][0-9０-９ \-－—\u00a0]{8,}[0-9０-９XxＸｘ]")
_WORDS = late("住址|家庭地址|家庭详|户籍地址|户籍所在|患有?[\u4e00-\u9fff]{2}|诊断|病情|残疾|准考证")


def find_clues(text: str, first_line: int = 1, wording: Wording | None = None) -> tuple[Clue, ...]:
    """The clues of a Markdown text without redacted passages, by place; its first line is line `first_line`."""
    hits = [
        *find_secrecy_marks(text),
        *find_open_marks(text),
        *_personal(text),
        *find_barriers(text),
        *find_unreachable(text),
    ]
    if wording is not None:
        hits += wording.find(text)
    return _placed(text, first_line, hits) if hits else ()


def find_table_clues(table: Table, place_of: Callable[[int, int], str]) -> tuple[Clue, ...]:
    """The clues of a sheet: `place_of(row, column)` names a cell, rows counted from the table's first below its header."""
    found: list[Clue] = []
    listed = find_name_list(table)
    if listed:
        found.append(Clue(listed.kind, listed.value, place=place_of(-1, listed.start)))
    words = table.words
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            hits = _cell(cell, column, table, words)
            found += (Clue(hit.kind, hit.value, place=place_of(number, cell.start)) for hit in hits)
    return limit_clues(found)


def find_page_clues(text: str, place: str, number: int) -> tuple[Clue, ...]:
    """The clues of a page or paragraph of an attachment, all at `place`; columns set apart by blanks make tables too."""
    hits = [*find_secrecy_marks(text), *find_open_marks(text), *_personal(text)]
    if "姓" in text and "名" in text:
        hits += (listed for table in find_blank_tables(text) if (listed := find_name_list(table)))
    hits.sort(key=lambda hit: hit.start)
    return tuple(Clue(hit.kind, hit.value, number, place=place) for hit in limit_clues(hits))


def read_facts(
    text: str, first_line: int = 1, wording: Wording | None = None, *, kind: str = "", title: str = ""
) -> TextFacts:
    """All that checks will want to know of a document's text; a known `kind` (类型) spares looking for what it never has."""
    return TextFacts(
        find_clues(text, first_line, wording),
        covered_names(text, kind, title) + (report_sums(text) if kind == "年报" else ()) + stated_period(text, title),
        is_stub(text),
        len(text) - sum(map(text.count, " \n\t\r\u3000\u00a0")),
    )


def limit_clues(found: Iterable[Kinded]) -> tuple[Kinded, ...]:
    """At most `KIND_LIMIT` of each kind, the first ones; of clues or of what becomes one."""
    counts: dict[str, int] = {}
    kept: list[Kinded] = []
    for clue in found:
        counts[clue.kind] = counts.get(clue.kind, 0) + 1
        if counts[clue.kind] <= KIND_LIMIT:
            kept.append(clue)
    return tuple(kept)


def _personal(text: str) -> Iterator[Hit]:
    has_name = "姓" in text and "名" in text
    lines = {*_lines_with(_LONG_RUN, text), *_lines_with(_WORDS, text)}
    if not lines and not has_name:
        return
    tables = find_tables(text)
    for table in tables:
        yield from _table(table)
    starts, ends = [table.start for table in tables], [table.end for table in tables]
    for start in sorted(lines):
        inside = bisect_right(starts, start) - 1
        if inside >= 0 and start < ends[inside]:
            continue
        end = text.find("\n", start)
        yield from _line(text[start : end if end >= 0 else len(text)], start)


def _lines_with(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    """Where the lines begin that hold a match; each line is walked once, whatever it holds."""
    place = 0
    while found := pattern.search(text, place):
        yield max(text.rfind("\n", place, found.start()) + 1, place)
        end = text.find("\n", found.end())
        if end < 0:
            return
        place = end + 1


def _line(line: str, start: int) -> Iterator[Hit]:
    plain = line.translate(NARROW)
    for hit in (*find_numbers(plain), *find_home_address(plain), *find_health(plain)):
        yield hit._replace(start=hit.start + start, end=hit.end + start)


def _table(table: Table) -> Iterator[Hit]:
    listed = find_name_list(table)
    if listed:
        yield listed
    words = table.words
    for row in (table.header, *table.rows):
        for column, cell in enumerate(row):
            for hit in _cell(cell, column, table, words):
                yield hit._replace(start=hit.start + cell.start, end=hit.end + cell.start)


def _cell(cell: Cell, column: int, table: Table, words: str) -> Iterator[Hit]:
    if len(cell.text) < 4:
        return
    header = table.header[column].text.strip() if column < len(table.header) else ""
    plain = cell.text.translate(NARROW)
    yield from find_numbers(plain, header=header, table=words)
    yield from find_home_address(plain, header)
    yield from find_health(plain)


def _placed(text: str, first_line: int, hits: list[Hit]) -> tuple[Clue, ...]:
    """Offsets to lines and columns, in one walk."""
    found: list[Clue] = []
    line, seen = first_line, 0
    hits.sort(key=lambda hit: (hit.start, hit.end, hit.kind))
    for hit in limit_clues(hits):  # before places are looked for: a long line is walked back for each
        line += text.count("\n", seen, hit.start)
        seen = hit.start
        column = hit.start - text.rfind("\n", 0, hit.start)
        found.append(Clue(hit.kind, hit.value, line, column, column + hit.end - hit.start))
    return tuple(found)
