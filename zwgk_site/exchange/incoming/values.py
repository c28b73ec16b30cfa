"""The texts of a row to the values of an entry. Every repair is a finding that names its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.exchange.incoming import rules
from zwgk_site.exchange.incoming.cells import (
    Channels,
    narrow_digits,
    read_day,
    read_tick,
    split_channels,
    split_names,
    whole_number,
)
from zwgk_site.exchange.incoming.elements import join_lines, split_basis, split_elements, tidy_lines, wrap_width
from zwgk_site.exchange.incoming.labels import GROUPS
from zwgk_site.model.fields import RECORDS, Kind
from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.text.workbook_parts import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.diagnostics import Diagnostic
    from zwgk_site.exchange.incoming.header import Column, Header
    from zwgk_site.exchange.incoming.rows import Place, WholeRow

Value = str | tuple[str, ...]

BOTH = "主动公开、依申请公开"
"""What is written down where both are ticked: no gate takes it for open."""
_HOW_SPLIT = frozenset(("numbers", "bullets", "semicolons", "lines"))


class ImportedRow(msgspec.Struct):
    """A row as it was understood (导入的行): values by field, unknown columns by their names, where it stands.

    `fields` has empty values too: what the table has a column for and leaves blank. `exact` are values that an export
    wrote down because cells could not hold them.
    """

    file: str
    number: int
    places: dict[str, str]
    fields: dict[str, Value]
    extra: dict[str, str]
    id: str = ""
    exact: str = ""


class ValueReader:
    """Reads the rows of one table; a column that cuts its lines is known by all of its cells."""

    def __init__(self, header: Header, place: Place, rows: Iterable[WholeRow]) -> None:
        self._place = place
        self.findings: list[Diagnostic] = []
        self._by_field: dict[str, list[Column]] = {}
        for header_column in header.columns:
            self._by_field.setdefault(header_column.meaning.field, []).append(header_column)
        self._levels = header.of("subject")
        by_column: dict[int, list[str]] = {}
        for row in rows:
            for column, text in row.texts.items():
                if column not in row.filled:
                    by_column.setdefault(column, []).append(text)
        self._widths = {column: wrap_width(texts) for column, texts in by_column.items()}

    def read(self, row: WholeRow, file: str) -> ImportedRow:
        """One row's values."""
        result = ImportedRow(file, row.number, {"": self._place.of(row.number, 1)}, {}, {})
        for field, columns in self._by_field.items():
            if field in ("serial", "ignored"):
                continue
            if not field:
                self._take_extra(row, columns, result)
                continue
            first = next((column.number for column in columns if row.texts.get(column.number)), columns[0].number)
            result.places[field] = self._place.of(row.number, first)
            self._take(field, columns, row, result)
        return result

    def _take_extra(self, row: WholeRow, columns: list[Column], result: ImportedRow) -> None:
        for column in columns:
            text = row.texts.get(column.number, "")
            name = extra_name(column)
            if name == EXACT:
                result.exact = text
            elif name or text:
                result.extra[name or f"{column_letters(column.number)}列"] = whole_number(tidy_lines(text))

    def _take(self, field: str, columns: list[Column], row: WholeRow, result: ImportedRow) -> None:
        if field == "id":
            result.id = self._plain(row, columns[0])
        elif field == "subject":
            path = [self._line(row, column) for column in self._levels]
            result.fields[field] = tuple(text for text in path if text)
        elif any(column.meaning.value for column in columns):
            result.fields[field] = self._ticked(field, columns, row)
        else:
            result.fields[field] = self._single(field, columns[0], row)

    def _single(self, field: str, column: Column, row: WholeRow) -> Value:
        text = self._narrowed(row, column)
        known = RECORDS["entry"].field_for(field)
        if field in ("content", "basis"):
            return self._list(field, column, row, text)
        if field == "channels":
            return self._channels(column, row, text)
        if field == "disclosure":
            return self._disclosure(column, row, text)
        if known is not None and known.kind is Kind.TEXTS:
            boxes = split_channels(text) if field in GROUPS else Channels(())
            return boxes.words if boxes.how else split_names(text)
        if known is not None and known.kind is Kind.DATE:
            return self._day(column, row, text, known.key)
        line = self._joined(row, column, text)
        if field == "time_limit" and line and row.number and column.number not in row.filled:
            limit = parse_limit(line)
            if limit.kind == "unknown":
                self.findings.append(self._place.finding(rules.LIMIT_UNREAD, row.number, column.number, text=line))
        return line

    # --- texts ---------------------------------------------------------------------------------------

    def _narrowed(self, row: WholeRow, column: Column) -> str:
        """A text with narrow digits."""
        text = row.texts.get(column.number, "")
        narrow = narrow_digits(text)
        if narrow != text and column.number not in row.filled:
            self._told_value(row, column, text, narrow)
        return narrow

    def _plain(self, row: WholeRow, column: Column) -> str:
        text = join_lines(row.texts.get(column.number, ""))
        mended = whole_number(narrow_digits(text))
        if mended != text:
            self._told_value(row, column, text, mended)
        return mended

    def _line(self, row: WholeRow, column: Column) -> str:
        return self._joined(row, column, self._narrowed(row, column))

    def _joined(self, row: WholeRow, column: Column, text: str) -> str:
        joined = join_lines(text)
        if "\n" in text and column.number not in row.filled:
            self.findings.append(self._place.finding(rules.LINES_JOINED, row.number, column.number, text=joined))
        return joined

    def _told_value(self, row: WholeRow, column: Column, written: str, text: str) -> None:
        self.findings.append(
            self._place.finding(rules.VALUE_MENDED, row.number, column.number, written=written, text=text)
        )

    def _day(self, column: Column, row: WholeRow, text: str, key: str) -> str:
        if not text:
            return ""
        day = read_day(text)
        if not day:
            self.findings.append(self._place.finding(rules.NOT_A_DAY, row.number, column.number, written=text, key=key))
        elif day != text and column.number not in row.filled:
            self._told_value(row, column, text, day)
        return day

    # --- lists ---------------------------------------------------------------------------------------

    def _list(self, field: str, column: Column, row: WholeRow, text: str) -> tuple[str, ...]:
        split = split_basis(text) if field == "basis" else split_elements(text, self._widths.get(column.number, 0))
        if column.number not in row.filled and text:
            number, joined = row.number, "；".join(split.items)
            if split.how in _HOW_SPLIT and (len(split.items) > 1 or joined != text):
                facts = {"count": len(split.items), "text": joined}
                self.findings.append(self._place.finding(rules.LIST_SPLIT, number, column.number, **facts))
            elif split.how == "joined" or ("\n" in text and len(split.items) == 1):
                self.findings.append(self._place.finding(rules.LINES_JOINED, number, column.number, text=joined))
        return split.items

    def _channels(self, column: Column, row: WholeRow, text: str) -> tuple[str, ...]:
        found = split_channels(text, self._widths.get(column.number, 0))
        if column.number not in row.filled and text:
            joined = "、".join(found.words)
            if found.how == "letters":
                self.findings.append(self._place.finding(rules.BOXES_MENDED, row.number, column.number, text=joined))
            if found.how and not found.words:
                self.findings.append(self._place.finding(rules.NO_CHANNEL, row.number, column.number))
        return found.words

    def _disclosure(self, column: Column, row: WholeRow, text: str) -> str:
        """主动 and 依申请 by their official names; boxes, if there are any, count."""
        plain = join_lines(text)
        boxes = split_channels(text)
        if boxes.how:
            plain = "、".join(boxes.words)
        value = official_disclosure(plain)
        if value == BOTH:
            facts = {"text": value}
            self.findings.append(self._place.finding(rules.UNCLEAR_DISCLOSURE, row.number, column.number, **facts))
        elif value != plain and plain and column.number not in row.filled:
            self._told_value(row, column, plain, value)
        return value

    # --- ticks ---------------------------------------------------------------------------------------

    def _ticked(self, field: str, columns: list[Column], row: WholeRow) -> Value:
        """The values whose columns are ticked, in the order of the columns; a plain column of the same field goes along."""
        found: list[str] = []
        for column in columns:
            text = row.texts.get(column.number, "")
            if not column.meaning.value:
                found.extend(split_names(narrow_digits(text)))
                continue
            ticked, words = read_tick(text)
            if not ticked:
                continue
            value = column.meaning.value
            meant = value if not words or words == value or field == "disclosure" else f"{value}（{words}）"
            if words and words != value and column.number not in row.filled:
                facts = {"written": text, "text": meant}
                self.findings.append(self._place.finding(rules.WORDS_FOR_TICK, row.number, column.number, **facts))
            found.append(meant)
        found = list(dict.fromkeys(found))
        if field != "disclosure":
            return tuple(found)
        if len(found) > 1:
            value = BOTH if set(found) == set(BOTH.split("、")) else "、".join(found)
            self.findings.append(
                self._place.finding(rules.UNCLEAR_DISCLOSURE, row.number, columns[0].number, text=value)
            )
            return value
        return found[0] if found else ""


EXACT = "原值(程序用)"
"""The header of the column in which an export keeps what cells can't hold, as headers are compared."""


def extra_name(column: Column) -> str:
    """What an unknown column is called in the catalogue: its header, unless a key of ours goes by that name."""
    if column.label == EXACT:
        return EXACT
    name = column.written or column.label
    if name and RECORDS["entry"].field_for(name) is not None:
        return f"{name}（表格）"
    return name


def official_disclosure(text: str) -> str:
    """主动公开 or 依申请公开 in their official form; other words stay."""
    plain = text.strip("。；; ")
    on_request = "依申请" in plain or "申请公开" in plain
    by_itself = "主动" in plain
    if by_itself and on_request:
        return BOTH
    if on_request and len(plain) <= 8:
        return "依申请公开"
    if by_itself and len(plain) <= 8 and "不" not in plain and "非" not in plain:
        return "主动公开"
    return text
