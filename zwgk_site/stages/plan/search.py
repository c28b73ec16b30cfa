"""What the search index will hold of a department: one plan for each entry and each document that has a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.model.corpus import record_digest
from zwgk_site.model.plan import IndexPlan
from zwgk_site.model.search import IndexRecord
from zwgk_site.stages.plan.exports import classes_of
from zwgk_site.stages.plan.states import shown_date, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.model.corpus import Attachment, CatalogEntry, Document
    from zwgk_site.model.search import FacetValue
    from zwgk_site.stages.plan.desk import Desk

ENTRY_KIND = "目录条目"
Facets = tuple[tuple["FacetValue", ...], ...]


def plan_index(desk: Desk) -> Iterator[IndexPlan]:
    """Every page of the department that search finds. The plan's seed stands for all that `build` reads."""
    classes = {entry.id: tuple(classes_of(entry)) for entry in desk.corpus.entries}
    for entry in desk.corpus.entries:
        yield _entry_plan(desk, entry, _class_facets((classes[entry.id],)))
    for document in desk.documents:
        entries = [local for written in document.entries if (local := desk.local_entry(written))]
        yield _document_plan(desk, document, _class_facets(classes[entry] for entry in entries))


def _class_facets(found: Iterable[tuple[tuple[str, object], ...]]) -> dict[str, tuple[FacetValue, ...]]:
    """The classes of one or several entries by folder, as facet values."""
    values: dict[str, set[FacetValue]] = {}
    for classes in found:
        for folder, term in classes:
            values.setdefault(folder, set()).add((term.slug, term.name))  # type: ignore[attr-defined]
    return {folder: tuple(sorted(items)) for folder, items in values.items()}


def _facets(
    desk: Desk, classes: dict[str, tuple[FacetValue, ...]], genre: str, validity: str, disclosure: str
) -> Facets:
    return (
        ((desk.code, desk.department.name),),
        classes.get("items", ()),
        classes.get("fields", ()),
        classes.get("stages", ()),
        ((genre, genre),) if genre else (),
        ((validity, validity),) if validity else (),
        ((disclosure, disclosure),) if disclosure else (),
    )


def _lines(*values: str | Iterable[str]) -> str:
    """Values one a line, the empty ones left out."""
    found: list[str] = []
    for value in values:
        found.extend([value] if isinstance(value, str) else value)
    return "\n".join(filter(None, found))


def _entry_plan(desk: Desk, entry: CatalogEntry, classes: dict[str, tuple[FacetValue, ...]]) -> IndexPlan:
    url = desk.entry_url(entry.id)
    facets = _facets(desk, classes, "", "", entry.disclosure)

    def build(_text: str) -> IndexRecord:
        facts = _lines(
            desk.department.name, entry.responsible_body, entry.office, entry.time_limit, entry.duration,
            entry.disclosure, entry.channels, entry.audience, entry.levels, entry.column, entry.published_on,
            entry.revised_on, (value for values in facets[1:4] for _, value in values),
        )  # fmt: skip
        body = _lines(
            entry.subject[:-1], entry.content, entry.basis, entry.key_areas, entry.empty_reason, entry.note,
            (f"{key} {value}" for key, value in entry.extra if value),
        )  # fmt: skip
        date = entry.revised_on or entry.published_on
        return IndexRecord(
            url, entry.title, identifiers=(entry.id,), facts=facts, body=body, date=date, facets=facets, kind=ENTRY_KIND
        )

    return IndexPlan(url, (record_digest(entry), facets), build)


def _document_plan(desk: Desk, document: Document, classes: dict[str, tuple[FacetValue, ...]]) -> IndexPlan:
    url = desk.document_url(document)
    state = state_of(document, desk.today)
    genre = document.genre or document.kind
    facets = _facets(desk, classes, genre, state or document.validity, document.disclosure)

    def build(text: str) -> IndexRecord:
        facts = _lines(
            desk.department.name, document.issuer, document.joint_issuers, document.topic, document.kind,
            document.genre, document.series, document.formed_on, document.published_on, state,
            (value for values in facets[1:4] for _, value in values),
            (f"{key} {value}" for key, value in document.extra if value),
        )  # fmt: skip
        return IndexRecord(
            url,
            document.title,
            document.document_number,
            (document.index_number,) if document.index_number else (),
            facts,
            _lines(document.keywords),
            _lines("" if document.summary_derived else document.summary, text),
            _lines(*map(_attachment_names, document.attachments)),
            shown_date(document),
            facets,
            genre,
            state,
        )

    seed = (record_digest(document), document.source, document.attachments, facets, state)
    return IndexPlan(url, seed, build, document.path)


def _attachment_names(attachment: Attachment) -> tuple[str, ...]:
    """What a reader calls an attachment: its title, and the name of its file."""
    name = attachment.path.rpartition("/")[2]
    return tuple(dict.fromkeys(filter(None, (attachment.title, name))))
