"""Pipe tables made regular, so that no cell is lost: rows too long widen the table, rows too short are filled up."""

import re

from zwgk_site.stages.render.body.marks import STANDIN_BASE

MOST_PADDING = 20_000
"""Empty cells that may be added to one table; beyond, its lines are shown as text (one row of 10,000 cells would else
make 10,000 columns in every row)."""

_PIPE = chr(STANDIN_BASE + ord("|"))
_SEPARATOR = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*+\|?")


def find_table(lines: list[str], start: int) -> int:
    """The index after the last line of the table that begins at `start`, or `start` when none does.

    lines: without indents. A table has a separator as its second line, or at least two lines within outer pipes.
    """
    if "|" not in lines[start]:
        return start
    end = start
    while end < len(lines) and "|" in lines[end]:
        end += 1
    if start + 1 < end and _is_separator(lines[start + 1]):
        return end
    end = start
    while end < len(lines) and len(lines[end]) > 1 and lines[end][0] == "|" == lines[end][-1]:
        end += 1
    return end if end - start > 1 else start


def make_regular(lines: list[str]) -> list[str] | None:
    """The table with a separator as its second line and as many cells in every row; None when that would explode."""
    alignments: list[str] = []
    rows = lines
    if _is_separator(lines[1]):
        alignments, rows = split_row(lines[1]), [lines[0], *lines[2:]]
    elif _is_separator(lines[0]):
        alignments, rows = split_row(lines[0]), lines[1:]
    cells = [split_row(row) for row in rows]
    width = max(len(row) for row in cells)
    filled = sum(len(row) for row in cells)
    if width * len(cells) - filled > MOST_PADDING + 3 * filled:
        return None
    separator = [_write_alignment(alignment) for alignment in alignments] + ["---"] * (width - len(alignments))
    regular = [_write_row(row, width) for row in cells]
    return [regular[0], _write_row(separator[:width], width), *regular[1:]]


def split_row(row: str) -> list[str]:
    """The cells of a row, stripped; a pipe after a backslash is to be shown."""
    row = row.replace("\\|", _PIPE).strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in row.split("|")]


def _is_separator(line: str) -> bool:
    return "|" in line and "-" in line and bool(_SEPARATOR.fullmatch(line.strip()))


def _write_row(cells: list[str], width: int) -> str:
    return f"| {' | '.join(cells + [''] * (width - len(cells)))} |"


def _write_alignment(cell: str) -> str:
    return f"{':' * cell.startswith(':')}---{':' * cell.endswith(':')}"
