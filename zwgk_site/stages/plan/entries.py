"""Pages of catalogue entries and the catalogue table."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.corpus import record_digest
from zwgk_site.model.exports import Target
from zwgk_site.model.plan import LazyPage, PagePlan
from zwgk_site.model.views import CatalogPage, CatalogRow, CatalogTable, EntryPage, Fact, Link, Row, RowGroup
from zwgk_site.stages.plan import keys
from zwgk_site.stages.plan.changes_page import changes_link
from zwgk_site.stages.plan.desk import COLUMN, ENTRY, Desk, extra_facts, fact, facts_of, texts
from zwgk_site.stages.plan.exports import classes_of
from zwgk_site.stages.plan.heads import Column
from zwgk_site.stages.plan.promises import state_fact
from zwgk_site.statute.areas import classify_area
from zwgk_site.statute.columns import REQUEST
from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.statute.limit_sentences import explain_limit
from zwgk_site.statute.reach import classify_audience
from zwgk_site.statute.state_words import STATE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zwgk_site.model.corpus import CatalogEntry
    from zwgk_site.stages.plan.change_history import CatalogChanges

PAGE_ROWS = 200
MOST_RELATED = 9
LIMIT_WORDS = {
    "within": "若干日内", "before": "事前", "display": "公示", "retention": "长期", "immediate": "实时、及时", "periodic": "定期",
    "annual": "每年定期", "once": "一次", "combined": "多项要求",
}  # fmt: skip
"""Kinds of time limits as a reader may choose by them; the others have no common word."""
_CLASS_LABELS = {"fields": "领域", "items": "法定事项", "stages": "五公开"}
_CAPTIONS = {"主动公开": "主动公开目录", "依申请公开": "依申请公开目录"}


def plan_entries(desk: Desk) -> Iterator[LazyPage]:
    """A page for every entry, in the order of the catalogue."""
    root = "../../"
    entries = desk.corpus.entries
    links: list[Link | None] = [None, *(Link(entry.title, root + desk.entry_url(entry.id)) for entry in entries), None]
    families = _families(entries)
    for place, entry in enumerate(entries):
        yield _plan_entry(desk, entry, links[place], links[place + 2], families[entry.subject[0]])


def _families(entries: Sequence[CatalogEntry]) -> dict[str, list[CatalogEntry]]:
    """Entries by the first level of their subject."""
    found: dict[str, list[CatalogEntry]] = defaultdict(list)
    for entry in entries:
        found[entry.subject[0]].append(entry)
    return found


def _plan_entry(
    desk: Desk, entry: CatalogEntry, previous: Link | None, following: Link | None, family: list[CatalogEntry]
) -> LazyPage:
    url = desk.entry_url(entry.id)
    others: tuple[Target, ...] = ()
    if desk.incoming:
        found = desk.incoming.get(keys.entry_key(desk.code, entry.id), ())
        others = tuple(item.source for item in found if item.kind == ENTRY)
    filed = desk.by_entry.get(entry.id)
    documents = tuple([desk.row_of(item, "../../") for item in filed]) if filed else ()
    state = state_fact(desk, entry, filled=bool(others))
    around = _Around(documents, others, previous, following, state, _related(desk, entry, family))
    return LazyPage(
        url, (desk.seed_digest, record_digest(entry), around), lambda: _entry_page(desk, entry, url, around)
    )


class _Around(msgspec.Struct, frozen=True, array_like=True):
    """What an entry's page shows beside the entry."""

    documents: tuple[Row, ...]
    others: tuple[Target, ...]
    previous: Link | None
    following: Link | None
    state: Fact | None = None
    related: tuple[Link, ...] = ()


def _related(desk: Desk, entry: CatalogEntry, family: list[CatalogEntry]) -> tuple[Link, ...]:
    """Entries of the same first level, where that is a handful: a level that holds half a catalogue relates nothing."""
    if not 1 < len(family) <= MOST_RELATED:
        return ()
    return tuple(Link(item.title, f"../../{desk.entry_url(item.id)}") for item in family if item.id != entry.id)


def _entry_page(desk: Desk, entry: CatalogEntry, url: str, around: _Around) -> PagePlan:
    root = "../../"
    documents, others = around.documents, around.others
    view = EntryPage(
        title=entry.title,
        breadcrumb=desk.trail(root, Link("目录", f"{root}{desk.code}/catalog.html"), Link(entry.title)),
        facts=facts_of(around.state, *entry_facts(entry, root)),
        documents=RowGroup("本条目下的信息", documents),
        from_others=RowGroup("其他部门公开的信息", tuple(desk.target_row(item, root) for item in others))
        if others
        else None,
        previous=around.previous,
        next=around.following,
        empty_note=_empty_note(entry) if not documents and not others else "",
        promise=_promise(entry, around.state),
        ask=_whom_to_ask(desk, entry),
        related=around.related,
        request=Link("没有找到？可以申请公开", f"{root}{desk.code}/{REQUEST.file}"),
    )
    column = Column(entry.title, "、".join(entry.content), ",".join(entry.subject), "信息公开目录")
    return PagePlan(url, desk.heads.of_column(entry.title, url, column), view)


def _promise(entry: CatalogEntry, state: Fact | None) -> tuple[str, ...]:
    """What the time limit means in plain words, and how it stands, if either can be said."""
    limit = parse_limit(entry.time_limit, entry.basis)
    meaning = explain_limit(limit, "zh") if limit.kind not in ("unknown", "empty", "inherited") else ""
    stands = f"{state.values[0].title}。" if state else ""
    return tuple(filter(None, (meaning, stands)))


def _whom_to_ask(desk: Desk, entry: CatalogEntry) -> tuple[Fact, ...]:
    contact = desk.department.contact
    return facts_of(
        fact("责任科室", entry.office),
        fact("联系电话", contact.phone),
        fact("办公地址", contact.address),
        fact("办公时间", contact.hours),
    )


def _empty_note(entry: CatalogEntry) -> str:
    if entry.empty_reason:
        return f"本条目暂无信息：{entry.empty_reason}"
    if entry.disclosure == "依申请公开":
        return "本条目的信息依申请公开，请按政府信息公开指南提出申请。"
    return "本条目暂无信息。"


def _listed(values: Sequence[str], folder: str, root: str) -> tuple[Link, ...]:
    """Values as written, each leading to the list across departments in which the entry stands for it."""
    links = []
    for value in values:
        if folder == "areas":
            term = classify_area(value)
        else:
            audience = classify_audience(value)
            term = audience.term if audience else None
        if term is not None:
            links.append(Link(value, f"{root}{folder}/{term.slug}/index.html"))
    return tuple(links)


def entry_facts(entry: CatalogEntry, root: str) -> tuple[Fact, ...]:
    """The promise, as a table: what, why, by when, who, where, for whom."""
    classes = tuple(
        Fact(_CLASS_LABELS[folder], (Link(term.name, f"{root}{folder}/{term.slug}/index.html"),), "class")
        for folder, term in classes_of(entry)
    )
    return (
        *facts_of(
            fact("编号", entry.id),
            Fact("公开事项", texts(entry.subject), "path"),
            Fact("公开内容", texts(entry.content), "list"),
            Fact("公开依据", texts(entry.basis), "list"),
            fact("公开时限", entry.time_limit, "limit"),
            fact("公开时长", entry.duration),
            Fact("公开主体", texts(entry.responsible_body)),
            fact("责任科室", entry.office),
            Fact("公开渠道", texts(entry.channels), "inline"),
            Fact("公开对象", _listed(entry.audience, "audiences", root), "inline"),
            fact("公开方式", entry.disclosure),
            Fact("公开层级", texts(entry.levels), "inline"),
        ),
        *classes,
        *facts_of(
            Fact("重点领域", _listed(entry.key_areas, "areas", root), "inline"),
            fact("栏目", entry.column),
            fact("列入目录日期", entry.published_on, "date"),
            fact("修订日期", entry.revised_on, "date"),
            fact("备注", entry.note),
        ),
        *extra_facts(entry.extra),
    )


def plan_catalog(desk: Desk, changes: CatalogChanges) -> Iterator[LazyPage]:
    """The catalogue as tables, one for each 公开方式, cut into pages of `PAGE_ROWS` rows; the first tells of changes."""
    groups: dict[str, list[CatalogEntry]] = {"主动公开": [], "依申请公开": []}
    for entry in desk.corpus.entries:
        groups.setdefault(entry.disclosure, []).append(entry)
    rows = [entry for group in groups.values() for entry in group]
    count = max(1, -(-len(rows) // PAGE_ROWS))
    for number in range(1, count + 1):
        part = rows[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
        newest = [desk.by_entry[entry.id][0] if entry.id in desk.by_entry else None for entry in part]
        seed = (
            desk.seed_digest,
            number,
            count,
            [record_digest(entry) for entry in part],
            [desk.row_of(document, "") if document else None for document in newest],
            [state_fact(desk, entry, filled=False) for entry in part],
            changes.seed if number == 1 else b"",
        )
        told = changes if number == 1 else None
        yield LazyPage(_catalog_url(desk, number), seed, partial(_catalog_page, desk, part, (number, count), told))


def _catalog_page(
    desk: Desk, part: list[CatalogEntry], sheet: tuple[int, int], changes: CatalogChanges | None
) -> PagePlan:
    root = "../"
    number, count = sheet
    url = _catalog_url(desk, number)
    title = f"{desk.department.name}主动公开基本目录"
    pages = tuple(
        Link(f"第{place}页", "" if place == number else root + _catalog_url(desk, place))
        for place in range(1, count + 1)
    )
    rows = [
        (entry.disclosure, _catalog_row(desk, entry, before, root))
        for before, entry in pairwise((None, *part))
        if entry
    ]
    view = CatalogPage(
        title=title,
        breadcrumb=desk.trail(root, Link("目录")),
        tables=tuple(_tables(rows)),
        pages=pages if count > 1 else (),
        downloads=_catalog_downloads(desk, root),
        changes=changes_link(desk, changes) if changes is not None else None,
    )
    words = f"{title}：公开什么、什么时候公开、由谁公开、怎样公开"
    column = Column("政府信息公开目录", words, f"{COLUMN},目录,{desk.department.name}", "信息公开目录")
    return PagePlan(url, desk.heads.of_column(title, url, column), view, is_list=True)


def _catalog_url(desk: Desk, number: int) -> str:
    return f"{desk.code}/catalog.html" if number == 1 else f"{desk.code}/catalog-{number}.html"


def _catalog_downloads(desk: Desk, root: str) -> tuple[Link, ...]:
    folder = f"{root}data/{desk.code}"
    return (
        Link("目录（Excel）", f"{folder}/catalog.xlsx"),
        Link("目录（CSV）", f"{folder}/catalog.csv"),
        Link("目录（JSON）", f"{folder}/catalog.json"),
    )


def _tables(part: Sequence[tuple[str, CatalogRow]]) -> Iterator[CatalogTable]:
    methods = dict.fromkeys(method for method, _ in part)
    for method in methods:
        rows = tuple(row for other, row in part if other == method)
        yield CatalogTable(_CAPTIONS.get(method, f"公开方式：{method}"), rows)


def _repeated(entry: CatalogEntry, before: CatalogEntry | None) -> int:
    """How many levels of the subject, but the last, are those of the row above."""
    if before is None or before.disclosure != entry.disclosure:
        return 0
    pairs = zip(entry.subject[:-1], before.subject[:-1], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _catalog_row(desk: Desk, entry: CatalogEntry, before: CatalogEntry | None, root: str) -> CatalogRow:
    documents = desk.by_entry.get(entry.id)
    state = state_fact(desk, entry, filled=False)
    return CatalogRow(
        entry.id,
        root + desk.entry_url(entry.id),
        entry.subject,
        entry.content,
        entry.basis,
        entry.time_limit,
        "、".join(entry.responsible_body),
        entry.office,
        entry.channels,
        "、".join(entry.audience),
        entry.disclosure,
        "、".join(entry.levels),
        desk.row_of(documents[0], root) if documents else None,
        _repeated(entry, before),
        LIMIT_WORDS.get(parse_limit(entry.time_limit, entry.basis).kind, ""),
        state.values[0].title if state else "",
        STATE_NAMES.get(desk.states[entry.id].kind, "") if state else "",
        state.kind if state else "",
    )
