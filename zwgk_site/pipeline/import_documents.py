"""Documents from elsewhere into a site: Word files, pages of an old column, JSON, Markdown, text.

    find sources → read → settle values → find the target → prove the text → changes      (and, if told so, write)

Shows first and writes only when told. What people have changed since an earlier import stays. Nothing is published that
does not say so: 公开方式 is never made up.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span, sort_findings
from zwgk_site.exchange.changes import FileChange
from zwgk_site.exchange.documents import rules
from zwgk_site.exchange.documents.front import Value, split_text, update_document, write_document
from zwgk_site.exchange.front_matter import mark_and_codec
from zwgk_site.exchange.rules import CHANGED_MEANWHILE
from zwgk_site.model.corpus import Document
from zwgk_site.pipeline.import_files import FileCopy, FileFinder
from zwgk_site.pipeline.import_proof import prove_text
from zwgk_site.pipeline.import_redirects import plan_redirects
from zwgk_site.pipeline.import_shelf import Shelf, Standing, Wanted, values_of
from zwgk_site.pipeline.import_sources import SourceFile, find_sources, read_source
from zwgk_site.pipeline.import_values import settle_values
from zwgk_site.pipeline.new_files import leads_outside, put_copy, put_file
from zwgk_site.pipeline.whole_catalog import department_of
from zwgk_site.stages.load.document_file import SUFFIX
from zwgk_site.stages.load.scan import scan_departments
from zwgk_site.stages.plan.urls import document_url
from zwgk_site.stages.publish import machine_faults
from zwgk_site.text.file_names import name_for_title
from zwgk_site.text.slug import slug_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.exchange.documents.value import LeftOut, SourceDocument

_YEAR = re.compile(r"[12]\d{3}(?!\d)", re.ASCII)
State = Literal["new", "changed", "unchanged"]

_LEFT_WORDS = {
    "frames": ("框架页", "frames"),
    "pictures": ("网页不能显示的图片", "pictures that no page can show"),
    "formulas": ("公式（只留下了文字）", "formulas (their signs only)"),
    "objects": ("嵌入的对象、图表或图形", "embedded objects, charts or drawings"),
    "macros": ("宏（没有运行，也没有导入）", "macros (neither run nor imported)"),
}


class ImportRequest(msgspec.Struct, frozen=True):
    """What is to be taken in (导入任务). `files` may be folders; nothing is written unless `write`.

    `department` is a code; empty: the only one, or the one that the source names as 发文机关. `entries` are ids of the
    catalogue. `disclosure` and `published_on` are what the person who imports says of all files that don't say it
    themselves. `base_url` is the
    address of the folder that old pages were copied from, `redirects` the folder for the tables of old and new addresses,
    `column_url` where the new column stands on its server. `overwrite` takes the source's words over edits made by hand,
    but never a text with redactions. `values` are further values by field names, in place of what sources state, and `name`
    is that of a new file: both are for one document, as `zwgk new` makes it. Whoever fills in `disclosure` must have it from
    a person, and it is one of the words that the key takes.
    """

    site: Path
    files: tuple[Path, ...]
    department: str = ""
    entries: tuple[str, ...] = ()
    disclosure: str = ""
    base_url: str = ""
    redirects: Path | None = None
    column_url: str = "/"
    overwrite: bool = False
    write: bool = False
    values: tuple[tuple[str, str], ...] = ()
    name: str = ""
    published_on: str = ""


class ImportedDocument(msgspec.Struct, frozen=True):
    """What becomes of one source (导入结果): the change to its file, files put beside it, and where each value came from."""

    source: str
    change: FileChange
    state: State
    copies: tuple[FileCopy, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    old_url: str = ""
    new_url: str = ""
    written: bool = False

    @property
    def file(self) -> str:
        """The document's file below the site."""
        return self.change.file


class ImportedDocuments(msgspec.Struct, frozen=True):
    """All that an import would write, or has written; `redirects` are the names of the tables and their texts."""

    documents: tuple[ImportedDocument, ...]
    redirects: tuple[tuple[str, str], ...] = ()

    def count(self, state: State) -> int:
        """How many documents are in a state."""
        return sum(document.state == state for document in self.documents)


class _Desk(msgspec.Struct):
    """An import under way: shelves and names by department, and which source has taken which file."""

    request: ImportRequest
    codes: tuple[str, ...]
    findings: list[Diagnostic]
    shelves: dict[str, Shelf] = {}
    taken: dict[str, str] = {}
    called: dict[str, tuple[str, ...]] = {}

    def shelf(self, code: str) -> Shelf:
        """The department's documents, read when first asked for."""
        if code not in self.shelves:
            self.shelves[code] = Shelf(self.request.site, code)
        return self.shelves[code]

    def names(self, code: str) -> tuple[str, ...]:
        """What the department is called, without a look at its documents."""
        if code not in self.called:
            department = department_of(self.request.site, code)
            if department is None or department.code != code:
                self.called[code] = ()
            else:
                self.called[code] = (department.name, department.short_name, *department.former_names)
        return self.called[code]


def import_documents(request: ImportRequest, shelf: Shelf | None = None) -> Checked[ImportedDocuments]:
    """All documents in the files named. Never raises for what stands in them; a machine that refuses is `MachineError`.

    `shelf` is a department's that has just been read; what is planned for it is noted there.
    """
    sources = find_sources(request.files)
    desk = _Desk(request, scan_departments(request.site).value, list(sources.findings))
    if shelf is not None:
        desk.shelves[shelf.code] = shelf
    planned: list[ImportedDocument] = []
    for source in sources.value:
        found = read_source(source)
        desk.findings.extend(found.findings)
        for document in found.value:
            made = _plan(desk, source, document)
            if made is not None:
                planned.append(made)
    tables = _redirects(desk, planned)
    if request.write:
        planned = [_write(desk, item) for item in planned]
        _write_tables(request, tables)
    return Checked(ImportedDocuments(tuple(planned), tables), sort_findings(desk.findings))


def _plan(desk: _Desk, source: SourceFile, document: SourceDocument) -> ImportedDocument | None:
    """What becomes of one document; `None` where it can't be taken in."""
    settled = settle_values(document, desk.request.disclosure)
    desk.findings.extend(settled.findings)
    if settled.value is None:
        return None
    desk.findings.extend(_tell_left_out(document))
    values = settled.value | {name: value for name, value in desk.request.values if value}
    if desk.request.entries:
        values["entries"] = desk.request.entries
    if desk.request.published_on and not values.get("published_on"):
        values["published_on"] = desk.request.published_on
    code = _department(desk, document.name, values)
    if code is None:
        return None
    shelf = desk.shelf(code)
    wanted = Wanted(document.name, values_of(values, "title"), values_of(values, "index_number"),
                    values_of(values, "document_number"), document.plain or document.markdown or "")  # fmt: skip
    file = _target(desk, shelf, wanted, values)
    if file is None:
        return None
    address = document.address or _address(desk.request.base_url, document.name)
    gathered = FileFinder(source.path, document.name, address).gather(document)
    desk.findings.extend(gathered.findings)
    if gathered.listed and "attachments" not in values:
        values["attachments"] = tuple((("文件", name), ("名称", label)) for name, label in gathered.listed.items())
    body = _body(desk, document, gathered.targets)
    change, state = _change(desk, shelf, file, _Written(document, values, body))
    if change is None:
        return None
    shelf.add(file, wanted)
    return ImportedDocument(
        document.name, change, state, tuple(gathered.copies.values()),
        tuple((name, values_of(values, name)) for name in values if name != "attachments"),
        address, _new_url(shelf, file, values),
    )  # fmt: skip


class _Written(msgspec.Struct, frozen=True):
    """A document ready to be written: its source, its values, its text."""

    source: SourceDocument
    values: dict[str, Value]
    body: str


def _tell_left_out(document: SourceDocument) -> Iterator[Diagnostic]:
    span = Span(document.name)
    for left in document.left_out:
        if left.what == "hidden":
            yield rules.HIDDEN_TEXT.at(span, count=left.count, text=left.sample)
        elif left.what == "comments":
            yield rules.COMMENTS.at(span, count=left.count)
        elif left.what == "revisions":
            yield rules.REVISIONS.at(span, count=left.count)
        elif left.what == "navigation":
            yield rules.SURROUNDINGS.at(span, count=left.count, text=left.sample)
        else:
            yield _not_taken(left, span)


def _not_taken(left: LeftOut, span: Span) -> Diagnostic:
    zh, en = _LEFT_WORDS[left.what]
    return rules.NOT_TAKEN.at(span, count=left.count, what=zh, what_en=en)


def _department(desk: _Desk, name: str, values: dict[str, Value]) -> str | None:
    """The department that takes a document: the one named, the only one, or the one that issued it."""
    code = desk.request.department
    if code in desk.codes:
        return code
    if not code and len(desk.codes) == 1:
        return desk.codes[0]
    if not code:
        issuer = values_of(values, "issuer").partition("、")[0]
        fits = [item for item in desk.codes if issuer in desk.names(item)] if issuer else []
        if len(fits) == 1:
            return fits[0]
    known = "、".join(desk.codes[:12]) + (" …" if len(desk.codes) > 12 else "")
    desk.findings.append(rules.NO_DEPARTMENT.at(Span(name), name=name, code=next(iter(desk.codes), "wjj"), known=known))
    return None


def _target(desk: _Desk, shelf: Shelf, wanted: Wanted, values: dict[str, Value]) -> str | None:
    """The file that a document goes to: the one that it has, or a new one."""
    span = Span(wanted.source)
    found = shelf.find(wanted)
    if len(found) > 1:
        desk.findings.append(
            rules.SEVERAL_MATCH.at(span, name=wanted.source, count=len(found), names="、".join(found[:4]))
        )
        return None
    if found and found[0] in desk.taken:
        facts = {"reason": "索引号，或者文号和标题相同", "reason_en": "the same 索引号, or 文号 and title"}
        desk.findings.append(rules.SAME_TARGET.at(span, name=wanted.source, other=desk.taken[found[0]], **facts))  # type: ignore[arg-type]  # no fact is "related"
        return None
    file = found[0] if found else _new_file(desk, shelf, wanted, values)
    if leads_outside(desk.request.site, file):
        desk.findings.append(rules.OUTSIDE_SITE.at(span, file=file))
        return None
    desk.taken[file] = wanted.source
    return file


def _new_file(desk: _Desk, shelf: Shelf, wanted: Wanted, values: dict[str, Value]) -> str:
    """A file that is not there yet, in the folder of its year: what a source says never makes a path."""
    year = year_of(values_of(values, "published_on") or values_of(values, "formed_on"))
    slug = slug_name(desk.request.name) if desk.request.name else name_for_title(wanted.title)
    return f"content/{shelf.code}/{shelf.free_path(year, slug)}{SUFFIX}"


def year_of(day: str) -> str:
    """The year of a day as a source states it; empty where it does not begin with one."""
    return day[:4] if _YEAR.match(day) else ""


def _address(base: str, name: str) -> str:
    """The old address of a page that was copied with its folder."""
    if not base:
        return ""
    return f"{base.rstrip('/')}/{name}"


def _body(desk: _Desk, document: SourceDocument, targets: dict[str, str]) -> str:
    """The text, proved to be the source's."""
    if document.markdown is not None:
        text = document.markdown
        for old, new in targets.items():
            if new:
                text = text.replace(f"]({old})", f"]({new})").replace(f'"{old}"', f'"{new}"')
        return text
    body, place = prove_text(document.blocks, document.plain, targets)
    if place:
        desk.findings.append(rules.TEXT_DIFFERS.at(Span(document.name), name=document.name, text=place))
    return body


def _change(desk: _Desk, shelf: Shelf, file: str, made: _Written) -> tuple[FileChange | None, State]:
    """The change to the document's file, and what it amounts to."""
    standing = shelf.standing.get(file)
    if standing is None:
        text = _new_text(made)
        return FileChange(file, b"", text.encode(), "utf-8", "utf-8", (("import", made.source.name),)), "new"
    body = _new_body(desk, standing, made)
    mark, codec = mark_and_codec(standing.data, standing.encoding)
    text = standing.data[len(mark) :].decode(codec)
    update = update_document(text, made.values, body, made.source.name, overwrite=desk.request.overwrite)
    if update is None:
        desk.findings.append(rules.ODD_LAYOUT.at(Span(file, 1, 1, 4), file=file))
        return None, "unchanged"
    for key, found, value in update.kept:
        desk.findings.append(rules.KEPT_BY_HAND.at(Span(file, 1, 1, 4), key=key, found=found[:60], value=value[:120]))
    after = mark + update.text.encode(codec)
    state: State = "unchanged" if after == standing.data else "changed"
    encoding = standing.encoding
    return FileChange(file, standing.data, after, encoding, encoding, (("import", made.source.name),)), state


def _new_text(made: _Written) -> str:
    """A new file; front matter that came with the source is kept as its author wrote it."""
    if not made.source.front:
        return write_document(made.values, made.body, made.source.name)
    given = f"---\n{made.source.front}---\n\n{made.body}"
    update = update_document(given, made.values, None, made.source.name, overwrite=False)
    return update.text if update is not None else write_document(made.values, made.body, made.source.name)


def _new_body(desk: _Desk, standing: Standing, made: _Written) -> str | None:
    """The text to write below the front matter; `None` where the one that is there stays."""
    parts = split_text(standing.text)
    if parts is not None and parts[1].strip() == made.body.strip():
        return None
    reason = ("手工改过", "was edited by hand")
    if standing.has_redactions:
        reason = ("里有不公开的内容", "holds redacted passages")
    elif standing.is_text_untouched or desk.request.overwrite:
        return made.body
    elif not standing.memory.source:
        reason = ("不是导入的，与来源不同", "was not imported and differs from the source")
    desk.findings.append(
        rules.TEXT_KEPT.at(Span(standing.file, 1, 1, 4), file=standing.file, reason=reason[0], reason_en=reason[1])
    )
    return None


def _new_url(shelf: Shelf, file: str, values: dict[str, Value]) -> str:
    """Where the page of a document will be, below the column."""
    if shelf.department is None:
        return ""
    path = file.removeprefix(f"content/{shelf.code}/").removesuffix(SUFFIX)
    document = Document(path, values_of(values, "title"), "", index_number=values_of(values, "index_number"))
    return f"{shelf.code}/{document_url(document, shelf.department)}"


def _redirects(desk: _Desk, planned: Iterable[ImportedDocument]) -> tuple[tuple[str, str], ...]:
    folder = desk.request.redirects
    if folder is None:
        return ()
    pairs = {item.old_url: item.new_url for item in planned if item.old_url and item.new_url}
    return plan_redirects(folder, pairs, desk.request.column_url)


def _write(desk: _Desk, item: ImportedDocument) -> ImportedDocument:
    """Files beside a document first, then itself: a page never names what is not there."""
    site, folder = desk.request.site, item.file.rpartition("/")[0]
    for copy in item.copies:
        with machine_faults(site / folder / copy.name):
            put_copy(site / folder / copy.name, copy)
    if item.state == "unchanged":
        return item
    with machine_faults(site / item.file):
        is_written = put_file(site, item.change)
    if not is_written:
        desk.findings.append(CHANGED_MEANWHILE.at(Span(item.file)))
    return msgspec.structs.replace(item, written=is_written)


def _write_tables(request: ImportRequest, tables: Iterable[tuple[str, str]]) -> None:
    from zwgk_site.pipeline.new_files import replace_file

    for name, text in tables:
        path = Path(os.fspath(request.redirects or request.site)) / name
        with machine_faults(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, text.encode())
