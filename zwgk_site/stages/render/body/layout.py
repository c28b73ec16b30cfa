"""Lines as Python-Markdown expects them: blank lines around blocks, nesting by four columns, no stray markers.

It reads leniently, as clerks write: full-width indents, no blank line before a list or a table, rules under titles,
lists nested by two columns. What looks like a marker and isn't one is made inert.
"""

import re

import msgspec

from zwgk_site.stages.render.body.marks import CODE_BLOCK, STANDIN_BASE, VOID, make_inert
from zwgk_site.stages.render.body.tables import find_table, make_regular

DEEPEST_QUOTE = 8
DEEPEST_LIST = 8
"""Deeper quotes and lists are shown at this depth."""

_SPACE = VOID + " \t\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""What `str.strip` takes off, and the place of something removed."""
_HEADING = re.compile(r"(#{1,6})(?:[ \t\u3000]+|(?<=##)(?=[^#\s]))(?=\S)(.*)")
_CLOSING_HASHES = re.compile(r"[ \t]+#+$")
_ITEM = re.compile(r"([-*+]|\d{1,3}\.)[ \t]+(?=\S)(.*)")
_RULE = re.compile(r"(?:-[ \t]*){3,}+|(?:\*[ \t]*){3,}+|(?:_[ \t]*){3,}+")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_NOTE = re.compile(r"\[\^[^\]\s]+\]:")
_DEFINITION = re.compile(r"\[[^\[\]]*\]:")
_MARKER_STORM = re.compile(r"(?:>[ ]?|[-*+][ ]+|\d{1,9}\.[ ]+){6,}+")
_LONG_NUMBER = re.compile(r"(\d{4,})\.(?=[ \t])")
_ALL_INERT = make_inert("#>-*+.=|[_")
_INERT_PIPE = make_inert("|")
_INERT_HASH = make_inert("#")
_DOT = chr(STANDIN_BASE + ord("."))


class _Line(msgspec.Struct, frozen=True):
    """A source line: its indent in columns (0 for full-width ones), its text, whether it asks for a line break."""

    indent: int
    text: str
    is_broken: bool


class _State(msgspec.Struct):
    """Where we are: the columns of the open list items' markers, the kind of the last marker, the last line's role."""

    out: list[str]
    items: list[int]
    marker: str = ""
    after: str = "blank"


def arrange_lines(lines: list[str], depth: int = 0) -> list[str]:
    """Lines for the block parser. depth: of the quote they stand in."""
    parsed = [_read_line(line) for line in lines]
    texts = [line.text for line in parsed]
    state = _State([], [])
    index = 0
    while index < len(parsed):
        line = parsed[index]
        if not line.text:
            state.out.append("")
            state.after = "blank"
        elif line.text[0] == ">":
            index = _arrange_quote(state, texts, index, depth)
            continue
        elif (end := find_table(texts, index)) > index and (table := make_regular(texts[index:end])):
            _add_block(state, table, _enter_level(state, line))
            index = end
            continue
        else:
            _arrange_line(state, line)
        index += 1
    return state.out


def _read_line(line: str) -> _Line:
    text = line.strip(_SPACE)
    lead = line[: len(line) - len(line.lstrip(_SPACE))]
    indent = 0 if "\u3000" in lead else len(lead.replace(VOID, "").expandtabs(4))
    return _Line(indent, text, line.endswith("  "))


def _arrange_line(state: _State, line: _Line) -> None:
    text = line.text
    if text[0] == "#" and (heading := _HEADING.fullmatch(text)):
        _add_heading(state, heading.group(1), heading.group(2))
    elif text[0] in "=-" and state.after == "first" and _UNDERLINE.fullmatch(text):
        title = state.out.pop()
        _add_heading(state, "#" if text[0] == "=" else "##", title.strip())
    elif text[0] in "-*_" and _RULE.fullmatch(text):
        _add_block(state, ["---"], 0)
        state.items.clear()
    elif text[0] in "-*+0123456789" and (item := _ITEM.fullmatch(text)) and _may_begin(state, item.group(1)):
        _add_item(state, line, item)
    elif text[0] == "[" and (note := _NOTE.match(text)):
        _separate(state)
        rest = text[note.end() :].lstrip()
        state.out.append(f"{note.group()} {_make_paragraph_inert(rest)}" if rest else note.group())
        state.items[:] = [0]
        state.marker, state.after = "note", "item"
    elif text[0] == CODE_BLOCK:
        _add_block(state, [text], _enter_level(state, line))
    else:
        _add_text(state, line)


def _add_heading(state: _State, hashes: str, title: str) -> None:
    text = _CLOSING_HASHES.sub("", title).strip()
    _separate(state)
    state.out += (f"{hashes} {text.translate(_INERT_HASH).translate(_INERT_PIPE)}", "")
    state.items.clear()
    state.after = "blank"


def _may_begin(state: _State, marker: str) -> bool:
    """A list may begin anywhere, but inside a paragraph a number begins one only if it is 1 (“见第” … “2. 款”)."""
    return state.after not in ("first", "more") or bool(state.items) or not marker[0].isdigit() or marker == "1."


def _add_item(state: _State, line: _Line, item: re.Match[str]) -> None:
    while state.items and line.indent < state.items[-1] + 2:
        state.items.pop()
    level = min(len(state.items), DEEPEST_LIST)
    kind = "1" if item.group(1)[0].isdigit() else "-"
    if state.after in ("first", "more", "block") or (state.marker not in ("", kind) and not level):
        _separate(state)
    text = _MARKER_STORM.sub(lambda match: match.group().translate(_ALL_INERT), item.group(2), count=1)
    end = "  " if line.is_broken else ""
    state.out.append(f"{'    ' * level}{item.group(1)} {_make_paragraph_inert(text)}{end}")
    if level < DEEPEST_LIST:
        state.items.append(line.indent)
    state.marker, state.after = kind, "item"


def _add_text(state: _State, line: _Line) -> None:
    text = _make_paragraph_inert(line.text)
    prefix = ""
    if state.after in ("blank", "block"):
        prefix = "    " * _enter_level(state, line)
        if state.after == "block":
            _separate(state)
    state.after = {"blank": "first", "block": "first", "first": "more"}.get(state.after, state.after)
    state.out.append(prefix + text + ("  " if line.is_broken else ""))


def _make_paragraph_inert(text: str) -> str:
    if text[0] == "#":
        hashes = len(text) - len(text.lstrip("#"))
        text = text[:hashes].translate(_INERT_HASH) + text[hashes:]
    elif text[0] == "[" and _DEFINITION.match(text):
        text = "[".translate(_ALL_INERT) + text[1:]
    elif text[0].isdigit():
        text = _LONG_NUMBER.sub(rf"\1{_DOT}", text, count=1)
    return text.translate(_INERT_PIPE) if "|" in text else text


def _enter_level(state: _State, line: _Line) -> int:
    """How many open list items the line belongs to; items it has left are closed."""
    while state.items and line.indent < state.items[-1] + 2:
        state.items.pop()
    if not state.items:
        state.marker = ""
    return len(state.items)


def _add_block(state: _State, lines: list[str], level: int) -> None:
    _separate(state)
    state.out += ["    " * level + line for line in lines]
    state.out.append("")
    state.after = "blank"


def _arrange_quote(state: _State, texts: list[str], index: int, depth: int) -> int:
    end = index
    while end < len(texts) and texts[end][:1] == ">":
        end += 1
    inner = [text[1:].removeprefix(" ") for text in texts[index:end]]
    if depth + 1 >= DEEPEST_QUOTE:
        inner = [text.lstrip("> ") for text in inner]
    _separate(state)
    arranged = arrange_lines(inner, depth + 1)
    while arranged and not arranged[-1]:
        arranged.pop()
    state.out += [f"> {line}" if line else ">" for line in arranged]
    state.items.clear()
    state.marker, state.after = "", "quote"
    return end


def _separate(state: _State) -> None:
    if state.out and state.out[-1]:
        state.out.append("")
