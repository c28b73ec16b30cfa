"""The score of an inspection (检查评分): what findings take off a hundred points, indicator by indicator, and what vetoes.

国办秘函〔2019〕19号 gives the frame: a hundred points, a cap for each indicator, nothing counted twice, vetoes that no points
make up for. How much a fault costs is not in what was published of it: points and caps here are ours, to compare
departments and months with, and a site sets its own (检查评分 in `site.yaml`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.diagnostics import Diagnostic
    from zwgk_site.model.corpus import Weight

FULL = 100


class Indicator(msgspec.Struct, frozen=True):
    """One thing that is looked at (检查项目): `points` off for each fault, `cap` off at most; 0 looks at it no more.

    `families` and `codes` say which findings are its own; a code named here counts even if it is a mere notice.
    """

    name: str
    english: str
    points: int
    cap: int
    title: str
    families: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


class Deduction(msgspec.Struct, frozen=True):
    """What one indicator takes off (扣分): faults counted, points taken."""

    name: str
    count: int
    points: int


class Score(msgspec.Struct, frozen=True):
    """What is left of a hundred (得分), never below 0; `vetoes` are the codes that make it fail whatever is left."""

    points: int = FULL
    deductions: tuple[Deduction, ...] = ()
    vetoes: tuple[str, ...] = ()


INDICATORS = (
    Indicator("更新", "updates", 3, 20, "应更新未更新的条目、栏目", codes=("ZW217", "ZW223", "ZW802")),
    Indicator("空白", "blanks", 2, 10, "没有信息、也没有写原因的条目", codes=("ZW215", "ZW226")),
    Indicator("时限", "time limits", 2, 10, "超期公开，时限写法不对", families=("timeliness",)),
    Indicator("公开属性", "openness", 3, 10, "公开属性、不公开理由和审查", families=("openness",), codes=("ZW132",)),
    Indicator("个人信息", "personal data", 5, 10, "没有遮蔽的个人信息", families=("privacy",)),
    Indicator(
        "附件和链接", "files and links", 1, 8, "附件缺失、打不开，引用和链接找不到",
        families=("attachments",), codes=("ZW140", "ZW141", "ZW142", "ZW301", "ZW302", "ZW308"),
    ),
    Indicator("解读", "interpretation", 2, 7, "政策解读", families=("interpretations",)),
    Indicator("征求意见和回应", "consultation", 2, 5, "征求意见、转载、舆情回应", families=("consultations", "responses")),
    Indicator("年报和预决算", "annual reports", 3, 6, "年度报告、预算、决算", families=("annual", "reports")),
    Indicator("法定内容", "statutory content", 2, 5, "指南、联系方式和《条例》要求的内容", families=("completeness", "coverage", "lists")),
    Indicator("用语", "wording", 1, 4, "错字、不规范的说法", families=("wording",)),
    Indicator("其他", "others", 1, 5, "信息栏、日期、有效性、重复等其余的错误和警告"),
)  # fmt: skip
"""In the order in which they are shown. Caps come to a hundred; the last one takes what no other does."""
BY_NAME = {indicator.name: indicator for indicator in INDICATORS}
VETOES = {
    "ZW227": ("应更新未更新", "updates missing"),
    "ZW803": ("栏目不更新", "columns stand still"),
    "ZW804": ("空白栏目", "blank columns"),
    "ZW805": ("栏目不更新或空白", "columns stand still or blank"),
    "ZW806": ("首页不更新", "home page stands still"),
    "ZW856": ("发稿日期不符", "days of publication not true"),
    "ZW857": ("发稿日期不符", "days of publication not true"),
}
"""What 国办秘函〔2019〕19号 vetoes (单项否决), by code, with a name. It takes no points: most of it sums up what has."""
_COUNTED = "12348"
"""Hundreds of codes that speak of files and catalogues; others are of the program, the theme, the machine."""
_NOT_COUNTED = frozenset(("waivers", "settings", "site_file", "synonyms", "holidays", "identity", "page_tags"))
"""Families that speak of settings and of the theme, which no department answers for."""
_LATE_ENTRY = frozenset(("ZW215", "ZW217", "ZW223"))
_LATE_DOCUMENT = frozenset(("ZW214", "ZW219", "ZW241", "ZW246", "ZW271", "ZW294", "ZW296"))
"""Codes that say the same of an entry, or of a document: what was to be published was not, or not in time."""
_SUMS = frozenset(("ZW226",))
"""Codes that stand for as many faults as their `count`."""
_BY_CODE = {code: place for place, indicator in enumerate(INDICATORS) for code in indicator.codes}
_BY_FAMILY = {family: place for place, indicator in enumerate(INDICATORS) for family in indicator.families}


def indicators_of(own: Iterable[Weight] = ()) -> tuple[Indicator, ...]:
    """The indicators with a site's own points and caps; what is no indicator, or no number, is not looked at."""
    found = dict(BY_NAME)
    for weight in own:
        numbers = {"points": weight.points, "cap": weight.cap}
        if weight.name in found and is_sound(weight):
            given = {name: number for name, number in numbers.items() if number is not None}
            found[weight.name] = msgspec.structs.replace(found[weight.name], **given)
    return tuple(found.values())


def is_sound(weight: Weight) -> bool:
    """Whether it gives points or a cap, each from 0 to 100."""
    given = [number for number in (weight.points, weight.cap) if number is not None]
    return bool(given) and all(0 <= number <= FULL for number in given)


def score_findings(findings: Iterable[Diagnostic], indicators: tuple[Indicator, ...] = INDICATORS) -> Score:
    """The score of what was found, waived findings left out by the caller.

    A fault found in two ways (an entry blank and overdue, a report late by two rules) costs once, where it costs most;
    where the cap is reached it costs nothing, and then elsewhere.
    """
    vetoes: set[str] = set()
    placed = [(place, finding) for finding in findings if (place := _place_of(finding, vetoes)) >= 0]
    placed.sort(key=lambda item: (-indicators[item[0]].points, item[0], item[1].span, item[1].code))
    counts = _count(placed, indicators)
    deductions = tuple(
        Deduction(indicator.name, count, _taken(indicator, count))
        for indicator, count in zip(indicators, counts, strict=True)
        if count
    )
    left = max(0, FULL - sum(item.points for item in deductions))
    return Score(left, deductions, tuple(sorted(vetoes)))


def _count(placed: list[tuple[int, Diagnostic]], indicators: tuple[Indicator, ...]) -> list[int]:
    """How many faults each indicator has; of a thing that several could count, the first counts that takes points for it."""
    counts = [0] * len(indicators)
    paid: set[tuple[str, ...]] = set()
    for place, finding in placed:
        thing = _thing_of(finding)
        if thing in paid:
            continue
        before = _taken(indicators[place], counts[place])
        counts[place] += int(dict(finding.facts)["count"]) if finding.code in _SUMS else 1
        if thing and _taken(indicators[place], counts[place]) > before:
            paid.add(thing)
    return counts


def _taken(indicator: Indicator, count: int) -> int:
    return min(indicator.cap, count * indicator.points)


def mean_points(scores: Iterable[Score]) -> float | None:
    """The mean of several departments, to one decimal; `None` of none."""
    points = [score.points for score in scores]
    return round(sum(points) / len(points), 1) if points else None


def _place_of(finding: Diagnostic, vetoes: set[str]) -> int:
    """Which indicator counts a finding, -1 if none; one that vetoes is noted there instead."""
    code, family = finding.code, finding.rule.family
    if code in VETOES:
        vetoes.add(code)
        return -1
    if code in _BY_CODE:
        return _BY_CODE[code]
    if finding.severity is Severity.NOTICE or code[2] not in _COUNTED or family in _NOT_COUNTED:
        return -1
    return _BY_FAMILY.get(family, len(INDICATORS) - 1)


def _thing_of(finding: Diagnostic) -> tuple[str, ...]:
    """What a finding that may come in several forms speaks of; empty for one that comes in one form only."""
    file = finding.span.file
    if finding.code in _LATE_ENTRY:
        return "entry", file, str(dict(finding.facts).get("id", ""))
    return ("document", file) if finding.code in _LATE_DOCUMENT else ()
