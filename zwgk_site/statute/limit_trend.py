"""Whether a 公开时限 that was rewritten now asks for more or for less. Silent where two limits can't be compared for sure."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from zwgk_site.statute.statutory_maximum import COUNTED_FROM
from zwgk_site.statute.time_limit import TimeLimit, Unit

Trend = Literal["", "shorter", "longer", "earlier", "later", "oftener", "rarer", "shown_longer", "shown_shorter"]
TREND_WORDS: dict[Trend, tuple[str, str]] = {
    "shorter": ("时限缩短", "less time"),
    "longer": ("时限延长", "more time"),
    "earlier": ("期限提前", "due earlier"),
    "later": ("期限推后", "due later"),
    "oftener": ("公开更勤", "more often"),
    "rarer": ("公开间隔拉长", "less often"),
    "shown_longer": ("公开时间加长", "shown for longer"),
    "shown_shorter": ("公开时间缩短", "shown for less long"),
}
OPPOSITE: dict[Trend, Trend] = {
    "": "", "shorter": "longer", "longer": "shorter", "earlier": "later", "later": "earlier", "oftener": "rarer",
    "rarer": "oftener", "shown_longer": "shown_shorter", "shown_shorter": "shown_longer",
}  # fmt: skip
SURE = 60
"""A limit read with less confidence is not compared."""
# Days that a unit lasts, at least and at most.
_DAYS: dict[Unit, tuple[float, float]] = {
    "": (0, 0), "hour": (1 / 24, 1 / 24), "day": (1, 1), "week": (7, 7), "month": (28, 31), "quarter": (90, 92), "year": (365, 366),
}  # fmt: skip
_Span = tuple[float, float]


def compare_limits(before: TimeLimit, after: TimeLimit) -> Trend:
    """What became of a limit: `shorter` leaves less time to publish, `oftener` asks for it at shorter intervals."""
    if min(before.confidence, after.confidence) < SURE:
        return ""
    if before.kind == after.kind == "combined":
        return _compare_parts(before.parts, after.parts)
    old, new = _plain(before), _plain(after)
    if old.kind == new.kind == "annual":
        return _compare_days(old, new)
    if {old.kind, new.kind} <= {"annual", "periodic"}:
        return _choose(_interval(old), _interval(new), "oftener", "rarer")
    if old.kind != new.kind or not _same_event(old, new):
        return ""
    return _of_one_kind(old, new)


def _of_one_kind(old: TimeLimit, new: TimeLimit) -> Trend:
    if old.kind == "within":
        return _choose_amount(old, new, "shorter", "longer")
    if old.kind == "before":
        return _choose_amount(old, new, "later", "earlier")
    if old.kind in ("display", "retention") and old.amount and new.amount:
        return _choose_amount(old, new, "shown_shorter", "shown_longer")
    return _compare_days(old, new) if old.kind == "once" else ""


def _compare_parts(before: tuple[TimeLimit, ...], after: tuple[TimeLimit, ...]) -> Trend:
    """Of limits with several parts, where all that differ have gone the same way."""
    if len(before) != len(after):
        return ""
    moved = [pair for pair in zip(before, after, strict=True) if replace(pair[0], text="") != replace(pair[1], text="")]
    trends = {compare_limits(old, new) for old, new in moved}
    return trends.pop() if len(trends) == 1 else ""


def _plain(limit: TimeLimit) -> TimeLimit:
    """At once is within no time; nothing written is what the law says (条例第26条)."""
    if limit.kind == "immediate":
        return TimeLimit("within", limit.text, anchor="形成或变更")
    return replace(limit, kind="within") if limit.kind == "empty" else limit


def _same_event(old: TimeLimit, new: TimeLimit) -> bool:
    if old.anchor in COUNTED_FROM and new.anchor in COUNTED_FROM:
        return True
    return (old.anchor, old.event) == (new.anchor, new.event)


def _choose_amount(old: TimeLimit, new: TimeLimit, less: Trend, more: Trend) -> Trend:
    if old.unit == new.unit:
        return _choose((old.amount, old.amount), (new.amount, new.amount), less, more)
    return _choose(_span(old.amount, old.unit), _span(new.amount, new.unit), less, more)


def _choose(old: _Span, new: _Span, less: Trend, more: Trend) -> Trend:
    """`less` if the new span is shorter whatever the calendar says, `more` if it is longer."""
    if new[1] < old[0]:
        return less
    return more if new[0] > old[1] else ""


def _span(amount: int, unit: Unit) -> _Span:
    """In days, at least and at most: working days without a weekend, or with every weekend and the longest holiday (8 days)."""
    if unit == "working_day":
        return amount, amount + (amount // 5 + 1) * 2 + 8
    least, most = _DAYS[unit]
    return amount * least, amount * most


def _interval(limit: TimeLimit) -> _Span:
    return _DAYS["year"] if limit.kind == "annual" else _span(limit.amount, limit.unit)


def _compare_days(old: TimeLimit, new: TimeLimit) -> Trend:
    """By the last day; the years that they speak of must be the same."""
    if old.kind == "annual" and old.year_offset != new.year_offset:
        return ""
    before, after = (old.year, old.month, old.day), (new.year, new.month, new.day)
    if before == after:
        return ""
    return "earlier" if after < before else "later"
