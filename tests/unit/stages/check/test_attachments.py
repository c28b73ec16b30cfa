"""What is found in attachments; they are made in code, because a case file can't hold them."""

from pathlib import Path

import pypdf
import pytest

from tests.rules.cases import found_in, write_case
from tests.unit.stages.load.attachment_files import CORE, WORD, archive, docx, paragraph, pdf
from tests.unit.stages.load.test_attachment_text import workbook

ID = "441302198001011237"


def _locked() -> bytes:
    import io

    writer = pypdf.PdfWriter(io.BytesIO(pdf("Anything")))
    writer.encrypt("secret", "owner", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _hide(book: object) -> None:
    book["乙"].sheet_state = "hidden"  # type: ignore[index]  # a workbook


CASES = {
    "ZW830": ("申请表.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "ZW831": ("申请表.docx", b"PK\x03\x04 no archive"),
    "ZW832": ("申请表.pdf", pdf("", image=True)),
    "ZW833": ("申请表.pdf", _locked()),
    "ZW834": ("申请表.docx", docx("<w:p><w:ins><w:r><w:t>新的文字</w:t></w:r></w:ins></w:p>")),
    "ZW835": ("申请表.xlsx", workbook(("甲", [["项目"]]), ("乙", [["项目"]]), change=_hide)),
    "ZW836": (
        "申请表.docx",
        archive(
            {
                "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{paragraph("正文")}</w:body></w:document>',
                "word/vbaProject.bin": b"x",
            }
        ),
    ),
    "ZW837": ("申请表.docx", docx(paragraph("正文"), docProps__core=CORE.format("王小明", "李华"))),
    "ZW838": ("申请表.docx", docx("")),
    "ZW840": ("申请表.docx", docx(paragraph("机密★1年") + paragraph("正文"))),
    "ZW260": ("名单.docx", docx(paragraph(f"张三，身份证号码{ID}"))),
}


def _codes(root: Path, name: str, data: bytes) -> set[str]:
    given = {"document": f"附件: [{name}]\n", "files": {f"content/wjj/{name}": {"hex": data.hex()}}}
    write_case(root, given)
    found = found_in(root, given)
    assert not any(ID in str(item) for item in found)
    return {item[5] for item in found}


@pytest.mark.parametrize("code", CASES)
def test_what_an_attachment_carries_is_found(code: str, tmp_path: Path) -> None:
    assert code in _codes(tmp_path, *CASES[code])


def test_a_sound_attachment_has_no_finding(tmp_path: Path) -> None:
    assert not _codes(tmp_path, "申请表.docx", docx(paragraph("申请人应当如实填写。"))) - {"ZW837"}
