"""Pages that belong to no department: the home of the whole, all departments, lists across departments, 404."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.exports import Header, ListRow
from zwgk_site.model.plan import DataPlan, FeedItem, FeedPlan, PagePlan, Plan
from zwgk_site.model.published import FORMAT, PublishedSite, SiteDepartment
from zwgk_site.model.views import (
    CountedLink,
    Link,
    LinkGroup,
    LinkTree,
    NotFoundPage,
    SearchPage,
)
from zwgk_site.stages.plan.coverage import plan_coverage
from zwgk_site.stages.plan.desk import COLUMN, fact, facts_of
from zwgk_site.stages.plan.discovery import plan_opensearch, plan_sitemaps
from zwgk_site.stages.plan.exports import NEWEST
from zwgk_site.stages.plan.facets import FACETS, TITLES, facet_links, list_totals, plan_facets, sum_tallies
from zwgk_site.stages.plan.frames import site_navigation
from zwgk_site.stages.plan.front import CATEGORIES, SharedContext, plan_department_list, plan_site_home, without_place
from zwgk_site.stages.plan.heads import Column, HeadMaker
from zwgk_site.stages.plan.linked_data import plan_dcat
from zwgk_site.stages.plan.policy_pages import POLICY_PAGES
from zwgk_site.stages.plan.site_pages import plan_help, plan_site_map, plan_staff
from zwgk_site.statute.columns import REQUEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zwgk_site.stages.plan.facets import Totals

_encoder = msgspec.json.Encoder()


def plan_shared(context: SharedContext) -> Iterator[Plan]:
    """Everything shared but the lists, which are made one by one."""
    context = without_place(context)
    heads = HeadMaker(context.site)
    order = sorted(context.headers, key=lambda code: (context.pinyin[code], code))
    sums = sum_tallies(context.headers)
    totals = list_totals(context.headers, sums)
    newest = newest_rows(context.headers)
    yield plan_site_home(context, heads, order, totals, newest)
    yield plan_department_list(context, heads, order)
    yield from plan_facets(context.headers, heads, order, totals, sums)
    coverage = tuple(plan_coverage(context.headers, heads, order, totals, sums))
    yield from coverage
    yield _search(context, heads, order, totals)
    yield from _reader_pages(context, heads, order, totals)
    yield _not_found(heads)
    yield _site_data(context, order)
    if heads.base:
        yield _site_feed(heads, newest)
        yield plan_opensearch(heads)
        yield plan_dcat(context.headers, heads, order)
        yield from plan_sitemaps(
            context.headers, heads, order, totals, [*(page.url for page in coverage), *POLICY_PAGES]
        )


def newest_rows(headers: Mapping[str, Header]) -> tuple[ListRow, ...]:
    """The newest documents of all departments, newest first."""
    rows = [row for header in headers.values() for row in header.newest]
    rows.sort(key=lambda row: (row.date, row.code, row.id), reverse=True)
    return tuple(rows[:NEWEST])


def _search(
    context: SharedContext,
    heads: HeadMaker,
    order: list[str],
    totals: Totals,
) -> PagePlan:
    """Shows neither a count nor a date: it stays as it is while documents come and go."""
    url, title = "search.html", "检索"
    site, briefs = context.site, {code: context.headers[code].brief for code in order}
    view = SearchPage(
        title,
        (Link("首页", "index.html"), Link(title)),
        tuple(_browse(totals)),
        tuple(Link(brief.name, f"{code}/index.html") for code, brief in briefs.items()),
        facts_of(fact("联系电话", site.contact.phone), fact("主办单位", site.organizer)),
        _request(context, order),
        heads.canonical(url),
    )
    column = Column(title, "检索本栏目公开的全部政府信息", f"{COLUMN},{title}", "信息公开目录")
    return PagePlan(url, heads.of_column(title, url, column), view, is_list=True)


def _browse(totals: Totals) -> Iterator[LinkGroup]:
    """The ways to everything without a search."""
    for folder in (TITLES, "years"):
        links = tuple(CountedLink(link.title, link.url) for link in facet_links(folder, totals[folder]))
        yield LinkGroup(FACETS[folder][0], links)
    others = [
        CountedLink(FACETS[folder][0], f"{folder}/index.html") for folder in FACETS if folder not in (TITLES, "years")
    ]
    yield LinkGroup("按部门和类别", (CountedLink("按部门", "departments.html"), *others))


def _request(context: SharedContext, order: list[str]) -> Link | None:
    """Where the government itself says how to ask for what is not published."""
    own = next((code for code in order if context.headers[code].brief.category == CATEGORIES[0]), "")
    return Link(REQUEST.name, f"{own}/{REQUEST.file}") if own else None


def _reader_pages(
    context: SharedContext,
    heads: HeadMaker,
    order: list[str],
    totals: Totals,
) -> Iterator[PagePlan]:
    departments = [Link(context.headers[code].brief.name, f"{code}/index.html") for code in order]
    facets = [
        LinkTree(
            Link(FACETS[folder][0], f"{folder}/index.html"),
            tuple(Link(link.title, link.url) for link in facet_links(folder, totals[folder])),
        )
        for folder in FACETS
    ]
    yield plan_site_map(heads, site_navigation(""), departments, facets)
    yield plan_help(heads, _request(context, order))
    if context.site.kiosk:
        yield plan_staff(heads)


def _not_found(heads: HeadMaker) -> PagePlan:
    """Its links are absolute where the address is known, else none: it is served at any depth."""
    links = (Link("首页", heads.base), Link("部门一览", heads.base + "departments.html")) if heads.base else ()
    return PagePlan("404.html", heads.bare("没有找到这个网页"), NotFoundPage("没有找到这个网页", links), is_list=True)


def _site_data(context: SharedContext, order: list[str]) -> DataPlan:
    departments = []
    for code in order:
        brief, folder = context.headers[code].brief, f"data/{code}"
        names = ("catalog.json", "documents.json", "status.json", "changes.json", "catalog.csv", "catalog.xlsx")
        files = (f"{folder}/{name}" for name in names)
        departments.append(SiteDepartment(code, brief.name, brief.entries, brief.documents, brief.newest_on, *files))
    data = PublishedSite(FORMAT, context.site.name, context.site.domain, tuple(departments))
    return DataPlan("data/catalog.json", _encoder.encode(data) + b"\n")


def _site_feed(heads: HeadMaker, newest: tuple[ListRow, ...]) -> FeedPlan:
    items = tuple(
        FeedItem(
            heads.canonical(item.row.url),
            heads.canonical(item.row.url),
            item.row.title,
            item.row.date,
            "",
            item.row.department,
        )
        for item in newest
    )
    title = f"{heads.site.name}最新公开"
    return FeedPlan(
        "feed.xml",
        title,
        heads.canonical("index.html"),
        heads.base + "feed.xml",
        items[0].date if items else "",
        items,
        heads.site.organizer or heads.site.name,
    )
