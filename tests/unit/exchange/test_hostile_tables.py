"""Files that are damaged, locked, of another kind than they say, or made to do harm: a clear answer, quickly, and no exception."""

from __future__ import annotations

import io
import json
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.exchange.tables import HEADER, Read, archive, ods, page, row, text_table, word, xlsx
from zwgk_site.exchange.sheets.kinds import kind_of_bytes
from zwgk_site.pipeline.import_kinds import kind_of_file, read_source, read_xls
from zwgk_site.stages.load import reading_client

ROWS = [HEADER, row(1), row(2)]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
WORKBOOKS = Path(__file__).parents[1] / "stages/load/workbooks"


def changed(data: bytes, member: str, change: tuple[str, str]) -> bytes:
    """A workbook with one member's text changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    text = parts[member].decode()
    assert change[0] in text
    return archive({**parts, member: text.replace(*change, 1)})


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return archive({**{member: source.read(member) for member in source.namelist()}, name: content})


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "目录.xlsx", "ZW008"),
        (b" \r\n", "目录.csv", "ZW008"),
        (b"PK\x03\x04 and no more", "目录.xlsx", "ZW002"),
        (xlsx(ROWS)[:2000], "目录.xlsx", "ZW002"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "目录.xlsx", "ZW003"),
        (OLE + "WordDocument".encode("utf-16-le"), "目录.doc", "ZW004"),
        (OLE + bytes(100), "目录.xls", "ZW002"),
        (b"%PDF-1.7 ...", "目录.pdf", "ZW004"),
        (archive({"a.txt": "x"}), "目录.zip", "ZW004"),
        (archive({"xl/workbook.bin": "x"}), "目录.xlsb", "ZW004"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "目录.xls", "ZW004"),
        (xlsx([]), "目录.xlsx", "ZW001"),
        (archive({"xl/workbook.xml": "<workbook/>"}), "目录.xlsx", "ZW001"),
        (archive({"xl/workbook.xml": "<workbook"}), "目录.xlsx", "ZW002"),
        (archive({"content.xml": "no xml"}), "目录.ods", "ZW002"),
        (archive({"word/document.xml": "<a></b>"}), "目录.docx", "ZW002"),
        (text_table([HEADER, row(1, 公开内容="长" * 1_000_001)]), "目录.csv", "ZW002"),
        (text_table(ROWS) + b'"' + text_table([row(3)]) * 20_000, "目录.csv", "ZW002"),
        (archive({"content.xml": "<a/>", "META-INF/manifest.xml": "<m><encryption-data/></m>"}), "目录.ods", "ZW003"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, name: str, code: str) -> None:
    read = Read(data, name)
    assert code in read.codes()
    assert not read.fields


def test_a_page_that_calls_itself_a_workbook_is_read() -> None:
    read = Read(page(ROWS), "目录.xls")
    assert len(read.fields) == 2
    assert "ZW007" in read.codes()
    gbk = page(ROWS).decode().replace("<html>", '<html><meta charset="gb2312">').encode("gb18030")
    assert Read(gbk, "目录.xls").fields == read.fields


@pytest.mark.parametrize(
    ("data", "name"),
    [(xlsx(ROWS), "目录.xls"), (word(ROWS), "目录.xlsx"), (ods(ROWS), "目录.xlsx"), (text_table(ROWS), "目录.xlsx")],
)
def test_a_name_that_lies_is_told_and_the_content_read(data: bytes, name: str) -> None:
    read = Read(data, name)
    assert len(read.fields) == 2
    assert "ZW007" in read.codes()


def test_macros_are_never_run_and_told() -> None:
    read = Read(with_member(xlsx(ROWS), "xl/vbaProject.bin", b"macro"), "目录.xlsm")
    assert len(read.fields) == 2
    assert "ZW006" in read.codes()


def test_a_bomb_is_refused() -> None:
    zeros = archive({"xl/workbook.xml": "<workbook/>", SHEET: "0" * 60_000_000})
    assert Read(zeros).codes() == {"ZW005"}


def test_sizes_that_an_archive_claims_are_not_believed() -> None:
    data = bytearray(archive({"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": "<s>" + " " * 30_000_000}))
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    assert Read(bytes(data)).codes() & {"ZW002", "ZW005"}


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
def test_entities_are_refused_in_every_archive(declaration: str) -> None:
    for data, member, start in (
        (xlsx(ROWS), SHEET, "<worksheet"),
        (ods(ROWS), "content.xml", "<office:document-content"),
        (word(ROWS), "word/document.xml", "<w:document"),
    ):
        assert Read(changed(data, member, (start, declaration + start))).codes() & {"ZW002"}


def test_entities_of_a_page_are_not_followed() -> None:
    html = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page([HEADER, row(1, 公开内容="&x;")])
    assert Read(html.replace(b"&amp;x;", b"&x;"), "a.html").values("content")[0] != ()
    assert b"root:" not in repr(Read(html, "a.html").fields).encode()


def test_two_cells_far_apart_and_a_merge_over_everything_cost_nothing() -> None:
    data = changed(
        xlsx(ROWS), SHEET, ("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    )
    start = time.monotonic()
    assert len(Read(data).fields) == 2
    merged = changed(
        xlsx(ROWS), SHEET, ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="K1:XFD1048576"/></mergeCells>')
    )
    assert len(Read(merged).fields) == 2
    assert time.monotonic() - start < 5


def test_formulas_without_a_result_and_errors_are_told_with_their_cells() -> None:
    book = xlsx([HEADER, row(1, 公开依据="=A1&B1"), row(2)])
    read = Read(book)
    assert read.values("basis") == [(), ("《政府信息公开条例》",)]
    assert read.cells("ZW014") == ["目录!E2"]
    cached = changed(book, SHEET, ("<v></v>" if b"<v></v>" in _sheet(book) else "<v />", "<v>《甲法》</v>"))
    cached = changed(cached, SHEET, ('<c r="E2"', '<c t="str" r="E2"'))
    assert Read(cached).values("basis")[0] == ("《甲法》",)
    fault = changed(cached, SHEET, ('<c t="str" r="E2"', '<c t="e" r="E2"'))
    assert Read(fault).cells("ZW015") == ["目录!E2"]


def _sheet(data: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(SHEET)


def test_hidden_sheets_are_left_out_and_hidden_rows_and_columns_told() -> None:
    from openpyxl import Workbook

    book = Workbook()
    for title in ("目录", "旧目录"):
        sheet = book.create_sheet(title)
        for cells in ROWS:
            sheet.append(list(cells))
    del book["Sheet"]
    book["旧目录"].sheet_state = "hidden"
    book["目录"].row_dimensions[3].hidden = True
    book["目录"].column_dimensions["E"].hidden = True
    found = io.BytesIO()
    book.save(found)
    read = Read(found.getvalue())
    assert len(read.fields) == 2
    assert {"ZW011", "ZW013"} <= read.codes()
    assert "第3行、E列" in next(item for item in read.findings if item.code == "ZW013").message()
    named = Read(found.getvalue(), sheet="旧目录")
    assert len(named.fields) == 2
    assert "ZW011" not in named.codes()
    assert "ZW010" in Read(found.getvalue(), sheet="没有").codes()


def test_several_sheets_with_catalogues_are_told() -> None:
    from openpyxl import Workbook

    book = Workbook()
    for title in ("甲", "乙"):
        for cells in ROWS:
            (book[title] if title in book.sheetnames else book.create_sheet(title)).append(list(cells))
    found = io.BytesIO()
    book.save(found)
    read = Read(found.getvalue())
    assert len(read.fields) == 4
    assert "ZW012" in read.codes()
    assert len(Read(found.getvalue(), sheet="乙").fields) == 2


@pytest.mark.parametrize("depth", [60, 300, 600])
def test_a_table_below_tags_that_were_never_closed_is_read(depth: int) -> None:
    inner = page([HEADER, row(2)]).decode().replace("<td>事项2", "<td>事项2<table><tr><td>里面</td></tr></table>")
    read = Read(b"<html>" + b"<font>" * depth + inner.replace("<html>", "").encode(), "目录.html")
    assert read.values("subject") == [("机构信息", "事项2")]
    assert "ZW009" not in read.codes()


def test_a_table_that_nests_too_deep_is_not_imported_in_part() -> None:
    data = page([HEADER, row(1), row(2)]).decode().replace("事项1", "事项1" + "<div>" * 3000)
    assert "ZW009" in Read(data.encode(), "目录.html").codes()


@pytest.mark.parametrize(
    "style", ["display:none", "DISPLAY : NONE", "visibility:hidden", "font-size:0", "color:red;font-size:0px"]
)
def test_what_a_page_hides_stays_out(style: str) -> None:
    data = page([HEADER, row(1), row(2, 公开内容="秘密")]).decode()
    shown = Read(data.replace("事项1", f"事项1<span style='{style}'>秘密</span>").encode(), "目录.html")
    assert shown.values("subject") == [("机构信息", "事项1"), ("机构信息", "事项2")]
    head, gone = data.split("<tr><td>2<")
    for hidden in (f"<tr style='{style}'><td>2<{gone}", f"<tbody style='{style}'><tr><td>2<{gone}"):
        assert Read((head + hidden).encode(), "目录.html").values("content") == [("机构职能",)]
    cell = Read(data.replace("<td>秘密", f"<td style='{style}'>秘密").encode(), "目录.html")
    assert "秘密" not in repr(cell.fields)
    assert "ZW090" in shown.codes()
    assert "ZW090" in cell.codes()
    assert "ZW090" not in Read(data.encode(), "目录.html").codes()
    around = Read(data.replace("<body>", f"<body><div style='{style}'>").encode(), "目录.html")
    assert not around.fields
    assert "ZW011" in around.codes()


def test_cells_that_a_page_hides_take_a_place_or_none() -> None:
    cells = "<td>1</td><td style='{}'>序</td>" + "".join(f"<td>{cell}</td>" for cell in row(1)[1:])
    head = "".join(f"<th>{label}</th>" for label in HEADER)
    table = f"<table><tr>{head}</tr><tr>{cells}</tr></table>"
    assert Read(table.format("display:none").encode(), "目录.html").values("content") == [("机构职能",)]
    shifted = table.replace("<th>一级", "<th style='visibility:hidden'>序</th><th>一级").format("visibility:hidden")
    assert Read(shifted.encode(), "目录.html").values("content") == [("机构职能",)]


def test_a_page_nested_without_end_is_read_or_refused_quickly() -> None:
    start = time.monotonic()
    Read(b"<table><tr><td>" * 20_000, "a.html")
    Read(b"<div>" * 200_000 + page(ROWS), "a.html")
    assert time.monotonic() - start < 20


def test_a_table_with_more_rows_than_any_catalogue_is_not_imported_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is lowered here, for the real one takes a minute to reach."""
    monkeypatch.setattr("zwgk_site.exchange.sheets.grid.ROW_LIMIT", 50)
    assert "ZW009" in Read(xlsx([HEADER, *(row(number) for number in range(60))])).codes()
    assert "ZW009" not in Read(xlsx([HEADER, *(row(number) for number in range(40))])).codes()


def test_ten_thousand_rows_are_read_in_seconds() -> None:
    rows = [HEADER, *(row(number) for number in range(10_000))]
    start = time.monotonic()
    assert len(Read(text_table(rows), "目录.csv").fields) == 10_000
    assert time.monotonic() - start < 30


def test_the_kind_of_a_file_is_seen_by_its_content(tmp_path: Path) -> None:
    cases = {
        "a.xlsx": (xlsx(ROWS), "catalog"),
        "b.docx": (word(ROWS), "catalog"),
        "c.docx": (word([["姓名", "职务"], ["张三", "局长"]]), "document"),
        "d.html": (page(ROWS), "catalog"),
        "e.html": ("<html><body><h1>通知</h1><p>正文</p></body></html>".encode(), "document"),
        "f.csv": (text_table(ROWS), "catalog"),
        "g.json": (b"{}", "document"),
        "h.pdf": (b"%PDF-1.7", "document"),
        "i.xls": (page(ROWS), "catalog"),
        "j.txt": (text_table(ROWS, "\t"), "catalog"),
        "l.txt": ("字".encode() * 1_100_000, "document"),
        "k.txt": ("关于春季防控的通知\n各单位：".encode(), "document"),
    }
    for name, (data, kind) in cases.items():
        (tmp_path / name).write_bytes(data)
        assert kind_of_file(tmp_path / name).value == kind, name
    gone = kind_of_file(tmp_path / "没有.xlsx")
    assert gone.value is None
    assert gone.findings


def test_old_workbooks_are_read_in_a_process_of_their_own() -> None:
    source = read_source(WORKBOOKS / "list.xls").value
    assert source is not None
    assert kind_of_bytes(source.data) == "xls"
    grids = list(read_xls(source.data))
    assert grids
    assert any(grid.rows for grid in grids)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (["sheet", "目录", False, True, [[1, [*enumerate(HEADER, 1)]], [2, [[2, "机构信息"], [4, "职能"]]]]], "ZW009"),
        (["merges", "目录", []], "ZW002"),
    ],
)
def test_an_old_workbook_that_takes_too_long_is_not_imported_in_part(
    said: list[object], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reading process says this and never ends its answer; it is there before it is asked for, so that time can be short."""
    script = f"import sys; print({json.dumps(said)!r}, flush=True); sys.stdin.read()"
    reading_client.end_reading()
    monkeypatch.setattr(reading_client, "_COMMAND", (sys.executable, "-I", "-S", "-c", script))
    monkeypatch.setattr("zwgk_site.pipeline.import_kinds._SECONDS", 0.05)
    process = reading_client._process()
    assert isinstance(process.stdout, io.BufferedReader)
    process.stdout.peek(1)
    read = Read(OLE + "Workbook".encode("utf-16-le"), "目录.xls")
    assert code in read.codes()


@given(st.binary(max_size=400), st.sampled_from(["a.xlsx", "a.xls", "a.csv", "a.html", "a.docx"]))
@settings(max_examples=200, deadline=None)
def test_no_bytes_raise(data: bytes, name: str) -> None:
    Read(data, name)


LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@given(st.lists(st.lists(st.text(LETTERS, max_size=12), max_size=6), max_size=8))
@settings(max_examples=200, deadline=None)
def test_no_table_raises(rows: list[list[str]]) -> None:
    width = len(HEADER)
    padded = [[*cells[:width], *[""] * (width - len(cells))] for cells in rows]
    assert len(Read(text_table([HEADER, *padded], encoding="utf-8-sig"), "a.csv").fields) <= len(rows)


WORDS = "word/document.xml"
LEFT_OUT = (
    "<w:moveFrom w:id='1'><w:r><w:t>秘密</w:t></w:r></w:moveFrom>",
    "<w:del w:id='1'><w:r><w:delText>秘密</w:delText></w:r></w:del>",
    "<w:del w:id='1'><w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:del>",
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>秘密</w:t><w:br/><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>",
    "<w:r><w:rPr><w:rStyle w:val='Low'/></w:rPr><w:t>秘密</w:t></w:r>",
    "<w:r><w:rPr><w:vanish/><w:rPrChange><w:rPr><w:vanish w:val='0'/></w:rPr></w:rPrChange></w:rPr><w:t>秘密</w:t></w:r>",
    "</w:p><w:p><w:pPr><w:pStyle w:val='Hid'/></w:pPr><w:r><w:t>秘密</w:t></w:r></w:p><w:p>",
)
SHOWN = (
    "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>公开</w:t></w:r>",
    "<w:r><w:rPr><w:rStyle w:val='Low'/><w:vanish w:val='false'/></w:rPr><w:t>公开</w:t></w:r>",
    "<w:r><w:rPr><w:rStyle w:val='Shown'/></w:rPr><w:t>公开</w:t></w:r>",
    "<w:moveTo w:id='1'><w:r><w:t>公开</w:t></w:r></w:moveTo>",
    "<w:r><w:rPr><w:rPrChange w:id='1'><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>公开</w:t></w:r>",
    "</w:p><w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>公开</w:t></w:r></w:p><w:p>",
)
HIDING = (
    "<w:style w:styleId='Hid'><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId='Low'><w:basedOn w:val='Hid'/></w:style>"
    "<w:style w:styleId='Shown'><w:basedOn w:val='Hid'/><w:rPr><w:vanish w:val='off'/></w:rPr></w:style>"
    "<w:style w:styleId='Ring'><w:basedOn w:val='Ring'/></w:style></w:styles>"
)


@pytest.mark.parametrize(("text", "shown"), [*((text, "") for text in LEFT_OUT), *((text, "公开") for text in SHOWN)])
def test_what_a_word_file_hides_or_has_deleted_stays_out(text: str, shown: str) -> None:
    data = changed(word([HEADER, row(1, 公开内容="职能@")]), "word/styles.xml", ("</w:styles>", HIDING))
    read = Read(changed(data, WORDS, ("<w:r><w:t>职能@</w:t></w:r>", f"<w:r><w:t>职能</w:t></w:r>{text}")), "目录.docx")
    assert "".join("".join(read.values("content")[0]).split()) == f"职能{shown}"
    assert ("ZW090" in read.codes()) == ("秘密" in text and "w:id=" not in text)


def test_rows_and_cells_that_were_deleted_in_a_word_file_stay_out() -> None:
    data = word([HEADER, row(1), row(2), row(3, 公开内容="秘密")])
    body = zipfile.ZipFile(io.BytesIO(data)).read(WORDS).decode()
    head, first, gone, last = body.split("<w:tr>")[1:]
    before, at, after = last.partition("</w:tcPr><w:p><w:r><w:t>秘密")
    assert at
    rows = [head, first, f"<w:trPr><w:del w:id='1'/></w:trPr>{gone}", f"{before}<w:cellDel w:id='2'/>{at}{after}"]
    read = Read(changed(data, WORDS, (body, "<w:tr>".join([body.split("<w:tr>")[0], *rows]))), "目录.docx")
    assert read.values("content") == [("机构职能",), ()]
    assert read.values("subject") == [("机构信息", "事项1"), ("机构信息", "事项3")]


def test_hidden_columns_that_nobody_knows_stay_hidden() -> None:
    from openpyxl import Workbook

    book = Workbook()
    for cells in ([*HEADER, "内部联系人", "公开备注"], [*row(1), "张三", "可见"]):
        book.active.append(list(cells))
    book.active.column_dimensions["K"].hidden = True
    found = io.BytesIO()
    book.save(found)
    read = Read(found.getvalue())
    assert read.table.rows[0].extra == {"公开备注": "可见"}
    assert "ZW013" in read.codes()


def test_signs_that_a_workbook_escapes_come_back() -> None:
    data = changed(xlsx([HEADER, row(1, 公开内容="a@@b")]), SHEET, ("a@@b", "甲号_x000D_\n乙号_x005F_x0041_"))
    assert Read(data).values("content") == [("甲号", "乙号_x0041_")]
