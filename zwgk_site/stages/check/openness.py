"""The gate: which documents leave the building today (公开属性、定时发布). What is not stated to be open stays shut."""

from __future__ import annotations

import msgspec

from zwgk_site.model.corpus import Corpus, Document, Holdings
from zwgk_site.text.slug import short_id, slug_name


def open_corpus(holdings: Holdings, moment: str, *, draft: bool = False) -> Corpus:
    """What may be planned at `moment` (`2026-11-21 09:30`): open documents whose embargo has passed.

    A draft has embargoed documents too, never closed ones. Attachments of withdrawn documents are gone with them.
    """
    documents: list[Document] = []
    held: list[str] = []
    changes: list[str] = []
    for document in holdings.documents:
        embargo = document.embargo()
        if not document.is_open():
            held.append(short_id(document.path))
        elif not has_come(embargo, moment) and not draft:
            held.append(short_id(document.path))
            if document.withdrawal is None:
                changes.append(embargo)
        elif document.withdrawal is not None:
            documents.append(withdrawn_form(document))
            held.append(short_id(document.path))
        else:
            documents.append(document)
    return Corpus(
        holdings.department,
        holdings.entries,
        tuple(documents),
        holdings.removals,
        tuple(sorted(held)),
        min(changes, default=""),
        holdings.catalog_file,
        holdings.extra,
    )


def has_come(embargo: str, moment: str) -> bool:
    """Whether a day or moment has come: a bare day comes with its first minute."""
    return embargo <= moment if len(embargo) > 10 else embargo <= moment[:10]


def withdrawn_form(document: Document) -> Document:
    """A withdrawn document without anything that its page no longer shows; a hidden title takes the file's name along."""
    hidden = document.withdrawal is not None and document.withdrawal.hide_title
    return Document(
        path=_opaque_path(document) if hidden else document.path,
        title="" if hidden else document.title,
        marks=document.marks,
        source="",
        index_number=document.index_number,
        document_number="" if hidden else document.document_number,
        formed_on=document.formed_on,
        published_on=document.published_on,
        disclosure=document.disclosure,
        withdrawal=msgspec.structs.replace(document.withdrawal, extra=()) if document.withdrawal else None,
        former_urls=() if hidden else document.former_urls,
    )


def _opaque_path(document: Document) -> str:
    """A path that does not tell the file's but gives the same URL: without a number, that has the slug of its name."""
    stand_in = short_id(document.path)
    return f"{stand_in}/{stand_in if document.index_number else slug_name(document.name)}"
