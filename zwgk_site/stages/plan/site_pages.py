"""Pages that serve the readers of the whole site: the map of it, and how to read it with difficulty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.plan import PagePlan
from zwgk_site.model.views import AccessibilityPage, Link, LinkTree, SiteMapPage, SiteMapSection, StaffPage
from zwgk_site.stages.plan.desk import COLUMN, fact, facts_of
from zwgk_site.stages.plan.heads import Column
from zwgk_site.statute.columns import FIXED_COLUMNS
from zwgk_site.text.paths import web_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zwgk_site.model.corpus import Site
    from zwgk_site.model.views import Fact
    from zwgk_site.stages.plan.heads import HeadMaker


class SitePage(msgspec.Struct, frozen=True):
    """A page at the top of the site that every page leads to."""

    file: str
    name: str
    description: str


SITE_MAP = SitePage("sitemap.html", "站点地图", "本站的全部栏目、部门和查找方式")
HELP = SitePage("accessibility.html", "无障碍说明", "怎样看清、听到、只用键盘使用本站，怎样索取其他形式的信息")
STAFF = SitePage("staff.html", "终端说明", "查阅点这份副本的日子和每天要看的事")
REPORT = "我为政府网站找错"
MOST_WITH_COLUMNS = 120
"""Above so many departments the map names them without their columns: nobody reads a thousand links."""


def plan_site_map(
    heads: HeadMaker, navigation: Sequence[Link], departments: Sequence[Link], facets: Sequence[LinkTree]
) -> PagePlan:
    """The map for people; the first of `navigation` is the home. Without counts and dates, so that it stays as it is while documents come and go."""
    pages = (*navigation[1:], Link("检索", "search.html"), Link(HELP.name, HELP.file))
    sections = (
        SiteMapSection("全站", (LinkTree(navigation[0], pages),)),
        SiteMapSection("部门", tuple(_department_tree(link, len(departments)) for link in departments)),
        SiteMapSection("查找方式", tuple(facets)),
    )
    trail = (Link("首页", "index.html"), Link(SITE_MAP.name))
    return _page(heads, SITE_MAP, SiteMapPage(SITE_MAP.name, trail, sections))


def _department_tree(home: Link, number: int) -> LinkTree:
    if number > MOST_WITH_COLUMNS:
        return LinkTree(home)
    folder = home.url.partition("/")[0]
    columns = (Link(column.name, f"{folder}/{column.file}") for column in FIXED_COLUMNS)
    others = (Link("公开目录", f"{folder}/catalog.html"), Link("全部信息", f"{folder}/list/index.html"))
    return LinkTree(home, (*columns, *others))


def plan_help(heads: HeadMaker, request: Link | None) -> PagePlan:
    """How the pages serve readers with difficulties, and whom to ask for another form."""
    site = heads.site
    report = web_address(site.error_report)
    trail = (Link("首页", "index.html"), Link(HELP.name))
    view = AccessibilityPage(HELP.name, trail, _contact(site), request, Link(REPORT, report) if report else None)
    return _page(heads, HELP, view)


def plan_staff(heads: HeadMaker) -> PagePlan:
    """For the staff of a reading point: what copy their screen shows. The script tells its day and age."""
    trail = (Link("首页", "index.html"), Link(STAFF.name))
    online = fact("网上的地址", heads.base)
    return _page(heads, STAFF, StaffPage(STAFF.name, trail, (*facts_of(online), *_contact(heads.site))))


def _contact(site: Site) -> tuple[Fact, ...]:
    return facts_of(
        fact("主办单位", site.organizer),
        fact("联系电话", site.contact.phone),
        fact("地址", site.contact.address),
        fact("邮编", site.contact.postcode),
        fact("办公时间", site.contact.hours),
        fact("邮箱", site.contact.email),
    )


def _page(heads: HeadMaker, page: SitePage, view: SiteMapPage | AccessibilityPage | StaffPage) -> PagePlan:
    column = Column(page.name, page.description, f"{COLUMN},{page.name}", "信息公开指南")
    return PagePlan(page.file, heads.of_column(page.name, page.file, column), view, is_list=True)
