"""Reads a 公开时限 as clerks write it into a typed `TimeLimit`. Any text in, no exception out, never a silent guess.

Four readers look at the plain text one after another, each at what the others left: the calendar, numbers, words.
What they find is then put together: one is the limit, several are parts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zwgk_site.statute.limit_amounts import read_amounts
from zwgk_site.statute.limit_calendar import read_calendar
from zwgk_site.statute.limit_text import plain_limit
from zwgk_site.statute.limit_units import day_rule
from zwgk_site.statute.limit_words import read_words, says_nothing
from zwgk_site.statute.time_limit import DEFAULT_DAYS, TimeLimit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Found = tuple[int, int, TimeLimit]
_READ: dict[str, TimeLimit] = {}
_MOST = 1 << 14
LONGEST = 500
_YIELDS = re.compile(
    r"[^;]*?(?:法律|法规|规章|国家|上级)[^;]*?另有规定[^;]*?(?:从其规定|除外|按照?其?规定|$)[^;]*|除[^;,]*?另有规定[^;,]*外,?|[^;,]*从其规定"
)
_COUNTABLE = ("within", "before", "display", "periodic", "annual", "once")


def parse_limit(text: str, basis: tuple[str, ...] = ()) -> TimeLimit:
    """What a 公开时限 demands; `basis` are the laws it rests on (公开依据), which tell what 日 means.

    Text past the first 500 characters is not read.
    """
    limit = _READ.get(text) or _remember(text)
    return _in_lawful_units(limit, (*basis, text)) if _counts_days(limit) else limit


def learn_readings(known: Mapping[str, TimeLimit]) -> None:
    """What an earlier run of this very program read. To compile the patterns takes longer than to read a whole catalogue."""
    if len(_READ) + len(known) <= _MOST:
        _READ.update(known)


def readings_of(texts: Iterable[str]) -> dict[str, TimeLimit]:
    """How `texts` are read, apart from the laws they rest on: for `learn_readings`."""
    return {text: _READ.get(text) or _remember(text) for text in texts}


def _remember(text: str) -> TimeLimit:
    if len(_READ) >= _MOST:
        _READ.clear()
    found = _READ[text] = _read(text)
    return found


def _read(text: str) -> TimeLimit:
    """As the words say it; apart from the basis, for a catalogue has few limits and many bases."""
    if says_nothing(text):
        return TimeLimit("empty", text, amount=DEFAULT_DAYS, unit="working_day", anchor="形成或变更")
    plain = plain_limit(text[:LONGEST])
    found, yields = _read_all(plain)
    limit = _put_together(_weeded(found, plain), plain)
    return replace(limit, text=text, yields_to_law=yields and limit.kind != "inherited")


def _read_all(plain: str) -> tuple[list[Found], bool]:
    found: list[Found] = []
    exception = _YIELDS.search(plain) if "规定" in plain else None
    rest = plain
    if exception and re.search(r"\d", plain[: exception.start()] + plain[exception.end() :]):
        rest = _blank(rest, [(exception.start(), exception.end())])
    for reader in (read_calendar, read_amounts, read_words):
        new = list(reader(rest))
        found += new
        rest = _blank(rest, [(start, end) for start, end, _ in new])
    return sorted(found, key=lambda item: item[0]), exception is not None


def _weeded(found: list[Found], plain: str) -> list[Found]:
    """Without what says nothing beside the rest: 及时 beside 20个工作日内, 按规定 beside a date, 每年 before 两会后20日内."""
    firm = [item for item in found if item[2].kind in _COUNTABLE and (item[2].amount or item[2].month)]
    if firm:
        found = [item for item in found if not _is_weak(item[2])]
    elif any(item[2].kind in ("immediate", "retention", "before") for item in found):
        found = [item for item in found if item[2].kind != "inherited"]
    kept: list[Found] = []
    for place, item in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        if after and _is_only_rhythm(item, after, plain):
            continue
        kept.append(item)
    return kept


def _is_weak(limit: TimeLimit) -> bool:
    return (
        limit.kind == "inherited"
        or (limit.kind == "immediate" and limit.confidence < 100)
        or (limit.kind == "before" and not limit.amount)
    )


def _is_only_rhythm(item: Found, after: Found, plain: str) -> bool:
    """每年 in 每年两会后20日内, 每年度 in 每年度3月底前: nothing ends between the two."""
    limit, following = item[2], after[2]
    bare = limit.kind == "periodic" and not (limit.day or limit.grace)
    between = plain[item[1] : after[0]]
    near = not re.search(r"[,;]|公开|公布|更新|发布|次", between)
    return bare and near and following.kind in ("within", "annual", "periodic", "once")


def _put_together(found: list[Found], plain: str) -> TimeLimit:
    parts: list[TimeLimit] = []
    for _, _, limit in found:
        same = next((place for place, part in enumerate(parts) if _is_same(part, limit)), None)
        if same is None:
            parts.append(limit)
        else:
            parts[same] = _joined(parts[same], limit)
    if not parts:
        return _unknown(plain)
    if len(parts) == 1:
        return parts[0]
    return TimeLimit("combined", "", parts=tuple(parts), confidence=min(part.confidence for part in parts))


def _is_same(one: TimeLimit, other: TimeLimit) -> bool:
    if one.kind != other.kind:
        return False
    if one.kind in ("immediate", "inherited"):
        return True
    plain_one, plain_other = (replace(limit, anchor="", event="", confidence=0) for limit in (one, other))
    anchors = {one.anchor, other.anchor}
    return plain_one == plain_other and (
        len(anchors) == 1 or "" in anchors or anchors <= {"形成", "变更", "形成或变更"}
    )


def _joined(one: TimeLimit, other: TimeLimit) -> TimeLimit:
    """The same demand told twice: from making, from changing."""
    if one.kind in ("immediate", "inherited"):
        return one if one.confidence >= other.confidence else other
    if one.anchor and other.anchor and one.anchor != other.anchor:
        return replace(one, anchor="形成或变更", event=f"{one.event}或{other.event}")
    return one if one.anchor or not other.anchor else other


def _unknown(plain: str) -> TimeLimit:
    """Nothing to count by; the numbers that stand there are told, so that somebody can mend the text."""
    pieces = re.findall(r"\d+个?[一-龥]{1,3}", plain)
    return TimeLimit("unknown", "", understood="、".join(pieces[:5]), confidence=20 if pieces else 0)


def _counts_days(limit: TimeLimit) -> bool:
    return limit.unit == "day" or any(map(_counts_days, limit.parts))


def _in_lawful_units(limit: TimeLimit, basis: tuple[str, ...]) -> TimeLimit:
    if limit.parts:
        return replace(limit, parts=tuple(_in_lawful_units(part, basis) for part in limit.parts))
    if limit.unit == "day" and limit.kind in ("within", "before", "display") and day_rule(limit.amount, basis):
        return replace(limit, unit="working_day", lawful_unit=True)
    return limit


def _blank(plain: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        plain = plain[:start] + "\0" * (end - start) + plain[end:]
    return plain
