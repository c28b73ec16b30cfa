"""Sheets of an .ods file, read as a stream; cells and rows that are written once for many are given back in full, in bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.exchange.sheets.grid import COLUMN_LIMIT, ROW_LIMIT, Grid, Merge
from zwgk_site.text.office_parts import EncryptedError, RefusedError
from zwgk_site.text.workbook_parts import plain_number, repeat_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.text.office_parts import Attributes, Parts


def read_ods(parts: Parts) -> Iterator[Grid]:
    """The sheets in the order of their tabs."""
    if "content.xml" not in parts.names:
        raise RefusedError
    _refuse_locked(parts)
    reader = _ContentReader()
    parts.parse("content.xml", start=reader.start, text=reader.text, end=reader.end)
    yield from reader.grids


def _refuse_locked(parts: Parts) -> None:
    """A workbook with a password names its cipher in the manifest; its members are no XML then."""

    def start(tag: str, _: Attributes) -> None:
        if tag == "encryption-data":
            raise EncryptedError

    parts.parse("META-INF/manifest.xml", start=start)


class _ContentReader:
    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._row, self._column = 0, 1
        self._row_repeat, self._repeat = 1, 1
        self._column_of_table = 1
        self._cells: list[tuple[int, int, str]] = []
        self._words: list[str] = []
        self._paragraphs = 0
        self._quiet = 0
        self._attributes: Attributes = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "style":
            self._style = attributes.get("name", "")
        elif tag == "table-properties" and attributes.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif tag == "table":
            hidden = attributes.get("style-name", "") in self._hidden_styles
            self.grids.append(Grid(attributes.get("name", ""), is_hidden=hidden))
            self._row, self._column_of_table = 0, 1
        elif tag == "table-column":
            self._take_column(attributes)
        elif tag == "table-row":
            self._row, self._column = self._row + 1, 1
            self._row_repeat = repeat_count(attributes.get("number-rows-repeated", ""))
            if attributes.get("visibility", "visible") != "visible" and self.grids:
                last = self._row + min(self._row_repeat, ROW_LIMIT)
                self.grids[-1].hidden_rows.update(range(self._row, last))
        elif tag in ("table-cell", "covered-table-cell"):
            self._attributes, self._words, self._paragraphs = attributes, [], 0
            self._repeat = repeat_count(attributes.get("number-columns-repeated", ""))
        else:
            self._take_text_mark(tag, attributes)

    def _take_column(self, attributes: Attributes) -> None:
        count = min(repeat_count(attributes.get("number-columns-repeated", "")), COLUMN_LIMIT)
        if attributes.get("visibility", "visible") != "visible" and self.grids:
            self.grids[-1].hidden_columns.update(range(self._column_of_table, self._column_of_table + count))
        self._column_of_table += count

    def _take_text_mark(self, tag: str, attributes: Attributes) -> None:
        if tag == "p":
            self._words.extend(["\n"] * bool(self._paragraphs and not self._quiet))
            self._paragraphs += not self._quiet
        elif tag == "line-break":
            self._words.append("\n")
        elif tag == "s":
            self._words.append(" " * min(repeat_count(attributes.get("c", "")), 100))
        elif tag in ("annotation", "ruby-text"):
            self._quiet += 1

    def text(self, text: str) -> None:
        if not self._quiet and self._paragraphs:
            self._words.append(text)

    def end(self, tag: str) -> None:
        if tag in ("annotation", "ruby-text"):
            self._quiet -= 1
        elif tag in ("table-cell", "covered-table-cell"):
            self._take_cell(is_covered=tag == "covered-table-cell")
        elif tag == "table-row" and self.grids:
            grid = self.grids[-1]
            if self._cells:
                for row in range(self._row, self._row + min(self._row_repeat, ROW_LIMIT)):
                    for column, count, text in self._cells:
                        for place in range(column, column + count):
                            grid.put(row, place, text)
            self._cells = []
            self._row += self._row_repeat - 1

    def _take_cell(self, *, is_covered: bool) -> None:
        attributes = self._attributes
        written = "".join(self._words)
        value = written
        if attributes.get("value-type") == "date":
            value = attributes.get("date-value", "")[:10] if "月" not in written or "年" in written else written
        elif attributes.get("value-type") == "float":
            value = plain_number(attributes.get("value", "")) or written
        down, across = (
            repeat_count(attributes.get(f"number-{name}-spanned", "")) if self.grids else 1
            for name in ("rows", "columns")
        )
        if self.grids and (down > 1 or across > 1):
            bottom, right = self._row + min(down, ROW_LIMIT) - 1, min(self._column + across - 1, COLUMN_LIMIT)
            self.grids[-1].merges.append(Merge(self._row, self._column, bottom, right))
        if self.grids and "formula" in attributes and "value-type" not in attributes:
            self.grids[-1].formulas.append((self._row, self._column))
        elif value.strip() and not is_covered and self._column <= COLUMN_LIMIT:
            self._cells.append((self._column, min(self._repeat, COLUMN_LIMIT), value))
        self._column += self._repeat
        self._words = []
