"""What is wrong with a site's own weights of the score (检查评分). The score itself is in `statute/score.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.statute.score import BY_NAME, is_sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.model.corpus import Weight

UNKNOWN_INDICATOR = Rule(
    "ZW877", Severity.WARNING,
    zh="“检查评分”里没有“{name}”这个项目，没有采用",
    en="“{name}” is no indicator of 检查评分; not used",
    hint_zh="可用的项目：{choices}。例如　检查评分: [{项目: 个人信息, 每个扣分: 5, 最多扣分: 20, 理由: 市里要求}]",
    hint_en="Indicators: {choices}. For example 检查评分: [{项目: 个人信息, 每个扣分: 5, 最多扣分: 20, 理由: …}].",
)  # fmt: skip
BAD_WEIGHT = Rule(
    "ZW878", Severity.WARNING,
    zh="“检查评分”的“{name}”没有写扣几分，或者不在 0 到 100 之间，没有采用",
    en="检查评分 “{name}” gives no points from 0 to 100; not used",
    hint_zh="请写“每个扣分”“最多扣分”，或者其中一个，例如　最多扣分: 20；不扣分写 0",
    hint_en="Give 每个扣分, 最多扣分, or both, such as 最多扣分: 20; 0 takes nothing off.",
)  # fmt: skip
WEIGHT_WITHOUT_REASON = Rule(
    "ZW879", Severity.NOTICE,
    zh="“检查评分”的“{name}”没有写理由，已经采用",
    en="检查评分 “{name}” has no reason; used all the same",
    hint_zh="请写上为什么与默认不同，例如　理由: 市里把个人信息列为检查重点",
    hint_en="Say why it differs from the standard: 理由: ….",
)  # fmt: skip


def judge_weights(weights: Iterable[Weight]) -> Iterator[Diagnostic]:
    """What is wrong with each, in the order of the file."""
    span = Span("site.yaml")
    for item in weights:
        if item.name not in BY_NAME:
            yield UNKNOWN_INDICATOR.at(span, name=item.name[:40], choices="、".join(BY_NAME))
        elif not is_sound(item):
            yield BAD_WEIGHT.at(span, name=item.name)
        elif not item.reason:
            yield WEIGHT_WITHOUT_REASON.at(span, name=item.name)
