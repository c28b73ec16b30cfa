"""Limits told by the calendar: dates and parts of the year, rhythms, and so long after the end of either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from zwgk_site.model.patterns import late
from zwgk_site.statute.limit_rhythm import EVERY, RHYTHMS
from zwgk_site.statute.limit_yearly import WHOLE_YEAR, YEARLY
from zwgk_site.statute.time_limit import TimeLimit, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

_GRACE = late(
    r"的?(?:之日|结束|终了|末|底|期满|届满|终|完)*(?:后|起)的?,?(?:第|在|应当?|的|最迟)*(?P<grace>\d{1,3})个?(?P<unit>工作日|自然日|日|天|月|周)(?:内|前)*"
)
_READERS = (*YEARLY, EVERY, WHOLE_YEAR, *RHYTHMS)


def read_calendar(plain: str) -> Iterator[tuple[int, int, TimeLimit]]:
    """Each place of `plain` that tells a date or a period, in order: start, end, what it says."""
    taken = [False] * (len(plain) + 1)
    found: list[tuple[int, int, TimeLimit]] = []
    for pattern, reader in _READERS:
        for match in pattern.finditer(plain):
            if any(taken[match.start() : match.end()]):
                continue
            limit = reader(match)
            if limit is None:
                continue
            end = match.end()
            if limit.kind in ("annual", "periodic") and not limit.grace:
                limit, end = _with_grace(limit, plain, end)
            taken[match.start() : end] = [True] * (end - match.start())
            found.append((match.start(), end, limit))
    yield from sorted(found, key=lambda item: item[0])


def _with_grace(limit: TimeLimit, plain: str, end: int) -> tuple[TimeLimit, int]:
    """…后15日内: so long after the end of the period or the day just read."""
    found = _GRACE.match(plain, end)
    if not found:
        return limit, end
    units: dict[str, Unit] = {"工作日": "working_day", "月": "month", "周": "week"}
    return replace(limit, grace=int(found["grace"]), grace_unit=units.get(found["unit"], "day")), found.end()
