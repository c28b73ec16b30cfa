"""What readers of attachments hand over: pieces of text with their places, tables, traits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.clues import NAME_LIST, Clue
from zwgk_site.text.clues import find_clues, find_page_clues, find_table_clues, limit_clues
from zwgk_site.text.clues.tables import Cell, table_of_rows
from zwgk_site.text.office_parts import Allowance
from zwgk_site.text.visible import visible_text
from zwgk_site.text.workbook_parts import column_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zwgk_site.model.clues import AttachmentText, TextStatus
    from zwgk_site.text.office_parts import Parts

_NUMBER = re.compile(r"\d[\d -]{5,}[\dXx]")
_LABEL_LENGTH = 60
_EMPTY = tuple(Cell("", column) for column in range(1, 1001))
"""Empty cells are shared: a row with one cell far to the right has hundreds."""
_CLUES_AT_ONCE = 5000


class Findings(msgspec.Struct):
    """What has been found so far in one attachment; filled while it is read."""

    clues: list[Clue] = msgspec.field(default_factory=list)
    traits: set[str] = msgspec.field(default_factory=set)
    length: int = 0
    count: int = 0
    pictures: int = 0
    status: TextStatus | None = None
    allowance: Allowance = msgspec.field(default_factory=Allowance)

    def add_text(self, text: str, place: str, number: int) -> None:
        """A paragraph, page or line, found at `place`."""
        self.length += _length(text)
        self.clues += find_page_clues(text, clean_label(place), number)
        if len(self.clues) > _CLUES_AT_ONCE:
            self.clues = list(self.kept())

    def add_document(self, text: str) -> None:
        """A plain text as a whole; places are its lines."""
        self.length += _length(text)
        placed = [
            Clue(clue.kind, clue.value, clue.line, clue.column, clue.end, f"第{clue.line}行")
            for clue in find_clues(text)
        ]
        if all(clue.kind != NAME_LIST for clue in placed):
            placed += (clue for clue in find_page_clues(text, "", 0) if clue.kind == NAME_LIST)
        self.clues += placed

    def add_member(self, name: str, member: AttachmentText) -> None:
        """What was found in a member of an archive; what could not be read there is named by its ending."""
        self.length += member.length
        self.clues += (
            Clue(clue.kind, clue.value, clue.line, clue.column, clue.end, f"{name} {clue.place}".strip())
            for clue in member.clues
        )
        self.traits.update(trait for trait in member.traits if ":" not in trait)
        if member.status not in ("read", "empty"):
            self.traits.add(f"unread:{name.rpartition('.')[2].lower()[:10]}")

    def add_rows(self, rows: Sequence[tuple[Cell, ...]], sheet: str, row_numbers: Sequence[int] | None = None) -> None:
        """A table; `row_numbers` has each row's number, else they count from 1; cells begin at their column's number."""
        table = table_of_rows(rows)
        skipped = len(rows) - len(table.rows)
        numbers = row_numbers or range(1, len(rows) + 1)
        self.length += sum(_length(cell.text) for row in rows for cell in row)
        sheet = clean_label(sheet)

        def place_of(row: int, column: int) -> str:
            return f"{sheet}!{column_letters(column)}{numbers[row + skipped]}"

        for row, cells in enumerate(rows[:skipped], -skipped):
            for cell in cells:
                if cell.text:
                    self.clues += find_page_clues(cell.text, place_of(row, cell.start), 0)
        self.clues += find_table_clues(table, place_of)

    def add_author(self, kind: str, name: str) -> None:
        """Who made the file, as the program wrote it down."""
        plain = clean_label(name)
        if plain:
            self.traits.add(f"{kind}:{plain}")

    def kept(self) -> tuple[Clue, ...]:
        return limit_clues(self.clues)


def read_properties(parts: Parts, found: Findings) -> None:
    """Author and last editor of an office file, by either standard, and macros."""
    named = _named_texts(parts, "docProps/core.xml")
    found.add_author("author", named.get("creator", ""))
    found.add_author("last_modified_by", named.get("lastModifiedBy", ""))
    named = _named_texts(parts, "meta.xml")
    found.add_author("author", named.get("initial-creator", ""))
    found.add_author("last_modified_by", named.get("creator", ""))
    if any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in parts.names):
        found.traits.add("macro")


def _named_texts(parts: Parts, name: str) -> dict[str, str]:
    """The texts of a small part by their elements."""
    texts: dict[str, str] = {}
    inside: list[str] = [""]

    def text(text: str) -> None:
        texts[inside[-1]] = texts.get(inside[-1], "") + text

    def end(_: str) -> None:
        inside.pop()

    parts.parse(name, start=lambda tag, _: inside.append(tag), text=text, end=end)
    return texts


def clean_label(text: str) -> str:
    """A name from inside a file, as it may be kept: short, visible, long numbers hidden."""
    return _NUMBER.sub("*", " ".join(visible_text(text).split()))[:_LABEL_LENGTH]


def row_of_cells(values: dict[int, str]) -> tuple[Cell, ...]:
    """Cells by column number (from 1), in a row without gaps; columns past 1,000 are closed up."""
    last = min(max(values, default=0), len(_EMPTY))
    cells = list(_EMPTY[:last])
    for column, text in values.items():
        if column <= last:
            cells[column - 1] = Cell(text, column)
    return (*cells, *(Cell(text, column) for column, text in sorted(values.items()) if column > last))


def _length(text: str) -> int:
    return len(text) - sum(map(text.count, " \n\t\r\u3000\u00a0"))
