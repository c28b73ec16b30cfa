"""The parts of a Word document put in order before they are converted: changes accepted, comments and hidden text taken out.

Numbers that Word counts itself are written out, text boxes become paragraphs where they are anchored, formulas become
their signs. Everything taken out is counted, so that it can be told.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.exchange.documents.value import LeftOut
from zwgk_site.exchange.documents.word_numbers import Numbering, W

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DOCUMENT = "word/document.xml"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
REMOVED = ("del", "moveFrom", "cellDel")
"""Text, and cells, that were deleted or moved away."""
_ADDED = ("ins", "moveTo")
_UNWRAPPED = (*_ADDED, "smartTag", "customXml")
CHANGES = (
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "tblGridChange",
    "numberingChange",
)
"""Properties as they were before a change."""
_COMMENTS = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")
_PLAIN_PARTS = (
    "[Content_Types].xml", "_rels/.rels", DOCUMENT, "word/_rels/document.xml.rels", "word/styles.xml", "word/numbering.xml",
    "word/footnotes.xml", "word/endnotes.xml", "word/_rels/footnotes.xml.rels", "word/_rels/endnotes.xml.rels",
)  # fmt: skip
_TEXTS = ("word/footnotes.xml", "word/endnotes.xml")
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-6])$", re.IGNORECASE)
_TITLE_NAME = re.compile(r"(?:title|标题|公文标题|大标题)$", re.IGNORECASE)
OFF = frozenset(("0", "false", "off", "none"))
"""Values of a property that is switched off."""


class Typeset(msgspec.Struct, frozen=True):
    """A paragraph as it is set (段落版式): `size` in half points, 0 where the document leaves it to the default."""

    text: str
    is_centered: bool = False
    size: int = 0
    is_title: bool = False


class Prepared(msgspec.Struct, frozen=True):
    """A document ready to be converted (整理后的 Word 文件)."""

    archive: bytes
    paragraphs: tuple[Typeset, ...]
    left_out: tuple[LeftOut, ...]


class _Style(msgspec.Struct, frozen=True):
    """What a style says, with all that it is based on."""

    level: int = 0
    is_hidden: bool = False
    list_id: str = ""
    depth: int = 0
    is_title: bool = False
    is_centered: bool = False
    size: int = 0


class _Counts(msgspec.Struct):
    hidden: int = 0
    hidden_sample: str = ""
    revisions: int = 0
    comments: int = 0
    formulas: int = 0
    objects: int = 0


def prepare_word(parts: Mapping[str, bytes]) -> Prepared | None:
    """The document in order; `None` if its main part is no XML, or one that declares a document type."""
    main = _parse(parts.get(DOCUMENT, b""))
    body = main.find(f"{W}body") if main is not None else None
    if main is None or body is None:
        return None
    counts = _Counts(comments=_count_comments(parts))
    style_sheet = _parse(parts.get("word/styles.xml", b""))
    styles = _read_styles(style_sheet)
    kept = {name: data for name, data in parts.items() if name in _PLAIN_PARTS or name.startswith("word/media/")}
    _put_in_order(main, styles, counts)
    numbering = Numbering(_parse(parts.get("word/numbering.xml", b"")))
    paragraphs = tuple(_settle_paragraphs(main, styles, numbering))
    kept[DOCUMENT] = _write(main)
    for name in _TEXTS:
        notes = _parse(parts.get(name, b""))
        if notes is not None:
            _put_in_order(notes, styles, counts)
            kept[name] = _write(notes)
        else:
            kept.pop(name, None)
    for name in [name for name in kept if name.endswith(".rels")]:
        kept[name] = _without_outer_files(kept[name])
    if style_sheet is not None:
        kept["word/styles.xml"] = _names_of_styles(style_sheet)
    else:
        kept.pop("word/styles.xml", None)
    if "word/numbering.xml" in kept:
        kept["word/numbering.xml"] = _without_styles(kept["word/numbering.xml"])
    return Prepared(_pack(kept), paragraphs, tuple(_left_out(counts, parts)))


def _parse(data: bytes) -> Any | None:
    from lxml import etree

    if not data:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root.getroottree().docinfo.doctype else root


def _write(root: Any) -> bytes:
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _pack(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def _count_comments(parts: Mapping[str, bytes]) -> int:
    root = _parse(parts.get("word/comments.xml", b""))
    return sum(1 for _ in root.iter(f"{W}comment")) if root is not None else 0


def _read_styles(root: Any | None) -> dict[str, _Style]:
    """Styles by their ids, each with what it inherits."""
    if root is None:
        return {}
    given = {style.get(f"{W}styleId") or "": style for style in root.iter(f"{W}style")}
    found: dict[str, _Style] = {}

    for first in given:
        name = first
        chain: dict[str, None] = {}  # by steps, not by calls: a hostile file has thousands of styles in a row
        while name in given and name not in found and name not in chain:
            chain[name] = None
            name = _value(given[name], "basedOn")
        made = found.get(name, _Style())
        for step in reversed(chain):
            made = found[step] = _style_of(given[step], made)
    return found


def _style_of(style: Any, base: _Style) -> _Style:
    title = _value(style, "name")
    named = _HEADING_NAME.match(title.strip())
    outline = style.find(f"{W}pPr/{W}outlineLvl")
    level = int(named[1]) if named else base.level
    if outline is not None and not named:
        written = outline.get(f"{W}val") or ""
        level = int(written) + 1 if written.isdecimal() and int(written) < 6 else 0
    number = style.find(f"{W}pPr/{W}numPr")
    return _Style(
        level,
        _is_on(style.find(f"{W}rPr"), "vanish", otherwise=base.is_hidden),
        _value(number, "numId") or base.list_id if number is not None else base.list_id,
        _integer(_value(number, "ilvl")) if number is not None else base.depth,
        bool(_TITLE_NAME.match(title.strip())),
        _value(style.find(f"{W}pPr"), "jc") == "center" or base.is_centered,
        _integer(_value(style.find(f"{W}rPr"), "sz")) or base.size,
    )


def _value(element: Any | None, name: str) -> str:
    child = element.find(f"{W}{name}") if element is not None else None
    return (child.get(f"{W}val") or "") if child is not None else ""


def _integer(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _is_on(properties: Any | None, name: str, *, otherwise: bool = False) -> bool:
    """Whether a property of a run is switched on."""
    child = properties.find(f"{W}{name}") if properties is not None else None
    if child is None:
        return otherwise
    return (child.get(f"{W}val") or "1").lower() not in OFF


def _put_in_order(root: Any, styles: Mapping[str, _Style], counts: _Counts) -> None:
    """One part: accepted text only, nothing hidden, nothing that belongs to comments."""
    _lift_text_boxes(root)
    _accept_changes(root, counts)
    for name in _COMMENTS:
        for element in list(root.iter(f"{W}{name}")):
            _remove(element)
    _hide(root, styles, counts)
    for formula in list(root.iter(f"{_M}oMath")):
        counts.formulas += 1
        _replace_by_text(formula, "".join(text.text or "" for text in formula.iter(f"{_M}t")))
    for ruby in list(root.iter(f"{W}ruby")):
        _replace_by_text(ruby, "".join(text.text or "" for base in ruby.iter(f"{W}rubyBase") for text in base.iter(f"{W}t")), in_run=True)  # fmt: skip
    counts.objects += sum(1 for _ in root.iter(f"{W}object", f"{W}altChunk"))
    for element in root.iter(f"{_A}graphicData"):
        counts.objects += not str(element.get("uri") or "").endswith(
            ("/picture", "/wordprocessingShape", "/wordprocessingGroup")
        )
    for blip in root.iter(f"{_A}blip"):
        blip.attrib.pop(f"{_R}link", None)


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Any) -> None:
    """Puts what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in list(element):
        parent.insert(at, child)
        at += 1
    parent.remove(element)


def _accept_changes(root: Any, counts: _Counts) -> None:
    for mark in list(root.iter(f"{W}del")):
        _accept_mark(mark, counts)
    for name in REMOVED:
        for element in list(root.iter(f"{W}{name}")):
            counts.revisions += 1
            holder = element.getparent()
            _remove(holder.getparent() if name == "cellDel" and holder is not None else element)
    for name in _UNWRAPPED:
        for element in list(root.iter(f"{W}{name}")):
            counts.revisions += name in _ADDED
            _accept_added(element)
    for name in CHANGES:
        for element in list(root.iter(f"{W}{name}")):
            counts.revisions += 1
            _remove(element)
    for element in list(root.iter(f"{W}delText")):
        _remove(element)


def _accept_mark(mark: Any, counts: _Counts) -> None:
    """A row, or the end of a paragraph, that was deleted: told by a mark among its properties."""
    holder = mark.getparent()
    above = holder.getparent() if holder is not None else None
    if above is None:
        return
    if holder.tag == f"{W}trPr":
        counts.revisions += 1
        _remove(above)
    elif holder.tag == f"{W}rPr" and above.tag == f"{W}pPr":
        _join_next(above.getparent())


def _accept_added(element: Any) -> None:
    """What was added stays; a mark that only says so among properties goes."""
    holder = element.getparent()
    if holder is not None and holder.tag in (f"{W}rPr", f"{W}trPr", f"{W}tcPr"):
        _remove(element)
    else:
        _unwrap(element)


def _join_next(paragraph: Any) -> None:
    """A paragraph whose end was deleted goes on with the next."""
    following = paragraph.getnext() if paragraph is not None else None
    if following is None or following.tag != f"{W}p":
        return
    for child in [child for child in following if child.tag != f"{W}pPr"]:
        paragraph.append(child)
    _remove(following)


def _hide(root: Any, styles: Mapping[str, _Style], counts: _Counts) -> None:
    for paragraph in list(root.iter(f"{W}p")):
        is_hidden = styles.get(_value(paragraph.find(f"{W}pPr"), "pStyle"), _Style()).is_hidden
        for run in list(paragraph.iter(f"{W}r")):
            properties = run.find(f"{W}rPr")
            inherited = is_hidden or styles.get(_value(properties, "rStyle"), _Style()).is_hidden
            if not _is_on(properties, "vanish", otherwise=inherited):
                continue
            text = "".join(item.text or "" for item in run.iter(f"{W}t"))
            if text.strip():
                counts.hidden += 1
                counts.hidden_sample = counts.hidden_sample or text.strip()[:40]
            _remove(run)


def _replace_by_text(element: Any, text: str, *, in_run: bool = False) -> None:
    from lxml import etree

    parent = element.getparent()
    if parent is None:
        return
    made = etree.Element(f"{W}t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    if not in_run:
        run = etree.Element(f"{W}r")
        run.append(made)
        made = run
    parent.replace(element, made)


def _lift_text_boxes(root: Any) -> None:
    """What stands in text boxes, behind the paragraph that a box is anchored in; each once, though it is there twice."""
    choices = list(root.iter(f"{_MC}AlternateContent"))
    for choice in choices:
        fallback, first = choice.find(f"{_MC}Fallback"), choice.find(f"{_MC}Choice")
        if fallback is not None and first is not None and next(first.iter(f"{W}txbxContent"), None) is not None:
            choice.remove(fallback)
    for box in list(root.iter(f"{W}txbxContent")):
        _lift_text_box(box)
    for choice in choices:
        _settle_choice(choice)


def _lift_text_box(box: Any) -> None:
    anchors = list(box.iterancestors(f"{W}p"))
    parent = anchors[-1].getparent() if anchors else None
    if parent is None:
        return
    at = parent.index(anchors[-1]) + 1
    for child in [child for child in box if child.tag in (f"{W}p", f"{W}tbl")]:
        parent.insert(at, child)
        at += 1


def _settle_choice(choice: Any) -> None:
    """The first form of what is given in several, where it is the only one that is left."""
    first = choice.find(f"{_MC}Choice")
    if choice.find(f"{_MC}Fallback") is None and first is not None:
        for child in [child for child in choice if child is not first]:
            choice.remove(child)
        _unwrap(first)
        _unwrap(choice)


def _settle_paragraphs(root: Any, styles: Mapping[str, _Style], numbering: Numbering) -> Iterator[Typeset]:
    """Numbers written out and headings marked; every paragraph as it is set, those in tables left out."""
    for paragraph in list(root.iter(f"{W}p")):
        properties = paragraph.find(f"{W}pPr")
        style = styles.get(_value(properties, "pStyle"), _Style())
        _write_number(paragraph, properties, style, numbering)
        level = _level_of(properties, style)
        if level:
            _set_style(paragraph, f"ZwgkHeading{level}")
        if next(paragraph.iterancestors(f"{W}tbl"), None) is None:
            yield _typeset(paragraph, style)


def _level_of(properties: Any | None, style: _Style) -> int:
    written = _value(properties, "outlineLvl")
    return int(written) + 1 if written.isdecimal() and int(written) < 6 else style.level if not written else 0


def _write_number(paragraph: Any, properties: Any | None, style: _Style, numbering: Numbering) -> None:
    from lxml import etree

    given = properties.find(f"{W}numPr") if properties is not None else None
    list_id = _value(given, "numId") or style.list_id
    depth = _integer(_value(given, "ilvl")) if given is not None and given.find(f"{W}ilvl") is not None else style.depth
    if not list_id or list_id == "0":
        return
    if numbering.is_bullet(list_id, depth):
        if given is None:
            _set_list(paragraph, list_id, depth)
        return
    if given is not None:
        given.getparent().remove(given)
    number = numbering.next_number(list_id, depth)
    if number and any((text.text or "").strip() for text in paragraph.iter(f"{W}t")):
        run = etree.Element(f"{W}r")
        text = etree.SubElement(run, f"{W}t")
        text.text = number
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        paragraph.insert(1 if properties is not None else 0, run)


def _set_list(paragraph: Any, list_id: str, depth: int) -> None:
    """A paragraph that is an item by its style says so itself."""
    from lxml import etree

    number = etree.SubElement(_properties_of(paragraph), f"{W}numPr")
    etree.SubElement(number, f"{W}ilvl").set(f"{W}val", str(depth))
    etree.SubElement(number, f"{W}numId").set(f"{W}val", list_id)


def _properties_of(paragraph: Any) -> Any:
    from lxml import etree

    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    return properties


def _set_style(paragraph: Any, name: str) -> None:
    from lxml import etree

    properties = _properties_of(paragraph)
    style = properties.find(f"{W}pStyle")
    if style is None:
        style = etree.Element(f"{W}pStyle")
        properties.insert(0, style)
    style.set(f"{W}val", name)


def _typeset(paragraph: Any, style: _Style) -> Typeset:
    properties = paragraph.find(f"{W}pPr")
    runs = [run.find(f"{W}rPr") for run in paragraph.iter(f"{W}r")]
    sizes = [_integer(_value(run, "sz")) for run in runs]
    text = "".join(
        (item.text or "") if item.tag == f"{W}t" else " "
        for item in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr")
    )
    jc = _value(properties, "jc")
    return Typeset(
        text.strip(" \t\u3000\xa0"),
        jc == "center" or (not jc and style.is_centered),
        max(sizes, default=0) or style.size,
        style.is_title,
    )


def _without_outer_files(data: bytes) -> bytes:
    """Relationships without pictures that lie outside the file."""
    root = _parse(data)
    if root is None:
        return b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    for item in list(root):
        if (
            (item.get("TargetMode") or "").lower() == "external"
            and not str(item.get("Type") or "").endswith("/hyperlink")
        ) or str(item.get("Type") or "").endswith("/comments"):
            root.remove(item)
    return _write(root)


def _names_of_styles(root: Any) -> bytes:
    """A style sheet with the names only: the rest has been read, and to convert it again takes longer than all the text."""
    for element in list(root):
        if element.tag != f"{W}style":
            root.remove(element)
            continue
        for child in list(element):
            if child.tag not in (f"{W}name", f"{W}basedOn"):
                element.remove(child)
    return _write(root)


def _without_styles(data: bytes) -> bytes:
    """Lists that no style stands for: every number is written out by now."""
    root = _parse(data)
    if root is None:
        return b'<?xml version="1.0"?><w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    for element in list(root.iter(f"{W}pStyle")):
        _remove(element)
    return _write(root)


def _left_out(counts: _Counts, parts: Mapping[str, bytes]) -> Iterator[LeftOut]:
    if counts.hidden:
        yield LeftOut("hidden", counts.hidden, counts.hidden_sample)
    if counts.comments:
        yield LeftOut("comments", counts.comments)
    if counts.revisions:
        yield LeftOut("revisions", counts.revisions)
    if counts.formulas:
        yield LeftOut("formulas", counts.formulas)
    if counts.objects:
        yield LeftOut("objects", counts.objects)
    if any(name.startswith("word/vbaProject") for name in parts):
        yield LeftOut("macros", 1)
