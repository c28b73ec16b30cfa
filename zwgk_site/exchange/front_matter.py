"""One key more in a document's front matter, as text: comments, order, quotes and line ends stay byte for byte.

The parser only says where things stand. What was made is parsed again; if anything but the one key differs, it is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from zwgk_site.exchange.changes import CODECS

if TYPE_CHECKING:
    from zwgk_site.model.fields import Record

_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_EMPTY_VALUE = re.compile(r"(?P<head>[^:]*:)[ \t]*(?:~|null|\"\"|'')?(?P<tail>[ \t]*(?:[ \t]#.*)?)")
_LINE_END = re.compile(r"\r\n|\n|\r")


def insert_key(data: bytes, encoding: str, record: Record, after: str, line: tuple[str, str]) -> bytes | None:
    """The file with the line `key: value` below the field `after`, or `None` where it can't be put in safely.

    A key that stands there without a value gets the value in its own line. `encoding` is in the reader's names.
    """
    codec = CODECS[encoding]
    text = data.decode(codec)
    if text.encode(codec) != data and encoding != "UTF-16":
        return None
    place = _find_place(text, record, after, line)
    if place is None:
        return None
    start, end, words = place
    changed = text[:start] + words + text[end:]
    if not _differs_only_by(text, changed, line):
        return None
    return _splice(data, text, place, codec)


def _splice(data: bytes, text: str, place: tuple[int, int, str], codec: str) -> bytes | None:
    """The same replacement in the bytes, so that no other byte is written anew."""
    start, end, words = place
    bom = b""
    if codec == "utf-16":
        bom, codec = data[:2], "utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be"
    before, cut = text[:start].encode(codec), text[start:end].encode(codec)
    head = bom + before
    if not data.startswith(head + cut):
        return None
    return head + words.encode(codec) + data[len(head) + len(cut) :]


def _front_span(text: str) -> tuple[int, int] | None:
    """Where the front matter begins and ends, without its fences."""
    first = _FENCE.search(text)
    if first is None or text[: first.start()].strip("\ufeff"):
        return None
    start = first.end() + 1
    end = _FENCE.search(text, start)
    return (start, end.start()) if end else None


def _compose(text: str) -> yaml.MappingNode | None:
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return None
    return node if isinstance(node, yaml.MappingNode) and not node.flow_style else None


def _find_place(text: str, record: Record, after: str, line: tuple[str, str]) -> tuple[int, int, str] | None:
    """(start, end, words): what of the text is replaced by what."""
    span = _front_span(text)
    node = _compose(text[span[0] : span[1]].replace("\r", " ")) if span else None
    if span is None or node is None:
        return None
    wanted = record.field_for(line[0])
    found: tuple[yaml.ScalarNode, yaml.Node] | None = None
    for key, value in node.value:
        field = record.field_for(str(key.value).strip()) if isinstance(key, yaml.ScalarNode) else None
        if field is None:
            continue
        if field is wanted:
            return _fill(text, span[0] + key.start_mark.index, line[1])
        if field.name == after:
            found = (key, value)
    return _below(text, span, found, line) if found else None


def _fill(text: str, start: int, value: str) -> tuple[int, int, str] | None:
    """The empty value of the key at `start` replaced."""
    stop = _LINE_END.search(text, start)
    end = stop.start() if stop else len(text)
    shape = _EMPTY_VALUE.fullmatch(text[start:end])
    return (start, end, f"{shape['head']} {value}{shape['tail']}") if shape else None


def _below(
    text: str, span: tuple[int, int], pair: tuple[yaml.ScalarNode, yaml.Node], line: tuple[str, str]
) -> tuple[int, int, str] | None:
    """A new line after the whole of the pair's value, indented as its key."""
    key, value = pair
    start = span[0] + key.start_mark.index
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    if indent.strip(" ") or not isinstance(value, yaml.ScalarNode):
        return None
    end = span[0] + value.end_mark.index
    if value.style in ("|", ">"):
        end = _end_of_block(text, start, span[1], len(indent))
    stop = _LINE_END.search(text, max(start, end - 1) if value.style in ("|", ">") else end)
    if stop is None or stop.end() > span[1]:
        return None
    return stop.end(), stop.end(), f"{indent}{line[0]}: {line[1]}{stop[0]}"


def _end_of_block(text: str, start: int, limit: int, indent: int) -> int:
    """Where the last line of a block scalar's text ends, before its line end; lines indented deeper belong to it."""
    end = _LINE_END.search(text, start)
    last = at = end.end() if end else limit
    while at < limit:
        stop = _LINE_END.search(text, at)
        after = stop.end() if stop else limit
        row = text[at:after].rstrip("\r\n")
        if row.strip() and len(row) - len(row.lstrip(" ")) <= indent:
            break
        if row.strip():
            last = after
        at = after
    return last - 1 if text[last - 2 : last] != "\r\n" else last - 2


def _differs_only_by(before: str, after: str, line: tuple[str, str]) -> bool:
    """Whether the parser sees the same pairs as before and `line`, and the same text below."""
    spans = _front_span(before), _front_span(after)
    if spans[0] is None or spans[1] is None or before[spans[0][1] :] != after[spans[1][1] :]:
        return False
    old, new = _pairs(before[slice(*spans[0])]), _pairs(after[slice(*spans[1])])
    if old is None or new is None or new.count(line) != 1:
        return False
    new.remove(line)
    return new == [pair for pair in old if pair[0] != line[0] or pair[1]] or new == old


def _pairs(text: str) -> list[tuple[str, str]] | None:
    node = _compose(text.replace("\r\n", "\n"))
    if node is None:
        return None
    return [(_plain(key), _plain(value)) for key, value in node.value]


def _plain(node: yaml.Node) -> str:
    """A node's content without its places; an empty scalar in any notation is an empty string."""
    if isinstance(node, yaml.ScalarNode):
        return "" if node.value in ("", "~", "null") else str(node.value).strip()
    if isinstance(node, yaml.SequenceNode):
        return repr([_plain(item) for item in node.value])
    return repr([(_plain(key), _plain(value)) for key, value in node.value])
