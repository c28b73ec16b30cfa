"""How an entry and its documents keep their time limit (履约): pure, from dates only.

* A limit that runs from an event (`within`, and the twenty working days of 条例第26条 where nothing is written) is judged
  by documents. One that is not published yet is owed by its last day. One that was published is settled; if it came
  late, the finding is the document's, and the entry says when it had been due.
* What recurs by the calendar (`annual`, and `periodic` with a deadline) has windows: a publication counts for the window
  in which it lies, however late in it. What is owed is the first window after the newest publication. So an annual
  report of January 31 is owed from January 1, and a publication in March settles that year, late.
* `periodic` without a deadline: the newest publication and one period make the next due day.
* 及时, 同步, display, retention, "before an event", 同上 and what was not read name no day that can be counted.
* Where 空缺说明 says that this period has nothing, nothing is late; it excuses no document that is there.
* A row of 依申请公开 promises no publication; one without any document is empty only if the website (or nothing) is
  its channel.

Which day starts the clock: 变更 the day of the change, if it came before the publication; 批准 and 批复 the day of approval
only (the day on which a budget was written says nothing about that); everything else the day of the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

import msgspec

from zwgk_site.model.corpus import CatalogEntry
from zwgk_site.model.state import EntryState, StateKind
from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.statute.periods import (
    Window,
    day_in_month,
    end_of_period,
    is_after_a_period,
    recurs_by_window,
    window_after,
    window_on,
)
from zwgk_site.statute.time_limit import DEFAULT_DAYS, TimeLimit, Unit
from zwgk_site.statute.working_days import Counted, WorkCalendar

_RANK: dict[StateKind, int] = {"late": 0, "due": 1, "on_time": 2, "uncountable": 3}
_CHANGES = ("变更", "形成或变更", "制定或获取", "制定", "获取")
_APPROVALS = ("批准", "批复")
_UNCOUNTABLE = EntryState("uncountable")


class DocumentDates(msgspec.Struct, frozen=True):
    """The dates of a document that limits count from (文件日期); ISO text, or empty."""

    formed_on: str = ""
    changed_on: str = ""
    approved_on: str = ""
    published_on: str = ""


class Lateness(msgspec.Struct, frozen=True):
    """That a document was published after its last day (超期); all days ISO text."""

    due: str
    published: str
    counted_from: str
    provisional: bool = False


class Rate(msgspec.Struct, frozen=True):
    """How many documents whose last day can be counted, and is past or met, were published by it (按时公开率)."""

    on_time: int = 0
    countable: int = 0


def entry_state(entry: CatalogEntry, dates: Sequence[DocumentDates], today: str, calendar: WorkCalendar) -> EntryState:
    """How `entry` stands on the day `today` with documents of these `dates`; drafts and closed ones left out by the caller."""
    if "主动" not in entry.disclosure:
        return _UNCOUNTABLE
    on_site = not entry.channels or any("网" in channel for channel in entry.channels)
    promise = _Promise(entry.time_limit, entry.basis, on_site=on_site, excused=bool(entry.empty_reason))
    return _state(promise, tuple(dates), today[:10], calendar)


class _Promise(msgspec.Struct, frozen=True):
    """What of an entry decides how it stands: hundreds of entries have the same."""

    time_limit: str
    basis: tuple[str, ...]
    on_site: bool
    excused: bool


@lru_cache(maxsize=1 << 14)
def _state(promise: _Promise, dates: tuple[DocumentDates, ...], today: str, calendar: WorkCalendar) -> EntryState:
    published = [day for item in dates if (day := item.published_on[:10]) and _is_day(day)]
    newest = max((day for day in published if day <= today), default="")
    limit = parse_limit(promise.time_limit, promise.basis)
    state = _limit_state(limit, dates, today, newest, calendar)
    nothing_yet = not newest and state.kind not in ("late", "due")
    nothing_new = state.kind == "late" and promise.excused and not _owed(limit, dates, today, calendar)
    if nothing_yet or nothing_new:
        state = _empty_state(promise, _coming_due(limit, today, calendar))
    coming = min((day for day in published if day > today), default="")
    return msgspec.structs.replace(state, newest_on=newest, next_change_on=_earlier(state.next_change_on, coming))


def document_lateness(limit: TimeLimit, dates: DocumentDates, calendar: WorkCalendar) -> Lateness | None:
    """That a document was published late, by the first limit in `limit` that counts from a day of the document."""
    due = document_due(limit, dates, calendar)
    published = dates.published_on[:10]
    if due is None or not published or published <= due.day.isoformat():
        return None
    return Lateness(due.day.isoformat(), published, clock_start(limit, dates), due.provisional)


def document_due(limit: TimeLimit, dates: DocumentDates, calendar: WorkCalendar) -> Counted | None:
    """The last day for publishing a document, or `None` if none follows from the limit and its dates."""
    counted = first_counted(limit)
    start = clock_start(counted, dates) if counted else ""
    return _end(start, counted.amount, counted.unit, calendar) if counted and start else None


def on_time_rate(documents: Iterable[tuple[TimeLimit, DocumentDates]], today: str, calendar: WorkCalendar) -> Rate:
    """Of the documents of a department, each with the limit of its entry, those on time among those that can be judged."""
    on_time = countable = 0
    for limit, dates in documents:
        due = document_due(limit, dates, calendar)
        published = dates.published_on[:10]
        is_out = bool(published) and published <= today[:10]
        last = due.day.isoformat() if due else ""
        if last and (is_out or last < today[:10]):
            countable += 1
            on_time += is_out and published <= last
    return Rate(on_time, countable)


def clock_start(limit: TimeLimit, dates: DocumentDates) -> str:
    """The day of the document from which the limit runs, ISO text, or empty."""
    counted = first_counted(limit)
    anchor = counted.anchor if counted else limit.anchor
    if anchor in _APPROVALS:
        start = dates.approved_on
    elif anchor in _CHANGES and dates.changed_on and dates.changed_on[:10] <= (dates.published_on[:10] or "9"):
        start = dates.changed_on
    else:
        start = dates.formed_on
    return start[:10] if _is_day(start[:10]) else ""


@lru_cache(maxsize=1 << 12)
def first_counted(limit: TimeLimit) -> TimeLimit | None:
    """The first part of the limit that runs from an event of a document; where nothing was written, the law's own limit."""
    if limit.kind == "empty":
        return TimeLimit("within", limit.text, DEFAULT_DAYS, "working_day", "形成或变更")
    if limit.kind == "within" and limit.amount and not is_after_a_period(limit):
        return limit
    return next((found for part in limit.parts if (found := first_counted(part))), None)


def _limit_state(
    limit: TimeLimit, dates: Sequence[DocumentDates], today: str, newest: str, calendar: WorkCalendar
) -> EntryState:
    """The most pressing of what the parts of the limit demand."""
    states = [_UNCOUNTABLE]
    if first_counted(limit):
        states.append(_event_state(limit, dates, today, newest, calendar))
    states += (_turn_state(part, today, newest, calendar) for part in _parts(limit))
    return min(states, key=lambda state: (_RANK[state.kind], not state.due_on, state.due_on))


def _parts(limit: TimeLimit) -> Iterator[TimeLimit]:
    if not limit.parts:
        yield limit
    for part in limit.parts:
        yield from _parts(part)


def _owed(limit: TimeLimit, dates: Sequence[DocumentDates], today: str, calendar: WorkCalendar) -> list[Counted]:
    """The last days of the documents that are not published yet."""
    return [
        due
        for item in dates
        if not item.published_on or item.published_on[:10] > today
        if (due := document_due(limit, item, calendar))
    ]


def _event_state(
    limit: TimeLimit, dates: Sequence[DocumentDates], today: str, newest: str, calendar: WorkCalendar
) -> EntryState:
    """What is owed for documents that are not published yet; else how the newest one came."""
    owed = _owed(limit, dates, today, calendar)
    if owed:
        return _owed_state(min(owed, key=lambda due: due.day), today)
    latest = [item for item in dates if newest and item.published_on[:10] == newest]
    dues = [due for item in latest if (due := document_due(limit, item, calendar))]
    if not dues:
        return _UNCOUNTABLE
    missed = min((due for due in dues if due.day.isoformat() < newest), key=lambda due: due.day, default=None)
    return (
        EntryState("on_time", since=_next_day(missed.day), provisional=missed.provisional)
        if missed
        else EntryState("on_time")
    )


def _turn_state(limit: TimeLimit, today: str, newest: str, calendar: WorkCalendar) -> EntryState:
    """What a limit that recurs by the calendar, or is due once, demands after the newest publication."""
    if limit.kind == "once" and limit.year:
        due = Counted(day_in_month(limit.year, limit.month or 12, limit.day or 31), provisional=False)
        return EntryState("on_time") if newest else _owed_state(due, today)
    if not newest:
        return _UNCOUNTABLE
    if recurs_by_window(limit):
        window = _window(limit, newest, calendar)
        opens = window.opens.isoformat()
        if opens <= today:
            return _owed_state(window.due, today)
        return EntryState(
            "on_time", window.due.day.isoformat(), provisional=window.due.provisional, next_change_on=opens
        )
    if limit.kind == "periodic" and limit.unit and limit.amount:
        owed = _owed_state(_end(newest, limit.amount, limit.unit, calendar), today)
        return owed if owed.kind == "late" else msgspec.structs.replace(owed, kind="on_time")
    return _UNCOUNTABLE


def _owed_state(due: Counted, today: str) -> EntryState:
    last = due.day.isoformat()
    following = _next_day(due.day)
    if last < today:
        return EntryState("late", last, since=following, provisional=due.provisional)
    return EntryState("due", last, provisional=due.provisional, next_change_on=following)


def _empty_state(promise: _Promise, due: Counted | None) -> EntryState:
    """That nothing is there, and by when the next is to come, if that follows from the calendar alone."""
    if not promise.excused and not promise.on_site:
        return _UNCOUNTABLE
    kind: StateKind = "excused" if promise.excused else "empty"
    if due is None:
        return EntryState(kind)
    return EntryState(kind, due.day.isoformat(), provisional=due.provisional, next_change_on=_next_day(due.day))


def _coming_due(limit: TimeLimit, today: str, calendar: WorkCalendar) -> Counted | None:
    """The next day by which a limit that recurs by the calendar demands something, whatever has been published."""
    dues = [_turn_on(part, today, calendar).due for part in _parts(limit) if recurs_by_window(part)]
    return min(dues, key=lambda due: due.day, default=None)


@lru_cache(maxsize=1 << 14)
def _end(start: str, amount: int, unit: Unit, calendar: WorkCalendar) -> Counted:
    return end_of_period(date.fromisoformat(start), amount, unit, calendar)


@lru_cache(maxsize=1 << 14)
def _window(limit: TimeLimit, day: str, calendar: WorkCalendar) -> Window:
    return window_after(limit, date.fromisoformat(day), calendar)


@lru_cache(maxsize=1 << 14)
def _turn_on(limit: TimeLimit, day: str, calendar: WorkCalendar) -> Window:
    return window_on(limit, date.fromisoformat(day), calendar)


def _next_day(day: date) -> str:
    return (day + timedelta(1)).isoformat()


def _earlier(one: str, other: str) -> str:
    return min(one or other, other or one)


@lru_cache(maxsize=1 << 14)
def _is_day(text: str) -> bool:
    """Whether it is a day of this age: a slip of the pen (0202-06-01) is no day to count from."""
    try:
        return len(text) == 10 and 1900 <= date.fromisoformat(text).year < 3000
    except ValueError:
        return False
