"""The frame around pages: names, navigation and footer of the site or of a department, at a depth below the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.model.views import Fact, Frame, Link
from zwgk_site.stages.plan.desk import fact, facts_of
from zwgk_site.statute.columns import FIXED_COLUMNS
from zwgk_site.text.paths import web_address

if TYPE_CHECKING:
    from zwgk_site.model.corpus import Department, Site


def plan_frame(site: Site, department: Department | None, depth: int, *, draft: bool) -> Frame:
    """The frame of pages `depth` folders below the top. Nothing in it changes with the content."""
    root = "../" * depth
    if department is None:
        return Frame(site.name, root, site.notice, draft, navigation=_site_navigation(root), footer=_footer(site, root))
    home = f"{root}{department.code}/index.html"
    return Frame(
        site.name,
        root,
        site.notice,
        draft,
        department.name,
        department.short_name or department.name,
        home,
        _department_navigation(root, department.code),
        _footer(site, root),
        department.code,
    )


def _site_navigation(root: str) -> tuple[Link, ...]:
    return (
        Link("首页", f"{root}index.html"),
        Link("部门", f"{root}departments.html"),
        Link("领域", f"{root}fields/index.html"),
        Link("法定事项", f"{root}items/index.html"),
        Link("五公开", f"{root}stages/index.html"),
        Link("年份", f"{root}years/index.html"),
        Link("标题拼音", f"{root}titles/index.html"),
    )


def _department_navigation(root: str, code: str) -> tuple[Link, ...]:
    return (
        Link("专栏首页", f"{root}{code}/index.html"),
        *(Link(column.name, f"{root}{code}/{column.file}") for column in FIXED_COLUMNS),
        Link("公开目录", f"{root}{code}/catalog.html"),
    )


def _footer(site: Site, root: str) -> tuple[Fact, ...]:
    return facts_of(
        fact("主办单位", site.organizer),
        fact("联系电话", site.contact.phone),
        fact("地址", site.contact.address),
        fact("网站标识码", site.site_code),
        fact("ICP备案", site.icp),
        fact("公安备案", site.police),
        Fact("网站找错", (Link("我为政府网站找错", web_address(site.error_report)),)) if site.error_report else None,
        Fact("站点地图", (Link("部门一览", f"{root}departments.html"),)),
    )
