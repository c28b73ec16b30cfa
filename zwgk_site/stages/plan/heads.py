"""The `<head>` of every page: the meta tags that inspectors' robots read (国办发〔2017〕47号) and JSON-LD.

Names of tags are contracts, case included. A tag without a value is left out, never printed empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.model.views import Head
from zwgk_site.stages.plan.states import minute_of

if TYPE_CHECKING:
    from zwgk_site.model.corpus import Department, Document, Site

Pairs = tuple[tuple[str, str], ...]
_encode = msgspec.json.Encoder().encode


class Column(msgspec.Struct, frozen=True):
    """A column as its meta tags describe it (栏目)."""

    name: str
    description: str
    keywords: str
    type: str


class HeadMaker:
    """Makes the heads of one department's pages, or of the shared ones."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.base = site.domain + "/" if site.domain else ""
        host = site.domain.partition("://")[2]
        self.site_meta = _pairs(("SiteName", site.name), ("SiteDomain", host), ("SiteIDCode", site.site_code))

    def canonical(self, url: str) -> str:
        """The lasting address of a page, or an empty string without 域名."""
        if not self.base:
            return ""
        return self.base + (
            url.removesuffix("index.html") if url.endswith("/index.html") or url == "index.html" else url
        )

    def of_site(
        self, title: str, description: str, alternates: tuple[tuple[str, str, str], ...] = (), json_ld: str = ""
    ) -> Head:
        """The home page of the whole."""
        meta = self.site_meta + _pairs(("Description", description))
        return Head(title, meta, self.canonical("index.html"), json_ld, alternates=alternates)

    def of_column(
        self, title: str, url: str, column: Column, alternates: tuple[tuple[str, str, str], ...] = ()
    ) -> Head:
        """A list, a catalogue, an entry; search engines show its description below its title."""
        meta = self.site_meta + column_meta(column) + _pairs(("Description", column.description))
        return Head(f"{title} - {self.site.name}", meta, self.canonical(url), alternates=alternates)

    def of_document(self, document: Document, department: Department, url: str, column: Column) -> Head:
        """A document: site, column and article tags."""
        canonical = self.canonical(url)
        meta = self.site_meta + column_meta(column) + article_meta(document, department, canonical)
        json_ld = _encode(document_json_ld(document, department, canonical)).decode()
        return Head(f"{document.title} - {self.site.name}", meta, canonical, json_ld)

    def bare(self, title: str, *, refresh: str = "") -> Head:
        """A page that robots should not list: gone, moved, not found."""
        return Head(
            f"{title} - {self.site.name}", self.site_meta, refresh=f"0; url={refresh}" if refresh else "", noindex=True
        )


def _pairs(*pairs: tuple[str, str]) -> Pairs:
    return tuple((name, value) for name, value in pairs if value)


def column_meta(column: Column) -> Pairs:
    """The four column tags."""
    return _pairs(
        ("ColumnName", column.name),
        ("ColumnDescription", column.description),
        ("ColumnKeywords", column.keywords),
        ("ColumnType", column.type),
    )


def source_of(document: Document, department: Department) -> str:
    """The publishing unit, or where a re-posted document comes from."""
    if document.repost is not None and document.repost.source:
        return document.repost.source
    return "、".join(document.issuer) or department.name


def article_meta(document: Document, department: Department, canonical: str) -> Pairs:
    """The article tags; `PubDate` is `YYYY-MM-DD HH:MM`, 00:00 where no time is given."""
    return _pairs(
        ("ArticleTitle", document.title),
        ("PubDate", minute_of(document.published_on)),
        ("ContentSource", source_of(document, department)),
        ("Keywords", ",".join(document.keywords)),
        ("Author", "、".join(document.issuer)),
        ("Description", document.summary),
        ("Url", canonical),
    )


_FORCE = {"有效": "InForce", "失效": "NotInForce", "废止": "NotInForce"}


def document_json_ld(document: Document, department: Department, canonical: str) -> dict[str, Any]:
    """schema.org: `Legislation` for what has a 文号 and is policy, else `DigitalDocument`."""
    is_law = document.kind == "政策文件" or bool(document.document_number)
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation" if is_law else "DigitalDocument",
        "name": document.title,
        "inLanguage": "zh-CN",
        "publisher": {"@type": "GovernmentOrganization", "name": department.name},
    }
    optional = {
        "identifier": document.index_number,
        "url": canonical,
        "description": document.summary,
        "keywords": ",".join(document.keywords),
        "dateCreated": document.formed_on,
        "datePublished": document.published_on[:10],
    }
    found.update({name: value for name, value in optional.items() if value})
    if is_law:
        law = {
            "legislationIdentifier": document.document_number,
            "legislationDate": document.formed_on,
            "legislationLegalForce": _FORCE.get(document.validity, ""),
        }
        found.update({name: value for name, value in law.items() if value})
    return found
