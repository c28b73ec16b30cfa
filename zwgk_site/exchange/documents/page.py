"""A page of an old column as a document: metadata from labels and meta tags, text from its main part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zwgk_site.exchange.documents import labels
from zwgk_site.exchange.documents.blocks import read_blocks
from zwgk_site.exchange.documents.main_part import find_main_part, trim_edges
from zwgk_site.exchange.documents.outline import set_headings
from zwgk_site.exchange.documents.plain import text_of_block
from zwgk_site.exchange.documents.tree import Element, decode_page, parse_page, plain_text, strip_tree
from zwgk_site.exchange.documents.value import Block, LeftOut, SourceDocument, Stated

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
    lines = labels.lines_of(body)
    stated, others, numbers = labels.find_labels(lines)
    day = labels.find_day([line for at, line in enumerate(lines) if at not in numbers])
    labels.remove_lines(lines, numbers)
    heading = _first_heading(body)
    title = _first_title(stated, tagged, heading, window)
    part = find_main_part(body, title)
    taken, trimmed = trim_blocks(read_blocks(part.elements))
    blocks = set_headings(taken)
    plain = _plain_of(part.elements, trimmed)
    left_lines = [line for line in (*part.left, *trimmed) if not _is_same(line, title)]
    found = [*stated, *tagged, *((day,) if day else ())]
    if title and not any(item.field == "title" for item in found):
        found.append(Stated("title", title, "tags", "title"))
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


def trim_blocks(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks without what a page has around its text, and the text of what was taken off."""
    texts = [text_of_block(block) for block in blocks]
    head, tail = trim_edges(texts)
    end = len(blocks) - tail
    return blocks[head:end], (*texts[:head], *texts[end:])


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
