"""What a release says of a department in machine-readable form, and what is read back when its files are at fault.

`data/<code>/catalog.json` and `data/<code>/documents.json`: the whole public corpus without the texts. Nothing that is
not on a page stands in them.
"""

from __future__ import annotations

import msgspec

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


class PublishedCatalog(msgspec.Struct, frozen=True):
    """`catalog.json` (目录数据)."""

    department: Department
    entries: tuple[PublishedEntry, ...]
    removals: tuple[Removal, ...] = ()
    extra: Extra = ()
    format: int = FORMAT


class PublishedDocuments(msgspec.Struct, frozen=True):
    """`documents.json` (文件数据)."""

    documents: tuple[PublishedDocument, ...]
    format: int = FORMAT


_encoder = msgspec.json.Encoder()


def public_document(document: Document) -> Document:
    """The document without what only its department needs to know."""
    return msgspec.structs.replace(document, marks=NOWHERE, review=None, closed_reason=())


def encode_catalog(corpus: Corpus, url_of: dict[str, str]) -> bytes:
    """The bytes of `catalog.json`; `url_of` by entry id."""
    plain = msgspec.structs.replace
    published = PublishedCatalog(
        corpus.department,
        tuple(PublishedEntry(url_of[entry.id], plain(entry, marks=NOWHERE)) for entry in corpus.entries),
        tuple(plain(removal, marks=NOWHERE) for removal in corpus.removals),
        corpus.extra,
    )
    return _encoder.encode(published) + b"\n"


def encode_documents(corpus: Corpus, url_of: dict[str, str]) -> bytes:
    """The bytes of `documents.json`; `url_of` by document path."""
    documents = tuple(PublishedDocument(url_of[item.path], public_document(item)) for item in corpus.documents)
    return _encoder.encode(PublishedDocuments(documents)) + b"\n"


def read_published(catalog: bytes, documents: bytes) -> Corpus | None:
    """The corpus of the last release, or `None` where its files are missing or of another format."""
    try:
        first = msgspec.json.decode(catalog, type=PublishedCatalog)
        second = msgspec.json.decode(documents, type=PublishedDocuments)
    except msgspec.DecodeError:
        return None
    if first.format != FORMAT or second.format != FORMAT:
        return None
    return Corpus(
        first.department,
        tuple(item.entry for item in first.entries),
        tuple(item.document for item in second.documents),
        first.removals,
        extra=first.extra,
    )
