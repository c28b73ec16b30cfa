"""How an entry keeps its promise on a day: dates and a word, never a count of days, so that pages change only when it flips."""

from __future__ import annotations

from typing import Literal

import msgspec

StateKind = Literal["on_time", "due", "late", "empty", "excused", "uncountable"]


class EntryState(msgspec.Struct, frozen=True, omit_defaults=True):
    """How an entry stands against its time limit (履约状态). All days are ISO text, empty where there is none.

    `on_time`: what was due has been published. `due`: something is still to be published by `due_on`. `late`: it was
    to be published by `due_on` and was not; `since` is the day after. `empty`: no document, and the website is its
    channel; `excused`: the same with a stated reason, or nothing new, for a stated reason, since `newest_on`. `uncountable`: no day follows from the limit.

    `due_on` may also stand with `on_time`, `empty`, `excused`: the next day by which something must come. `newest_on` is the newest
    publication. `provisional`: a year without a notice of holidays was counted by weekends (暂按周末推算).
    `next_change_on` is the first day on which this state would differ if no file changed.
    """

    kind: StateKind = "uncountable"
    due_on: str = ""
    since: str = ""
    newest_on: str = ""
    provisional: bool = False
    next_change_on: str = ""
