"""A page of an old column as a document: metadata from labels and meta tags, text from its main part."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from zwgk_site.exchange.documents import labels
from zwgk_site.exchange.documents.blocks import read_blocks
from zwgk_site.exchange.documents.letterhead import read_letterhead
from zwgk_site.exchange.documents.main_part import find_main_part, is_around
from zwgk_site.exchange.documents.outline import set_headings
from zwgk_site.exchange.documents.plain import text_of_block
from zwgk_site.exchange.documents.tree import Element, decode_page, parse_page, plain_text, strip_tree
from zwgk_site.exchange.documents.value import (
    Block,
    Break,
    Heading,
    LeftOut,
    Paragraph,
    Pieces,
    SourceDocument,
    Stated,
)
from zwgk_site.exchange.documents.word_parts import Typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)\s*)?(https?://[^\s<>]{4,500}?)\s*-->", re.IGNORECASE)
_ADDRESSES = ("og:url", "url")
SHORT_TEXT = 200
"""A page with less text than this may have it elsewhere."""


def read_page(data: bytes, name: str) -> SourceDocument | None:
    """The document that a page shows; `None` where there is no page in the bytes."""
    text = decode_page(data)
    root = parse_page(text)
    if root is None:
        return None
    tagged, tags = labels.meta_tags(root)
    address = _address(root, tags, text)
    window = labels.page_title(root)
    left = strip_tree(root)
    body = next(root.iter("body"), root)
    labels.turn_headers(body)
    lines = labels.lines_of(body)
    stated, others, numbers = labels.find_labels(lines)
    day = labels.find_day([line for at, line in enumerate(lines) if at not in numbers])
    labels.remove_lines(lines, numbers)
    heading = _first_heading(body)
    title = _first_title(stated, tagged, heading, window)
    part = find_main_part(body, title)
    taken, trimmed = trim_blocks(read_blocks(part.elements), title)
    blocks = set_headings(taken)
    plain = _plain_of(part.elements, trimmed)
    left_lines = [line for line in (*part.left, *trimmed) if not _is_same(line, title)]
    found = [*stated, *tagged, *((day,) if day else ())]
    if title and not any(item.field == "title" for item in found):
        found.append(Stated("title", title, "tags", "title"))
    known = {item.field for item in found}
    found += [item for item in _read_from_text(blocks) if item.field not in known]
    return SourceDocument(
        name=name,
        stated=tuple(found),
        blocks=blocks,
        plain=plain,
        labels=others,
        left_out=(
            *_worth_telling(left, plain),
            *((LeftOut("navigation", len(left_lines), left_lines[0][:40]),) if left_lines else ()),
        ),
        address=address,
    )


def _read_from_text(blocks: tuple[Block, ...]) -> tuple[Stated, ...]:
    """What the text says of itself by its layout; a heading counts as set apart."""
    return read_letterhead(
        [
            Typeset(" ".join(text_of_block(block).split()), is_centered=isinstance(block, Heading))
            for block in blocks
            if isinstance(block, (Paragraph, Heading))
        ]
    )


def _is_same(line: str, title: str) -> bool:
    return "".join(line.split()) == "".join(title.split())


def _worth_telling(left: Iterable[LeftOut], plain: str) -> Iterator[LeftOut]:
    """What was left out; frames only where the text may stand in one."""
    return (item for item in left if item.what != "frames" or len(plain) < SHORT_TEXT)


def _plain_of(elements: Iterable[Element], trimmed: tuple[str, ...]) -> str:
    plain = "\n".join("".join(element.itertext()) for element in elements)
    squeezed = "".join(plain.split())
    for line in trimmed:
        bare = "".join(line.split())
        at = squeezed.find(bare) if line == trimmed[0] else squeezed.rfind(bare)
        squeezed = squeezed[:at] + squeezed[at + len(bare) :] if at >= 0 else squeezed
    return squeezed


def trim_blocks(blocks: tuple[Block, ...], title: str) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks without what a page has around its text, and the text of what was taken off.

    A heading above the text that says the title over again goes as well; a line of the text that does so stays.
    """
    blocks = (*_cut_lines(blocks[:1]), *blocks[1:])
    head = 0
    while head < len(blocks) and _is_around(blocks[head], title):
        head += 1
    tail = len(blocks)
    while tail > head and is_around(text_of_block(blocks[tail - 1])):
        tail -= 1
    if head == tail:
        return blocks, ()
    return blocks[head:tail], tuple(text_of_block(block) for block in (*blocks[:head], *blocks[tail:]))


def _is_around(block: Block, title: str) -> bool:
    text = text_of_block(block)
    return is_around(text) or (isinstance(block, Heading) and _is_same(text, title))


def _cut_lines(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """A first paragraph with the bar of a page among its lines, line by line."""
    for block in blocks:
        lines = list(_lines(block.pieces)) if isinstance(block, Paragraph) else []
        if any(is_around(text_of_block(line)) for line in lines):
            yield from lines
        else:
            yield block


def _lines(pieces: Pieces) -> Iterator[Paragraph]:
    for is_break, group in groupby(pieces, key=lambda piece: isinstance(piece, Break)):
        if not is_break:
            yield Paragraph(tuple(group))


def _first_title(stated: tuple[Stated, ...], tagged: tuple[Stated, ...], heading: str, window: str) -> str:
    named = next((item.value for item in (*stated, *tagged) if item.field == "title"), "")
    return named or heading or window


def _first_heading(body: Element) -> str:
    """The one heading of the first level, if there is one only."""
    found = [plain_text(element) for element in body.iter("h1")]
    found = [text for text in found if len(text) > 3]
    return found[0] if len(found) == 1 else ""


def _address(root: Element, tags: dict[str, str], text: str) -> str:
    """Where the page was published: what it says itself, else where its copy was saved from."""
    for element in root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            target = (element.get("href") or "").strip()
            if target.startswith(("http://", "https://")):
                return target
    for name in _ADDRESSES:
        if tags.get(name, "").startswith(("http://", "https://")):
            return tags[name]
    saved = _SAVED_FROM.search(text[:4000])
    return saved[1] if saved else ""
