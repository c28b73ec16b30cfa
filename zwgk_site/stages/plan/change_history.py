"""The history of a catalogue: what this build changes in it, joined to what the releases before have changed.

A day is net of itself: two builds on one day make one record, and what was undone on the same day is not told.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from zwgk_site.model.catalog_diff import CatalogDiff, EntryChange, FieldChange
from zwgk_site.model.change_history import AddedRow, ChangeDay, ChangeHistory, PastCatalog, RemovedRow
from zwgk_site.model.corpus import record_digest
from zwgk_site.stages.plan.catalog_diff import compare_catalogs, limit_trend, order_key, place_of
from zwgk_site.stages.plan.desk import digest_of
from zwgk_site.text.clues.hiding import hide_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.model.corpus import CatalogEntry, Removal
    from zwgk_site.stages.plan.desk import Desk

_Row = TypeVar("_Row", AddedRow, RemovedRow, EntryChange)
MOST_ROWS = 1000
"""Rows that a history tells of: whole days, the newest first, and the newest day always."""


class CatalogChanges:
    """A department's history after this build. Worked out when it is first asked for: most builds change no row."""

    def __init__(self, desk: Desk, past: PastCatalog) -> None:
        self._desk, self._past = desk, past
        removals = [(item.target, item.date, item.reason, item.successor) for item in desk.corpus.removals]
        rows = [record_digest(entry) for entry in desk.corpus.entries]
        self._since = desk.department.changes_since
        self.seed = digest_of((rows, removals, past.history, self._since))
        """What the history follows from: where it is as before, so is the history, for then the last release had these rows."""

    @cached_property
    def history(self) -> ChangeHistory:
        """The days of change, newest first."""
        desk, history = self._desk, replace(self._past.history, department=self._desk.code)
        before = self._past.entries()
        diff = compare_catalogs(before, desk.corpus.entries) if before is not None else CatalogDiff()
        after = add_changes(history, diff, desk.corpus.removals, desk.today) if diff else history
        return replace(after, days=tuple(day for day in after.days if day.date >= self._since))

    @property
    def takes_down(self) -> bool:
        """Whether days that were told are told no more: somebody wants their old values gone (调整记录起始日期)."""
        return any(day.date < self._since for day in self._past.history.days)


def add_changes(history: ChangeHistory, diff: CatalogDiff, removals: Iterable[Removal], today: str) -> ChangeHistory:
    """The history with one more difference between two releases, the later of which is of `today`."""
    days = {day.date: day for day in history.days}
    days[today] = join_day(days.get(today, ChangeDay(today)), day_of(diff, removals, today))
    rest = (days[date] for date in sorted(days, reverse=True) if days[date].count)
    return replace(history, days=tuple(_within_bounds(rest)))


def _within_bounds(days: Iterable[ChangeDay]) -> Iterator[ChangeDay]:
    rows = 0
    for day in days:
        rows += day.count
        if rows > day.count and rows > MOST_ROWS:
            return
        yield day


def day_of(diff: CatalogDiff, removals: Iterable[Removal], today: str) -> ChangeDay:
    """A difference as it is published: of a row that went its subject and the reason alone, no number of a person."""
    why = {removal.target.strip(): removal for removal in removals}
    return ChangeDay(
        today,
        tuple(AddedRow(entry.id, _hidden(entry.subject)) for entry in diff.added),
        tuple(_removed(entry, why.get(entry.id)) for entry in diff.removed),
        tuple(_public(change) for change in diff.changed),
    )


def _removed(entry: CatalogEntry, why: Removal | None) -> RemovedRow:
    row = RemovedRow(entry.id, _hidden(entry.subject))
    return replace(row, date=why.date, reason=hide_numbers(why.reason), successor=why.successor) if why else row


def _public(change: EntryChange) -> EntryChange:
    fields = tuple(replace(field, before=_hidden(field.before), after=_hidden(field.after)) for field in change.fields)
    return replace(change, subject=_hidden(change.subject), fields=fields)


def _hidden(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(hide_numbers, values))


# --- two changes of one day ------------------------------------------------------------------------


def join_day(first: ChangeDay, then: ChangeDay) -> ChangeDay:
    """Two changes of one day as one. A row that went and came back stands in both lists: its old values are not known."""
    added = {row.id: row for row in first.added}
    removed = {row.id: row for row in first.removed}
    changed = {change.id: change for change in first.changed}
    for row in then.removed:
        known = changed.pop(row.id, None)
        if added.pop(row.id, None) is None:
            old_id = known.before_id if known is not None and known.before_id else row.id
            removed[old_id] = replace(row, id=old_id)
    for change in then.changed:
        source = change.before_id or change.id
        if added.pop(source, None) is not None:
            added[change.id] = AddedRow(change.id, change.subject)
            continue
        joined = _join_change(changed.pop(source, None), change)
        if joined is not None:
            changed[change.id] = joined
    added |= {row.id: row for row in then.added}
    return ChangeDay(then.date, _sorted(added), _sorted(removed), _sorted(changed))


def _sorted(rows: dict[str, _Row]) -> tuple[_Row, ...]:
    return tuple(rows[key] for key in sorted(rows, key=order_key))


def _join_change(first: EntryChange | None, then: EntryChange) -> EntryChange | None:
    """One change out of two of the same row; `None` if the second undoes the first."""
    if first is None:
        return then
    old = {field.name: field for field in first.fields}
    new = {
        field.name: replace(field, before=old[field.name].before) if field.name in old else field
        for field in then.fields
    }
    fields = {name: (old | new)[name] for name in sorted(old | new, key=place_of)}
    before_id = first.before_id or then.before_id
    kept = tuple(_with_trend(field, fields) for field in fields.values() if field.before != field.after)
    before_id = "" if before_id == then.id else before_id
    return EntryChange(then.id, then.subject, kept, before_id) if kept or before_id else None


def _with_trend(field: FieldChange, fields: dict[str, FieldChange]) -> FieldChange:
    """The joined change of a limit may lead elsewhere than either step; the laws it rests on count where they changed too."""
    if field.name != "time_limit":
        return field
    basis = fields.get("basis") or FieldChange("basis", "")
    return replace(field, trend=limit_trend(field.before, basis.before, field.after, basis.after))
