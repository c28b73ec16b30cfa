"""How long a notice must stay on view at least, where a law or regulation says so (法定最短公示、公告时间).

Only what stands in the text of the law itself: each row names its article. A matter that is not here has no minimum
that we know of. A row of a catalogue that names several of these matters at once is left alone.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from zwgk_site.statute.matters import Matter, Period, any_word_of, is_surely_shorter
from zwgk_site.statute.time_limit import TimeLimit

MinimumKey = Literal["recruits", "bidders", "sole_source", "land_notice", "land_compensation", "houses", "planning"]


class Minimum(msgspec.Struct, frozen=True):
    """One minimum: for which matter, how long, by which article."""

    key: MinimumKey
    matter: Matter
    period: Period
    article: str


MINIMUMS = (
    Minimum(
        "recruits",
        Matter((("公务员",), ("拟录用", "录用公示", "录用人员", "录用名单", "录用结果"))),
        Period(5, "working_day"),
        "《公务员法》第三十二条第一款",
    ),
    Minimum("bidders", Matter((("中标候选人",),)), Period(3, "day"), "《招标投标法实施条例》第五十四条第一款"),
    Minimum("sole_source", Matter((("单一来源",),)), Period(5, "working_day"), "《政府采购法实施条例》第三十八条"),
    Minimum(
        "land_notice",
        Matter((("预公告",), ("征收", "征地"))),
        Period(10, "working_day"),
        "《土地管理法实施条例》第二十六条第二款",
    ),
    Minimum(
        "land_compensation",
        Matter((("征地补偿安置方案", "征地补偿安置公告"),), ("批准后", "房屋征收")),
        Period(30, "day"),
        "《土地管理法实施条例》第二十八条第一款",
    ),
    Minimum(
        "houses",
        Matter((("房屋征收",), ("补偿方案",), ("征求", "公布", "论证", "草案")), ("补偿决定",)),
        Period(30, "day"),
        "《国有土地上房屋征收与补偿条例》第十条第二款",
    ),
    Minimum(
        "planning",
        Matter(
            (
                ("城乡规划", "城市总体规划", "镇总体规划", "控制性详细规划", "乡规划", "村庄规划", "城镇体系规划"),
                ("草案", "批前"),
            ),
            ("设计方案", "修建性", "建设工程", "总平面", "国土空间", "土地利用"),
        ),
        Period(30, "day"),
        "《城乡规划法》第二十六条第一款",
    ),
)


_WORDS = any_word_of(minimum.matter for minimum in MINIMUMS)


def minimum_for(text: str) -> Minimum | None:
    """The one minimum that a text falls under; none if it names no such matter, or more than one."""
    if not _WORDS.search(text):
        return None
    found = [minimum for minimum in MINIMUMS if minimum.matter.is_named_in(text)]
    return found[0] if len(found) == 1 else None


def is_too_short(limit: TimeLimit, minimum: Minimum) -> bool:
    """Whether what a limit says of the time on view stays below the minimum; it may say nothing of it."""
    shown = [Period(part.amount, part.unit) for part in (limit, *limit.parts) if part.kind == "display"]
    return bool(shown) and all(is_surely_shorter(period, minimum.period) for period in shown)
