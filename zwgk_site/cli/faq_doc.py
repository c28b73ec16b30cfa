"""The second part of `docs/faq.zh-CN.md`: every code, what it means, why, how to mend it. Written by cog out of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.cli.rule_list import all_rules, family_title, general_words, range_title, sample_finding, sample_hint
from zwgk_site.diagnostics import SEVERITY_WORDS, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.diagnostics import Rule

_WEIGHT = {
    Severity.ERROR: "必须改：改好以前，对应的内容不会生成，或者这件事没有做",
    Severity.WARNING: "应当改：不影响生成，检查、抽查时会算问题",
    Severity.NOTICE: "供参考：核对一下，没有问题就不用改",
}
_HELD = "必须改：改好以前，这个部门保留上一版，不更新；其他部门照常公开"
_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_[]|#"} | {"<": "&lt;", ">": "&gt;"})


def code_answers() -> str:
    """All codes in order, by hundreds and families, as Markdown."""
    return "\n".join(_lines(all_rules()))


def _lines(rules: dict[str, Rule]) -> Iterator[str]:
    above = ("", "")
    for rule in rules.values():
        hundred, family = rule.code[:3], rule.family
        if hundred != above[0]:
            yield f"\n## {hundred}xx {range_title(rule.code, 'zh')}"
        if (hundred, family) != above:
            yield f"\n### {family_title(family, 'zh')}"
        above = (hundred, family)
        yield from _answer(rule)


def _answer(rule: Rule) -> Iterator[str]:
    """What one code means: the sentence, why it is told, an example and its remedy."""
    severity = SEVERITY_WORDS["zh"][rule.severity]
    why = _HELD if rule.blocks else _WEIGHT[rule.severity]
    if rule.basis:
        why += f"。依据：{rule.basis}"
    example = sample_finding(rule, "zh").partition(f" {rule.code} ")[2]
    hint = sample_hint(rule, "zh")
    yield f"\n#### {rule.code}（{severity}）\n"
    yield f"* 什么意思：{plain(general_words(rule, 'zh'))}"
    yield f"* 为什么：{plain(why)}"
    yield f"* 例子：{plain(example)}"
    yield f"* 怎么办：{plain(hint) if hint else '照提示里指出的文件和位置核对。'}"


def plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return " ".join(text.split("\n")).translate(_SPECIAL).replace("\\](", "\\]\\(")
