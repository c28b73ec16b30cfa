"""Tables of a web page, also of one that calls itself .xls; nothing is fetched, no entity grows, scripts and what is hidden are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.exchange.documents.tree import is_hidden
from zwgk_site.exchange.sheets.grid import COLUMN_LIMIT, ROW_LIMIT, Grid, Merge

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset(("p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section"))
_SKIPPED = frozenset(("script", "style", "template", "noscript", "table"))
_NO_PLACE = re.compile(r"display\s*:\s*none", re.IGNORECASE)


class _Table(msgspec.Struct):
    """A table while the page is walked through: its rows that are shown, how many elements around it hide it."""

    hiders: int
    rows: list[Any] = msgspec.field(default_factory=list)


def read_html(text: str) -> Iterator[Grid]:
    """The tables in the order of the page, however deep they stand; their names are 表1, 表2 …"""
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    try:
        page = html.document_fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return
    # What nests deeper than the parser goes is lost from there on.
    is_whole = all(fault.level < etree.ErrorLevels.FATAL for fault in parser.error_log)
    for number, table in enumerate(_tables_of(page), 1):
        yield _grid_of(table.rows, Grid(f"表{number}", is_hidden=table.hiders > 0, is_whole=is_whole))


def _tables_of(page: Any) -> list[_Table]:
    """In one walk: unclosed tags of old pages nest without end."""
    from lxml import etree

    found: list[_Table] = []
    around: list[_Table] = []
    hiders = 0
    for event, element in etree.iterwalk(page, events=("start", "end")):
        hides = is_hidden(element)
        if event == "start":
            hiders += hides
            if element.tag == "table":
                found.append(_Table(hiders))
                around.append(found[-1])
            elif element.tag == "tr" and around and around[-1].hiders == hiders:
                around[-1].rows.append(element)
        else:
            hiders -= hides
            if element.tag == "table":
                around.pop()
    return found


def _grid_of(rows: list[Any], grid: Grid) -> Grid:
    taken: dict[int, int] = {}
    """How many rows below a column is still covered by a cell above."""
    for number, row in enumerate(rows[: ROW_LIMIT + 1], 1):
        column = 1
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            if _takes_no_place(cell):
                grid.left_out += bool(_words_of(cell)[0])
                continue
            while taken.get(column, 0) >= number:
                column += 1
            if column > COLUMN_LIMIT:
                break
            right = min(column + _span(cell, "colspan") - 1, COLUMN_LIMIT)
            down = _span(cell, "rowspan")
            bottom = min(number + down - 1, len(rows)) if down else len(rows)
            words, left_out = ("", bool(_words_of(cell)[0])) if is_hidden(cell) else _words_of(cell)
            grid.put(number, column, words)
            grid.left_out += left_out
            if right > column or bottom > number:
                grid.merges.append(Merge(number, column, bottom, right))
            for place in range(column, right + 1):
                taken[place] = bottom
            column = right + 1
    return grid


def _span(cell: Any, name: str) -> int:
    """A rowspan of 0 goes to the end of the table; what is no number is 1."""
    written = (cell.get(name) or "1").strip()
    if not written.isdecimal() or len(written) > 6:
        return 1
    return int(written) if name == "rowspan" else max(1, int(written))


def _takes_no_place(cell: Any) -> bool:
    return cell.get("hidden") is not None or bool(_NO_PLACE.search(cell.get("style") or ""))


def _words_of(cell: Any) -> tuple[str, int]:
    """A cell's text with the lines that a browser shows, and how many pieces it does not show."""
    words: list[str] = []
    left_out = _collect(cell, words)
    lines = ("".join(words)).split("\n")
    return "\n".join(line.strip(" ") for line in lines if line.strip(" \u3000\xa0")), left_out


def _collect(element: Any, words: list[str]) -> int:
    """By a stack of its own: pages may be nested deep. Counts the pieces that are hidden."""
    left_out = 0
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, is_closing = stack.pop()
        if is_closing:
            words.extend(["\n"] * (node.tag in _BLOCKS))
            if node is not element:
                words.append(_BLANKS.sub(" ", node.tail or ""))
            continue
        if node is not element and (node.tag in _SKIPPED or not isinstance(node.tag, str) or is_hidden(node)):
            left_out += isinstance(node.tag, str) and node.tag not in _SKIPPED and any(map(str.strip, node.itertext()))
            words.append(_BLANKS.sub(" ", node.tail or ""))
            continue
        if node.tag == "br" or (node.tag in _BLOCKS and words and not words[-1].endswith("\n")):
            words.append("\n")
        if node.tag == "input" and node.get("type") in ("checkbox", "radio"):
            words.append("■" if node.get("checked") is not None else "□")
        words.append(_BLANKS.sub(" ", node.text or ""))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    return left_out
