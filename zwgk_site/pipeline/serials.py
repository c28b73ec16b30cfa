"""Which serials of index numbers are taken: by every file of every department, and by the release that stands in an output.

Departments may share a code, so all are looked at before the first number is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Diagnostic, Span
from zwgk_site.exchange.numbers import Serials, wanting_documents
from zwgk_site.exchange.rules import LEDGER_UNREADABLE
from zwgk_site.model.corpus import Holdings
from zwgk_site.model.ledger import Ledger
from zwgk_site.stages.load.department import load_department
from zwgk_site.stages.load.document_file import SUFFIX
from zwgk_site.stages.load.text_file import decode_text, read_bytes
from zwgk_site.stages.publish import machine_faults
from zwgk_site.stages.publish.folder import read_if_there

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from zwgk_site.stages.load.scan import DepartmentScan


class Taken(msgspec.Struct):
    """Serials that are taken (已用流水号), and the departments of which it is known what earlier releases have used."""

    serials: Serials
    ready: list[Holdings] = []
    findings: list[Diagnostic] = []


def read_serials(root: Path, scans: Iterable[DepartmentScan], output: Path) -> Taken:
    """All that is taken in a site and in the release in `output`."""
    taken = Taken(Serials())
    for scan in scans:
        loaded = load_department(root, scan, None).value
        taken.serials.note_documents(loaded.documents)
        known = {f"{document.path}{SUFFIX}" for document in loaded.documents}
        for item in scan.files:
            if item.path.endswith(SUFFIX) and item.path not in known:
                taken.serials.note_text(_text_of(root, f"content/{scan.code}/{item.path}"))
        if loaded.holdings is not None and _note_ledger(taken, loaded.holdings, output):
            taken.ready.append(loaded.holdings)
    return taken


def _text_of(root: Path, file: str) -> str:
    data = read_bytes(root / file, file).value
    source = decode_text(data, file).value if data is not None else None
    return source.text if source is not None else ""


def _note_ledger(taken: Taken, holdings: Holdings, output: Path) -> bool:
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
            taken.findings.append(LEDGER_UNREADABLE.at(Span(holdings.catalog_file), name=department.name))
        return False
    taken.serials.note_ledger(department.index_prefix, used)
    return True
