"""Genuine attachments of every kind that is read, with a marker in every place in which text may hide."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.comments import Comment

from tests.unit.stages.load.attachment_files import CORE, WORD, archive, docx, paragraph, pdf, word_table

if TYPE_CHECKING:
    from tests.acceptance.leaks import Secrets

IDENTITY = "441302198001011237"
"""A resident identity number with a right check digit, of nobody."""
KINDS = ("docx", "xlsx", "utf8.csv", "gbk.csv", "pdf", "zip", "xls")

Tell = Callable[[str], str]


def attachments_full_of(secret: Secrets, what: str, number: str = IDENTITY) -> dict[str, bytes]:
    """One file of each kind by its ending; markers are named `what: docx body`, and `number` stands in each file."""

    def tell(place: str) -> str:
        return secret(f"{what}: {place}")

    return {
        "docx": word_file(tell, number),
        "xlsx": workbook(tell, number),
        "utf8.csv": f"姓名,身份证号\n{tell('csv cell')},{number}\n".encode(),
        "gbk.csv": f"姓名,身份证号\n{tell('gbk cell')},{number}\n".encode("gbk"),
        "pdf": pdf(secret.ascii(f"{what}: pdf page"), number, author=secret.ascii(f"{what}: pdf author")),
        "zip": old_zip(tell, number),
        "xls": old_workbook([("表", [["姓名", "身份证号"], [tell("xls cell"), number]])]),
    }


def word_file(tell: Tell, number: str) -> bytes:
    """A Word document: body, table, tracked changes, margin, comment, author."""
    body = (
        paragraph(f"{tell('docx body')}，身份证{number}")
        + word_table(["姓名", "身份证号"], [tell("docx cell"), number])
        + f"<w:p><w:del><w:r><w:delText>{tell('docx deleted')}，身份证{number}</w:delText></w:r></w:del>"
        f"<w:ins><w:r><w:t>{tell('docx inserted')}</w:t></w:r></w:ins></w:p>"
    )
    note = f'<w:comments xmlns:w="{WORD}"><w:comment>{paragraph(tell("docx comment") + "，身份证" + number)}</w:comment></w:comments>'
    return docx(
        body,
        word__header1=f'<w:hdr xmlns:w="{WORD}">{paragraph(tell("docx header"))}</w:hdr>',
        word__comments=note,
        docProps__core=CORE.format(tell("docx author"), tell("docx editor")),
    )


def workbook(tell: Tell, number: str) -> bytes:
    """A workbook: cells, a formula, a hidden sheet, a hidden row, a comment, names of sheets and people."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet = book.create_sheet(tell("xlsx sheet name"))
    for row in (["姓名", "身份证号"], [tell("xlsx cell"), number], [tell("xlsx hidden row"), number]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet["C2"] = f'=IF(A2="{tell("xlsx formula")}","{number}","")'
    sheet["A2"].comment = Comment(f"{tell('xlsx comment')}，身份证{number}", tell("xlsx comment author"))
    hidden = book.create_sheet("隐")
    hidden.append([tell("xlsx hidden sheet"), number])
    hidden.sheet_state = "hidden"
    book.properties.creator, book.properties.lastModifiedBy = tell("xlsx author"), tell("xlsx editor")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def old_zip(tell: Tell, number: str) -> bytes:
    """An archive with a Word document and a text; one name is written as old programs did, in GBK."""
    text = f"{tell('zip text')}，身份证{number}".encode()
    name = f"{tell('zip GBK name')}.txt"
    placeholder = "m" * (len(name.encode("gbk")) - 4) + ".txt"
    data = archive(
        {f"{tell('zip name')}.docx": docx(paragraph(tell("zip docx") + "，身份证" + number)), placeholder: text}
    )
    return data.replace(placeholder.encode(), name.encode("gbk"))


def old_workbook(sheets: Iterable[tuple[str, list[list[str]]]], *, hidden: str = "") -> bytes:
    """A workbook of Excel 97 (BIFF8 in a compound file); the sheet named `hidden` is."""
    begin, end = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)), _record(0x000A, b"")
    bodies, names = [], []
    for name, rows in sheets:
        cells = [
            _record(0x0204, struct.pack("<HHH", row, column, 0) + _wide(text, "<H"))
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
        ]
        first = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
        bodies.append(first + b"".join(cells) + end)
        names.append((_wide(name, "<B"), int(name == hidden)))
    place = len(begin) + len(end) + sum(len(name) + 10 for name, _ in names)
    globals_ = begin
    for (name, state), body in zip(names, bodies, strict=True):
        globals_ += _record(0x0085, struct.pack("<IBB", place, state, 0) + name)
        place += len(body)
    return _compound(globals_ + end + b"".join(bodies))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _wide(text: str, count: str) -> bytes:
    return struct.pack(count, len(text)) + b"\1" + text.encode("utf-16-le")


def _compound(stream: bytes) -> bytes:
    """The stream as the one named Workbook of a compound file; at least 4096 bytes, so that no small sectors are needed."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    assert len(table) == 512, "one sector of the table is enough for tests"
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * 432
    root = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    return header + table + root + _entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream)) + bytes(256) + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    data = name.encode("utf-16-le")
    links = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return (
        data.ljust(64, b"\0") + struct.pack("<H", len(data) + 2) + links + bytes(36) + struct.pack("<IQ", start, size)
    )
