"""The frame around pages: names, navigation and footer of the site or of a department, at a depth below the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.views import Frame, Link, Picture
from zwgk_site.stages.plan.desk import fact, facts_of
from zwgk_site.stages.plan.discovery import head_links
from zwgk_site.stages.plan.site_pages import HELP, REPORT, SITE_MAP
from zwgk_site.statute.columns import FIXED_COLUMNS
from zwgk_site.text.paths import web_address

if TYPE_CHECKING:
    from zwgk_site.model.corpus import Department, Site
    from zwgk_site.model.views import Fact


def plan_frame(site: Site, department: Department | None, depth: int, *, draft: bool) -> Frame:
    """The frame of pages `depth` folders below the top. Nothing in it changes with the content."""
    root = "../" * depth
    frame = Frame(
        site.name,
        root,
        site.notice,
        draft,
        navigation=site_navigation(root),
        footer=_footer(site),
        site_map=root + SITE_MAP.file,
        help=root + HELP.file,
        links=_links(site),
        emblem=_emblem(site),
        kiosk=site.kiosk,
        head_links=head_links(site, department, root),
    )
    return frame if department is None else _of_department(frame, department)


def _of_department(frame: Frame, department: Department) -> Frame:
    return msgspec.structs.replace(
        frame,
        department=department.name,
        department_short=department.short_name or department.name,
        department_code=department.code,
        home=f"{frame.root}{department.code}/index.html",
        navigation=_department_navigation(frame.root, department.code),
    )


def site_navigation(root: str) -> tuple[Link, ...]:
    """The columns of the whole site."""
    return (
        Link("首页", f"{root}index.html"),
        Link("部门", f"{root}departments.html"),
        Link("领域", f"{root}fields/index.html"),
        Link("法定事项", f"{root}items/index.html"),
        Link("五公开", f"{root}stages/index.html"),
        Link("规范性文件", f"{root}normative/index.html"),
        Link("政策解读", f"{root}interpretation/index.html"),
        Link("公众参与", f"{root}participation/index.html"),
        Link("年份", f"{root}years/index.html"),
        Link("标题拼音", f"{root}titles/index.html"),
        Link("总览", f"{root}coverage.html"),
    )


def _department_navigation(root: str, code: str) -> tuple[Link, ...]:
    return (
        Link("专栏首页", f"{root}{code}/index.html"),
        *(Link(column.name, f"{root}{code}/{column.file}") for column in FIXED_COLUMNS),
        Link("公开目录", f"{root}{code}/catalog.html"),
    )


def _footer(site: Site) -> tuple[Fact, ...]:
    """Whose site it is and how to reach them (国办发〔2017〕47号)."""
    return facts_of(
        fact("主办单位", site.organizer),
        fact("联系电话", site.contact.phone),
        fact("地址", site.contact.address),
        fact("邮箱", site.contact.email),
        fact("网站标识码", site.site_code),
        fact("ICP备案", site.icp),
        fact("公安备案", site.police),
    )


def _links(site: Site) -> tuple[Link, ...]:
    """Where to tell of mistakes, and what the site adds."""
    report = (Link(REPORT, web_address(site.error_report)),) if site.error_report else ()
    return (*report, *(Link(link.name, web_address(link.url)) for link in site.links))


def _emblem(site: Site) -> Picture | None:
    return Picture("党政机关网站标识", site.emblem.image, web_address(site.emblem.url)) if site.emblem else None
