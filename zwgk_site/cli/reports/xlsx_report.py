"""A check as a webmaster's list (`--format xlsx`): one row a finding, with a column to note what was done.

Same report, same bytes: the file's dates are the day of the check, never the clock's. No cell is ever a formula.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zwgk_site.cli.findings import department_of, due_of
from zwgk_site.cli.reports.subject import WHOLE_SITE
from zwgk_site.cli.rule_list import general_words
from zwgk_site.cli.show import display_width, plain_text
from zwgk_site.diagnostics import RULES, SEVERITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from zwgk_site.cli.day_counts import DayCounts
    from zwgk_site.cli.reports.subject import Report
    from zwgk_site.diagnostics import Diagnostic

Row = tuple[str | int | float | None, ...]

_FIXED = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can hold."""
_WIDEST, _NARROWEST = 48, 6
_LONGEST = 32_767
"""Characters that Excel takes in a cell."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with: Excel and its kin might run it (CSV injection)."""
_FINDING_HEADS = {
    "zh": ("部门", "程度", "代码", "在哪里", "行", "列", "问题", "怎么改", "依据", "应于", "处理情况"),
    "en": (
        "department",
        "severity",
        "code",
        "file",
        "line",
        "column",
        "finding",
        "how to mend",
        "basis",
        "due",
        "done",
    ),
}
_SHEETS = {
    "zh": ("问题清单", "按部门", "按代码", "退文", "不再提示"),
    "en": ("findings", "by department", "by code", "returned", "waived"),
}
_DEPARTMENT_HEADS = {
    "zh": ("代码", "部门", "错误", "警告", "提示", "暂缓更新", "按时", "逾期", "未到期", "空白", "已说明空白", "不计时限", "按时率"),
    "en": (
        "code", "department", "errors", "warnings", "notices", "held back", "on time", "late", "due", "empty",
        "excused", "uncountable", "on-time rate",
    ),
}  # fmt: skip
_CODE_HEADS = {"zh": ("代码", "程度", "数量", "意思"), "en": ("code", "severity", "count", "meaning")}
_RETURNED_HEADS = {
    "zh": ("部门", "文件", "标题", "缺什么", "怎么改", "依据"),
    "en": ("department", "file", "title", "what is missing", "how to mend", "basis"),
}


def xlsx_bytes(report: Report, language: str = "zh", days: DayCounts | None = None) -> bytes:
    """The whole workbook: findings, by department, by code; returned and waived ones where there are any."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    names = {row.code: row.name for row in report.departments} | {"": WHOLE_SITE[language == "en"]}
    titles, heads = _SHEETS[language], _FINDING_HEADS[language]
    _add_sheet(book, titles[0], heads, [(*_cells(item, names, language, days), None) for item in report.findings])
    _add_sheet(book, titles[1], _DEPARTMENT_HEADS[language], list(_department_rows(report, names, language)))
    _add_sheet(book, titles[2], _CODE_HEADS[language], list(_code_rows(report, language)))
    if report.returned is not None:
        _add_sheet(book, titles[3], _RETURNED_HEADS[language], list(_returned_rows(report, names, language)))
    if report.waived:
        waived = [(*_cells(item, names, language, days), reason) for item, reason in report.waived]
        _add_sheet(book, titles[4], (*heads[:-1], "理由" if language == "zh" else "reason"), waived)
    return _fixed_bytes(book, report.today)


def _cells(finding: Diagnostic, names: dict[str, str], language: str, days: DayCounts | None) -> Row:
    code, span = department_of(finding), finding.span
    return (
        names.get(code, code),
        SEVERITY_WORDS[language][finding.severity],
        finding.code,
        span.file,
        span.line or None,
        span.column or None,
        finding.message(language) + (days.words(finding, language) if days else ""),
        finding.hint(language),
        finding.rule.basis,
        due_of(finding),
    )


def _department_rows(report: Report, names: dict[str, str], language: str) -> Iterator[Row]:
    held = "是" if language == "zh" else "yes"
    for row in report.departments:
        counts = (row.errors, row.warnings, row.notices, held if row.held else "")
        one = row.performance
        figures: Row = (None,) * 7
        if one is not None:
            figures = (one.on_time, one.late, one.due, one.empty, one.excused, one.uncountable, one.rate)
        yield (row.code, names[row.code], *counts, *figures)


def _code_rows(report: Report, language: str) -> Iterator[Row]:
    for code, count in sorted(Counter(finding.code for finding in report.findings).items()):
        rule = RULES[code]
        yield code, SEVERITY_WORDS[language][rule.severity], count, general_words(rule, language)


def _returned_rows(report: Report, names: dict[str, str], language: str) -> Iterator[Row]:
    for item in report.returned or ():
        for finding in item.findings:
            code = department_of(finding)
            words = (finding.message(language), finding.hint(language), finding.rule.basis)
            yield (names.get(code, code), item.file, item.title, *words)


def _add_sheet(book: Workbook, title: str, heads: tuple[str, ...], rows: list[Row]) -> None:
    """A sheet that is ready to be worked through and printed: frozen head, filter, widths, A4 landscape."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    for place, width in enumerate(_widths(heads, rows), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    _set_up_print(sheet)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(rows) + 1}"
    bold, fill = Font(bold=True), PatternFill("solid", start_color="FFE3EAF2")
    maker = _CellMaker(sheet, Alignment(wrap_text=True, vertical="top"))
    head = [maker.cell(text) for text in heads]
    for cell in head:
        cell.font, cell.fill = bold, fill
    sheet.append(head)
    for row in rows:
        sheet.append([maker.cell(value) for value in row])


def _set_up_print(sheet: Worksheet) -> None:
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="&P / &N"))


def _widths(heads: tuple[str, ...], rows: list[Row]) -> list[int]:
    """Columns as wide as their widest cell, a Chinese character being two, up to a limit at which they wrap."""
    widths = [display_width(head) + 4 for head in heads]
    for row in rows:
        for place, value in enumerate(row):
            if value is not None and widths[place] < _WIDEST:
                widths[place] = max(widths[place], min(_WIDEST, display_width(str(value)[:_WIDEST]) + 2))
    return [max(_NARROWEST, min(_WIDEST, width)) for width in widths]


class _CellMaker:
    """Cells of one sheet; a style is worked out once and handed on, for a workbook has tens of thousands of cells."""

    def __init__(self, sheet: Worksheet, alignment: Any) -> None:
        from openpyxl.cell import WriteOnlyCell

        self._sheet = sheet
        self._make = WriteOnlyCell
        styled: list[Any] = [WriteOnlyCell(sheet, "") for _ in range(3)]
        for cell in styled:
            cell.alignment = alignment
        plain, quoted, rate = styled
        quoted.quotePrefix = True
        rate.number_format = "0.0%"
        self._plain, self._quoted, self._rate = plain._style, quoted._style, rate._style  # noqa: SLF001 - the fast way

    def cell(self, value: str | float | None) -> Any:
        """A number, or text that stays text whatever it begins with."""
        made: Any = self._make(self._sheet)
        made._style = self._plain  # noqa: SLF001 - as above
        if isinstance(value, str) and value:
            text = _cell_text(value)
            made._value, made.data_type = text, "s"  # noqa: SLF001 - set as text, never parsed
            if text.startswith(_FORMULA):
                made._style = self._quoted  # noqa: SLF001 - as above
        elif isinstance(value, (int, float)):
            made.value = value
            if isinstance(value, float):
                made._style = self._rate  # noqa: SLF001 - as above
        return made


def _cell_text(text: str) -> str:
    """Text that XML and Excel can hold."""
    plain = plain_text(text).replace("\ufffe", " ").replace("\uffff", " ")
    return plain[:_LONGEST]


def _fixed_bytes(book: Workbook, today: str) -> bytes:
    """The file with the check's day in place of the clock's."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.creator = "zwgk"
    book.properties.created = book.properties.modified = datetime.fromisoformat(today)
    draft = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED)).save()
    made = io.BytesIO()
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, source.read(name))
    return made.getvalue()
