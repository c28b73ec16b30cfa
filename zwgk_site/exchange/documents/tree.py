"""Bytes of a page as a tree: its encoding found, what is no text for people taken out, within limits.

lxml reads as browsers do, opens no connection and expands no entity. Elements are `Any`: lxml has no types.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

from zwgk_site.exchange.documents.value import LeftOut

Element = Any

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)  # fmt: skip
_CHINESE = frozenset(("gb2312", "gbk", "gb_2312-80", "gb18030", "x-gbk", "hz-gb-2312", "gb2312-80", "cp936"))
_HEAD = 4096
DEEPEST = 150
DEEPEST_FORMATTING = 60
"""No page that people made nests deeper; what does is cut off there."""
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_NO_TEXT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "link",
        "meta",
        "base",
        "title",
        "head",
        "object",
        "embed",
        "applet",
        "canvas",
        "svg",
        "math",
        "audio",
        "video",
        "map",
        "input",
        "button",
        "select",
        "textarea",
        "option",
        "datalist",
        "iframe",
        "frame",
        "frameset",
        "noframes",
        "bgsound",
        "param",
        "source",
        "track",
    ]
)
_FORMATTING = ("font", "b", "i", "u", "em", "strong", "span", "big", "small", "center")
_FRAMES = frozenset(("iframe", "frame"))
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)", re.IGNORECASE
)
_BLANKS = re.compile(r"\s+")


def decode_page(data: bytes) -> str:
    """The text of a page: by its byte order mark, by what it declares, then UTF-8, then GBK; nothing is ever refused."""
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", "replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    found = _DECLARED.search(data[:_HEAD])
    declared = (found[1] or found[2]).decode("ascii").lower() if found else ""
    declared = "gb18030" if declared in _CHINESE else declared
    for encoding in dict.fromkeys((declared, "utf-8", "gb18030")):
        try:
            if encoding:
                return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    try:
        return data.decode(declared or "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def parse_page(text: str) -> Element | None:
    """The tree of a page or of a piece of one; `None` if there is nothing in it."""
    from lxml import etree, html

    # Unclosed tags of old pages nest deeper than the parser's usual 256, and what is deeper would be lost.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=True)
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        root = html.document_fromstring(data, parser=parser) if data.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if root is not None:
        _cut_deep(root)
    return root


def _cut_deep(root: Element) -> None:
    """Formatting that was never closed is taken off; whatever else nests too deep becomes plain text."""
    depths = _depths(root)
    for element in reversed([item for item in root.iter(*_FORMATTING) if depths[item] > DEEPEST_FORMATTING]):
        element.drop_tag()
    for element, depth in _depths(root).items():
        if depth == DEEPEST:
            _unwrap(element)


def _depths(root: Element) -> dict[Element, int]:
    depths = {root: 0}
    for element in root.iter():
        parent = element.getparent()
        if parent is not None:
            depths[element] = depths.get(parent, 0) + 1
    return depths


def _unwrap(element: Element) -> None:
    text = " ".join("".join(element.itertext()).split()) if isinstance(element.tag, str) else ""
    for child in list(element):
        element.remove(child)
    if isinstance(element.tag, str):
        element.text = text


def strip_tree(root: Element) -> tuple[LeftOut, ...]:
    """Takes out comments, scripts, forms and what is hidden; the text behind an element always stays."""
    hidden: list[str] = []
    frames = 0
    for element in list(root.iter("pre")):
        _break_lines(element)
    for element in list(root.iter()):
        if element is root or element.getparent() is None:
            continue
        if not isinstance(element.tag, str) or element.tag in _NO_TEXT:
            frames += isinstance(element.tag, str) and element.tag in _FRAMES
            drop(element)
        elif is_hidden(element):
            text = plain_text(element)
            if text:
                hidden.append(text)
            drop(element)
    left = [LeftOut("hidden", len(hidden), hidden[0][:60])] if hidden else []
    return (*left, *((LeftOut("frames", frames),) if frames else ()))


def _break_lines(element: Element) -> None:
    """Ends of lines in text that is set as typed become breaks."""
    from lxml import etree

    def breaks(text: str | None) -> tuple[str, list[Element]]:
        first, *rest = (text or "").split("\n")
        made = []
        for line in rest:
            line_break = etree.Element("br")
            line_break.tail = line
            made.append(line_break)
        return first, made

    for child in reversed(list(element)):
        child.tail, made = breaks(child.tail)
        at = element.index(child) + 1
        element[at:at] = made
    element.text, made = breaks(element.text)
    element[0:0] = made


def is_hidden(element: Element) -> bool:
    """Whether an element says itself that it is not shown."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def drop(element: Element) -> None:
    """Takes an element out of its tree; the text behind it stays where it is."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def plain_text(element: Element) -> str:
    """The text of an element on one line."""
    return _BLANKS.sub(" ", "".join(element.itertext())).strip()


def is_block(element: Element) -> bool:
    return isinstance(element.tag, str) and element.tag in BLOCKS


def has_blocks(element: Element) -> bool:
    """Whether any block stands inside it."""
    return any(child is not element and is_block(child) for child in element.iter())
