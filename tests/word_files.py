"""Word files for tests: made by python-docx, and changed in their XML where it has no words for what Word can do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def word_file(fill: Callable[[Any], None]) -> bytes:
    """A .docx file with what `fill` puts into it."""
    document = docx.Document()
    fill(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def notice(document: Any) -> None:
    """A notice as an office writes one: sign, number, title in two lines, text, signature."""
    for text, place in (
        ("示范县卫生健康局文件", CENTER),
        ("示卫发〔2026〕12号", CENTER),
        ("示范县卫生健康局", CENTER),
        ("关于做好夏季防暑工作的通知", CENTER),
        ("各乡镇卫生院：", None),
        ("为做好夏季防暑工作，现将有关事项通知如下。", None),
        ("一、加强组织领导", None),
        ("（一）落实责任", None),
        ("各单位主要负责人要亲自部署，层层落实责任，不得推诿。", None),
        ("示范县卫生健康局", RIGHT),
        ("2026年6月1日", RIGHT),
        ("（此件公开发布）", None),
    ):
        added = document.add_paragraph(text)
        if place is not None:
            added.alignment = place


def parts_of(data: bytes) -> dict[str, bytes]:
    """The members of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def with_body(xml: str, **others: str) -> dict[str, bytes]:
    """The parts of a document whose body is `xml` (prefix `w`); `others` are further parts of `word/`, by stem."""
    parts = parts_of(word_file(lambda document: document.add_paragraph("x")))
    parts["word/document.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"'
        ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        f' xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{xml}</w:body></w:document>'
    ).encode()
    for stem, content in others.items():
        parts[f"word/{stem}.xml"] = content.encode()
    return parts


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p>{f"<w:pPr>{properties}</w:pPr>" if properties else ""}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
