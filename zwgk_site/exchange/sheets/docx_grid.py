"""Tables of a Word file, read as a stream of XML: joined cells, line breaks, ticks out of symbol fonts, lists without their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.exchange.sheets.grid import COLUMN_LIMIT, Grid, Merge
from zwgk_site.text.office_parts import RefusedError
from zwgk_site.text.workbook_parts import repeat_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.text.office_parts import Attributes, Parts

BODY = "word/document.xml"
SYMBOLS = {
    ("Wingdings", 0x6E): "■", ("Wingdings", 0x6F): "□", ("Wingdings", 0x71): "□", ("Wingdings", 0x72): "□",
    ("Wingdings", 0xA8): "□", ("Wingdings", 0xFB): "×", ("Wingdings", 0xFC): "√", ("Wingdings", 0xFD): "☒",
    ("Wingdings", 0xFE): "☑", ("Wingdings", 0x6C): "●", ("Wingdings", 0xA1): "○",
    ("Wingdings 2", 0x50): "√", ("Wingdings 2", 0x52): "☑", ("Wingdings 2", 0x54): "☒", ("Wingdings 2", 0xA3): "□",
    ("Wingdings 2", 0xA2): "■", ("Wingdings 2", 0x4F): "×", ("Wingdings 2", 0x53): "☒",
}  # fmt: skip
"""What a sign of a symbol font shows, by the font and the low byte of its number."""
_LIST_SIGN = "•"


class _Table(msgspec.Struct):
    """A table while it is read; `open_merges` are columns whose cell goes on downwards."""

    grid: Grid
    row: int = 0
    column: int = 1
    span: int = 1
    goes_on: str = ""
    words: list[str] = msgspec.field(default_factory=list)
    open_merges: dict[int, Merge] = msgspec.field(default_factory=dict)


def read_docx(parts: Parts) -> Iterator[Grid]:
    """The tables in the order of the text, inner ones after the cell they stand in; their names are 表1, 表2 …"""
    if BODY not in parts.names:
        raise RefusedError
    reader = _BodyReader()
    parts.parse(BODY, start=reader.start, text=reader.text, end=reader.end)
    yield from reader.grids


class _BodyReader:
    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._tables: list[_Table] = []
        self._in_text = 0
        self._is_deleted = 0
        self._is_list = False
        self._paragraph: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "tbl":
            grid = Grid(f"表{len(self.grids) + 1}")
            self.grids.append(grid)
            self._tables.append(_Table(grid))
        elif tag == "t":
            self._in_text += 1
        elif tag == "del":
            self._is_deleted += 1
        elif tag == "p":
            self._paragraph, self._is_list = [], False
        elif tag == "numPr":
            self._is_list = True
        elif tag in ("br", "cr"):
            self._paragraph.append("\n")
        elif tag == "tab":
            self._paragraph.append(" ")
        elif tag == "sym":
            number = attributes.get("char", "")
            sign = int(number, 16) & 0xFF if len(number) <= 4 and _is_hex(number) else 0
            self._paragraph.append(SYMBOLS.get((attributes.get("font", ""), sign), ""))
        elif self._tables:
            self._start_cell(tag, attributes, self._tables[-1])

    def _start_cell(self, tag: str, attributes: Attributes, table: _Table) -> None:
        if tag == "tr":
            table.row, table.column = table.row + 1, 1
        elif tag == "gridBefore":
            table.column += min(repeat_count(attributes.get("val", "")), COLUMN_LIMIT)
        elif tag == "tc":
            table.span, table.goes_on, table.words = 1, "", []
        elif tag == "gridSpan":
            table.span = max(1, min(repeat_count(attributes.get("val", "")), COLUMN_LIMIT))
        elif tag == "vMerge":
            table.goes_on = attributes.get("val", "continue")

    def text(self, text: str) -> None:
        if self._in_text and not self._is_deleted:
            self._paragraph.append(text)

    def end(self, tag: str) -> None:
        if tag == "t":
            self._in_text -= 1
        elif tag == "del":
            self._is_deleted -= 1
        elif tag == "p" and self._tables:
            words = "".join(self._paragraph)
            self._paragraph = []
            if words.strip():
                self._tables[-1].words.append(f"{_LIST_SIGN}{words}" if self._is_list else words)
        elif tag == "tc" and self._tables:
            self._end_cell(self._tables[-1])
        elif tag == "tbl" and self._tables:
            table = self._tables.pop()
            table.grid.merges.extend(table.open_merges.values())

    def _end_cell(self, table: _Table) -> None:
        grid, column = table.grid, table.column
        right = column + table.span - 1
        known = table.open_merges.get(column)
        if table.goes_on == "continue" and known is not None and known.right == right:
            table.open_merges[column] = known._replace(bottom=table.row)
        else:
            if known is not None:
                grid.merges.append(table.open_merges.pop(column))
            grid.put(table.row, column, "\n".join(table.words))
            if table.goes_on == "restart" or table.span > 1:
                table.open_merges[column] = Merge(table.row, column, table.row, right)
        table.column = right + 1
        table.words = []


def _is_hex(text: str) -> bool:
    return bool(text) and all(sign in "0123456789abcdefABCDEF" for sign in text)
