"""Blocks as Markdown of the kind that the site's reader understands: one line a paragraph, tables with pipes where that is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.exchange.documents import escapes
from zwgk_site.exchange.documents.value import (
    Block,
    Break,
    Cell,
    Heading,
    Link,
    Listing,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Pieces,
    Raised,
    Table,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LONGEST_HEADING = 6
NARROWEST_TABLE = 2
_STEP = "    "


def write_markdown(blocks: Iterable[Block], targets: Mapping[str, str] | None = None, *, certain: bool = False) -> str:
    """The text below a front matter. `targets` are new targets of links and pictures by old ones; an empty one unlinks.

    `certain` writes character references for every sign: less fit to read, safe beyond doubt.
    """
    writer = _Writer(targets or {}, certain)
    parts = [part for block in blocks if (part := writer.block(block))]
    return escapes.shut_marks("\n\n".join(parts) + "\n" if parts else "")


class _Writer(msgspec.Struct, frozen=True):
    """How words and targets are written."""

    targets: Mapping[str, str]
    certain: bool

    def block(self, block: Block) -> str:
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Listing):
            return "\n".join(self._listing(block, 0))
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Note):
            return f"[^{block.label}]: {self._one_line(block.pieces)}"
        return self._paragraph(block.pieces)

    def _paragraph(self, pieces: Pieces) -> str:
        return "<br>\n".join(line for line in self._lines(pieces) if line)

    def _one_line(self, pieces: Pieces) -> str:
        return "<br>".join(line for line in self._lines(pieces) if line)

    def _heading(self, block: Heading) -> str:
        """A heading; one that needs character references is a paragraph, for a heading's `#` is never part of one."""
        text = " ".join(line for line in self._lines(block.pieces) if line)
        if self.certain or "&#" in escapes.shut_marks(text):
            return self._paragraph(block.pieces)
        if text.endswith("#"):
            text = f"{text[:-1]}\\#"
        return f"{'#' * min(max(block.level, 1), LONGEST_HEADING)} {text}" if text else ""

    def _lines(self, pieces: Pieces) -> list[str]:
        """The lines of a paragraph, each safe at its beginning."""
        has_links = any(isinstance(piece, (Link, Picture, NoteMark)) for piece in pieces)
        lines = [""]
        is_start = True
        for piece in pieces:
            if isinstance(piece, Break):
                lines.append("")
                is_start = True
                continue
            words = self._piece(piece, has_links=has_links)
            if is_start and isinstance(piece, Words):
                words = words if self.certain else escapes.escape_start(words.lstrip())
            is_start = is_start and not words
            lines[-1] += words
        return [line.strip() for line in lines]

    def _piece(self, piece: Words | Picture | Link | Raised | NoteMark, *, has_links: bool) -> str:
        if isinstance(piece, Words):
            return self._words(piece.text, has_links=has_links)
        if isinstance(piece, Raised):
            return f"<{piece.tag}>{self._words(piece.text, has_links=has_links)}</{piece.tag}>"
        if isinstance(piece, NoteMark):
            return f"[^{piece.label}]"
        target = self._target(piece.target)
        if isinstance(piece, Picture):
            alt = self._words(" ".join(piece.alt.split()), has_links=True)
            return f"![{alt}]({target})" if target else alt
        inner = "".join(
            " " if isinstance(part, Break) else self._piece(part, has_links=True) for part in piece.inner
        ).strip()
        return f"[{inner}]({target})" if target and inner else inner

    def _words(self, text: str, *, has_links: bool) -> str:
        return escapes.escape_certainly(text) if self.certain else escapes.escape_inside(text, has_links=has_links)

    def _target(self, target: str) -> str:
        return escapes.escape_target(self.targets.get(target, target))

    def _listing(self, block: Listing, depth: int) -> Iterator[str]:
        for number, item in enumerate(block.items):
            marker = f"{block.start + number}." if block.start else "-"
            first = item[0] if item and isinstance(item[0], Paragraph) else None
            yield f"{_STEP * depth}{marker} {self._one_line(first.pieces) if first else ''}".rstrip()
            for inner in item[1:] if first else item:
                if isinstance(inner, Listing):
                    yield from self._listing(inner, depth + 1)
                else:
                    yield from ("", f"{_STEP * (depth + 1)}{self._one_line(inner.pieces)}", "")

    def _table(self, table: Table) -> str:
        return "\n".join(self._pipe_rows(table) if _is_plain(table) else self._html_rows(table))

    def _pipe_rows(self, table: Table) -> Iterator[str]:
        for number, row in enumerate(table.rows):
            cells = [self._pipe_cell(cell) for cell in row]
            yield f"| {' | '.join(cells)} |"
            if not number:
                yield f"|{' --- |' * len(row)}"

    def _pipe_cell(self, cell: Cell) -> str:
        lines = [line for pieces in cell.lines for line in self._lines(pieces) if line]
        return "<br>".join(lines).replace("|", "&#124;")

    def _html_rows(self, table: Table) -> Iterator[str]:
        yield "<table>"
        for row in table.rows:
            yield f"<tr>{''.join(self._html_cell(cell) for cell in row)}</tr>"
        yield "</table>"

    def _html_cell(self, cell: Cell) -> str:
        tag = "th" if cell.is_head else "td"
        spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
            f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        )
        text = "<br>".join("".join(map(self._html_piece, pieces)) for pieces in cell.lines)
        return f"<{tag}{spans}>{text}</{tag}>"

    def _html_piece(self, piece: Words | Break | Picture | Link | Raised | NoteMark) -> str:
        if isinstance(piece, Words):
            return escapes.escape_html(piece.text)
        if isinstance(piece, Break):
            return "<br>"
        if isinstance(piece, Raised):
            return f"<{piece.tag}>{escapes.escape_html(piece.text)}</{piece.tag}>"
        if isinstance(piece, NoteMark):
            return f"<sup>[{piece.label}]</sup>"
        target = escapes.escape_attribute(self._target(piece.target))
        if isinstance(piece, Picture):
            alt = escapes.escape_attribute(piece.alt)
            return f'<img src="{target}" alt="{alt}">' if target else escapes.escape_html(piece.alt)
        inner = "".join(map(self._html_piece, piece.inner))
        return f'<a href="{target}">{inner}</a>' if target and inner else inner


def _is_plain(table: Table) -> bool:
    """Whether pipes can say all of it: as many cells in each row, none that takes more than its place."""
    width = len(table.rows[0])
    return (
        width >= NARROWEST_TABLE
        and len(table.rows) > 1
        and all(len(row) == width for row in table.rows)
        and all(cell.columns == cell.rows == 1 for row in table.rows for cell in row)
        and all(len(cell.lines) <= 1 for row in table.rows for cell in row)
        and not any(cell.is_head for row in table.rows[1:] for cell in row)
        and any(cell.lines for cell in table.rows[0])
    )
