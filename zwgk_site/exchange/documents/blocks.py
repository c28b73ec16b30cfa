"""A part of a tree as blocks: paragraphs, headings, lists, tables. Tables and divisions that only place text are no blocks.

Walks with a stack of its own where pages may nest, so that no page is too deep.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.exchange.documents.tree import Element, has_blocks, is_block, plain_text
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
    Piece,
    Pieces,
    Raised,
    Table,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_RAISED = frozenset(("sup", "sub"))
_FOLDED = re.compile(r"[ \t\r\n\f\v\xa0]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000“”‘’…—·"
_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n]\s*(?=[{_WIDE}])")
_INDENT = re.compile(r"[ \t\r\n]*(?:\u3000|\xa0{2}|(?:\xa0[ ]?){2})")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_NOTE_TARGET = re.compile(r"#(?:foot|end)note-(\d+)$")
_NOTE_ITEM = re.compile(r"(?:foot|end)note-(\d+)$")
_BACK = re.compile(r"#(?:foot|end)note-ref-\d+$")
MOST_SPAN = 999
DEEPEST_LIST = 6


class _Collector(msgspec.Struct):
    """Blocks as they come; `pieces` are those of the paragraph under way.

    `tables` are those that say something; all others only place text.
    """

    tables: frozenset[Element]
    blocks: list[Block] = []
    pieces: list[Piece] = []

    def end_paragraph(self) -> None:
        """What has been gathered, as a paragraph."""
        for pieces in split_paragraphs(tidy(self.pieces)):
            self.blocks.append(Paragraph(pieces))
        self.pieces = []


def read_blocks(elements: Iterable[Element]) -> tuple[Block, ...]:
    """The blocks of some elements of a page, in order; text behind an element belongs to its parent."""
    elements = list(elements)
    collector = _Collector(find_data_tables(elements))
    for element in elements:
        _read(element, collector)
        collector.end_paragraph()
    return tuple(collector.blocks)


def _read(element: Element, out: _Collector) -> None:
    """One element, without the text behind it."""
    if not isinstance(element.tag, str):
        return
    tag = element.tag
    if tag in _HEADINGS and not _holds_more(element):
        out.end_paragraph()
        pieces = tidy(_inline(element))
        if pieces:
            out.blocks.append(Heading(_HEADINGS[tag], pieces))
    elif tag in ("ul", "ol", "menu", "dir") and _is_list(element):
        out.end_paragraph()
        _read_list(element, out)
    elif tag == "table" and element in out.tables:
        out.end_paragraph()
        _add_table(element, out)
    elif is_block(element):
        out.end_paragraph()
        _read_inside(element, out)
        out.end_paragraph()
    elif has_blocks(element):
        _read_inside(element, out)
    else:
        out.pieces.extend(_pieces_of(element))


def _holds_more(element: Element) -> bool:
    return any(child.tag in ("table", "ul", "ol", "p") for child in element.iterdescendants())


def _read_inside(element: Element, out: _Collector) -> None:
    _add_text(element.text, out)
    for child in element:
        _read(child, out)
        _add_text(child.tail, out)


def _add_text(text: str | None, out: _Collector) -> None:
    if text:
        out.pieces.append(Words(text))


def _inline(element: Element) -> list[Piece]:
    """The pieces inside an element."""
    pieces: list[Piece] = [Words(element.text)] if element.text else []
    for child in element:
        pieces.extend(_pieces_of(child))
        if child.tail:
            pieces.append(Words(child.tail))
    return pieces


def _pieces_of(element: Element) -> Iterator[Piece]:
    """An element inside a paragraph as pieces."""
    if not isinstance(element.tag, str):
        return
    tag = element.tag
    if tag == "br":
        yield Break()
    elif tag == "img":
        target = (element.get("src") or "").strip()
        alt = element.get("alt") or element.get("title") or ""
        if target:
            yield Picture(target, _INVISIBLE.sub("", alt).strip())
    elif tag == "a" and element.get("href") is not None:
        yield from _link(element)
    elif tag in _RAISED and not len(element):
        yield Raised(tag, _fold(element.text or "").strip()) if (element.text or "").strip() else Words("")
    elif is_block(element):
        yield Break()
        yield from _inline(element)
        yield Break()
    else:
        yield from _inline(element)


def _link(element: Element) -> Iterator[Piece]:
    target = (element.get("href") or "").strip()
    note = _NOTE_TARGET.search(target)
    if note:
        yield NoteMark(note[1])
        return
    if _BACK.search(target):
        return
    plain = tuple(_plain_pieces(_inline(element)))
    if target.startswith("#") or not _leads_somewhere(target):
        yield from plain
    else:
        yield Link(target, plain)


def _plain_pieces(pieces: Iterable[Piece]) -> Iterator[Words | Break | Picture]:
    """What may stand inside a link: no other link, and nothing above the line."""
    for piece in pieces:
        if isinstance(piece, Raised):
            yield Words(piece.text)
        elif isinstance(piece, Link):
            yield from piece.inner
        elif not isinstance(piece, NoteMark):
            yield piece


def _leads_somewhere(target: str) -> bool:
    """Whether a target is an address or a file; scripts, mails to nobody and files of the writer's own disk are none."""
    scheme = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", target)
    return bool(target) and (scheme is None or scheme[0].lower() in ("http:", "https:", "mailto:", "tel:"))


def tidy(pieces: Iterable[Piece]) -> Pieces:
    """Pieces with blanks folded and words joined; nothing at either end, no blank before or after a break."""
    joined: list[Piece] = []
    for is_text, group in groupby(pieces, key=lambda piece: isinstance(piece, Words)):
        if is_text:
            text = _INVISIBLE.sub("", "".join(piece.text for piece in group if isinstance(piece, Words)))
            joined.extend([Words(text)] if text else [])
            continue
        for piece in group:
            if not isinstance(piece, Link):
                joined.append(piece)
            elif inner := tidy(piece.inner):
                joined.append(Link(piece.target, tuple(_plain_pieces(inner))))
    return tuple(joined)


def split_paragraphs(pieces: Pieces) -> Iterator[Pieces]:
    """Paragraphs cut where people cut them with breaks: at two in a row, and before a line that is indented."""
    current: list[Piece] = []
    breaks = 0
    for piece in pieces:
        if isinstance(piece, Break):
            breaks += 1
            continue
        if isinstance(piece, Words) and not piece.text.strip(" \t\r\n\f\v\xa0\u3000"):
            if not breaks and current:
                current.append(Words(" "))
            continue
        if breaks and current:
            is_new = breaks > 1 or (isinstance(piece, Words) and bool(_INDENT.match(piece.text)))
            if is_new:
                yield from _folded(current)
                current = []
            else:
                current.append(Break())
        breaks = 0
        current.append(piece)
    yield from _folded(current)


def _folded(pieces: list[Piece]) -> Iterator[Pieces]:
    """A paragraph with its blanks folded and stripped, if anything is left."""
    result: list[Piece] = []
    for number, piece in enumerate(pieces):
        if not isinstance(piece, Words):
            result.append(_folded_link(piece) if isinstance(piece, Link) else piece)
            continue
        text = _fold(piece.text)
        if number == 0 or isinstance(pieces[number - 1], Break):
            text = text.lstrip(" \u3000")
        if number == len(pieces) - 1 or isinstance(pieces[number + 1], Break):
            text = text.rstrip(" \u3000")
        if text:
            result.append(Words(text))
    if any(not isinstance(piece, Break) for piece in result):
        yield tuple(result)


def _folded_link(link: Link) -> Link:
    return Link(link.target, tuple(Words(_fold(p.text)) if isinstance(p, Words) else p for p in link.inner))


def _fold(text: str) -> str:
    return _FOLDED.sub(" ", _BETWEEN_WIDE.sub("", text))


def _is_list(element: Element) -> bool:
    """Whether a list lists text; one whose items hold tables or headings only places them."""
    items = [child for child in element if child.tag == "li"]
    return bool(items) and not any(
        inner.tag in ("table", "h1", "h2", "h3", "h4", "h5", "h6", "dl") for item in items for inner in item.iterdescendants()
    ) and all(not isinstance(child.tag, str) or child.tag in ("li", "ul", "ol") for child in element)  # fmt: skip


def _read_list(element: Element, out: _Collector) -> None:
    if any(_NOTE_ITEM.match(item.get("id") or "") for item in element if item.tag == "li"):
        _read_notes(element, out)
        return
    listing = _listing(element, 1, out.tables)
    if listing.items:
        out.blocks.append(listing)


def _read_notes(element: Element, out: _Collector) -> None:
    for item in element:
        found = _NOTE_ITEM.match(item.get("id") or "") if isinstance(item.tag, str) else None
        if found:
            inner = _Collector(out.tables)
            _read_inside(item, inner)
            inner.end_paragraph()
            pieces: list[Piece] = []
            for block in inner.blocks:
                if isinstance(block, Paragraph):
                    pieces += [Break(), *block.pieces] if pieces else block.pieces
            out.blocks.append(Note(found[1], _without_arrow(pieces)))


def _without_arrow(pieces: list[Piece]) -> Pieces:
    if pieces and isinstance(pieces[-1], Words):
        text = pieces[-1].text.rstrip(" ↑")
        pieces = [*pieces[:-1], Words(text)] if text else pieces[:-1]
    return tuple(pieces)


def _listing(element: Element, depth: int, tables: frozenset[Element]) -> Listing:
    items: list[tuple[Paragraph | Listing, ...]] = []
    for child in element:
        if child.tag == "li":
            parts = _item_parts(child, depth, tables)
            if parts:
                items.append(parts)
        elif isinstance(child.tag, str) and items:
            items[-1] = (*items[-1], _listing(child, depth + 1, tables))
    return Listing(tuple(items), _start(element) if element.tag == "ol" else 0)


def _start(element: Element) -> int:
    first = next((child for child in element if child.tag == "li"), None)
    written = (first.get("value") if first is not None else None) or element.get("start") or "1"
    return int(written) if written.isdecimal() and 0 < int(written[:9]) < MOST_SPAN and len(written) < 4 else 1


def _item_parts(item: Element, depth: int, tables: frozenset[Element]) -> tuple[Paragraph | Listing, ...]:
    inner = _Collector(tables)
    _add_text(item.text, inner)
    for child in item:
        if child.tag in ("ul", "ol") and depth < DEEPEST_LIST:
            inner.end_paragraph()
            listing = _listing(child, depth + 1, tables)
            if listing.items:
                inner.blocks.append(listing)
        else:
            _read(child, inner)
        _add_text(child.tail, inner)
    inner.end_paragraph()
    return tuple(block for block in inner.blocks if isinstance(block, (Paragraph, Listing)))


def find_data_tables(elements: Iterable[Element]) -> frozenset[Element]:
    """The tables that say something by their rows and columns; one around such a table only places it on the page."""
    tables = [table for element in elements for table in element.iter("table")]
    found: set[Element] = set()
    around: set[Element] = set()
    for table in reversed(tables):
        if table not in around and _says_something(table):
            found.add(table)
            around.update(table.iterancestors("table"))
    return frozenset(found)


def _says_something(table: Element) -> bool:
    rows = _rows_of(table)
    cells = [_cells_of(row) for row in rows]
    if max(map(len, cells), default=0) < 2 or not any(
        plain_text(cell) or _shows(cell) for row in cells for cell in row
    ):
        return False
    if any(cell.tag == "th" for row in cells for cell in row) or (table.get("border") or "0") not in ("", "0"):
        return True
    filled = [sum(1 for cell in row if plain_text(cell) or _shows(cell)) for row in cells]
    return max(filled) > 1 and sum(1 for count in filled if count) > 1 and not _is_layout(rows)


def _is_layout(rows: list[Element]) -> bool:
    """Whether one cell holds nearly all of the text, in several paragraphs."""
    cells = [cell for row in rows for cell in _cells_of(row)]
    sizes = [len(plain_text(cell)) for cell in cells]
    largest = max(sizes)
    cell = cells[sizes.index(largest)]
    blocks = sum(1 for child in cell.iterdescendants() if child.tag in ("p", "div", "br"))
    return largest > 200 and largest * 10 > sum(sizes) * 8 and blocks > 3


def _shows(cell: Element) -> bool:
    return next(cell.iterdescendants("img"), None) is not None


def _rows_of(table: Element) -> list[Element]:
    """The rows of a table itself, not of tables inside it."""
    rows = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            rows += [row for row in child if row.tag == "tr"]
    return rows


def _cells_of(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _add_table(table: Element, out: _Collector) -> None:
    caption = next((child for child in table if child.tag == "caption"), None)
    rows = tuple(
        cells for row in _rows_of(table) if (cells := tuple(_cell(cell, out.tables) for cell in _cells_of(row)))
    )
    if caption is not None:
        for pieces in split_paragraphs(tidy(_inline(caption))):
            out.blocks.append(Paragraph(pieces))
    out.blocks.append(Table(rows))


def _cell(cell: Element, tables: frozenset[Element]) -> Cell:
    inner = _Collector(tables)
    _read_inside(cell, inner)
    inner.end_paragraph()
    lines: list[Pieces] = []
    for block in inner.blocks:
        lines.extend(_lines_of(block))
    return Cell(tuple(lines), cell.tag == "th", _span(cell, "colspan"), _span(cell, "rowspan"))


def _lines_of(block: Block) -> Iterator[Pieces]:
    """A block inside a cell as lines: a list item by item, a table row by row."""
    if isinstance(block, (Paragraph, Heading, Note)):
        yield block.pieces
    elif isinstance(block, Listing):
        for item in block.items:
            for part in item:
                yield from _lines_of(part)
    else:
        for row in block.rows:
            yield tuple(piece for cell in row for line in cell.lines for piece in (*line, Words(" ")))


def _span(cell: Element, name: str) -> int:
    written = (cell.get(name) or "").strip()
    return min(max(int(written), 1), MOST_SPAN) if written.isdecimal() and len(written) < 6 else 1
