"""Text files as documents: Markdown with or without front matter, and plain text with the layout of an official one."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from zwgk_site.exchange.documents import labels
from zwgk_site.exchange.documents.blocks import read_blocks
from zwgk_site.exchange.documents.front import split_text
from zwgk_site.exchange.documents.letterhead import read_letterhead
from zwgk_site.exchange.documents.outline import set_headings
from zwgk_site.exchange.documents.tree import parse_page
from zwgk_site.exchange.documents.value import SourceDocument, Stated
from zwgk_site.exchange.documents.word_parts import Typeset
from zwgk_site.exchange.front_matter import compose_front, plain_value
from zwgk_site.model.fields import RECORDS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIRST_HEADING = re.compile(r"\s*#[ \t]+(?P<title>\S.*?)[ \t]*#*[ \t]*(?:\n|\Z)")
_INDENT = re.compile(r"[ \t]*\u3000|[ \t]{2,}")
_SIMPLE = frozenset((Kind.TEXT, Kind.TEXTS, Kind.DATE, Kind.MOMENT, Kind.CHOICE, Kind.INTEGER, Kind.FLAG))
WRAPPED = 8
"""Tenths of the longest line that a line has which was cut for its length."""
FIRST_LINES = 40


def read_markdown(text: str, name: str) -> SourceDocument:
    """A Markdown file: its text is taken over as it is; without front matter its first heading is its title."""
    parts = split_text(text)
    node = compose_front(parts[0]) if parts else None
    if parts is not None and node is not None:
        stated = []
        for key, value in node.value:
            field = RECORDS["document"].field_for(plain_value(key))
            if field is not None and field.kind in _SIMPLE:
                items = (
                    [plain_value(item) for item in value.value]
                    if isinstance(value.value, list)
                    else [plain_value(value)]
                )
                stated += [Stated(field.name, item, "front") for item in items if item]
        return SourceDocument(name=name, stated=tuple(stated), markdown=parts[1].strip("\n") + "\n", front=parts[0])
    found = _FIRST_HEADING.match(text)
    if found is None:
        return SourceDocument(name=name, markdown=text.strip("\n") + "\n")
    stated_title = (Stated("title", found["title"].replace("\\", ""), "front"),)
    return SourceDocument(name=name, stated=stated_title, markdown=text[found.end() :].strip("\n") + "\n")


def read_plain_text(text: str, name: str) -> SourceDocument:
    """A text file: paragraphs by blank lines and indents; labels and letterhead as in a Word document."""
    paragraphs = list(_paragraphs(text))
    page = "".join(f"<p>{_spans(paragraph)}</p>" for paragraph in paragraphs)
    root = parse_page(f"<html><body>{page}</body></html>") if page else None
    if root is None:
        return SourceDocument(name=name)
    body = next(root.iter("body"), root)
    stated, others = labels.take_labels(body, FIRST_LINES)
    head = read_letterhead([Typeset(" ".join(paragraph.split())) for paragraph in paragraphs])
    known = {item.field for item in stated}
    return SourceDocument(
        name=name,
        stated=(*stated, *(item for item in head if item.field not in known)),
        blocks=set_headings(read_blocks([body])),
        plain="".join("".join(body.itertext()).split()),
        labels=others,
    )


def _spans(paragraph: str) -> str:
    return "".join(f"<span>{escape(part)}</span> " for part in paragraph.split("\t") if part.strip())


def _paragraphs(text: str) -> Iterator[str]:
    """Lines that were cut for their length are joined again; all others are paragraphs."""
    for group in re.split(r"\n[ \t\u3000\xa0]*\n", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")):
        lines = [line for line in group.split("\n") if line.strip()]
        if _are_wrapped(lines):
            yield from _joined(lines)
        else:
            yield from (line.strip(" \u3000\xa0") for line in lines)


def _are_wrapped(lines: Sequence[str]) -> bool:
    longest = max(map(len, lines), default=0)
    full = sum(len(line) * 10 >= longest * WRAPPED for line in lines)
    return len(lines) > 2 and longest > 15 and full * 10 >= len(lines) * 6


def _joined(lines: Sequence[str]) -> Iterator[str]:
    current = ""
    for line in lines:
        if current and _INDENT.match(line):
            yield current
            current = ""
        bare = line.strip(" \u3000\xa0")
        between = " " if current[-1:].isascii() and bare[:1].isascii() and current else ""
        current += between + bare
    if current:
        yield current
