"""Sheets of a workbook that can be worked through and printed as they are; what stands in them is told by others.

Same content, same bytes: the file's dates are given, never the clock's. No cell is ever a formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.cli.show import display_width, plain_text
from zwgk_site.exchange.fixed_workbook import fixed_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


class Flag(str):
    """Text of a cell that must not be overlooked: red, and a word, so that it is seen in black and white, too."""

    __slots__ = ()


Row = tuple[str | int | float | None, ...]


class Sheet(msgspec.Struct, frozen=True):
    """One sheet (工作表): heads over rows; `kept` columns stay in sight, `limits` are the widest that some may be."""

    title: str
    heads: tuple[str, ...]
    rows: list[Row]
    kept: int = 0
    limits: dict[str, int] = {}


_WIDEST, _NARROWEST = 44, 6
_LONGEST = 32_767
"""Characters that Excel takes in a cell."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with: Excel and its kin might run it (CSV injection)."""


def workbook_bytes(sheets: list[Sheet], title: str, today: str) -> bytes:
    """The workbook with the sheets in order; `title` is printed above each page."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _add_sheet(book, sheet, title)
    return fixed_bytes(book, today)


def _add_sheet(book: Workbook, content: Sheet, title: str) -> None:
    """A sheet that is ready to be worked through and printed: frozen head, filter, widths, A4 landscape."""
    from openpyxl.utils import get_column_letter as letter

    sheet = book.create_sheet(content.title)
    for place, width in enumerate(_widths(content), 1):
        sheet.column_dimensions[letter(place)].width = width
    _set_up_print(sheet, f"{title}　{content.title}")
    sheet.freeze_panes = f"{letter(content.kept + 1)}2"
    if content.kept:
        sheet.print_title_cols = f"A:{letter(content.kept)}"
    sheet.auto_filter.ref = f"A1:{letter(len(content.heads))}{len(content.rows) + 1}"
    maker = _CellMaker(sheet)
    sheet.append([maker.head(text) for text in content.heads])
    for row in content.rows:
        sheet.append([maker.cell(value) for value in row])


def _set_up_print(sheet: Worksheet, title: str) -> None:
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.7, bottom=0.6, header=0.3, footer=0.3)
    sheet.oddHeader = HeaderFooterItem(left=_HeaderFooterPart(text=title.replace("&", "&&")))
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="&P / &N"))


def _widths(content: Sheet) -> list[int]:
    """Columns as wide as their widest cell, a Chinese character being two, up to a limit at which they wrap.

    One that is limited and empty, to be filled in by hand, is as wide as it may be.
    """
    limits = [content.limits.get(head, _WIDEST) for head in content.heads]
    widths = [display_width(head) + 4 for head in content.heads]
    for place, head in enumerate(content.heads):
        if head in content.limits and all(row[place] is None for row in content.rows):
            widths[place] = limits[place]
    for row in content.rows:
        for place, value in enumerate(row):
            if value is not None and widths[place] < limits[place]:
                shown = "100.0%" if isinstance(value, float) else str(value)[:_WIDEST]
                widths[place] = max(widths[place], display_width(shown) + 2)
    return [max(_NARROWEST, min(limit, width)) for width, limit in zip(widths, limits, strict=True)]


class _CellMaker:
    """Cells of one sheet; a style is worked out once and handed on, for a workbook has tens of thousands of cells.

    What is handed on is one object for all cells of its kind: no cell is styled after it was made.
    """

    def __init__(self, sheet: Worksheet) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, PatternFill

        self._sheet = sheet
        self._make = WriteOnlyCell
        styled: dict[str, Any] = {
            name: WriteOnlyCell(sheet, "") for name in ("plain", "quoted", "rate", "flag", "head")
        }
        for cell in styled.values():
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        styled["quoted"].quotePrefix = True
        styled["rate"].number_format = "0.0%"
        styled["flag"].font = Font(bold=True, color="FF9C0006")
        styled["flag"].fill = PatternFill("solid", start_color="FFFFC7CE")
        styled["head"].font = Font(bold=True)
        styled["head"].fill = PatternFill("solid", start_color="FFE3EAF2")
        self._styles = {name: cell._style for name, cell in styled.items()}  # noqa: SLF001 - the fast way

    def head(self, text: str) -> Any:
        """A cell of the first row."""
        made = self.cell(text)
        made._style = self._styles["head"]  # noqa: SLF001 - as above
        return made

    def cell(self, value: str | float | None) -> Any:
        """A number, or text that stays text whatever it begins with."""
        made: Any = self._make(self._sheet)
        made._style = self._styles["plain"]  # noqa: SLF001 - as above
        if isinstance(value, str) and value:
            text = _cell_text(value)
            made._value, made.data_type = text, "s"  # noqa: SLF001 - set as text, never parsed
            if isinstance(value, Flag):
                made._style = self._styles["flag"]  # noqa: SLF001 - as above
            elif text.startswith(_FORMULA):
                made._style = self._styles["quoted"]  # noqa: SLF001 - as above
        elif isinstance(value, (int, float)):
            made.value = value
            if isinstance(value, float):
                made._style = self._styles["rate"]  # noqa: SLF001 - as above
        return made


def _cell_text(text: str) -> str:
    """Text that XML and Excel can hold."""
    plain = plain_text(text).replace("\ufffe", " ").replace("\uffff", " ")
    return plain[:_LONGEST]
