"""One entry more at the end of a catalogue, as text: every other byte stays. And the catalogue of a new department."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from zwgk_site.exchange.documents.front import Value, scalar_words, value_words
from zwgk_site.exchange.front_matter import compose_front, mark_and_codec, plain_value
from zwgk_site.model.fields import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CATALOG = RECORDS["catalog"]


def append_entry(data: bytes, encoding: str, values: Mapping[str, Value]) -> bytes | None:
    """The catalogue with one entry more, or `None` where it can't be put in safely. `values` are by field names."""
    mark, codec = mark_and_codec(data, encoding)
    text = data[len(mark) :].decode(codec)
    node = compose_front(text)
    if node is None or mark + text.encode(codec) != data:
        return None
    place = _place(text, node)
    if place is None:
        return None
    start, end, lead, indent = place
    line_end = "\r\n" if "\r\n" in text else "\n"
    rows = entry_rows(values)
    lines = [f"{indent}- {rows[0]}", *(f"{indent}  {row}" for row in rows[1:])]
    added = lead + "\n".join(["", *lines, ""]) if lead else "\n".join([*lines, ""])
    changed = text[:start] + added.replace("\n", line_end) + text[end:]
    return mark + changed.encode(codec) if _is_one_more(text, changed) else None


def entry_rows(values: Mapping[str, Value]) -> list[str]:
    """The lines of an entry in the order of the table of keys."""
    return [
        f"{field.key}: {value_words(value)}" for field in RECORDS["entry"].fields if (value := values.get(field.name))
    ]


def _place(text: str, node: yaml.MappingNode) -> tuple[int, int, str, str] | None:
    """Where the entry goes: what it replaces, what stands before it, how far its dash is indented."""
    found = next((pair for pair in node.value if _is_list(pair[0])), None)
    if found is None:
        lead = "目录:" if text.endswith("\n") or not text else "\n目录:"
        return len(text), len(text), lead, "  "
    key, value = found
    if isinstance(value, yaml.SequenceNode) and not value.flow_style and value.value:
        end = _last_end(value)
        if end is None:
            return None
        stop = text.find("\n", end)
        at = stop + 1 if stop >= 0 else len(text)
        lead = "" if stop >= 0 else "\n"
        return (at, at, lead, " " * value.start_mark.column) if not lead else None
    if not plain_value(value) or (isinstance(value, yaml.SequenceNode) and not value.value):
        stop = text.find("\n", key.end_mark.index)
        end = stop + 1 if stop >= 0 else len(text)
        rest = text[key.end_mark.index : stop if stop >= 0 else len(text)]
        if rest.strip(" \r") not in (":", ": []", ":[]", ": ~", ": null"):
            return None
        return key.end_mark.index, end, ":", "  "
    return None


def _is_list(key: yaml.Node) -> bool:
    field = _CATALOG.field_for(str(key.value).strip()) if isinstance(key, yaml.ScalarNode) else None
    return field is not None and field.name == "entries"


def _last_end(node: yaml.Node) -> int | None:
    """Where the last value in a list ends; `None` for one that is written over several lines in a form of its own."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.style in ("|", ">") else int(node.end_mark.index)
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _last_end(last[1] if isinstance(last, tuple) else last)


def _is_one_more(before: str, after: str) -> bool:
    old, new = _parts(before), _parts(after)
    return old is not None and new is not None and old[0] == new[0] and len(new[1]) == len(old[1]) + 1 and new[1][: len(old[1])] == old[1]  # fmt: skip


def _parts(text: str) -> tuple[list[tuple[str, str]], list[str]] | None:
    node = compose_front(text)
    if node is None:
        return None
    others = [(plain_value(key), plain_value(value)) for key, value in node.value if not _is_list(key)]
    entries = next((value for key, value in node.value if _is_list(key)), None)
    rows = entries.value if isinstance(entries, yaml.SequenceNode) else []
    return others, [plain_value(row) for row in rows]


def write_catalog(department: Mapping[str, str], entries: Iterable[Mapping[str, Value]]) -> str:
    """The catalogue file of a new department."""
    lines = ["格式版本: 1", "部门:"]
    given = ((field.key, department.get(field.name, "")) for field in RECORDS["department"].fields)
    lines.extend(f"  {key}: {scalar_words(value)}" for key, value in given if value)
    lines += ["", "目录:"]
    for number, entry in enumerate(entries):
        rows = entry_rows(entry)
        lines += ([""] if number else []) + [f"  - {rows[0]}", *(f"    {row}" for row in rows[1:])]
    return "\n".join([*lines, ""])
