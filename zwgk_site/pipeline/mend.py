"""What can be mended in the files themselves without asking anyone: encodings, normal forms, index numbers. Writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Severity, Span, sort_findings
from zwgk_site.exchange.changes import FileChange
from zwgk_site.exchange.encodings import to_utf8
from zwgk_site.exchange.front_matter import insert_key
from zwgk_site.exchange.normal_forms import replace_value
from zwgk_site.exchange.numbers import Serials, assign_numbers, wanting_documents
from zwgk_site.exchange.rules import LEDGER_UNREADABLE, NOT_NUMBERED
from zwgk_site.model.corpus import Holdings
from zwgk_site.model.fields import RECORDS
from zwgk_site.model.ledger import Ledger
from zwgk_site.stages.load.department import load_department
from zwgk_site.stages.load.document_file import SUFFIX
from zwgk_site.stages.load.rules import LOOSE_DATE
from zwgk_site.stages.load.scan import DepartmentScan, scan_department, scan_departments
from zwgk_site.stages.load.site_file import NAMES as SITE_NAMES
from zwgk_site.stages.load.text_file import decode_text, read_bytes
from zwgk_site.stages.publish import machine_faults
from zwgk_site.stages.publish.folder import read_if_there
from zwgk_site.statute.document_numbers import document_number_faults, normalize_document_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class SourceBytes(msgspec.Struct, frozen=True):
    """A text file with the encoding that the reader found."""

    file: str
    data: bytes
    encoding: str
    text: str


class Mends(msgspec.Struct):
    """The changes while they are made, one for each file; a later one is made from what the earlier left."""

    root: Path
    changes: dict[str, FileChange]
    findings: list[Diagnostic]

    def read(self, file: str) -> SourceBytes | None:
        """The file as it is on disk; one that is no text is a finding."""
        data = read_bytes(self.root / file, file)
        source = decode_text(data.value, file) if data.value is not None else None
        found = source.findings if source is not None else data.findings
        self.findings.extend(finding for finding in found if finding.severity is Severity.ERROR)
        if source is None or source.value is None or data.value is None:
            return None
        return SourceBytes(file, data.value, source.value.encoding, source.value.text)

    def convert(self, file: str) -> None:
        """The file in plain UTF-8."""
        source = self.read(file)
        after = to_utf8(source.data, source.encoding) if source is not None else None
        if source is not None and after is not None and after != source.data:
            old = source.encoding if source.encoding != "utf-8" else "UTF-8 BOM"
            self.changes[file] = FileChange(file, source.data, after, source.encoding, "utf-8", (("encoding", old),))

    def number(self, file: str, number: str) -> None:
        """The file with an index number below its title."""
        source = self.read(file)
        if source is None:
            return
        plain = FileChange(file, source.data, source.data, source.encoding, source.encoding, ())
        change = self.changes.get(file, plain)
        record = RECORDS["document"]
        after = insert_key(change.after, change.encoding_after, record, "title", ("索引号", number))
        if after is None:
            reason = (
                "信息栏的写法特别，程序不敢改",
                "the front matter is laid out in a way that this program won't touch",
            )
            self.findings.append(
                NOT_NUMBERED.at(Span(file, 1, 1, 4), reason=reason[0], reason_en=reason[1], example=number)
            )
            return
        notes = (*change.notes, ("index_number", number))
        self.changes[file] = msgspec.structs.replace(change, after=after, notes=notes)

    def replace(self, span: Span, old: str, new: str) -> None:
        """The file of `span` with one value in its normal form; left alone where it is not written plainly."""
        source = self.read(span.file)
        if source is None or old == new:
            return
        plain = FileChange(span.file, source.data, source.data, source.encoding, source.encoding, ())
        change = self.changes.get(span.file, plain)
        after = replace_value(change.after, change.encoding_after, span, old, new)
        if after is not None:
            notes = (*change.notes, ("normal_form", f"{old} → {new}"))
            self.changes[span.file] = msgspec.structs.replace(change, after=after, notes=notes)


def plan_mends(
    root: Path, output: Path, *, encodings: bool, numbers: bool, normal_forms: bool = False
) -> Checked[tuple[FileChange, ...]]:
    """The changes to the files of a site, by file name. Serials used by the release in `output` are not given again."""
    mends = Mends(root, {}, [])
    scans = [scan_department(root, code) for code in scan_departments(root).value]
    if encodings:
        for file in _text_files(root, scans):
            mends.convert(file)
    if normal_forms:  # before numbers: a line put in moves what stands below it
        for scan in scans:
            _normalize_all(mends, scan)
    if numbers:
        _number_all(mends, scans, output)
    changes = tuple(change for _, change in sorted(mends.changes.items()))
    return Checked(changes, sort_findings(mends.findings))


def _text_files(root: Path, scans: Iterable[DepartmentScan]) -> Iterator[str]:
    yield from (name for name in SITE_NAMES if (root / name).is_file())
    for scan in scans:
        yield scan.catalog.path
        yield from (f"content/{scan.code}/{item.path}" for item in scan.files if item.path.endswith(SUFFIX))


def _normalize_all(mends: Mends, scan: DepartmentScan) -> None:
    """Dates as 2026-03-05, 发文字号 with hexagonal brackets and without needless signs."""
    loaded = load_department(mends.root, scan, None)
    for finding in loaded.findings:
        if finding.code == LOOSE_DATE.code:
            facts = dict(finding.facts)
            mends.replace(finding.span, str(facts["value"]), str(facts["date"]))
    for document in loaded.value.documents:
        if document_number_faults(document.document_number):
            normal = normalize_document_number(document.document_number)
            if not document_number_faults(normal):
                mends.replace(document.marks.span("document_number"), document.document_number, normal)


def _number_all(mends: Mends, scans: Iterable[DepartmentScan], output: Path) -> None:
    """Sees every file of every department before the first number is given: departments may share a code."""
    serials = Serials()
    ready: list[Holdings] = []
    for scan in scans:
        loaded = load_department(mends.root, scan, None).value
        serials.note_documents(loaded.documents)
        known = {f"{document.path}{SUFFIX}" for document in loaded.documents}
        for item in scan.files:
            if item.path.endswith(SUFFIX) and item.path not in known:
                source = Mends(mends.root, {}, []).read(f"content/{scan.code}/{item.path}")
                serials.note_text(source.text if source is not None else "")
        if loaded.holdings is not None and _note_ledger(mends, loaded.holdings, output, serials):
            ready.append(loaded.holdings)
    for holdings in ready:
        given = assign_numbers(holdings, serials)
        mends.findings.extend(given.findings)
        for document, number in given.value:
            mends.number(document.marks.file, number)


def _note_ledger(mends: Mends, holdings: Holdings, output: Path, serials: Serials) -> bool:
    """Whether it is known which serials earlier releases of the department have used."""
    department = holdings.department
    ledger = output / "data" / "urls" / f"{department.code}.json"
    with machine_faults(ledger):
        data = read_if_there(ledger)
    if data is None:
        return True
    try:
        used = msgspec.json.decode(data, type=Ledger).serials
    except msgspec.DecodeError:
        if wanting_documents(holdings):
            mends.findings.append(LEDGER_UNREADABLE.at(Span(holdings.catalog_file), name=department.name))
        return False
    serials.note_ledger(department.index_prefix, used)
    return True
