"""Matters for which a law fixes a period of their own, known by words in a row or a title; and periods compared safely.

Recognition is careful: every group must be named, nothing that is excluded may be. Two units are compared by the
bounds of what they can last, so that a doubt is no finding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.statute.time_limit import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAYS = {"day": 1, "week": 7, "month": 28, "quarter": 89, "year": 365}
_WEEK = 5


class Matter(msgspec.Struct, frozen=True):
    """What a law speaks of (事项): one word of every group of `every` must stand in a text, none of `never`."""

    every: tuple[tuple[str, ...], ...]
    never: tuple[str, ...] = ()

    def is_named_in(self, text: str) -> bool:
        """Whether a text is about this matter."""
        return all(any(word in text for word in group) for group in self.every) and not any(
            word in text for word in self.never
        )


def any_word_of(matters: Iterable[Matter]) -> re.Pattern[str]:
    """What a text has somewhere if it names one of the matters; most texts name none, and are done with at once."""
    words = sorted({word for matter in matters for word in matter.every[0]})
    return re.compile("|".join(map(re.escape, words)))


class Period(msgspec.Struct, frozen=True):
    """A length of time: so many units."""

    amount: int
    unit: Unit


def is_surely_shorter(period: Period, other: Period) -> bool:
    """Whether `period` ends before `other` wherever both begin, public holidays aside."""
    if period.unit == other.unit:
        return period.amount < other.amount
    if other.unit == "working_day":
        return _most_working_days(period) < other.amount
    return _most_days(period) < _least_days(other)


def _most_working_days(period: Period) -> int:
    """The working days that lie at most in a period of days: none of them may be a weekend if it is short."""
    days = _most_days(period)
    return days // 7 * _WEEK + min(days % 7, _WEEK)


def _most_days(period: Period) -> int:
    if period.unit == "working_day":
        return period.amount + 2 * -(-period.amount // _WEEK)
    if period.unit == "hour":
        return -(-period.amount // 24)
    return period.amount * {"month": 31, "quarter": 92, "year": 366}.get(period.unit, _DAYS.get(period.unit, 0))


def _least_days(period: Period) -> int:
    if period.unit == "working_day":
        return period.amount + 2 * ((period.amount - 1) // _WEEK)
    if period.unit == "hour":
        return period.amount // 24
    return period.amount * _DAYS.get(period.unit, 0)
