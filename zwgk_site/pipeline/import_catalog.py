"""Tables into a department's catalogue: what it would become, and the one file that changes. Writes nothing."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Severity, Span
from zwgk_site.exchange.catalog_text import CatalogEdit, NewEntry, OddLayoutError, edit_catalog, new_catalog
from zwgk_site.exchange.changes import FileChange
from zwgk_site.exchange.incoming import rules
from zwgk_site.exchange.incoming.entries import Incoming, Standing, entries_of_rows
from zwgk_site.exchange.incoming.tables import TableRows, Understood, read_tables, read_wishes
from zwgk_site.exchange.sheets.reading import read_file
from zwgk_site.exchange.sheets.rules import NOTHING_IN_IT
from zwgk_site.model.corpus import CatalogEntry, Department
from zwgk_site.model.fields import RECORDS
from zwgk_site.pipeline.compared import DepartmentDiff, NamedCatalog, compare_sides
from zwgk_site.pipeline.import_kinds import read_source, read_xls
from zwgk_site.pipeline.ledgers import built_ledger
from zwgk_site.pipeline.whole_catalog import department_of, read_whole
from zwgk_site.stages.load.catalog_file import CatalogFile, read_catalog
from zwgk_site.stages.load.department import is_code
from zwgk_site.stages.load.rules import SITE_FILE_MISSING
from zwgk_site.stages.load.scan import scan_department, scan_departments
from zwgk_site.stages.load.site_file import NAMES as SITE_NAMES
from zwgk_site.stages.load.site_file import site_file_name
from zwgk_site.stages.load.text_file import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TITLE = re.compile(
    r"\s*(.{2,30}?[局委办府会院室厅处所站队部司中心社校馆村镇乡道司园区])\s*[（(]?(?:\d{4}年?度?)?[）)]?\s*"
    r"(?:政府信息|基层政务|政务|信息)?(?:主动公开|公开).{0,20}目录"
)
GONE_REASON = "新的目录表中不再列出"
_NAMES = tuple(field.name for field in RECORDS["entry"].fields if field.name not in ("id", "waivers"))


class ImportRequest(msgspec.Struct, frozen=True):
    """What is to be imported (导入请求): files in order, the site, and what its owner has said about them.

    `department` is a code, or empty: then it is seen from the table. `maps` are as on the command line; `today` is the
    day of what is taken off; `output` is the built column, whose ledger knows which entries were ever published.
    """

    files: tuple[Path, ...]
    site: Path
    department: str = ""
    maps: tuple[str, ...] = ()
    sheet: str = ""
    today: str = ""
    output: Path | None = None


class CatalogImport(msgspec.Struct, frozen=True):
    """What an import would do (导入预览): the tables as understood, the difference, the file that changes, if any."""

    code: str
    name: str
    understood: tuple[Understood, ...]
    diff: tuple[DepartmentDiff, ...]
    added: int
    changed: int
    unchanged: int
    removed: int
    change: FileChange | None


class _Target(msgspec.Struct, frozen=True):
    """The catalogue file that rows go into; `data` is empty for one that is still to be made."""

    path: str
    standing: Standing
    data: bytes = b""
    encoding: str = "utf-8"


def plan_import(request: ImportRequest) -> Checked[CatalogImport | None]:
    """What the tables make of the catalogue; `None` where an error stands in the way, after all of them were found."""
    table = _read_all(request)
    findings = list(table.findings)
    if not table.value.rows:
        if table.value.understood and not any(finding.severity is Severity.ERROR for finding in findings):
            findings.append(NOTHING_IN_IT.at(Span(request.files[0].name)))
        return Checked(_only_understood(table.value) if table.value.understood else None, tuple(findings))
    target = _target_of(request, table.value)
    findings.extend(target.findings)
    if target.value is None:
        return Checked(_only_understood(table.value), tuple(findings))
    file = request.files[0].name
    standing = target.value.standing
    incoming = entries_of_rows(table.value, standing, file)
    findings.extend(incoming.findings)
    findings.extend(_bodies_findings(incoming.value.entries, standing.department, file))
    planned = _plan(request, table.value, target.value, incoming.value)
    return Checked(planned.value, (*findings, *planned.findings))


def _read_all(request: ImportRequest) -> Checked[TableRows]:
    findings: list[Diagnostic] = []
    wishes = read_wishes(request.maps, request.files[0].name if request.files else "")
    findings.extend(wishes.findings)
    read: list[TableRows] = []
    for path in request.files:
        source = read_source(path)
        findings.extend(source.findings)
        if source.value is None:
            continue
        tables = read_file(source.value, read_xls)
        findings.extend(tables.findings)
        if tables.value is None:
            continue
        rows = read_tables(tables.value, path.name, wishes=wishes.value, sheet=request.sheet)
        findings.extend(rows.findings)
        read.append(rows.value)
    joined = TableRows(
        tuple(row for table in read for row in table.rows),
        frozenset(field for table in read for field in table.fields),
        tuple(item for table in read for item in table.understood),
        "\n".join(table.title for table in read),
        any(table.has_serials for table in read),
    )
    return Checked(joined, tuple(findings))


def _only_understood(table: TableRows) -> CatalogImport:
    return CatalogImport("", "", table.understood, (), 0, 0, 0, 0, None)


# --- whose catalogue -------------------------------------------------------------------------------


def _target_of(request: ImportRequest, table: TableRows) -> Checked[_Target | None]:
    codes = scan_departments(request.site).value
    if not codes and not site_file_name(request.site):
        return Checked(None, (SITE_FILE_MISSING.at(Span(SITE_NAMES[0])),))
    code = request.department or (codes[0] if len(codes) == 1 else _guessed(request, table, codes))
    if not code or not is_code(code):
        names = "、".join(codes[:20]) or "（还没有部门）"
        example = next(iter(codes), "wjj")
        found = rules.WHICH_DEPARTMENT.at(Span(request.files[0].name), names=names, example=example)
        return Checked(None, (found,))
    path = scan_department(request.site, code).catalog.path
    if code not in codes:
        name = _titled_name(table) or _common_body(table) or code
        found = rules.NEW_CATALOG.at(Span(request.files[0].name), path=path, name=name)
        return Checked(_Target(path, Standing(Department(code=code, name=name))), (found,))
    return _standing_of(request, path)


def _guessed(request: ImportRequest, table: TableRows, codes: Iterable[str]) -> str:
    """The department that the title, the file's name or most rows name; empty where that is not one and only one."""
    words = f"{table.title}\n" + "\n".join(path.stem for path in request.files)
    body = _common_body(table)
    named, owning = [], []
    for code in codes:
        department = department_of(request.site, code)
        if department is None:
            continue
        names = {department.name, department.short_name, *department.former_names} - {""}
        if any(name in words for name in names) or code in words.split():
            named.append(code)
        if body in names:
            owning.append(code)
    found = named or owning
    return found[0] if len(found) == 1 else ""


def _titled_name(table: TableRows) -> str:
    """The organ that a title names: 示范县教育局2026年主动公开基本目录."""
    found = next(filter(None, map(_TITLE.match, table.title.split("\n"))), None)
    return found[1].strip() if found else ""


def _common_body(table: TableRows) -> str:
    """The organ that most rows name."""
    bodies = Counter(
        body[0] for row in table.rows if isinstance(body := row.fields.get("responsible_body"), tuple) and body
    )
    return bodies.most_common(1)[0][0] if bodies else ""


def _standing_of(request: ImportRequest, path: str) -> Checked[_Target | None]:
    """The catalogue as it stands; an entry that can't be read stops the import, for its id would be given again."""
    whole = read_whole(request.site, path)
    if whole.value is None:
        return whole.replace(None)
    catalog = whole.value
    published = _published_ids(request.output or request.site / "public", catalog.department.code)
    ids = frozenset(entry.id for entry in catalog.entries)
    unpublished = frozenset() if published is None else ids - published
    standing = Standing(catalog.department, catalog.entries, catalog.removals, unpublished)
    return Checked(_Target(path, standing, catalog.data, catalog.encoding))


def _published_ids(output: Path, code: str) -> frozenset[str] | None:
    """Ids of entries that releases in `output` have shown; `None` where its ledger can't be read."""
    found = built_ledger(output, code)
    return None if found is None else frozenset(item.id for item in found.urls.values() if item.kind == "entry")


def _entries_of(catalog: CatalogFile) -> tuple[CatalogEntry, ...]:
    return tuple(piece.entry for piece in catalog.pieces if piece.entry is not None)


def _bodies_findings(entries: Iterable[CatalogEntry], department: Department, file: str) -> Iterable[Diagnostic]:
    """That a table names several organs; what is only said of them (或者其委托的…) is not another one."""
    own = {department.name, department.short_name, *department.former_names}
    bodies = Counter(entry.responsible_body[0] for entry in entries if entry.responsible_body)
    first = bodies.most_common(1)[0][0] if bodies else ""
    others = [
        body
        for body, _ in bodies.most_common()
        if body not in own and body != first and not body.startswith((first, department.name))
    ]
    if others:
        names = "、".join([first, *others][:5]) + (" …" if len(others) > 4 else "")
        facts: dict[str, Any] = {"count": len(others) + 1, "names": names, "name": department.name, "example": "jyj"}
        yield rules.SEVERAL_BODIES.at(Span(file), **facts)


# --- the change ------------------------------------------------------------------------------------


def _plan(request: ImportRequest, table: TableRows, target: _Target, incoming: Incoming) -> Checked[CatalogImport]:
    department = target.standing.department
    old = NamedCatalog(department.name, target.standing.entries)
    new = NamedCatalog(department.name, incoming.entries)
    diff = compare_sides({department.code: old}, {department.code: new})
    rows = diff[0].rows if diff else None
    added, removed, changed = (len(rows.added), len(rows.removed), len(rows.changed)) if rows else (0, 0, 0)
    unchanged = len(incoming.entries) - added - changed
    change: FileChange | None = None
    findings: tuple[Diagnostic, ...] = ()
    if diff:
        made = _change(request, target, incoming)
        change, findings = made.value, made.findings
    result = CatalogImport(
        department.code, department.name, table.understood, diff, added, changed, unchanged, removed, change
    )
    return Checked(result, findings)


def _change(request: ImportRequest, target: _Target, incoming: Incoming) -> Checked[FileChange | None]:
    """The file with the change made; read again before anybody may write it."""
    edit = _edit_of(request, target.standing, incoming)
    refused = rules.ODD_LAYOUT.at(Span(target.path), path=target.path)
    if not target.data:
        department = target.standing.department
        facts = (("代码", department.code), ("名称", department.name))
        after = new_catalog(facts, edit.added).encode()
    else:
        try:
            after = edit_catalog(target.data, target.encoding, edit)
        except OddLayoutError:
            return Checked(None, (refused,))
    if not _reads_as(after, target, incoming):
        return Checked(None, (refused,))
    note = ("import", request.files[0].name)
    return Checked(FileChange(target.path, target.data, after, target.encoding, target.encoding, (note,)))


def _reads_as(after: bytes, target: _Target, incoming: Incoming) -> bool:
    """Whether the changed file says what it was meant to say."""
    source = decode_text(after, target.path).value
    if source is None:
        return False
    read = read_catalog(source.text, target.path, {}).value
    before = target.standing
    code = before.department.code
    sides = NamedCatalog("", _entries_of(read)), NamedCatalog("", incoming.entries)
    gone = {removal.target for removal in read.removals}
    return (
        read.department == before.department
        and not compare_sides({code: sides[0]}, {code: sides[1]})
        and {removal.target for removal in before.removals} | (set(incoming.gone) - before.unpublished) == gone
    )


def _edit_of(request: ImportRequest, standing: Standing, incoming: Incoming) -> CatalogEdit:
    known = {entry.id: entry for entry in standing.entries}
    changed: dict[str, dict[str, Any]] = {}
    added: list[NewEntry] = []
    previous = ""
    for entry in incoming.entries:
        if entry.id in incoming.added:
            values = {name: getattr(entry, name) for name in _NAMES if getattr(entry, name)}
            added.append(NewEntry(entry.id, values, dict(entry.extra), previous))
        else:
            values = _differing(known[entry.id], entry)
            if values:
                changed[entry.id] = values
        previous = entry.id
    facts = (("日期", request.today), ("理由", GONE_REASON))
    recorded = [name for name in incoming.gone if name not in standing.unpublished]
    gone = {name: tuple(fact for fact in facts if fact[1]) for name in recorded}
    return CatalogEdit(changed, tuple(added), gone, frozenset(incoming.gone) & standing.unpublished)


def _differing(before: CatalogEntry, after: CatalogEntry) -> dict[str, Any]:
    """The new values of what differs, unknown keys among them."""
    values = {name: getattr(after, name) for name in _NAMES if getattr(before, name) != getattr(after, name)}
    old: Mapping[str, str] = dict(before.extra)
    new: Mapping[str, str] = dict(after.extra)
    values |= {key: new.get(key, "") for key in {**old, **new} if old.get(key, "") != new.get(key, "")}
    return values
