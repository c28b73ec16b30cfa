"""The tables of a file to rows: which of them are catalogues, with which header, and what was understood of their columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.exchange.incoming import rules
from zwgk_site.exchange.incoming.cells import clean_cell
from zwgk_site.exchange.incoming.header import (
    Column,
    Header,
    Texts,
    find_header,
    is_header_row,
    repeats_header,
)
from zwgk_site.exchange.incoming.labels import Meaning, meaning_label, plain_label, wished_meaning
from zwgk_site.exchange.incoming.rows import Place, RowReader, is_label
from zwgk_site.exchange.incoming.values import EXACT, ImportedRow, ValueReader
from zwgk_site.model.fields import CHANNELS
from zwgk_site.text.workbook_parts import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from zwgk_site.exchange.sheets.grid import Grid, Tables

_DISCLOSED = re.compile(r".{0,4}(?:主动|依申请).{0,6}")
_CHANNEL = re.compile(
    "|".join(re.escape(name) for name in (*CHANNELS[:8], "网站", "公示栏", "公开栏", "微信", "电视", "报", "公告"))
)
_SAMPLE = 200
_MOSTLY = 0.6
_ROW_NUMBER = re.compile(r"[0-9]+")
_COLUMN = re.compile(r"[A-Z]{1,2}")


class Understood(msgspec.Struct, frozen=True):
    """What was understood of one table (识别结果): for who looks at it before it is written.

    `columns` are their letters, headers and meanings; `sheet` is empty for a text table.
    """

    file: str
    sheet: str
    header_first: int
    header_last: int
    columns: tuple[tuple[str, str, str], ...]
    rows: int
    merged: int
    sames: int
    skipped: int


class TableRows(msgspec.Struct, frozen=True):
    """The rows of all tables of a file (读出的行), the fields they have columns for, the words above them."""

    rows: tuple[ImportedRow, ...]
    fields: frozenset[str]
    understood: tuple[Understood, ...]
    title: str = ""
    has_serials: bool = False


def read_wishes(written: Iterable[str], file: str) -> Checked[dict[str, Meaning]]:
    """`K=责任科室`, `承办处室=责任科室` to meanings by column letters or plain labels."""
    wishes: dict[str, Meaning] = {}
    findings: list[Diagnostic] = []
    for wish in written:
        column, sign, field = wish.replace("＝", "=").partition("=")
        meaning = wished_meaning(field) if sign else None
        if not column.strip() or meaning is None:
            reason = f"没有“{field.strip()}”这个项目" if sign and field.strip() else "缺少等号或内容"
            reason_en = f"there is no field {field.strip()}" if sign and field.strip() else "a part is missing"
            findings.append(rules.BAD_MAP.at(Span(file), written=wish, reason=reason, reason_en=reason_en))
            continue
        letters = column.strip().upper()
        wishes[letters if _COLUMN.fullmatch(letters) else plain_label(column)] = meaning
    return Checked(wishes, tuple(findings))


def has_catalog(tables: Tables) -> bool:
    """Whether any table has the header of a catalogue."""
    return any(find_header(grid) is not None for grid in tables.grids)


def read_tables(tables: Tables, file: str, *, wishes: Mapping[str, Meaning], sheet: str = "") -> Checked[TableRows]:
    """The rows of every catalogue in a file; of the sheet `sheet` alone if one is named."""
    findings: list[Diagnostic] = []
    chosen = [grid for grid in tables.grids if not sheet or grid.name == sheet]
    if sheet and not chosen:
        known = [grid.name for grid in tables.grids]
        example = next(iter(known), "")
        finding = rules.NO_SUCH_SHEET.at(Span(file), name=sheet, names="、".join(known), example=example)
        return Checked(TableRows((), frozenset(), ()), (finding,))
    found: list[tuple[Grid, Header]] = []
    for grid in chosen:
        header = find_header(grid, wishes) or _header_of_page_before(grid, found)
        if header is None and wishes and len(chosen) == 1:
            header = _header_of_wishes(grid, wishes)
        if header is None:
            continue
        if grid.is_hidden and not sheet:
            findings.append(rules.HIDDEN_SHEET.at(Span(file), name=grid.name))
            continue
        found.extend(_stacked(grid, header, wishes))
    if not found:
        names = "、".join(grid.name for grid in chosen[:5] if grid.name) or file
        findings.append(rules.NO_HEADER.at(Span(file), names=names))
    sheets = tuple(dict.fromkeys(grid.name for grid, _ in found))
    if tables.kind in ("xlsx", "xls", "ods") and len(sheets) > 1:
        rule = rules.SEVERAL_SHEETS
        findings.append(rule.at(Span(file), count=len(sheets), names="、".join(sheets), example=sheets[0]))
    rows: list[ImportedRow] = []
    fields: set[str] = set()
    understood: list[Understood] = []
    for grid, header in found:
        table = _read_one(grid, header, file, wishes)
        findings.extend(table.findings)
        rows.extend(table.value.rows)
        fields |= table.value.fields
        understood.extend(table.value.understood)
    title = "\n".join(header.title for _, header in found)
    has_serials = any(header.of("serial") for _, header in found)
    value = TableRows(tuple(rows), frozenset(fields), tuple(understood), title, has_serials)
    return Checked(value, tuple(findings))


def _header_of_page_before(grid: Grid, found: Sequence[tuple[Grid, Header]]) -> Header | None:
    """A table without a header goes on from the one before if it is as wide and of the same kind (a page break in Word)."""
    if not found or not grid.rows or found[-1][0].name[:1] != "表" or grid.name[:1] != "表":
        return None
    _, header = found[-1]
    width = max(*map(max, grid.rows.values()), *(merge.right for merge in grid.merges), 0)
    first = min(grid.rows)
    return msgspec.structs.replace(header, first=first, last=first - 1) if width == len(header.columns) else None


def _stacked(grid: Grid, header: Header, wishes: Mapping[str, Meaning]) -> Iterator[tuple[Grid, Header]]:
    """A sheet may hold several tables one below another: where a later header differs, another table begins."""
    rows = [row for row in sorted(grid.rows) if row > header.last]
    start = next((row for row in rows if is_header_row(grid, row) and not repeats_header(grid, header, row)), None)
    if start is None:
        yield grid, header
        return
    above, below = _part(grid, 0, start), _part(grid, start, 1 << 40)
    following = find_header(below, wishes)
    if following is None or following.first > start:
        yield grid, header
        return
    yield above, header
    yield from _stacked(below, following, wishes)


def _part(grid: Grid, first: int, end: int) -> Grid:
    """The rows of a grid from `first` to before `end`."""
    rows = {row: cells for row, cells in grid.rows.items() if first <= row < end}
    merges = [merge for merge in grid.merges if first <= merge.top < end]
    return msgspec.structs.replace(grid, rows=rows, merges=merges)


def _header_of_wishes(grid: Grid, wishes: Mapping[str, Meaning]) -> Header | None:
    """What was asked for by column letters, for a table that has no header at all."""
    width = max((max(cells) for cells in grid.rows.values()), default=0)
    columns = [
        Column(number, column_letters(number), wishes.get(column_letters(number)) or Meaning("ignored"))
        for number in range(1, width + 1)
    ]
    known = {column.meaning.field for column in columns} & {"subject", "content"}
    labels = [column for column in columns if wishes.get(column.label)]
    return Header(0, min(grid.rows) - 1, tuple(columns)) if known and labels else None


def _read_one(grid: Grid, header: Header, file: str, wishes: Mapping[str, Meaning]) -> Checked[TableRows]:
    place = Place(file, grid)
    findings: list[Diagnostic] = []
    if not grid.is_whole:
        findings.append(rules.PARTLY_READ.at(Span(file)))
    header = _with_blank_subjects(grid, header)
    header = _without_hidden(grid, header)
    texts = Texts(grid)
    header = _by_content(texts, header, place, findings, wishes)
    findings.extend(_column_findings(grid, header, place))
    reader = RowReader(texts, header, file)
    rows = list(reader.read())
    findings.extend(_hidden_findings(grid, header, file))
    values = ValueReader(header, place, rows)
    read = tuple(values.read(row, file) for row in rows)
    in_order = _interleaved(reader.findings, values.findings)
    shown = tuple(
        (
            column_letters(column.number),
            column.written.replace("-", "·"),
            _told_meaning(column),
        )
        for column in header.columns
        if column.label or column.meaning.field
    )
    understood = Understood(
        file, grid.name, header.first, header.last, shown, len(read), reader.merged, reader.sames, reader.skipped
    )
    return Checked(TableRows(read, header.fields, (understood,)), (*findings, *in_order))


def _told_meaning(column: Column) -> str:
    if column.label == EXACT:
        return "导出时另记的原值"
    return meaning_label(column.meaning) if column.meaning.field else ""


def _interleaved(*groups: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Findings about cells from the top down."""
    return sorted((finding for group in groups for finding in group), key=_row_of)


def _row_of(finding: Diagnostic) -> int:
    found = _ROW_NUMBER.search(str(dict(finding.facts).get("cell", "")).rpartition("!")[2])
    return int(found[0]) if found else 0


def _with_blank_subjects(grid: Grid, header: Header) -> Header:
    """Columns without a header right of 公开事项 hold its further levels, if they hold words (a header that was joined once)."""
    subjects = [column for column in header.columns if column.meaning.field == "subject"]
    if not subjects or any(column.meaning.level for column in subjects):
        return header
    columns = list(header.columns)
    place = subjects[-1].number
    for at in range(place, len(columns)):
        column = columns[at]
        if column.label or not any(cells.get(column.number) for row, cells in grid.rows.items() if row > header.last):
            break
        columns[at] = msgspec.structs.replace(column, meaning=Meaning("subject", rank=3))
    return msgspec.structs.replace(header, columns=tuple(columns))


def _without_hidden(grid: Grid, header: Header) -> Header:
    """Unknown columns that are hidden are not meant for the public, and unknown columns are published."""
    columns = tuple(
        msgspec.structs.replace(column, meaning=Meaning("ignored"))
        if column.number in grid.hidden_columns and not column.meaning.field and column.label != EXACT
        else column
        for column in header.columns
    )
    return msgspec.structs.replace(header, columns=columns)


def _by_content(
    texts: Texts, header: Header, place: Place, findings: list[Diagnostic], wishes: Mapping[str, Meaning]
) -> Header:
    """公开形式, 公开范围 and 公开方式 are used for one another: what stands in the column decides."""
    columns = list(header.columns)
    for at, column in enumerate(columns):
        meaning = column.meaning
        if meaning.field not in ("channels", "audience", "disclosure") or meaning.value:
            continue
        if wishes.get(column_letters(column.number)) or wishes.get(column.label):
            continue
        sample = _sample(texts, header, column.number)
        have = {other.meaning.field for other in columns}
        told = None
        if meaning.field != "disclosure" and _mostly(sample, _DISCLOSED) and "disclosure" not in have:
            told = ("disclosure", "主动公开、依申请公开", "主动公开 or 依申请公开")
        elif meaning.field == "disclosure" and _mostly(sample, _CHANNEL) and "channels" not in have:
            told = ("channels", "公开渠道", "channels")
        if told is not None:
            changed = Meaning(told[0], rank=3)
            columns[at] = msgspec.structs.replace(column, meaning=changed)
            facts = {"name": column.label, "kind": told[1], "kind_en": told[2], "key": meaning_label(changed)}
            findings.append(place.finding(rules.BY_CONTENT, header.last, column.number, **facts))
    return msgspec.structs.replace(header, columns=tuple(columns))


def _sample(texts: Texts, header: Header, column: int) -> list[str]:
    rows = [row for row in sorted(texts.grid.rows) if row > header.last][:_SAMPLE]
    found = (clean_cell(texts.at(row, column)) for row in rows if not repeats_header(texts.grid, header, row))
    return [text for text in found if text]


def _mostly(sample: Sequence[str], pattern: re.Pattern[str]) -> bool:
    def fits(text: str) -> bool:
        return bool(pattern.fullmatch(text) if pattern is _DISCLOSED else pattern.search(text))

    return bool(sample) and sum(map(fits, sample)) >= len(sample) * _MOSTLY


def _column_findings(grid: Grid, header: Header, place: Place) -> Iterable[Diagnostic]:
    """Columns that are kept by their own names, if anything stands in them."""
    rows = [cells for row, cells in grid.rows.items() if row > header.last]
    for column in header.columns:
        if column.meaning.field or plain_label(column.label) == EXACT:
            continue
        if any(cells.get(column.number) and not is_label(cells[column.number], column.label) for cells in rows):
            name = column.written or f"{column_letters(column.number)}列"
            yield place.finding(rules.KEPT_COLUMN, max(header.last, 1), column.number, name=name)


def _hidden_findings(grid: Grid, header: Header, file: str) -> Iterable[Diagnostic]:
    if grid.left_out:
        yield rules.HIDDEN_WORDS.at(Span(file), name=grid.name or file, count=grid.left_out)
    rows = [str(row) for row in sorted(grid.hidden_rows) if row > header.last and row in grid.rows]
    used = {column for cells in grid.rows.values() for column in cells}
    columns = [column_letters(column) for column in sorted(grid.hidden_columns & used)]
    if rows or columns:
        listed = [*(f"第{row}行" for row in rows[:5]), *(f"{name}列" for name in columns[:5])]
        names = "、".join(listed) + (" …" if len(rows) > 5 or len(columns) > 5 else "")
        yield rules.HIDDEN_LINES.at(Span(file), name=grid.name or file, names=names)
