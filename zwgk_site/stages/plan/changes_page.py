"""The page that tells what was changed in a catalogue and when (目录动态调整), and the same as data."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.change_history import changes_url
from zwgk_site.model.plan import DataPlan, LazyData, LazyPage, PagePlan
from zwgk_site.model.views import ChangedRow, ChangedValue, ChangeGroup, ChangesPage, CountedLink, Link
from zwgk_site.stages.plan.catalog_diff import is_list
from zwgk_site.stages.plan.desk import COLUMN, Desk
from zwgk_site.stages.plan.heads import Column
from zwgk_site.statute.limit_trend import TREND_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.catalog_diff import EntryChange, FieldChange
    from zwgk_site.model.change_history import AddedRow, ChangeDay, RemovedRow
    from zwgk_site.stages.plan.change_history import CatalogChanges

FILE = "changes.html"
ROOT = "../"
MOST_SHOWN = 100
"""Rows told on the page; `changes.json` has more."""
NAME = "目录调整记录"
_INTRO = "本机关按职责变化动态调整主动公开基本目录。这里按日期列出新增、撤销和修改的条目，最近的在前。"
_encoder = msgspec.json.Encoder()


def plan_changes(desk: Desk, changes: CatalogChanges) -> Iterator[LazyPage | LazyData]:
    """The page and `changes.json`; neither is made again while no row changes."""
    seed = (desk.seed_digest, changes.seed)
    yield LazyPage(f"{desk.code}/{FILE}", seed, partial(_changes_page, desk, changes))
    yield LazyData(changes_url(desk.code), changes.seed, partial(_changes_data, desk, changes))


def changes_link(desk: Desk, changes: CatalogChanges) -> CountedLink:
    """The way to the page, with the day of the newest change."""
    days = changes.history.days
    return CountedLink(NAME, f"{ROOT}{desk.code}/{FILE}", date=days[0].date if days else "")


def _changes_data(desk: Desk, changes: CatalogChanges) -> DataPlan:
    return DataPlan(changes_url(desk.code), _encoder.encode(changes.history) + b"\n")


def _changes_page(desk: Desk, changes: CatalogChanges) -> PagePlan:
    url, name = f"{desk.code}/{FILE}", desk.department.name
    title = f"{name}{NAME}"
    groups, left = [], MOST_SHOWN
    for day in changes.history.days:
        if left > 0:
            groups.append(_group(desk, day, left))
        left -= day.count
    view = ChangesPage(
        title=title,
        breadcrumb=desk.trail(ROOT, Link("目录", f"{ROOT}{desk.code}/catalog.html"), Link(NAME)),
        intro=_INTRO,
        groups=tuple(groups),
        note=f"这里只列出最近 {MOST_SHOWN} 项，更早的见下载的数据。" if left < 0 else "",
        downloads=(Link("目录调整记录（JSON）", f"{ROOT}{changes_url(desk.code)}"),),
    )
    words = f"{name}主动公开基本目录新增、撤销、修改了哪些条目，什么时候调整的"
    column = Column("政府信息公开目录", words, f"{COLUMN},目录,动态调整,{name}", "信息公开目录")
    return PagePlan(url, desk.heads.of_column(title, url, column), view, is_list=True)


def _group(desk: Desk, day: ChangeDay, most: int) -> ChangeGroup:
    """One day, cut after `most` rows."""
    added, removed = day.added[:most], day.removed[: max(0, most - len(day.added))]
    changed = day.changed[: max(0, most - len(day.added) - len(day.removed))]
    return ChangeGroup(
        date=day.date,
        anchor=f"d-{day.date}",
        summary=describe_counts(len(day.added), len(day.removed), len(day.changed)),
        added=tuple(_row(desk, row) for row in added),
        removed=tuple(_removed_row(desk, row) for row in removed),
        changed=tuple(_changed_row(desk, change) for change in changed),
    )


def describe_counts(added: int, removed: int, changed: int) -> str:
    """How much was changed, in words."""
    counts = (("新增", added), ("撤销", removed), ("修改", changed))
    return "，".join(f"{word} {count} 项" for word, count in counts if count)


def _row(desk: Desk, row: AddedRow | EntryChange) -> ChangedRow:
    return ChangedRow(" › ".join(row.subject), row.id, _entry_url(desk, row.id))


def _entry_url(desk: Desk, entry_id: str) -> str:
    return ROOT + desk.entry_url(entry_id) if entry_id in desk.entries else ""


def _removed_row(desk: Desk, row: RemovedRow) -> ChangedRow:
    said = [f"理由：{row.reason}" if row.reason else "", f"撤销日期：{row.date}" if row.date else ""]
    note = "；".join(part for part in said if part)
    then = None
    if row.successor:
        entry = desk.entries.get(row.successor.strip())
        then = Link(entry.title if entry else row.successor, _entry_url(desk, row.successor.strip()))
    return ChangedRow(" › ".join(row.subject), row.id, "", note, then)


def _changed_row(desk: Desk, change: EntryChange) -> ChangedRow:
    note = f"编号由 {change.before_id} 改为 {change.id}" if change.before_id else ""
    row = msgspec.structs.replace(_row(desk, change), note=note)
    return msgspec.structs.replace(row, values=tuple(map(changed_value, change.fields)))


def changed_value(field: FieldChange) -> ChangedValue:
    """A field's change: of a list what was dropped and added, of a text both, of a limit also what that means."""
    parts = dropped_and_gained(field)
    if parts is not None:
        kept = len(field.before) - len(parts[0])
        return ChangedValue(field.label, *parts, f"其余 {kept} 项不变", "去掉", "增加")
    note = TREND_WORDS[field.trend][0] if field.trend else ""  # type: ignore[index]  # the model knows no law
    if set(field.before) == set(field.after):
        note = "只调整了顺序"
    return ChangedValue(field.label, field.before, field.after, note)


def dropped_and_gained(field: FieldChange) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Of a list that kept some of its parts those that it lost and got; `None` where both sides are better told whole."""
    dropped = tuple(value for value in field.before if value not in field.after)
    gained = tuple(value for value in field.after if value not in field.before)
    kept = len(field.before) - len(dropped)
    return (dropped, gained) if is_list(field.name) and kept and (dropped or gained) else None
