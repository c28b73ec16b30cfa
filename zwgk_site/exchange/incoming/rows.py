"""The rows of a table made whole: joined cells filled, paths written out, 同上 looked up, what is no entry left out. All of it told.

Texts are still those of the cells; `values.py` reads them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.diagnostics import Diagnostic, Rule, Span
from zwgk_site.exchange.incoming import rules
from zwgk_site.exchange.incoming.cells import clean_cell, is_same
from zwgk_site.exchange.incoming.elements import join_lines
from zwgk_site.exchange.incoming.header import repeats_header
from zwgk_site.exchange.incoming.labels import plain_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.exchange.incoming.header import Column, Header, Texts
    from zwgk_site.exchange.sheets.grid import Grid

_SUM = re.compile(r"(?:合|总|小|共)\s*计|(?:合计|总计|小计|共计)[^，。]{0,12}|共\s*\d+\s*[项条个].{0,10}")
_NOTE = re.compile(
    r"(?:注|备注|说明|附注|注释|填表说明|填报说明|填表人|填报人|填报单位|制表人?|制表单位|联系人|联系电话|审核人?|负责人|单位负责人|填报日期|制表日期|日期)\s*(?:[:：]|\d+[.、])"
)
_SHOWN = 60
_NUMBERED_ROWS = 0.5
_SHARED = ("time_limit", "responsible_body", "channels", "basis")
"""What rows of one matter share: written once in joined cells, which some files part and leave blank below the first."""


class Place:
    """Makes findings that name the file and the cell."""

    def __init__(self, file: str, grid: Grid) -> None:
        self._file, self._grid = file, grid

    def of(self, row: int, column: int) -> str:
        return self._grid.place(row, column)

    def finding(self, rule: Rule, row: int, column: int, **facts: object) -> Diagnostic:
        """A finding at a cell; texts are cut so that a line stays a line."""
        return rule.at(Span(self._file), cell=self._grid.place(row, column), **_cut(facts))

    def row_finding(self, rule: Rule, row: int, **facts: object) -> Diagnostic:
        """A finding about a row as a whole."""
        return rule.at(Span(self._file), cell=self._grid.place_of_row(row), **_cut(facts))

    def area_finding(self, rule: Rule, area: str, **facts: object) -> Diagnostic:
        """A finding about several cells, `area` as the grid names them."""
        return rule.at(Span(self._file), cell=area, **_cut(facts))


def _cut(facts: dict[str, object]) -> dict[str, Any]:
    return {name: shorten(value) if isinstance(value, str) else value for name, value in facts.items()}


def shorten(text: str) -> str:
    """A text in one line, cut where it is long."""
    line = join_lines(text)
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


class WholeRow(msgspec.Struct):
    """A row that is an entry (数据行): texts by column, and which of them were filled in from above."""

    number: int
    texts: dict[int, str]
    filled: set[int]


class RowReader:
    """Walks down the rows of one table. `findings` grow; `merged`, `sames` and `skipped` are counted for the summary."""

    def __init__(self, texts: Texts, header: Header, file: str) -> None:
        grid = texts.grid
        self._grid, self._header, self._texts = grid, header, texts
        self.place = Place(file, grid)
        self.findings: list[Diagnostic] = []
        self.merged = self.sames = self.skipped = 0
        self._columns = {column.number: column for column in header.columns}
        self._levels = [column.number for column in header.of("subject")]
        self._serials = [column.number for column in header.of("serial")]
        self._content = [column.number for column in header.of("content")]
        self._ids = [column.number for column in header.of("id")]
        self._above: dict[int, str] = {}
        self._path: list[str] = []
        self._told_merges: set[tuple[int, int]] = set()
        self._formulas = {*grid.formulas}
        self._faults = {*grid.faults}

    def read(self) -> Iterator[WholeRow]:
        """The rows that are entries, in order."""
        rows = self._numbers()
        numbered = self._is_numbered(rows)
        for number in rows:
            row = self._row(number)
            self._tell_faults(number)
            if row is None or self._is_no_entry(row, numbered=numbered):
                continue
            self._fill_path(row)
            self._fill_joined(row)
            self._above = dict(row.texts)
            yield row

    def _numbers(self) -> list[int]:
        """Rows with a cell of their own, and those that only joined cells reach into where others are filled."""
        return sorted(number for number in self._grid.rows if number > self._header.last)

    def _is_numbered(self, rows: list[int]) -> bool:
        """Whether most rows have a number, so that one without goes on from the row above."""
        if not self._serials:
            return False
        filled = sum(bool(self._grid.rows[number].get(self._serials[0])) for number in rows)
        return filled > len(rows) * _NUMBERED_ROWS

    # --- one row ---------------------------------------------------------------------------------

    def _row(self, number: int) -> WholeRow | None:
        """A row with joined cells filled; `None` for one that is told and done with."""
        own = self._grid.rows[number]
        if repeats_header(self._grid, self._header, number):
            self.findings.append(self.place.row_finding(rules.HEADER_AGAIN, number))
            self.skipped += 1
            return None
        row = WholeRow(number, {}, set())
        for column in self._columns:
            top, left = self._texts.origin(number, column)
            if left != column or top <= self._header.last:
                text = "" if (top, left) != (number, column) else own.get(column, "")
            else:
                text = self._grid.rows.get(top, {}).get(left, "")
            text = clean_cell(text)
            if not text:
                continue
            if top != number:
                row.filled.add(column)
                self._tell_merge(top, left, text)
            row.texts[column] = self._resolved(number, column, text)
        row.texts = {column: text for column, text in row.texts.items() if text}
        return row

    def _tell_merge(self, top: int, left: int, text: str) -> None:
        if (top, left) in self._told_merges:
            return
        self._told_merges.add((top, left))
        merge = self._texts.merge_from(top, left)
        if merge is not None and left in self._columns:
            self.merged += 1
            self.findings.append(self.place.area_finding(rules.MERGE_FILLED, self._grid.area(merge), text=text))

    def _resolved(self, number: int, column: int, text: str) -> str:
        if not is_same(text):
            return text
        above = self._above.get(column, "")
        if above:
            self.sames += 1
            self.findings.append(self.place.finding(rules.SAME_AS_ABOVE, number, column, written=text, text=above))
        else:
            self.findings.append(self.place.finding(rules.NOTHING_ABOVE, number, column, written=text))
        return above

    def _tell_faults(self, number: int) -> None:
        for column in self._columns:
            if (number, column) in self._formulas:
                self.findings.append(self.place.finding(rules.NO_RESULT, number, column))
            elif (number, column) in self._faults:
                self.findings.append(self.place.finding(rules.SHOWS_FAULT, number, column))

    # --- what is no entry --------------------------------------------------------------------------

    def _is_no_entry(self, row: WholeRow, *, numbered: bool) -> bool:
        """Whether a row is left out, which is told unless it is blank altogether."""
        own = {column: text for column, text in row.texts.items() if column not in row.filled}
        if len(own) == 1 and self._is_section(row, own):
            return True
        if not own or not row.texts.keys() - set(self._serials):
            self._leave_out(row, own, "没有内容", "it holds nothing")
            return True
        if self._has(row, self._ids):
            return False
        if self._is_remark(row, own):
            return True
        if not self._has(row, self._content):
            if self._is_heading(row, own):
                return True
            self._continue(row, own, numbered=numbered)
        elif own.keys() <= set(self._content):
            self._continue(row, own, numbered=numbered)
        return False

    def _is_remark(self, row: WholeRow, own: dict[int, str]) -> bool:
        """A sum, or a note below the table."""
        first = join_lines(own[min(own)])
        others = [text for column, text in own.items() if column != min(own) and text != own[min(own)]]
        if _SUM.fullmatch(first) and all(map(_is_count, others)):
            self._leave_out(row, own, "合计行", "a sum")
            return True
        if _NOTE.match(first) and not self._has_own(own, self._content) and len(others) < 3:
            self._leave_out(row, own, "表下的说明", "a note below the table")
            return True
        return False

    def _is_section(self, row: WholeRow, own: dict[int, str]) -> bool:
        """A row whose one text spans most of the table is the heading of a group."""
        if len(own) != 1:
            return False
        column = next(iter(own))
        spans = sum(self._texts.origin(row.number, number) == (row.number, column) for number in self._columns)
        if spans * 2 <= len(self._columns) or spans < 3:
            return False
        text = own[column]
        rule = rules.SECTION_ROW
        self.findings.append(self.place.finding(rule, row.number, column, text=text))
        self.skipped += 1
        return True

    def _is_heading(self, row: WholeRow, own: dict[int, str]) -> bool:
        """A row with nothing but subjects names the path of those below; one with nothing but one other word is a note."""
        rest = {column for column in own if column not in self._serials}
        if rest and rest <= set(self._levels) and not self._is_wide(row, own):
            if not self._content:
                return False
            self._fill_path(row, quietly=True)
            self._leave_out(row, own, "只有标题，已作为下面各行的上级事项", "a heading; the rows below belong to it")
            return True
        if self._is_section(row, own):
            return True
        if len(rest) == 1 and not rest & {*self._levels, *self._of("time_limit"), *self._of("responsible_body")}:
            self._leave_out(row, own, "只有一格有内容", "a single cell is filled")
            return True
        return False

    def _is_wide(self, row: WholeRow, own: dict[int, str]) -> bool:
        return any(
            self._texts.origin(row.number, number) == (row.number, column)
            for column in own
            for number in self._columns
            if number != column and number not in self._levels
        )

    def _continue(self, row: WholeRow, own: dict[int, str], *, numbered: bool) -> None:
        """Fills a row without number and subject that has no content, or nothing else: its cells were joined once."""
        is_numbered = self._has(row, self._serials) or not numbered
        if is_numbered or self._has_own(own, self._levels) or not self._above or not self._content:
            return
        names = []
        by_field: dict[str, list[Column]] = {}
        for column in self._columns.values():
            by_field.setdefault(column.meaning.field, []).append(column)
        for field, columns in by_field.items():
            numbers = [column.number for column in columns]
            if field in ("", "serial", "ignored", "id", "note", "subject") or self._has(row, numbers):
                continue
            taken = [number for number in numbers if self._above.get(number)]
            for number in taken:
                row.texts[number] = self._above[number]
                row.filled.add(number)
            names += [columns[0].label.split("-")[0]] * bool(taken)
        if names:
            self.findings.append(self.place.row_finding(rules.ROW_GOES_ON, row.number, names="、".join(names)))

    def _leave_out(self, row: WholeRow, own: dict[int, str], reason: str, reason_en: str) -> None:
        if not row.texts or (not own and row.filled):
            return
        text = " ".join(join_lines(text) for _, text in sorted(own.items()))
        self.findings.append(
            self.place.row_finding(rules.ROW_LEFT_OUT, row.number, reason=reason, reason_en=reason_en, text=text)
        )
        self.skipped += 1

    # --- paths -------------------------------------------------------------------------------------

    def _fill_path(self, row: WholeRow, *, quietly: bool = False) -> None:
        """Blank levels before the first one written are as above; of a row without any, all are."""
        levels = self._levels
        given = [place for place, number in enumerate(levels) if row.texts.get(number)]
        upto = given[0] if given else len(levels)
        for place in range(upto):
            text = self._path[place] if place < len(self._path) else ""
            if not text:
                continue
            row.texts[levels[place]] = text
            row.filled.add(levels[place])
            if not quietly:
                self.findings.append(self.place.finding(rules.FILLED_ABOVE, row.number, levels[place], text=text))
        self._path = [row.texts.get(number, "") for number in levels]

    def _fill_joined(self, row: WholeRow) -> None:
        """A row that has neither limit nor organ, in a table of both, shared them with the row above before its cells were parted."""
        asked = [self._of(field) for field in _SHARED[:2]]
        has_above = all(any(self._above.get(number) for number in columns) for columns in asked)
        if not has_above or any(self._has(row, columns) for columns in asked):
            return
        for columns in map(self._of, _SHARED):
            if self._has(row, columns):
                continue
            for number in sorted(columns):
                text = self._above.get(number)
                if text:
                    row.texts[number] = text
                    row.filled.add(number)
                    self.findings.append(self.place.finding(rules.FILLED_ABOVE, row.number, number, text=text))

    def _of(self, field: str) -> set[int]:
        return {column.number for column in self._header.of(field)}

    def _has(self, row: WholeRow, columns: Iterable[int]) -> bool:
        return any(row.texts.get(number) for number in columns)

    def _has_own(self, own: dict[int, str], columns: Iterable[int]) -> bool:
        return any(own.get(number) for number in columns)


def _is_count(text: str) -> bool:
    return (len(text) <= 12 and any(sign.isdigit() for sign in text)) or not text.strip("—-/ ")


def is_label(text: str, label: str) -> bool:
    """Whether a cell repeats its header."""
    return plain_label(text) in label.split("-")
