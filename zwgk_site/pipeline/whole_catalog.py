"""A department's catalogue as far as an import needs it: its own block, or the whole of it.

Only a catalogue of which every entry could be read is changed, for an id that nobody sees would be given again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Severity
from zwgk_site.model.corpus import CatalogEntry, Department, Removal
from zwgk_site.stages.load.catalog_file import read_catalog, read_department
from zwgk_site.stages.load.scan import scan_department
from zwgk_site.stages.load.text_file import decode_text, read_bytes, read_text

if TYPE_CHECKING:
    from pathlib import Path


class WholeCatalog(msgspec.Struct, frozen=True):
    """A catalogue as it stands (原有目录): its bytes with their encoding, and all that they say."""

    data: bytes
    encoding: str
    department: Department
    entries: tuple[CatalogEntry, ...]
    removals: tuple[Removal, ...]


def department_of(site: Path, code: str) -> Department | None:
    """What a department says of itself, `None` where that can't be read; its entries and documents are not looked at."""
    file = scan_department(site, code).catalog.path
    source = read_text(site / file, file).value
    return read_department(source.text, file) if source is not None else None


def read_whole(site: Path, file: str) -> Checked[WholeCatalog | None]:
    """The catalogue in `file`; `None`, and all that is wrong, where the department or any entry can't be read."""
    data = read_bytes(site / file, file)
    if data.value is None:
        return data.replace(None)
    source = decode_text(data.value, file)
    if source.value is None:
        return source.replace(None)
    read = read_catalog(source.value.text, file, {})
    catalog = read.value
    entries = tuple(piece.entry for piece in catalog.pieces if piece.entry is not None)
    if catalog.department is None or len(entries) < len(catalog.pieces):
        findings = (*read.findings, *(finding for piece in catalog.pieces for finding in piece.findings))
        return Checked(None, tuple(item for item in findings if item.severity is Severity.ERROR and item.blocks))
    return Checked(WholeCatalog(data.value, source.value.encoding, catalog.department, entries, catalog.removals))
