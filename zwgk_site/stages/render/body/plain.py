"""The plain road: most documents hold nothing but headings, paragraphs, bold, links, simple lists and tables.

Law (tests/properties/test_body_paths.py): what is returned here is byte for byte what `reference` returns. So all that
is in doubt is refused, with None. It is as safe as nh3 because what it accepts holds no `<`, no `&` and no quote inside
a tag: every tag of the result is written here.
"""

import re
from collections.abc import Callable

from zwgk_site.model.patterns import late
from zwgk_site.stages.render.body.softbreaks import join_soft_breaks

_FOREIGN = ("<", "&", "\\", "`", "_", "\t", "\xa0", "![", "***", "~~~")
_MARKERS = frozenset("#>|-*+=[0123456789")
_HEADING = late(r"(#{1,6})(?:[ \u3000]+|(?<=##)(?=[^#\s]))(?=\S)(.*)")
_CLOSING_HASHES = late(r"[ ]+#+$")
_ITEM = late(r"([-*+]|[1-9][0-9]{0,2}\.)[ ]+(?=\S)(.*)")
_HOST = r"https?://[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*\.[a-z]{2,}(?=[/)])"
_PATH = r"[A-Za-z0-9\u4e00-\u9fff/.=?-]"
_INLINE = late(
    r"\*\*(?=[^\s*\[\]])([^*\[\]]*[^\s*\[\]])\*\*"
    rf"|\[(?!\^)([^\s\[\]*](?:[^\[\]*]*[^\s\[\]*])?)\]\(({_HOST}{_PATH}*|(?!//|[=?]){_PATH}+)\)"
)
_MOST_MARKS = 300
_MOST_STEPS = 1_000_000

_Inline = Callable[[str], str | None]


def render_plain(text: str) -> str | None:
    """The same HTML as `render_reference(text)`, or None when the text is not of the plain kind. text: cleaned."""
    inline = _choose_inline(text)
    if inline is None:
        return None
    blocks: list[str] = []
    lines = text.split("\n")
    is_folded = False
    after_list = False
    index = 0
    while index < len(lines):
        line = lines[index].strip()
        if not line:
            index += 1
            continue
        first = line[0]
        if after_list and lines[index][0].isspace() and lines[index][0] != "\u3000":
            return None  # it may belong to the list's last item
        if first not in _MARKERS or _is_text(line):
            end, block = _render_paragraph(lines, index, inline)
            is_folded |= end - index > 1
            after_list = False
        elif first == "#":
            end, block = index + 1, _render_heading(line, inline)
            after_list = False
        elif first == "|":
            end, block = _render_table(lines, index, inline)
        else:
            end, block = (index, None) if after_list else _render_list(lines, index, inline)
            after_list = True
        if block is None:
            return None
        blocks.append(block)
        index = end
    html = "\n".join(blocks)
    return join_soft_breaks(html) if is_folded else html


def _choose_inline(text: str) -> _Inline | None:
    """The cheapest way to render the text's lines; None when it holds a sign that only the reference road reads."""
    for sign in _FOREIGN:
        if sign in text:
            return None
    marks = text.count("*") + text.count("[")
    if marks > _MOST_MARKS or marks * len(text) > _MOST_STEPS:
        return None
    return _render_inline if marks else _escape_text if ">" in text else str


def _is_text(line: str) -> bool:
    """Whether a line that begins with one of `_MARKERS` can only be text: “2026年”, “**重点**”, “[链接](…)”."""
    first = line[0]
    return (first.isdigit() and ". " not in line) or first == "[" or line.startswith("**")


def _render_paragraph(lines: list[str], start: int, inline: _Inline) -> tuple[int, str | None]:
    texts: list[str] = []
    index = start
    for index in range(start, len(lines) + 1):
        source = lines[index] if index < len(lines) else ""
        line = source.strip()
        if not line:
            break
        if source[-1] == " " or ("|" in line and line[0] != "|"):
            return index, None
        if line[0] in _MARKERS and not _is_text(line):
            if line[0] in "#|" or line.startswith(("- ", "* ", "+ ", "1. ")):
                break
            return index, None
        text = inline(line)
        if text is None:
            return index, None
        texts.append(text)
    return index, "<p>" + "\n".join(texts) + "</p>"


def _render_heading(line: str, inline: _Inline) -> str | None:
    match = _HEADING.fullmatch(line)
    if match is None or "|" in line:
        return None
    text = inline(_CLOSING_HASHES.sub("", match.group(2)).strip())
    level = len(match.group(1))
    return None if text is None else f"<h{level}>{text}</h{level}>"


def _render_list(lines: list[str], start: int, inline: _Inline) -> tuple[int, str | None]:
    items: list[str] = []
    is_ordered = lines[start][:1].isdigit()
    index = start
    for index in range(start, len(lines) + 1):
        line = lines[index] if index < len(lines) else ""
        if not line.strip() or (line[0] == "#" and _HEADING.fullmatch(line)):
            break
        match = _ITEM.fullmatch(line)
        if match is None or match.group(1)[0].isdigit() != is_ordered or line[-1].isspace():
            return index, None
        text = match.group(2)
        if "|" in text or (text[0] in _MARKERS and not _is_text(text)):
            return index, None
        html = inline(text)
        if html is None:
            return index, None
        items.append(f"<li>{html}</li>")
    if not is_ordered:
        return index, "<ul>\n" + "\n".join(items) + "\n</ul>"
    number = lines[start].partition(".")[0]
    opening = "<ol>\n" if number == "1" else f'<ol start="{number}">\n'
    return index, opening + "\n".join(items) + "\n</ol>"


def _render_table(lines: list[str], start: int, inline: _Inline) -> tuple[int, str | None]:
    rows: list[list[str]] = []
    index = start
    for index in range(start, len(lines) + 1):
        line = lines[index] if index < len(lines) else ""
        if not line.strip():
            break
        if line[0] != "|" or line[-1] != "|":
            return index, None
        rows.append([cell.strip() for cell in line[1:-1].split("|")])
    width = len(rows[0])
    if len(rows) < 3 or any(len(row) != width for row in rows) or not all(_is_dashes(cell) for cell in rows[1]):
        return index, None
    if all(_is_dashes(cell.strip(":")) for cell in rows[0]):
        return index, None
    del rows[1]
    pieces: list[str] = []
    tag = 'th scope="col"'
    for row in rows:
        pieces.append("<tr>")
        for cell in row:
            html = inline(cell)
            if html is None:
                return index, None
            pieces.append(f"<{tag}>{html}</{tag[:2]}>")
        pieces.append("</tr>")
        if tag != "td":
            pieces.append("</thead>\n<tbody>")
            tag = "td"
    return index, "<table>\n<thead>\n" + "\n".join(pieces) + "\n</tbody>\n</table>"


def _is_dashes(cell: str) -> bool:
    return bool(cell) and not cell.strip("-")


def _escape_text(text: str) -> str:
    return text.replace(">", "&gt;")


def _render_inline(text: str) -> str | None:
    text = text.replace(">", "&gt;")
    if "*" in text or "[" in text:
        text = _INLINE.sub(_render_mark, text)
        if "*" in text or "[" in text:
            return None
    return text


def _render_mark(match: re.Match[str]) -> str:
    bold, label, target = match.groups()
    return f"<strong>{bold}</strong>" if bold is not None else f'<a href="{target}">{label}</a>'
