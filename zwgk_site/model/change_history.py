"""What a department has changed in its catalogue, day by day (目录动态调整), kept in the output as `data/<code>/changes.json`.

Of a row that was taken off only its subject stands here, and why it went. Numbers of persons are hidden in all of it.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from zwgk_site.model.catalog_diff import EntryChange
from zwgk_site.model.corpus import CatalogEntry

FORMAT = 1


class AddedRow(msgspec.Struct, frozen=True):
    """A row that came into the catalogue (新增的条目)."""

    id: str
    subject: tuple[str, ...]


class RemovedRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row that was taken off (撤销的条目), with what 撤销 says of it."""

    id: str
    subject: tuple[str, ...]
    date: str = ""
    reason: str = ""
    successor: str = ""


class ChangeDay(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that one day's releases changed (一天的调整), net: what was undone on the same day is not told."""

    date: str
    added: tuple[AddedRow, ...] = ()
    removed: tuple[RemovedRow, ...] = ()
    changed: tuple[EntryChange, ...] = ()

    @property
    def count(self) -> int:
        """How many rows it tells of."""
        return len(self.added) + len(self.removed) + len(self.changed)


class ChangeHistory(msgspec.Struct, frozen=True):
    """`changes.json` (目录调整记录): days with changes, newest first; the oldest are dropped when there are many."""

    format: int = FORMAT
    department: str = ""
    days: tuple[ChangeDay, ...] = ()


class PastCatalog(msgspec.Struct, frozen=True):
    """What the last release knew (上一版目录): the history so far; its rows are read only when they are asked for.

    `entries` gives `None` where there was no release, or where it can't be read.
    """

    history: ChangeHistory = ChangeHistory()
    entries: Callable[[], tuple[CatalogEntry, ...] | None] = lambda: None


def changes_url(code: str) -> str:
    """Where a department's history stands in the output."""
    return f"data/{code}/changes.json"
