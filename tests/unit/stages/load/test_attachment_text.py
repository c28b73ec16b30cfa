"""Attachments are read as far as they can be; nothing in them stops a build, and no full number stays."""

import io
import struct
import sys
import zipfile

import msgspec
import openpyxl
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from tests.unit.stages.load.attachment_files import CORE, WORD, archive, docx, paragraph, pdf, word_table
from zwgk_site.model.clues import HOME_ADDRESS, ID_CARD, INNER_MARK, MOBILE, NAME_LIST, SECRET_MARK
from zwgk_site.stages.load import attachment_text
from zwgk_site.stages.load.attachment_pieces import Findings
from zwgk_site.stages.load.attachment_text import read_attachment, read_source
from zwgk_site.stages.load.sheet_file import read_xls
from zwgk_site.text.office_parts import Allowance

ID = "441302198001011237"
MASKED = "441302********1237"
PHONE = "13812345678"


def read(data, kind):
    return read_source(io.BytesIO(data), kind)


def workbook(*sheets, change=None):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change is not None:
        change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def marks(text):
    return [(clue.kind, clue.value, clue.place) for clue in text.clues]


def test_a_workbook_names_the_cell_of_every_clue():
    data = workbook(
        ("说明", [["填表说明"]]),
        (
            "名单",
            [["救助对象名单"], ["序号", "姓名", "身份证号", "电话"], [1, "张祥", ID, int(PHONE)], [2, "李华", "", 0.5]],
        ),
    )
    text = read(data, "xlsx")
    assert text.status == "read"
    assert marks(text) == [
        (NAME_LIST, "姓名、身份证号、电话", "名单!B2"),
        (ID_CARD, MASKED, "名单!C3"),
        (MOBILE, "138****5678", "名单!D3"),
    ]
    assert text.count == 5


def test_hidden_sheets_rows_and_comments_are_seen():
    def hide(book):
        book["乙"].sheet_state = "veryHidden"
        book["甲"].row_dimensions[2].hidden = True
        book["甲"]["A1"].comment = Comment(f"请核对 {ID}", "审核")

    text = read(
        workbook(("甲", [["项目"], ["道路"]]), ("乙", [["值班电话" + PHONE, "值班电话" + PHONE]]), change=hide), "xlsx"
    )
    assert {"hidden_sheet", "hidden_rows", "comments"} <= set(text.traits)
    assert (ID_CARD, MASKED, "批注") in marks(text)
    assert ("contact_mobile", "138****5678", "乙!B1") in marks(text)


def test_hidden_columns_count_as_hidden_rows_do():
    def hide(book):
        book["甲"].column_dimensions["B"].hidden = True

    assert "hidden_rows" in read(workbook(("甲", [["项目", "单价"]]), change=hide), "xlsx").traits
    assert "hidden_rows" not in read(workbook(("甲", [["项目", "单价"]])), "xlsx").traits


def test_the_author_of_a_workbook_is_a_trait():
    def sign(book):
        book.properties.creator, book.properties.lastModifiedBy = "王小明", "李 华"

    traits = read(workbook(("甲", [["项目"]]), change=sign), "xlsx").traits
    assert {"author:王小明", "last_modified_by:李 华"} <= set(traits)


def test_two_cells_far_apart_make_no_rectangle():
    def far(book):
        book["甲"]["XFD1048576"] = PHONE

    text = read(workbook(("甲", [["项目"]]), change=far), "xlsx")
    assert marks(text) == [(MOBILE, "138****5678", "甲!XFD1048576")]


def test_a_number_with_an_exponent_is_read_as_people_see_it():
    sheet = '<worksheet><sheetData><row r="1"><c r="B1"><v>1.3812345678E10</v></c></row></sheetData></worksheet>'
    parts = {
        "xl/workbook.xml": '<workbook><sheets><sheet name="甲" r:id="a" xmlns:r="r"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="worksheets/s.xml"/></Relationships>',
        "xl/worksheets/s.xml": sheet,
    }
    assert marks(read(archive(parts), "xlsx")) == [(MOBILE, "138****5678", "甲!B1")]


def test_a_word_document_is_read_in_all_its_parts():
    body = paragraph("机密★1年") + paragraph(f"张某，{ID}") + word_table(["姓名", "家庭住址"], ["张祥", "人民路1号2室"])
    data = docx(
        body,
        word__header1=f'<w:hdr xmlns:w="{WORD}">{paragraph("内部资料")}</w:hdr>',
        word__comments=f'<w:comments xmlns:w="{WORD}"><w:comment>{paragraph(f"电话{PHONE}")}</w:comment></w:comments>',
        docProps__core=CORE.format("王小明", "李华"),
    )
    text = read(data, "docx")
    assert sorted(marks(text)) == sorted(
        [
            (SECRET_MARK, "机密", "第1段"),
            (ID_CARD, MASKED, "第2段"),
            (NAME_LIST, "姓名、家庭住址", "第3段表格!A1"),
            (HOME_ADDRESS, "人民路****", "第3段表格!B2"),
            (MOBILE, "138****5678", "批注"),
            (INNER_MARK, "内部资料", "页眉"),
        ]
    )
    assert text.traits == ("author:王小明", "comments", "last_modified_by:李华")


def test_deleted_text_of_tracked_changes_still_counts():
    body = f"<w:p><w:del><w:r><w:delText>身份证{ID}</w:delText></w:r></w:del><w:ins><w:r><w:t>（略）</w:t></w:r></w:ins></w:p>"
    text = read(docx(body), "docx")
    assert text.traits == ("tracked_changes",)
    assert [clue.value for clue in text.clues] == [MASKED]


def test_runs_of_one_paragraph_are_joined():
    body = f"<w:p><w:r><w:t>电话{PHONE[:3]}</w:t></w:r><w:r><w:t>{PHONE[3:]}</w:t></w:r></w:p>"
    assert [clue.value for clue in read(docx(body), "docx").clues] == ["138****5678"]


def test_a_table_in_a_cell_stays_in_its_cell():
    inner = word_table([f"证件{ID}"])
    body = f"<w:tbl><w:tr><w:tc>{paragraph('事项')}{inner}</w:tc><w:tc>{paragraph('备注')}</w:tc></w:tr></w:tbl>"
    assert marks(read(docx(body), "docx")) == [(ID_CARD, MASKED, "第1段表格!A1")]


def test_macros_are_a_trait():
    members = {
        "word/document.xml": f'<w:document xmlns:w="{WORD}">{paragraph("正文")}</w:document>',
        "word/vbaProject.bin": b"x",
    }
    assert read(archive(members), "docm").traits == ("macro",)


def test_slides_and_open_documents_are_read():
    slide = f'<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>电话{PHONE}</a:t></a:r></a:p></p:sld>'
    assert marks(read(archive({"ppt/slides/slide3.xml": slide}), "pptx")) == [(MOBILE, "138****5678", "第3张")]
    content = f'<o:d xmlns:o="o" xmlns:text="t"><text:p>电话{PHONE}</text:p></o:d>'
    assert marks(read(archive({"content.xml": content}), "odt")) == [(MOBILE, "138****5678", "第1段")]


def test_a_sheet_of_open_document_counts_repeated_cells():
    content = (
        '<o:d xmlns:o="o" xmlns:table="t" xmlns:text="x"><table:table table:name="名单">'
        '<table:table-row table:number-rows-repeated="9"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        '<table:table-row table:visibility="collapse"><table:table-cell table:number-columns-repeated="2"/>'
        f"<table:table-cell><text:p>{ID}</text:p></table:table-cell></table:table-row></table:table></o:d>"
    )
    text = read(archive({"content.xml": content}), "ods")
    assert marks(text) == [(ID_CARD, MASKED, "名单!C10")]
    assert text.traits == ("hidden_rows",)


def test_a_pdf_names_the_page():
    text = read(pdf("Notice of the county", f"ID {ID}\nTel {PHONE}", author="Wang"), "pdf")
    assert marks(text) == [(ID_CARD, MASKED, "第2页"), (MOBILE, "138****5678", "第2页")]
    assert (text.status, text.count, text.traits) == ("read", 2, ("author:Wang",))
    assert [clue.line for clue in text.clues] == [2, 2]


def test_pictures_of_pages_have_no_text():
    text = read(pdf("", "", image=True), "pdf")
    assert (text.status, text.traits) == ("no_text", ("scanned",))


def test_a_pdf_with_some_scanned_pages_is_read_and_says_so():
    first = read(pdf("A long page of text that anybody can select", image=True), "pdf")
    assert (first.status, first.traits) == ("read", ())
    mixed = read(pdf("A long page of text that anybody can select", "", image=True), "pdf")
    assert (mixed.status, mixed.traits) == ("read", ("scanned",))


def test_a_pdf_without_anything_is_empty():
    assert read(pdf(""), "pdf").status == "empty"


def test_a_pdf_with_a_password_is_unread_and_one_without_need_of_it_is_read():
    def locked(user):
        writer = pypdf.PdfWriter(io.BytesIO(pdf(f"Tel {PHONE}")))
        writer.encrypt(user, "owner", algorithm="RC4-128")
        target = io.BytesIO()
        writer.write(target)
        return target.getvalue()

    secret = read(locked("secret"), "pdf")
    assert (secret.status, secret.traits) == ("unread", ("encrypted",))
    assert [clue.kind for clue in read(locked(""), "pdf").clues] == [MOBILE]


@pytest.mark.parametrize("kind", ["docx", "xlsx", "xls"])
def test_an_office_file_with_a_password_is_unread(kind):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    text = read(data, kind)
    assert (text.status, text.traits) == ("unread", ("encrypted",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_tables_are_read_in_the_encodings_in_use(encoding):
    text = read(f"姓名,电话\r\n张祥,{PHONE}\r\n".encode(encoding), "csv")
    assert marks(text) == [(NAME_LIST, "姓名、电话", "!A1"), (MOBILE, "138****5678", "!B2")]


def test_columns_of_blanks_in_a_plain_text_are_a_list():
    text = read(f"公示名单\n\n姓名   身份证号\n张祥   {ID}\n".encode(), "txt")
    assert marks(text) == [(ID_CARD, MASKED, "第4行"), (NAME_LIST, "姓名、身份证号", "")]


def test_an_old_sheet_that_is_a_text_is_read_as_text():
    assert marks(read(f"<table><tr><td>{ID}</td></tr></table>".encode("gbk"), "xls")) == [(ID_CARD, MASKED, "第1行")]


def test_an_archive_is_read_member_by_member():
    members = {
        "一/名单.xlsx": workbook(("名单", [["姓名", "证件"], ["张祥", ID]])),
        "说明.txt": f"电话 {PHONE}".encode(),
        f"表{ID}.csv": ID.encode(),
        "图.rar": b"x",
        "坏.docx": b"x",
        "内.zip": archive({"a.txt": b"x"}),
        "空/": b"",
    }
    text = read(archive(members), "zip")
    assert (ID_CARD, MASKED, "名单.xlsx 名单!B2") in marks(text)
    assert (MOBILE, "138****5678", "说明.txt 第1行") in marks(text)
    assert {"unread:rar", "unread:docx", "unread:zip"} <= set(text.traits)
    assert (text.status, text.count) == ("read", 6)
    assert ID not in msgspec.json.encode(text).decode()


def test_a_locked_archive_is_unread():
    data = bytearray(archive({"a.txt": b"text"}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    text = read(bytes(data), "zip")
    assert (text.status, text.traits) == ("unread", ("encrypted",))


@pytest.mark.parametrize("kind", ["doc", "wps", "ofd", "rar", "png", "dwg", ""])
def test_other_kinds_are_unread(tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    path.write_bytes(b"anything")
    assert read_attachment(path).status == "unread"


def test_empty_and_absent_files_have_their_status(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"")
    assert read_attachment(tmp_path / "a.pdf").status == "empty"
    assert read_attachment(tmp_path / "b.pdf").status == "damaged"
    assert read_attachment(tmp_path / "a.pdf", "docx").status == "empty"


@pytest.mark.parametrize("kind", sorted(attachment_text._READERS))
def test_a_file_of_another_kind_is_damaged(kind):
    assert read(b"\x89PNG\r\n\x1a\n\0\0\0\0" * 20, kind).status == "damaged"


def test_entities_are_refused():
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    data = archive({"word/document.xml": f'{bomb}<w:document xmlns:w="{WORD}"><w:p><w:t>&b;</w:t></w:p></w:document>'})
    assert read(data, "docx").status == "damaged"


def test_of_a_bomb_only_the_beginning_is_read():
    big = docx(paragraph(f"电话{PHONE}") + paragraph("字" * 3_000_000))
    text = read_source(io.BytesIO(big), "docx", Allowance(1 << 20))
    assert text.traits == ("partly_read",)
    assert [clue.kind for clue in text.clues] == [MOBILE]


def test_members_of_an_archive_share_one_allowance():
    """Else a thousand small bombs in one archive would be a large one."""
    allowance = Allowance(1 << 20)
    member = docx(paragraph("字" * 200_000))
    read_source(io.BytesIO(archive({f"{number}.docx": member for number in range(9)})), "zip", allowance)
    assert allowance.left < 0


def sheet_of(rows, strings=""):
    return archive(
        {
            "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="甲" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f"<sst><si><t>{strings}</t></si></sst>",
        }
    )


def test_rows_with_one_cell_far_to_the_right_do_not_fill_the_memory():
    """Fifty thousand of them would have fifty million cells."""
    rows = "".join(f'<row r="{number}"><c r="ALL{number}"><v>1</v></c></row>' for number in range(1, 50_001))
    text = read(sheet_of(rows), "xlsx")
    assert text.traits == ("partly_read",)
    assert 0 < text.count < 10_000


def test_one_long_text_in_many_cells_is_not_read_again_and_again():
    rows = '<row><c t="s"><v>0</v></c></row>' * 1000
    text = read(sheet_of(rows, strings="字" * 1_000_000), "xlsx")
    assert text.traits == ("partly_read",)
    assert text.length <= 20_000_000


def test_an_empty_line_of_a_text_table_is_counted():
    text = read(f"姓名,身份证号\n\n张祥,{ID}\n".encode(), "csv")
    assert (ID_CARD, MASKED, "!B3") in marks(text)


def test_no_number_with_dashes_stays_in_the_name_of_a_sheet():
    kept = msgspec.json.encode(read(workbook(("138-1234-5678", [["姓名", "电话"], ["张祥", PHONE]])), "xlsx")).decode()
    assert "1234" not in kept


def test_a_size_that_lies_is_not_believed():
    data = bytearray(docx(paragraph("字" * 100_000)))
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = (10).to_bytes(4, "little")
    assert read(bytes(data), "docx").length <= 10


def test_a_picture_in_a_document_without_text_is_a_scan():
    members = {"word/document.xml": f'<w:document xmlns:w="{WORD}"/>', "word/media/image1.png": b"x"}
    text = read(archive(members), "docx")
    assert (text.status, text.traits) == ("no_text", ("scanned",))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(attachment_text._READERS)), st.binary(max_size=300))
def test_random_bytes_never_raise(kind, data):
    assert read(data, kind).status in {"read", "unread", "damaged", "empty", "no_text"}


SOUND = {
    "docx": docx(paragraph(f"张祥 {ID}") + word_table(["姓名", "电话"], ["张祥", PHONE])),
    "xlsx": workbook(("名单", [["姓名", "身份证号"], ["张祥", ID], [ID, f"a {PHONE}"]])),
    "pdf": pdf(f"{ID}", f"Tel {PHONE}", author="Wang"),
}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(SOUND)), st.data())
def test_spoilt_files_never_raise_and_never_leak(kind, data):
    spoilt = bytearray(SOUND[kind])
    for _ in range(data.draw(st.integers(0, 6))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(spoilt)))
    kept = msgspec.json.encode(read(bytes(spoilt if data.draw(st.booleans()) else spoilt[:cut]), kind)).decode()
    assert ID not in kept
    assert PHONE not in kept


def test_no_number_stays_in_names_of_sheets_authors_or_headers():
    def sign(book):
        book.properties.creator = f"王{ID}"

    data = workbook((f"表{ID}", [["姓名", f"身份证{ID}号"], ["张祥", ID], ["李华", PHONE]]), change=sign)
    kept = msgspec.json.encode(read(data, "xlsx")).decode()
    assert ID not in kept
    assert "author:王*" in kept


def test_a_zip_of_old_programs_has_its_names_back():
    data = archive({"mmmm.txt": f"电话 {PHONE}".encode()}).replace(b"mmmm.txt", "名单".encode("gbk") + b".txt")
    assert zipfile.is_zipfile(io.BytesIO(data))
    assert [clue.place for clue in read(data, "zip").clues] == ["名单.txt 第1行"]


def test_the_reader_of_old_sheets_names_cells_as_the_program_does():
    """Fed with a new workbook, which python-calamine takes as well: nothing here writes the old format."""

    def hide(book):
        book["乙"].sheet_state = "hidden"

    found = Findings()
    data = workbook(("名单", [["名单"], ["序号", "证件", "电话"], [1, ID, int(PHONE)]]), ("乙", [["甲"]]), change=hide)
    read_xls(io.BytesIO(data), found)
    assert [(clue.value, clue.place) for clue in found.clues] == [(MASKED, "名单!B3"), ("138****5678", "名单!C3")]
    assert (found.traits, found.count) == ({"hidden_sheet"}, 4)


def circular_sheet():
    """An .xls of which every sector names the first one as its next: its reader would go round for ever."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIIII", header, 44, 1, 0, 0, 4096, 0, 1, 0xFFFFFFFE, 0, 0, 0)
    return bytes(header) + bytes(1024)


@pytest.mark.skipif(sys.platform == "win32", reason="memory is limited by the system's own means")
@pytest.mark.timeout(60)
def test_an_old_sheet_that_would_be_read_for_ever_is_damaged():
    """It would fill the memory of the build."""
    assert read(circular_sheet(), "xls").status == "damaged"


def test_a_blank_form_is_no_list():
    form = [["登记表"], ["申请人姓名", "", "联系电话", ""], ["家庭住址", "", "身份证号", ""], ["金额", "", "签字", ""]]
    assert read(workbook(("表", form)), "xlsx").clues == ()
