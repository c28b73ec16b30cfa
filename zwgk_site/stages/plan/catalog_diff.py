"""Compares two catalogues. Pure: what the rows mean is asked of `model/fields.py` and of the law, never of a file."""

from __future__ import annotations

import re
from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING

from zwgk_site.model.catalog_diff import CatalogDiff, EntryChange, FieldChange
from zwgk_site.model.fields import RECORDS
from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.statute.limit_trend import Trend, compare_limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zwgk_site.model.corpus import CatalogEntry

_RECORD = RECORDS["entry"]
NAMES = tuple(field.name for field in _RECORD.fields if field.name not in ("id", "waivers"))
"""What is compared: all that is published of a row."""
_values_of = attrgetter(*NAMES, "extra")
_NUMBER = re.compile(r"(\d+)", re.ASCII)
Values = dict[str, tuple[str, ...]]


def compare_catalogs(before: Iterable[CatalogEntry], after: Iterable[CatalogEntry]) -> CatalogDiff:
    """The difference, sorted by id. A row whose id alone is new, known by its subject, was renumbered."""
    old, new = ({entry.id: entry for entry in entries} for entries in (before, after))
    renumbered = _renumbered([old[i] for i in old if i not in new], [new[i] for i in new if i not in old])
    pairs = [(old[i], new[i]) for i in old if i in new] + [(old[source], new[i]) for i, source in renumbered.items()]
    changed = [change for one, other in pairs if (change := compare_entries(one, other)) is not None]
    gone = renumbered.values()
    return CatalogDiff(
        tuple(
            sorted((e for i, e in new.items() if i not in old and i not in renumbered), key=lambda e: order_key(e.id))
        ),
        tuple(sorted((e for i, e in old.items() if i not in new and i not in gone), key=lambda e: order_key(e.id))),
        tuple(sorted(changed, key=lambda change: order_key(change.id))),
    )


def _renumbered(gone: Sequence[CatalogEntry], fresh: Sequence[CatalogEntry]) -> dict[str, str]:
    """New ids with their old ones: rows of the same subject, where only one has gone and only one has come."""
    counts = Counter(entry.subject for entry in gone), Counter(entry.subject for entry in fresh)
    old = {entry.subject: entry.id for entry in gone if counts[0][entry.subject] == counts[1][entry.subject] == 1}
    return {entry.id: old[entry.subject] for entry in fresh if entry.subject in old}


def compare_entries(before: CatalogEntry, after: CatalogEntry) -> EntryChange | None:
    """What differs in a row, or `None`."""
    if before.id == after.id and _values_of(before) == _values_of(after):
        return None
    old, new = row_values(before), row_values(after)
    names = sorted(old.keys() | new.keys(), key=place_of)
    fields = tuple(
        FieldChange(name, label_of(name), old.get(name, ()), new.get(name, ()), _trend(name, old, new))
        for name in names
        if old.get(name) != new.get(name)
    )
    renumbered = before.id != after.id
    if not fields and not renumbered:
        return None
    return EntryChange(after.id, after.subject, fields, before.id if renumbered else "")


def row_values(entry: CatalogEntry) -> Values:
    """What a row says, by field; a key that was unknown to the program that wrote it counts by what it means today."""
    found: Values = {}
    for key, value in entry.extra:
        field = _RECORD.field_for(key)
        if value:
            found[field.name if field else key] = (value,)
    for name in NAMES:
        value = getattr(entry, name)
        if value:
            found[name] = value if isinstance(value, tuple) else (value,)
    return found


def label_of(name: str) -> str:
    """The official key of a field; an unknown key is its own."""
    field = _RECORD.field_for(name)
    return field.key if field else name


def is_list(name: str) -> bool:
    """Whether a field holds several values, so that some of them may be added or dropped."""
    return name in ("subject", "content", "basis", "responsible_body", "channels", "audience", "levels", "key_areas")


def place_of(name: str) -> tuple[int, str]:
    """Where a field stands among those of a row; unknown keys come last."""
    return (NAMES.index(name), "") if name in NAMES else (len(NAMES), name)


def _trend(name: str, old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]]) -> Trend:
    if name != "time_limit" or old.get(name) == new.get(name):
        return ""
    return limit_trend(old.get(name, ()), old.get("basis", ()), new.get(name, ()), new.get("basis", ()))


def limit_trend(
    before: tuple[str, ...], old_basis: tuple[str, ...], after: tuple[str, ...], new_basis: tuple[str, ...]
) -> Trend:
    """What became of a limit as written, each with the laws it rests on."""
    return compare_limits(parse_limit("".join(before), old_basis), parse_limit("".join(after), new_basis))


def order_key(entry_id: str) -> tuple[tuple[int, str], ...]:
    """Ids in the order in which people count: WJJ-9 before WJJ-10."""
    parts = _NUMBER.split(entry_id)  # every second one is a number
    return tuple(
        (len(part.lstrip("0")), part.lstrip("0")) if place % 2 else (-1, part) for place, part in enumerate(parts)
    )
