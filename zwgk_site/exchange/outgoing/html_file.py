"""A layout as a page to print: joined cells, the header on every sheet of paper, no script and no request."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zwgk_site.exchange.outgoing.layout import Layout
    from zwgk_site.exchange.sheets.grid import Merge

_STYLE = """@page { size: A4 landscape; margin: 12mm }
body { font-family: SimSun, "Songti SC", "Noto Serif CJK SC", serif; font-size: 9pt; line-height: 1.4; color: #000; background: #fff }
h1 { font-size: 16pt; text-align: center; margin: 0 0 .5em }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #000; padding: .25em .4em; vertical-align: middle; text-align: left; overflow-wrap: anywhere }
th { text-align: center; background: #e3eaf2 }
thead { display: table-header-group }
tr { break-inside: avoid }
@media print { .scroll { overflow: visible } }"""


def html_bytes(layout: Layout) -> bytes:
    """The page."""
    return "".join(_page(layout)).encode("utf-8", "replace")


def _page(layout: Layout) -> Iterator[str]:
    title = escape(layout.title)
    yield f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f'<style>{_STYLE}</style></head>\n<body><main><h1>{title}</h1>\n<div class="scroll"><table>\n<thead>\n'
    for number, texts in enumerate(layout.header(), 1):
        yield _row(texts, number, layout.header_merges(), "th")
    yield "</thead>\n<tbody>\n"
    by_row = layout.merges_by_row()
    for number, texts in enumerate(layout.rows, 1):
        yield _row(texts, number, by_row.get(number, ()), "td")
    yield "</tbody>\n</table></div></main></body></html>\n"


def _row(texts: tuple[str, ...], number: int, merges: Sequence[Merge], tag: str) -> str:
    cells = []
    for place, text in enumerate(texts, 1):
        merge = next((m for m in merges if m.top <= number <= m.bottom and m.left <= place <= m.right), None)
        if merge is not None and (number, place) != (merge.top, merge.left):
            continue
        spans = ""
        if merge is not None:
            down, across = merge.bottom - merge.top + 1, merge.right - merge.left + 1
            spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
        scope = f' scope="{"colgroup" if "colspan" in spans else "col"}"' if tag == "th" else ""
        cells.append(f"<{tag}{scope}{spans}>{'<br>'.join(map(_line, text.split(chr(10))))}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>\n"


def _line(text: str) -> str:
    """Blanks that a browser would run together are kept."""
    return escape(text, quote=False).replace("  ", " \u00a0")
