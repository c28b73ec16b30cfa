"""The day of a build, and when an answer given on it would be another one."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache


class DayWatch:
    """What day it is (当天), asked so that it is known when to ask again.

    Whoever compares a date with today asks here; `next_change_on` is then the first later day (or moment) on which one
    of the answers given so far would differ, and until that day nothing need be asked again.
    """

    def __init__(self, moment: str) -> None:
        """`moment` as in `BuildRequest`: `2026-11-21 09:30`."""
        self.moment = moment
        self.today = moment[:10]
        self.next_change_on = ""

    def has_come(self, day: str) -> bool:
        """Whether a day, or a moment, is today or past; an empty one never comes."""
        if not day:
            return False
        now = self.moment if len(day) > 10 else self.today
        if day <= now:
            return True
        self.note(day)
        return False

    def is_over(self, day: str) -> bool:
        """Whether the whole of `day` (ISO) is past."""
        return bool(day) and self.has_come(days_after(day, 1))

    def note(self, day: str) -> None:
        """That something will differ from `day` on."""
        if day and day > self.moment[: len(day)] and (not self.next_change_on or day < self.next_change_on):
            self.next_change_on = day


@lru_cache(maxsize=1 << 16)
def days_after(day: str, days: int) -> str:
    """The day `days` calendar days after `day` (before it if negative), ISO text; never beyond the years 1 and 9999."""
    try:
        return (date.fromisoformat(day[:10]) + timedelta(days=days)).isoformat()
    except OverflowError:
        return (date.max if days > 0 else date.min).isoformat()
