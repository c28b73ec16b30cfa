"""What can be mended in the files themselves without asking anyone: encodings, normal forms, index numbers. Writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Checked, sort_findings
from zwgk_site.exchange.changes import FileChange
from zwgk_site.exchange.numbers import assign_numbers, wanting_documents
from zwgk_site.pipeline.mend_links import mend_links
from zwgk_site.pipeline.mends import Mends
from zwgk_site.pipeline.serials import ledger_unreadable, read_serials
from zwgk_site.stages.load.department import load_department
from zwgk_site.stages.load.document_file import SUFFIX
from zwgk_site.stages.load.rules import LOOSE_DATE
from zwgk_site.stages.load.scan import DepartmentScan, scan_department, scan_departments
from zwgk_site.stages.load.site_file import NAMES as SITE_NAMES
from zwgk_site.statute.document_numbers import document_number_faults, normalize_document_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def plan_mends(  # noqa: PLR0913 - a wish each, named at the call
    root: Path, output: Path, *, encodings: bool, numbers: bool, normal_forms: bool = False, links_on: str = ""
) -> Checked[tuple[FileChange, ...]]:
    """The changes to the files of a site, by file name. Serials used by the release in `output` are not given again.

    `links_on` is the day on which relations are looked for; empty: they are not.
    """
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
    if links_on:
        mend_links(mends, scans, links_on)
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
    taken = read_serials(mends.root, scans, output)
    mends.findings.extend(ledger_unreadable(holdings) for holdings in taken.unknown if wanting_documents(holdings))
    for holdings in taken.ready:
        given = assign_numbers(holdings, taken.serials)
        mends.findings.extend(given.findings)
        for document, number in given.value:
            mends.number(document.marks.file, number)
