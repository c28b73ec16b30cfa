"""A department's home and the list of all its documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.plan import PagePlan
from zwgk_site.model.views import CountedLink, DepartmentHome, Fact, Link, ListPage, RowGroup
from zwgk_site.stages.plan import keys
from zwgk_site.stages.plan.desk import COLUMN, Desk, extra_facts, fact, facts_of, texts
from zwgk_site.stages.plan.exports import JOINT
from zwgk_site.stages.plan.glance import glance_of, items_of_home
from zwgk_site.stages.plan.heads import Column
from zwgk_site.stages.plan.linked_data import department_json_ld
from zwgk_site.stages.plan.lists import newest_first, pager_of, slice_list
from zwgk_site.stages.plan.states import shown_date
from zwgk_site.statute.columns import ANNUAL, GUIDE, SYSTEM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Contact

NEWEST = 10
FEW = 3
STATUTORY = (("指南", GUIDE), ("制度", SYSTEM), ("年报", ANNUAL))


def plan_home(desk: Desk) -> PagePlan:
    """The column home: contact, the fixed parts of a column, the newest documents, subjects."""
    root = "../"
    department = desk.department
    url = f"{desk.code}/index.html"
    newest = tuple(desk.row_of(item, root) for item in reversed(desk.documents[-NEWEST:]))
    joint = _joint_rows(desk, root)
    more = Link("更多", f"{root}{desk.code}/list/index.html")
    view = DepartmentHome(
        title=f"{department.name}{COLUMN}",
        breadcrumb=(*desk.trail(root)[:1], Link(department.name)),
        facts=department_facts(desk, root),
        statutory=tuple(_statutory(desk, root)),
        newest=RowGroup("最新公开", newest, more if newest else None),
        subjects=tuple(_subjects(desk, root)),
        joint=joint,
        downloads=_downloads(desk, root),
        notice=_notice(desk),
        items=items_of_home(desk, root),
        glance=glance_of(desk),
    )
    column = Column(
        COLUMN, department.description or f"{department.name}主动公开的政府信息", f"{COLUMN},{department.name}", "首页"
    )
    head = desk.heads.of_column(view.title, url, column, _alternates(desk))
    head = msgspec.structs.replace(head, json_ld=department_json_ld(desk))
    return PagePlan(url, head, view, is_list=True)


def _notice(desk: Desk) -> str:
    if not desk.department.dissolved_on or desk.department.dissolved_on > desk.today:
        return ""
    names = dict(desk.neighbours.departments)
    successor = names.get(desk.department.successor, "")
    return f"本部门已于 {desk.department.dissolved_on} 撤销" + (f"，职能由{successor}承接。" if successor else "。")


def contact_facts(contact: Contact) -> tuple[Fact, ...]:
    """How to reach an organ, as facts."""
    return (
        *facts_of(
            fact("联系电话", contact.phone),
            fact("传真号码", contact.fax),
            fact("办公地址", contact.address),
            fact("邮政编码", contact.postcode),
            fact("办公时间", contact.hours),
            fact("互联网联系方式", contact.email),
        ),
        *extra_facts(contact.extra),
    )


def department_facts(desk: Desk, root: str) -> tuple[Fact, ...]:
    """Who this department is."""
    department = desk.department
    names = dict(desk.neighbours.departments)
    superior = names.get(department.superior)
    successor = names.get(department.successor)
    return (
        *contact_facts(department.contact),
        *facts_of(
            fact("统一社会信用代码", department.credit_code, "number"),
            Fact("上级部门", (Link(superior, f"{root}{department.superior}/index.html"),)) if superior else None,
            Fact("曾用名", texts(department.former_names), "inline"),
            fact("撤销日期", department.dissolved_on, "date"),
            Fact("承接部门", (Link(successor, f"{root}{department.successor}/index.html"),)) if successor else None,
        ),
        *extra_facts(department.extra),
    )


def _statutory(desk: Desk, root: str) -> Iterator[RowGroup]:
    for kind, column in STATUTORY:
        rows = tuple(desk.row_of(item, root) for item in reversed(desk.documents) if item.kind == kind)
        more = Link(f"全部{len(rows)}件", f"{root}{desk.code}/{column.file}") if len(rows) > FEW else None
        yield RowGroup(column.name, rows[:FEW], more, note="" if rows else "本栏目暂无信息。")


def _subjects(desk: Desk, root: str) -> Iterator[CountedLink]:
    """The first levels of the catalogue with the number of entries and the newest document under them."""
    counts: dict[str, int] = {}
    dates: dict[str, str] = {}
    firsts: dict[str, str] = {}
    for entry in desk.corpus.entries:
        first = entry.subject[0]
        counts[first] = counts.get(first, 0) + 1
        firsts.setdefault(first, entry.id)
        documents = desk.by_entry.get(entry.id)
        if documents:
            dates[first] = max(dates.get(first, ""), shown_date(documents[0]))
    if len(counts) > 60:  # a catalogue without real first levels: the table serves better
        return
    for name, count in counts.items():
        yield CountedLink(name, root + desk.entry_url(firsts[name]), count, dates.get(name, ""))


def _joint_rows(desk: Desk, root: str) -> RowGroup | None:
    names = (desk.department.name, desk.department.short_name, *desk.department.former_names)
    wanted = [keys.department_key(desk.code), *(keys.name_key(name) for name in names if name)]
    found = {
        item.source.url: item.source for key in wanted for item in desk.incoming.get(key, ()) if item.kind == JOINT
    }
    if not found:
        return None
    rows = sorted(
        (desk.target_row(item, root) for item in found.values()), key=lambda row: (row.date, row.url), reverse=True
    )
    return RowGroup("与其他部门联合发布", tuple(rows))


def _downloads(desk: Desk, root: str) -> tuple[Link, ...]:
    feed = (Link("订阅本部门最新信息（Atom）", f"{root}{desk.code}/feed.xml"),) if desk.heads.base else ()
    return (
        Link("主动公开基本目录", f"{root}{desk.code}/catalog.html"),
        Link("目录调整记录", f"{root}{desk.code}/changes.html"),
        Link("目录表格（Excel）", f"{root}data/{desk.code}/catalog.xlsx"),
        Link("目录数据（JSON）", f"{root}data/{desk.code}/catalog.json"),
        Link("履约状态（JSON）", f"{root}data/{desk.code}/status.json"),
        Link("到期日历（ICS）", f"{root}data/{desk.code}/due.ics"),
        Link("文件数据（JSON）", f"{root}data/{desk.code}/documents.json"),
        *feed,
    )


def _alternates(desk: Desk) -> tuple[tuple[str, str, str], ...]:
    if not desk.heads.base:
        return ()
    title = f"{desk.department.name}最新公开"
    return (("application/feed+json", title, "feed.json"),)


def plan_document_list(desk: Desk) -> Iterator[PagePlan]:
    """All documents of the department, newest first."""
    root = "../../"
    title = f"{desk.department.name}公开的信息"
    column = Column("最新公开", title, f"{COLUMN},{desk.department.name}", "信息公开目录")
    for part in slice_list(len(desk.documents)):
        url = f"{desk.code}/list/{part.name}"
        rows = tuple(desk.row_of(item, root) for item in newest_first(desk.documents, part))
        view = ListPage(title, desk.trail(root, Link("全部信息")), rows, pager_of(part))
        yield PagePlan(url, desk.heads.of_column(title, url, column), view, is_list=True)
