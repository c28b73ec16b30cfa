"""Writes `docs/rules.md` out of the rules themselves: `python -m zwgk_site.cli.rules_doc > docs/rules.md`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from zwgk_site.cli.rule_list import all_rules, family_title, range_title
from zwgk_site.diagnostics import SEVERITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.diagnostics import Rule

_HEAD = """\
# 提示代码 · Codes of findings

本页由程序生成，请勿手工修改：`python -m zwgk_site.cli.rules_doc > docs/rules.md`。
Generated; do not edit by hand.

花括号里是每次不同的内容。带 ⛔ 的错误改正以前，所在部门保留上一版；其他提示不影响公开。
带 ↩ 的，用 `zwgk check --gate` 时列入退文清单。单个代码可用 `zwgk explain ZW118` 查看。
Braces stand for what differs each time. ⛔ holds a department back to its last release until it is mended;
↩ returns the file under `zwgk check --gate`.
"""


def write_rules_doc() -> str:
    """The whole page."""
    return _HEAD + "".join(_lines(all_rules()))


def _lines(rules: dict[str, Rule]) -> Iterator[str]:
    """By hundreds, and within each by family in the order of its first code."""
    for hundred in dict.fromkeys(code[:3] for code in rules):
        yield f"\n## {hundred}xx {range_title(hundred, 'zh')} · {range_title(hundred, 'en')}\n"
        within = [rule for code, rule in rules.items() if code.startswith(hundred)]
        for family in dict.fromkeys(rule.family for rule in within):
            yield f"\n### {family_title(family, 'zh')} · {family_title(family, 'en')}\n\n"
            yield "| 代码 | 程度 | 中文 | English | 依据 |\n|---|---|---|---|---|\n"
            yield from (_row(rule) for rule in within if rule.family == family)


def _row(rule: Rule) -> str:
    severity = f"{SEVERITY_WORDS['zh'][rule.severity]} {SEVERITY_WORDS['en'][rule.severity]}"
    marks = (" ⛔" if rule.blocks else "") + (" ↩" if rule.gate else "")
    cells = (rule.code, severity + marks, _words(rule.zh, rule.hint_zh), _words(rule.en, rule.hint_en))
    return "| " + " | ".join((*cells, _escape(rule.basis))) + " |\n"


def _words(message: str, hint: str) -> str:
    return _escape(message) + (f"<br>→ {_escape(hint)}" if hint else "")


def _escape(text: str) -> str:
    """Text as a cell shows it: what looks like a link in an example is none here."""
    text = text.replace("\\", "\\\\").replace("](", "]\\(")
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # never replaced here
    sys.stdout.write(write_rules_doc())
