"""How the promises stand, for everybody to see: words on pages, `status.json`, a calendar of due days.

Dates and words only, no counts of days: a page changes when a state does, not every night. Whether lateness is shown
is the site's choice (公开履约状态).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.performance import Performance
from zwgk_site.model.plan import DataPlan, LazyData
from zwgk_site.stages.plan.desk import fact
from zwgk_site.statute.state_words import describe_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import CatalogEntry
    from zwgk_site.model.views import Fact
    from zwgk_site.stages.plan.desk import Desk

FORMAT = 1
_encoder = msgspec.json.Encoder()


class PublishedState(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry's state in `status.json` (履约状态)."""

    id: str
    url: str
    state: str = ""
    due_on: str = ""
    since: str = ""
    newest_on: str = ""
    provisional: bool = False


class PublishedStatus(msgspec.Struct, frozen=True, omit_defaults=True):
    """`status.json`: how each entry of a department stands, and the whole in figures where lateness is shown."""

    format: int
    department: str
    entries: tuple[PublishedState, ...]
    performance: dict[str, int | float | None] | None = None


def state_fact(desk: Desk, entry: CatalogEntry, *, filled: bool) -> Fact | None:
    """The state as a line of an entry's table; `filled`: another department has put documents under it."""
    state = desk.states.get(entry.id)
    if state is None or state.kind == "uncountable" or (state.kind == "empty" and filled):
        return None
    if not desk.site.show_performance and state.kind in ("late", "empty"):
        return None
    return fact(
        "履约状态", describe_state(state, "zh", reason=entry.empty_reason), f"state-{state.kind.replace('_', '-')}"
    )


def plan_status(desk: Desk) -> Iterator[LazyData]:
    """`status.json` and `due.ics`."""
    shown = desk.site.show_performance
    states = desk.corpus.states if desk.states else ()
    seed = (desk.seed_digest, shown, states, [entry.id for entry in desk.corpus.entries], desk.corpus.performance)
    yield LazyData(f"data/{desk.code}/status.json", seed, partial(_status, desk, shown=shown))
    titles = [(entry.id, entry.title, entry.time_limit) for entry in desk.corpus.entries] if states else []
    yield LazyData(f"data/{desk.code}/due.ics", (desk.seed_digest, shown, states, titles), partial(_calendar, desk))


def _status(desk: Desk, *, shown: bool) -> DataPlan:
    rows = []
    for entry in desk.corpus.entries if desk.states else ():
        state, url = desk.states[entry.id], desk.entry_url(entry.id)
        if shown:
            row = PublishedState(
                entry.id, url, state.kind, state.due_on, state.since, state.newest_on, state.provisional
            )
        else:  # lateness is not shown: what is due next, and what is there
            due = "" if state.kind == "late" else state.due_on
            row = PublishedState(entry.id, url, due_on=due, newest_on=state.newest_on, provisional=state.provisional)
        rows.append(row)
    found: Performance = desk.corpus.performance
    figures = msgspec.to_builtins(found) if shown and desk.states else None
    names = Performance.__struct_fields__
    performance = dict(zip(names, figures, strict=True)) | {"rate": found.rate} if figures is not None else None
    status = PublishedStatus(FORMAT, desk.code, tuple(rows), performance)
    return DataPlan(f"data/{desk.code}/status.json", _encoder.encode(status) + b"\n")


def _calendar(desk: Desk) -> DataPlan:
    """The due days as a calendar (RFC 5545): one all-day event for each entry that has one."""
    host = desk.heads.base.partition("://")[2].strip("/") or "zwgk.invalid"
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//zwgk_site//due days//ZH", "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escape(desk.department.name)}公开到期日",
    ]  # fmt: skip
    for entry in desk.corpus.entries:
        state = desk.states.get(entry.id)
        if state is None or not state.due_on or (state.kind == "late" and not desk.site.show_performance):
            continue
        day = state.due_on.replace("-", "")
        lines += [
            "BEGIN:VEVENT", f"UID:{desk.code}-{entry.id}-{day}@{host}", f"DTSTAMP:{day}T000000Z",
            f"DTSTART;VALUE=DATE:{day}", f"SUMMARY:{_escape(entry.title)}公开到期",
            f"DESCRIPTION:{_escape(f'{entry.id} {entry.time_limit}')}", "TRANSP:TRANSPARENT", "END:VEVENT",
        ]  # fmt: skip
    lines.append("END:VCALENDAR")
    return DataPlan(f"data/{desk.code}/due.ics", "".join(map(_fold, lines)).encode())


def _escape(text: str) -> str:
    plain = " ".join(text.split())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _fold(line: str) -> str:
    """A line of at most 75 bytes, and its continuations, each beginning with a blank."""
    found, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > (75 if len(found) == 1 else 74):
            found.append("")
            size = 0
        found[-1] += char
        size += width
    return "\r\n ".join(found) + "\r\n"
