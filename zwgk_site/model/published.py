"""What a release says of a department in machine-readable form, and what is read back when its files are at fault.

`data/<code>/catalog.json` and `data/<code>/documents.json`: the whole public corpus without the texts. Nothing that is
not on a page stands in them.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from zwgk_site.model.clues import NO_FACTS
from zwgk_site.model.corpus import CatalogEntry, Corpus, Department, Document, Extra, Removal
from zwgk_site.model.marks import NOWHERE

FORMAT = 1


class PublishedEntry(msgspec.Struct, frozen=True):
    """An entry with the URL of its page, from the top."""

    url: str
    entry: CatalogEntry


class PublishedDocument(msgspec.Struct, frozen=True):
    """A document with the URL of its page, from the top."""

    url: str
    document: Document


class PublishedCatalog(msgspec.Struct, frozen=True, omit_defaults=True):
    """`catalog.json` (目录数据): the department and its entries; `more` are the files that hold the rest of them."""

    format: int
    department: Department
    entries: tuple[PublishedEntry, ...]
    removals: tuple[Removal, ...] = ()
    extra: Extra = ()
    more: tuple[str, ...] = ()


class PublishedDocuments(msgspec.Struct, frozen=True, omit_defaults=True):
    """`documents.json` (文件数据)."""

    format: int
    documents: tuple[PublishedDocument, ...]
    more: tuple[str, ...] = ()


class SiteDepartment(msgspec.Struct, frozen=True):
    """A department in `data/catalog.json` (部门概况): how much it has published, and where its files stand."""

    code: str
    name: str
    entries: int
    documents: int
    newest_on: str
    catalog: str
    documents_file: str
    status: str
    changes: str
    csv: str
    xlsx: str


class PublishedSite(msgspec.Struct, frozen=True):
    """`data/catalog.json` (全站数据): from here a program finds all others."""

    format: int
    site: str
    domain: str
    departments: tuple[SiteDepartment, ...]


class MoreEntries(msgspec.Struct, frozen=True):
    """`catalog-2.json` and so on."""

    format: int
    entries: tuple[PublishedEntry, ...]


CHUNK = 1000
"""Entries or documents in one file, so that one edit in a large department rewrites little."""
_encoder = msgspec.json.Encoder()


def public_document(document: Document) -> Document:
    """The document without what only its department needs to know."""
    return msgspec.structs.replace(
        document, marks=NOWHERE, review=None, disclosure_review=None, closed_reason=(), waivers=(), facts=NO_FACTS
    )


def file_urls(code: str, stem: str, count: int) -> tuple[str, ...]:
    """The files over which `count` records are spread: `data/<code>/catalog.json`, `catalog-2.json` …."""
    numbers = range(2, max(1, -(-count // CHUNK)) + 1)
    return (f"data/{code}/{stem}.json", *(f"data/{code}/{stem}-{number}.json" for number in numbers))


def encode_catalog(corpus: Corpus, url_of: dict[str, str], number: int) -> bytes:
    """The bytes of the catalogue's file `number` (from 0); `url_of` by entry id."""
    plain = msgspec.structs.replace
    part = corpus.entries[number * CHUNK : (number + 1) * CHUNK]
    entries = tuple(PublishedEntry(url_of[entry.id], plain(entry, marks=NOWHERE, waivers=())) for entry in part)
    if number:
        return _encoder.encode(MoreEntries(FORMAT, entries)) + b"\n"
    removals = tuple(plain(removal, marks=NOWHERE) for removal in corpus.removals)
    more = file_urls(corpus.department.code, "catalog", len(corpus.entries))[1:]
    return _encoder.encode(PublishedCatalog(FORMAT, corpus.department, entries, removals, corpus.extra, more)) + b"\n"


def encode_documents(corpus: Corpus, url_of: dict[str, str], number: int) -> bytes:
    """The bytes of the documents' file `number` (from 0); `url_of` by document path."""
    part = corpus.documents[number * CHUNK : (number + 1) * CHUNK]
    documents = tuple(PublishedDocument(url_of[item.path], public_document(item)) for item in part)
    more = file_urls(corpus.department.code, "documents", len(corpus.documents))[1:] if not number else ()
    return _encoder.encode(PublishedDocuments(FORMAT, documents, more)) + b"\n"


def read_published(read: Callable[[str], bytes | None], code: str) -> Corpus | None:
    """The corpus of the last release, or `None` where its files are missing or of another format."""
    catalog = read_catalog_data(read, code)
    if catalog is None:
        return None
    try:
        second = msgspec.json.decode(read(f"data/{code}/documents.json") or b"", type=PublishedDocuments)
        documents = list(second.documents)
        for url in second.more:
            documents.extend(msgspec.json.decode(read(url) or b"", type=PublishedDocuments).documents)
    except msgspec.DecodeError:
        return None
    if second.format != FORMAT:
        return None
    return Corpus(
        catalog.department,
        tuple(item.entry for item in catalog.entries),
        tuple(item.document for item in documents),
        catalog.removals,
        extra=catalog.extra,
    )


def read_catalog_data(read: Callable[[str], bytes | None], code: str) -> PublishedCatalog | None:
    """A department's catalogue as published, with the entries of all its files; `None` as above."""
    try:
        first = msgspec.json.decode(read(f"data/{code}/catalog.json") or b"", type=PublishedCatalog)
        entries = list(first.entries)
        for url in first.more:
            entries.extend(msgspec.json.decode(read(url) or b"", type=MoreEntries).entries)
    except msgspec.DecodeError:
        return None
    if first.format != FORMAT:
        return None
    return msgspec.structs.replace(first, entries=tuple(entries), more=())
