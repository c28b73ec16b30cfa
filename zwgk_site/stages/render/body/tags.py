"""Every `<` of the source decided in one pass: a tag of the policy, rewritten clean, or a character to be shown.

After this pass the text holds no `<` but those of canonical tags, so a `<水法>` stays visible and nothing removed can
let its neighbours grow together into a tag.
"""

import re
from html import escape, unescape

import msgspec

from zwgk_site.stages.render.body.clean import clean_text
from zwgk_site.stages.render.body.marks import MARKS, STANDIN_BASE, VOID, make_inert
from zwgk_site.stages.render.body.policy import (
    ALIASES,
    ATTRIBUTES,
    KEPT,
    REMOVED,
    REMOVED_ALONE,
    UNWRAPPED,
    VALUES,
    VOID_TAGS,
)

DEEPEST = 30
"""Tags nested deeper are dropped: no real document comes near, and browsers and parsers slow down."""

_FARTHEST = 99
_LESS = chr(STANDIN_BASE + ord("<"))
_INERT = make_inert("\\`*_[]()!<>{}|~#\"'")
_INERT_URL = make_inert("\\`*_[]()!<>{}|~\"' ")
_TABLE_PARTS = ("caption", "tbody", "td", "tfoot", "th", "thead", "tr")
_CLOSED_BY_PARENT = {
    "li": ("ul", "ol"),
    "dt": ("dl",),
    "dd": ("dl",),
    "rt": ("ruby",),
    "rp": ("ruby",),
} | dict.fromkeys(_TABLE_PARTS, ("table",))
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_DROPPED = UNWRAPPED | REMOVED | REMOVED_ALONE
_OFFICE = ("o:", "w:", "v:", "m:", "st1:", "wps:")
_CANDIDATE = re.compile(
    r"""(?P<target>(?<=\]\()<(?P<url>[^<>\n]*)>)
    |<(?P<auto>(?:https?|mailto|tel):[^<>\s]+|[A-Za-z0-9.+_-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)>
    |<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:]*)(?P<attributes>(?:[\s/](?:[^<>"']|"[^"<]*"|'[^'<]*')*+)?)>
    |(?P<comment><!--)
    |(?P<declaration><![A-Za-z][^<>]*>|<!\[endif\]>|<!\[if[^<>]*\]>)
    |(?P<escaped>\\?<)""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([A-Za-z][A-Za-z0-9-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")


class _Tag(msgspec.Struct):
    """A tag found at `[start, end)`; `output` is what it becomes."""

    start: int
    end: int
    name: str
    output: str


class _Scan(msgspec.Struct, frozen=True):
    """The text, and what keeps the scan linear: where to stop looking for an end. lowered: ASCII only, so as long."""

    text: str
    lowered: str
    last_comment_end: int
    open_tags: list[_Tag]
    last_closings: dict[str, int]


def settle_tags(text: str) -> str:
    """Text whose only `<` begin clean tags; dangerous elements are gone with what they held."""
    if "<" not in text:
        return text
    scan = _Scan(text, text.translate(_LOWER), text.rfind("-->"), [], {})
    pieces: list[_Tag] = []
    position = 0
    while match := _CANDIDATE.search(text, position):
        piece = _settle(scan, match)
        pieces.append(piece)
        position = piece.end
    for tag in scan.open_tags:
        _give_up(tag, text)
    return _assemble(text, pieces)


def _settle(scan: _Scan, match: re.Match[str]) -> _Tag:
    name = (match["name"] or "").lower()
    name = ALIASES.get(name, name)
    piece = _Tag(match.start(), match.end(), name, VOID)
    if match["comment"] and piece.end <= scan.last_comment_end:
        piece.end = scan.text.index("-->", piece.end) + 3
    elif match["target"]:
        piece.output = match["url"].strip().translate(_INERT_URL)
    elif match["auto"]:
        piece.output = _render_autolink(match["auto"])
    elif name in REMOVED and not match["close"]:
        piece.end = _find_removed_end(scan, name, piece.end)
    elif name in KEPT:
        _settle_kept(piece, match, scan.open_tags)
    elif not (match["declaration"] or name in _DROPPED or name.startswith(_OFFICE)):
        piece.output = match.group().removeprefix("\\").replace("<", _LESS)
    return piece


def _find_removed_end(scan: _Scan, name: str, start: int) -> int:
    """The end of a dangerous element; of its tag alone when it is never closed."""
    closing = f"</{name}"
    if name not in scan.last_closings:
        scan.last_closings[name] = scan.lowered.rfind(closing)
    if start > scan.last_closings[name]:
        return start
    found = scan.lowered.index(closing, start)
    end = scan.lowered.find(">", found)
    return found + len(closing) if end < 0 else end + 1


def _settle_kept(piece: _Tag, match: re.Match[str], open_tags: list[_Tag]) -> None:
    if piece.name in VOID_TAGS:
        piece.output = (
            f"<{piece.name}{_render_attributes(piece.name, match['attributes'])}>" if not match["close"] else VOID
        )
    elif not match["close"]:
        piece.output = f"<{piece.name}{_render_attributes(piece.name, match['attributes'])}>"
        if len(open_tags) >= DEEPEST:
            piece.output = VOID
        open_tags.append(piece)
    else:
        piece.output = _close_tag(piece.name, match.string, open_tags)


def _close_tag(name: str, text: str, open_tags: list[_Tag]) -> str:
    """`</name>` if one is open; what is open inside it is given up, or left for its parent to close."""
    nearest = range(len(open_tags), max(0, len(open_tags) - _FARTHEST), -1)
    depth = next((depth for depth in nearest if open_tags[depth - 1].name == name), 0)
    if not depth:
        return VOID
    for tag in open_tags[depth:]:
        parents = _CLOSED_BY_PARENT.get(tag.name, ())
        if not any(above.name in parents for above in open_tags[depth - 1 :]):
            _give_up(tag, text)
    opened = open_tags[depth - 1]
    del open_tags[depth - 1 :]
    return f"</{name}>" if opened.output != VOID else VOID


def _give_up(tag: _Tag, text: str) -> None:
    """A tag never closed: a single letter is taken for text (方案<B>), `<p>` parts paragraphs, others are dropped."""
    source = text[tag.start : tag.end]
    if tag.name == "p":
        tag.output = "\n\n"
    else:
        tag.output = source.replace("<", _LESS) if len(source) == 3 else VOID


def _render_attributes(name: str, source: str) -> str:
    allowed = ATTRIBUTES.get(name)
    if not allowed or not source:
        return ""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source):
        key = match.group(1).lower()
        value = MARKS.sub("", match.group(2)) if key in ("alt", "title") else match.group(2)
        value = clean_text(unescape(value.strip("\"'"))).strip()
        if key in allowed and key not in found and (key not in VALUES or VALUES[key].fullmatch(value)):
            found[key] = " ".join(value.split())
    inert = {key: _escape_attribute(value, key) for key, value in found.items()}
    return "".join(f' {key}="{inert[key]}"' for key in allowed if key in inert)


def _escape_attribute(value: str, key: str) -> str:
    return escape(value.translate(_INERT_URL if key in ("href", "src") else _INERT))


def _render_autolink(target: str) -> str:
    url = target if ":" in target else f"mailto:{target}"
    shown = escape(target.removeprefix("mailto:").removeprefix("tel:").translate(_INERT))
    return f'<a href="{_escape_attribute(url, "href")}">{shown}</a>'


def _assemble(text: str, pieces: list[_Tag]) -> str:
    result: list[str] = []
    position = 0
    for piece in pieces:
        result += (text[position : piece.start], piece.output)
        position = piece.end
    result.append(text[position:])
    return "".join(result)
