"""New documents, entries and departments, with the next number of their kind. Never over anything that is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.exchange.changes import FileChange
from zwgk_site.exchange.documents import rules
from zwgk_site.exchange.documents.entries import append_entry, write_catalog
from zwgk_site.exchange.documents.front import Value, value_words
from zwgk_site.exchange.id_forms import next_id
from zwgk_site.exchange.numbers import used_up
from zwgk_site.exchange.rules import CHANGED_MEANWHILE
from zwgk_site.model.fields import RECORDS
from zwgk_site.pipeline.import_documents import ImportRequest, import_documents, year_of
from zwgk_site.pipeline.import_shelf import Shelf
from zwgk_site.pipeline.new_files import leads_outside, put_file
from zwgk_site.pipeline.serials import ledger_unreadable, read_serials
from zwgk_site.pipeline.whole_catalog import read_whole
from zwgk_site.stages.load.department import is_code
from zwgk_site.stages.load.document_file import SUFFIX
from zwgk_site.stages.load.scan import scan_department, scan_departments
from zwgk_site.stages.load.values import nearest_word
from zwgk_site.stages.publish import machine_faults
from zwgk_site.statute.numbers import is_credit_code
from zwgk_site.statute.time_limit import STATUTORY_LIMIT
from zwgk_site.text.file_names import name_for_title
from zwgk_site.text.slug import slug_name

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIRST_ENTRIES: tuple[tuple[tuple[str, ...], tuple[str, ...], str, str], ...] = (
    (("机构信息", "机构职能"), ("机构名称", "主要职责", "内设机构", "办公地址", "办公时间", "联系方式", "负责人姓名"), STATUTORY_LIMIT, "20-2"),
    (("政府信息公开", "指南和制度"), ("政府信息公开指南", "政府信息公开制度"), STATUTORY_LIMIT, "20-15"),
    (("政府信息公开", "工作年度报告"), ("政府信息公开工作年度报告",), "每年1月31日前", "20-15"),
)  # fmt: skip


class NewDocument(msgspec.Struct, frozen=True):
    """A document to be made (新建文件). `today` is the day of its number where the source has none; `source` is read first.

    `name` is the file's own name; `output` the built column, whose numbers are not given again.
    """

    site: Path
    today: str
    title: str = ""
    department: str = ""
    entries: tuple[str, ...] = ()
    disclosure: str = ""
    source: Path | None = None
    name: str = ""
    output: Path | None = None


class NewEntry(msgspec.Struct, frozen=True):
    """An entry to be made (新建条目); what is not given is what most entries have."""

    site: Path
    subject: tuple[str, ...]
    content: tuple[str, ...]
    department: str = ""
    time_limit: str = STATUTORY_LIMIT
    disclosure: str = "主动公开"


class NewDepartment(msgspec.Struct, frozen=True):
    """A department to be made (新建部门)."""

    site: Path
    code: str
    name: str
    credit_code: str = ""
    category: str = "政府部门"


class Made(msgspec.Struct, frozen=True):
    """What was made (新建结果): the file below the site, and what it was given: keys and values for people."""

    file: str
    given: tuple[tuple[str, str], ...] = ()


def make_document(wanted: NewDocument) -> Checked[Made | None]:
    """A document with the department's next index number; its text comes from `source`, if there is one."""
    found = _shelf(wanted.site, wanted.department)
    shelf = found.value
    if shelf is None or shelf.department is None or shelf.holdings is None:
        return Checked(None, found.findings)
    problems = [*_check_name(wanted.name), *_check_entries(shelf, wanted.entries)]
    if problems:
        return Checked(None, tuple(problems))
    if wanted.source is not None:
        return _make_from_source(wanted, shelf)
    number = _next_number(wanted, shelf, wanted.today[:4])
    slug = wanted.name or name_for_title(wanted.title)
    path = f"{wanted.today[:4]}/{slug}" if wanted.name else shelf.free_path(wanted.today[:4], slug)
    file = f"content/{shelf.code}/{path}{SUFFIX}"
    values: dict[str, Value] = {
        "title": wanted.title, "index_number": number.value, "entries": wanted.entries, "issuer": shelf.department.name,
        "disclosure": wanted.disclosure,
    }  # fmt: skip
    made = _put(wanted.site, file, _template(values, wanted.today))
    given = (("索引号", number.value),) if number.value else ()
    return Checked(Made(file, given) if not made else None, (*number.findings, *made))


def _make_from_source(wanted: NewDocument, shelf: Shelf) -> Checked[Made | None]:
    """Through the import of documents, first as a preview: what has its file already is not made again."""
    request = ImportRequest(
        wanted.site, (wanted.source,) if wanted.source else (), shelf.code, wanted.entries, wanted.disclosure,
        values=(("title", wanted.title),), name=wanted.name,
    )  # fmt: skip
    seen = import_documents(request, shelf)
    if len(seen.value.documents) != 1:
        return Checked(None, seen.findings)
    planned = seen.value.documents[0]
    if planned.state != "new":
        return Checked(None, (rules.ALREADY_THERE.at(Span(planned.file), file=planned.file, example="tongzhi-2"),))
    stated = dict(planned.values)
    number = ""
    findings: tuple[Diagnostic, ...] = ()
    if not stated.get("index_number"):
        day = stated.get("published_on") or stated.get("formed_on") or ""
        given = _next_number(wanted, shelf, year_of(day) or wanted.today[:4])
        number, findings = given.value, given.findings
    values = (*request.values, ("index_number", number))
    done = import_documents(msgspec.structs.replace(request, values=values, write=True))
    written = [item for item in done.value.documents if item.written]
    if not written:
        return Checked(None, done.findings)
    given_keys = tuple((key, value) for key, value in (("索引号", number or stated.get("index_number", "")),) if value)
    return Checked(Made(written[0].file, given_keys), (*findings, *done.findings))


def _template(values: dict[str, Value], today: str) -> str:
    """A document to be filled in; what has to be thought about stands there as a comment."""
    lines = ["---"]
    hints = {
        "document_number": "示卫发〔2026〕1号",
        "formed_on": today,
        "published_on": today,
        "disclosure": "主动公开",
    }
    for field in RECORDS["document"].fields:
        if values.get(field.name):
            lines.append(f"{field.key}: {value_words(values[field.name])}")
        elif field.name in hints:
            note = "   # 确认可以公开后，去掉行首的 #" if field.name == "disclosure" else ""
            lines.append(f"# {field.key}: {hints[field.name]}{note}")
    return "\n".join([*lines, "---", "", "<!-- 在这里写正文。小标题前面写 ## 和一个空格。 -->", ""])


def _next_number(wanted: NewDocument, shelf: Shelf, year: str) -> Checked[str]:
    """The department's next index number; empty where it has no code, or where none can be given, which is told."""
    holdings, department = shelf.holdings, shelf.department
    if holdings is None or department is None or not department.index_prefix:
        return Checked("")
    scans = [scan_department(wanted.site, code) for code in scan_departments(wanted.site).value]
    taken = read_serials(wanted.site, scans, wanted.output or wanted.site / "public")
    if any(other.department.code == department.code for other in taken.unknown):
        return Checked("", (ledger_unreadable(holdings),))
    number = taken.serials.give(department.index_prefix, year)
    return Checked(number or "", () if number else (used_up(Span(holdings.catalog_file), department, year),))


def make_entry(wanted: NewEntry) -> Checked[Made | None]:
    """An entry with the catalogue's next id, below those that are there."""
    chosen = _choose(wanted.site, wanted.department)
    if chosen.value is None:
        return chosen.replace(None)
    code = chosen.value
    file = scan_department(wanted.site, code).catalog.path
    whole = read_whole(wanted.site, file)
    if whole.value is None:
        return Checked(None, (rules.CATALOG_UNREADABLE.at(Span(file), code=code), *whole.findings))
    catalog = whole.value
    used = [entry.id for entry in catalog.entries] + [removal.target for removal in catalog.removals]
    entry_id = next_id(used, code)
    values: dict[str, Value] = {
        "id": entry_id, "subject": wanted.subject, "content": wanted.content, "time_limit": wanted.time_limit,
        "responsible_body": catalog.department.name, "disclosure": wanted.disclosure, "channels": ("政府网站",),
        "audience": "全社会",
    }  # fmt: skip
    after = append_entry(catalog.data, catalog.encoding, values)
    if after is None:
        return Checked(None, (rules.NOT_APPENDED.at(Span(file), file=file, example=entry_id),))
    change = FileChange(file, catalog.data, after, catalog.encoding, catalog.encoding, (("entry", entry_id),))
    with machine_faults(wanted.site / file):
        if put_file(wanted.site, change):
            return Checked(Made(file, (("编号", entry_id),)))
    return Checked(None, (CHANGED_MEANWHILE.at(Span(file)),))


def make_department(wanted: NewDepartment) -> Checked[Made | None]:
    """A department's catalogue with the entries that every organ has, and its folder."""
    file = f"catalogs/{wanted.code}.yaml"
    problems = list(_check_department(wanted, file))
    if problems:
        return Checked(None, tuple(problems))
    department = {
        "code": wanted.code, "name": wanted.name, "category": wanted.category, "credit_code": wanted.credit_code,
    }  # fmt: skip
    entries: list[dict[str, Value]] = [
        {
            "id": f"{wanted.code.upper()}-{number:03}", "subject": subject, "content": content, "time_limit": limit,
            "responsible_body": wanted.name, "disclosure": "主动公开", "channels": ("政府网站",), "audience": "全社会",
            "statutory_item": item, "stage": "管理",
        }
        for number, (subject, content, limit, item) in enumerate(_FIRST_ENTRIES, 1)
    ]  # fmt: skip
    made = _put(wanted.site, file, write_catalog(department, entries))
    if made:
        return Checked(None, made)
    folder = wanted.site / "content" / wanted.code
    with machine_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return Checked(Made(file, (("代码", wanted.code), ("文件夹", f"content/{wanted.code}"))))


def _check_department(wanted: NewDepartment, file: str) -> Iterable[Diagnostic]:
    if not is_code(wanted.code):
        yield rules.BAD_OPTION.at(Span(file), key="部门代码", value=wanted.code[:60], reason="要以小写字母开头，2至31位小写字母、数字或短横", reason_en="it has to be 2 to 31 small letters, digits or hyphens, a letter first", example="--code wjj")  # fmt: skip
    elif (wanted.site / f"catalogs/{wanted.code}.yml").exists():
        yield rules.ALREADY_THERE.at(Span(file), file=f"catalogs/{wanted.code}.yml", example="wjj2")
    if wanted.credit_code and not is_credit_code(wanted.credit_code):
        yield rules.BAD_OPTION.at(Span(file), key="统一社会信用代码", value=wanted.credit_code[:60], reason="校验位不对", reason_en="its check digit is wrong", example="--credit-code 119999000000000198")  # fmt: skip


def _check_name(name: str) -> Iterable[Diagnostic]:
    if name and slug_name(name) != name:
        yield rules.BAD_OPTION.at(Span(""), key="文件名", value=name[:60], reason="只能有字母、数字和短横", reason_en="it may hold letters, digits and hyphens only", example=f"--name {name_for_title(name)}")  # fmt: skip


def _check_entries(shelf: Shelf, wanted: tuple[str, ...]) -> Iterable[Diagnostic]:
    """Entries that the department's catalogue does not have; those of others are not looked for."""
    holdings, department = shelf.holdings, shelf.department
    known = [entry.id for entry in holdings.entries] if holdings is not None else []
    for entry_id in wanted:
        if entry_id not in known and ":" not in entry_id:
            near = nearest_word(entry_id, known)
            suggestion = f"，是不是 {near}" if near else ""
            name = department.name if department is not None else shelf.code
            yield rules.NO_ENTRY.at(Span(holdings.catalog_file if holdings else ""), name=name, id=entry_id, suggestion=suggestion)  # fmt: skip


def _choose(site: Path, code: str) -> Checked[str | None]:
    """The department named, or the only one."""
    codes = scan_departments(site).value
    chosen = code or (codes[0] if len(codes) == 1 else "")
    if chosen in codes:
        return Checked(chosen)
    known = "、".join(codes[:12])
    found = rules.NO_DEPARTMENT.at(Span(""), name=code or "新文件", code=next(iter(codes), "wjj"), known=known)
    return Checked(None, (found,))


def _shelf(site: Path, code: str) -> Checked[Shelf | None]:
    """The department's documents, where its catalogue can be read."""
    chosen = _choose(site, code)
    if chosen.value is None:
        return chosen.replace(None)
    shelf = Shelf(site, chosen.value)
    if shelf.department is None:
        return Checked(None, (rules.CATALOG_UNREADABLE.at(Span(f"catalogs/{shelf.code}.yaml"), code=shelf.code),))
    return Checked(shelf)


def _put(site: Path, file: str, text: str) -> tuple[Diagnostic, ...]:
    """Writes a new file; what keeps it from being written."""
    if leads_outside(site, file):
        return (rules.OUTSIDE_SITE.at(Span(file), file=file),)
    with machine_faults(site / file):
        if put_file(site, FileChange(file, b"", text.encode(), "utf-8", "utf-8", ())):
            return ()
    stem = Path(file).stem
    return (rules.ALREADY_THERE.at(Span(file), file=file, example=f"{stem}-2"),)
