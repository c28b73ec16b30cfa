"""目录模板.xlsx: the official layout, with choices and notes, and nothing below its head."""

import io

import openpyxl
import pytest

from zwgk_site.exchange.starter.files import number_rows
from zwgk_site.exchange.starter.template_sheet import template_bytes
from zwgk_site.exchange.starter.values import Starter
from zwgk_site.model.fields import RECORDS
from zwgk_site.statute.profiles import PROFILES, find_profile


def book(profile="县级部门", name="示范县卫生健康局"):
    starter = Starter(find_profile(profile), "wjj", name, "示范", 2025)
    return openpyxl.load_workbook(io.BytesIO(template_bytes(starter, number_rows(starter))))


def heads(sheet):
    """(head, second line) of every column, merged cells filled in."""
    for merged in list(sheet.merged_cells.ranges):
        value = sheet.cell(merged.min_row, merged.min_col).value
        if merged.min_row == 1 and merged.max_col > merged.min_col:
            sheet.unmerge_cells(str(merged))
            for column in range(merged.min_col, merged.max_col + 1):
                sheet.cell(1, column).value = value
    return [(sheet.cell(1, at).value, sheet.cell(2, at).value) for at in range(1, sheet.max_column + 1)]


def test_the_head_is_that_of_the_national_layout():
    found = heads(book()["目录"])
    official = [
        ("公开事项", "一级事项"), ("公开事项", "二级事项"), ("公开内容（要素）", None), ("公开依据", None), ("公开时限", None),
        ("公开主体", None), ("公开渠道和载体", None), ("公开对象", "全社会"), ("公开对象", "特定群体"), ("公开方式", "主动"),
        ("公开方式", "依申请"), ("公开层级", "县级"), ("公开层级", "乡级"),
    ]  # fmt: skip
    assert [pair for pair in found if pair in official] == official


@pytest.mark.parametrize(
    ("profile", "levels"), [("市级部门", ["市级", "县级"]), ("省级政府", ["省级", "市级"]), ("乡镇", ["县级", "乡级"])]
)
def test_levels_are_those_of_the_organ(profile, levels):
    assert [below for head, below in heads(book(profile)["目录"]) if head == "公开层级"] == levels


@pytest.mark.parametrize("profile", [profile.name for profile in PROFILES])
def test_every_head_is_a_name_that_the_table_of_keys_knows(profile):
    known = {form for field in RECORDS["entry"].fields for form in (field.key, *field.aliases)}
    assert {head for head, _ in heads(book(profile)["目录"])} - known == {"序号"}


def test_there_is_no_row_to_be_taken_for_an_entry():
    sheet = book()["目录"]
    assert [cell.value for row in sheet.iter_rows(min_row=3) for cell in row if cell.value is not None] == []


def test_cells_offer_the_closed_vocabularies():
    opened = book()
    offers = {str(offer.sqref): offer for offer in opened["目录"].data_validations.dataValidation}
    assert len(offers) == 4
    for offer in offers.values():
        sheet, _, places = offer.formula1.partition("!")
        first, last = places.replace("$", "").split(":")
        values = [cell.value for row in opened[sheet.strip("'")][first:last] for cell in row]
        assert None not in values
        assert opened[sheet.strip("'")][f"{last[0]}{int(last[1:]) + 1}"].value is None
    stage = next(offer for offer in offers.values() if "T3" in str(offer.sqref))
    assert stage.errorStyle == "stop"


def test_every_head_has_a_note_that_says_what_goes_below():
    sheet = book()["目录"]
    noted = {sheet.cell(1, at).value for at in range(1, sheet.max_column + 1) if sheet.cell(1, at).comment}
    assert noted == {head for head, _ in heads(sheet)}


def test_every_column_is_explained_with_examples_that_no_reader_takes_for_a_table():
    opened = book()
    told = [[cell.value for cell in row] for row in opened["示例和说明"].iter_rows(min_row=3)]
    assert [(row[0], row[1]) for row in told] == heads(opened["目录"])
    assert all(row[2] for row in told)
    assert [row[3] for row in told][1:5] == ["WJJ-001", "机构信息", "机构职能", None]
    assert opened.sheetnames == ["目录", "示例和说明", "选项"]
    assert opened["选项"].sheet_state == "hidden"


def test_the_same_input_gives_the_same_bytes():
    starter = Starter(find_profile("乡镇"), "sfz", "示范镇人民政府", "示范", 2025)
    rows = number_rows(starter)
    assert template_bytes(starter, rows) == template_bytes(starter, rows)


@pytest.mark.parametrize("name", ["=1+1", "+局", "-局", "@局"])
def test_a_name_that_looks_like_a_formula_is_text(name):
    cells = [
        cell
        for row in book(name=name)["示例和说明"].iter_rows()
        for cell in row
        if cell.value and name in str(cell.value)
    ]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)
