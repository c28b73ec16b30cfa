"""The catalogue as a table to take away: the official order of columns, safe in a spreadsheet, the same bytes every time."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from tests.sites import age, build, entry, served, write_site
from zwgk_site.model.corpus import CatalogEntry
from zwgk_site.stages.plan.catalog_sheet import Table, catalog_table, encode_csv, encode_workbook


def _entry(**given: Any) -> CatalogEntry:
    plain = {
        "id": "A-1", "subject": ("甲",), "content": ("乙",), "time_limit": "及时", "responsible_body": ("县局",), "disclosure": "主动公开",
    }  # fmt: skip
    return CatalogEntry(**(plain | given))


def _rows_of_workbook(data: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return [[str(cell.value or "") for cell in row] for row in sheet]


def _rows_of_csv(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def _plainly_encoded(table: Table) -> bytes:
    """By the library, which takes each cell by itself."""
    found = io.StringIO()
    rows = [
        [f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in row] for row in table
    ]
    csv.writer(found, lineterminator="\r\n").writerows(rows)
    return ("\ufeff" + found.getvalue()).encode("utf-8", "replace")


def test_columns_stand_in_the_official_order_with_unknown_ones_last() -> None:
    table = catalog_table((_entry(extra=(("自定", "值"),)), _entry(id="A-2", subject=("甲", "丙", "丁"))))
    assert table[0][:8] == (
        "序号",
        "公开事项（一级）",
        "公开事项（二级）",
        "公开事项（三级）",
        "公开内容",
        "公开依据",
        "公开时限",
        "公开主体",
    )
    assert table[0][-2:] == ("编号", "自定")
    assert table[1][:4] == ("1", "甲", "", "")
    assert table[2][1:4] == ("甲", "丙", "丁")
    assert table[1][-2:] == ("A-1", "值")
    assert table[2][-1] == ""


def test_no_cell_is_a_formula() -> None:
    table = catalog_table((_entry(note="=1+1", office="@SUM(A1)", content=("-2", "+3")),))
    cells = _rows_of_csv(encode_csv(table))[1]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    sheet = openpyxl.load_workbook(io.BytesIO(encode_workbook(table, "目录"))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet for cell in row if cell.value} <= {"s", "inlineStr"}
    assert "=1+1" in [cell.value for cell in sheet[2]]


@given(
    st.lists(st.text(max_size=12) | st.text("\r\n,\"'=+-@\t a", max_size=6), min_size=1, max_size=6),
    st.text(max_size=40),
)
def test_any_text_makes_a_table_that_opens(texts: list[str], title: str) -> None:
    table = catalog_table(tuple(_entry(id=f"A-{place}", note=text) for place, text in enumerate(texts)))
    rows = _rows_of_workbook(encode_workbook(table, title))
    assert len(rows) == len(table)
    assert [row[-1] for row in rows[1:]] == [row[-1] for row in table[1:]]
    assert encode_csv(table) == _plainly_encoded(table)
    if not any(set(text) & {"\r", "\n"} for text in texts):
        assert len(_rows_of_csv(encode_csv(table))) == len(table)


def test_rare_characters_and_wide_blanks_stay() -> None:
    text = "\u3000\U0002ebf0\U00031350\u00a0\ue000甲"
    rows = _rows_of_workbook(encode_workbook(catalog_table((_entry(note=text, office=f"{text}乙"),)), "目录"))
    assert f"{text}乙" in rows[1]


def test_a_release_has_both_and_makes_them_anew_only_when_an_entry_differs(tmp_path: Any) -> None:
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {"目录": [entry("wjj", 1), entry("wjj", 2, 备注="甲,乙")]}}, {"wjj/a.md": {}})
    age(root)
    build(root, out)
    before = served(out)
    assert _rows_of_csv(before["data/wjj/catalog.csv"])[2][-2:] == ["甲,乙", "WJJ-002"]
    assert _rows_of_workbook(before["data/wjj/catalog.xlsx"]) == [
        list(row) for row in _rows_of_csv(before["data/wjj/catalog.csv"])
    ]
    write_site(root, documents={"wjj/b.md": {}})
    build(root, out)
    assert all(
        served(out)[f"data/wjj/catalog.{kind}"] == before[f"data/wjj/catalog.{kind}"] for kind in ("csv", "xlsx")
    )


def test_a_catalogue_without_entries_is_a_page_and_a_header(tmp_path: Any) -> None:
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {"目录": []}})
    assert build(root, out).value is not None
    assert "本目录暂无条目" in served(out)["wjj/catalog.html"].decode()
    assert len(_rows_of_csv(served(out)["data/wjj/catalog.csv"])) == 1
