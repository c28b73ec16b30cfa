"""Which laws mean working days where they write 日 (期间的计算): a small table, each row with its source."""

from __future__ import annotations

import msgspec


class DayRule(msgspec.Struct, frozen=True):
    """What 日 means in one law (日的含义): `amounts` are working days; empty means every number of them."""

    law: str
    amounts: tuple[int, ...]
    source: str


DAY_RULES = (
    DayRule("行政处罚法", (2, 3, 5, 7), "《行政处罚法》第八十五条"),
    DayRule("行政许可法", (), "《行政许可法》第八十二条"),
    DayRule("行政复议法", (3, 5, 7, 10), "《行政复议法》第八十八条"),
)
"""Every other law, 《预算法》 among them, means calendar days (民法典第200条, 第201条)."""


def day_rule(amount: int, basis: tuple[str, ...]) -> DayRule | None:
    """The rule by which `amount` 日 are working days, if one of the laws in `basis` says so."""
    for rule in DAY_RULES:
        if (not rule.amounts or amount in rule.amounts) and any(rule.law in words for words in basis):
            return rule
    return None
