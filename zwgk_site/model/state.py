"""How a catalogue entry stands against its time limit, on one day: dates and kinds, never counts of days.

What the kinds mean, and how they are found, stands in `statute/performance.py`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

StateKind = Literal["on_time", "due", "late", "empty", "excused", "uncountable"]


class DocumentDates(msgspec.Struct, frozen=True, omit_defaults=True):
    """The days of one document that time limits are counted from and judged by (计时日期): ISO text, or empty.

    A moment (`2026-03-05 09:30`) may stand in place of a day; only its day counts.
    """

    formed_on: str = ""
    changed_on: str = ""
    approved_on: str = ""
    published_on: str = ""


class EntryState(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether what an entry promises has been published in time (履约状态), as of one day.

    `kind`: `on_time` nothing is owed today; `due` something is owed by `due_on`, a day not yet past; `late` it was
    owed by `since` and is not there; `empty` nothing was ever published; `excused` nothing, and the entry says why
    (空缺说明); `uncountable` the limit names no day that can be counted. `due_on`: the next day by which something
    must be published, or empty. `since`: of `late`, the day that was missed. `newest_on`: the newest publication.
    `provisional`: a day of it lies in a year whose holidays are not known yet, and is counted by weekends.
    `next_change_on`: the first later day on which this value would differ with the same documents, or empty.
    """

    kind: StateKind
    due_on: str = ""
    since: str = ""
    newest_on: str = ""
    provisional: bool = False
    next_change_on: str = ""
