"""The catalogue as a table to take away: `catalog.csv` and `catalog.xlsx`, columns in the official order, one row an entry.

The workbook is written by hand, for a library that writes cells takes as long as all the rest of an entry. Same entries,
same bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zwgk_site.text.office_writing import SHEET, XML, pack_workbook, xml_text
from zwgk_site.text.workbook_parts import column_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zwgk_site.model.corpus import CatalogEntry

Table = tuple[tuple[str, ...], ...]

BETWEEN = "；"
_LEVELS = ("一级", "二级", "三级", "四级", "五级", "六级")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PARTING = re.compile('[,"\r\n]')
_WIDE = frozenset(("公开内容", "公开依据", "公开渠道", "备注"))
_STYLES = (
    f'{XML}<styleSheet xmlns="{SHEET}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font>'
    '<font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf fontId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def catalog_table(entries: Sequence[CatalogEntry]) -> Table:
    """Header and rows; there are as many columns for 公开事项 as the deepest entry has levels, and one for each unknown key."""
    depth = max((len(entry.subject) for entry in entries), default=1)
    extras = tuple(dict.fromkeys(key for entry in entries for key, _ in entry.extra))
    levels = tuple(f"公开事项（{name}）" for name in _LEVELS[:depth])
    header = (
        "序号", *levels, "公开内容", "公开依据", "公开时限", "公开主体", "责任科室", "公开渠道", "公开对象", "公开方式", "公开层级",
        "公开时长", "领域", "法定事项", "五公开", "重点领域", "栏目", "空缺说明", "备注", "编号", *extras,
    )  # fmt: skip
    return (header, *(_row(number, entry, depth, extras) for number, entry in enumerate(entries, 1)))


def _row(number: int, entry: CatalogEntry, depth: int, extras: tuple[str, ...]) -> tuple[str, ...]:
    subject = (*entry.subject, *("",) * (depth - len(entry.subject)))
    unknown = dict(entry.extra)
    return (
        str(number), *subject, BETWEEN.join(entry.content), BETWEEN.join(entry.basis), entry.time_limit,
        BETWEEN.join(entry.responsible_body), entry.office, BETWEEN.join(entry.channels), BETWEEN.join(entry.audience),
        entry.disclosure, BETWEEN.join(entry.levels), entry.duration, entry.field, entry.statutory_item, entry.stage,
        BETWEEN.join(entry.key_areas), entry.column, entry.empty_reason, entry.note, entry.id,
        *(unknown.get(key, "") for key in extras),
    )  # fmt: skip


def encode_csv(table: Table) -> bytes:
    """UTF-8 with the mark that Excel needs; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    cell = _CsvCells().__getitem__
    lines = [",".join(map(cell, row)) for row in table]
    return ("\ufeff" + "\r\n".join((*lines, ""))).encode("utf-8", "replace")


class _CsvCells(dict[str, str]):
    """Cells by their text, each made once: most values of a catalogue stand in many rows."""

    def __missing__(self, text: str) -> str:
        cell = f"'{text}" if text.startswith(_FORMULA) else text
        self[text] = found = '"' + cell.replace('"', '""') + '"' if _PARTING.search(cell) else cell
        return found


def encode_workbook(table: Table, title: str) -> bytes:
    """One sheet of text cells with a fixed header row, a filter and columns that print on A4 landscape."""
    strings = _Strings()
    sheet = _sheet(table, strings)
    return pack_workbook(sheet, _STYLES, name=_sheet_name(title), title_rows="$1:$1", strings=strings.part(), level=3)


def _sheet_name(title: str) -> str:
    plain = "".join(" " if sign in "[]:*?/\\'" or not sign.isprintable() else sign for sign in title)
    return plain[:31].strip() or "目录"


def _sheet(table: Table, strings: _Strings) -> str:
    header = table[0]
    last = column_letters(len(header))
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{30 if name in _WIDE else 6 if name == "序号" else 16}" customWidth="1"/>'
        for place, name in enumerate(header, 1)
    )
    head, body = _Cells(' s="1"', strings).__getitem__, _Cells("", strings).__getitem__
    rows = [
        f'<row r="{number}">{"".join(map(body if number > 1 else head, row))}</row>'
        for number, row in enumerate(table, 1)
    ]
    return (
        f'{XML}<worksheet xmlns="{SHEET}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
        '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData>{"".join(rows)}</sheetData><autoFilter ref="A1:{last}{len(table)}"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


class _Strings(dict[str, int]):
    """The texts of a workbook and their numbers: each stands in it once, however many rows have it."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number

    def part(self) -> str:
        """The part that holds them."""
        texts = "".join([f'<si><t xml:space="preserve">{xml_text(text)}</t></si>' for text in self])
        return f'{XML}<sst xmlns="{SHEET}" uniqueCount="{len(self)}">{texts}</sst>'


class _Cells(dict[str, str]):
    """Cells of one style by their text."""

    def __init__(self, style: str, strings: _Strings) -> None:
        self._style, self._strings = style, strings

    def __missing__(self, text: str) -> str:
        self[text] = found = f'<c t="s"{self._style}><v>{self._strings[text]}</v></c>' if text else f"<c{self._style}/>"
        return found
