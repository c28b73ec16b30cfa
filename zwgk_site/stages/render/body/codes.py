"""Code, taken out of the text before anything in it can be mistaken for markup: fences and spans.

Only fences and backtick spans are code; an indent never is. A span ends on its own line; a fence without an end, and
backticks without a partner, are ordinary text.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from html import escape

from zwgk_site.stages.render.body.marks import CODE_BLOCK, CODE_SPAN, STANDIN_BASE, make_slot

_FENCE = re.compile(r"([ \t]*)(`{3,}|~{3,})([^`]*)$")
_RUN = re.compile(r"`+")
_BACKTICK = chr(STANDIN_BASE + ord("`"))


def lift_code(text: str) -> tuple[str, tuple[str, ...]]:
    """Text with slots for its code, and the HTML of each."""
    if "`" not in text and "~~~" not in text:
        return text, ()
    codes: list[str] = []
    lines = text.split("\n")
    ends = _find_last_ends(lines)
    result: list[str] = []
    index = 0
    while index < len(lines):
        fence = _FENCE.match(lines[index])
        end = _find_fence_end(lines, index, fence.group(2), ends) if fence else None
        if fence and end is not None:
            codes.append(_render_fence(lines[index + 1 : end], len(fence.group(1))))
            result += ["", fence.group(1) + make_slot(CODE_BLOCK, len(codes) - 1), ""]
            index = end + 1
        else:
            result.append(_lift_spans(lines[index], codes) if "`" in lines[index] else lines[index])
            index += 1
    return "\n".join(result), tuple(codes)


def _find_last_ends(lines: list[str]) -> dict[str, list[int]]:
    """The longest closing fence at or after each line, by kind: a search is made only if it will succeed."""
    ends: dict[str, list[int]] = {}
    for kind in "`~":
        longest, column = 0, [0] * (len(lines) + 1)
        for index in range(len(lines) - 1, -1, -1):
            line = lines[index].strip()
            if line.startswith(kind * 3) and not line.strip(kind):
                longest = max(longest, len(line))
            column[index] = longest
        ends[kind] = column
    return ends


def _find_fence_end(lines: list[str], start: int, fence: str, ends: dict[str, list[int]]) -> int | None:
    if ends[fence[0]][start + 1] < len(fence):
        return None
    for index in range(start + 1, len(lines)):
        line = lines[index].strip()
        if line.startswith(fence) and not line.strip(fence[0]):
            return index
    return None


def _render_fence(lines: list[str], indent: int) -> str:
    lead = re.compile(rf"[ \t]{{0,{indent}}}")
    code = "\n".join(lead.sub("", line, count=1) for line in lines) if indent else "\n".join(lines)
    return f"<code>{escape(code, quote=False)}\n</code>" if code else "<code></code>"


def _lift_spans(line: str, codes: list[str]) -> str:
    runs = [(match.start(), match.end()) for match in _RUN.finditer(line)]
    by_length: defaultdict[int, list[int]] = defaultdict(list)
    for number, (start, end) in enumerate(runs):
        by_length[end - start].append(number)
    pieces: list[str] = []
    position = number = 0
    while number < len(runs):
        start, end = runs[number]
        partners = by_length[end - start]
        following = bisect_right(partners, number)
        escaped = (start - len(line[:start].rstrip("\\"))) % 2 if line[start - 1 : start] == "\\" else 0
        if escaped or following == len(partners):
            pieces.append(line[position : start - escaped] + _BACKTICK * (end - start))
            position, number = end, number + 1
            continue
        closing = partners[following]
        codes.append(f"<code>{escape(line[end : runs[closing][0]].strip(), quote=False)}</code>")
        pieces.append(line[position:start] + make_slot(CODE_SPAN, len(codes) - 1))
        position, number = runs[closing][1], closing + 1
    pieces.append(line[position:])
    return "".join(pieces)
