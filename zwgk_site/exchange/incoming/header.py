"""Where a table's header is, and what its columns mean: one to three rows, below titles, joined or not, repeated on later pages."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.exchange.incoming.elements import join_lines
from zwgk_site.exchange.incoming.labels import GROUPS, NOTHING, Meaning, column_meaning, label_meaning, plain_label
from zwgk_site.text.workbook_parts import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zwgk_site.exchange.sheets.grid import Grid, Merge

SEARCHED_ROWS = 200
"""A header further down is none."""
HEADER_ROWS = 3
COVERED_CELLS = 2_000_000
"""So many cells may lie in joined ones; more is no catalogue."""
_LABEL_LENGTH = 24
_ENOUGH = 3
_OF_CATALOGS = frozenset((
    "id", "subject", "content", "basis", "time_limit", "responsible_body", "office", "channels", "audience",
    "disclosure", "levels", "duration", "column",
))  # fmt: skip


class Column(msgspec.Struct, frozen=True):
    """A column as understood (列): its number from 1, its header plain and as written, what it means."""

    number: int
    label: str
    meaning: Meaning
    written: str = ""


class Header(msgspec.Struct, frozen=True, dict=True):
    """A header (表头): its rows, the columns in order, the words above it. What every row asks it for is worked out once."""

    first: int
    last: int
    columns: tuple[Column, ...]
    title: str = ""

    @cached_property
    def _by_field(self) -> dict[str, tuple[Column, ...]]:
        found: dict[str, list[Column]] = {}
        for column in sorted(self.columns, key=lambda column: (column.meaning.level, column.number)):
            found.setdefault(column.meaning.field, []).append(column)
        return {field: tuple(columns) for field, columns in found.items()}

    def of(self, field: str) -> tuple[Column, ...]:
        """The columns of one field, from left to right, subjects by their level."""
        return self._by_field.get(field, ())

    @cached_property
    def labels(self) -> dict[int, tuple[str, ...]]:
        """The labels above each column, from the top down."""
        return {column.number: tuple(column.label.split("-")) for column in self.columns}

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the table has."""
        return frozenset(column.meaning.field for column in self.columns) - {"", "serial", "ignored"}


class Texts:
    """A grid's texts with every joined cell filled, and the joined cells themselves; asked for by place."""

    def __init__(self, grid: Grid, rows: range | None = None) -> None:
        self.grid = grid
        self._first: dict[tuple[int, int], tuple[int, int]] = {}
        self._merges: dict[tuple[int, int], Merge] = {}
        bottom, left = max(grid.rows, default=0), COVERED_CELLS
        for merge in grid.merges:
            if rows is not None and (merge.top >= rows.stop or merge.bottom < rows.start):
                continue
            last = min(merge.bottom, bottom)
            left -= max(0, last - merge.top + 1) * (merge.right - merge.left + 1)
            if left < 0:
                break
            self._merges.setdefault((merge.top, merge.left), merge)
            for row in range(merge.top, last + 1):
                for column in range(merge.left, merge.right + 1):
                    self._first[row, column] = (merge.top, merge.left)

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """The cell whose text shows here."""
        return self._first.get((row, column), (row, column))

    def merge_from(self, top: int, left: int) -> Merge | None:
        """The joined cells that begin at a place."""
        return self._merges.get((top, left))

    def at(self, row: int, column: int) -> str:
        """The text that shows at a place."""
        top, left = self.origin(row, column)
        return self.grid.rows.get(top, {}).get(left, "")


def find_header(grid: Grid, wishes: Mapping[str, Meaning] | None = None) -> Header | None:
    """The header that explains most columns, the first of equals; `None` for a table that is no catalogue.

    wishes: meanings asked for, by plain labels or column letters; they count as understood.
    """
    rows = sorted(grid.rows)[:SEARCHED_ROWS]
    if not rows:
        return None
    texts = Texts(grid, range(rows[0], rows[-1] + HEADER_ROWS + 1))
    best: tuple[int, Header] | None = None
    for place, first in enumerate(rows):
        may_go_on = _is_upper_header(grid, first, wishes or {})
        for last in _possible_ends(rows, place):
            if last > first and not may_go_on:
                break
            if last > first and not _is_lower_header(texts, first, last):
                break
            header = _header_of(texts, first, last, wishes or {})
            score = _score(header, _ENOUGH - bool(wishes)) if _speaks_itself(header, wishes or {}) else 0
            if score and (best is None or score > best[0]):
                best = score, header
    if best is None:
        return None
    header = best[1]
    title = "\n".join(text for row in rows if row < header.first for text in _row_texts(grid, row))
    return msgspec.structs.replace(header, title=title)


def _is_upper_header(grid: Grid, row: int, wishes: Mapping[str, Meaning]) -> bool:
    """Whether half of what a row says are known labels, of different columns: no title, and no row of data."""
    labels = {plain_label(text) for text in _row_texts(grid, row)} - {""}
    known = sum(label in wishes or bool(label_meaning(label).field) for label in labels)
    return known > 1 and known * 2 >= len(labels)


def _speaks_itself(header: Header, wishes: Mapping[str, Meaning]) -> bool:
    """Whether any label is known, or named in a wish: a row explained by column letters alone may be one of data."""
    return any(
        column.label in wishes or column_meaning(tuple(column.label.split("-"))).field
        for column in header.columns
        if column.label
    )


def _possible_ends(rows: Sequence[int], place: int) -> Iterator[int]:
    for step in range(HEADER_ROWS):
        if place + step < len(rows) and rows[place + step] == rows[place] + step:
            yield rows[place + step]


def _row_texts(grid: Grid, row: int) -> Iterator[str]:
    yield from (text for _, text in sorted(grid.rows[row].items()))


def _score(header: Header, enough: int) -> int:
    """How many columns are understood; 0 where that is too little for a catalogue."""
    known = [column for column in header.columns if column.meaning.field]
    fields = {column.meaning.field for column in known} & _OF_CATALOGS
    if len(fields) < enough or not fields & {"subject", "content"}:
        return 0
    return len(known) * 4 + len(fields) * 2 + (header.last - header.first)


def _is_lower_header(texts: Texts, first: int, row: int) -> bool:
    """Whether a row goes on with the header above: all that it says itself are labels, at least one of them known."""
    own = {
        column: plain_label(text)
        for column, text in texts.grid.rows.get(row, {}).items()
        if texts.origin(row, column)[0] == row
    }
    if not own or any(len(label) > _LABEL_LENGTH for label in own.values()):
        return False
    known = 0
    for column, label in own.items():
        if not label:
            continue
        above = plain_label(_above(texts, first, row, column))
        field = label_meaning(label).field or _field_under(texts, first, column, (above, label))
        if not field:
            return False
        known += field != "subject" or bool(label_meaning(label).field)
    return known > 0 and known * 2 >= len(own)


def _field_under(texts: Texts, first: int, column: int, labels: tuple[str, str]) -> str:
    """The field of a label that says something only below its group's; below 公开事项 and channels the group must be joined."""
    field = label_meaning(labels[0]).field
    if field not in (*GROUPS, "subject") or (field in ("channels", "subject") and not _is_group(texts, first, column)):
        return ""
    return column_meaning(labels).field


def _is_group(texts: Texts, row: int, column: int) -> bool:
    """Whether the header above spans several columns."""
    left, right = texts.origin(row, column - 1), texts.origin(row, column + 1)
    return texts.origin(row, column) in (left, right)


def _above(texts: Texts, first: int, row: int, column: int) -> str:
    """The header over a cell; where joined cells are not kept, that of the next one to the left which has any."""
    for upper in range(row - 1, first - 1, -1):
        text = texts.at(upper, column)
        if text:
            return text
        if not texts.grid.keeps_merges or not texts.grid.merges:
            filled = [place for place in texts.grid.rows.get(upper, {}) if place < column]
            if filled:
                return texts.at(upper, max(filled))
    return ""


def _header_of(texts: Texts, first: int, last: int, wishes: Mapping[str, Meaning]) -> Header:
    width = max(max(texts.grid.rows.get(row, {0: ""})) for row in range(first, last + 1))
    width = max(width, *(merge.right for merge in texts.grid.merges if merge.top <= last and merge.bottom >= first), 0)
    columns = []
    for number in range(1, width + 1):
        written = _parts(texts, first, last, number)
        parts = tuple(map(plain_label, written))
        label = "-".join(parts)
        wish = wishes.get(column_letters(number)) or wishes.get(label) or (wishes.get(parts[-1]) if parts else None)
        meaning = wish or column_meaning(parts)
        columns.append(Column(number, label, meaning, "-".join(map(join_lines, written))))
        second = label_meaning(parts[-1]) if len(parts) > 2 and not wish else NOTHING
        if meaning.value and second.value and second.field != meaning.field:  # 公开方式 › 主动 › 全社会 says both
            columns.append(Column(number, label, second))
    return Header(first, last, tuple(_settled(columns)))


def _parts(texts: Texts, first: int, last: int, column: int) -> tuple[str, ...]:
    """A column's labels from the top down as written, each once."""
    found: list[str] = []
    for row in range(first, last + 1):
        text = texts.at(row, column)
        if not text and row < last and any(texts.at(lower, column) for lower in range(row + 1, last + 1)):
            text = _above(texts, first, row + 1, column)
        if plain_label(text) and (not found or plain_label(found[-1]) != plain_label(text)):
            found.append(text)
    return tuple(found)


def _settled(columns: list[Column]) -> Iterator[Column]:
    """Of several columns for one field the surest stays, of a field split into ticks all; the others are kept by their names."""
    surest: dict[str, int] = {}
    leveled = any(column.meaning.field == "subject" and column.meaning.level for column in columns)
    for column in columns:
        meaning = column.meaning
        if meaning.field and not meaning.value:
            surest[meaning.field] = min(surest.get(meaning.field, 9), meaning.rank)
    taken: set[str] = set()
    split = {column.meaning.field for column in columns if column.meaning.value}
    for column in columns:
        meaning = column.meaning
        is_many = (
            meaning.field == "ignored"
            or meaning.value
            or (meaning.field == "subject" and (meaning.level or not leveled or meaning.rank == 3))
        )
        if not meaning.field or is_many:
            yield column
        elif (
            meaning.field in taken
            or meaning.rank > surest[meaning.field]
            or (meaning.field in split and meaning.field in GROUPS and meaning.field != "audience")
        ):
            yield msgspec.structs.replace(column, meaning=NOTHING)
        else:
            taken.add(meaning.field)
            yield column


def is_header_row(grid: Grid, row: int) -> bool:
    """Whether most cells of a row are known labels of at least four fields, as no row of data has them."""
    texts = [text for text in grid.rows.get(row, {}).values() if text.strip()]
    if len(texts) < _ENOUGH or any(len(text) > _LABEL_LENGTH * 2 for text in texts):
        return False
    meanings = [label_meaning(plain_label(text)) for text in texts]
    fields = {meaning.field for meaning in meanings if not meaning.value} & _OF_CATALOGS
    return len(fields) > _ENOUGH and sum(bool(meaning.field) for meaning in meanings) * 10 >= len(texts) * 6


def repeats_header(grid: Grid, header: Header, row: int) -> bool:
    """Whether a row below is the header once more: most of what it says are its labels, in their columns."""
    cells = grid.rows.get(row, {})
    own = [(column, plain_label(text)) for column, text in cells.items() if len(text) <= _LABEL_LENGTH * 2]
    if len(cells) < 2 or len(own) < len(cells):
        return False
    if any(
        cells.get(column.number) and plain_label(cells[column.number]) not in header.labels[column.number]
        for column in header.of("id")
    ):
        return False
    same = sum(label in header.labels.get(column, ()) for column, label in own)
    return same >= 2 and same * 10 >= len(own) * 7
