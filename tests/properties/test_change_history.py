"""Laws of a catalogue's history: a day in several steps is told as if it had been one, and no number of a person is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.test_catalog_diff import CATALOGS
from zwgk_site.model.change_history import AddedRow, ChangeDay, ChangeHistory, RemovedRow
from zwgk_site.model.corpus import CatalogEntry, Removal
from zwgk_site.stages.plan.catalog_diff import compare_catalogs
from zwgk_site.stages.plan.change_history import MOST_ROWS, add_changes, day_of, join_day

DAY = "2026-11-21"
NUMBER = "110101199003078670"
PLAIN = CatalogEntry("A-1", ("财政", "预算"), ("预算报告",), "20个工作日内", ("县局",), "主动公开")


def told(before, after):
    return day_of(compare_catalogs(before, after), (), DAY)


def unlimited(day):
    """The changes without the trend of a limit: whoever joins two of them does not know the laws that did not change."""
    return {
        (change.id, change.before_id, tuple((field.name, field.before, field.after) for field in change.fields))
        for change in day.changed
    }


@given(CATALOGS, CATALOGS, CATALOGS)
def test_two_steps_of_a_day_are_told_as_one(first, second, third):
    """But for rows that went and came back under their old id: what they said in between is not known."""
    direct, joined = told(first, third), join_day(told(first, second), told(second, third))
    ids = [{entry.id for entry in catalog} for catalog in (first, second, third)]
    subjects = [[entry.subject for entry in catalog] for catalog in (first, second, third)]
    if ids[0] == ids[1] == ids[2]:
        assert (joined.added, joined.removed, unlimited(joined)) == (direct.added, direct.removed, unlimited(direct))
    if subjects[0] == subjects[1] == subjects[2]:
        return
    assert {row.id for row in joined.added} <= ids[2]
    assert {row.id for row in joined.removed} <= ids[0]
    assert {change.id for change in joined.changed} <= ids[2]


@given(CATALOGS, CATALOGS)
def test_a_step_and_nothing_more_is_that_step(first, second):
    step, nothing = told(first, second), told(second, second)
    assert join_day(step, nothing) == step
    assert join_day(ChangeDay(DAY), step) == step


@given(st.lists(st.tuples(st.sampled_from(("2026-11-19", "2026-11-20", DAY)), CATALOGS), max_size=4))
def test_days_stand_once_newest_first_and_never_empty(steps):
    history, before = ChangeHistory(), ()
    for day, catalog in sorted(steps, key=lambda step: step[0]):
        history = add_changes(history, compare_catalogs(before, catalog), (), day)
        before = catalog
    dates = [day.date for day in history.days]
    assert dates == sorted(set(dates), reverse=True)
    assert all(day.count for day in history.days)


def changed(**values):
    return CatalogEntry(**{name: getattr(PLAIN, name) for name in PLAIN.__struct_fields__} | values)


def test_a_change_undone_on_the_same_day_is_not_told():
    there, back = changed(time_limit="7个工作日内"), PLAIN
    assert join_day(told([PLAIN], [there]), told([there], [back])) == ChangeDay(DAY)
    assert join_day(told([], [PLAIN]), told([PLAIN], [])) == ChangeDay(DAY)


def test_the_trend_of_a_day_is_that_of_its_whole():
    middle, last = changed(time_limit="5个工作日内"), changed(time_limit="30个工作日内")
    joined = join_day(told([PLAIN], [middle]), told([middle], [last]))
    assert [field.trend for change in joined.changed for field in change.fields] == ["longer"]


def test_a_row_that_went_under_a_new_id_is_told_by_its_old_one():
    renamed = changed(id="A-2")
    joined = join_day(told([PLAIN], [renamed]), told([renamed], []))
    assert joined.removed == (RemovedRow("A-1", PLAIN.subject),)
    assert (joined.added, joined.changed) == ((), ())
    again = join_day(told([], [PLAIN]), told([PLAIN], [renamed]))
    assert (again.added, again.changed) == ((AddedRow("A-2", PLAIN.subject),), ())


def test_of_a_removed_row_its_subject_stays_and_the_reason():
    secret = changed(note="只有旧条目里有的话")
    why = Removal("A-1", "2026-11-20", "职能划转", "A-9")
    day = day_of(compare_catalogs([secret], []), [why], DAY)
    assert day.removed == (RemovedRow("A-1", PLAIN.subject, "2026-11-20", "职能划转", "A-9"),)
    assert "只有旧条目里有的话" not in repr(day)


def test_a_number_of_a_person_is_told_nowhere():
    before, after = changed(note=f"联系人身份证{NUMBER}"), changed(subject=("财政", f"预算{NUMBER}"), note="")
    days = [
        day_of(compare_catalogs([before], [after]), (), DAY),
        day_of(compare_catalogs([after], []), [Removal("A-1", reason=f"误写{NUMBER}")], DAY),
        day_of(compare_catalogs([], [after]), (), DAY),
    ]
    assert all(day.count for day in days)
    assert NUMBER not in repr(days)


def test_the_oldest_days_go_when_there_is_too_much_but_never_the_newest():
    many = [changed(id=f"A-{number}", subject=(str(number),)) for number in range(MOST_ROWS + 5)]
    history = ChangeHistory(days=(ChangeDay("2026-11-20", (AddedRow("B", ("旧",)),)),))
    history = add_changes(history, compare_catalogs([], many), (), DAY)
    assert [(day.date, day.count) for day in history.days] == [(DAY, MOST_ROWS + 5)]
    history = add_changes(history, compare_catalogs(many, many[1:]), (), "2026-11-22")
    assert [(day.date, day.count) for day in history.days] == [("2026-11-22", 1)]
