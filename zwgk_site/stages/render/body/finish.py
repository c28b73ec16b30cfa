"""Canonical HTML into a `Body`: heading levels and ids, table regions, images, link targets. Both roads end here.

It relies on nh3's way of writing: attributes in double quotes, `<`, `>` and `"` escaped in them, tags balanced.
"""

import re
from html import escape, unescape

import msgspec

from zwgk_site.stages.render.body.policy import is_safe_url
from zwgk_site.stages.render.body.value import Body, Heading
from zwgk_site.text.redaction import OPEN_SIGN, TOKEN, mask_tokens

_TAG = re.compile(r"<(/?)(h[1-6]|table|a|img)((?: [^<>]*)?)>")
_ANY_TAG = re.compile(r"<[^<>]*>")
_TAG_WITH_TOKEN = re.compile(f"<[^<>]*{OPEN_SIGN}[^<>]*>")
_TARGET_WITH_TOKEN = re.compile(rf' (?:href|src)="[^"]*{OPEN_SIGN}[^"]*"')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_EXTERNAL = re.compile(r"(?:https?:)?[/\\]{2}", re.IGNORECASE)


class _Writer(msgspec.Struct):
    """What has been written so far; `open_levels` are the levels, as written, of the headings above."""

    html: str
    parts: list[str]
    piece: list[str]
    headings: list[Heading]
    open_levels: list[int]
    counters: list[int]
    tables: int = 0
    table_depth: int = 0
    tables_here: int = 0


def finish_body(html: str) -> Body:
    """The body of safe canonical HTML."""
    if OPEN_SIGN in html:
        html = _TAG_WITH_TOKEN.sub(lambda match: mask_tokens(_TARGET_WITH_TOKEN.sub("", match.group())), html)
    writer = _Writer(html, [], [], [], [], [])
    position = 0
    for match in _TAG.finditer(html):
        writer.piece.append(html[position : match.start()])
        position = match.end()
        _write_tag(writer, match)
    writer.piece.append(html[position:])
    writer.parts.append("".join(writer.piece))
    return Body(tuple(writer.parts), tuple(writer.headings), writer.tables > 0, measure_text(html))


def measure_text(html: str) -> int:
    """Visible characters without white space and redaction tokens."""
    return len("".join(_read_text(TOKEN.sub("", html) if OPEN_SIGN in html else html).split()))


def _read_text(html: str) -> str:
    text = _ANY_TAG.sub("", html)
    return unescape(text) if "&" in text else text


def _write_tag(writer: _Writer, match: re.Match[str]) -> None:
    closing, name, attributes = match.groups()
    if name[0] == "h":
        _write_heading(writer, match)
    elif name == "table":
        _write_table(writer, is_open=not closing)
    elif name == "img":
        _write_image(writer, dict(_ATTRIBUTE.findall(attributes)))
    elif closing or " class=" in attributes:
        writer.piece.append(match.group())
    else:
        _write_link(writer, dict(_ATTRIBUTE.findall(attributes)))


def _write_heading(writer: _Writer, match: re.Match[str]) -> None:
    if match.group(1):
        writer.piece.append(f"</h{writer.headings[-1].level}>" if writer.headings else "")
        return
    name = match.group(2)
    level = _nest_heading(writer, int(name[1]))
    number = "s-" + "-".join(map(str, writer.counters))
    end = writer.html.find(f"</{name}>", match.end())
    text = " ".join(_read_text(writer.html[match.end() : end]).split())
    writer.headings.append(Heading(level, number, text))
    writer.tables_here = 0
    writer.piece.append(f'<h{level} id="{number}">')


def _nest_heading(writer: _Writer, written: int) -> int:
    """The level to show: one below the nearest heading that was written with a higher rank, from 2 to 6."""
    levels = writer.open_levels
    while levels and levels[-1] >= written:
        levels.pop()
    if len(levels) >= 5:  # h2 to h6 are all in use
        levels.pop()
    levels.append(written)
    depth = len(levels)
    del writer.counters[depth:]
    if len(writer.counters) < depth:
        writer.counters.append(0)
    writer.counters[depth - 1] += 1
    return depth + 1


def _write_table(writer: _Writer, *, is_open: bool) -> None:
    if is_open:
        if not writer.table_depth:
            writer.piece.append(
                f'<div class="table-wrap" tabindex="0" role="region" aria-label="{escape(_label_table(writer))}">'
            )
        writer.table_depth += 1
        writer.piece.append("<table>")
    else:
        writer.table_depth -= 1
        writer.piece.append("</table>" if writer.table_depth else "</table></div>")


def _label_table(writer: _Writer) -> str:
    writer.tables += 1
    writer.tables_here += 1
    if not writer.headings or not writer.headings[-1].text:
        return f"表格{writer.tables}"
    title = mask_tokens(writer.headings[-1].text)
    return title if writer.tables_here == 1 else f"{title}（{writer.tables_here}）"


def _write_link(writer: _Writer, attributes: dict[str, str]) -> None:
    target = unescape(attributes.get("href", ""))
    title = f' title="{attributes["title"]}"' if attributes.get("title") else ""
    if not target or not is_safe_url(target):
        writer.piece.append(f"<a{title}>")
        return
    outside = ' rel="noopener noreferrer"' if _EXTERNAL.match(target) else ""
    _cut(writer, '<a href="', target)
    writer.piece.append(f'"{title}{outside}>')


def _write_image(writer: _Writer, attributes: dict[str, str]) -> None:
    source = unescape(attributes.get("src", ""))
    if not source or not is_safe_url(source):
        writer.piece.append(attributes.get("alt", ""))
        return
    size = "".join(f' {name}="{attributes[name]}"' for name in ("width", "height") if attributes.get(name))
    _cut(writer, '<img src="', source)
    writer.piece.append(f'" alt="{attributes.get("alt", "")}"{size} loading="lazy">')


def _cut(writer: _Writer, before: str, target: str) -> None:
    writer.piece.append(before)
    writer.parts += ("".join(writer.piece), target)
    writer.piece = []
