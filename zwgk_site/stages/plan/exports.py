"""What a department tells the others: its targets, its references that lead elsewhere, its rows of site-wide lists."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.model.exports import Brief, Exports, Header, ListHead, ListRow, Reference, Target
from zwgk_site.model.views import Row
from zwgk_site.stages.plan import keys, rules
from zwgk_site.stages.plan.policies import LIST, policy_rows
from zwgk_site.stages.plan.states import WITHDRAWN, shown_date, state_of
from zwgk_site.stages.plan.tallies import tally_entries
from zwgk_site.statute.areas import classify_area
from zwgk_site.statute.reach import EVERYONE, classify_audience
from zwgk_site.statute.taxonomy import Term, classify_field, classify_item, classify_stage, item_slugs
from zwgk_site.text.paths import locate_reference
from zwgk_site.text.pinyin import title_initial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import CatalogEntry, Corpus, Document
    from zwgk_site.stages.plan.urls import UrlTable

NEWEST = 20
JOINT = "联合发文"
ENTRY = "条目"
LINK = "链接"
_encoder = msgspec.msgpack.Encoder()


def export_department(corpus: Corpus, urls: UrlTable, targets: dict[str, Target], today: str) -> Checked[Exports]:
    """The exports, and findings on references inside the department that lead nowhere."""
    code = corpus.department.code
    references: list[Reference] = []
    for document in corpus.documents:
        if document.withdrawal is None:
            references.extend(_references(document, corpus, targets))
    dead, open_ones = _split_local(references, code)
    rows = list(_document_rows(corpus, urls, today))
    by_entry = newest_by_entry(corpus)
    lists = _lists(corpus, urls, rows, by_entry)
    newest = tuple(sorted(rows, key=_row_order, reverse=True)[:NEWEST])
    policies = tuple(sorted(policy_rows(corpus, urls, targets, today), key=lambda row: (row.formed_on, row.id)))
    brief = _brief(corpus, newest, len(rows))
    exports = Exports(
        brief, targets, tuple(open_ones), lists, newest, tally_entries(corpus.entries, by_entry), policies
    )
    return Checked(exports, tuple(dead))


def _row_order(row: ListRow) -> tuple[str, str, str]:
    return (row.date, row.code, row.id)


class Encoded(msgspec.Struct, frozen=True):
    """Exports as they are kept: targets, and rows by list, each encoded once (MessagePack)."""

    targets: bytes
    rows: dict[str, msgspec.Raw]


def encode_exports(exports: Exports) -> Encoded:
    """The encoded forms, of which digests are taken and which the cache keeps."""
    rows = {name: msgspec.Raw(_encoder.encode(rows)) for name, rows in exports.lists.items()}
    if exports.policies:
        rows[LIST] = msgspec.Raw(_encoder.encode(exports.policies))
    return Encoded(_encoder.encode(exports.targets), rows)


def header_of(exports: Exports, encoded: Encoded) -> Header:
    """The small part that is kept for all departments at once."""
    heads = {
        name: ListHead(
            name.rpartition("|")[2],
            len(rows),
            max((row.date for row in rows), default=""),
            _digest_bytes(encoded.rows[name]),
        )
        for name, rows in exports.lists.items()
    }
    if exports.policies:
        newest = max(row.date for row in exports.policies)
        heads[LIST] = ListHead(
            LIST.rpartition("|")[2], len(exports.policies), newest, _digest_bytes(encoded.rows[LIST])
        )
    numbers = sorted(hash_number(key) for key in exports.targets if key.startswith("n:"))
    return Header(
        exports.brief,
        _digest_bytes(encoded.targets),
        b"".join(numbers),
        exports.references,
        heads,
        exports.newest,
        tallies=exports.tallies,
    )


def hash_number(key: str) -> bytes:
    """Eight bytes that stand for the key of an index number in site-wide look-ups."""
    return hashlib.blake2b(key.encode(), digest_size=8).digest()


def _digest_bytes(data: bytes | msgspec.Raw) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def _brief(corpus: Corpus, newest: tuple[ListRow, ...], documents: int) -> Brief:
    department = corpus.department
    return Brief(
        department.code,
        department.name,
        department.short_name,
        department.category,
        department.superior,
        department.successor,
        department.former_names,
        department.dissolved_on,
        len(corpus.entries),
        documents,
        newest[0].date if newest else "",
        department.level,
        department.contact.phone,
        department.contact.address,
        item_slugs(department.no_function),
    )


def department_targets(corpus: Corpus, urls: UrlTable, today: str) -> dict[str, Target]:
    """All that others, and its own documents, may refer to in a department, by key."""
    code = corpus.department.code
    name = corpus.department.name
    targets: dict[str, Target] = {}
    for entry in corpus.entries:
        key = keys.entry_key(code, entry.id)
        targets[key] = Target(key, f"{code}/{urls.entries[entry.id]}", entry.title, "条目", department=name)
    names: dict[str, int] = defaultdict(int)
    for document in corpus.documents:
        names[document.name] += 1
    for document in corpus.documents:
        if document.withdrawal is not None:
            continue
        target = document_target(document, code, name, f"{code}/{urls.documents[document.path]}", today)
        targets[target.key] = target
        if names[document.name] == 1:
            targets[keys.file_key(code, document.name)] = target
        if document.index_number:
            targets[keys.number_key(document.index_number)] = target
    home = Target(keys.department_key(code), f"{code}/index.html", name, "部门", department=name)
    for key in (
        home.key,
        *(keys.name_key(n) for n in (name, corpus.department.short_name, *corpus.department.former_names) if n),
    ):
        targets[key] = home
    return targets


def document_target(document: Document, code: str, department: str, url: str, today: str) -> Target:
    """A document as others refer to it."""
    return Target(
        keys.file_key(code, document.path),
        url,
        document.title,
        document.kind,
        document.index_number,
        document.document_number,
        shown_date(document),
        state_of(document, today),
        department,
    )


def _references(document: Document, corpus: Corpus, targets: dict[str, Target]) -> Iterator[Reference]:
    """The document's references that no target of its own department answers."""
    code = corpus.department.code
    source = targets[keys.file_key(code, document.path)]
    for place, written in enumerate(document.entries, 1):
        yield from _unless_known(
            targets, source, ENTRY, written, keys.entry_keys(written, code), document.marks.span("entries", place)
        )
    for relation in document.relations:
        candidates = keys.reference_keys(relation.target, code)
        yield from _unless_known(
            targets,
            source,
            relation.kind,
            relation.target,
            candidates,
            document.marks.span("relations", relation.index + 1),
        )
    for place, name in enumerate(document.joint_issuers, 1):
        span = document.marks.span("joint_issuers", place)
        yield from _unless_known(targets, source, JOINT, name, (keys.name_key(name),), span)
    attached = {attachment.file for attachment in document.attachments if not attachment.listed}
    spans, here = (document.marks.link_spans(), document.marks.span()) if document.links else ({}, Span(""))
    for place, link in enumerate(document.links):
        if link not in attached and not attachment_of_link(document, link):
            candidates = keys.link_keys(link, code, document.path)
            yield from _unless_known(targets, source, LINK, link, candidates, spans.get(place, here))


def attachment_of_link(document: Document, link: str) -> str:
    """The path of the document's attachment that a link in its text names, or an empty string."""
    if not document.attachments:
        return ""
    path = locate_reference(link, document.path.rpartition("/")[0])
    return next((item.path for item in document.attachments if item.path == path or item.file == link), "")


def _unless_known(  # noqa: PLR0913 - the parts of a reference
    targets: dict[str, Target], source: Target, kind: str, written: str, candidates: tuple[str, ...], span: Span
) -> Iterator[Reference]:
    if not any(key in targets for key in candidates):
        yield Reference(source, kind, written, candidates, span)


def _split_local(references: list[Reference], code: str) -> tuple[list[Diagnostic], list[Reference]]:
    """Findings for what can only be in this department and is not; the rest is for the directory."""
    dead: list[Diagnostic] = []
    others: list[Reference] = []
    own = (f"f:{code}:", f"e:{code}:")
    for reference in references:
        if all(key.startswith(own) for key in reference.candidates):
            dead.append(dead_reference(reference))
        else:
            others.append(reference)
    return dead, others


def dead_reference(reference: Reference) -> Diagnostic:
    """The finding for a reference that leads nowhere."""
    facts: dict[str, Any] = {"written": reference.written[:80]}
    if reference.kind == ENTRY:
        return rules.DEAD_ENTRY.at(reference.span, **facts)
    if reference.kind == JOINT:
        return rules.UNKNOWN_ISSUER.at(reference.span, **facts)
    if reference.kind == LINK:
        return rules.DEAD_LINK.at(reference.span, **facts)
    return rules.DEAD_RELATION.at(reference.span, kind=reference.kind, **facts)


def _document_rows(corpus: Corpus, urls: UrlTable, today: str) -> Iterator[ListRow]:
    department = corpus.department
    for document in corpus.documents:
        state = state_of(document, today)
        if state == WITHDRAWN:
            continue
        date = shown_date(document)
        url = f"{department.code}/{urls.documents[document.path]}"
        row = Row(document.title, url, date, document.document_number, department.name, state)
        yield ListRow(date, department.code, document.path, row)


def _lists(
    corpus: Corpus, urls: UrlTable, documents: list[ListRow], newest: dict[str, Document]
) -> dict[str, tuple[ListRow, ...]]:
    """Rows by list, as `fields/f25|卫生健康`: entries by class, documents by year and by their titles' first letter."""
    lists: dict[str, list[ListRow]] = defaultdict(list)
    for entry in corpus.entries:
        row = _entry_row(entry, corpus, urls, newest.get(entry.id))
        for folder, term in classes_of(entry):
            lists[f"{folder}/{term.slug}|{term.name}"].append(row)
        for folder, term, note in reach_of(entry):
            lists[f"{folder}/{term.slug}|{term.name}"].append(_noted(row, note) if note else row)
    for item in documents:
        year = item.date[:4] or "undated"
        lists[f"years/{year}|{year + '年' if item.date else '日期不详'}"].append(item)
        letter = title_initial(item.row.title)
        lists[f"titles/{letter or 'other'}|{letter.upper() or '数字和其他'}"].append(item)
    return {name: tuple(sorted(rows, key=_row_order)) for name, rows in sorted(lists.items())}


def classes_of(entry: CatalogEntry) -> Iterator[tuple[str, Term]]:
    """The lists in which an entry stands: (folder, term)."""
    for folder, term in (
        ("fields", classify_field(entry.field)),
        ("items", classify_item(entry.statutory_item)),
        ("stages", classify_stage(entry.stage)),
    ):
        if term is not None:
            yield folder, term


def reach_of(entry: CatalogEntry) -> Iterator[tuple[str, Term, str]]:
    """The lists by key area and by audience in which an entry stands: (folder, term, what its row says beside).

    What is for everyone is in no list of its own: it would hold nearly all there is.
    """
    seen: set[str] = set()
    for text in entry.key_areas:
        area = classify_area(text)
        if area is not None and area.slug not in seen:
            seen.add(area.slug)
            yield "areas", area, ""
    for text in entry.audience:
        audience = classify_audience(text)
        if audience is not None and audience.term is not EVERYONE and audience.term.slug not in seen:
            seen.add(audience.term.slug)
            yield "audiences", audience.term, audience.detail


def _noted(item: ListRow, note: str) -> ListRow:
    row = item.row
    return ListRow(item.date, item.code, item.id, Row(row.title, row.url, row.date, note, row.department, row.state))


def newest_by_entry(corpus: Corpus) -> dict[str, Document]:
    """The newest document of the department under each of its entries."""
    newest: dict[str, Document] = {}
    for document in corpus.documents:
        if document.withdrawal is not None:
            continue
        for written in document.entries:
            other = newest.get(written)
            if other is None or (shown_date(other), other.path) < (shown_date(document), document.path):
                newest[written] = document
    return newest


def _entry_row(entry: CatalogEntry, corpus: Corpus, urls: UrlTable, newest: Document | None) -> ListRow:
    """Sorted by the day on which the entry entered the catalogue; shows the day of its newest document."""
    department = corpus.department
    date = shown_date(newest) if newest else entry.revised_on or entry.published_on
    title = " — ".join(entry.subject) if len(entry.subject) > 1 else entry.title
    row = Row(title, f"{department.code}/{urls.entries[entry.id]}", date, entry.disclosure, department.name)
    return ListRow(entry.published_on, department.code, entry.id, row)
