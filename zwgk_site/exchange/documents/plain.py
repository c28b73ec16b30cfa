"""The text of blocks, without markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.exchange.documents.value import (
    Block,
    Break,
    Heading,
    Link,
    Listing,
    Note,
    Paragraph,
    Picture,
    Piece,
    Raised,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def text_of_pieces(pieces: Iterable[Piece]) -> str:
    """The words of a paragraph; a break is a line end."""
    return "".join(map(_text_of_piece, pieces))


def _text_of_piece(piece: Piece) -> str:
    if isinstance(piece, (Words, Raised)):
        return piece.text
    if isinstance(piece, Break):
        return "\n"
    if isinstance(piece, Link):
        return text_of_pieces(piece.inner)
    return ""


def text_of_block(block: Block) -> str:
    """The words of a block, its lines, items and cells on lines of their own."""
    return "\n".join(_lines_of(block))


def _lines_of(block: Block) -> Iterator[str]:
    if isinstance(block, (Paragraph, Heading, Note)):
        yield text_of_pieces(block.pieces)
    elif isinstance(block, Listing):
        for item in block.items:
            for part in item:
                yield from _lines_of(part)
    else:
        for row in block.rows:
            for cell in row:
                yield from map(text_of_pieces, cell.lines)


def targets_of(blocks: Iterable[Block]) -> Iterator[tuple[str, str, bool]]:
    """Every target in the blocks, with its words, and whether it is shown as a picture."""
    for block in blocks:
        if isinstance(block, (Paragraph, Heading, Note)):
            yield from _targets(block.pieces)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from targets_of(item)
        else:
            for row in block.rows:
                for cell in row:
                    for line in cell.lines:
                        yield from _targets(line)


def _targets(pieces: Iterable[Piece]) -> Iterator[tuple[str, str, bool]]:
    for piece in pieces:
        if isinstance(piece, Picture):
            yield piece.target, piece.alt, True
        elif isinstance(piece, Link):
            yield piece.target, text_of_pieces(piece.inner), False
            yield from _targets(piece.inner)
