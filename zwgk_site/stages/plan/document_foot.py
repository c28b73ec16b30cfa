"""What stands below a document's text: how to cite it, its series, what was changed, whom to tell of a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from zwgk_site.model.views import Link, Note
from zwgk_site.stages.plan.states import shown_date
from zwgk_site.text.paths import web_address

if TYPE_CHECKING:
    from zwgk_site.model.corpus import Document
    from zwgk_site.stages.plan.desk import Desk

MOST_OF_A_SERIES = 12


def citation_of(document: Document, department: str, address: str) -> str:
    """The document as a reference in a list of sources (GB/T 7714: an electronic announcement, [EB/OL])."""
    issuer = "，".join(document.issuer) or department
    number = f"（{document.document_number}）" if document.document_number else ""
    parts = [f"{issuer}. {document.title}{number}[EB/OL]"]
    parts += filter(None, (shown_date(document), address))
    return ". ".join(parts) + "."


def series_of(desk: Desk, document: Document, root: str) -> tuple[Link, ...]:
    """The newest documents of the same series (系列), newest first; the document itself leads nowhere."""
    found = desk.by_series.get(document.series, ()) if document.series else ()
    if len(found) < 2:
        return ()
    place = desk.place_in_series[document.path]
    start = max(0, min(place - MOST_OF_A_SERIES // 2, len(found) - MOST_OF_A_SERIES))
    return tuple(
        Link(item.title, "" if item is document else root + desk.document_url(item))
        for item in found[start : start + MOST_OF_A_SERIES]
    )


def changes_of(document: Document) -> tuple[Note, ...]:
    """What was changed after publication, newest first."""
    notes = [Note(change.note, change.date) for change in document.changes]
    if document.changed_on and all(note.date != document.changed_on for note in notes):
        notes.append(Note("内容有变更", document.changed_on))
    return tuple(sorted(notes, key=lambda note: note.date, reverse=True))


def report_link(desk: Desk, document: Document, address: str) -> Link | None:
    """Where to tell of a mistake on this page: the department by mail, else the page for all government sites."""
    mail = desk.department.contact.email
    if "@" in mail and not mail.isspace():
        subject = quote(f"网页纠错：{document.title[:60]}")
        body = quote(address) if address else ""
        return Link(
            "本页有错？发邮件告诉我们", f"mailto:{quote(mail.strip(), safe='@.-_+')}?subject={subject}&body={body}"
        )
    site = web_address(desk.site.error_report) if desk.site.error_report else ""
    return Link("本页有错？请告诉我们", site) if site else None
