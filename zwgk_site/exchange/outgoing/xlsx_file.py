"""A layout as a workbook of one sheet: joined cells, frozen header, printed across A4 with the header on every page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zwgk_site.text.office_writing import SHEET, XML, pack_workbook, xml_text
from zwgk_site.text.workbook_parts import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.exchange.outgoing.layout import Layout

_BORDER = "".join(f'<{side} style="thin"><color auto="1"/></{side}>' for side in ("left", "right", "top", "bottom"))
_TITLE, _HEAD, _BODY, _TICK = 1, 2, 3, 4
_STYLES = (
    f'{XML}<styleSheet xmlns="{SHEET}"><fonts count="3"><font><sz val="10"/><name val="宋体"/></font>'
    '<font><b/><sz val="16"/><name val="宋体"/></font><font><b/><sz val="10"/><name val="宋体"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE3EAF2"/></patternFill></fill></fills>'
    f'<borders count="2"><border/><border>{_BORDER}<diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="5"><xf/><xf fontId="1" applyFont="1" applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf>'
    '<xf fontId="2" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
    '<alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="49" borderId="1" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="49" borderId="1" applyNumberFormat="1" applyBorder="1" applyAlignment="1">'
    '<alignment horizontal="center" vertical="center" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a reader would take for an escaped sign."""
_CENTRED = frozenset(("serial", "audience", "disclosure", "levels", "id"))
_ABOVE = 3
"""Rows above the first entry: title and header."""


def xlsx_bytes(layout: Layout) -> bytes:
    """The workbook."""
    return pack_workbook("".join(_sheet(layout)), _STYLES, name="目录", title_rows="$2:$3")


def _sheet(layout: Layout) -> Iterator[str]:
    last = column_letters(len(layout.columns))
    yield f'{XML}<worksheet xmlns="{SHEET}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    for place, column in enumerate(layout.columns, 1):
        yield f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield f'<row r="1" ht="30" customHeight="1">{_cell("A1", layout.title, _TITLE)}</row>'
    upper, lower = layout.header()
    covered = {
        (row, column)
        for merge in layout.header_merges()
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
        if (row, column) != (merge.top, merge.left)
    }
    for number, texts in enumerate((upper, lower), 1):
        shown = [("" if (number, place) in covered else text) for place, text in enumerate(texts, 1)]
        yield _row(number + 1, shown, [_HEAD] * len(shown))
    styles = [_TICK if column.field in _CENTRED else _BODY for column in layout.columns]
    hidden = {(row, merge.left) for merge in layout.merges for row in range(merge.top + 1, merge.bottom + 1)}
    for number, row in enumerate(layout.rows, 1):
        shown = ["" if (number, place) in hidden else text for place, text in enumerate(row, 1)]
        yield _row(number + _ABOVE, shown, styles)
    yield f"</sheetData>{_merge_cells(layout, last)}"
    yield '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    yield '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>'


def _row(number: int, texts: list[str], styles: list[int]) -> str:
    cells = "".join(
        _cell(f"{column_letters(place)}{number}", text, styles[place - 1]) for place, text in enumerate(texts, 1)
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(reference: str, text: str, style: int) -> str:
    if not text:
        return f'<c r="{reference}" s="{style}"/>'
    return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{xml_text(_ESCAPED.sub("_x005F_", text))}</t></is></c>'


def _merge_cells(layout: Layout, last: str) -> str:
    areas = [f"A1:{last}1"] if last != "A" else []
    areas += [
        f"{column_letters(merge.left)}{merge.top + below}:{column_letters(merge.right)}{merge.bottom + below}"
        for below, merges in ((1, layout.header_merges()), (_ABOVE, layout.merges))
        for merge in merges
    ]
    return (
        f'<mergeCells count="{len(areas)}">' + "".join(f'<mergeCell ref="{area}"/>' for area in areas) + "</mergeCells>"
    )
