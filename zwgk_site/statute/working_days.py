"""Working days: weekends and the State Council's holidays off, the days worked in exchange (调休) not.

Counting a period is here too: the first day does not count (民法典第201条), months end on the same day or the month's
last (第202条), and a period of calendar days that ends on a day of rest ends on the next working day (第203条).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import msgspec


class HolidayNotice(msgspec.Struct, frozen=True):
    """The days that a notice (放假安排) names for `year`, ISO text; where it revises what was known, the notice holds."""

    year: int
    days_off: tuple[str, ...] = ()
    days_worked: tuple[str, ...] = ()


class Counted(NamedTuple):
    """A day reached by counting; `provisional` if a year without a notice was counted by weekends (暂按周末推算)."""

    day: date
    provisional: bool


class WorkCalendar:
    """Which days are worked (工作日历): the library's years, a site's own notices over them, else weekends.

    One object serves a whole build: each year is worked out once, on first use.
    """

    __slots__ = ("_known", "_notices", "_years")

    def __init__(self, notices: tuple[HolidayNotice, ...] = ()) -> None:
        """Later notices revise earlier ones; days that are no ISO dates are left out."""
        self._notices = notices
        self._years: dict[int, list[int]] = {}
        self._known: dict[int, bool] = {}

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day."""
        days = self.workdays(day.year)
        wanted = day.toordinal()
        place = bisect_left(days, wanted)
        return place < len(days) and days[place] == wanted

    def is_known(self, year: int) -> bool:
        """Whether the holidays of the year have been announced, as far as we know."""
        known = self._known.get(year)
        if known is None:
            known = year in _library_years() or any(notice.year == year for notice in self._notices)
            self._known[year] = known
        return known

    def workdays(self, year: int) -> list[int]:
        """The year's working days as ordinals, in order; not to be changed."""
        days = self._years.get(year)
        if days is None:
            days = self._years[year] = self._work_out(year)
        return days

    def _work_out(self, year: int) -> list[int]:
        off, worked = (set(days) for days in _library_years().get(year, (frozenset(), frozenset())))
        for notice in self._notices:
            new_off, new_worked = _ordinals(notice.days_off, year), _ordinals(notice.days_worked, year)
            off = (off - new_worked) | new_off
            worked = (worked - new_off) | new_worked
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        # Ordinal 1 is a Monday.
        return [day for day in range(first, last + 1) if day in worked or ((day - 1) % 7 < 5 and day not in off)]


STANDARD = WorkCalendar()
"""Without notices of a site."""


def add_working_days(start: date, count: int, calendar: WorkCalendar = STANDARD) -> Counted:
    """The last day of a period of `count` working days after `start`, which does not count (民法典第201条).

    A negative count goes back: the working day so many before `start`. Zero is `start` itself. Never beyond the
    years 1 and 9999.
    """
    if count < 0:
        return _subtract_working_days(start, -count, calendar)
    year = start.year
    days = calendar.workdays(year)
    place = bisect_right(days, start.toordinal()) + count - 1
    if not count:
        return Counted(start, provisional=False)
    provisional = not calendar.is_known(year)
    while place >= len(days):
        if year == date.max.year:
            return Counted(date.max, provisional=True)
        place -= len(days)
        year += 1
        days = calendar.workdays(year)
        provisional = provisional or not calendar.is_known(year)
    return Counted(date.fromordinal(days[place]), provisional)


def _subtract_working_days(start: date, count: int, calendar: WorkCalendar) -> Counted:
    year = start.year
    days = calendar.workdays(year)
    place = bisect_left(days, start.toordinal()) - count
    provisional = not calendar.is_known(year)
    while place < 0:
        if year == date.min.year:
            return Counted(date.min, provisional=True)
        year -= 1
        days = calendar.workdays(year)
        place += len(days)
        provisional = provisional or not calendar.is_known(year)
    return Counted(date.fromordinal(days[place]), provisional)


def working_days_between(first: date, last: date, calendar: WorkCalendar = STANDARD) -> int:
    """How many working days lie after `first`, up to and with `last`; negative if `last` is the earlier one."""
    if last < first:
        return -working_days_between(last, first, calendar)
    before = bisect_right(calendar.workdays(first.year), first.toordinal())
    until = bisect_right(calendar.workdays(last.year), last.toordinal())
    return until - before + sum(len(calendar.workdays(year)) for year in range(first.year, last.year))


def next_workday(day: date, calendar: WorkCalendar = STANDARD) -> Counted:
    """The day itself if it is worked, else the next that is (民法典第203条)."""
    if calendar.is_workday(day):
        return Counted(day, not calendar.is_known(day.year))
    return add_working_days(day, 1, calendar)


def add_days(start: date, count: int, calendar: WorkCalendar = STANDARD) -> Counted:
    """The last day of a period of calendar days after `start`; a day of rest gives way to the next working day."""
    return next_workday(shift_days(start, count), calendar)


def add_months(start: date, count: int, calendar: WorkCalendar = STANDARD) -> Counted:
    """The last day of a period of months after `start` (民法典第202条, 第203条)."""
    return next_workday(shift_months(start, count), calendar)


def shift_days(start: date, count: int) -> date:
    """So many calendar days later (earlier if negative), within the years 1 to 9999."""
    try:
        return start + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min


def shift_months(start: date, count: int) -> date:
    """The same day so many months later, or that month's last day (民法典第202条)."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if count > 0 else date.min
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=1)
def _library_years() -> dict[int, tuple[frozenset[int], frozenset[int]]]:
    """Days off and days worked of each year that the library knows, as ordinals.

    A year is known once its National Day is: days at New Year may come from the notice of the year beside it.
    """
    import chinese_calendar  # type: ignore[import-untyped]  # it has no types

    off: dict[int, set[int]] = {}
    worked: dict[int, set[int]] = {}
    for day in chinese_calendar.holidays:
        off.setdefault(day.year, set()).add(day.toordinal())
    for day in chinese_calendar.workdays:
        worked.setdefault(day.year, set()).add(day.toordinal())
    return {
        year: (frozenset(days), frozenset(worked.get(year, ())))
        for year, days in off.items()
        if date(year, 10, 1).toordinal() in days
    }


def _ordinals(days: tuple[str, ...], year: int) -> set[int]:
    found = set()
    for text in days:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            continue
        if day.year == year:
            found.add(day.toordinal())
    return found
