"""Working days against the State Council's notices of 2019 to 2026, written here from the notices themselves."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwgk_site.statute.working_days import (
    HolidayNotice,
    WorkCalendar,
    add_days,
    add_months,
    add_working_days,
    next_workday,
    shift_days,
    shift_months,
    working_days_between,
)

# One row a notice (国务院办公厅关于部分节假日安排的通知) or its revision in the year itself: days off (MM-DD or MM-DD..MM-DD), days worked in exchange. A later row of a year revises it.
NOTICES = {
    2019: [
        ("notice", "01-01 02-04..02-10 04-05..04-07 05-01 06-07..06-09 09-13..09-15 10-01..10-07",
         "02-02 02-03 09-29 10-12"),
        ("revision", "05-01..05-04", "04-28 05-05"),
    ],
    2020: [
        ("notice", "01-01 01-24..01-30 04-04..04-06 05-01..05-05 06-25..06-27 10-01..10-08",
         "01-19 02-01 04-26 05-09 06-28 09-27 10-10"),
        ("revision", "01-31..02-02", ""),
    ],
    2021: [
        ("notice", "01-01..01-03 02-11..02-17 04-03..04-05 05-01..05-05 06-12..06-14 09-19..09-21 10-01..10-07",
         "02-07 02-20 04-25 05-08 09-18 09-26 10-09"),
    ],
    2022: [
        ("notice", "01-01..01-03 01-31..02-06 04-03..04-05 04-30..05-04 06-03..06-05 09-10..09-12 10-01..10-07",
         "01-29 01-30 04-02 04-24 05-07 10-08 10-09"),
    ],
    2023: [
        ("notice", "01-01 01-02 01-21..01-27 04-05 04-29..05-03 06-22..06-24 09-29..10-06",
         "01-28 01-29 04-23 05-06 06-25 10-07 10-08"),
    ],
    2024: [
        ("notice", "01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07",
         "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12"),
    ],
    2025: [
        ("notice", "01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08",
         "01-26 02-08 04-27 09-28 10-11"),
    ],
    2026: [
        ("notice", "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07",
         "01-04 02-14 02-28 05-09 09-20 10-10"),
    ],
}  # fmt: skip
FIRST, LAST = date(2019, 1, 1), date(2026, 12, 31)


def _days(year: int, words: str) -> set[date]:
    found = set()
    for word in words.split():
        start, _, end = word.partition("..")
        day, last = date.fromisoformat(f"{year}-{start}"), date.fromisoformat(f"{year}-{end or start}")
        while day <= last:
            found.add(day)
            day += timedelta(days=1)
    return found


def _expected_workdays() -> set[date]:
    off, worked = set(), set()
    for year, notices in NOTICES.items():
        for _, words_off, words_worked in notices:
            new_off, new_worked = _days(year, words_off), _days(year, words_worked)
            off, worked = (off - new_worked) | new_off, (worked - new_off) | new_worked
    every = [FIRST + timedelta(days=number) for number in range((date(2027, 12, 31) - FIRST).days + 1)]
    return {day for day in every if day in worked or (day.weekday() < 5 and day not in off)}


def test_the_library_agrees_with_the_notices_day_by_day() -> None:
    expected = _expected_workdays()
    day = FIRST
    while day <= LAST:
        assert chinese_calendar.is_workday(day) == (day in expected), day
        day += timedelta(days=1)


def test_every_start_from_2019_to_2026_and_1_to_60_working_days() -> None:
    """Counted once more, plainly: the n-th worked day after the start, from a running number of worked days."""
    expected = _expected_workdays()
    every = [FIRST + timedelta(days=number) for number in range((date(2027, 12, 31) - FIRST).days + 1)]
    worked = sorted(expected)
    until = dict(zip(every, accumulate(day in expected for day in every), strict=True))
    calendar = WorkCalendar()
    checked = 0
    for start in every:
        if start > LAST:
            break
        for count in range(1, 61):
            want = worked[until[start] + count - 1]
            found = add_working_days(start, count, calendar)
            assert found == (want, want.year > 2026), (start, count)
            checked += 1
    assert checked == 2922 * 60


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2024-02-05", 3, "2024-02-08"),
        ("2025-01-17", 20, "2025-02-20"),
        ("2025-09-19", 20, "2025-10-23"),
        ("2026-01-30", 20, "2026-03-05"),
        ("2026-04-28", 7, "2026-05-11"),
        ("2026-09-18", 20, "2026-10-22"),
        ("2026-12-15", 7, "2026-12-24"),
        ("2026-10-23", 20, "2026-11-20"),
        ("2020-01-23", 1, "2020-02-03"),  # the extended spring festival
        ("2024-02-04", 1, "2024-02-05"),  # a worked Sunday, itself not counted
        ("2026-01-02", 1, "2026-01-04"),  # the day after the holiday is a worked Sunday
    ],
)
def test_known_periods(start: str, count: int, due: str) -> None:
    assert add_working_days(date.fromisoformat(start), count).day.isoformat() == due


def test_a_year_without_a_notice_is_counted_by_weekends_and_says_so() -> None:
    assert add_working_days(date(2026, 12, 31), 1) == (date(2027, 1, 1), True)
    assert add_working_days(date(2099, 6, 5), 1) == (date(2099, 6, 8), True)
    assert add_working_days(date(2026, 12, 28), 3) == (date(2026, 12, 31), False)


def test_a_notice_of_the_site_makes_a_year_known() -> None:
    notice = HolidayNotice(2027, ("2027-01-01", "2027-01-04", "nonsense"), ("2027-01-02",))
    calendar = WorkCalendar((notice,))
    assert add_working_days(date(2026, 12, 31), 1, calendar) == (date(2027, 1, 2), False)
    assert add_working_days(date(2026, 12, 31), 2, calendar) == (date(2027, 1, 5), False)
    assert add_working_days(date(2026, 12, 31), 400, calendar).provisional, "2028 is still unknown"


def test_a_later_notice_revises_an_earlier_one() -> None:
    first = HolidayNotice(2027, ("2027-05-03",), ("2027-05-08",))
    second = HolidayNotice(2027, ("2027-05-08",), ("2027-05-03",))
    assert WorkCalendar((first,)).is_workday(date(2027, 5, 8))
    revised = WorkCalendar((first, second))
    assert not revised.is_workday(date(2027, 5, 8))
    assert revised.is_workday(date(2027, 5, 3))


def test_a_notice_may_name_days_of_the_year_before() -> None:
    calendar = WorkCalendar((HolidayNotice(2027, ("2026-12-31",)),))
    assert not calendar.is_workday(date(2026, 12, 31))


def test_calendar_periods_end_on_a_working_day() -> None:
    """民法典第203条: 2026-09-21 + 5 日 is within the mid-autumn holiday, which ends on Sunday the 27th."""
    assert add_days(date(2026, 9, 21), 5).day == date(2026, 9, 28)
    assert add_days(date(2026, 9, 15), 5).day == date(2026, 9, 20), "a worked Sunday is no day of rest"


def test_months_end_on_the_same_day_or_the_last_of_the_month() -> None:
    assert shift_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert shift_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert shift_months(date(2026, 3, 15), -15) == date(2024, 12, 15)
    assert add_months(date(2026, 1, 31), 1).day == date(2026, 2, 28), "a worked Saturday"
    assert add_months(date(2026, 4, 3), 1).day == date(2026, 5, 6)


def test_overdue_working_days() -> None:
    assert working_days_between(date(2026, 11, 10), date(2026, 11, 20)) == 8
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 10)) == -8
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 20)) == 0


def test_next_workday() -> None:
    assert next_workday(date(2026, 10, 1)).day == date(2026, 10, 8)
    assert next_workday(date(2026, 10, 8)).day == date(2026, 10, 8)


@given(st.dates(date(2005, 1, 1), date(2026, 12, 31)), st.integers(1, 300))
def test_counting_there_and_between_agree(start: date, count: int) -> None:
    due = add_working_days(start, count).day
    assert working_days_between(start, due) == count
    assert WorkCalendar().is_workday(due)


@given(st.dates(date(2005, 1, 1), date(2026, 12, 31)), st.integers(1, 300))
def test_back_and_forth(start: date, count: int) -> None:
    event = next_workday(start).day
    assert add_working_days(add_working_days(event, -count).day, count).day == event


@given(st.dates(), st.integers(-9999, 9999))
def test_no_date_is_too_far(start: date, count: int) -> None:
    for step in (add_days, add_months):
        assert step(start, count).day
    assert shift_days(start, count * 1000)


def test_the_ends_of_time() -> None:
    assert add_working_days(date.max, 5).day == date.max
    assert add_working_days(date.min, -5).day == date.min
