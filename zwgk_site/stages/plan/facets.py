"""The facets of the whole site (按类查找): what a list across departments can be chosen by, and these lists themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.plan import LazyPage, PagePlan
from zwgk_site.model.views import CountedLink, FacetPage, Link, LinkGroup, ListPage, Pager, Row
from zwgk_site.stages.plan.desk import COLUMN
from zwgk_site.stages.plan.heads import Column, HeadMaker
from zwgk_site.stages.plan.lists import newest_first, pager_of, slice_list
from zwgk_site.statute.areas import AREAS
from zwgk_site.statute.reach import AUDIENCES, CHANNELS
from zwgk_site.statute.taxonomy import FIELDS, ITEMS, STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from msgspec import Raw

    from zwgk_site.model.corpus import Site
    from zwgk_site.model.exports import Header, StoredRow

Totals = dict[str, dict[str, tuple[str, int, str]]]
TITLES, CHANNEL_FOLDER = "titles", "channels"
FACETS = {
    "fields": ("按领域", "基层政务公开的26个领域，以及部门自定的领域"),
    "items": ("按法定事项", "《政府信息公开条例》第二十条、第二十一条规定主动公开的事项"),
    "stages": ("按五公开", "决策、执行、管理、服务、结果五个环节"),
    "areas": ("按重点领域", "国家要求优先公开的重点领域，以及部门自定的重点领域"),
    "audiences": ("按公开对象", "向全社会公开的事项，只向特定群体或者申请人公开的事项"),
    CHANNEL_FOLDER: ("按公开渠道", "除了上网，还可以从哪些渠道看到、问到"),
    "years": ("按年份", "按发布年份查看文件"),
    TITLES: ("按标题拼音", "按标题第一个字的拼音首字母查看文件"),
}
TITLE_ORDER = "标题第一个字的拼音首字母相同的文件，按发布日期排列，新的在前。"
_TERMS = (*FIELDS, *ITEMS, *STAGES, *AREAS, *AUDIENCES, *CHANNELS)
_read_row = msgspec.msgpack.Decoder(Row).decode
_RANK = {term.slug: place for place, term in enumerate(_TERMS)}


def list_totals(headers: Mapping[str, Header], sums: dict[str, int]) -> Totals:
    """By folder and slug: (name, number of rows, newest date), over all departments; `sums` as of `sum_tallies`."""
    counts: dict[str, int] = {}
    newest: dict[str, str] = {}
    for header in headers.values():
        for name, head in header.lists.items():
            counts[name] = counts.get(name, 0) + head.count
            if head.newest > newest.get(name, ""):
                newest[name] = head.newest
    for name, number in sums.items():
        counts[name] = counts.get(name, 0) + number
    totals: Totals = {folder: {} for folder in FACETS}
    for name, count in counts.items():  # few names, however many departments: they are taken apart only here
        place, _, label = name.partition("|")
        folder, _, slug = place.partition("/")
        if folder in totals:
            totals[folder][slug] = (label, count, newest.get(name, ""))
    return totals


def sum_tallies(headers: Mapping[str, Header]) -> dict[str, int]:
    """The tallies of all departments together."""
    sums: dict[str, int] = {}
    for header in headers.values():
        for name, number in header.tallies.items():
            sums[name] = sums.get(name, 0) + number
    return sums


def facet_links(folder: str, values: Mapping[str, tuple[str, int, str]], root: str = "") -> tuple[CountedLink, ...]:
    """The values of a facet in their official order, others after them; years with the newest first."""

    def rank(slug: str) -> tuple[int, str]:
        return (_RANK.get(slug, len(_RANK) + (slug == "other")), slug)

    slugs = sorted(values, reverse=True) if folder == "years" else sorted(values, key=rank)
    prefix = f"{folder}/" if not root else ""
    return tuple(
        CountedLink(values[slug][0], f"{prefix}{slug}/index.html", values[slug][1], values[slug][2]) for slug in slugs
    )


def plan_facets(
    headers: Mapping[str, Header], heads: HeadMaker, order: list[str], totals: Totals, sums: dict[str, int]
) -> Iterator[PagePlan]:
    """A page for each facet, and one for each value that has counts by department instead of a list."""
    for folder in FACETS:
        yield _facet(heads, folder, totals[folder])
    for name in sorted(sums):
        if name.partition("/")[0] not in FACETS:
            continue
        yield _counted_value(headers, heads, order, name)


def _facet(heads: HeadMaker, folder: str, values: Mapping[str, tuple[str, int, str]]) -> PagePlan:
    title, intro = FACETS[folder]
    groups = (LinkGroup(title, facet_links(folder, values, "../")),) if values else ()
    view = FacetPage(title, (Link("首页", "../index.html"), Link(title)), groups, intro)
    return _column_page(heads, f"{folder}/index.html", view, Column(title, intro, f"{COLUMN},{title}", "信息公开目录"))


def _counted_value(headers: Mapping[str, Header], heads: HeadMaker, order: list[str], name: str) -> PagePlan:
    """One value by department: how many entries each catalogue has of it."""
    place, _, label = name.partition("|")
    folder, root = place.partition("/")[0], "../../"
    links = tuple(
        CountedLink(headers[code].brief.name, f"{root}{code}/catalog.html", count)
        for code in order
        if (count := headers[code].tallies.get(name, 0))
    )
    trail = (Link("首页", root + "index.html"), Link(FACETS[folder][0], "../index.html"), Link(label))
    intro = f"各部门目录里{'通过' if folder == CHANNEL_FOLDER else '向'}“{label}”公开的事项。点部门名称，看它的目录。"
    view = FacetPage(label, trail, (LinkGroup("各部门的事项", links),), intro)
    column = Column(label, f"{FACETS[folder][0]}查看：{label}", f"{COLUMN},{label}", "信息公开目录")
    return _column_page(heads, f"{place}/index.html", view, column)


def _column_page(heads: HeadMaker, url: str, view: FacetPage | ListPage, column: Column) -> PagePlan:
    return PagePlan(url, heads.of_column(view.title, url, column), view, is_list=True)


def plan_list(site: Site, name: str, rows: Sequence[StoredRow]) -> Iterator[LazyPage]:
    """The pages of one site-wide list, `name` as in `Exports.lists`; `rows` sorted from oldest to newest."""
    place, _, label = name.partition("|")
    folder = place.partition("/")[0]
    heads = HeadMaker(site)
    root = "../../"
    trail = (Link("首页", root + "index.html"), Link(FACETS[folder][0], "../index.html"), Link(label))
    column = Column(label, f"{FACETS[folder][0]}查看：{label}", f"{COLUMN},{label}", "信息公开目录")
    title, intro = (f"标题拼音：{label}", TITLE_ORDER) if folder == TITLES else (label, "")
    for part in slice_list(len(rows)):
        own, pager, url = [item.row for item in newest_first(rows, part)], pager_of(part), f"{place}/{part.name}"

        def build(own: list[Raw] = own, pager: Pager = pager, url: str = url) -> PagePlan:
            shown = tuple(_rooted(_read_row(row), root) for row in own)
            return _column_page(heads, url, ListPage(title, trail, shown, pager, intro), column)

        yield LazyPage(url, (name, pager, own), build)


def _rooted(row: Row, root: str) -> Row:
    return Row(row.title, root + row.url, row.date, row.note, row.department, row.state)
