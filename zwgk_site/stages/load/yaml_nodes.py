"""YAML to nodes that keep every scalar's exact text and place. Composes, never constructs; refuses what can explode.

`compose_text` answers a node tree or findings. Tabs, aliases, tags, repeated keys and absurd depth are findings with
a line; the C parser is not even started on text nested so deep that it would overflow its stack.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.stages.load import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = yaml.Node
DEPTH_LIMIT = 64
_PLAIN = "plain"
_SUSPECT = re.compile(r"[&*!\t]")
_BRACKETS = re.compile(r"[\[\]{}]")
_LEAD = re.compile(r"^[ \-?:]{64,}", re.MULTILINE)
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")  # they end a line for the YAML parser, and for nobody who reads a finding
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The C parser without type guessing: `012` and `否` stay what they are; an explicit tag stays visible."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        return _PLAIN


def compose_text(text: str, file: str, line: int = 0) -> Checked[Node | None]:
    """The node tree of `text`, or `None` when it is empty or faulty. `line` is the number of lines above it."""
    if not text.isascii():
        text = _LINE_ENDS.sub(" ", text)
    if _CONTROL.search(text):
        text = _CONTROL.sub("\ufffd", text)
    findings = list(_find_hazards(text, file, line))
    if findings:
        return Checked(None, tuple(findings))
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as fault:
        return Checked(None, (_syntax_finding(fault, text, file, line),))
    if isinstance(node, yaml.ScalarNode):  # where every colon is a wide one, all is a single text
        wide = _wide_colon(text.split("\n")[: node.start_mark.line + 1], file, line)
        return Checked(None, (wide,)) if wide else Checked(node)
    return Checked(node)


def _find_hazards(text: str, file: str, line: int) -> Iterator[Diagnostic]:
    if _nesting_bound(text) > DEPTH_LIMIT:
        deep = _first_deep_line(text)
        if deep:
            yield rules.YAML_DEPTH.at(Span(file, line + deep, 1, 2), limit=DEPTH_LIMIT)
            return
    if _SUSPECT.search(text):
        yield from _find_marks(text, file, line)


def _nesting_bound(text: str) -> int:
    """An upper bound of the nesting depth, quick to compute."""
    depth = deepest = 0
    for bracket in _BRACKETS.findall(text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
        depth = max(depth, 0)
    lead = max((len(found) for found in _LEAD.findall(text)), default=0)
    return deepest + lead


def _first_deep_line(text: str) -> int:
    """The line on which the real depth, by events, passes the limit; 0 if it never does or the text is faulty."""
    depth = 0
    try:
        for event in _events(text):
            kind = type(event)
            if issubclass(kind, yaml.events.CollectionStartEvent):
                depth += 1
                if depth > DEPTH_LIMIT:
                    return int(event.start_mark.line) + 1
            elif issubclass(kind, yaml.events.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return 1 if depth > DEPTH_LIMIT else 0
    return 0


def _events(text: str) -> Iterator[Any]:
    """Parser events; the stubs know neither their marks nor their anchors."""
    yield from yaml.parse(text, Loader=_Loader)


def _find_marks(text: str, file: str, line: int) -> Iterator[Diagnostic]:
    """Anchors, aliases and tags, by events; a syntax fault is left to the composer."""
    try:
        for event in _events(text):
            if issubclass(type(event), yaml.events.AliasEvent):
                yield rules.YAML_ALIAS.at(
                    _event_span(event, file, line, 1 + len(event.anchor)), text=f"*{event.anchor}"
                )
            elif getattr(event, "anchor", None):
                yield rules.YAML_ALIAS.at(
                    _event_span(event, file, line, 1 + len(event.anchor)), text=f"&{event.anchor}"
                )
            elif getattr(event, "tag", None) not in (None, _PLAIN):
                yield rules.YAML_TAG.at(_event_span(event, file, line, 1), text=event.tag)
    except yaml.YAMLError:
        return


def _event_span(event: Any, file: str, line: int, width: int) -> Span:
    column = event.start_mark.column + 1
    return Span(file, line + event.start_mark.line + 1, column, column + width)


def node_span(node: Node, file: str, line: int) -> Span:
    """The place of a node; a value of several lines is marked on its first."""
    start, end = node.start_mark, node.end_mark
    column = start.column + 1
    stop = end.column + 1 if end.line == start.line else column + 1
    return Span(file, line + start.line + 1, column, max(stop, column + 1))


_PROBLEMS = (
    ("found character '\\t'", "用了 Tab", "a tab"),
    ("mapping values are not allowed", "这里多了一个冒号，或上一行没有写完", "a colon where none may stand"),
    ("could not find expected ':'", "这一行缺少冒号", "a colon is missing"),
    ("did not find expected key", "缩进或引号不对", "wrong indent or quotes"),
    ("did not find expected '-' indicator", "列表的缩进不对，短横没有对齐", "a list item is not aligned"),
    ("did not find expected ',' or ']'", "方括号里缺少逗号，或没有写右方括号", "a comma or ] is missing"),
    ("did not find expected ',' or '}'", "花括号里缺少逗号，或没有写右花括号", "a comma or } is missing"),
    ("found unexpected end of stream", "引号或括号没有写完", "a quote or bracket is not closed"),
    ("found character that cannot start any token", "这一行以特殊符号开头，请用引号括起来", "a value starts with a special character"),
    ("block sequence entries are not allowed", "短横前面的内容没有写完，或缩进不对", "a list item where none may stand"),
    ("did not find expected <document start>", "文件里有多余的内容，或 --- 的位置不对", "stray text or ---"),
    ("expected a single document", "文件里有多余的 ---", "a second document (---)"),
    ("found unknown escape character", "双引号里的反斜杠不对，请改用单引号", "an unknown escape in double quotes"),
    ("control characters are not allowed", "有看不见的控制字符", "a control character"),
)  # fmt: skip


_WIDE_COLON = re.compile(r"\s*(?:- +)?[^\s:：#'\"{\[]{1,12}：(?!.*: )")


def _wide_colon(rows: list[str], file: str, line: int) -> Diagnostic | None:
    """That a key, in one of the last three rows, has a full-width colon; the parser only notices it further down."""
    for row in range(len(rows), max(len(rows) - 3, 0), -1):
        found = _WIDE_COLON.match(rows[row - 1])
        if found:
            place = Span(file, line + row, found.end(), found.end() + 1)
            words = ("用了中文冒号“：”，请改成英文冒号加一个空格", "a full-width colon; write : and a blank")
            return rules.YAML_SYNTAX.at(place, problem=words[0], problem_en=words[1])
    return None


_SHORT_SIGNS = {"an anchor": rules.YAML_ALIAS, "an alias": rules.YAML_ALIAS, "a tag": rules.YAML_TAG}
_OPENED = ("a flow sequence", "a flow mapping", "a quoted scalar", "a simple key")
"""What is told where it begins: the parser only notices it further on, often in another line."""


def _syntax_finding(fault: yaml.YAMLError, text: str, file: str, line: int) -> Diagnostic:
    mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
    context, begun = str(getattr(fault, "context", "") or ""), getattr(fault, "context_mark", None)
    if begun is not None and context.endswith(tuple(_SHORT_SIGNS)):
        rule = next(rule for words, rule in _SHORT_SIGNS.items() if context.endswith(words))
        said = text.split("\n")[begun.line][begun.column :].split(" ", maxsplit=1)[0]
        start = begun.column + 1
        return rule.at(Span(file, line + begun.line + 1, start, start + max(1, len(said))), text=said[:40])
    if begun is not None and context.endswith(_OPENED):
        mark = begun
    problem = str(getattr(fault, "problem", "") or fault)
    row = (mark.line if mark else 0) + 1
    column = (mark.column if mark else 0) + 1
    rows = text.split("\n")
    if row > len(rows):  # the parser looks for more than there is
        row, column = len(rows), len(rows[-1]) + 1
    wide = _wide_colon(rows[:row], file, line) if "':'" in problem or "mapping values" in problem else None
    if wide is not None:
        return wide
    source = rows[row - 1]
    column = min(column, len(source) + 1)
    if "\t" in source[: len(source) - len(source.lstrip())] or "'\\t'" in problem:
        return rules.YAML_TAB.at(Span(file, line + row, 1, 2))
    for start, zh, en in _PROBLEMS:
        if start in problem:
            return rules.YAML_SYNTAX.at(Span(file, line + row, column, column + 1), problem=zh, problem_en=en)
    return rules.YAML_SYNTAX.at(
        Span(file, line + row, column, column + 1),
        problem="这里的写法读不懂",
        problem_en=problem.split("\n", maxsplit=1)[0][:120],
    )
