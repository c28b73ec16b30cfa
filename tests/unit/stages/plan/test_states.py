"""The state of a document on a day."""

import pytest

from zwgk_site.model.corpus import Consultation, Document, Withdrawal
from zwgk_site.stages.plan.states import state_changes, state_of


def document(**values):
    return Document(path="a", title="通知", source="", **values)


@pytest.mark.parametrize(
    ("values", "today", "state"),
    [
        ({}, "2026-11-21", ""),
        ({"validity": "有效"}, "2026-11-21", ""),
        ({"validity": "废止"}, "2026-11-21", "已废止"),
        ({"validity": "失效"}, "2026-11-21", "已失效"),
        ({"expires_on": "2026-11-21"}, "2026-11-21", ""),
        ({"expires_on": "2026-11-20"}, "2026-11-21", "已失效"),
        ({"effective_on": "2026-11-22"}, "2026-11-21", "尚未施行"),
        ({"effective_on": "2026-11-21"}, "2026-11-21", ""),
        ({"withdrawal": Withdrawal(), "validity": "有效"}, "2026-11-21", "已撤回"),
    ],
)
def test_a_document_says_what_it_is_today(values, today, state):
    assert state_of(document(**values), today) == state


def test_the_state_flips_on_exactly_the_days_that_are_announced():
    given = document(effective_on="2026-12-01", expires_on="2026-12-31")
    assert sorted(state_changes(given)) == ["2026-12-01", "2027-01-01"]
    assert [state_of(given, day) for day in ("2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01")] == [
        "尚未施行", "", "", "已失效",
    ]  # fmt: skip


def test_the_last_day_of_the_calendar_is_a_day_like_any_other():
    given = document(expires_on="9999-12-31", consultation=Consultation("2026-01-01", "9999-12-31"))
    assert set(state_changes(given)) == {"2026-01-01", "9999-12-31"}
