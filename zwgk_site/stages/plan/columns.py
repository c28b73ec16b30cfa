"""The fixed columns of a department: guide, rules, statutory content as a tree, annual reports, requests."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zwgk_site.model.plan import PagePlan
from zwgk_site.model.views import ColumnPage, ColumnSection, CountedLink, Link
from zwgk_site.stages.plan.desk import COLUMN, Desk, fact, facts_of
from zwgk_site.stages.plan.heads import Column
from zwgk_site.stages.plan.home import contact_facts
from zwgk_site.stages.plan.states import shown_date
from zwgk_site.statute.columns import (
    ANNUAL,
    ENTERPRISE_RULES,
    GUIDE,
    REQUEST,
    REQUEST_RULES,
    STATUTORY,
    SYSTEM,
    is_chief,
    is_enterprise,
    items_of,
)
from zwgk_site.statute.taxonomy import classify_item, item_slugs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.model.corpus import CatalogEntry, Document
    from zwgk_site.model.views import Fact, Row
    from zwgk_site.statute.columns import FixedColumn

ROOT = "../"
MOST_ENTRIES = 40
MOST_ROWS = 5
NOTHING = "本栏目暂无信息。"
_KINDS = {GUIDE.file: "指南", SYSTEM.file: "制度", ANNUAL.file: "年报"}
_INTROS = {
    GUIDE.file: "怎样查找、获取本机关的政府信息，有问题找谁。",
    SYSTEM.file: "本机关公开政府信息所依据的规定和内部制度。",
    ANNUAL.file: "部门每年1月31日前、政府每年3月31日前公布上一年度的报告（条例第四十九条、第五十条）。",
}
BY_THE_REGULATION = "按《政府信息公开条例》第二十条、第二十一条编排。"
BY_THE_SECTOR = "按本单位的公开事项编排；公开什么，由有关主管部门规定（条例第五十五条）。"
ON_REQUEST = "没有主动公开的政府信息，可以依法申请。"
ON_QUESTION = "网上没有找到的信息，可以向本单位咨询。"
ENTERPRISE_REPORT = "本单位公布的信息公开工作年度报告。"
UNSORTED = "其他主动公开的事项"
_ADDITIONS = (
    ("interpretation", "政策解读", ("解读",)),
    ("participation", "公众参与", ("征求意见", "意见采纳结果", "会议")),
    ("response", "回应关切", ("舆情回应",)),
    ("service", "办事服务", ("办事指南",)),
    ("gazette", "政府公报", ("公报",)),
)
"""Columns that practice adds to the statutory ones, with the kinds of documents in them."""


def plan_columns(desk: Desk) -> Iterator[PagePlan]:
    """The five pages, in the order in which they are named everywhere."""
    yield _kind_page(desk, GUIDE, desk_contact(desk))
    yield _kind_page(desk, SYSTEM)
    own = is_enterprise(desk.department.category)
    sections = _by_subject(desk) if own else _statutory(desk)
    yield _page(desk, STATUTORY, tuple(sections), BY_THE_SECTOR if own else BY_THE_REGULATION)
    yield _kind_page(desk, ANNUAL)
    yield _page(desk, REQUEST, tuple(_request(desk)), ON_QUESTION if own else ON_REQUEST, desk_contact(desk))


def desk_contact(desk: Desk) -> tuple[Fact, ...]:
    """Whom to ask, as facts."""
    office = desk.department.openness_office or desk.department.name
    return (*facts_of(fact("公开工作机构", office)), *contact_facts(desk.department.contact))


def _page(
    desk: Desk, column: FixedColumn, sections: tuple[ColumnSection, ...], intro: str, facts: tuple[Fact, ...] = ()
) -> PagePlan:
    url = f"{desk.code}/{column.file}"
    name = desk.department.name
    view = ColumnPage(f"{name}{column.name}", desk.trail(ROOT, Link(column.name)), sections, facts, intro)
    tags = Column(column.name, f"{name}{column.description}", f"{COLUMN},{column.name},{name}", column.type)
    return PagePlan(url, desk.heads.of_column(view.title, url, tags), view, is_list=True)


def _kind_page(desk: Desk, column: FixedColumn, facts: tuple[Fact, ...] = ()) -> PagePlan:
    """A column that holds all documents of one kind."""
    rows = _rows(desk, (_KINDS[column.file],), len(desk.documents))
    section = ColumnSection("", "all", rows=rows, note="" if rows else NOTHING)
    own = column is ANNUAL and is_enterprise(desk.department.category)
    return _page(desk, column, (section,), ENTERPRISE_REPORT if own else _INTROS[column.file], facts)


def _rows(desk: Desk, kinds: tuple[str, ...], most: int) -> tuple[Row, ...]:
    found = [document for document in reversed(desk.documents) if document.kind in kinds]
    return tuple(desk.row_of(document, ROOT) for document in found[:most])


# --- 法定主动公开内容 ------------------------------------------------------------------------------


def _statutory(desk: Desk) -> Iterator[ColumnSection]:
    """Each item of the law that the organ has, with its entries; then what practice adds; then what is left."""
    by_item: dict[str, list[CatalogEntry]] = defaultdict(list)
    names: dict[str, str] = {}
    unsorted: list[CatalogEntry] = []
    for entry in _active(desk):
        term = classify_item(entry.statutory_item)
        if term is None:
            unsorted.append(entry)
        else:
            by_item[term.slug].append(entry)
            names[term.slug] = term.name
    absent = item_slugs(desk.department.no_function)
    for item in items_of(desk.department.category, desk.department.level):
        yield _item_section(desk, item.slug, item.name, by_item.pop(item.slug, []), absent)
    for slug in sorted(by_item):
        yield _item_section(desk, slug, names[slug], by_item[slug], absent)
    if unsorted:
        yield _item_section(desk, "unsorted", UNSORTED, unsorted, absent)
    yield from _additions(desk)


def _active(desk: Desk) -> Iterator[CatalogEntry]:
    """What the organ publishes on its own account."""
    return (entry for entry in desk.corpus.entries if entry.disclosure != "依申请公开")


def _by_subject(desk: Desk) -> Iterator[ColumnSection]:
    """The subjects of a public enterprise as its catalogue has them: no article lists them."""
    groups: dict[str, list[CatalogEntry]] = defaultdict(list)
    for entry in _active(desk):
        groups[entry.subject[0]].append(entry)
    for number, (subject, entries) in enumerate(groups.items(), 1):
        yield _item_section(desk, f"s{number}", subject, entries, ())
    yield from _additions(desk)


def _item_section(
    desk: Desk, slug: str, name: str, entries: list[CatalogEntry], absent: Iterable[str]
) -> ColumnSection:
    shown = tuple(_entry_link(desk, entry) for entry in entries[:MOST_ENTRIES])
    more = Link(f"全部 {len(entries)} 项，见公开目录", f"{ROOT}{desk.code}/catalog.html")
    note = ""
    if not entries:
        note = "本机关没有这项职能。" if slug in absent else NOTHING
    elif not any(link.count for link in shown) and len(entries) <= MOST_ENTRIES:
        note = _why_empty(desk, entries)
    return ColumnSection(name, f"i-{slug}", shown, note=note, more=more if len(entries) > MOST_ENTRIES else None)


def _entry_link(desk: Desk, entry: CatalogEntry) -> CountedLink:
    documents = desk.by_entry.get(entry.id, ())
    newest = shown_date(documents[0]) if documents else ""
    return CountedLink(entry.title, ROOT + desk.entry_url(entry.id), len(documents), newest)


def _why_empty(desk: Desk, entries: list[CatalogEntry]) -> str:
    """Why nothing is there, and when something is due, as far as the catalogue tells."""
    reasons = list(dict.fromkeys(entry.empty_reason for entry in entries if entry.empty_reason))
    due = min(
        (
            state.due_on
            for entry in entries
            if (state := desk.states.get(entry.id)) is not None and state.due_on and state.kind != "late"
        ),
        default="",
    )
    words = f"暂无信息：{'；'.join(reasons)}。" if reasons else NOTHING
    return words + (f"按目录应于 {due} 前公开。" if due else "")


def _additions(desk: Desk) -> Iterator[ColumnSection]:
    for anchor, name, kinds in _ADDITIONS:
        found = [document for document in reversed(desk.documents) if document.kind in kinds]
        if found:
            rows = tuple(desk.row_of(document, ROOT) for document in found[:MOST_ROWS])
            more = Link(f"{name}共 {len(found)} 条，见全部信息", f"{ROOT}{desk.code}/list/index.html")
            yield ColumnSection(name, anchor, rows=rows, more=more if len(found) > MOST_ROWS else None)
        if anchor == "interpretation":
            by_chief = [document for document in found if _is_by_chief(document)]
            if by_chief:
                rows = tuple(desk.row_of(document, ROOT) for document in by_chief[:MOST_ROWS])
                yield ColumnSection("一把手解读政策", "chief", rows=rows, level=2)


def _is_by_chief(document: Document) -> bool:
    return document.interpreter is not None and is_chief(document.interpreter.role)


# --- 依申请公开 ------------------------------------------------------------------------------------


def _request(desk: Desk) -> Iterator[ColumnSection]:
    rules = ENTERPRISE_RULES if is_enterprise(desk.department.category) else REQUEST_RULES
    for number, (title, paragraphs) in enumerate(rules, 1):
        yield ColumnSection(title, f"r-{number}", paragraphs=paragraphs)
    forms = [item for item in desk.documents if "申请表" in item.title and "信息公开" in item.title]
    if forms:
        yield ColumnSection("申请表", "form", rows=tuple(desk.row_of(item, ROOT) for item in reversed(forms)))
    entries = [entry for entry in desk.corpus.entries if entry.disclosure == "依申请公开"]
    if entries:
        more = Link(f"全部 {len(entries)} 项，见公开目录", f"{ROOT}{desk.code}/catalog.html")
        links = tuple(CountedLink(entry.title, ROOT + desk.entry_url(entry.id)) for entry in entries[:MOST_ENTRIES])
        yield ColumnSection("依申请公开目录", "list", links, more=more if len(entries) > MOST_ENTRIES else None)
