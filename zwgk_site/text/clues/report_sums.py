"""The tables of an annual report added up (年报表三、表四): numbers in columns that must agree (国办公开办函〔2021〕30号).

Tolerant: an empty cell between numbers is a zero; where anything else is no number, or rows have another width, nothing
is said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zwgk_site.text.clues.tables import find_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zwgk_site.text.clues.tables import Cell, Table

_NUMBER = re.compile(r"\d{1,9}")
_SIGNS = re.compile(r"(?:[\s*_,，]|&nbsp;)+")
_EMPTY = frozenset(("", "/", "-", "—", "--", "——", "无"))
_NEW, _BEFORE, _NEXT, _DONE = "本年新收", "上年结转", "结转下年度", "总计"
APPEALS, DISPUTES = 5, 15
"""Columns of one kind of appeal (维持、纠正、其他、未审结、总计), and of all three beside each other."""
RESULTS = 10
"""Fewer results than this are not the whole of table three, which has over twenty."""
_SUBTOTAL = re.compile(r"[（(][三四五六][)）][^\d]*\Z")
"""A row for a class of results that has rows of its own below: its numbers would count twice."""
LABEL = 60
"""So much of the words before a row's numbers is looked at."""
KEPT = 3
"""So many disagreements of a report are told: one slip shows in several sums."""


class Row(NamedTuple):
    """A row of numbers: the words before them, and the numbers at its end."""

    label: str
    numbers: tuple[int, ...]


def report_sums(text: str) -> tuple[str, ...]:
    """What the tables say, as elements: `表三:上年结转=3`, `表三:结转下年度=3`, and `勾稽:…` for each sum that does not agree."""
    if _NEXT not in text and "结果维持" not in text:
        return ()
    faults: list[str] = []
    found: list[str] = []
    for table in find_tables(text):
        rows = [row for cells in table.rows if (row := _read_row(cells)).numbers]
        keys = _key_rows(rows)
        if keys is not None:
            faults += _requests(table, rows, keys)
            found += [f"表三:{name}={rows[keys[name]].numbers[-1]}" for name in (_BEFORE, _NEXT)]
        elif "结果维持" in table.words or any("结果维持" in cell.text for cells in table.rows[:2] for cell in cells):
            faults += _appeals(rows)
    return (*found, *(f"勾稽:{fault}" for fault in faults[:KEPT]))


def _read_row(cells: Sequence[Cell]) -> Row:
    plain = [_SIGNS.sub("", cell.text) for cell in cells]
    at = start = len(plain)
    while at and (plain[at - 1] in _EMPTY or _NUMBER.fullmatch(plain[at - 1])):
        at -= 1
        if plain[at] not in _EMPTY:
            start = at
    return Row("".join(plain[:start]), tuple(int(text) if text not in _EMPTY else 0 for text in plain[start:]))


def _key_rows(rows: Sequence[Row]) -> dict[str, int] | None:
    """Where the four rows stand that must agree, if each is there once and all are of one width."""
    found = {name: [at for at, row in enumerate(rows) if name in row.label] for name in (_NEW, _BEFORE, _NEXT)}
    if any(len(places) != 1 for places in found.values()):
        return None
    keys = {name: places[0] for name, places in found.items()}
    done = [at for at in range(keys[_BEFORE] + 1, keys[_NEXT]) if _DONE in rows[at].label]
    if len(done) != 1 or len({len(rows[at].numbers) for at in (*keys.values(), done[0])}) != 1:
        return None
    return {**keys, _DONE: done[0]}


def _requests(table: Table, rows: Sequence[Row], keys: dict[str, int]) -> Iterator[str]:
    """Table three: 一 + 二 = 三（七） + 四 in each column, the results add up to 三（七）, each row to its 总计."""
    new, before, done, after = (rows[keys[name]].numbers for name in (_NEW, _BEFORE, _DONE, _NEXT))
    names = _column_names(table, len(new))
    between = rows[keys[_BEFORE] + 1 : keys[_DONE]]
    results = [row.numbers for row in between]
    complete = len(results) >= RESULTS and all(len(numbers) == len(new) for numbers in results)
    complete = complete and not any(_SUBTOTAL.search(row.label[-LABEL:]) for row in between)
    last = len(names) - 1  # results are often told without their totals
    for at, name in enumerate(names):
        if new[at] + before[at] != done[at] + after[at]:
            yield f"表三“{name}”一列：{new[at]}+{before[at]}≠{done[at]}+{after[at]}"
        elif complete and at < last and (total := sum(numbers[at] for numbers in results)) != done[at]:
            yield f"表三“{name}”一列：办理结果合计 {total}，（七）总计 {done[at]}"
    if len(names) >= 3 and names[-1] == _DONE:
        for name in (_NEW, _BEFORE, _NEXT):
            numbers = rows[keys[name]].numbers
            if sum(numbers[:-1]) != numbers[-1]:
                yield f"表三“{name}”一行：各列合计 {sum(numbers[:-1])}，总计 {numbers[-1]}"


def _column_names(table: Table, width: int) -> list[str]:
    """The names of the last columns: of the row of headers that ends with 总计, else their numbers."""
    for cells in (table.header, *table.rows[:4]):
        names = [_SIGNS.sub("", cell.text) for cell in cells[-width:]]
        if len(names) == width and all(names) and names[-1] == _DONE:
            return names
    return [f"第{number}列" for number in range(1, width + 1)]


def _appeals(rows: Sequence[Row]) -> Iterator[str]:
    """Table four: four results and their 总计, for each kind of appeal."""
    for row in rows:
        if len(row.numbers) not in (APPEALS, DISPUTES):
            continue
        for start in range(0, len(row.numbers), APPEALS):
            *parts, total = row.numbers[start : start + APPEALS]
            if sum(parts) != total:
                yield f"表四{'“' + row.label[:16] + '”一行' if row.label else ''}：四项合计 {sum(parts)}，总计 {total}"
