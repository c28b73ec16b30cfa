"""A catalogue's YAML changed as text: entries that stay are not touched by a byte, of those that change only the values.

The parser only says where things stand. Comments, order, unknown keys, quotes, line ends and encoding stay. Who writes
the result reads it again first.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import msgspec
import yaml

from zwgk_site.exchange.front_matter import mark_and_codec
from zwgk_site.exchange.scalars import quoted
from zwgk_site.model.fields import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Value = str | tuple[str, ...]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=<][^\n\t]*[^\s:]|[^\s\-?:,\[\]{}#&*!|>'\"%@`~=<0-9]")
_RISKY = re.compile(r"[:?]| #|[\[\]{},]|[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "~"))
_NUMBER = re.compile(r"[-+.]?[\d_.,:]+(?:[eExXoO][-+]?[\da-fA-F]*)?")
_LINE_END = re.compile(r"(\r\n|\r|\n)")


class NewEntry(msgspec.Struct, frozen=True):
    """An entry to put in (新条目): its id, its values by field, unknown keys; after which known id it comes (empty: first)."""

    id: str
    values: dict[str, Value]
    extra: dict[str, str]
    after: str = ""


class CatalogEdit(msgspec.Struct, frozen=True):
    """What is to be done to a catalogue file (目录改动).

    `changed` has, by id, new values by field or unknown key; an empty value takes the key out. `gone` are ids with the
    lines that go under 撤销; `dropped` go without a trace.
    """

    changed: dict[str, dict[str, Value]] = {}
    added: tuple[NewEntry, ...] = ()
    gone: dict[str, tuple[tuple[str, str], ...]] = {}
    dropped: frozenset[str] = frozenset()


class OddLayoutError(Exception):
    """The file is not laid out as this can change it."""


def scalar(text: str, *, in_list: bool = False) -> str:
    """A text as YAML: plain where no program could take it for something else, else in double quotes."""
    if (
        _PLAIN.fullmatch(text)
        and not _RISKY.search(text)
        and text.lower() not in _WORDS
        and (in_list or text != "-")
        and not _looks_numeric(text)
        and not text.startswith(("---", "..."))
    ):
        return text
    return quoted(text)


def _looks_numeric(text: str) -> bool:
    """Digits that other programs would read as a number and spoil, `000123`; a day and a plain number stay as they are."""
    return bool(_NUMBER.fullmatch(text)) and not re.fullmatch(r"[1-9]\d{0,8}|0|\d{4}-\d\d-\d\d", text)


def rendered(value: Value) -> str:
    """A value in one line; a list of one is written as a list too."""
    if isinstance(value, str):
        return scalar(value)
    return "[" + ", ".join(scalar(item, in_list=True) for item in value) + "]"


def render_entry(entry: NewEntry, indent: str, newline: str) -> str:
    """A whole entry in the usual form, keys in the official order."""
    record = RECORDS["entry"]
    lines = [f"{indent}- 编号: {scalar(entry.id)}"]
    for field in record.fields:
        value = entry.values.get(field.name)
        if field.name != "id" and value:
            lines.append(f"{indent}  {field.key}: {_one_or_list(field.name, value)}")
    lines += [f"{indent}  {scalar(key)}: {scalar(text)}" for key, text in entry.extra.items() if text]
    return newline.join(lines) + newline


_SINGLE = frozenset(("responsible_body", "audience"))
"""Lists that are written as a single word where they hold one."""


def _one_or_list(name: str, value: Value) -> str:
    if isinstance(value, tuple) and len(value) == 1 and name in _SINGLE:
        return scalar(value[0])
    return rendered(value)


def new_catalog(department: Iterable[tuple[str, str]], entries: Sequence[NewEntry]) -> str:
    """A catalogue file that did not exist."""
    head = "# yaml-language-server: $schema=../schema/catalog.schema.json\n格式版本: 1\n部门:\n"
    head += "".join(f"  {key}: {scalar(value)}\n" for key, value in department)
    return head + "\n目录:\n" + "\n".join(render_entry(entry, "  ", "\n") for entry in entries)


def edit_catalog(data: bytes, encoding: str, edit: CatalogEdit) -> bytes:
    """The file with the changes made. Raises `OddLayoutError` where it is not laid out in blocks."""
    mark, codec = mark_and_codec(data, encoding)
    text = data[len(mark) :].decode(codec)
    return mark + edit_text(text, edit).encode(codec)


def edit_text(text: str, edit: CatalogEdit) -> str:
    """The same of a decoded text."""
    lines = _Lines(text)
    _change_list(lines, edit)
    if edit.gone:
        _add_removals(lines, edit.gone)
    return lines.text()


class _Item(msgspec.Struct):
    """An entry in the text: lines from `first` to before `end`, blank lines and comments below it not counted."""

    id: str
    first: int
    end: int
    dash: int
    node: yaml.MappingNode


class _Line(str):
    """A line that the file had, with its own end (行尾); one without is new, or was the last."""

    __slots__ = ("end",)
    end: str

    @classmethod
    def ending(cls, text: str, end: str) -> _Line:
        line = cls(text)
        line.end = end
        return line


class _Lines:
    """The file's lines; edits are noted and made from the bottom up, so that places stay true."""

    def __init__(self, text: str) -> None:
        parts = _LINE_END.split(text)
        self.lines: list[str] = list(map(_Line.ending, parts[::2], [*parts[1::2], ""]))
        self._usual = max(("\n", "\r\n", "\r"), key=parts[1::2].count)

    def text(self) -> str:
        """All lines with the ends that they had; what is new ends as most lines do."""
        *above, last = self.lines
        ended = [line + ((line.end if isinstance(line, _Line) else "") or self._usual) for line in above]
        return "".join(ended) + last

    def rewritten(self, row: int, text: str) -> str:
        """Other words for a line, which keeps its end."""
        line = self.lines[row]
        return _Line.ending(text, line.end) if isinstance(line, _Line) else text

    def compose(self) -> yaml.MappingNode:
        try:
            node = yaml.compose("\n".join(self.lines), Loader=_Loader)
        except yaml.YAMLError as fault:
            raise OddLayoutError from fault
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            raise OddLayoutError
        return node


def _pair(node: yaml.MappingNode, field: str) -> tuple[yaml.ScalarNode, yaml.Node] | None:
    record = RECORDS["catalog"]
    wanted = record.field_for(field)
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and record.field_for(str(key.value).strip()) is wanted:
            return key, value
    return None


def _change_list(lines: _Lines, edit: CatalogEdit) -> None:
    if not (edit.changed or edit.added or edit.gone or edit.dropped):
        return
    pair = _pair(lines.compose(), "entries")
    if pair is None:
        _append_list(lines, edit)
        return
    key, value = pair
    if not isinstance(value, yaml.SequenceNode) or not value.value:
        if isinstance(value, yaml.SequenceNode) or str(value.value).strip() in ("", "~", "null"):
            _fill_list(lines, key, value, edit)
            return
        raise OddLayoutError
    if value.flow_style:
        raise OddLayoutError
    items = _items(value)
    edits: list[tuple[int, int, list[str]]] = []
    for item in items:
        if item.id in edit.gone or item.id in edit.dropped:
            edits.append((*_extent(lines, item, items), []))
        elif item.id in edit.changed:
            edits.extend(_entry_edits(lines, item, edit.changed[item.id]))
    edits.extend(_additions(lines, items, edit))
    _apply(lines, edits)


def _apply(lines: _Lines, edits: list[tuple[int, int, list[str]]]) -> None:
    """From the bottom up; of several at one place the one that came first stands first."""
    ordered = sorted(enumerate(edits), key=lambda item: (item[1][0], item[1][1], item[0]), reverse=True)
    for _, (first, end, fresh) in ordered:
        lines.lines[first:end] = fresh


def _append_list(lines: _Lines, edit: CatalogEdit) -> None:
    while lines.lines and not lines.lines[-1].strip():
        lines.lines.pop()
    lines.lines += ["", "目录:", *_joined(edit.added, "  ", spaced=True)[:-1], ""]


def _fill_list(lines: _Lines, key: yaml.ScalarNode, value: yaml.Node, edit: CatalogEdit) -> None:
    row = key.start_mark.line
    if value.end_mark.line > row and isinstance(value, yaml.SequenceNode):
        raise OddLayoutError
    head, _, rest = lines.lines[row].partition(":")
    comment = re.search(r"\s#.*$", rest)
    first = lines.rewritten(row, f"{head}:{comment[0] if comment else ''}")
    fresh = [first, *_joined(edit.added, "  ", spaced=True)[:-1]]
    lines.lines[row : row + 1] = fresh


def _joined(entries: Sequence[NewEntry], indent: str, *, spaced: bool) -> list[str]:
    found: list[str] = []
    for entry in entries:
        found += [*render_entry(entry, indent, "\n").split("\n")[:-1], *([""] * spaced)]
    return found if spaced else [*found, ""]


def _items(value: yaml.SequenceNode) -> list[_Item]:
    record = RECORDS["entry"]
    wanted = record.field_for("id")
    items = []
    for node in value.value:
        if not isinstance(node, yaml.MappingNode) or node.flow_style:
            raise OddLayoutError
        name = ""
        for key, inner in node.value:
            if isinstance(key, yaml.ScalarNode) and record.field_for(str(key.value).strip()) is wanted:
                name = str(inner.value).strip() if isinstance(inner, yaml.ScalarNode) else ""
        last = node.value[-1][1] if node.value else node
        items.append(_Item(name, node.start_mark.line, _end_line(last), value.start_mark.column, node))
    return items


def _end_line(node: yaml.Node) -> int:
    """The line below a node; a block collection's mark stands behind the blank lines and comments that follow it."""
    if isinstance(node, (yaml.SequenceNode, yaml.MappingNode)) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end_line(last[1] if isinstance(last, tuple) else last)
    mark = node.end_mark
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return int(mark.line) if mark.column == 0 else int(mark.line) + 1
    return int(mark.line) + 1


def _is_spaced(lines: _Lines, items: Sequence[_Item]) -> bool:
    """Whether entries are parted by blank lines."""
    gaps = [not lines.lines[item.end].strip() for item in items[:-1] if item.end < len(lines.lines)]
    return sum(gaps) * 2 >= len(gaps) if gaps else True


def _extent(lines: _Lines, item: _Item, items: Sequence[_Item]) -> tuple[int, int]:
    """All lines of an entry that goes: with the comment right above it, and the blank lines below up to the next thing."""
    place = items.index(item)
    floor = items[place - 1].end if place else item.first
    first = item.first
    while first > floor and lines.lines[first - 1].lstrip().startswith("#"):
        first -= 1
    if first > floor and first < item.first and lines.lines[first - 1].strip() and place:
        first = item.first  # a comment that stands right below the entry before belongs to neither for sure
    end = item.end
    while end < len(lines.lines) - 1 and not lines.lines[end].strip():
        end += 1
    return first, end


def _additions(lines: _Lines, items: Sequence[_Item], edit: CatalogEdit) -> list[tuple[int, int, list[str]]]:
    """New entries below the ones they follow in the table."""
    indent, spaced = _indent_of(items), _is_spaced(lines, items)
    by_anchor: dict[str, list[NewEntry]] = {}
    place_of = {item.id: item for item in items}
    anchors: dict[str, str] = {}
    for entry in edit.added:
        anchor = anchors.get(entry.after, entry.after)
        anchors[entry.id] = anchor
        by_anchor.setdefault(anchor if anchor in place_of else "", []).append(entry)
    edits = []
    for anchor, entries in by_anchor.items():
        fresh = _joined(entries, indent, spaced=spaced)
        if anchor and anchor not in edit.gone and anchor not in edit.dropped:
            end = place_of[anchor].end
            edits.append((end, end, ["", *fresh[:-1]] if spaced else fresh[:-1]))
            continue
        place = _extent(lines, place_of[anchor], items)[1] if anchor else _above_first(lines, items)
        edits.append((place, place, fresh if spaced else fresh[:-1]))
    return edits


def _indent_of(items: Sequence[_Item]) -> str:
    """Where the dashes stand: two signs left of the first key, however wide the gap behind a dash is."""
    return " " * max(0, items[0].dash)


def _above_first(lines: _Lines, items: Sequence[_Item]) -> int:
    """The line of the first entry, or of the comment right above it."""
    first = items[0].first
    while first and lines.lines[first - 1].startswith(" ") and lines.lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return first


# --- one entry -------------------------------------------------------------------------------------


def _entry_edits(lines: _Lines, item: _Item, values: Mapping[str, Value]) -> list[tuple[int, int, list[str]]]:
    """The lines of single values replaced, put in, or taken out."""
    record = RECORDS["entry"]
    known: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
    for key, value in item.node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise OddLayoutError
        field = record.field_for(str(key.value).strip())
        known.setdefault(field.name if field else str(key.value).strip(), (key, value))
    edits = []
    indent = " " * item.node.start_mark.column
    for name, fresh in values.items():
        pair = known.get(name)
        if pair is not None:
            edits.append(_replace(lines, item, pair, name, fresh))
        elif fresh:
            field = record.field_for(name)
            text = f"{indent}{field.key if field else scalar(name)}: {_one_or_list(name, fresh)}"
            at = _line_for(item, known, name)
            edits.append((at, at, [text]))
    return edits


def _line_for(item: _Item, known: Mapping[str, tuple[yaml.ScalarNode, yaml.Node]], name: str) -> int:
    """Below the nearest key that comes before in the official order; unknown keys below all."""
    order = [field.name for field in RECORDS["entry"].fields]
    before = order[: order.index(name)] if name in order else []
    places = [_end_line(known[other][1]) for other in before if other in known]
    return max(places) if places else item.end


def _replace(
    lines: _Lines, item: _Item, pair: tuple[yaml.ScalarNode, yaml.Node], name: str, fresh: Value
) -> tuple[int, int, list[str]]:
    key, value = pair
    first, end = key.start_mark.line, _end_line(value)
    if not fresh:
        if first == item.first:
            raise OddLayoutError  # the dash stands in this line
        return first, end, []
    is_block = False
    if isinstance(value, yaml.SequenceNode) and not value.flow_style and value.value:
        is_block = True
        if isinstance(fresh, tuple):
            return _replace_items(lines, value, fresh)
    row = lines.lines[first]
    last = lines.lines[end - 1]
    head = row[: key.end_mark.column] + row[key.end_mark.column :].partition(":")[0] + ":"
    in_last = value.end_mark.line == end - 1 and not is_block
    tail = last[value.end_mark.column :] if in_last and getattr(value, "style", None) not in ("|", ">") else ""
    comment = tail if tail.lstrip().startswith("#") else ""
    was_list = isinstance(value, yaml.SequenceNode)
    text = rendered(fresh) if was_list or (len(fresh) > 1 and isinstance(fresh, tuple)) else _one_or_list(name, fresh)
    return first, end, [lines.rewritten(end - 1, f"{head} {text}{comment}")]


def _replace_items(lines: _Lines, value: yaml.SequenceNode, fresh: tuple[str, ...]) -> tuple[int, int, list[str]]:
    """A list written one item a line: items that stay keep their lines, with the comments among them."""
    old = [str(node.value).strip() if isinstance(node, yaml.ScalarNode) else "" for node in value.value]
    first, end = value.value[0].start_mark.line, _end_line(value)
    starts = [node.start_mark.line for node in value.value]
    ends = [*starts[1:], end]
    indent = lines.lines[first][: value.value[0].start_mark.column]
    lead = indent if indent.strip() == "-" else " " * value.start_mark.column + "- "
    found: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, list(fresh), autojunk=False).get_opcodes():
        if tag == "equal":
            found += [line for place in range(a, b) for line in lines.lines[starts[place] : ends[place]]]
        else:
            found += [f"{lead}{scalar(text)}" for text in fresh[c:d]]
    return first, end, found


def _add_removals(lines: _Lines, gone: Mapping[str, tuple[tuple[str, str], ...]]) -> None:
    """Ids that go, under 撤销, so that pages and documents know where they went."""
    pair = _pair(lines.compose(), "removals")
    fresh = [
        f"- 编号: {scalar(name)}\n" + "".join(f"  {key}: {scalar(text)}\n" for key, text in facts)
        for name, facts in gone.items()
    ]
    rows = [row for text in fresh for row in text.split("\n")[:-1]]
    if pair is None:
        while lines.lines and not lines.lines[-1].strip():
            lines.lines.pop()
        lines.lines += ["", "撤销:", *(f"  {row}" for row in rows), ""]
        return
    key, value = pair
    if isinstance(value, yaml.SequenceNode) and value.value and not value.flow_style:
        indent = " " * value.start_mark.column
        end = _end_line(value)
        lines.lines[end:end] = [indent + row for row in rows]
    elif (isinstance(value, yaml.ScalarNode) and str(value.value).strip() in ("", "~", "null")) or (
        isinstance(value, yaml.SequenceNode) and not value.value and value.end_mark.line == key.start_mark.line
    ):
        head = lines.rewritten(key.start_mark.line, "撤销:")
        lines.lines[key.start_mark.line : key.start_mark.line + 1] = [head, *(f"  {row}" for row in rows)]
    else:
        raise OddLayoutError
