"""How one catalogue differs from another, row by row and value by value. The order of rows does not count."""

from __future__ import annotations

import msgspec

from zwgk_site.model.corpus import CatalogEntry


class FieldChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """One value of a row, before and after (调整的项目): text is one value, what was not given is none.

    `name` is the field's identifier, `label` its official key; of a key that the program does not know both are the key.
    `trend` is what became of a time limit (`statute/limit_trend.py`), empty where that can't be said for sure.
    """

    name: str
    label: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    trend: str = ""


class EntryChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row that is in both catalogues and differs (修改的条目): `fields` in the order in which a clerk is shown them.

    `id` and `subject` are those of the new catalogue; `before_id` is the old id of a row that was renumbered.
    """

    id: str
    subject: tuple[str, ...]
    fields: tuple[FieldChange, ...] = ()
    before_id: str = ""


class CatalogDiff(msgspec.Struct, frozen=True):
    """What was added, removed and changed between two catalogues (目录对比), each by id."""

    added: tuple[CatalogEntry, ...] = ()
    removed: tuple[CatalogEntry, ...] = ()
    changed: tuple[EntryChange, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.added or self.removed or self.changed)
