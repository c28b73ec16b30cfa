"""One relation more under 关联, or another 有效性, in a document's front matter: every other byte stays.

What was made is parsed again; if anything else differs, it is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from zwgk_site.exchange.front_matter import (
    compose_front,
    front_pairs,
    front_span,
    insert_key,
    mark_and_codec,
    plain_value,
)
from zwgk_site.model.fields import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

KEY = "关联"
_RECORD = RECORDS["document"]
_SAFE = re.compile(r"[A-Za-z0-9\u4e00-\u9fff][\w./-]*(?::[\w./-]+)?")
_NOTHING = frozenset(("null",))
"""Names that a reader takes for no value."""
_QUOTES = ("'", '"')


def relation_words(kind: str, targets: Iterable[str]) -> str:
    """A relation as it is written within braces or below 关联: `废止: [a, wjj:b]`."""
    words = [_written(name) for name in targets]
    return f"{kind}: {words[0]}" if len(words) == 1 else f"{kind}: [{', '.join(words)}]"


def _written(name: str) -> str:
    is_plain = _SAFE.fullmatch(name) and name.lower() not in _NOTHING
    return name if is_plain else "'" + name.replace("'", "''") + "'"


def insert_relation(data: bytes, encoding: str, kind: str, targets: tuple[str, ...]) -> bytes | None:
    """The file with the relation, in a line of its own or beside the others; `None` where it can't be put in safely."""
    words = relation_words(kind, targets)
    value = _value_of(data, encoding, "relations")
    if value is None or (isinstance(value, yaml.ScalarNode) and not plain_value(value)):
        line = (KEY, f"{{{words}}}")
        return insert_key(data, encoding, _RECORD, "kind", line) or insert_key(data, encoding, _RECORD, "title", line)
    if not isinstance(value, yaml.MappingNode) or any(key.value == kind for key, _ in value.value):
        return None

    def put_in(text: str, start: int) -> str:
        at = start + value.start_mark.index
        if value.flow_style:
            return f"{text[: at + 1]}{words}{', ' if value.value else ''}{text[at + 1 :]}"
        row = text.rfind("\n", 0, at) + 1
        end = "\r\n" if text[:row].endswith("\r\n") else "\n"
        return f"{text[:row]}{text[row:at]}{words}{end}{text[row:]}"

    return _edit(data, encoding, "relations", put_in)


def set_validity(data: bytes, encoding: str, validity: str) -> bytes | None:
    """The file with 有效性 as given, in place of what it says or below its title."""
    value = _value_of(data, encoding, "validity")
    if value is None or not plain_value(value):
        return insert_key(data, encoding, _RECORD, "title", ("有效性", validity))

    def replace(text: str, start: int) -> str | None:
        first, end = start + value.start_mark.index, start + value.end_mark.index
        written = text[first:end]
        quote = written[:1] if written[:1] in _QUOTES else ""
        if written != f"{quote}{value.value}{quote}":
            return None
        return text[:first] + quote + validity + quote + text[end:]

    return _edit(data, encoding, "validity", replace)


def _value_of(data: bytes, encoding: str, name: str) -> yaml.Node | None:
    """The node of a field."""
    mark, codec = mark_and_codec(data, encoding)
    text = data[len(mark) :].decode(codec)
    span = front_span(text)
    node = compose_front(text[slice(*span)]) if span else None
    for key, value in node.value if node is not None else ():
        field = _RECORD.field_for(str(key.value).strip())
        if field is not None and field.name == name:
            found: yaml.Node = value
            return found
    return None


def _edit(data: bytes, encoding: str, name: str, change: Callable[[str, int], str | None]) -> bytes | None:
    """The changed file, if only the field `name` reads otherwise than before."""
    mark, codec = mark_and_codec(data, encoding)
    text = data[len(mark) :].decode(codec)
    span = front_span(text)
    if span is None or mark + text.encode(codec) != data:
        return None
    changed = change(text, span[0])
    after = front_span(changed) if changed else None
    if changed is None or after is None or changed[after[1] :] != text[span[1] :]:
        return None
    old, new = _others(text[slice(*span)], name), _others(changed[slice(*after)], name)
    return mark + changed.encode(codec) if old is not None and old == new else None


def _others(front: str, name: str) -> list[tuple[str, str]] | None:
    """All pairs but those of the field."""
    pairs = front_pairs(front)
    wanted = {field.name: field for field in _RECORD.fields}[name]
    return None if pairs is None else [pair for pair in pairs if _RECORD.field_for(pair[0]) is not wanted]
