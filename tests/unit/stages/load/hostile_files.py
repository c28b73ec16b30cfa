"""Attachments made to keep a reader busy, or to fill its memory: each small as a file."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable

from tests.unit.stages.load.attachment_files import WORD, archive, assemble_pdf, docx, paragraph

ID = "441302198001011237"
_MEGABYTE = 1 << 20
_TEXT = b"BT /F1 12 Tf 50 700 Td "


def _member(name: str, pieces: Iterable[bytes], others: dict[str, str]) -> bytes:
    """An archive with one member written piece by piece, so that a gigabyte needs no memory here."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for other, content in others.items():
            packed.writestr(other, content)
        with packed.open(name, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
    return target.getvalue()


def large_docx(pieces: Iterable[bytes]) -> bytes:
    """A Word document whose body is the pieces."""
    start, end = f'<w:document xmlns:w="{WORD}"><w:body>'.encode(), b"</w:body></w:document>"
    return _member("word/document.xml", (piece for part in ([start], pieces, [end]) for piece in part), {})


def large_xlsx(rows: Iterable[str]) -> bytes:
    """A workbook of one sheet."""
    others = {
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="甲" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="worksheets/s.xml"/></Relationships>',
    }
    pieces = ["<worksheet><sheetData>", *rows, "</sheetData></worksheet>"]
    return _member("xl/worksheets/s.xml", (piece.encode() for piece in pieces), others)


def stream(content: bytes, filters: bytes = b"/FlateDecode", more: bytes = b"") -> bytes:
    """A packed PDF stream."""
    packed = zlib.compress(content, 9)
    return b"<< /Filter %s /Length %d %s >>\nstream\n%s\nendstream" % (filters, len(packed), more, packed)


def pdf_of(content: bytes, pages: int = 1, kids: bytes = b"", count: int = 0) -> bytes:
    """A PDF whose pages all show the object `content`, which may also name itself as `/X`."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 3 0 R >> /XObject << /X 4 0 R >> >> >>"
    )
    kids = kids or b" ".join(b"%d 0 R" % (5 + number) for number in range(pages))
    return assemble_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count or pages),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            content,
            *[page] * pages,
            b"<< /Author (x) >>",
        ]
    )


def _rows(count: int) -> Iterable[str]:
    return (f'<row r="{row}"><c r="A{row}"><v>{ID}</v></c></row>' for row in range(1, count + 1))


def _form(calls: int) -> bytes:
    box = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>"
    return stream(_TEXT + b"(a) Tj ET " + b"/X Do " * calls, more=box)


_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
_LAUGHING = f'<!DOCTYPE w [<!ENTITY a0 "ha">{_LAUGHS}]><w:document xmlns:w="{WORD}"><w:t>&a11;</w:t></w:document>'
_LINE = f"张三,{ID},13812345678,示范县人民路1号2室\n".encode()

HOSTILE: dict[str, tuple[str, Callable[[], bytes], frozenset[str]]] = {
    # what it is: its kind, how it is made, the statuses that are an honest answer
    "a bomb": ("docx", lambda: large_docx([b"a" * _MEGABYTE] * 1000), frozenset({"unread"})),
    "a bomb of paragraphs": ("docx", lambda: large_docx([paragraph("字" * 300_000).encode()] * 1000), frozenset({"read"})),
    "a million open elements": (
        "docx", lambda: large_docx([b"<w:a>" * 1_000_000, b"</w:a>" * 1_000_000]), frozenset({"empty"}),
    ),
    "a tag without end": ("docx", lambda: large_docx([b"<w:p a='", *[b"x" * _MEGABYTE] * 60]), frozenset({"unread"})),
    "a comment without end": ("docx", lambda: large_docx([b"<!--", *[b"x" * _MEGABYTE] * 60]), frozenset({"unread"})),
    "100,000 paragraphs": (
        "docx", lambda: large_docx(paragraph(f"第{n}段，身份证{ID}").encode() for n in range(100_000)), frozenset({"read"}),
    ),
    "entities": ("docx", lambda: archive({"word/document.xml": _LAUGHING}), frozenset({"damaged"})),
    "a sheet of all rows": ("xlsx", lambda: large_xlsx(_rows(1_048_576)), frozenset({"read"})),
    "entities in a sheet": (
        "xlsx", lambda: archive({"xl/workbook.xml": _LAUGHING, "xl/worksheets/s.xml": _LAUGHING}), frozenset({"damaged"}),
    ),
    "a text table of 200 MB": ("csv", lambda: _LINE * (195 * _MEGABYTE // len(_LINE)), frozenset({"read"})),
    "a text table of one line": ("csv", lambda: _LINE.replace(b"\n", b",") * 1_000_000, frozenset({"read"})),
    "a quote without end": ("csv", lambda: b'"' + _LINE * 500_000, frozenset({"read"})),
    "a text of numbers": ("txt", lambda: f"{ID} 13812345678 ".encode() * 150_000, frozenset({"read"})),
    "an archive of thousands": (
        "zip", lambda: archive({f"{n}.docx": docx(paragraph(ID)) for n in range(3000)}), frozenset({"read"}),
    ),
    "an archive of bombs": (
        "zip", lambda: archive(dict.fromkeys(map("{}.docx".format, range(50)), large_docx([b"a" * _MEGABYTE] * 100))),
        frozenset({"read"}),
    ),
    "pages of themselves": (
        "pdf", lambda: pdf_of(stream(_TEXT + b"(a) Tj ET"), kids=b"2 0 R 5 0 R"), frozenset({"damaged", "unread"}),
    ),
    "a thousand million pages": ("pdf", lambda: pdf_of(stream(_TEXT + b"(a) Tj ET"), count=10**9), frozenset({"read"})),
    "a page of itself": ("pdf", lambda: pdf_of(_form(50)), frozenset({"read"})),
    "a text of 200 MB": (
        "pdf", lambda: pdf_of(stream(_TEXT + b"(" + b"a" * 200_000_000 + b") Tj ET")), frozenset({"damaged", "unread"}),
    ),
    "many long pages": ("pdf", lambda: pdf_of(stream(_TEXT + b"(a) Tj " * 10_000), pages=2000), frozenset({"read", "unread"})),
    "200,000 brackets": ("pdf", lambda: pdf_of(b"[" * 200_000), frozenset({"damaged"})),
    "packed twice": (
        "pdf", lambda: pdf_of(stream(zlib.compress(b" " * 200_000_000, 9), b"[/FlateDecode /FlateDecode]")),
        frozenset({"damaged", "empty", "unread"}),
    ),
    "nothing but objects": ("pdf", lambda: b"%PDF-1.4\n" + b"1 0 obj\n<<>>\nendobj\n" * 400_000, frozenset({"damaged", "unread"})),
}  # fmt: skip
