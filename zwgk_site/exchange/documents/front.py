"""Front matter of documents that are taken in: written anew, or brought up to date without touching what people changed.

A document remembers in two comments what it was made from and what was written then (导入自, 导入值), by digests. What
differs from that was changed by hand and stays. Every change is parsed again; one that touches anything else is refused.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import msgspec
import yaml

from zwgk_site.exchange.front_matter import compose_front, front_pairs, front_span, plain_value
from zwgk_site.exchange.scalars import quoted
from zwgk_site.model.fields import RECORDS, Field, Kind
from zwgk_site.text.visible import visible_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Value = str | tuple[str, ...] | tuple[tuple[tuple[str, str], ...], ...]
"""A scalar, a list of scalars, or records as pairs of key and scalar."""

RECORD = RECORDS["document"]
TEXT = "正文"
_FROM = "# 导入自："
_WRITTEN = "# 导入值："
_MEMORY = re.compile(r"^# 导入自：(?P<source>.*)$|^# 导入值：(?P<values>.*)$", re.MULTILINE)
_PLAIN = re.compile(
    r"[A-Za-z0-9\u4e00-\u9fff《〔（“【][^#:{}\[\],&*!|>'\"%@`\\\s\ufffe\uffff]*(?: [^#:{}\[\],&*!|>'\"%@`\\\s\ufffe\uffff]+)*|\d{4}-\d{2}-\d{2} \d{2}:\d{2}"
)
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))


class Memory(msgspec.Struct, frozen=True):
    """What a document remembers of its import (导入记录): the source's name, and digests of values by key."""

    source: str = ""
    digests: tuple[tuple[str, str], ...] = ()

    def digest_of(self, key: str) -> str:
        """What was written for a key then; empty if nothing was."""
        return dict(self.digests).get(key, "")


class Update(msgspec.Struct, frozen=True):
    """A document brought up to date (更新结果): its text, and what was kept as people wrote it: key, theirs, the source's."""

    text: str
    kept: tuple[tuple[str, str, str], ...] = ()


def scalar_words(text: str) -> str:
    """A scalar as it is written: plain where no reader could take it for anything else, else in quotes."""
    text = " ".join(visible_text(text).split())
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return quoted(text)


def value_words(value: Value) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return scalar_words(value)
    if len(value) == 1 and isinstance(value[0], str):
        return scalar_words(value[0])
    return f"[{', '.join(_item_words(item) for item in value)}]"


def _item_words(item: str | tuple[tuple[str, str], ...]) -> str:
    if isinstance(item, str):
        return scalar_words(item)
    return "{" + ", ".join(f"{key}: {scalar_words(text)}" for key, text in item) + "}"


def write_document(values: Mapping[str, Value], body: str, source: str) -> str:
    """A new document file. `values` are by field names; they are written in the order of the table of keys."""
    lines = ["---"]
    for field in RECORD.fields:
        value = values.get(field.name)
        if not value:
            continue
        if field.kind is Kind.RECORDS:
            lines += [f"{field.key}:", *(f"  - {_item_words(item)}" for item in value)]
        else:
            lines.append(f"{field.key}: {value_words(value)}")
    return "\n".join([*lines, *_memory_lines(values, body, source), "---", "", body])


def _memory_lines(values: Mapping[str, Value], body: str, source: str) -> list[str]:
    digests = [(TEXT, digest_of(body)), *((name_of(name).key, digest_of(read_back(value))) for name, value in values.items() if value)]  # fmt: skip
    return [f"{_FROM}{_one_line(source)}", f"{_WRITTEN}{' '.join(f'{key}={digest}' for key, digest in digests)}"]


def _one_line(text: str) -> str:
    return " ".join(visible_text(text).split())


def name_of(name: str) -> Field:
    """The field of the record `document` that is called so in code."""
    return RECORD.fields[RECORD.ordinal(name)]


def digest_of(text: str) -> str:
    """Eight digits for a value or a text; line ends and blanks around it do not count."""
    plain = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def read_back(value: Value) -> str:
    """A value as the reader will give it back."""
    pairs = front_pairs(f"a: {value_words(value)}")
    return pairs[0][1] if pairs else ""


def read_memory(text: str) -> Memory:
    """What the front matter of a document remembers."""
    span = front_span(text)
    source, digests = "", []
    for found in _MEMORY.finditer(text[slice(*span)]) if span else ():
        if found["source"] is not None:
            source = found["source"].strip()
        else:
            digests = [
                (key, digest)
                for key, mark, digest in (item.rpartition("=") for item in found["values"].split())
                if mark
            ]
    return Memory(source, tuple(digests))


def split_text(text: str) -> tuple[str, str] | None:
    """The front matter and what stands below its fence."""
    span = front_span(text)
    if span is None:
        return None
    end = text.find("\n", span[1])
    return text[slice(*span)], text[end + 1 :] if end >= 0 else ""


def update_document(
    text: str, values: Mapping[str, Value], body: str | None, source: str, *, overwrite: bool
) -> Update | None:
    """The document with new values where nobody has changed the old ones; `None` where that can't be done safely.

    `body` is `None` where the text below stays. `overwrite` takes the source's values in any case. Line ends are kept.
    """
    parts = split_text(text)
    node = compose_front(parts[0]) if parts else None
    if parts is None or node is None:
        return None
    present = {field.name: (key, value) for key, value in node.value if (field := _field_at(key)) is not None}
    merge = _Merge(parts[0], read_memory(text), present, overwrite=overwrite)
    if not all(merge.take(name, value) for name, value in values.items() if value):
        return None
    remembered = _remembered(merge.memory, merge.written, body, source)
    front = _set_memory(_apply(merge.front, merge.edits), remembered)
    if not _is_as_meant(merge.front, front, merge.written):
        return None
    return Update(_put_together(text, parts, front, body), tuple(merge.kept))


def _put_together(text: str, parts: tuple[str, str], front: str, body: str | None) -> str:
    """The file with another front matter and, if it is given, another text; in the line ends that it had."""
    start = text.index("\n") + 1
    fence = text[start + len(parts[0]) : len(text) - len(parts[1])]
    head, below = text[:start] + front + fence, parts[1] if body is None else f"\n{body}"
    if text[:start].endswith("\r\n"):
        head = head.replace("\r\n", "\n").replace("\n", "\r\n")
        below = below if body is None else below.replace("\r\n", "\n").replace("\n", "\r\n")
    return head + below


class _Merge(msgspec.Struct):
    """New values set against those that stand in a front matter: what to change, what was written, what stays."""

    front: str
    memory: Memory
    present: dict[str, tuple[yaml.Node, yaml.Node]]
    edits: list[tuple[int, int, str]] = []
    kept: list[tuple[str, str, str]] = []
    written: dict[str, Value] = {}
    overwrite: bool = False

    def take(self, name: str, value: Value) -> bool:
        """Settles one value; False where the one that stands there can't be replaced."""
        key = name_of(name).key
        if name not in self.present:
            if self.overwrite or not self.memory.digest_of(key):  # else somebody has taken it out
                self.edits.append(_insertion(self.front, name, value, self.present))
                self.written[name] = value
            return True
        words, old = read_back(value), plain_value(self.present[name][1])
        if old == words:
            self.written[name] = value
        elif self.overwrite or not old or self.memory.digest_of(key) == digest_of(old):
            return self._replace(name, value)
        elif self.memory.digest_of(key) != digest_of(words):  # else the source still says what it said
            self.kept.append((key, old, value if isinstance(value, str) else words))
        return True

    def _replace(self, name: str, value: Value) -> bool:
        key, standing = self.present[name]
        end = _end_of(standing)
        if end is not None:
            self.edits.append((key.end_mark.index, end, f": {value_words(value)}"))
            self.written[name] = value
        return end is not None


def _field_at(key: yaml.Node) -> Field | None:
    return RECORD.field_for(str(key.value).strip()) if isinstance(key, yaml.ScalarNode) else None


def _insertion(
    front: str, name: str, value: Value, present: Mapping[str, tuple[yaml.Node, yaml.Node]]
) -> tuple[int, int, str]:
    """A line of its own before the next field in the order of the table that is there; at the end if there is none."""
    order = [field.name for field in RECORD.fields]
    line = f"{name_of(name).key}: {value_words(value)}\n"
    for later in order[order.index(name) + 1 :]:
        if later in present:
            start = front.rfind("\n", 0, present[later][0].start_mark.index) + 1
            return start, start, line
    found = _MEMORY.search(front)
    at = found.start() if found else len(front)
    lead = "" if at == 0 or front[at - 1] == "\n" else "\n"
    return at, at, lead + line


def _end_of(node: yaml.Node) -> int | None:
    """Where a value ends; `None` for forms that no edit of ours should touch."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.style in ("|", ">") else int(node.end_mark.index)
    if not isinstance(node, yaml.CollectionNode) or node.flow_style:
        return int(node.end_mark.index)
    if not node.value:
        return None
    last = node.value[-1]
    return _end_of(last[1] if isinstance(last, tuple) else last)


def _apply(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """All edits, from the end; those at one place keep their order."""
    ordered = sorted(enumerate(edits), key=lambda item: (item[1][0], item[0]), reverse=True)
    for _, (start, end, words) in ordered:
        text = text[:start] + words + text[end:]
    return text


def _remembered(memory: Memory, written: Mapping[str, Value], body: str | None, source: str) -> list[str]:
    """The comments as they should stand now: digests of what this import wrote, older ones where it kept."""
    digests = dict(memory.digests)
    digests |= {name_of(name).key: digest_of(read_back(value)) for name, value in written.items()}
    if body is not None:
        digests[TEXT] = digest_of(body)
    return [
        f"{_FROM}{_one_line(source)}",
        f"{_WRITTEN}{' '.join(f'{key}={digest}' for key, digest in digests.items())}",
    ]


def _set_memory(front: str, lines: Sequence[str]) -> str:
    rest = re.sub(r"^# 导入(?:自|值)：.*\n?", "", front, flags=re.MULTILINE)
    if rest and not rest.endswith("\n"):
        rest += "\n"
    return rest + "".join(f"{line}\n" for line in lines)


def _is_as_meant(before: str, after: str, written: Mapping[str, Value]) -> bool:
    """Whether the parser sees what was written, and every other key as before."""
    old, new = front_pairs(before), front_pairs(after)
    if old is None or new is None:
        return False
    fields = {name_of(name).key: read_back(value) for name, value in written.items()}

    def others(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [pair for pair in pairs if (field := RECORD.field_for(pair[0])) is None or field.key not in fields]

    found = {field.key: text for key, text in new if (field := RECORD.field_for(key)) is not None}
    return others(old) == others(new) and all(found.get(key) == text for key, text in fields.items())
