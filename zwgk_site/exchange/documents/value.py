"""What is read from one source before anything is written: metadata as stated, blocks of text, files they refer to."""

from __future__ import annotations

from typing import Literal

import msgspec

Origin = Literal["table", "tags", "text", "record", "front"]
"""Where a value was stated: in a block of labels, in meta tags, read from the text itself, in a record, in front matter."""
Left = Literal["hidden", "comments", "revisions", "navigation", "frames", "pictures", "formulas", "objects", "macros"]


class Stated(msgspec.Struct, frozen=True):
    """One value of the metadata as the source has it (来源所写). `field` is a name of the record `document`.

    `place` says where, for people: the words around it.
    """

    field: str
    value: str
    origin: Origin
    place: str = ""


class LeftOut(msgspec.Struct, frozen=True):
    """What of a source was not taken in (未导入的内容); `sample` is its beginning."""

    what: Left
    count: int = 1
    sample: str = ""


class Words(msgspec.Struct, frozen=True, tag="words"):
    """Plain text inside a paragraph; blanks are already folded."""

    text: str


class Break(msgspec.Struct, frozen=True, tag="break"):
    """The end of a line inside a paragraph."""


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """A picture: `target` as in the source."""

    target: str
    alt: str = ""


class Link(msgspec.Struct, frozen=True, tag="link"):
    """A link around words and pictures: `target` as in the source, relative ones as they stand there."""

    target: str
    inner: tuple[Words | Break | Picture, ...]


class Raised(msgspec.Struct, frozen=True, tag="raised"):
    """Words above or below the line: `tag` is `sup` or `sub`."""

    tag: str
    text: str


class NoteMark(msgspec.Struct, frozen=True, tag="note"):
    """Where a footnote is cited (脚注)."""

    label: str


Piece = Words | Break | Picture | Link | Raised | NoteMark
Pieces = tuple[Piece, ...]


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph (段落)."""

    pieces: Pieces


class Heading(msgspec.Struct, frozen=True):
    """A heading (小标题) of level 1 to 6."""

    level: int
    pieces: Pieces


class Listing(msgspec.Struct, frozen=True):
    """A list (列表): each item is its own first line, and the lists and paragraphs inside it. `start` 0: not numbered."""

    items: tuple[tuple[Paragraph | Listing, ...], ...]
    start: int = 0


class Cell(msgspec.Struct, frozen=True):
    """A cell of a table (单元格): its lines, and how many columns and rows it takes."""

    lines: tuple[Pieces, ...]
    is_head: bool = False
    columns: int = 1
    rows: int = 1


class Table(msgspec.Struct, frozen=True):
    """A table that says something by its rows and columns (表格), unlike one that only places text on a page."""

    rows: tuple[tuple[Cell, ...], ...]


class Note(msgspec.Struct, frozen=True):
    """What a footnote says (脚注的内容)."""

    label: str
    pieces: Pieces


Block = Paragraph | Heading | Listing | Table | Note


class SourceDocument(msgspec.Struct, frozen=True):
    """One document as read (来源文件).

    `plain` is the text of the source that must be seen in what is written, gathered without `blocks`; blanks do not
    count. `labels` are pairs of label and value that no field takes, `embedded` the pictures inside the source by their
    targets. `address` is where it was published before, empty if that is not known. `markdown` is set where the source
    was Markdown already; then there are no blocks, and it is taken over as it is.
    """

    name: str
    stated: tuple[Stated, ...] = ()
    blocks: tuple[Block, ...] = ()
    plain: str = ""
    embedded: tuple[tuple[str, bytes], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    address: str = ""
    markdown: str | None = None
    front: str = ""
    """The front matter of a source that was Markdown already, without its fences."""
    files: tuple[tuple[str, str], ...] = ()
    """Attachments that the source lists beside its text: target and name."""

    def value_of(self, field: str) -> str:
        """The first value stated for `field`, or an empty string."""
        return next((item.value for item in self.stated if item.field == field), "")
