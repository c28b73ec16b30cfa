"""Tables of a web page, also of one that calls itself .xls; nothing is fetched, no entity grows, scripts and what is hidden are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zwgk_site.exchange.sheets.grid import COLUMN_LIMIT, ROW_LIMIT, Grid, Merge

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset(("p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section"))
_SKIPPED = frozenset(("script", "style", "template", "noscript", "table"))
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def read_html(text: str) -> Iterator[Grid]:
    """The tables in the order of the page; their names are 表1, 表2 …"""
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        page = html.document_fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return
    for number, table in enumerate(page.iter("table"), 1):
        yield _grid_of(table, f"表{number}")


def _grid_of(table: Any, name: str) -> Grid:
    grid = Grid(name)
    taken: dict[int, int] = {}
    """How many rows below a column is still covered by a cell above."""
    rows = [row for row in table.iter("tr") if _table_of(row) is table and not _is_hidden(row)]
    for number, row in enumerate(rows[: ROW_LIMIT + 1], 1):
        column = 1
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while taken.get(column, 0) >= number:
                column += 1
            if column > COLUMN_LIMIT:
                break
            right = min(column + _span(cell, "colspan") - 1, COLUMN_LIMIT)
            down = _span(cell, "rowspan")
            bottom = min(number + down - 1, len(rows)) if down else len(rows)
            grid.put(number, column, _words_of(cell))
            if right > column or bottom > number:
                grid.merges.append(Merge(number, column, bottom, right))
            for place in range(column, right + 1):
                taken[place] = bottom
            column = right + 1
    return grid


def _table_of(row: Any) -> Any:
    return next(row.iterancestors("table"), None)


def _span(cell: Any, name: str) -> int:
    """A rowspan of 0 goes to the end of the table; what is no number is 1."""
    written = (cell.get(name) or "1").strip()
    if not written.isdecimal() or len(written) > 6:
        return 1
    return int(written) if name == "rowspan" else max(1, int(written))


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _words_of(cell: Any) -> str:
    """A cell's text with the lines that a browser shows."""
    words: list[str] = []
    _collect(cell, words)
    lines = ("".join(words)).split("\n")
    return "\n".join(line.strip(" ") for line in lines if line.strip(" \u3000\xa0"))


def _collect(element: Any, words: list[str]) -> None:
    """By a stack of its own: pages may be nested deep."""
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, is_closing = stack.pop()
        if is_closing:
            words.extend(["\n"] * (node.tag in _BLOCKS))
            if node is not element:
                words.append(_BLANKS.sub(" ", node.tail or ""))
            continue
        if node is not element and (node.tag in _SKIPPED or not isinstance(node.tag, str) or _is_hidden(node)):
            words.append(_BLANKS.sub(" ", node.tail or ""))
            continue
        if node.tag == "br" or (node.tag in _BLOCKS and words and not words[-1].endswith("\n")):
            words.append("\n")
        if node.tag == "input" and node.get("type") in ("checkbox", "radio"):
            words.append("■" if node.get("checked") is not None else "□")
        words.append(_BLANKS.sub(" ", node.text or ""))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
