"""Cells of workbooks: .xlsx and .ods as streams of XML, .xls by python-calamine, text tables.

Cells are taken as they come, never as a full rectangle: two cells far apart would make one of billions.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from zwgk_site.stages.load.attachment_pieces import read_properties, row_of_cells
from zwgk_site.stages.load.reading_client import ask
from zwgk_site.text.office_parts import Parts, RefusedError
from zwgk_site.text.workbook_parts import (
    column_number,
    named_sheets,
    plain_number,
    repeat_count,
    shared_strings,
    sheet_files,
)

if TYPE_CHECKING:
    from typing import IO

    from zwgk_site.stages.load.attachment_pieces import Findings
    from zwgk_site.text.clues.tables import Cell
    from zwgk_site.text.office_parts import Attributes

_COLUMNS = 16_384
"""As many as a sheet has in the programs it is opened with."""
_ROWS_AT_ONCE = 200_000
_CELLS_AT_ONCE = 4_000_000
_LENGTH_AT_ONCE = 20_000_000
_HIDDEN = ("hidden", "veryHidden")


class Sheet:
    """The filled cells of one sheet, row by row, with the numbers that the rows have in the program."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[tuple[Cell, ...]] = []
        self.numbers: list[int] = []
        self._cells = self._length = 0
        self._is_whole = True

    def add(self, number: int, values: dict[int, str]) -> None:
        """Takes a row, unless the sheet has grown too large: in rows, in cells (empty ones too), or in characters.

        The same long text may stand in many cells, so that a small file holds more than its bytes.
        """
        if not values or not self._is_whole:
            return
        row = row_of_cells(values)
        self._cells += len(row)
        self._length += sum(map(len, values.values()))
        self._is_whole = (
            len(self.rows) < _ROWS_AT_ONCE and self._cells <= _CELLS_AT_ONCE and self._length <= _LENGTH_AT_ONCE
        )
        if self._is_whole:
            self.rows.append(row)
            self.numbers.append(number)

    def hand_over(self, found: Findings) -> None:
        if not self._is_whole:
            found.traits.add("partly_read")
        found.count += len(self.rows)
        found.add_rows(self.rows, self.name, self.numbers)


def read_xlsx(source: IO[bytes], found: Findings) -> None:
    """A workbook with its hidden sheets, rows and columns, and the comments on cells."""
    parts = Parts(source, found.allowance)
    if "xl/workbook.xml" not in parts.names:
        raise RefusedError
    strings = shared_strings(parts)
    files = sheet_files(parts)
    for name, relation, state in named_sheets(parts):
        if state in _HIDDEN:
            found.traits.add("hidden_sheet")
        sheet = Sheet(name)
        reader = _SheetXml(sheet, strings, found)
        parts.parse(files.get(relation, ""), start=reader.start, text=reader.text, end=reader.end)
        sheet.hand_over(found)
    for name in (*parts.starting("xl/comments", ".xml"), *parts.starting("xl/threadedComments/", ".xml")):
        found.traits.add("comments")
        words: list[str] = []
        parts.parse(name, text=words.append)
        found.add_text(" ".join(words), "批注", 0)
    found.pictures += len(parts.starting("xl/media/"))
    read_properties(parts, found)
    if parts.partly:
        found.traits.add("partly_read")


class _SheetXml:
    """A sheet's XML to rows: `r` of a cell may be missing, then it follows the one before."""

    def __init__(self, sheet: Sheet, strings: list[str], found: Findings) -> None:
        self._sheet, self._strings, self._found = sheet, strings, found
        self._row, self._column = 0, 0
        self._values: dict[int, str] = {}
        self._kind = ""
        self._words: list[str] = []
        self._in_value = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._column = column_number(attributes.get("r", "")) or self._column + 1
            self._kind = attributes.get("t", "")
        elif tag in ("v", "t"):
            self._in_value += 1
        elif tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 9 else self._row + 1
            self._column = 0
        if tag in ("row", "col") and attributes.get("hidden", "0") not in ("0", "false"):
            self._found.traits.add("hidden_rows")

    def text(self, text: str) -> None:
        if self._in_value:
            self._words.append(text)

    def end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self._in_value -= 1
        elif tag == "c":
            value = self._value("".join(self._words))
            self._words = []
            if value:
                self._values[self._column] = value
        elif tag == "row":
            self._sheet.add(self._row, self._values)
            self._values = {}

    def _value(self, text: str) -> str:
        if self._kind == "s":
            number = int(text) if text.isdecimal() and len(text) < 10 else -1
            return self._strings[number].strip() if 0 <= number < len(self._strings) else ""
        return text.strip() if self._kind in ("str", "inlineStr", "b", "e", "d") else plain_number(text)


def read_ods(source: IO[bytes], found: Findings) -> None:
    """A workbook of OpenDocument; repeated cells and rows count once, at their first place."""
    parts = Parts(source, found.allowance)
    if "content.xml" not in parts.names:
        raise RefusedError
    reader = _OdsXml(found)
    parts.parse("content.xml", start=reader.start, text=reader.text, end=reader.end)
    read_properties(parts, found)
    if parts.partly:
        found.traits.add("partly_read")


class _OdsXml:
    def __init__(self, found: Findings) -> None:
        self._found = found
        self._sheet = Sheet("")
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._row, self._column = 0, 1
        self._row_repeat, self._repeat = 1, 1
        self._values: dict[int, str] = {}
        self._words: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "style":
            self._style = attributes.get("name", "")
        elif tag == "table-properties" and attributes.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif tag == "table":
            self._sheet = Sheet(attributes.get("name", ""))
            self._row = 0
            if attributes.get("style-name", "") in self._hidden_styles:
                self._found.traits.add("hidden_sheet")
        elif tag == "table-row":
            self._row, self._column = self._row + 1, 1
            self._row_repeat = repeat_count(attributes.get("number-rows-repeated", ""))
        elif tag in ("table-cell", "covered-table-cell"):
            self._repeat = repeat_count(attributes.get("number-columns-repeated", ""))
        elif tag == "annotation":
            self._found.traits.add("comments")
        if tag in ("table-row", "table-column") and attributes.get("visibility", "visible") != "visible":
            self._found.traits.add("hidden_rows")

    def text(self, text: str) -> None:
        self._words.append(text)

    def end(self, tag: str) -> None:
        if tag in ("table-cell", "covered-table-cell"):
            value = "".join(self._words).strip()
            if value:
                self._values[self._column] = value
            self._words = []
            self._column += self._repeat
        elif tag == "table-row":
            self._sheet.add(self._row, self._values)
            self._values = {}
            self._row += self._row_repeat - 1
        elif tag == "table":
            self._sheet.hand_over(self._found)
            self._words = []


def read_xls(source: IO[bytes], found: Findings) -> None:
    """A workbook of the old binary format, by the reading process (`reading_process.py` says why)."""
    for _, name, is_hidden, is_whole, rows in ask("xls", source.read(), found.allowance):
        found.traits.update(["hidden_sheet"] * is_hidden, ["partly_read"] * (not is_whole))
        sheet = Sheet(name)
        for number, cells in rows:
            sheet.add(number, {column: text for column, value in cells if (text := cell_text(value))})
        sheet.hand_over(found)
    if found.allowance.is_spent:
        found.traits.add("partly_read")
        found.status = None if found.count else "unread"


def read_csv(text: str, found: Findings) -> None:
    """A text table; a line that is no row of it counts as text."""
    sheet = Sheet("")
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text)), 1):
            if len(row) > _COLUMNS:
                found.traits.add("partly_read")
            sheet.add(number, {column: cell for column, cell in enumerate(row[:_COLUMNS], 1) if cell.strip()})
    except csv.Error:
        found.add_text(text, "", 0)
        return
    sheet.hand_over(found)


def cell_text(value: Any) -> str:
    """A cell's value as a person reads it."""
    return plain_number(repr(value)) if isinstance(value, float) else str(value).strip()
