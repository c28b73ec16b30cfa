"""How late at most a matter may be published, where a law or regulation sets another time than 条例第26条.

Only laws and regulations (法律、法规) stand here, for 条例第26条 yields to no other. A limit is compared when it runs from
the same event as the law's, or, for what comes out once a year, by its date.
"""

from __future__ import annotations

import msgspec

from zwgk_site.statute.matters import Matter, Period, any_word_of, is_surely_shorter
from zwgk_site.statute.time_limit import TimeLimit


class Maximum(msgspec.Struct, frozen=True):
    """The law's own time for a matter: `period` after one of `anchors` whose words hold `event`, or each year by `yearly` (month, day).

    `duty` and `duty_en` say it in words, `example` is how a row should say it.
    """

    matter: Matter
    article: str
    duty: str
    duty_en: str
    example: str
    anchors: tuple[str, ...] = ()
    event: str = ""
    period: Period | None = None
    yearly: tuple[int, int] | None = None


_BUDGETS = (
    "政府预算", "政府决算", "部门预算", "部门决算", "单位预算", "单位决算", "财政预算", "财政决算", "财政预决算",
    "预算公开", "决算公开", "预决算公开",
)  # fmt: skip
MAXIMUMS = (
    Maximum(
        Matter((_BUDGETS,)), "《预算法》第十四条",
        "预算、决算应当在批准或者批复后20日内公开", "budgets and final accounts come out within 20 days of approval",
        "批准后20日内", ("批准", "批复"), "", Period(20, "day"),
    ),
    Maximum(
        Matter((("征收土地公告", "土地征收公告", "征地公告"),), ("预公告",)), "《土地管理法实施条例》第三十一条",
        "征收土地公告应当自收到批准文件之日起15个工作日内发布",
        "the notice of taking land comes out within 15 working days of receipt of the approval",
        "自收到批准文件之日起15个工作日内", ("收到", "批准", "批复"), "批", Period(15, "working_day"),
    ),
    Maximum(
        Matter((("地名命名", "地名更名", "地名的命名", "标准地名"),)), "《地名管理条例》第十四条",
        "地名应当自批准之日起15日内公告", "names of places are announced within 15 days of approval",
        "自批准之日起15日内", ("批准", "备案"), "", Period(15, "day"),
    ),
    Maximum(
        Matter((("中标候选人",),)), "《招标投标法实施条例》第五十四条第一款",
        "中标候选人应当自收到评标报告之日起3日内公示",
        "candidates are shown within 3 days of receipt of the report of the evaluation",
        "自收到评标报告之日起3日内公示，公示期不少于3日", ("收到",), "评标", Period(3, "day"),
    ),
    Maximum(
        Matter((("采购合同",),)), "《政府采购法实施条例》第五十条",
        "政府采购合同应当自签订之日起2个工作日内公告",
        "contracts of procurement come out within 2 working days of signing",
        "自合同签订之日起2个工作日内", ("签订",), "", Period(2, "working_day"),
    ),
    Maximum(
        Matter((("信息公开",), ("年度报告", "年报"))), "条例第49条第二款",
        "政府信息公开工作年度报告最迟应当在3月31日前公布，部门的在1月31日前",
        "annual reports on disclosure come out by 31 March at the latest, those of departments by 31 January",
        "每年1月31日前", yearly=(3, 31),
    ),
)  # fmt: skip


_WORDS = any_word_of(maximum.matter for maximum in MAXIMUMS)


def maximum_exceeded(text: str, limit: TimeLimit) -> Maximum | None:
    """The law's own time that a limit exceeds, for the matter that a text names; none where nothing can be compared."""
    if not _WORDS.search(text):
        return None
    return next(
        (maximum for maximum in MAXIMUMS if maximum.matter.is_named_in(text) and _exceeds(limit, maximum)), None
    )


def _exceeds(limit: TimeLimit, maximum: Maximum) -> bool:
    if maximum.yearly is not None:
        return limit.kind == "annual" and (limit.month, limit.day) > maximum.yearly
    return any(
        part.anchor in maximum.anchors
        and maximum.event in part.event
        and bool(part.unit)
        and maximum.period is not None
        and is_surely_shorter(maximum.period, Period(part.amount, part.unit))
        for part in (limit, *limit.parts)
        if part.kind == "within"
    )
