"""Which serials of index numbers are taken: by every file of every department, and by the release that stands in an output.

Departments may share a code, so all are looked at before the first number is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Diagnostic, Span
from zwgk_site.exchange.numbers import Serials
from zwgk_site.exchange.rules import LEDGER_UNREADABLE
from zwgk_site.model.corpus import Holdings
from zwgk_site.pipeline.ledgers import built_ledger
from zwgk_site.stages.load.department import load_department
from zwgk_site.stages.load.document_file import SUFFIX
from zwgk_site.stages.load.text_file import decode_text, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from zwgk_site.stages.load.scan import DepartmentScan


class Taken(msgspec.Struct):
    """Serials that are taken (已用流水号); what earlier releases have used is known of departments in `ready` only."""

    serials: Serials
    ready: list[Holdings] = []
    unknown: list[Holdings] = []


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
        if loaded.holdings is not None:
            _note_ledger(taken, loaded.holdings, output)
    return taken


def ledger_unreadable(holdings: Holdings) -> Diagnostic:
    """That no number is given in a department, because its ledger may hold the very one."""
    return LEDGER_UNREADABLE.at(Span(holdings.catalog_file), name=holdings.department.name)


def _note_ledger(taken: Taken, holdings: Holdings, output: Path) -> None:
    department = holdings.department
    ledger = built_ledger(output, department.code)
    if ledger is None:
        taken.unknown.append(holdings)
        return
    taken.serials.note_ledger(department.index_prefix, ledger.serials)
    taken.ready.append(holdings)


def _text_of(root: Path, file: str) -> str:
    data = read_bytes(root / file, file).value
    source = decode_text(data, file).value if data is not None else None
    return source.text if source is not None else ""
