"""What a site sets otherwise than we do: numbers of the checks, weights of the score, what is shown of personal numbers.

What is wrong with it is told where it stands; what it means is in `statute/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.statute.privacy import read_policy
from zwgk_site.statute.score import BY_NAME as INDICATORS
from zwgk_site.statute.score import is_sound
from zwgk_site.statute.thresholds import BY_NAME as NUMBERS
from zwgk_site.text.paths import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.model.corpus import Threshold, Weight
    from zwgk_site.model.marks import Marks

UNKNOWN_THRESHOLD = Rule(
    "ZW883", Severity.WARNING,
    zh="“检查参数”里没有“{name}”，或者没有写值，没有采用",
    en="“{name}” is no 检查参数, or has no value; not used",
    hint_zh="可用的名称：{choices}。例如　检查参数: [{名称: 要闻更新天数, 值: 10, 理由: 市里要求}]",
    hint_en="Names: {choices}.",
)  # fmt: skip
THRESHOLD_WITHOUT_REASON = Rule(
    "ZW884", Severity.NOTICE,
    zh="“检查参数”的“{name}”没有写理由，已经采用",
    en="检查参数 “{name}” has no reason; used all the same",
    hint_zh="请写上为什么与默认不同，例如　理由: 市里要求每十天更新一次",
    hint_en="Say why it differs from the standard.",
)  # fmt: skip

NOT_AN_ADDRESS = Rule(
    "ZW164", Severity.WARNING,
    zh="页脚里“{name}”的网址“{value}”不能用，只显示文字",
    en="the address “{value}” of “{name}” in the foot cannot be used; only the text is shown",
    hint_zh="请写完整的网址，例如　网址: https://www.example.gov.cn/shengming.html",
    hint_en="Write the whole address, such as 网址: https://www.example.gov.cn/shengming.html.",
)  # fmt: skip

UNKNOWN_MASK = Rule(
    "ZW886", Severity.WARNING,
    zh="“遮蔽方式”的“{text}”看不懂，没有采用",
    en="“{text}” in “遮蔽方式” is not understood; not used",
    hint_zh="写明是什么、保留前几位和后几位，例如　遮蔽方式: [身份证 6+4, 手机 3+4]",
    hint_en="Say what, and how many digits stay in front and behind, such as [身份证 6+4, 手机 3+4].",
)  # fmt: skip

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


def judge_thresholds(thresholds: Iterable[tuple[Span, Threshold]]) -> Iterator[Diagnostic]:
    """What is wrong with each of 检查参数, at its place."""
    for span, item in thresholds:
        if item.name not in NUMBERS or item.value < 0:
            yield UNKNOWN_THRESHOLD.at(span, name=item.name[:40], choices="、".join(NUMBERS))
        elif not item.reason:
            yield THRESHOLD_WITHOUT_REASON.at(span, name=item.name)


def judge_addresses(addresses: Iterable[tuple[Span, str, str]]) -> Iterator[Diagnostic]:
    """Links of the foot, as (place, name, address), that would lead nowhere."""
    for span, name, address in addresses:
        if not web_address(address):
            yield NOT_AN_ADDRESS.at(span, name=name[:40], value=address[:60])


def judge_weights(weights: Iterable[tuple[Span, Weight]]) -> Iterator[Diagnostic]:
    """What is wrong with each of 检查评分, at its place."""
    for span, item in weights:
        if item.name not in INDICATORS:
            yield UNKNOWN_INDICATOR.at(span, name=item.name[:40], choices="、".join(INDICATORS))
        elif not is_sound(item):
            yield BAD_WEIGHT.at(span, name=item.name)
        elif not item.reason:
            yield WEIGHT_WITHOUT_REASON.at(span, name=item.name)


def judge_masks(masks: tuple[str, ...], marks: Marks) -> Iterator[Diagnostic]:
    """What of 遮蔽方式 is not understood, at its place."""
    for text in read_policy(masks)[1]:
        yield UNKNOWN_MASK.at(marks.span("masks", masks.index(text) + 1), text=text[:40])
