"""Where a period ends, in any unit, and the windows in which what recurs must be published."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from zwgk_site.statute.time_limit import TimeLimit, Unit
from zwgk_site.statute.working_days import (
    Counted,
    WorkCalendar,
    add_days,
    add_months,
    add_working_days,
    shift_days,
    shift_months,
)

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
RECURRING_ANCHORS = {"月度终了": 1, "季度终了": 3, "半年终了": 6, "年度终了": 12}
"""Months of the period at whose end these limits begin to run."""


class Window(msgspec.Struct, frozen=True):
    """One turn of what recurs (公开时段): a publication from `opens` on counts for it, and `due` is its last day."""

    opens: date
    due: Counted


def end_of_period(start: date, amount: int, unit: Unit, calendar: WorkCalendar) -> Counted:
    """The last day of `amount` `unit`s after `start`, which does not count itself (《民法典》第201条至第203条).

    Hours are rounded up to days, as publications have no better date; they run on over days off (第201条第二款).
    """
    amount = min(amount, 10**6)
    if unit == "working_day":
        return add_working_days(start, amount, calendar)
    if unit in MONTHS_IN:
        return add_months(start, amount * MONTHS_IN[unit], calendar)
    if unit == "hour":
        return Counted(shift_days(start, -(-amount // 24)), provisional=False)
    return add_days(start, amount * 7 if unit == "week" else amount, calendar)


def recurs_by_window(limit: TimeLimit) -> bool:
    """Whether the limit has turns of the calendar (a year, a quarter), each with its own last day."""
    if limit.kind == "periodic":
        return limit.unit in (*MONTHS_IN, "week") and bool(limit.day or limit.grace)
    return (limit.kind == "annual" and bool(limit.month)) or is_after_a_period(limit)


def is_after_a_period(limit: TimeLimit) -> bool:
    """Whether it runs from the end of each year, quarter or month: 年度终了后20日内."""
    return limit.kind == "within" and limit.anchor in RECURRING_ANCHORS


def follows_period(limit: TimeLimit) -> bool:
    """Whether its last days lie after the end of the period that they are about: 每季度末后15日内, 次月10日前."""
    if is_after_a_period(limit) or limit.grace:
        return True
    return limit.kind == "periodic" and limit.month > MONTHS_IN.get(limit.unit, 12) * max(limit.amount, 1)


def window_after(limit: TimeLimit, day: date, calendar: WorkCalendar) -> Window:
    """The first turn that opens after `day`; only for what `recurs_by_window`."""
    return next(window for window in _windows(limit, day, calendar) if window.opens > day)


def window_on(limit: TimeLimit, day: date, calendar: WorkCalendar) -> Window:
    """The turn that is due on `day` or is the next to be; only for what `recurs_by_window`."""
    return next(window for window in _windows(limit, day, calendar) if window.due.day >= day)


def _windows(limit: TimeLimit, day: date, calendar: WorkCalendar) -> Iterator[Window]:
    """Turns in order, the first of them open on `day` or before, as far as there are years."""
    if limit.kind == "annual":
        for year in range(max(day.year - 1, 1), 9999):
            yield _annual_window(limit, year)
        return
    if limit.unit == "week" and not is_after_a_period(limit):
        yield from _week_windows(limit, day, calendar)
        return
    months = RECURRING_ANCHORS.get(limit.anchor, 0) or max(limit.amount, 1) * MONTHS_IN[limit.unit]
    start = _period_start(day, months)
    while start.year < 9990:
        yield _period_window(limit, start, months, calendar)
        start = shift_months(start, months)


def _week_windows(limit: TimeLimit, day: date, calendar: WorkCalendar) -> Iterator[Window]:
    """Turns of weeks, which begin on Mondays."""
    length = timedelta(7 * min(max(limit.amount, 1), 500))
    start = shift_days(day, -day.weekday()) - length
    while start.year < 9970:
        end = start + length
        if limit.grace:
            yield Window(end, end_of_period(end - timedelta(1), limit.grace, limit.grace_unit, calendar))
        else:
            yield Window(start, Counted(start + timedelta(min(limit.day, 7) - 1), provisional=False))
        start = end


def _annual_window(limit: TimeLimit, year: int) -> Window:
    """What a calendar year is to bring: from its first day, or the stated one, to the stated last one."""
    opens = day_in_month(year, limit.from_month or 1, limit.from_day or 1)
    due = day_in_month(year, limit.month, limit.day or 31)
    return Window(opens if opens <= due else date(year, 1, 1), Counted(due, provisional=False))


def _period_window(limit: TimeLimit, start: date, months: int, calendar: WorkCalendar) -> Window:
    """The turn of the period that begins on `start`; what comes after a period opens on the day after its end."""
    following = shift_months(start, months)
    if is_after_a_period(limit):
        return Window(following, end_of_period(following - timedelta(1), limit.amount, limit.unit, calendar))
    if limit.grace:
        return Window(following, end_of_period(following - timedelta(1), limit.grace, limit.grace_unit, calendar))
    month = shift_months(start, max(limit.month, 1) - 1)
    due = day_in_month(month.year, month.month, limit.day)
    return Window(following if due >= following else start, Counted(due, provisional=False))


def _period_start(day: date, months: int) -> date:
    """The first day of the period before the one in which `day` lies; periods begin with a year, as far as they divide it."""
    count = day.year * 12 + day.month - 1
    return shift_months(date(day.year, day.month, 1), count // months * months - months - count)


def day_in_month(year: int, month: int, day: int) -> date:
    """A day of a month, its last one if the month is shorter."""
    month = min(max(month, 1), 12)
    return date(year, month, min(max(day, 1), monthrange(year, month)[1]))
