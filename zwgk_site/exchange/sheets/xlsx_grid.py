"""Sheets of an .xlsx or .xlsm file, read as a stream: values as the program last computed them, never a macro, never a formula."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from zwgk_site.exchange.sheets.grid import COLUMN_LIMIT, ROW_LIMIT, Grid, Merge
from zwgk_site.text.office_parts import RefusedError
from zwgk_site.text.workbook_parts import column_number, named_sheets, plain_number, shared_strings, sheet_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.text.office_parts import Attributes, Parts

_FORMAT_NAMES = {
    **dict.fromkeys((14, 15, 22, 27, 31, 36, 50, 52, 54, 57), "ymd"),
    **dict.fromkeys((16, 28, 29, 30, 51, 53, 58), "md"),
    **dict.fromkeys((17, 55), "ym"),
}
"""Built-in number formats that are dates (ECMA-376 Part 1, 18.8.30, with those of Chinese systems)."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGE_LIMIT = 100_000


def read_xlsx(parts: Parts) -> Iterator[Grid]:
    """The worksheets in the order of their tabs."""
    if "xl/workbook.xml" not in parts.names:
        raise RefusedError
    strings = shared_strings(parts)
    files = sheet_files(parts)
    dates = _date_styles(parts)
    base = _first_day(parts)
    for name, relation, state in named_sheets(parts):
        file = files.get(relation, "")
        if not file.startswith("xl/worksheets/"):
            continue  # a chart
        grid = Grid(name, is_hidden=state in ("hidden", "veryHidden"))
        reader = _SheetReader(grid, strings, dates, base)
        parts.parse(file, start=reader.start, text=reader.text, end=reader.end)
        yield grid


def _first_day(parts: Parts) -> datetime:
    """The day that serial 0 stands for: workbooks of old Macs count from 1904."""
    found = [datetime(1899, 12, 30)]  # noqa: DTZ001 a day on a calendar, in no zone

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr" and attributes.get("date1904", "0") in ("1", "true"):
            found[0] = datetime(1904, 1, 1)  # noqa: DTZ001 as above

    parts.parse("xl/workbook.xml", start=start)
    return found[0]


def _date_styles(parts: Parts) -> dict[int, str]:
    """Which styles show a number as a day, by their numbers: `ymd`, `ym` or `md`."""
    formats: dict[str, str] = {}
    styles: dict[int, str] = {}
    state = {"inside": 0, "count": 0}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = _date_form(attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            state["inside"] = 1
        elif tag == "xf" and state["inside"]:
            number = attributes.get("numFmtId", "0")
            form = formats.get(number) or (_FORMAT_NAMES.get(int(number), "") if number.isdecimal() else "")
            if form:
                styles[state["count"]] = form
            state["count"] += 1

    def end(tag: str) -> None:
        if tag == "cellXfs":
            state["inside"] = 0

    parts.parse("xl/styles.xml", start=start, end=end)
    return styles


def _date_form(code: str) -> str:
    """What a number format shows of a day; empty for one that shows none."""
    plain = _LITERAL.sub("", code.partition(";")[0]).lower()
    shown = "".join(sign for sign in "ymd" if sign in plain)
    return shown if shown in ("ymd", "ym", "md") else ""


class _SheetReader:
    """Takes a sheet's XML piece by piece; `r` of a cell may be missing, then it follows the one before."""

    def __init__(self, grid: Grid, strings: list[str], dates: dict[int, str], base: datetime) -> None:
        self._grid, self._strings, self._dates, self._base = grid, strings, dates, base
        self._row, self._column = 0, 0
        self._kind, self._style = "", 0
        self._words: list[str] = []
        self._in_value = self._in_reading = 0
        self._has_formula = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._column = column_number(attributes.get("r", "")) or self._column + 1
            self._kind = attributes.get("t", "")
            style = attributes.get("s", "0")
            self._style = int(style) if style.isdecimal() and len(style) < 7 else 0
            self._has_formula = False
        elif tag in ("v", "t"):
            self._in_value += 1
        elif tag == "rPh":
            self._in_reading += 1
        elif tag == "f":
            self._has_formula = True
        elif tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 9 else self._row + 1
            self._column = 0
            if _is_on(attributes.get("hidden", "0")):
                self._grid.hidden_rows.add(self._row)
        elif tag == "col" and _is_on(attributes.get("hidden", "0")):
            first, last = (attributes.get(name, "") for name in ("min", "max"))
            if first.isdecimal() and last.isdecimal():
                self._grid.hidden_columns.update(range(int(first), min(int(last), COLUMN_LIMIT) + 1))
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def text(self, text: str) -> None:
        if self._in_value and not self._in_reading:
            self._words.append(text)

    def end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self._in_value -= 1
        elif tag == "rPh":
            self._in_reading -= 1
        elif tag == "c":
            written = "".join(self._words)
            self._words = []
            self._take(written)

    def _take(self, written: str) -> None:
        if self._kind == "e":
            self._grid.faults.append((self._row, self._column))
            return
        if self._has_formula and not written and self._kind != "str":
            self._grid.formulas.append((self._row, self._column))
            return
        self._grid.put(self._row, self._column, self._value(written))

    def _value(self, text: str) -> str:
        if self._kind == "s":
            number = int(text) if text.isdecimal() and len(text) < 10 else -1
            return _unescaped(self._strings[number]) if 0 <= number < len(self._strings) else ""
        if self._kind == "b":
            return "是" if text.strip() == "1" else "否"
        if self._kind == "d":
            return text[:10]
        if self._kind in ("str", "inlineStr"):
            return _unescaped(text)
        form = self._dates.get(self._style)
        return (day_of_serial(text, form, self._base) if form else "") or plain_number(text)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        corners = [(column_number(cell), cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for cell in (first, last or first)]
        if len(self._grid.merges) >= _MERGE_LIMIT or any(not row.isdecimal() or len(row) > 8 for _, row in corners):
            return
        (left, top), (right, bottom) = corners
        merge = Merge(int(top), left, min(int(bottom), int(top) + ROW_LIMIT), min(right, COLUMN_LIMIT))
        if merge.left and merge.top <= merge.bottom and merge.left <= merge.right:
            self._grid.merges.append(merge)


def _unescaped(text: str) -> str:
    """Signs that XML can't hold, or would change, stand as `_x000D_` (ECMA-376 Part 1, 22.9.2.19)."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _is_on(flag: str) -> bool:
    return flag not in ("0", "false", "")


def day_of_serial(text: str, form: str, base: datetime) -> str:
    """The day that a number stands for, shown as its format does: 2026-03-05, 2026年3月, 3月5日; empty if it is none."""
    try:
        day = base + timedelta(days=float(text))
    except (ValueError, OverflowError):
        return ""
    if not 1900 <= day.year < 3000 or float(text) < 1:
        return ""
    if form == "md":
        return f"{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月" if form == "ym" else day.date().isoformat()
