"""How a department keeps its promises, in figures."""

from __future__ import annotations

import msgspec


class Inspected(msgspec.Struct, frozen=True, array_like=True):
    """What an inspection counts in a department (抽查计数): columns that stand still, entries overdue, blank columns.

    A blank column by its name, with the ids of its entries: another department may have filed something there.
    """

    stale: int = 0
    overdue: int = 0
    blank: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Performance(msgspec.Struct, frozen=True, array_like=True):
    """Entries by their states, documents by whether they came in time (履约情况)."""

    on_time: int = 0
    due: int = 0
    late: int = 0
    empty: int = 0
    excused: int = 0
    uncountable: int = 0
    published_on_time: int = 0
    published_late: int = 0

    @property
    def rate(self) -> float | None:
        """The share of countable documents that came in time; `None` where none can be counted (按时公开率)."""
        counted = self.published_on_time + self.published_late
        return self.published_on_time / counted if counted else None
