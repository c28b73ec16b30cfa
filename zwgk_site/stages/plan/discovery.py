"""How programs find the pages: sitemaps, robots.txt, and the description of the search that a browser can add.

All of it needs absolute addresses, so none of it is made without 域名.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

from zwgk_site.model.plan import DataPlan, SitemapPlan
from zwgk_site.model.views import HeadLink
from zwgk_site.stages.plan.site_pages import HELP, SITE_MAP
from zwgk_site.stages.plan.states import shown_date
from zwgk_site.statute.columns import FIXED_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zwgk_site.model.corpus import Department, Site
    from zwgk_site.model.exports import Header
    from zwgk_site.stages.plan.desk import Desk
    from zwgk_site.stages.plan.facets import Totals
    from zwgk_site.stages.plan.heads import HeadMaker

SITEMAP_RECORDS = 45_000
"""Entries and documents in one sitemap: 50,000 URLs are the limit of sitemaps.org, the fixed pages come on top."""
OPENSEARCH = "opensearch.xml"
_SHORT_NAME = 16
"""OpenSearch 1.1 allows no more characters in a ShortName."""


def sitemap_urls(code: str, records: int) -> tuple[str, ...]:
    """The sitemaps of a department with so many entries and documents."""
    numbers = range(2, -(-records // SITEMAP_RECORDS) + 1)
    return (f"{code}/sitemap.xml", *(f"{code}/sitemap-{number}.xml" for number in numbers))


def plan_department_sitemaps(desk: Desk) -> Iterator[SitemapPlan]:
    """Every page of the department; the fixed ones in the first sitemap."""
    canonical = desk.heads.canonical
    newest = shown_date(desk.documents[-1]) if desk.documents else ""
    fixed = (
        (canonical(f"{desk.code}/index.html"), newest),
        (canonical(f"{desk.code}/catalog.html"), ""),
        *((canonical(f"{desk.code}/{column.file}"), "") for column in FIXED_COLUMNS),
        (canonical(f"{desk.code}/list/index.html"), newest),
    )
    records = [(canonical(desk.entry_url(entry.id)), "") for entry in desk.corpus.entries]
    records += [(canonical(desk.document_url(item)), shown_date(item)) for item in desk.documents]
    for number, url in enumerate(sitemap_urls(desk.code, len(records))):
        part = records[number * SITEMAP_RECORDS : (number + 1) * SITEMAP_RECORDS]
        yield SitemapPlan(url, tuple(dict((*(() if number else fixed), *part)).items()))


def plan_sitemaps(
    headers: Mapping[str, Header], heads: HeadMaker, order: Sequence[str], totals: Totals, more: Sequence[str]
) -> Iterator[SitemapPlan | DataPlan]:
    """The shared pages, `more` among them; the index of all sitemaps; robots.txt."""
    pages = ["index.html", "departments.html", SITE_MAP.file, HELP.file, *more]
    for folder, values in totals.items():
        pages.append(f"{folder}/index.html")
        pages.extend(f"{folder}/{slug}/index.html" for slug in sorted(values))
    yield SitemapPlan("sitemap-shared.xml", tuple((heads.canonical(page), "") for page in pages))
    children = ["sitemap-shared.xml"]
    for code in order:
        children += sitemap_urls(code, headers[code].brief.entries + headers[code].brief.documents)
    yield SitemapPlan("sitemap.xml", tuple((heads.base + url, "") for url in children), is_index=True)
    robots = f"User-agent: *\nAllow: /\nSitemap: {heads.base}sitemap.xml\n"
    yield DataPlan("robots.txt", robots.encode())


def plan_opensearch(heads: HeadMaker) -> DataPlan:
    """The search as OpenSearch 1.1 describes it, so that a browser can offer it in its address line."""
    name = heads.site.name
    lines = (
        '<?xml version="1.0" encoding="utf-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(name[:_SHORT_NAME])}</ShortName>",
        f"<Description>{escape(f'检索{name}主动公开的政府信息')}</Description>",
        f'<Url type="text/html" method="get" template="{escape(heads.base)}search.html?q={{searchTerms}}"/>',
        f'<Url type="application/opensearchdescription+xml" rel="self" template="{escape(heads.base)}{OPENSEARCH}"/>',
        "<Language>zh-CN</Language>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "<OutputEncoding>UTF-8</OutputEncoding>",
        "</OpenSearchDescription>",
        "",
    )
    return DataPlan(OPENSEARCH, "\n".join(lines).encode("utf-8", "replace"))


def head_links(site: Site, department: Department | None, root: str) -> tuple[HeadLink, ...]:
    """What the head of every page says of feed and search; nothing without 域名."""
    if not site.domain:
        return ()
    place, name = (f"{department.code}/", department.name) if department else ("", site.name)
    return (
        HeadLink("alternate", "application/atom+xml", f"{name}最新公开", f"{root}{place}feed.xml"),
        HeadLink("search", "application/opensearchdescription+xml", site.name, root + OPENSEARCH),
    )
