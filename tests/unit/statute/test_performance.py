"""How entries and documents stand against their limits, on a day."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zwgk_site.model.corpus import CatalogEntry
from zwgk_site.model.state import EntryState
from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.statute.performance import (
    DocumentDates,
    Lateness,
    Rate,
    document_lateness,
    entry_state,
    on_time_rate,
)
from zwgk_site.statute.state_words import describe_state
from zwgk_site.statute.working_days import WorkCalendar

KNOWN = WorkCalendar()
TWENTY = "自信息形成或者变更之日起20个工作日内"
LIMITS = [
    TWENTY, "", "及时公开", "每年1月31日前公开上一年度", "每季度末后15日内", "每月10日前", "每年", "年度终了后20日内", "同上",
    "批准后20日内", "2026年12月31日前", "信息形成之日起7个工作日内，公示7个工作日", "听证会30日前公布", "长期公开", "每月", "看情况",
]  # fmt: skip
TODAY = "2026-11-26"


def state_of(limit: str, *documents: DocumentDates, today: str = TODAY, **more: object) -> EntryState:
    values = {"basis": (), "channels": ("政府网站",), **more}
    entry = CatalogEntry(
        "A-1", ("事项",), ("内容",), limit, ("示范县民政局",), values.pop("disclosure", "主动公开"), **values
    )
    return entry_state(entry, documents, today, KNOWN)


def formed(day: str, published: str = "", **more: str) -> DocumentDates:
    return DocumentDates(day, published_on=published, **more)


def test_a_document_that_waits_is_due_and_then_late() -> None:
    waiting = formed("2026-10-23")
    assert state_of(TWENTY, waiting, today="2026-11-20") == EntryState("due", "2026-11-20", next_change_on="2026-11-21")
    assert state_of(TWENTY, waiting, today="2026-11-21") == EntryState("late", "2026-11-20", since="2026-11-21")


def test_a_document_published_on_its_last_day_is_on_time() -> None:
    assert state_of(TWENTY, formed("2026-10-23", "2026-11-20")) == EntryState("on_time", newest_on="2026-11-20")


def test_a_document_published_late_is_settled_and_says_when_it_was_due() -> None:
    state = state_of(TWENTY, formed("2026-10-23", "2026-11-24 09:30"))
    assert state == EntryState("on_time", since="2026-11-21", newest_on="2026-11-24")
    assert describe_state(state, "zh") == "已公开（应于 2026-11-20 前公开）"


def test_an_embargoed_document_is_owed_until_its_day() -> None:
    state = state_of(TWENTY, formed("2026-11-02", "2026-12-01"))
    assert (state.kind, state.due_on, state.next_change_on) == ("due", "2026-11-30", "2026-12-01")
    assert state_of(TWENTY, formed("2026-11-02", "2026-12-01"), today="2026-12-01").kind == "on_time"


def test_the_earliest_of_what_is_owed_counts() -> None:
    assert (
        state_of(TWENTY, formed("2026-11-10"), formed("2026-10-23"), formed("2026-01-04", "2026-01-05")).kind == "late"
    )


def test_without_a_limit_the_twenty_days_of_the_regulation_count() -> None:
    assert state_of("", formed("2026-10-23"), today="2026-11-20").due_on == "2026-11-20"


def test_a_change_before_the_publication_starts_the_clock_anew() -> None:
    changed = formed("2026-01-05", "2026-11-20", changed_on="2026-10-23")
    assert document_lateness(parse_limit(TWENTY), changed, KNOWN) is None
    later = formed("2026-01-05", "2026-01-06", changed_on="2026-10-23")
    assert document_lateness(parse_limit(TWENTY), later, KNOWN) is None


def test_a_budget_counts_from_its_approval_only() -> None:
    limit = parse_limit("批准后20日内", ("《预算法》第十四条",))
    late = formed("2026-01-05", "2026-03-20", approved_on="2026-02-10")
    assert document_lateness(limit, late, KNOWN) == Lateness("2026-03-02", "2026-03-20", "2026-02-10")
    assert document_lateness(limit, formed("2026-01-05", "2026-03-20"), KNOWN) is None
    assert state_of("批准后20日内", formed("2026-01-05", "2026-03-20")).kind == "uncountable"


def test_an_annual_report_is_owed_from_new_year_until_it_is_there() -> None:
    limit = "每年1月31日前公开上一年度"
    last_year = formed("2026-01-10", "2026-01-12")
    assert state_of(limit, last_year) == EntryState(
        "on_time", "2027-01-31", newest_on="2026-01-12", next_change_on="2027-01-01"
    )
    assert state_of(limit, last_year, today="2027-01-01").kind == "due"
    late = state_of(limit, last_year, today="2027-02-01")
    assert (late.kind, late.due_on, late.since) == ("late", "2027-01-31", "2027-02-01")
    assert state_of(limit, last_year, formed("2027-03-01", "2027-03-01"), today="2027-03-01").kind == "on_time"


def test_the_first_year_that_was_missed_is_the_one_that_is_told() -> None:
    assert state_of("每年1月31日前公开上一年度", formed("2023-01-10", "2023-01-12")).due_on == "2024-01-31"


def test_what_is_due_each_month_is_owed_from_the_first_of_the_month() -> None:
    october = formed("2026-10-08", "2026-10-09")
    state = state_of("每月10日前", october, today="2026-10-12")
    assert (state.kind, state.due_on, state.next_change_on) == ("on_time", "2026-11-10", "2026-11-01")
    assert state_of("每月10日前", october, today="2026-11-03").kind == "due"
    assert state_of("每月10日前", october).kind == "late"


def test_what_follows_each_quarter_opens_after_its_end() -> None:
    third = formed("2026-10-08", "2026-10-09")
    state = state_of("每季度末后15日内", third)
    assert (state.kind, state.due_on, state.next_change_on) == ("on_time", "2027-01-15", "2027-01-01")
    assert state.provisional


def test_a_bare_cycle_runs_from_the_newest_publication() -> None:
    state = state_of("每年", formed("2026-03-02", "2026-03-04"))
    assert (state.kind, state.due_on) == ("on_time", "2027-03-04")
    assert state_of("每年", formed("2024-03-02", "2024-03-04")).kind == "late"


def test_a_single_day_is_owed_until_something_is_there() -> None:
    assert state_of("2026年12月31日前").kind == "due"
    assert state_of("2026年12月31日前", today="2027-01-01").kind == "late"
    assert state_of("2026年12月31日前", formed("2026-11-02", "2026-11-02")).kind == "on_time"


@pytest.mark.parametrize("limit", ["及时公开", "听证会30日前公布", "长期公开", "同上", "看情况"])
def test_what_names_no_day_is_not_counted(limit: str) -> None:
    assert state_of(limit, formed("2020-01-02", "2026-01-05")) == EntryState("uncountable", newest_on="2026-01-05")


def test_nothing_at_all_is_empty_on_the_website_unless_a_reason_is_given() -> None:
    assert state_of(TWENTY).kind == "empty"
    assert state_of(TWENTY, channels=()).kind == "empty"
    assert state_of(TWENTY, empty_reason="本年度没有此类信息").kind == "excused"
    assert state_of(TWENTY, channels=("公示栏",)).kind == "uncountable"


def test_a_period_without_anything_is_excused_by_its_reason_but_no_document_that_waits() -> None:
    published, reason = formed("2026-01-08", "2026-01-12"), {"empty_reason": "本季度未发生"}
    assert state_of("每季度公开一次", published).kind == "late"
    state = state_of("每季度公开一次", published, **reason)
    assert state == EntryState("excused", newest_on="2026-01-12")
    assert describe_state(state, "zh", reason="本季度未发生").startswith("本期没有新的信息（本季度未发生）")
    assert state_of(TWENTY, formed("2026-10-09"), **reason).kind == "late"


def test_rows_on_request_are_not_counted() -> None:
    assert state_of(TWENTY, formed("2020-01-02"), disclosure="依申请公开") == EntryState("uncountable")


def test_a_day_in_a_year_without_a_notice_says_so() -> None:
    state = state_of(TWENTY, formed("2026-12-15"), today="2026-12-20")
    assert state.provisional
    assert describe_state(state, "zh").endswith("（暂按周末推算）")


def test_the_rate_counts_what_can_be_judged() -> None:
    limit = parse_limit(TWENTY)
    dates = [formed("2026-10-23", "2026-11-20"), formed("2026-10-23", "2026-11-23"), formed("2026-10-09"),
             formed("2026-11-20"), formed("", "2026-01-04")]  # fmt: skip
    assert on_time_rate([(limit, item) for item in dates], TODAY, KNOWN) == Rate(1, 3)


@pytest.mark.parametrize(
    ("state", "zh", "en"),
    [
        (EntryState("on_time"), "按时公开", "published in time"),
        (
            EntryState("on_time", "2027-01-31"),
            "按时公开，下次应于 2027-01-31 前公开",
            "published in time, next due by 2027-01-31",
        ),
        (EntryState("due", "2026-11-27"), "应于 2026-11-27 前公开", "due by 2026-11-27"),
        (
            EntryState("late", "2026-11-10", "2026-11-11"),
            "逾期（应于 2026-11-10 前公开）",
            "overdue (was due by 2026-11-10)",
        ),
        (EntryState("empty"), "暂无信息", "no information yet"),
        (EntryState("excused"), "暂无信息（机构刚成立）", "no information (机构刚成立)"),
        (EntryState("uncountable"), "不计算时限", "no day to count"),
    ],
)
def test_states_in_words(state: EntryState, zh: str, en: str) -> None:
    assert describe_state(state, "zh", reason="机构刚成立") == zh
    assert describe_state(state, "en", reason="机构刚成立") == en


days = st.dates(date(2024, 1, 1), date(2027, 12, 31)).map(date.isoformat) | st.just("")


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(LIMITS),
    st.lists(st.builds(DocumentDates, days, days, days, days), max_size=4),
    st.dates(date(2024, 6, 1), date(2027, 6, 1)),
    st.integers(1, 200),
)
def test_a_state_holds_until_the_day_that_it_names(
    limit: str, dates: list[DocumentDates], today: date, later: int
) -> None:
    before = state_of(limit, *dates, today=today.isoformat())
    other = today + timedelta(later)
    after = state_of(limit, *dates, today=other.isoformat())
    if not before.next_change_on or other.isoformat() < before.next_change_on:
        assert after == before
    if before.next_change_on:
        assert before.next_change_on > today.isoformat()
        assert state_of(limit, *dates, today=before.next_change_on) != before


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_dates_that_are_none_raise_nothing(one: str, other: str, third: str) -> None:
    state_of(TWENTY, DocumentDates(one, other, third, one), DocumentDates(third, published_on=other))


def test_an_entry_costs_little() -> None:
    dates = [formed("2026-10-23", "2026-11-20"), formed("2026-11-02"), formed("2025-11-03", "2025-11-04")]
    entry = CatalogEntry("A-1", ("事项",), ("内容",), TWENTY, ("示范县民政局",), "主动公开")
    entry_state(entry, dates, TODAY, KNOWN)
    started = time.process_time()
    for _ in range(2000):
        entry_state(entry, dates, TODAY, KNOWN)
    assert (time.process_time() - started) / 2000 < 100e-6  # about 15 µs; the bound leaves room for a busy machine
