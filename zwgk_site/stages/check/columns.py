"""The columns of a department as an inspection sees them, and which of them stand still or are blank (国办秘函〔2019〕19号)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.stages.check.performance import documents_by_entry
from zwgk_site.statute.day_watch import days_after

if TYPE_CHECKING:
    from zwgk_site.model.corpus import CatalogEntry, Corpus, Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

NEWS = ("动态", "要闻", "新闻")
NOTICES = ("公告", "公示", "通知", "政策文件", "规范性文件")


class Column(msgspec.Struct, frozen=True):
    """A column as an inspection sees it (栏目): its name, entries and documents under it."""

    name: str
    entries: tuple[CatalogEntry, ...]
    documents: tuple[Document, ...]

    @property
    def newest(self) -> str:
        """The newest day of publication, or an empty string."""
        return max((item.published_on[:10] for item in self.documents), default="")

    @property
    def is_excused(self) -> bool:
        """Whether its entries say why nothing is there."""
        return any(entry.empty_reason for entry in self.entries)


def columns_of(holdings: Holdings | Corpus, context: CheckContext) -> list[Column]:
    """The columns of a department: what 栏目 names. Entries without it are no columns of their own."""
    public = (d for d in holdings.documents if d.is_public() and context.watch.has_come(d.published_on))
    filed = documents_by_entry(holdings.department.code, public)
    entries: dict[str, list[CatalogEntry]] = defaultdict(list)
    for entry in holdings.entries:
        if entry.column and entry.disclosure == "主动公开":
            entries[entry.column].append(entry)
    return [
        Column(name, tuple(found), tuple(document for entry in found for document in filed.get(entry.id, ())))
        for name, found in sorted(entries.items())
    ]


def cycle_of(name: str, context: CheckContext) -> int:
    """Within how many days a column must have something new; 0 where no rule says."""
    if any(word in name for word in NEWS):
        return context.numbers.news_days
    return context.numbers.notice_days if any(word in name for word in NOTICES) else 0


class ColumnReview(msgspec.Struct, frozen=True):
    """Columns that stand still, each with the day by which it was to be updated, and blank ones (栏目更新情况)."""

    stale: tuple[tuple[Column, str], ...]
    blank: tuple[Column, ...]


def review_columns(holdings: Holdings | Corpus, context: CheckContext) -> ColumnReview:
    """Which columns an inspection would count; those that say why there is nothing are left out."""
    stale, blank = [], []
    for column in columns_of(holdings, context):
        cycle = cycle_of(column.name, context)
        if column.is_excused:
            continue
        if not column.documents:
            blank.append(column)
        elif cycle and context.watch.is_over(due := days_after(column.newest, cycle)):
            stale.append((column, due))
    return ColumnReview(tuple(stale), tuple(blank))
