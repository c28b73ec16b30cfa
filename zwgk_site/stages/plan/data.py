"""A department's machine-readable files: catalogue, documents, feed, sitemap."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.corpus import record_digest
from zwgk_site.model.plan import DataPlan, FeedItem, FeedPlan, LazyData, SitemapPlan
from zwgk_site.model.published import CHUNK, encode_catalog, encode_documents, file_urls
from zwgk_site.stages.plan import keys
from zwgk_site.stages.plan.discovery import plan_department_sitemaps
from zwgk_site.stages.plan.exchange_records import plan_exchange
from zwgk_site.stages.plan.exports import LINK, attachment_of_link
from zwgk_site.stages.plan.promises import plan_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zwgk_site.model.corpus import CatalogEntry, Corpus, Document
    from zwgk_site.stages.plan.catalog_sheet import Table
    from zwgk_site.stages.plan.desk import Desk

FEED_ITEMS = 20


def plan_data(desk: Desk) -> Iterator[LazyData | FeedPlan | SitemapPlan]:
    """Everything of the department that programs read."""
    code = desk.code
    entries = {entry_id: f"{code}/{url}" for entry_id, url in desk.urls.entries.items()}
    documents = {path: f"{code}/{url}" for path, url in desk.urls.documents.items()}
    corpus = desk.corpus
    for number, url in enumerate(file_urls(code, "catalog", len(corpus.entries))):
        digests = [record_digest(item) for item in corpus.entries[number * CHUNK : (number + 1) * CHUNK]]
        seed = (desk.seed_digest, len(corpus.entries), corpus.removals, corpus.extra, digests)
        yield LazyData(url, seed, partial(_data, url, encode_catalog, corpus, entries, number))
    yield from _sheets(desk)
    shown = msgspec.structs.replace(corpus, documents=tuple(_answered(desk, item) for item in corpus.documents))
    for number, url in enumerate(file_urls(code, "documents", len(corpus.documents))):
        part = shown.documents[number * CHUNK : (number + 1) * CHUNK]
        parts = [
            (
                item.path,
                record_digest(item),
                item.source,
                item.attachments,
                documents[item.path],
                item.relations,
                item.links,
            )
            for item in part
        ]
        parts_seed = (desk.seed_digest, len(corpus.documents), parts)
        yield LazyData(url, parts_seed, partial(_data, url, encode_documents, shown, documents, number))
    yield from plan_status(desk)
    if desk.site.exchange_data:
        yield from plan_exchange(desk)
    if desk.heads.base:
        yield _feed(desk)
        yield from plan_department_sitemaps(desk)


def _sheets(desk: Desk) -> Iterator[LazyData]:
    """The catalogue as a table for people."""
    seed = (desk.department.name, [record_digest(item) for item in desk.corpus.entries])
    table = cache(partial(_table, desk.corpus.entries))
    for kind in ("csv", "xlsx"):
        url = f"data/{desk.code}/catalog.{kind}"
        yield LazyData(url, (kind, seed), partial(_sheet, url, table, f"{desk.department.name}目录"))


def _table(entries: tuple[CatalogEntry, ...]) -> Table:
    from zwgk_site.stages.plan.catalog_sheet import catalog_table

    return catalog_table(entries)


def _sheet(url: str, make_table: Callable[[], Table], title: str) -> DataPlan:
    from zwgk_site.stages.plan.catalog_sheet import encode_csv, encode_workbook

    table = make_table()
    return DataPlan(url, encode_csv(table) if url.endswith(".csv") else encode_workbook(table, title))


def _answered(desk: Desk, document: Document) -> Document:
    """The document with only those references that lead to something public: a name alone may tell too much."""
    if not document.relations and not document.links:
        return document
    key = keys.file_key(desk.code, document.path)
    relations = tuple(
        item
        for item in document.relations
        if desk.find(key, item.kind, item.target, keys.reference_keys(item.target, desk.code))
    )
    links = tuple(
        link
        for link in document.links
        if attachment_of_link(document, link)
        or desk.find(key, LINK, link, keys.link_keys(link, desk.code, document.path))
    )
    return msgspec.structs.replace(document, relations=relations, links=links)


def _data(
    url: str, encode: Callable[[Corpus, dict[str, str], int], bytes], corpus: Corpus, urls: dict[str, str], number: int
) -> DataPlan:
    return DataPlan(url, encode(corpus, urls, number))


def _feed(desk: Desk) -> FeedPlan:
    items = tuple(_feed_item(desk, item) for item in reversed(desk.documents[-FEED_ITEMS:]))
    return FeedPlan(
        f"{desk.code}/feed.xml",
        f"{desk.department.name}最新公开",
        desk.heads.canonical(f"{desk.code}/index.html"),
        desk.heads.base + f"{desk.code}/feed.xml",
        items[0].date if items else "",
        items,
        desk.department.name,
    )


def _feed_item(desk: Desk, document: Document) -> FeedItem:
    url = desk.heads.canonical(desk.document_url(document))
    date = document.published_on or document.formed_on
    return FeedItem(
        url, url, document.title, date, document.summary, "、".join(document.issuer) or desk.department.name
    )
