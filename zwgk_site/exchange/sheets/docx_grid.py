"""Tables of a Word file, read as a stream of XML: joined cells, line breaks, ticks out of symbol fonts, lists without their numbers.

What was deleted or moved away and what is hidden is left out, as it is of a document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.exchange.documents.word_parts import CHANGES, OFF, REMOVED
from zwgk_site.exchange.sheets.grid import COLUMN_LIMIT, Grid, Merge
from zwgk_site.text.office_parts import RefusedError
from zwgk_site.text.workbook_parts import repeat_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.text.office_parts import Attributes, Parts

BODY = "word/document.xml"
_STYLES = "word/styles.xml"
SYMBOLS = {
    ("Wingdings", 0x6E): "■", ("Wingdings", 0x6F): "□", ("Wingdings", 0x71): "□", ("Wingdings", 0x72): "□",
    ("Wingdings", 0xA8): "□", ("Wingdings", 0xFB): "×", ("Wingdings", 0xFC): "√", ("Wingdings", 0xFD): "☒",
    ("Wingdings", 0xFE): "☑", ("Wingdings", 0x6C): "●", ("Wingdings", 0xA1): "○",
    ("Wingdings 2", 0x50): "√", ("Wingdings 2", 0x52): "☑", ("Wingdings 2", 0x54): "☒", ("Wingdings 2", 0xA3): "□",
    ("Wingdings 2", 0xA2): "■", ("Wingdings 2", 0x4F): "×", ("Wingdings 2", 0x53): "☒",
}  # fmt: skip
"""What a sign of a symbol font shows, by the font and the low byte of its number."""
_LIST_SIGN = "•"
_LEFT_OUT = frozenset((*REMOVED, *CHANGES))
"""Text that was deleted or moved away, and properties as they were before a change."""
_PROPERTIES = frozenset(("pPr", "trPr", "numPr", "pStyle", "rStyle", "vanish"))
_SIGNS = frozenset(("br", "cr", "tab", "sym"))
_OF_OTHERS = _LEFT_OUT | {"tblStylePr"}
"""What stands in a style and does not count for the text that has it."""


class _Table(msgspec.Struct):
    """A table while it is read; `open_merges` are columns whose cell goes on downwards."""

    grid: Grid
    row: int = 0
    column: int = 1
    span: int = 1
    goes_on: str = ""
    is_row_deleted: bool = False
    is_cell_deleted: bool = False
    words: list[str] = msgspec.field(default_factory=list)
    open_merges: dict[int, Merge] = msgspec.field(default_factory=dict)


def read_docx(parts: Parts) -> Iterator[Grid]:
    """The tables in the order of the text, inner ones after the cell they stand in; their names are 表1, 表2 …"""
    if BODY not in parts.names:
        raise RefusedError
    styles = _StyleReader()
    parts.parse(_STYLES, start=styles.start, end=styles.end)
    reader = _BodyReader(styles.hidden())
    parts.parse(BODY, start=reader.start, text=reader.text, end=reader.end)
    yield from reader.grids


class _StyleReader:
    """Which styles hide their text, by themselves or by the style that they are based on."""

    def __init__(self) -> None:
        self._bases: dict[str, str] = {}
        self._hides: dict[str, bool] = {}
        self._style = ""
        self._out = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "style":
            self._style = attributes.get("styleId", "")
        elif tag in _OF_OTHERS:
            self._out += 1
        elif self._out or not self._style:
            return
        elif tag == "basedOn":
            self._bases[self._style] = attributes.get("val", "")
        elif tag == "vanish":
            self._hides[self._style] = _is_on(attributes)

    def end(self, tag: str) -> None:
        if tag == "style":
            self._style = ""
        elif tag in _OF_OTHERS:
            self._out -= 1

    def hidden(self) -> frozenset[str]:
        """Each style is looked at once, however long the chain is that it hangs on."""
        for first in self._bases:
            style, chain = first, dict[str, None]()
            while style not in self._hides and style in self._bases and style not in chain:
                chain[style] = None
                style = self._bases[style]
            self._hides.update(dict.fromkeys(chain, self._hides.get(style, False)))
        return frozenset(style for style, hides in self._hides.items() if hides)


class _BodyReader:
    def __init__(self, hidden_styles: frozenset[str]) -> None:
        self.grids: list[Grid] = []
        self._hidden_styles = hidden_styles
        self._tables: list[_Table] = []
        self._in_text = 0
        self._out = 0
        self._hidden: list[bool] = []
        """Whether each open paragraph and run, from the outermost in, is hidden."""
        self._properties = ""
        self._is_list = False
        self._paragraph: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in _LEFT_OUT:
            self._mark_deleted(tag)
            self._out += 1
        elif self._out:
            return
        elif tag in ("p", "r"):
            self._hidden.append(self._is_hidden())
            if tag == "p":
                self._paragraph, self._is_list = [], False
        elif tag in _PROPERTIES:
            self._start_property(tag, attributes)
        elif tag == "t":
            self._in_text += 1
        elif tag in _SIGNS:
            self._add(_sign(tag, attributes))
        elif tag == "tbl":
            grid = Grid(f"表{len(self.grids) + 1}")
            self.grids.append(grid)
            self._tables.append(_Table(grid))
        elif self._tables:
            self._start_cell(tag, attributes, self._tables[-1])

    def _start_property(self, tag: str, attributes: Attributes) -> None:
        """What a run says itself comes after its style; of a paragraph only the style counts, for the rest is its mark's."""
        if tag == "numPr":
            self._is_list = True
        elif tag in ("pPr", "trPr"):
            self._properties = tag
        elif not self._hidden or (self._properties == "pPr" and tag != "pStyle"):
            return
        elif tag == "vanish":
            self._hidden[-1] = _is_on(attributes)
        elif attributes.get("val", "") in self._hidden_styles:
            self._hidden[-1] = True

    def _mark_deleted(self, tag: str) -> None:
        """A row or a cell that was deleted: told by a mark among its properties."""
        if not self._tables or self._out:
            return
        if tag == "cellDel":
            self._tables[-1].is_cell_deleted = True
        elif tag == "del" and self._properties == "trPr":
            self._tables[-1].is_row_deleted = True

    def _is_hidden(self) -> bool:
        return bool(self._hidden) and self._hidden[-1]

    def _add(self, text: str) -> None:
        if not self._is_hidden():
            self._paragraph.append(text)
        elif self._tables and text.strip():
            self._tables[-1].grid.left_out += 1

    def _start_cell(self, tag: str, attributes: Attributes, table: _Table) -> None:
        if tag == "tr":
            table.row, table.column, table.is_row_deleted = table.row + 1, 1, False
        elif tag == "gridBefore":
            table.column += min(repeat_count(attributes.get("val", "")), COLUMN_LIMIT)
        elif tag == "tc":
            table.span, table.goes_on, table.words, table.is_cell_deleted = 1, "", [], False
        elif tag == "gridSpan":
            table.span = max(1, min(repeat_count(attributes.get("val", "")), COLUMN_LIMIT))
        elif tag == "vMerge":
            table.goes_on = attributes.get("val", "continue")

    def text(self, text: str) -> None:
        if self._in_text and not self._out:
            self._add(text)

    def end(self, tag: str) -> None:
        if tag in _LEFT_OUT:
            self._out -= 1
        elif self._out:
            return
        elif tag == "t":
            self._in_text -= 1
        elif tag in ("pPr", "trPr"):
            self._properties = ""
        elif tag in ("p", "r"):
            self._hidden.pop()
            if tag == "p" and self._tables:
                self._end_paragraph(self._tables[-1])
        elif tag == "tc" and self._tables:
            self._end_cell(self._tables[-1])
        elif tag == "tbl" and self._tables:
            table = self._tables.pop()
            table.grid.merges.extend(table.open_merges.values())

    def _end_paragraph(self, table: _Table) -> None:
        words = "".join(self._paragraph)
        self._paragraph = []
        if words.strip():
            table.words.append(f"{_LIST_SIGN}{words}" if self._is_list else words)

    def _end_cell(self, table: _Table) -> None:
        grid, column = table.grid, table.column
        right = column + table.span - 1
        known = table.open_merges.get(column)
        if table.goes_on == "continue" and known is not None and known.right == right:
            table.open_merges[column] = known._replace(bottom=table.row)
        else:
            if known is not None:
                grid.merges.append(table.open_merges.pop(column))
            if not (table.is_row_deleted or table.is_cell_deleted):
                grid.put(table.row, column, "\n".join(table.words))
            if table.goes_on == "restart" or table.span > 1:
                table.open_merges[column] = Merge(table.row, column, table.row, right)
        table.column = right + 1
        table.words = []


def _sign(tag: str, attributes: Attributes) -> str:
    """What an element shows that stands for a sign."""
    if tag != "sym":
        return " " if tag == "tab" else "\n"
    number = attributes.get("char", "")
    sign = int(number, 16) & 0xFF if len(number) <= 4 and _is_hex(number) else 0
    return SYMBOLS.get((attributes.get("font", ""), sign), "")


def _is_on(attributes: Attributes) -> bool:
    return attributes.get("val", "1").lower() not in OFF


def _is_hex(text: str) -> bool:
    return bool(text) and all(sign in "0123456789abcdefABCDEF" for sign in text)
