"""The day that a time limit leads to, counted from a day that is given; and how it was counted."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

import msgspec

from zwgk_site.statute.periods import (
    MONTHS_IN,
    Window,
    day_in_month,
    end_of_period,
    follows_period,
    recurs_by_window,
    window_after,
)
from zwgk_site.statute.time_limit import TimeLimit
from zwgk_site.statute.working_days import Counted, WorkCalendar, add_working_days, shift_days, shift_months

Reason = Literal[
    "start_not_counted", "working_days", "calendar_days", "moved", "hours", "counted_back", "statutory", "on_view"
]
"""start_not_counted: 民法典第201条; working_days: days off left out, weekend days worked included; calendar_days: days off
counted too; moved: the last day was a day off, so the next working day counts (民法典第203条); hours: from the very hour, days off or not (第201条第二款); counted_back: before an
event; statutory: nothing was written, so 条例第26条 counts; on_view: the day until which something is to be on view."""


_HOW: dict[str, tuple[Reason, ...]] = {"working_day": ("start_not_counted", "working_days"), "hour": ("hours",)}


class Due(msgspec.Struct, frozen=True):
    """Where counting ends (应公开日期): `day` is `None` if the limit leads to no day; `reasons` in the order of counting."""

    day: date | None = None
    provisional: bool = False
    reasons: tuple[Reason, ...] = ()


@lru_cache(maxsize=1 << 12)
def due_on(limit: TimeLimit, start: date, calendar: WorkCalendar) -> Due:
    """The last day by `limit`, counted from `start`: the day of the event, or of the last publication.

    `annual`, and what has a deadline in each period: the first such day on or after `start`. Of several parts: the
    first that demands publication within a time, else the first that leads to a day.
    """
    if limit.kind == "combined":
        return _first_of(limit, start, calendar)
    if recurs_by_window(limit):
        window = _next_turn(limit, start, calendar)
        return Due(window.due.day, window.due.provisional)
    if limit.kind == "before" and limit.amount:
        return _counted_back(limit, start, calendar)
    if limit.kind in ("within", "display", "periodic", "empty", "retention") and limit.unit and limit.amount:
        return _counted(limit, start, calendar)
    return Due(_plain_day(limit, start))


def is_same_day(limit: TimeLimit) -> bool:
    """Whether it demands publication on the very day: 当日, 当天, 当场."""
    return limit.kind == "immediate" and limit.event.startswith(("当日", "当天", "当场"))


def _plain_day(limit: TimeLimit, start: date) -> date | None:
    """The day of a limit that needs no counting, if it names one."""
    if limit.kind == "once" and limit.year:
        return day_in_month(limit.year, limit.month or 12, limit.day or 31)
    return start if is_same_day(limit) else None


def _first_of(limit: TimeLimit, start: date, calendar: WorkCalendar) -> Due:
    demands = sorted(limit.parts, key=lambda part: part.kind not in ("within", "empty"))
    found = (due_on(part, start, calendar) for part in demands)
    return next((due for due in found if due.day), Due())


def _next_turn(limit: TimeLimit, start: date, calendar: WorkCalendar) -> Window:
    """The first turn whose last day is not before `start`; of what follows a period, that of the period of `start`."""
    if follows_period(limit):
        return window_after(limit, start, calendar)
    years = 2 * max(limit.amount, 1) if limit.unit in ("", "year") else 1 + max(limit.amount, 1) // 4
    window = window_after(limit, shift_months(start, -12 * min(years, 200)), calendar)
    while window.due.day < start and window.opens.year < 9990:
        window = window_after(limit, window.opens, calendar)
    return window


def _counted(limit: TimeLimit, start: date, calendar: WorkCalendar) -> Due:
    due = end_of_period(start, limit.amount, limit.unit, calendar)
    reasons: list[Reason] = ["statutory"] if limit.kind == "empty" else []
    reasons += _HOW.get(limit.unit, ("start_not_counted", "calendar_days"))
    if limit.unit not in _HOW and not calendar.is_workday(_before_moving(limit, start)):
        reasons.append("moved")
    if limit.kind in ("display", "retention"):
        reasons.append("on_view")
    return Due(due.day, due.provisional, tuple(reasons))


def _before_moving(limit: TimeLimit, start: date) -> date:
    """Where a period of calendar days ends before a day off gives way."""
    amount = min(limit.amount, 10**6)
    if limit.unit in MONTHS_IN:
        return shift_months(start, amount * MONTHS_IN[limit.unit])
    return shift_days(start, amount * 7 if limit.unit == "week" else amount)


def _counted_back(limit: TimeLimit, event: date, calendar: WorkCalendar) -> Due:
    """So long before the event, which does not count itself; a day off stays, as a later day would be too late."""
    amount = min(limit.amount, 10**6)
    if limit.unit == "working_day":
        found = add_working_days(event, -amount, calendar)
    elif limit.unit in MONTHS_IN:
        found = Counted(shift_months(event, -amount * MONTHS_IN[limit.unit]), provisional=False)
    else:
        days = {"week": amount * 7, "hour": -(-amount // 24)}.get(limit.unit, amount)
        found = Counted(shift_days(event, -days), provisional=False)
    return Due(found.day, found.provisional, ("counted_back",))
