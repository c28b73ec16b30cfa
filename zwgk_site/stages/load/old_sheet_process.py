"""Cells of an .xls file, read in a process of its own: run as a program, the file on standard input.

A damaged file can lead python-calamine in a circle until the memory is full, or end its process: that must not be the
build's. One line of JSON a sheet goes out: `[name, is_hidden, is_whole, [[row, [[column, value], …]], …]]`, both from 1.
Knows nothing of the rest of the program, so that it starts quickly.
"""

from __future__ import annotations

import io
import json
import math
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

MEMORY_BYTES = 2_000_000_000
SECONDS = 60
LOCKED = 3
"""The exit code for a file with a password."""
_CELLS = 5_000_000
_LENGTH = 20_000_000


def write_sheets() -> int:
    """Reads standard input and writes the sheets; the exit code."""
    _limit_memory()
    from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    except PasswordError:
        return LOCKED
    left = _LENGTH
    for meta in workbook.sheets_metadata:
        sheet = workbook.get_sheet_by_name(meta.name)
        count = max(1, _CELLS // max(1, sheet.total_width))
        rows, left = _filled(sheet.to_python(skip_empty_area=False, nrows=count), left)
        is_whole = sheet.total_height <= count and left > 0
        line = json.dumps([meta.name, meta.visible != SheetVisibleEnum.Visible, is_whole, rows])
        sys.stdout.write(line + "\n")
    return 0


def _filled(rows: Iterable[list[Any]], left: int) -> tuple[list[Any], int]:
    """The rows that have a value, as far as `left` characters go; and what is left of them."""
    found: list[Any] = []
    for number, row in enumerate(rows, 1):
        cells = [[column, _plain(value)] for column, value in enumerate(row, 1) if value not in ("", None)]
        left -= sum(len(str(value)) for _, value in cells)
        if left <= 0:
            break
        if cells:
            found.append([number, cells])
    return found, left


def _plain(value: Any) -> str | float:
    return value if isinstance(value, float) and math.isfinite(value) else str(value)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return  # not on Windows: there the time limit alone holds
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(write_sheets())
