"""URLs of a department's entries and documents, by their own data alone: the same on every machine, for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic
from zwgk_site.stages.plan import rules
from zwgk_site.statute.numbers import normalize_number, parse_index_number
from zwgk_site.text.slug import short_id, slug_name

if TYPE_CHECKING:
    from zwgk_site.model.corpus import Corpus, Department, Document
    from zwgk_site.model.marks import Marks


class UrlTable(msgspec.Struct, frozen=True):
    """URLs within the department's folder: of entries by id, of documents by path."""

    entries: dict[str, str]
    documents: dict[str, str]


def assign_urls(corpus: Corpus) -> Checked[UrlTable]:
    """Every page's URL; two that would share one, also by case, are a finding at the second."""
    findings: list[Diagnostic] = []
    taken: dict[str, tuple[Marks, str]] = {}
    entries: dict[str, str] = {}
    documents: dict[str, str] = {}
    for entry in corpus.entries:
        url = f"e/{slug_name(entry.id)}.html"
        if entry.id not in entries:
            findings.extend(_claim(url, entry.marks, "id", taken))
            entries[entry.id] = url
    for document in corpus.documents:
        url = document_url(document, corpus.department)
        findings.extend(_claim(url, document.marks, "index_number", taken))
        documents[document.path] = url
    return Checked(UrlTable(entries, documents), tuple(findings))


def _claim(url: str, marks: Marks, field: str, taken: dict[str, tuple[Marks, str]]) -> tuple[Diagnostic, ...]:
    """Takes a URL; a finding if it is taken. Places are looked up only for findings."""
    key = url.lower()
    if key not in taken:
        taken[key] = (marks, field)
        return ()
    other = taken[key][0].span(taken[key][1])
    span = marks.span(field)
    return (rules.URL_COLLISION.at(span, related=(other,), url=url, other=f"{other.file}:{other.line}"),)


def document_url(document: Document, department: Department) -> str:
    """By index number where it is the department's own, by the whole number otherwise, by file name without one."""
    if not document.index_number:
        return f"d/{slug_name(document.name)}.html"
    number = parse_index_number(document.index_number)
    if number.year and number.prefix == normalize_number(department.index_prefix):
        return f"{number.year}/{number.serial}.html"
    return f"i/{slug_name(normalize_number(document.index_number))}.html"


def entry_identity(entry_id: str) -> str:
    """What the ledger knows an entry by: its id, which is public as long as the entry is."""
    return entry_id


def document_identity(path: str) -> str:
    """What the ledger knows a document's file by."""
    return short_id(path)
