"""A YAML mapping to a record's values, by the table of keys. All that is wrong with it is found in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from zwgk_site.diagnostics import Diagnostic, Span
from zwgk_site.model.corpus import Relation, Waiver
from zwgk_site.model.fields import RECORDS, Field, Kind, Record, example_of
from zwgk_site.model.marks import Marks, pack_mark
from zwgk_site.stages.load import rules
from zwgk_site.stages.load.values import EMPTY_WORDS, FLAGS, nearest_word
from zwgk_site.stages.load.yaml_nodes import node_span
from zwgk_site.statute.moments import parse_moment
from zwgk_site.text.redaction import find_mark, mask_tokens, split_redactions
from zwgk_site.text.visible import visible_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_GATE_DATES = frozenset(("publish_at", "published_on"))
_EXPECTED = {
    Kind.TEXT: ("一段文字", "a text"),
    Kind.TEXTS: ("一段文字或一个列表", "a text or a list of texts"),
    Kind.DATE: ("一个日期", "a date"),
    Kind.MOMENT: ("一个日期", "a date"),
    Kind.FLAG: ("是或否", "是 or 否"),
    Kind.CHOICE: ("一个词", "one word"),
    Kind.INTEGER: ("一个整数", "a whole number"),
    Kind.RECORD: ("几行“项目: 内容”", "a mapping"),
    Kind.RECORDS: ("一个列表", "a list"),
    Kind.RELATIONS: ("几行“关系: 文件”", "a mapping of relations"),
}
_FOUND = {
    yaml.ScalarNode: ("一段文字", "a text"),
    yaml.SequenceNode: ("一个列表", "a list"),
    yaml.MappingNode: ("几行“项目: 内容”", "a mapping"),
}
TEXT_OF_MANY = "；"
_CLOSING_WORDS = ("依申请", "不予公开", "不公开", "暂不公开")
_OWN_COLUMNS = frozenset(("序号",))
"""Columns of real catalogues that look like a key of ours and are none."""
_GATE_KEYS = ("定时发布", "撤回", "publish_at", "withdrawal")


class RecordReader:
    """Reads mappings of one file; `line` is the number of lines above the text that was composed.

    `findings` grow as records are read. Values of a record come as a dict by field name, ready for its type;
    `complete` tells whether nothing required was missing.
    """

    def __init__(self, file: str, line: int = 0) -> None:
        self.file, self.line = file, line
        self.findings: list[Diagnostic] = []
        self.complete = True

    def span(self, node: yaml.Node) -> Span:
        """Where `node` stands in the file."""
        return node_span(node, self.file, self.line)

    def has_odd_number(self, node: yaml.Node) -> bool:
        """Whether it has been said that a number in `node` can't be read, so that nobody says it again."""
        first, last = ((mark.line + self.line + 1, mark.column + 1) for mark in (node.start_mark, node.end_mark))
        return any(
            finding.code == rules.BAD_NUMBER.code and first <= (finding.span.line, finding.span.column) < last
            for finding in self.findings
        )

    def read(self, node: yaml.Node, record: Record, *, marks: bool = False, digest: bytes = b"") -> dict[str, Any]:
        """The values of the mapping `node`; unknown keys under `extra`, places under `marks` if asked for.

        digest: of the text that holds this record and nothing else.
        """
        values: dict[str, Any] = {}
        extra: list[tuple[str, str]] = []
        seen: dict[str, int] = {}
        base = node.start_mark.line
        packed: list[bytes] = []
        self.complete = True
        for key_node, value_node in node.value:
            key = self._key(key_node, seen)
            if key is None:
                continue
            field = record.field_for(key)
            if field is None:
                text = self._shown(value_node, flatten_node(value_node))
                self._note_unknown(key_node, key, record, text)
                extra.append((key, text))
                continue
            if field.name in values:
                self._note_duplicate(key_node, key, seen)
                continue
            if field.name != key:
                seen[field.key] = seen[field.name] = key_node.start_mark.line
            value = self._convert(value_node, field)
            if value is not None:
                values[field.name] = value
            if marks:
                packed.append(_mark_of(value_node, record.ordinal(field.name), 0, base))
                packed.extend(
                    _mark_of(item, record.ordinal(field.name), number, base)
                    for number, item in enumerate(_items_of(value_node, field), 1)
                )
        self._require(node, record, values, seen)
        if extra:
            values["extra"] = tuple(extra)
        if marks:
            values["marks"] = Marks(record.name, self.file, self.line + base + 1, b"".join(packed), digest)
        return values

    def _key(self, node: yaml.Node, seen: dict[str, int]) -> str | None:
        if not isinstance(node, yaml.ScalarNode):
            self.findings.append(
                rules.YAML_SYNTAX.at(self.span(node), problem="冒号前面应当是一个词", problem_en="a key must be a word")
            )
            return None
        key = self._shown(node, str(node.value))
        if key in seen:
            self._note_duplicate(node, key, seen)
            return None
        seen[key] = node.start_mark.line
        return key

    def _shown(self, node: yaml.Node, text: str) -> str:
        """The text as it may be shown. A redaction mark is a finding, and what it covers is taken out all the same."""
        text = visible_text(text).strip()
        if find_mark(text) >= 0:
            self.findings.append(rules.REDACTION_IN_META.at(self.span(node)))
            text = mask_tokens(split_redactions(text).text)
        return text

    def _note_duplicate(self, node: yaml.Node, key: str, seen: dict[str, int]) -> None:
        self.findings.append(rules.DUPLICATE_KEY.at(self.span(node), key=key, line=self.line + seen[key] + 1))

    def _note_unknown(self, node: yaml.Node, key: str, record: Record, text: str) -> None:
        suggestion = "" if key in _OWN_COLUMNS else nearest_word(key, record.keys())
        if seems_closing(record.name, key, text):
            self.findings.append(rules.DOUBTFUL_KEY.at(self.span(node), key=key, value=text[:40]))
        elif suggestion:
            self.findings.append(rules.UNKNOWN_KEY.at(self.span(node), key=key, suggestion=suggestion))
        else:
            self.findings.append(rules.EXTRA_KEY.at(self.span(node), key=key))

    def _require(self, node: yaml.Node, record: Record, values: dict[str, Any], seen: dict[str, int]) -> None:
        for field in record.fields:
            if not field.required or values.get(field.name) not in (None, "", ()):
                continue
            self.complete = False
            given = next((form for form in (field.key, field.name, *field.aliases) if form in seen), None)
            if given is None:
                span = self.span(node)
                self.findings.append(rules.MISSING.at(span, key=field.key, title=field.title, example=field.example))
            elif field.name in values or not self._complained_near(seen[given]):
                span = Span(self.file, self.line + seen[given] + 1, 1, 2)
                self.findings.append(rules.EMPTY.at(span, key=field.key, title=field.title, example=field.example))

    def _complained_near(self, line: int) -> bool:
        return any(finding.span.line == self.line + line + 1 and finding.blocks for finding in self.findings)

    def _convert(self, node: yaml.Node, field: Field) -> Any:
        if isinstance(node, yaml.ScalarNode):
            text = node.value.strip()
            if text in EMPTY_WORDS and (node.style is None or not text):
                return _EMPTIES.get(field.kind)
        return _CONVERTERS[field.kind](self, node, field)

    def wrong_type(self, node: yaml.Node, field: Field) -> None:
        """Notes that `node` is not what `field` takes."""
        expected, found = _EXPECTED[field.kind], _FOUND[type(node)]
        self.findings.append(
            rules.WRONG_TYPE.at(
                self.span(node),
                key=field.key,
                expected=expected[0],
                expected_en=expected[1],
                found=found[0],
                found_en=found[1],
                example=example_of(field),
            )
        )

    def read_text(self, node: yaml.Node, field: Field) -> str | None:
        if isinstance(node, yaml.ScalarNode):
            return self._shown(node, str(node.value))
        self.wrong_type(node, field)
        return None

    def read_texts(self, node: yaml.Node, field: Field) -> tuple[str, ...] | None:
        if isinstance(node, yaml.ScalarNode):
            text = self._shown(node, str(node.value))
            return (text,) if text else ()
        if isinstance(node, yaml.SequenceNode):
            texts = []
            for item in node.value:
                if isinstance(item, yaml.ScalarNode):
                    text = self._shown(item, str(item.value))
                    if text:
                        texts.append(text)
                else:
                    self.wrong_type(item, field)
            return tuple(texts)
        self.wrong_type(node, field)
        return None

    def read_moment(self, node: yaml.Node, field: Field) -> str | None:
        text = self.read_text(node, field)
        if text is None:
            return None
        parsed = parse_moment(text)
        if parsed is None:
            rule = rules.BAD_GATE_DATE if field.name in _GATE_DATES and field.kind is Kind.MOMENT else rules.BAD_DATE
            self.findings.append(rule.at(self.span(node), key=field.key, value=text[:40]))
            return None
        iso, strict = parsed
        if field.kind is Kind.DATE:
            iso = iso[:10]
        if not strict:
            self.findings.append(rules.LOOSE_DATE.at(self.span(node), key=field.key, value=text, date=iso))
        return iso

    def read_flag(self, node: yaml.Node, field: Field) -> bool | None:
        text = self.read_text(node, field)
        if text is None:
            return None
        if text.lower() not in FLAGS:
            self.findings.append(rules.BAD_FLAG.at(self.span(node), key=field.key, value=text[:40]))
            return None
        return FLAGS[text.lower()]

    def read_choice(self, node: yaml.Node, field: Field) -> str | None:
        text = self.read_text(node, field)
        if text is None or text in field.choices:
            return text
        suggestion = nearest_word(text, field.choices) or next(
            (c for c in field.choices if c in text or text in c), field.choices[0]
        )
        rule = rules.BAD_CHOICE if field.closed else rules.ODD_CHOICE
        facts: dict[str, Any] = {
            "key": field.key,
            "value": text[:60],
            "choices": "、".join(field.choices),
            "suggestion": suggestion,
        }
        self.findings.append(rule.at(self.span(node), **facts))
        return text

    def read_integer(self, node: yaml.Node, field: Field) -> int | None:
        text = self.read_text(node, field)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            self.findings.append(
                rules.BAD_NUMBER.at(self.span(node), key=field.key, value=text[:40], example=field.example)
            )
            return None
        return int(text)

    def read_record(self, node: yaml.Node, field: Field) -> dict[str, Any] | None:
        if not isinstance(node, yaml.MappingNode):
            self.wrong_type(node, field)
            return None
        complete, self.complete = self.complete, True
        values = self.read(node, RECORDS[field.record])
        usable, self.complete = self.complete, complete
        return values if usable else None

    def read_records(self, node: yaml.Node, field: Field) -> list[tuple[yaml.Node, dict[str, Any]]] | None:
        """Pairs of node and values; a bare scalar stands for the first key of the record."""
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        record = RECORDS[field.record]
        found: list[tuple[yaml.Node, dict[str, Any]]] = []
        for item in items:
            if isinstance(item, yaml.ScalarNode):
                found.append((item, {record.fields[0].name: self._shown(item, item.value)}))
            elif isinstance(item, yaml.MappingNode):
                values = self.read_record(item, field)
                if values is not None:
                    found.append((item, values))
            else:
                self.wrong_type(item, field)
        return found

    def read_relations(self, node: yaml.Node, field: Field) -> tuple[Relation, ...] | None:
        if not isinstance(node, yaml.MappingNode):
            self.wrong_type(node, field)
            return None
        found: list[Relation] = []
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, seen)
            if key is None:
                continue
            if key not in field.choices:
                facts: dict[str, Any] = {"key": field.key, "value": key, "choices": "、".join(field.choices)}
                suggestion = nearest_word(key, field.choices) or field.choices[-1]
                self.findings.append(rules.ODD_CHOICE.at(self.span(key_node), suggestion=suggestion, **facts))
            for target in self.read_texts(value_node, field) or ():
                found.append(Relation(key, target, len(found)))
        return tuple(found)


_EMPTIES: dict[Kind, Any] = {
    Kind.TEXT: "",
    Kind.TEXTS: (),
    Kind.CHOICE: "",
    Kind.DATE: "",
    Kind.MOMENT: "",
    Kind.RECORDS: [],
}
_CONVERTERS: dict[Kind, Callable[[RecordReader, yaml.Node, Field], Any]] = {
    Kind.TEXT: RecordReader.read_text,
    Kind.TEXTS: RecordReader.read_texts,
    Kind.DATE: RecordReader.read_moment,
    Kind.MOMENT: RecordReader.read_moment,
    Kind.FLAG: RecordReader.read_flag,
    Kind.CHOICE: RecordReader.read_choice,
    Kind.INTEGER: RecordReader.read_integer,
    Kind.RECORD: RecordReader.read_record,
    Kind.RECORDS: RecordReader.read_records,
    Kind.RELATIONS: RecordReader.read_relations,
}


def seems_closing(record: str, key: str, text: str) -> bool:
    """Whether an unknown key of a document or an attachment may have been meant to keep it from the public."""
    if record not in ("document", "attachment"):
        return False
    if text.startswith(_CLOSING_WORDS):
        return True
    if "公开" in key and FLAGS.get(text.lower()) is ("不" in key and "是否" not in key):
        return True  # 是否公开: 否, 不公开: 是
    field = RECORDS["document"].field_for(nearest_word(key, (*_GATE_KEYS, *RECORDS["document"].keys())))
    if field is None or not text:
        return False
    return field.name == "withdrawal" or (field.name in _GATE_DATES and parse_moment(text) is not None)


def take_waivers(values: dict[str, Any]) -> None:
    """Turns what was read under 不再提示 into waivers."""
    if "waivers" in values:
        values["waivers"] = tuple(Waiver(**item) for _, item in values["waivers"])


def _items_of(node: yaml.Node, field: Field) -> Iterator[yaml.Node]:
    """The single values of a list or of relations, in the order of the values that are read from it."""
    if field.kind is Kind.TEXTS and isinstance(node, yaml.SequenceNode):
        yield from (item for item in node.value if isinstance(item, yaml.ScalarNode) and item.value.strip())
    elif field.kind is Kind.RELATIONS and isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            items = value.value if isinstance(value, yaml.SequenceNode) else [value]
            yield from (item for item in items if isinstance(item, yaml.ScalarNode) and item.value.strip())


def _mark_of(node: yaml.Node, ordinal: int, item: int, base: int) -> bytes:
    start, end = node.start_mark, node.end_mark
    column = start.column + 1
    stop = end.column + 1 if end.line == start.line else column + 1
    return pack_mark(ordinal, item, start.line - base, column, max(stop, column + 1))


def flatten_node(node: yaml.Node, depth: int = 0) -> str:
    """The text of a value under an unknown key, so that nothing a clerk wrote is lost."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value).strip()
    if depth > 8:
        return "…"
    if isinstance(node, yaml.SequenceNode):
        return TEXT_OF_MANY.join(flatten_node(item, depth + 1) for item in node.value)
    return TEXT_OF_MANY.join(
        f"{flatten_node(key, depth + 1)}：{flatten_node(value, depth + 1)}" for key, value in node.value
    )
