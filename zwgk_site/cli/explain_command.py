"""`zwgk explain`."""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from typing import TYPE_CHECKING

import click

from zwgk_site.cli.options import format_options, language_option
from zwgk_site.diagnostics import SEVERITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.diagnostics import Rule

_BLOCKS = {
    ("zh", True): "改正以前，这个部门保留上一版，不更新",
    ("zh", False): "不影响公开",
    ("en", True): "its department keeps its last release until this is mended",
    ("en", False): "does not hold anything back",
}
_LABELS = {
    "zh": ("程度", "影响", "意思", "怎么改", "依据", "例子"),
    "en": ("severity", "effect", "meaning", "how to mend", "basis", "example"),
}


@click.command(
    epilog="例 (example):  zwgk explain ZW118    zwgk explain 118 --lang en    zwgk explain",
    short_help="解释一个提示代码",
)
@click.argument("code", default="")
@format_options
@language_option
def command(*, code: str, output_format: str, as_json: bool, lang: str) -> int:
    """解释一个提示代码：什么意思、影响公开吗、怎么改、依据是什么。不写代码时列出全部。

    Explains the code of a finding; without a CODE it lists them all.
    """
    from zwgk_site.cli.rule_list import all_rules

    rules = all_rules()
    as_json = as_json or output_format == "json"
    if not code:
        _list_all(rules, lang, as_json=as_json)
        return 0
    wanted = _normalize(code)
    if wanted not in rules:
        near = difflib.get_close_matches(wanted, rules, n=3, cutoff=0.6)
        raise click.UsageError(_unknown(code, near, lang))
    if as_json:
        click.echo(json.dumps(_as_data(rules[wanted]), ensure_ascii=False, indent=1))
    else:
        for line in _as_text(rules[wanted], lang):
            click.echo(line)
    return 0


def _normalize(code: str) -> str:
    """`zw118`, `118` and full-width forms are all ZW118."""
    plain = unicodedata.normalize("NFKC", code).strip().upper()
    return f"ZW{plain}" if re.fullmatch(r"\d{3}", plain, re.ASCII) else plain


def _unknown(code: str, near: list[str], language: str) -> str:
    if language == "en":
        return f"there is no code “{code}”" + (f"; did you mean {', '.join(near)}?" if near else "; see `zwgk explain`")
    return f"没有代码“{code}”" + (f"，是不是 {'、'.join(near)}？" if near else "。全部代码见 zwgk explain")


def _list_all(rules: dict[str, Rule], language: str, *, as_json: bool) -> None:
    if as_json:
        report = {"format": 1, "rules": [_as_data(rule) for rule in rules.values()]}
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    from zwgk_site.cli.rule_list import range_title

    above = ""
    for code, rule in rules.items():
        title = range_title(code, language)
        if title != above:
            click.echo(f"{'' if not above else chr(10)}{code[:3]}xx {title}")
            above = title
        click.echo(f"  {code} {SEVERITY_WORDS[language][rule.severity]} {rule.zh if language == 'zh' else rule.en}")


def _as_text(rule: Rule, language: str) -> Iterator[str]:
    from zwgk_site.cli.rule_list import family_title, range_title, sample_finding, sample_hint

    severity, effect, meaning, mend, basis, example = _LABELS[language]
    colon = "：" if language == "zh" else ": "
    yield f"{rule.code}  {range_title(rule.code, language)} · {family_title(rule.family, language)}"
    yield f"{severity}{colon}{SEVERITY_WORDS[language][rule.severity]}"
    yield f"{effect}{colon}{_BLOCKS[language, rule.blocks]}"
    yield f"{meaning}{colon}{rule.zh if language == 'zh' else rule.en}"
    if rule.basis:
        yield f"{basis}{colon}{rule.basis}"
    yield f"{example}{colon}{sample_finding(rule, language)}"
    hint = sample_hint(rule, language)
    if hint:
        yield f"{mend}{colon}{hint}"


def _as_data(rule: Rule) -> dict[str, object]:
    from zwgk_site.cli.rule_list import sample_finding

    return {
        "code": rule.code,
        "severity": SEVERITY_WORDS["en"][rule.severity],
        "family": rule.family,
        "blocks": rule.blocks,
        "gate": rule.gate,
        "message": {"zh": rule.zh, "en": rule.en},
        "hint": {"zh": rule.hint_zh, "en": rule.hint_en},
        "basis": rule.basis,
        "example": {language: sample_finding(rule, language) for language in ("zh", "en")},
    }
