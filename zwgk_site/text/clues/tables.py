"""Tables in a text, as rows of cells with their places: pipe tables of Markdown, rows of HTML tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zwgk_site.model.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DELIMITER = late(r"^[ \t|:-]+$", re.MULTILINE)
"""Wider than what Markdown takes, so that a search stays linear in lines of blanks; `_is_delimiter` looks closer."""
_RULE = late(r":?-+:?")
_CELL = late(r"(?:[^|\\\n]|\\.)+")
HTML_TABLE = late(r"<table\b.*?(?:</table>|\Z)", re.IGNORECASE | re.DOTALL)
_HTML_ROW = late(r"<tr\b.*?(?=<tr\b|\Z)", re.IGNORECASE | re.DOTALL)
_HTML_CELL = late(r"<t[dh]\b[^<>]*>(.*?)(?=</?t[dhr]\b|</?table|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = late(r"<[^<>]*>")
_LINE = late("[^\n]*\\S[^\n]*")
_WORD = late(r"\S+")
_NAMES = late(r"姓\s*名|户主")
_HEADER_ROWS = 6


class Cell(NamedTuple):
    """A cell's text and where it begins: an offset in its text, or a column's number in a sheet."""

    text: str
    start: int


class Table(NamedTuple):
    """A table: headers, one for each column, rows below, and the part of the text that it covers."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    start: int
    end: int

    @property
    def words(self) -> str:
        """All headers in one string."""
        return "|".join(cell.text for cell in self.header)


def find_tables(text: str) -> tuple[Table, ...]:
    """All tables of a text, in order."""
    found = list(_pipe_tables(text)) if "|" in text and "-|" in text.replace(" ", "").replace(":", "") else []
    if "<t" in text or "<T" in text:
        found += _html_tables(text)
    return tuple(sorted(found, key=lambda table: table.start))


def find_blank_tables(text: str) -> Iterator[Table]:
    """Tables of plain text, whose columns are set apart by blanks: a line of headers and lines of as many words below."""
    rows = [(found.start(), found.end(), _WORD.finditer(found[0])) for found in _LINE.finditer(text)]
    lines = [(start, end, tuple(Cell(word[0], start + word.start()) for word in words)) for start, end, words in rows]
    number = 0
    while number < len(lines):
        start, end, header = lines[number]
        number += 1
        below: list[tuple[Cell, ...]] = []
        while is_header(header) and number < len(lines) and len(lines[number][2]) == len(header):
            end = lines[number][1]
            below.append(lines[number][2])
            number += 1
        if below:
            yield Table(header, tuple(below), start, end)


def table_of_rows(rows: Sequence[tuple[Cell, ...]], start: int = 0, end: int = 0) -> Table:
    """A table whose header must be looked for: of the first rows, the one that names persons, else the first one."""
    heads = [number for number, row in enumerate(rows[:_HEADER_ROWS]) if is_header(row)]
    named = [number for number in heads if any(_NAMES.search(cell.text) for cell in rows[number])]
    head = (named or heads or [-1])[0]
    if head < 0:
        return Table((), tuple(rows), start, end)
    return Table(rows[head], tuple(rows[head + 1 :]), start, end)


def is_header(row: Sequence[Cell]) -> bool:
    """Whether a row looks like headers: two short cells at least, none of them a number."""
    filled = [plain for cell in row if (plain := cell.text.strip())]
    return len(filled) >= 2 and all(len(plain) <= 20 and not plain[-1].isdigit() for plain in filled)


def _pipe_tables(text: str) -> Iterator[Table]:
    seen = 0
    for mark in _DELIMITER.finditer(text):
        if mark.start() < max(seen, 2) or not _is_delimiter(mark[0]):
            continue
        start = text.rfind("\n", 0, mark.start() - 1) + 1
        rows: list[tuple[Cell, ...]] = []
        at = mark.end() + 1
        while at < len(text):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if "|" not in text[at:end]:
                break
            rows.append(_split(text, at, end))
            at = end + 1
        seen = at
        yield Table(_split(text, start, mark.start() - 1), tuple(rows), start, min(at, len(text)))


def _is_delimiter(line: str) -> bool:
    """Whether a line parts headers from rows: dashes between bars, at least one bar."""
    inner = line.strip(" \t")
    return "|" in inner and all(
        _RULE.fullmatch(cell.strip(" \t")) for cell in inner.removeprefix("|").removesuffix("|").split("|")
    )


def _split(text: str, start: int, end: int) -> tuple[Cell, ...]:
    """The cells of a line; one empty cell between two bars counts, the margins do not."""
    cells: list[Cell] = []
    line = text[start:end]
    at = len(line) - len(line.lstrip())
    if line[at : at + 1] == "|":
        at += 1
    while at < len(line):
        found = _CELL.match(line, at)
        piece = found[0] if found else ""
        cells.append(Cell(piece, start + at))
        at += len(piece) + 1
    if cells and not cells[-1].text.strip() and line.rstrip().endswith("|") and len(cells) > 1:
        cells.pop()
    return tuple(cells)


def _html_tables(text: str) -> Iterator[Table]:
    for found in HTML_TABLE.finditer(text):
        rows = [tuple(_html_cells(row[0], found.start() + row.start())) for row in _HTML_ROW.finditer(found[0])]
        yield table_of_rows(rows, found.start(), found.end())


def _html_cells(row: str, start: int) -> Iterator[Cell]:
    for cell in _HTML_CELL.finditer(row):
        # Tags become blanks, so that every character keeps its place.
        yield Cell(_TAG.sub(lambda tag: " " * len(tag[0]), cell[1]), start + cell.start(1))
