"""A table as it stands in its file: only the cells that hold something, with the places that its program shows."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from zwgk_site.text.workbook_parts import column_letters

ROW_LIMIT = 200_000
"""So many rows of a table are read; more than any catalogue has, less than fills the memory."""
COLUMN_LIMIT = 256
"""Columns further right are another program's droppings."""
LENGTH_LIMIT = 100_000_000
"""So many characters of a table: the same long text may stand in many cells of a small file."""


class Merge(NamedTuple):
    """Cells that were joined (合并单元格), both corners inclusive; its text stands in the first."""

    top: int
    left: int
    bottom: int
    right: int


class Grid(msgspec.Struct):
    """The filled cells of one sheet or table (表格): `rows` by number, then texts by column, both from 1.

    Filled while a file is read, then only read. `keeps_merges` tells whether its kind of file remembers joined cells;
    `formulas` are cells whose result is not stored, `faults` those that show an error of the workbook; `left_out` counts
    the pieces of text that its program does not show.
    """

    name: str
    rows: dict[int, dict[int, str]] = msgspec.field(default_factory=dict)
    merges: list[Merge] = msgspec.field(default_factory=list)
    hidden_rows: set[int] = msgspec.field(default_factory=set)
    hidden_columns: set[int] = msgspec.field(default_factory=set)
    formulas: list[tuple[int, int]] = msgspec.field(default_factory=list)
    faults: list[tuple[int, int]] = msgspec.field(default_factory=list)
    left_out: int = 0
    is_hidden: bool = False
    keeps_merges: bool = True
    is_whole: bool = True
    length: int = 0

    def put(self, row: int, column: int, text: str) -> None:
        """Takes a cell, unless the table has grown beyond what any catalogue needs: then it is not whole."""
        if not text.strip() or column > COLUMN_LIMIT or column < 1:
            return
        if (row not in self.rows and len(self.rows) >= ROW_LIMIT) or self.length + len(text) > LENGTH_LIMIT:
            self.is_whole = False
            return
        self.length += len(text)
        self.rows.setdefault(row, {})[column] = text

    def place(self, row: int, column: int) -> str:
        """A cell as a clerk finds it: `目录!H17`."""
        cell = f"{column_letters(column)}{row}"
        return f"{self.name}!{cell}" if self.name else cell

    def area(self, merge: Merge) -> str:
        """Joined cells as a clerk finds them: `目录!B7:B9`."""
        return f"{self.place(merge.top, merge.left)}:{column_letters(merge.right)}{merge.bottom}"

    def place_of_row(self, row: int) -> str:
        """A whole row: `目录!第17行`."""
        return f"{self.name}!第{row}行" if self.name else f"第{row}行"


class Tables(msgspec.Struct, frozen=True):
    """What was read of a file (读出的表格): its kind, its tables in order."""

    kind: str
    grids: tuple[Grid, ...]
