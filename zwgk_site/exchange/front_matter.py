"""One key more in a document's front matter, as text: comments, order, quotes and line ends stay byte for byte.

The parser only says where things stand. What was made is parsed again; if anything but the one key differs, it is refused.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import msgspec
import yaml

from zwgk_site.exchange.changes import CODECS

if TYPE_CHECKING:
    from zwgk_site.model.fields import Record

_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_EMPTY_VALUE = re.compile(r"(?P<head>[^:]*:)[ \t]*(?:~|null|\"\"|'')?(?P<tail>[ \t]*(?:[ \t]#.*)?)")
_LINE_END = re.compile(r"\r\n|\n|\r")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Edit(msgspec.Struct, frozen=True):
    """Replace the text from `start` to `end` by `words`; afterwards `key` has the value asked for."""

    start: int
    end: int
    words: str
    key: str


def insert_key(data: bytes, encoding: str, record: Record, after: str, line: tuple[str, str]) -> bytes | None:
    """The file with the line `key: value` below the field `after`, or `None` where it can't be put in safely.

    A key that stands there without a value gets the value in its own line. `encoding` is in the reader's names.
    """
    mark, codec = mark_and_codec(data, encoding)
    text = data[len(mark) :].decode(codec)
    if mark + text.encode(codec) != data:
        return None
    edit = _find_edit(text, record, after, line)
    if edit is None:
        return None
    changed = text[: edit.start] + edit.words + text[edit.end :]
    return mark + changed.encode(codec) if _differs_only_by(text, changed, (edit.key, _read_back(line[1]))) else None


def mark_and_codec(data: bytes, encoding: str) -> tuple[bytes, str]:
    """The byte order mark and the codec of what follows it."""
    if encoding == "UTF-16":
        return data[:2], "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    mark = codecs.BOM_UTF8 if encoding == "utf-8" and data.startswith(codecs.BOM_UTF8) else b""
    return mark, CODECS[encoding]


def front_span(text: str) -> tuple[int, int] | None:
    """Where the front matter begins and ends, without its fences."""
    first = _FENCE.search(text)
    if first is None or first.start():
        return None
    start = first.end() + 1
    end = _FENCE.search(text, start)
    return (start, end.start()) if end else None


def compose_front(text: str) -> yaml.MappingNode | None:
    """The mapping; its marks count in `text` itself, whatever its line ends are."""
    try:
        node = yaml.compose(text.replace("\r\n", " \n").replace("\r", "\n"), Loader=_Loader)
    except yaml.YAMLError:
        return None
    return node if isinstance(node, yaml.MappingNode) and not node.flow_style else None


def _find_edit(text: str, record: Record, after: str, line: tuple[str, str]) -> _Edit | None:
    span = front_span(text)
    node = compose_front(text[span[0] : span[1]]) if span else None
    if span is None or node is None:
        return None
    found: tuple[yaml.ScalarNode, yaml.Node] | None = None
    for key, value in node.value:
        field = record.field_for(str(key.value).strip()) if isinstance(key, yaml.ScalarNode) else None
        if field is None:
            continue
        if field is record.field_for(line[0]):
            return _fill(text, span[0] + key.start_mark.index, str(key.value).strip(), line[1])
        if field.name == after:
            found = (key, value)
    return _add_below(text, span, found, line) if found else None


def _fill(text: str, start: int, key: str, value: str) -> _Edit | None:
    """The empty value of the key at `start` replaced."""
    stop = _LINE_END.search(text, start)
    end = stop.start() if stop else len(text)
    shape = _EMPTY_VALUE.fullmatch(text[start:end])
    return _Edit(start, end, f"{shape['head']} {value}{shape['tail']}", key) if shape else None


def _add_below(
    text: str, span: tuple[int, int], pair: tuple[yaml.ScalarNode, yaml.Node], line: tuple[str, str]
) -> _Edit | None:
    """A new line after the whole of the pair's value, indented as its key."""
    key, value = pair
    start = span[0] + key.start_mark.index
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    if indent.strip(" ") or not isinstance(value, yaml.ScalarNode):
        return None
    stop = _LINE_END.search(text, start if value.style in ("|", ">") else span[0] + value.end_mark.index)
    if stop is None or stop.end() > span[1]:
        return None
    at = _end_of_block(text, stop.end(), span[1], len(indent)) if value.style in ("|", ">") else stop.end()
    return _Edit(at, at, f"{indent}{line[0]}: {line[1]}{stop[0]}", line[0])


def _end_of_block(text: str, start: int, limit: int, indent: int) -> int:
    """Where a block scalar that begins below `start` ends: after its last line that is indented deeper than its key."""
    last = at = start
    while at < limit:
        stop = _LINE_END.search(text, at)
        after = stop.end() if stop else limit
        row = text[at:after].rstrip("\r\n")
        if row.strip():
            if len(row) - len(row.lstrip(" ")) <= indent:
                break
            last = after
        at = after
    return last


def _read_back(value: str) -> str:
    """A value, scalar or in braces, as `front_pairs` will give it."""
    pairs = front_pairs(f"a: {value}")
    return pairs[0][1] if pairs else value


def _differs_only_by(before: str, after: str, line: tuple[str, str]) -> bool:
    """Whether the parser sees the same pairs as before and `line`, and the same text below."""
    spans = front_span(before), front_span(after)
    if spans[0] is None or spans[1] is None or before[spans[0][1] :] != after[spans[1][1] :]:
        return False
    old, new = front_pairs(before[slice(*spans[0])]), front_pairs(after[slice(*spans[1])])
    if old is None or new is None or new.count(line) != 1:
        return False
    new.remove(line)
    return new == [pair for pair in old if pair != (line[0], "")]


def front_pairs(text: str) -> list[tuple[str, str]] | None:
    """The keys and values of a front matter, without their places; `None` if it can't be read."""
    node = compose_front(text)
    if node is None:
        return None
    return [(plain_value(key), plain_value(value)) for key, value in node.value]


def plain_value(node: yaml.Node) -> str:
    """A node's content without its places; an empty scalar in any notation is an empty string."""
    if isinstance(node, yaml.ScalarNode):
        return "" if node.value in ("", "~", "null") else str(node.value).strip()
    if isinstance(node, yaml.SequenceNode):
        return repr([plain_value(item) for item in node.value])
    return repr([(plain_value(key), plain_value(value)) for key, value in node.value])
