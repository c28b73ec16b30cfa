"""Metadata in a page: blocks of labels and values in any markup (表格, 列表, 成对的文字), and the meta tags that inspectors read.

A label counts only where it stands as one: at the beginning of its cell or after a blank, with a colon or alone in its
cell, and among other labels. Which field it names, the table of keys says.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.exchange.documents.tree import Element, drop, has_blocks, is_block, plain_text
from zwgk_site.exchange.documents.value import Stated
from zwgk_site.model.fields import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS = frozenset(
    [
        "title",
        "index_number",
        "issuer",
        "joint_issuers",
        "document_number",
        "formed_on",
        "published_on",
        "disclosure",
        "extent",
        "closed_reason",
        "validity",
        "effective_on",
        "expires_on",
        "genre",
        "topic",
        "keywords",
        "summary",
    ]
)
"""Fields that pages state; all others are made by who keeps the column."""
STRONG = frozenset(("index_number", "document_number", "issuer", "formed_on"))
"""Two labels, one of them of these, are a block of metadata; others need company."""
_TAGS = {
    "articletitle": "title",
    "pubdate": "published_on",
    "keywords": "keywords",
    "description": "summary",
    "contentsource": "issuer",
    "indexnumber": "index_number",
}
_TITLES = ("og:title", "dc.title", "title")
_GAP = "[ \t\r\n\\u3000\xa0]*"
_BREAK = "\x1f"
"""Stands between two elements of one line."""
_EDGE = rf"(?:^|(?<=[\s\u3000\xa0{_BREAK}|｜；;，,【\[（(]))"
_ALSO = r"(?:[/／][\u4e00-\u9fff]{1,6}|[（(][\u4e00-\u9fff]{1,8}[)）])?"
"""Another name for the same (索引号/编号), or a remark."""
_BARE = re.compile(r"[\s\u3000\xa0:：\x1f【】\[\]]+")
_UNKNOWN = re.compile(rf"{_EDGE}([\u4e00-\u9fff]{{2,8}}){_GAP}[:：]")
_NO_VALUE = re.compile(r"^[-—－/\\无\s]*$")
_DAY = re.compile(
    r"(?P<label>发\s*布\s*(?:时\s*间|日\s*期)|公开(?:时间|日期)|更新(?:时间|日期)|时\s*间|日\s*期)\s*[:：]\s*[\[【]?\s*"
    r"(?P<day>\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?)"
)
_CELLS = frozenset(("td", "th", "dt"))
_TOPS = frozenset(("body", "html", "form", "main", "article"))
LONGEST_VALUE = 300
LONGEST_SUMMARY = 3000
LONGEST_OTHER = 100
LONGEST_LINE = 6000
"""A line with more in it is text."""
MOST_BETWEEN = 2
"""So many lines without a label may stand inside a block of labels."""


class Line(msgspec.Struct, frozen=True):
    """The text of one innermost block, with a mark between its elements (一行文字)."""

    element: Element
    text: str
    tag: str


class _Hit(msgspec.Struct, frozen=True):
    """A label found: `line` is its line's number, `last` that of its value; without `field` it is one nobody knows."""

    line: int
    last: int
    label: str
    field: str
    value: str


@cache
def known_labels() -> dict[str, str]:
    """Labels without blanks, and the field that each names."""
    found: dict[str, str] = {}
    for field in RECORDS["document"].fields:
        if field.name in FIELDS:
            for form in (field.key, *field.aliases):
                found[_BARE.sub("", form)] = field.name
    return {label: name for label, name in found.items() if not label.isascii()}


@cache
def _pattern() -> re.Pattern[str]:
    """Any known label followed by a colon, blanks inside it or not."""
    spaced = (_GAP.join(map(re.escape, label)) for label in sorted(known_labels(), key=len, reverse=True))
    return re.compile(rf"{_EDGE}(?P<label>{'|'.join(spaced)}){_ALSO}{_GAP}{_BREAK}?{_GAP}[:：】\]]{_GAP}[:：]?")


def turn_headers(root: Element) -> None:
    """A table with a row of labels and one of values becomes one with a label and its value in each row."""
    from lxml import etree

    for table in list(root.iter("table")):
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        if len(rows) != 2 or len(cells[0]) < 3 or len(cells[0]) != len(cells[1]):
            continue
        if not all(_BARE.sub("", plain_text(cell)) in known_labels() for cell in cells[0]):
            continue
        for label, value in zip(*cells, strict=True):
            row = etree.SubElement(table, "tr")
            row.extend((label, value))
        for row in rows:
            drop(row)


def lines_of(root: Element) -> list[Line]:
    """All text below `root`, line by line in the order of the page."""
    lines: list[Line] = []
    _gather(root, lines)
    return lines


def _gather(element: Element, lines: list[Line]) -> None:
    if not has_blocks(element) and is_block(element):
        text = _segments(element)
        if text.strip(_BREAK + " \t\r\n\xa0\u3000"):
            lines.append(Line(element, text, element.tag))
        return
    _add_text(element, element.text, lines)
    for child in element:
        if isinstance(child.tag, str):
            if is_block(child) or has_blocks(child):
                _gather(child, lines)
            else:
                _add_text(child, _segments(child), lines)
        _add_text(element, child.tail, lines)


def _add_text(element: Element, text: str | None, lines: list[Line]) -> None:
    if text and text.strip(_BREAK + " \t\r\n\xa0\u3000"):
        lines.append(Line(element, text, "text"))


def _segments(element: Element) -> str:
    """Its text with a mark wherever one element ends and another begins."""
    return _BREAK.join(text for text in element.itertext() if text)


def find_labels(lines: list[Line]) -> tuple[tuple[Stated, ...], tuple[tuple[str, str], ...], frozenset[int]]:
    """What the first block of labels states, what it says under labels that no field takes, and the numbers of its lines."""
    hits = _settle_doubles(list(_hits(lines)))
    for group in (_settle_ends(lines, group) for group in _groups(hits)):
        fields = [hit.field for hit in group if hit.field]
        distinct = {hit.field for hit in group if hit.field and hit.value}
        enough = len(distinct) >= 3 or (len(distinct) == 2 and not STRONG.isdisjoint(distinct))
        if enough and len(fields) <= len(set(fields)) + 1:
            return _taken(group)
    return (), (), frozenset()


def _taken(group: list[_Hit]) -> tuple[tuple[Stated, ...], tuple[tuple[str, str], ...], frozenset[int]]:
    stated: dict[str, Stated] = {}
    others: list[tuple[str, str]] = []
    for hit in group:
        if not hit.value or _NO_VALUE.match(hit.value):
            continue
        if hit.field:
            stated.setdefault(hit.field, Stated(hit.field, hit.value, "table", hit.label))
        else:
            others.append((hit.label, hit.value))
    numbers = {number for hit in group for number in range(hit.line, hit.last + 1)}
    return tuple(stated.values()), tuple(others), frozenset(numbers)


def _hits(lines: list[Line]) -> Iterator[_Hit]:
    """Every label with its value: behind it in its line, or in the line that follows."""
    number = 0
    while number < len(lines):
        line = lines[number]
        bare = _BARE.sub("", line.text)
        if bare in known_labels():
            value, last = _next_value(lines, number)
            yield _Hit(number, last, bare, known_labels()[bare], value)
            number = last + 1
            continue
        found = list(_in_line(line.text))
        for at, (label, field, said) in enumerate(found):
            is_open = not said and at == len(found) - 1 and (field or line.tag in _CELLS)
            value, last = _next_value(lines, number) if is_open else (said, number)
            yield _Hit(number, last, label, field, value)
            number = max(number, last)
        number += 1


def _next_value(lines: list[Line], number: int) -> tuple[str, int]:
    """The line behind a label, unless it is a label itself."""
    if number + 1 >= len(lines):
        return "", number
    text = lines[number + 1].text
    bare = _BARE.sub("", text)
    is_label = bare in known_labels() or bool(_pattern().match(text.lstrip())) or (
        text.rstrip(" \t\r\n\xa0\u3000" + _BREAK).endswith((":", "：")) and len(bare) <= 8
    )  # fmt: skip
    is_in_cell = lines[number].tag in _CELLS
    is_sentence = not is_in_cell and ("。" in text or text.rstrip().endswith(("：", ":")))
    if is_label or is_sentence or not _same_place(lines[number].element, lines[number + 1].element):
        return "", number
    return _clean(text), number + 1


def _same_place(one: Element, other: Element) -> bool:
    """Whether two lines stand side by side: in one row, one pair, one group."""
    if one is other:
        return True
    cell = next((item for item in (one, *one.iterancestors()) if item.tag in _CELLS), None)
    if cell is not None:
        row = cell.getparent()
        return any(item is row for item in other.iterancestors())
    around = [item for item in (one, *one.iterancestors()) if item.tag not in _TOPS][:3]
    return any(item is above for item in (other, *other.iterancestors()) for above in around)


def _in_line(text: str) -> Iterator[tuple[str, str, str]]:
    """The labels with a colon in one line, each with what stands up to the next; segments that are labels count as well."""
    if len(text) > LONGEST_LINE:
        return
    marks: list[tuple[int, int, str, str]] = []
    for found in _pattern().finditer(text):
        bare = _BARE.sub("", found["label"])
        marks.append((found.start(), found.end(), bare, known_labels()[bare]))
    position = 0
    for segment in text.split(_BREAK):
        bare = _BARE.sub("", segment)
        end = position + len(segment)
        if bare in known_labels() and not any(start < end and position < stop for start, stop, _, _ in marks):
            marks.append((position, end, bare, known_labels()[bare]))
        position = end + 1
    for found in _UNKNOWN.finditer(text):
        if not any(start < found.end() and found.start() < stop for start, stop, _, _ in marks):
            marks.append((found.start(), found.end(), found[1], ""))
    marks.sort()
    if not marks or (not marks[0][3] and len(marks) == 1 and len(text) > LONGEST_VALUE):
        return
    for at, (_, end, label, field) in enumerate(marks):
        stop = marks[at + 1][0] if at + 1 < len(marks) else len(text)
        yield label, field, _clean(text[end:stop])


def _clean(text: str) -> str:
    """A value on one line, without the marks between elements and the brackets of a label."""
    return " ".join(text.replace(_BREAK, "").split()).strip(" 【[|｜")


def _settle_doubles(hits: list[_Hit]) -> list[_Hit]:
    """Hits whose value could be one: a label with half a page behind it is a sentence."""
    longest = {"summary": LONGEST_SUMMARY, "": LONGEST_OTHER}
    return [hit for hit in hits if len(hit.value) <= longest.get(hit.field, LONGEST_VALUE)]


def _settle_ends(lines: list[Line], group: list[_Hit]) -> list[_Hit]:
    """The group from its first known label to its last; unknown ones around these only in the same table or list."""
    known = [at for at, hit in enumerate(group) if hit.field]
    if not known:
        return []
    holders = {_holder(lines[group[at].line].element) for at in known} - {None}
    first, last = known[0], known[-1]
    while first and _holder(lines[group[first - 1].line].element) in holders:
        first -= 1
    while last + 1 < len(group) and _holder(lines[group[last + 1].line].element) in holders:
        last += 1
    return group[first : last + 1]


def _holder(element: Element) -> Element | None:
    """The nearest table or list around an element."""
    return next(element.iterancestors("table", "dl", "ul", "ol"), None)


def _groups(hits: list[_Hit]) -> Iterator[list[_Hit]]:
    """Hits that stand close together."""
    group: list[_Hit] = []
    for hit in hits:
        if group and hit.line > group[-1].last + 1 + MOST_BETWEEN:
            yield group
            group = []
        group.append(hit)
    if group:
        yield group


def find_day(lines: list[Line]) -> Stated | None:
    """The day of publication in the bar under a title (发布时间：2026-03-05　来源：…), if there is one."""
    for line in lines:
        text = line.text.replace(_BREAK, "")
        found = _DAY.search(text) if len(text) < 300 else None
        if found:
            return Stated("published_on", " ".join(found["day"].split()), "table", "".join(found["label"].split()))
    return None


def take_labels(body: Element, most: int) -> tuple[tuple[Stated, ...], tuple[tuple[str, str], ...]]:
    """What the first lines of a text say under labels, as `find_labels` tells it; those lines leave the text."""
    lines = lines_of(body)
    stated, others, numbers = find_labels(lines[:most])
    remove_lines(lines, numbers)
    return stated, others


def remove_lines(lines: list[Line], numbers: frozenset[int]) -> None:
    """Takes the lines of a block of labels out of the tree: the whole of a table or group that holds nothing else."""
    elements = [lines[number].element for number in sorted(numbers) if lines[number].tag != "text"]
    texts = [lines[number] for number in sorted(numbers) if lines[number].tag == "text"]
    if not elements and not texts:
        return
    rest = {id(line.element) for number, line in enumerate(lines) if number not in numbers}
    for element in elements:
        top = element
        while (parent := top.getparent()) is not None and parent.tag not in ("body", "html"):
            if any(id(item) in rest for item in parent.iter()):
                break
            top = parent
        drop(top)
    for line in texts:
        _remove_text(line)


def _remove_text(line: Line) -> None:
    element = line.element
    if element.text == line.text:
        element.text = None
    elif _segments(element) == line.text and element.tag not in ("body", "html", "div", "td"):
        drop(element)
    else:
        for child in element:
            if child.tail == line.text:
                child.tail = None
                return


def meta_tags(root: Element) -> tuple[tuple[Stated, ...], dict[str, str]]:
    """What the meta tags of a page state, and all of them by lower-case name."""
    tags: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        content = " ".join((element.get("content") or "").split())
        if name and content:
            tags.setdefault(name, content)
    stated = [Stated(field, tags[name], "tags", name) for name, field in _TAGS.items() if name in tags]
    if not any(item.field == "title" for item in stated):
        name = next((name for name in _TITLES if name in tags), "")
        stated += [Stated("title", tags[name], "tags", name)] if name else []
    return tuple(stated), tags


def page_title(root: Element) -> str:
    """The title of the page's window without the names of site and column behind it."""
    element = next(root.iter("title"), None)
    text = plain_text(element) if element is not None else ""
    parts = re.split(r"\s*[_|｜]\s*|\s+[-–—]+\s+|-{2,}", text)
    return max(parts, key=len) if parts and len(parts[0]) < 8 else parts[0] if parts else ""
