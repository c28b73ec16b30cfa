"""The site's own words (用语表): `wording.yaml` of the site, a list.

- {错: 县卫计委, 对: 县卫生健康局, 说明: 2019年机构改革后的名称}
- [布暑, 部署]
- {不查: 做为}
- {禁用: 某某, 说明: 未公开的项目代号}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from zwgk_site.diagnostics import Checked, Rule, Severity
from zwgk_site.model.fields import RECORDS
from zwgk_site.model.wording import NO_WORDS, WordList
from zwgk_site.stages.load.records import RecordReader
from zwgk_site.stages.load.text_file import read_text
from zwgk_site.stages.load.yaml_nodes import compose_text
from zwgk_site.text.visible import visible_text
from zwgk_site.text.wording import PAIRS

if TYPE_CHECKING:
    from pathlib import Path

NAME = "wording.yaml"
SHORTEST, LONGEST = 2, 40

BAD_ROW = Rule(
    "ZW821", Severity.WARNING,
    zh="用语表的这一行看不懂，没有采用",
    en="this row of the word list is not understood; not used",
    hint_zh="一行写一个，例如　- {错: 县卫计委, 对: 县卫生健康局}　或　- {不查: 做为}　或　- {禁用: 某某, 说明: 未公开的项目代号}",
    hint_en="One a row, such as - {错: 县卫计委, 对: 县卫生健康局}, - {不查: 做为} or - {禁用: …, 说明: …}.",
)  # fmt: skip
BAD_WORD = Rule(
    "ZW822", Severity.WARNING,
    zh="用语表里的“{text}”不能用，没有采用：要 {number} 到 {limit} 个字，错的和对的不能相同",
    en="“{text}” can't be used in the word list: {number} to {limit} characters, and the wrong form differs from the right one",
    hint_zh="请连同前后的字一起写，例如　- {错: 县卫计委, 对: 县卫生健康局}",
    hint_en="Write it with the characters around it, such as - {错: 县卫计委, 对: 县卫生健康局}.",
)  # fmt: skip
SAID_TWICE = Rule(
    "ZW823", Severity.WARNING,
    zh="用语表里“{text}”写了两次，采用前面的一次（第 {line} 行）",
    en="“{text}” stands twice in the word list; line {line} is used",
    hint_zh="请删去一行，例如只留　- {错: 县卫计委, 对: 县卫生健康局}",
    hint_en="Remove one of them, such as - {错: 县卫计委, 对: 县卫生健康局}.",
)  # fmt: skip
NOT_PACKAGED = Rule(
    "ZW824", Severity.NOTICE,
    zh="“不查”的“{text}”不在程序自带的用语表里",
    en="“{text}” under 不查 is no word that the program looks for",
    hint_zh="不查的词要照 ZW820 提示里引号中的写，例如　- {不查: 做为}；不需要的请删去。",
    hint_en="Write it as ZW820 quotes it, such as - {不查: 做为}, or remove the row.",
)  # fmt: skip
_PACKAGED = frozenset(wrong for wrong, _, _ in PAIRS)


class _Words:
    """The rows read so far, with the lines on which their words stood first."""

    def __init__(self) -> None:
        self.reader = RecordReader(NAME)
        self.lines: dict[str, int] = {}
        self.pairs: list[tuple[str, str, str]] = []
        self.unchecked: list[str] = []
        self.banned: list[tuple[str, str]] = []

    def note(self, rule: Rule, node: yaml.Node, **facts: Any) -> None:
        self.reader.findings.append(rule.at(self.reader.span(node), **facts))

    def take(self, node: yaml.Node) -> None:
        """One row."""
        values = self._values(node)
        wrong, right, banned, unchecked = (values.get(key) for key in ("wrong", "right", "banned", "unchecked"))
        if sum(map(bool, (wrong, banned, unchecked))) != 1 or bool(wrong) != bool(right):
            self.note(BAD_ROW, node)
        elif unchecked:
            for word in unchecked:
                self._leave_out(word, node)
        elif self._is_usable(wrong or banned or "", right or "", node):
            reason = values.get("note", "")
            if wrong:
                self.pairs.append((wrong, right or "", reason))
            else:
                self.banned.append((banned or "", reason))

    def _values(self, node: yaml.Node) -> dict[str, Any]:
        """The row's values; a short list is 错, 对 and perhaps 说明."""
        if isinstance(node, yaml.MappingNode):
            return self.reader.read(node, RECORDS["wording"])
        items = node.value if isinstance(node, yaml.SequenceNode) else []
        if not 2 <= len(items) <= 3 or not all(isinstance(item, yaml.ScalarNode) for item in items):
            return {}
        texts = (visible_text(str(item.value)).strip() for item in items)
        return dict(zip(("wrong", "right", "note"), texts, strict=False))

    def _leave_out(self, word: str, node: yaml.Node) -> None:
        if word in _PACKAGED:
            self.unchecked.append(word)
        else:
            self.note(NOT_PACKAGED, node, text=word[:LONGEST])

    def _is_usable(self, word: str, right: str, node: yaml.Node) -> bool:
        if not SHORTEST <= len(word) <= LONGEST or word == right or "\n" in word + right or "→" in word + right:
            self.note(BAD_WORD, node, text=word[:LONGEST], number=SHORTEST, limit=LONGEST)
            return False
        if word in self.lines:
            self.note(SAID_TWICE, node, text=word, line=self.lines[word])
            return False
        self.lines[word] = node.start_mark.line + 1
        return True


def load_wording(root: Path) -> Checked[WordList]:
    """The site's own words; a row that can't be used is left out, with a finding."""
    if not (root / NAME).is_file():
        return Checked(NO_WORDS)
    source = read_text(root / NAME, NAME)
    if source.value is None:
        return source.replace(NO_WORDS)
    composed = compose_text(source.value.text, NAME)
    words, node = _Words(), composed.value
    for row in node.value if isinstance(node, yaml.SequenceNode) else [node] if node is not None else []:
        words.take(row)
    found = WordList(tuple(words.pairs), tuple(sorted(set(words.unchecked))), tuple(words.banned))
    return Checked(found, (*source.findings, *composed.findings, *words.reader.findings))
