"""A department's catalogue to a file that people work with. Reads the site, writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Severity, Span
from zwgk_site.exchange.incoming.rules import NOTHING_TO_EXPORT
from zwgk_site.exchange.outgoing.csv_file import csv_bytes
from zwgk_site.exchange.outgoing.docx_file import docx_bytes
from zwgk_site.exchange.outgoing.html_file import html_bytes
from zwgk_site.exchange.outgoing.layout import lay_out
from zwgk_site.exchange.outgoing.xlsx_file import xlsx_bytes
from zwgk_site.pipeline.compared import read_side
from zwgk_site.stages.load.scan import scan_department, scan_departments

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwgk_site.exchange.outgoing.layout import Layout

FORMATS: dict[str, Callable[[Layout], bytes]] = {
    "xlsx": xlsx_bytes,
    "csv": csv_bytes,
    "docx": docx_bytes,
    "html": html_bytes,
}


class ExportedCatalog(msgspec.Struct, frozen=True):
    """A catalogue as a file (导出的目录): whose it is, how many entries it has, its bytes."""

    code: str
    name: str
    count: int
    data: bytes


def export_catalogs(site: Path, code: str, form: str, *, every: bool = False) -> Checked[tuple[ExportedCatalog, ...]]:
    """The catalogue of the department `code`, of the only one if it is empty, or of each with `every`.

    A catalogue with an entry that can't be read is not exported: the entry would be missing from it.
    """
    codes = scan_departments(site).value
    wanted = (code,) if code else codes
    if not wanted or (code and code not in codes) or (len(wanted) > 1 and not every):
        names = "、".join(codes[:20])
        reason = f"有这些部门：{names}" if codes else "这里没有部门的目录"
        reason_en = f"the departments are {names}" if codes else "there is no catalogue here"
        example = next(iter(codes), "wjj")
        found = NOTHING_TO_EXPORT.at(Span("catalogs"), reason=reason, reason_en=reason_en, example=example)
        return Checked((), (found,))
    exported = []
    findings: list[Diagnostic] = []
    for each in wanted:
        side = read_side(site / scan_department(site, each).catalog.path)
        errors = [finding for finding in side.findings if finding.severity is Severity.ERROR and finding.blocks]
        findings.extend(errors)
        catalog = side.value.get(each) or next(iter(side.value.values()), None)
        if not errors and catalog is not None:
            data = FORMATS[form](lay_out(catalog.name, catalog.entries))
            exported.append(ExportedCatalog(each, catalog.name, len(catalog.entries), data))
    return Checked(tuple(exported), tuple(findings))
