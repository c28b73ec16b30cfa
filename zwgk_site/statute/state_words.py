"""How a state is said on a page, in a report, in a finding: a word and a date, never a number of days.

A count of days would change every page every day; a date changes only when the state does.
"""

from __future__ import annotations

from typing import Literal

from zwgk_site.model.state import EntryState
from zwgk_site.statute.day_watch import days_after

Language = Literal["zh", "en"]

_WORDS: dict[str, dict[str, str]] = {
    "on_time": {"zh": "按时公开", "en": "published in time"},
    "published_late": {"zh": "已公开（应于 {before} 前公开）", "en": "published (was due by {before})"},
    "due": {"zh": "应于 {due} 前公开", "en": "due by {due}"},
    "late": {"zh": "逾期（应于 {due} 前公开）", "en": "overdue (was due by {due})"},
    "empty": {"zh": "暂无信息", "en": "no information yet"},
    "excused": {"zh": "暂无信息（{reason}）", "en": "no information ({reason})"},
    "excused_now": {"zh": "本期没有新的信息（{reason}）", "en": "nothing new this time ({reason})"},
    "excused_plainly": {"zh": "暂无信息（已说明原因）", "en": "no information (reason stated)"},
    "uncountable": {"zh": "不计算时限", "en": "no day to count"},
}
STATE_NAMES: dict[str, str] = {
    "on_time": "按时公开", "due": "待公开", "late": "逾期", "empty": "暂无信息", "excused": "暂无信息",
}  # fmt: skip
"""States as a reader may choose by them; what can't be counted has no name."""
_NEXT = {"zh": "，下次应于 {due} 前公开", "en": ", next due by {due}"}
_DUE_NEXT = ("on_time", "empty", "excused")
_PROVISIONAL = {"zh": "（暂按周末推算）", "en": " (counted by weekends for now)"}


def describe_state(state: EntryState, language: Language, *, reason: str = "") -> str:
    """The state in a few words; `reason` is the entry's 空缺说明, for `excused`."""
    key: str = state.kind
    if state.kind == "on_time" and state.since:
        key = "published_late"
    if state.kind == "excused" and not reason:
        key = "excused_plainly"
    elif state.kind == "excused" and state.newest_on:
        key = "excused_now"
    words = _WORDS[key][language].format(
        due=state.due_on, before=days_after(state.since, -1) if state.since else "", reason=reason
    )
    if state.kind in _DUE_NEXT and state.due_on:
        words += _NEXT[language].format(due=state.due_on)
    return words + (_PROVISIONAL[language] if state.provisional else "")
