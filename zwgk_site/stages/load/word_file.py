"""Text of documents and slides: .docx, .docm, .odt, .pptx, with what is deleted, commented or stands in margins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.stages.load.attachment_pieces import read_properties, row_of_cells
from zwgk_site.text.office_parts import Parts, RefusedError

if TYPE_CHECKING:
    from typing import IO

    from zwgk_site.stages.load.attachment_pieces import Findings
    from zwgk_site.text.clues.tables import Cell
    from zwgk_site.text.office_parts import Attributes

_TRACKED = frozenset(("ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange", "changed-region"))
_MARGINS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


def read_docx(source: IO[bytes], found: Findings) -> None:
    """A Word document: body, tables, margins, comments; text that tracked changes have deleted counts as well."""
    parts = Parts(source, found.allowance)
    if "word/document.xml" not in parts.names:
        raise RefusedError
    _read_xml(parts, "word/document.xml", found)
    for name in parts.starting("word/", ".xml"):
        margin = next((label for key, label in _MARGINS.items() if name.startswith(f"word/{key}")), "")
        if margin:
            _read_xml(parts, name, found, where=margin)
    before = found.length
    for name in parts.starting("word/comments", ".xml"):
        _read_xml(parts, name, found, where="批注")
    if found.length > before:
        found.traits.add("comments")
    found.pictures += len(parts.starting("word/media/"))
    _finish(parts, found)


def read_pptx(source: IO[bytes], found: Findings) -> None:
    """Slides, with their notes."""
    parts = Parts(source, found.allowance)
    slides = parts.starting("ppt/slides/slide", ".xml")
    if not slides:
        raise RefusedError
    for name in slides:
        _read_xml(parts, name, found, where=f"第{name[len('ppt/slides/slide') : -len('.xml')]}张")
    for name in parts.starting("ppt/notesSlides/", ".xml"):
        _read_xml(parts, name, found, where="备注")
    if parts.starting("ppt/comments/"):
        found.traits.add("comments")
    found.count = len(slides)
    found.pictures += len(parts.starting("ppt/media/"))
    _finish(parts, found)


def read_odt(source: IO[bytes], found: Findings) -> None:
    """A text of OpenDocument."""
    parts = Parts(source, found.allowance)
    if "content.xml" not in parts.names:
        raise RefusedError
    _read_xml(parts, "content.xml", found, open_document=True)
    found.pictures += len(parts.starting("Pictures/"))
    _finish(parts, found)


def _finish(parts: Parts, found: Findings) -> None:
    read_properties(parts, found)
    if parts.partly:
        found.traits.add("partly_read")


def _read_xml(parts: Parts, name: str, found: Findings, *, where: str = "", open_document: bool = False) -> None:
    reader = _Paragraphs(found, where, open_document=open_document)
    parts.parse(name, start=reader.start, text=reader.text, end=reader.end)


class _Paragraphs:
    """Paragraphs and tables of one part, as they end. A table inside a cell is text of that cell."""

    def __init__(self, found: Findings, where: str, *, open_document: bool) -> None:
        self._found = found
        self._where = where
        self._texts = ("p", "h") if open_document else ("t", "delText", "instrText")
        self._words: list[str] = []
        self._in_text = 0
        self._tables = 0
        self._number = 0
        self._rows: list[tuple[Cell, ...]] = []
        self._cells: dict[int, str] = {}

    def start(self, tag: str, _attributes: Attributes) -> None:
        if tag in self._texts:
            self._in_text += 1
        elif tag in ("tab", "br", "cr", "s", "line-break"):
            self._words.append(" ")
        elif tag in ("tbl", "table"):
            self._tables += 1
        elif tag in _TRACKED:
            self._found.traits.add("tracked_changes")
        elif tag == "annotation":
            self._found.traits.add("comments")

    def text(self, text: str) -> None:
        if self._in_text:
            self._words.append(text)

    def end(self, tag: str) -> None:
        if tag in self._texts:
            self._in_text -= 1
        if tag in ("p", "h"):
            self._end_paragraph()
        elif tag in ("tc", "table-cell") and self._tables == 1:
            self._cells[len(self._cells) + 1] = self._take()
        elif tag in ("tr", "table-row") and self._tables == 1:
            self._rows.append(row_of_cells(self._cells))
            self._cells = {}
        elif tag in ("tbl", "table"):
            self._tables -= 1
            if not self._tables:
                self._end_table()

    def _end_paragraph(self) -> None:
        if self._tables:
            self._words.append(" ")
            return
        text = self._take()
        if text:
            self._number += 1
            self._found.count += not self._where
            self._found.add_text(text, self._where or f"第{self._number}段", self._number)

    def _end_table(self) -> None:
        self._number += 1
        self._found.count += not self._where
        self._found.add_rows(self._rows, f"{self._where}第{self._number}段表格")
        self._rows = []

    def _take(self) -> str:
        text = "".join(self._words).strip()
        self._words = []
        return text
