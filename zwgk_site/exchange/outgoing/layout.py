"""A catalogue laid out as the national tables are: two rows of header, ticks, boxes, numbered elements.

What cells can't hold exactly (a lead before a list, an element that looks like two) is found by reading the table back,
and written down beside it, so that an import of what was exported changes nothing.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from zwgk_site.exchange.incoming.header import Column
from zwgk_site.exchange.incoming.labels import GROUPS, NOTHING, column_meaning, plain_label
from zwgk_site.exchange.incoming.tables import read_tables
from zwgk_site.exchange.incoming.values import BOTH, extra_name
from zwgk_site.exchange.sheets.grid import Grid, Merge, Tables
from zwgk_site.model.fields import CHANNELS, LEVELS, RECORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zwgk_site.exchange.incoming.values import ImportedRow
    from zwgk_site.model.corpus import CatalogEntry

TICK = "√"
EXACT_LABEL = "原值（程序用）"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMERALS = "一二三四五六"
_FIELD_LABELS = {"content": "公开内容（要素）", "channels": "公开渠道和载体"}
_OPTIONAL = (
    "office", "duration", "field", "statutory_item", "stage", "key_areas", "column", "empty_reason", "published_on",
    "revised_on", "update_cycle", "note",
)  # fmt: skip
_WIDTHS = {
    "serial": 6, "subject": 16, "content": 36, "basis": 36, "time_limit": 22, "responsible_body": 16, "channels": 30,
    "audience": 9, "disclosure": 8, "levels": 8, "id": 12, "note": 24, "exact": 14,
}  # fmt: skip
_COMPARED = tuple(field.name for field in RECORDS["entry"].fields if field.name not in ("id", "waivers"))
_HEADER_ROWS = 2


class OutColumn(NamedTuple):
    """A column to be written (导出的列): the header above, its own, the field, the value that a tick stands for, a level."""

    group: str
    label: str
    field: str
    value: str = ""
    level: int = 0

    @property
    def width(self) -> int:
        """How wide it is printed, in digits."""
        return _WIDTHS.get(self.field, 14)


class Layout(msgspec.Struct, frozen=True):
    """A table ready to be written (导出的表): a title, columns, one row of texts an entry, joined cells of the rows.

    Rows of `merges` count from 1 at the first entry; texts that a spreadsheet would run are already harmless.
    """

    title: str
    columns: tuple[OutColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...]

    def merges_by_row(self) -> dict[int, list[Merge]]:
        """The joined cells of the rows by each row that they reach into."""
        found: dict[int, list[Merge]] = {}
        for merge in self.merges:
            for row in range(merge.top, merge.bottom + 1):
                found.setdefault(row, []).append(merge)
        return found

    def header(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The two rows of the header; a column without a group has its label in both."""
        upper = tuple(column.group or column.label for column in self.columns)
        lower = tuple(column.label for column in self.columns)
        return upper, lower

    def header_merges(self) -> tuple[Merge, ...]:
        """The joined cells of the two header rows, rows 1 and 2."""
        found = []
        place = 0
        while place < len(self.columns):
            group = self.columns[place].group
            end = place
            while group and end + 1 < len(self.columns) and self.columns[end + 1].group == group:
                end += 1
            if not group:
                found.append(Merge(1, place + 1, 2, place + 1))
            elif end > place:
                found.append(Merge(1, place + 1, 1, end + 1))
            place = end + 1
        return tuple(found)


def lay_out(name: str, entries: Sequence[CatalogEntry]) -> Layout:
    """The table of a department's entries."""
    columns = tuple(_columns(entries))
    rows = [[_cell(entry, number, column) for column in columns] for number, entry in enumerate(entries, 1)]
    exact = _exact_values(entries, columns, rows)
    if any(exact):
        columns = (*columns, OutColumn("", EXACT_LABEL, "exact"))
        rows = [[*row, text] for row, text in zip(rows, exact, strict=True)]
    texts = tuple(tuple(harmless(text) for text in row) for row in rows)
    return Layout(f"{name}主动公开基本目录", columns, texts, tuple(_merges(columns, texts)))


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula; an import takes the apostrophe away again."""
    return (
        f"'{text}"
        if text.startswith(_FORMULA) or (text.startswith("'") and text[1:].startswith((*_FORMULA, "'")))
        else text
    )


# --- columns ---------------------------------------------------------------------------------------


def _columns(entries: Sequence[CatalogEntry]) -> list[OutColumn]:
    depth = min(len(_NUMERALS), max((len(entry.subject) for entry in entries), default=1))
    columns = [OutColumn("", "序号", "serial")]
    columns += [
        OutColumn("公开事项", f"{_NUMERALS[level]}级事项", "subject", level=level + 1) for level in range(depth)
    ]
    columns += [_plain_column(name) for name in ("content", "basis", "time_limit", "responsible_body", "channels")]
    columns += [OutColumn("公开对象", value, "audience", value) for value in ("全社会", "特定群体")]
    columns += [OutColumn("公开方式", label, "disclosure", f"{label}公开") for label in ("主动", "依申请")]
    columns += [OutColumn("公开层级", level, "levels", level) for level in _levels_of(entries)]
    columns += [_plain_column(name) for name in _OPTIONAL if any(getattr(entry, name) for entry in entries)]
    columns.append(_plain_column("id"))
    keys = dict.fromkeys(key for entry in entries for key, text in entry.extra if text)
    return [*columns, *(OutColumn("", key, "", key) for key in keys if _keeps_its_name(key))]


def _plain_column(name: str) -> OutColumn:
    field = RECORDS["entry"].field_for(name)
    return OutColumn("", _FIELD_LABELS.get(name) or (field.key if field else name), name)


def _levels_of(entries: Sequence[CatalogEntry]) -> list[str]:
    """The levels that are used, from the highest down, others as they come; those that a header would not give back left out."""
    used = dict.fromkeys(level for entry in entries for level in entry.levels)
    known = [level for level in (*LEVELS, "村级") if level in used]
    rest = [level for level in used if level not in known]
    return [level for level in (*known, *rest) if _is_level_label(level)]


def _is_level_label(level: str) -> bool:
    """Whether a header gives a level back as it is, below its group and in one line with it."""
    if plain_label(level) != level or "-" in level or harmless(level) != level:
        return False
    meanings = column_meaning(("公开层级", level)), column_meaning((plain_label(f"公开层级-{level}"),))
    return all(meaning.field == "levels" and meaning.value == level for meaning in meanings)


def _keeps_its_name(key: str) -> bool:
    """Whether a header of that name is read back as an unknown column of that name."""
    label = plain_label(key)
    if not label or "-" in label or "\n" in key or key != key.strip() or column_meaning((label,)).field:
        return False
    return extra_name(Column(1, label, NOTHING, key)) == key and harmless(key) == key


# --- cells -----------------------------------------------------------------------------------------


def _cell(entry: CatalogEntry, number: int, column: OutColumn) -> str:
    name = column.field
    if name == "serial":
        return str(number)
    if name == "subject":
        return entry.subject[column.level - 1] if column.level <= len(entry.subject) else ""
    if not name:
        return dict(entry.extra).get(column.value, "")
    value = getattr(entry, name)
    if name in GROUPS:
        return _tick(value, column)
    return value if isinstance(value, str) else _listed(name, value)


def _listed(name: str, values: tuple[str, ...]) -> str:
    if name == "content":
        return numbered(values)
    return boxes(values) if name == "channels" else ("；\n" if name == "basis" else "、").join(values)


def _tick(value: str | tuple[str, ...], column: OutColumn) -> str:
    """√, or the words in brackets behind the value that the column stands for."""
    if isinstance(value, str):
        return TICK if value == column.value or (value == BOTH and column.value in BOTH) else ""
    if column.value in value:
        return TICK
    start = f"{column.value}（"
    words = next((item for item in value if item.startswith(start) and item.endswith("）")), "")
    return words[len(start) : -1]


def numbered(elements: tuple[str, ...]) -> str:
    """Several elements one below another with their numbers; a single one as it is."""
    if len(elements) < 2:
        return "".join(elements)
    mark = "、" if any(element[:1].isdigit() for element in elements) else "."
    return "；\n".join(f"{number}{mark}{element}" for number, element in enumerate(elements, 1)) + "。"


def boxes(channels: tuple[str, ...]) -> str:
    """■ before each channel, □ before the usual ones that are not used; in the usual order if the entry keeps to it."""
    if not channels:
        return ""
    places = [CHANNELS.index(channel) for channel in channels if channel in CHANNELS]
    rest = [channel for channel in channels if channel not in CHANNELS]
    in_order = all(a < b for a, b in pairwise(places)) and list(channels[len(places) :]) == rest
    if in_order:
        listed = [f"{'■' if name in channels else '□'}{name}" for name in CHANNELS]
        return "\n".join([*listed, *(f"■{channel}" for channel in rest)])
    ticked = [f"■{channel}" for channel in channels]
    return "\n".join([*ticked, *(f"□{name}" for name in CHANNELS if name not in channels)])


def _merges(columns: tuple[OutColumn, ...], rows: tuple[tuple[str, ...], ...]) -> list[Merge]:
    """Equal subjects one below another are joined, within what is joined left of them."""
    levels = [place for place, column in enumerate(columns) if column.field == "subject"]
    found = []
    for depth, place in enumerate(levels[:-1], 1):
        start = 0
        for row in range(1, len(rows) + 1):
            same = (
                row < len(rows)
                and rows[row][place]
                and all(rows[row][left] == rows[start][left] for left in levels[:depth])
            )
            if not same:
                if row - start > 1:
                    found.append(Merge(start + 1, place + 1, row, place + 1))
                start = row
    return found


# --- exact values ----------------------------------------------------------------------------------


def _exact_values(entries: Sequence[CatalogEntry], columns: tuple[OutColumn, ...], rows: list[list[str]]) -> list[str]:
    """For each entry what reading the table back would make different, as JSON: what is read, what it was."""
    read = _read_back(columns, rows)
    return [_difference(entry, read.get(number)) for number, entry in enumerate(entries)]


def _read_back(columns: tuple[OutColumn, ...], rows: list[list[str]]) -> dict[int, ImportedRow]:
    """What an import reads of the rows, by their places."""
    grid = Grid("", keeps_merges=False)
    layout = Layout("", columns, (), ())
    for row, texts in enumerate((*layout.header(), *rows), 1):
        for column, text in enumerate(texts, 1):
            grid.put(row, column, harmless(text) if row > _HEADER_ROWS else text)
    for merge in layout.header_merges():
        grid.merges.append(merge)
    read = read_tables(Tables("text", (grid,)), "", wishes={}).value.rows
    return {row.number - _HEADER_ROWS - 1: row for row in read}


def _difference(entry: CatalogEntry, row: ImportedRow | None) -> str:
    written: dict[str, list[Any]] = {}
    for name in _COMPARED:
        exact = getattr(entry, name)
        empty: str | tuple[str, ...] = () if isinstance(exact, tuple) else ""
        shown = row.fields.get(name, empty) if row is not None else empty
        if shown != exact:
            written[name] = [shown, exact]
    extra = row.extra if row is not None else {}
    for key, text in entry.extra:
        if text and extra.get(key, "") != text:
            written[f"+{key}"] = [extra.get(key, ""), text]
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")) if written else ""
