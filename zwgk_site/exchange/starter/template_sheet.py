"""`目录模板.xlsx`: the official layout of a catalogue, to be filled in by those who would rather not see YAML.

Sheet 目录 has the two-row head of the national 标准目录 and nothing below it; 示例和说明 says what each column takes, with
examples; 选项 holds the closed vocabularies that cells are chosen from. Same input, same bytes. openpyxl is imported when
a workbook is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.exchange.fixed_workbook import fixed_bytes
from zwgk_site.model.fields import DISCLOSURES, RECORDS, STAGES, example_of
from zwgk_site.statute.reach import CHANNELS
from zwgk_site.statute.taxonomy import FIELDS, ITEMS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from zwgk_site.exchange.starter.values import NumberedRow, Starter

CATALOG_SHEET, HELP_SHEET, CHOICE_SHEET = "目录", "示例和说明", "选项"
TICK = "√"
_ROWS_READY = 500
"""Rows below the head in which cells offer their choices; further rows are read all the same."""
_EXAMPLES = 3
_MADE_ON = "2026-01-01"


class Column(msgspec.Struct, frozen=True):
    """A column of the layout (列): its head in one row or two, its field in `model/fields.py`, width, choices."""

    head: str
    below: str
    field: str
    width: int
    choices: tuple[str, ...] = ()


_FIELD_NAMES = tuple(term.name for term in FIELDS)
_ITEM_NAMES = tuple(term.slug for term in ITEMS)
_TICKS = (TICK,)


def columns_of(level: str) -> tuple[Column, ...]:
    """The columns of the official layout, in order; of 公开层级 those two that an organ of this level needs."""
    places = {"省级": ("省级", "市级"), "市级": ("市级", "县级")}.get(level, ("县级", "乡级"))
    return (
        Column("序号", "", "", 6),
        Column("编号", "", "id", 12),
        Column("公开事项", "一级事项", "subject", 14),
        Column("公开事项", "二级事项", "subject", 18),
        Column("公开事项", "三级事项", "subject", 14),
        Column("公开内容（要素）", "", "content", 34),
        Column("公开依据", "", "basis", 34),
        Column("公开时限", "", "time_limit", 24),
        Column("公开主体", "", "responsible_body", 18),
        Column("责任科室", "", "office", 14),
        Column("公开渠道和载体", "", "channels", 24),
        Column("公开对象", "全社会", "audience", 8, _TICKS),
        Column("公开对象", "特定群体", "audience", 9, _TICKS),
        Column("公开方式", "主动", "disclosure", 7, _TICKS),
        Column("公开方式", "依申请", "disclosure", 8, _TICKS),
        *(Column("公开层级", place, "levels", 7, _TICKS) for place in places),
        Column("领域", "", "field", 14, _FIELD_NAMES),
        Column("法定事项", "", "statutory_item", 10, _ITEM_NAMES),
        Column("五公开", "", "stage", 8, STAGES),
        Column("备注", "", "note", 18),
    )


def template_bytes(starter: Starter, rows: tuple[NumberedRow, ...]) -> bytes:
    """The workbook."""
    from openpyxl import Workbook

    columns = columns_of(starter.profile.level)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = CATALOG_SHEET
    choices = _choice_places(columns)
    _write_head(sheet, columns)
    _add_notes(sheet, columns)
    _offer_choices(sheet, columns, choices)
    _write_help(book.create_sheet(HELP_SHEET), columns, starter, rows)
    _write_choices(book.create_sheet(CHOICE_SHEET), columns)
    return fixed_bytes(book, _MADE_ON)


def _write_head(sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    """Two rows: equal heads side by side are one cell, a head without a second line takes both rows."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color="FF808080")
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        for row, text in ((1, column.head), (2, column.below)):
            cell: Any = sheet.cell(row, place)
            cell.value = text or None
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFDCE6F1")
            cell.alignment = Alignment("center", "center", wrap_text=True)
            cell.border = Border(line, line, line, line)
    start = 1
    while start <= len(columns):
        head = columns[start - 1].head
        end = start
        while end < len(columns) and columns[end].head == head:
            end += 1
        if columns[start - 1].below:
            sheet.merge_cells(start_row=1, start_column=start, end_row=1, end_column=end)
        else:
            sheet.merge_cells(start_row=1, start_column=start, end_row=2, end_column=start)
        start = end + 1
    sheet.row_dimensions[1].height = sheet.row_dimensions[2].height = 22
    sheet.freeze_panes = "A3"


def _add_notes(sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    from openpyxl.comments import Comment

    told = set()
    for place, column in enumerate(columns, 1):
        if column.head not in told:
            told.add(column.head)
            note = Comment(_explain(column), "zwgk", height=120, width=320)
            sheet.cell(1, place).comment = note


def _explain(column: Column) -> str:
    """What a column takes, in a sentence and an example."""
    own = {
        "序号": "可以不填。",
        "公开事项": "一级、二级、三级事项各一格；没有三级的空着。上下相同的可以合并单元格。",
        "公开渠道和载体": "写全部渠道，用顿号隔开：" + "、".join(term.name for term in CHANNELS),
        "公开对象": f"在“全社会”或“特定群体”下面打{TICK}。",
        "公开方式": f"必填：在“主动”或“依申请”下面打{TICK}。{DISCLOSURES[0]}的才会公开文件。",
        "公开层级": f"在本级下面打{TICK}，可以打几个。",
        "公开内容（要素）": "必填。一格里有几项时，每项一行（Alt+回车），或写 1. 2. 3.。",
        "编号": "部门内唯一，用过不改；可以空着，导入时自动编。",
    }
    if column.head in own:
        return own[column.head]
    field = next(item for item in RECORDS["entry"].fields if item.name == column.field)
    needed = "必填：" if field.required else ""
    return f"{needed}{field.title}。例如：{example_of(field).strip('[]')}"


def _choice_places(columns: tuple[Column, ...]) -> dict[tuple[str, ...], str]:
    """Where each vocabulary stands in the sheet of choices, as a formula names it."""
    from openpyxl.utils import get_column_letter

    lists = dict.fromkeys(column.choices for column in columns if column.choices)
    return {
        choices: f"'{CHOICE_SHEET}'!${get_column_letter(place)}$2:${get_column_letter(place)}${len(choices) + 1}"
        for place, choices in enumerate(lists, 1)
    }


def _offer_choices(sheet: Worksheet, columns: tuple[Column, ...], places: dict[tuple[str, ...], str]) -> None:
    """Drop-downs: a tick and 五公开 admit nothing else, the others warn and let an own value pass."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for choices, formula in places.items():
        closed = choices in (_TICKS, STAGES)
        offer = DataValidation("list", formula, allow_blank=True, showErrorMessage=True)
        offer.errorStyle = "stop" if closed else "warning"
        offer.errorTitle = "请从列表中选择"
        offer.error = f"这一格只能打{TICK}，或者空着。" if choices == _TICKS else "列表里没有这一项。"
        for place, column in enumerate(columns, 1):
            if column.choices == choices:
                letter = get_column_letter(place)
                offer.add(f"{letter}3:{letter}{_ROWS_READY + 2}")
        sheet.add_data_validation(offer)


def _example(column: Column, numbered: NumberedRow, starter: Starter, place: int, level: int) -> str | int:
    """The cell of a row under a column, which is the `level`-th of its field's columns."""
    row = numbered.row
    values: dict[str, tuple[str | int, ...]] = {
        "": (place,),
        "id": (numbered.id,),
        "subject": row.subject,
        "content": ("\n".join(f"{number}. {item}" for number, item in enumerate(row.content, 1)),),
        "basis": ("\n".join(row.basis),),
        "time_limit": (row.time_limit,),
        "responsible_body": (starter.name,),
        "channels": ("政府网站、公开查阅点",),
        "audience": (TICK,),
        "disclosure": (TICK,),
        "levels": tuple(TICK if column.below == starter.profile.level else "" for _ in range(level + 1)),
        "statutory_item": (row.item,),
        "stage": (row.stage,),
    }
    found = values.get(column.field, ())
    return found[level] if level < len(found) else ""


def _write_help(sheet: Worksheet, columns: tuple[Column, ...], starter: Starter, rows: tuple[NumberedRow, ...]) -> None:
    """A line for each column: how it is filled in, and some rows as examples.

    Turned on its side, it is no table of entries for whoever reads the workbook back.
    """
    from openpyxl.styles import Alignment, Font

    shown = list(enumerate(rows[:_EXAMPLES], 1))
    lines: list[tuple[str | int, ...]] = [
        (f"填在“{CATALOG_SHEET}”那一张表里，一行一个条目。鼠标停在表头上，也会显示怎么填。填好保存，再导入到栏目里。",),
        ("列", "", "怎么填", *(f"例 {place}" for place, _ in shown)),
    ]
    seen: dict[str, int] = {}
    for column in columns:
        level = seen.get(column.field, 0)
        seen[column.field] = level + 1
        examples = (_example(column, numbered, starter, place, level) for place, numbered in shown)
        lines.append((column.head, column.below, _explain(column), *examples))
    for letter, width in zip("ABCDEF", (18, 12, 60, 34, 34, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    for row, line in enumerate(lines, 1):
        for at, value in enumerate(line, 1):
            cell: Any = sheet.cell(row, at)
            cell.value = value if value != "" else None
            cell.font = Font(bold=row <= 2 or at <= 2)
            cell.alignment = Alignment(wrap_text=row > 1, vertical="top")
            if isinstance(value, str) and value:
                cell.data_type = "s"  # a name that begins with = is no formula
    sheet.freeze_panes = "C3"


def _write_choices(sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    titles = {column.choices: "打勾" if column.choices == _TICKS else column.head for column in columns}
    for place, choices in enumerate(_choice_places(columns), 1):
        sheet.cell(1, place).value = titles[choices]
        for row, text in enumerate(choices, 2):
            cell = sheet.cell(row, place)
            cell.value, cell.number_format = text, "@"
    sheet.sheet_state = "hidden"
