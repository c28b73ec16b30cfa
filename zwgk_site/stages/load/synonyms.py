"""Synonyms (同义词) for search: the packaged list, joined with `synonyms.yaml` of the site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from zwgk_site.diagnostics import Checked, Diagnostic, Rule, Severity, Span
from zwgk_site.stages.load.text_file import read_text
from zwgk_site.stages.load.yaml_nodes import compose_text
from zwgk_site.text.units import TABLES, fold_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAME = "synonyms.yaml"
Groups = tuple[tuple[str, ...], ...]

BAD_GROUP = Rule(
    "ZW169", Severity.WARNING,
    zh="同义词要一行一组，每组至少两个词，每词至少两个字；这一组没有采用",
    en="synonyms stand in groups of at least two words of at least two characters; this one is not used",
    hint_zh="例如　- [低保, 最低生活保障]",
    hint_en="For example: - [低保, 最低生活保障]",
)  # fmt: skip


def load_synonyms(root: Path) -> Checked[Groups]:
    """Groups of words that mean the same, sorted; groups that share a word are one."""
    packaged = _read_groups(TABLES / NAME, NAME)
    own = _read_groups(root / NAME, NAME) if (root / NAME).is_file() else Checked[list[list[str]]]([])
    return Checked(_join((*packaged.value, *own.value)), own.findings)


def _read_groups(path: Path, name: str) -> Checked[list[list[str]]]:
    source = read_text(path, name)
    if source.value is None:
        return source.replace([])
    composed = compose_text(source.value.text, name)
    findings: list[Diagnostic] = [*source.findings, *composed.findings]
    groups = []
    node = composed.value
    items = node.value if isinstance(node, yaml.SequenceNode) else [node] if node is not None else []
    for item in items:
        words = list(_words(item))
        if len(words) < 2 or any(len(word) < 2 for word in words):
            mark = item.start_mark
            findings.append(BAD_GROUP.at(Span(name, mark.line + 1, mark.column + 1, mark.column + 2)))
            continue
        groups.append(words)
    return Checked(groups, tuple(findings))


def _words(node: yaml.Node) -> Iterator[str]:
    """The words of a group; nothing if it is not one."""
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        for item in node.value:
            yield item.value.strip()


def _join(groups: Iterable[list[str]]) -> Groups:
    found: list[dict[str, str]] = []
    for group in groups:
        words = {fold_text(word): word for word in group}
        for other in [other for other in found if other.keys() & words.keys()]:
            found.remove(other)
            words = other | words
        found.append(words)
    return tuple(sorted(tuple(words.values()) for words in found))
