"""What catalogues of data sets and search engines are told: DCAT in `data/dcat.jsonld`, JSON-LD on the home pages.

All of it needs absolute addresses, so none of it is made without 域名. Of a licence nothing is said but what 数据许可 says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.model.plan import DataPlan
from zwgk_site.text.paths import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zwgk_site.model.corpus import Contact, Site
    from zwgk_site.model.exports import Brief, Header
    from zwgk_site.stages.plan.desk import Desk
    from zwgk_site.stages.plan.heads import HeadMaker

DCAT = "data/dcat.jsonld"
_encode = msgspec.json.Encoder().encode
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_FORMATS = {
    "json": ("JSON", "application/json"),
    "csv": ("CSV", "text/csv"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def plan_dcat(headers: Mapping[str, Header], heads: HeadMaker, order: Sequence[str]) -> DataPlan:
    """The whole as a `dcat:Catalog` (DCAT 3): for each department its catalogue and its list of documents."""
    site, base = heads.site, heads.base
    datasets = [item for code in order for item in _datasets(headers[code].brief, site, base)]
    catalog: dict[str, Any] = {
        "@context": _CONTEXT,
        "@id": base + DCAT,
        "@type": "dcat:Catalog",
        "dct:title": _words(site.name),
        "dct:description": _words(f"{site.name}主动公开的政府信息：各部门的目录和文件"),
        "dct:publisher": _agent(site.organizer or site.name, f"{base}#publisher"),
        "dct:language": {"@id": "http://id.loc.gov/vocabulary/iso639-1/zh"},
        "foaf:homepage": {"@id": base},
        **_modified(max((headers[code].brief.newest_on for code in order), default="")),
        **_license(site.data_license),
        "dcat:dataset": datasets,
    }
    return DataPlan(DCAT, _encode(catalog) + b"\n")


def _datasets(brief: Brief, site: Site, base: str) -> Iterator[dict[str, Any]]:
    home, folder = f"{base}{brief.code}/", f"{base}data/{brief.code}/"
    rows = (
        ("catalog", "主动公开基本目录", f"{home}catalog.html", ("json", "csv", "xlsx"), ""),
        ("documents", "公开的信息", f"{home}list/index.html", ("json",), brief.newest_on),
    )
    for stem, what, page, kinds, day in rows:
        yield {
            "@id": f"{base}{DCAT}#{brief.code}-{stem}",
            "@type": "dcat:Dataset",
            "dct:identifier": f"{brief.code}-{stem}",
            "dct:title": _words(f"{brief.name}{what}"),
            "dct:description": _words(f"{brief.name}{what}，随网站更新"),
            "dct:publisher": _agent(brief.name, f"{home}#publisher"),
            "dcat:landingPage": {"@id": page},
            **_modified(day),
            "dcat:distribution": [_distribution(f"{folder}{stem}.{kind}", kind, site) for kind in kinds],
        }


def _distribution(url: str, kind: str, site: Site) -> dict[str, Any]:
    title, media = _FORMATS[kind]
    return {
        "@id": url,
        "@type": "dcat:Distribution",
        "dct:title": title,
        "dcat:accessURL": {"@id": url},
        "dcat:downloadURL": {"@id": url},
        "dcat:mediaType": {"@id": _MEDIA + media},
        **_license(site.data_license),
    }


def _words(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "zh"}


def _agent(name: str, iri: str) -> dict[str, Any]:
    return {"@id": iri, "@type": "foaf:Organization", "foaf:name": _words(name)}


def _modified(day: str) -> dict[str, Any]:
    return {"dct:modified": {"@value": day[:10], "@type": "xsd:date"}} if day else {}


def _license(text: str) -> dict[str, Any]:
    """An address is a licence, words are a statement of rights."""
    if not text:
        return {}
    address = web_address(text)
    return {"dct:license": {"@id": address}} if address else {"dct:rights": _words(text)}


def site_json_ld(heads: HeadMaker) -> str:
    """The home of the whole for search engines: a site, who runs it, and how to search in it."""
    if not heads.base:
        return ""
    site, base = heads.site, heads.base
    target = f"{base}search.html?q={{q}}"
    found = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.name,
        "url": base,
        "inLanguage": "zh-CN",
        "publisher": _organization(site.organizer or site.name, site.contact),
        "potentialAction": {"@type": "SearchAction", "target": target, "query-input": "required name=q"},
    }
    return _encode(found).decode()


def department_json_ld(desk: Desk) -> str:
    """A department's home for search engines: its catalogue as a data set."""
    if not desk.heads.base:
        return ""
    name, folder = desk.department.name, f"{desk.heads.base}data/{desk.code}/"
    files = [{"@type": "DataDownload", "encodingFormat": _FORMATS[kind][1], "contentUrl": f"{folder}catalog.{kind}"}
             for kind in ("json", "csv")]  # fmt: skip
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"{name}主动公开基本目录",
        "description": f"{name}主动公开哪些信息、什么时候公开、由谁公开",
        "url": desk.heads.canonical(f"{desk.code}/index.html"),
        "creator": _organization(name, desk.department.contact),
        "distribution": files,
    }
    return _encode(found).decode()


def _organization(name: str, contact: Contact) -> dict[str, str]:
    more = {"telephone": contact.phone, "address": contact.address}
    return {"@type": "GovernmentOrganization", "name": name, **{key: text for key, text in more.items() if text}}
