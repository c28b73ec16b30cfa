"""A 公开时限 as a typed value: what it demands, in which unit, counted from what. Reading it is `limit_parser`'s duty."""

from __future__ import annotations

from typing import Literal

import msgspec

LimitKind = Literal[
    "within", "before", "display", "retention", "immediate", "periodic", "annual", "once",
    "combined", "inherited", "empty", "unknown",
]  # fmt: skip
Unit = Literal["", "working_day", "day", "hour", "week", "month", "quarter", "year"]
Anchor = Literal[
    "", "形成", "变更", "形成或变更", "制定或获取", "制定", "获取", "批准", "批复", "决定", "公布", "收到", "收到申请", "受理", "实施",
    "听证", "会议", "检查结束", "公示期满", "印发", "审核", "办结", "备案", "登记", "签订", "验收", "发生", "开始",
    "结束", "月度终了", "季度终了", "半年终了", "年度终了", "任期", "其他",
]  # fmt: skip

DEFAULT_DAYS = 20
"""Working days where a row says nothing (条例第26条)."""
STATUTORY_LIMIT = f"自信息形成或者变更之日起{DEFAULT_DAYS}个工作日内"
"""The same in the words of the law, as a catalogue has it."""


class TimeLimit(msgspec.Struct, frozen=True, omit_defaults=True):
    """The time within which something is to be published (公开时限).

    `text` is what was written, always. By `kind`:

    * `within`, `before`: `amount` `unit`s after or before the event `anchor` (`event`: its words as written);
    * `display`: at least so long on view (公示期); `retention`: at most so long, or, without amount, as `event` says;
    * `immediate`: at once, the word in `event` (即时, 及时, 同步 …);
    * `periodic`: every `amount` `unit`s. A deadline inside the period is `month` (from 1, may pass the period's end)
      and `day`; or `grace` `grace_unit`s after its end. Without either the period runs from the last publication;
    * `annual`: by `month`-`day` of each year, from `from_month`-`from_day` if given, about the year `year_offset` away
      (-1: 上一年度); `once`: by one day, `year`-`month`-`day`;
    * `combined`: `parts`; `inherited`: as something else says (同上, 从其规定); `empty`: nothing written, or a dash:
      the twenty working days of 条例第26条; `unknown`: not read, `understood` has the pieces that were.

    `day` 31 means the month's last day. `confidence` is 0 to 100: below 60 somebody should look at it.
    `lawful_unit`: 日 was read as working days because the law it rests on says so. `yields_to_law`: the words add
    that other limits of law take precedence (另有规定的，从其规定).
    """

    kind: LimitKind
    text: str
    amount: int = 0
    unit: Unit = ""
    anchor: Anchor = ""
    event: str = ""
    month: int = 0
    day: int = 0
    year: int = 0
    from_month: int = 0
    from_day: int = 0
    year_offset: int = 0
    grace: int = 0
    grace_unit: Unit = ""
    parts: tuple[TimeLimit, ...] = ()
    understood: str = ""
    confidence: int = 100
    lawful_unit: bool = False
    yields_to_law: bool = False

    @property
    def is_default(self) -> bool:
        """Whether the law's own limit stands in for one that was not written."""
        return self.kind == "empty"
