"""A text table, separated by commas, tabs or semicolons: which of them is seen from its first rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from zwgk_site.exchange.sheets.grid import COLUMN_LIMIT, Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

SEPARATORS = (",", "\t", ";", "，", "|")
_SAMPLE_ROWS = 30
_FIELD_LIMIT = 1_000_000


def read_text_table(text: str) -> Grid:
    """The table; rows have the numbers that a workbook program would give them."""
    grid = Grid("", keeps_merges=False)
    separator = _separator_of(text)
    for number, row in enumerate(_rows(text, separator), 1):
        for column, cell in enumerate(row[:COLUMN_LIMIT], 1):
            if cell.strip():
                grid.put(number, column, cell)
        if not grid.is_whole:
            break
    return grid


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(_FIELD_LIMIT)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _separator_of(text: str) -> str:
    """The separator that gives most rows the same number of cells, more than one; a comma if none does."""
    best, most = SEPARATORS[0], 0
    for separator in SEPARATORS:
        counts: Counter[int] = Counter()
        try:
            for number, row in enumerate(_rows(text, separator)):
                if number >= _SAMPLE_ROWS:
                    break
                counts[len(row)] += 1
        except csv.Error:
            continue
        width, rows = max(counts.items(), key=lambda item: (item[1] * min(item[0], 8), item[0]), default=(1, 0))
        if width > 2 and width * rows > most:
            best, most = separator, width * rows
    return best
