"""Headings by official typography (结构层次序数): 第一章, 一、, （一）, where a line is a heading and no sentence.

《党政机关公文格式》GB/T 9704—2012, 7.3.3: the levels of a text are numbered 一、 （一） 1. （1）. Only the first two are made
headings, for the others are nearly always the beginning of a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zwgk_site.exchange.documents.plain import text_of_pieces
from zwgk_site.exchange.documents.value import Block, Break, Heading, Paragraph, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMERAL = "[〇零一二三四五六七八九十百]"
_LEVELS = (
    (re.compile(rf"第{_NUMERAL}+[编篇部]分?(?:[\s\u3000]|$)"), 1),
    (re.compile(rf"第{_NUMERAL}+章(?:[\s\u3000]|$)"), 2),
    (re.compile(rf"第{_NUMERAL}+节(?:[\s\u3000]|$)"), 3),
    (re.compile(rf"{_NUMERAL}+、"), 2),
    (re.compile(rf"[（(]{_NUMERAL}+[）)]"), 3),
)
_SENTENCE = re.compile(r"[。；;！？!?：:]|[，,].*[，,]")
LONGEST = 40
"""Characters of a heading; more is a sentence."""


def set_headings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with lines that are headings made so; where headings of the source are numbered, they are left as they are."""
    given = tuple(blocks)
    if any(isinstance(block, Heading) and heading_level(text_of_pieces(block.pieces).strip()) for block in given):
        return given
    return tuple(_as_heading(block) for block in given)


def _as_heading(block: Block) -> Block:
    if not isinstance(block, Paragraph) or any(isinstance(piece, Break) for piece in block.pieces):
        return block
    if not all(isinstance(piece, Words) for piece in block.pieces):
        return block
    text = text_of_pieces(block.pieces).strip()
    level = heading_level(text)
    return Heading(level, block.pieces) if level else block


def heading_level(text: str) -> int:
    """The level of a line as a heading, or 0."""
    if len(text) > LONGEST or len(text) < 4 or _SENTENCE.search(text):
        return 0
    return next((level for pattern, level in _LEVELS if pattern.match(text)), 0)
