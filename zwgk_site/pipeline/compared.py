"""Two states of the catalogues side by side: files as people write them, a site, an output, or an old release of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.diagnostics import Checked, Span
from zwgk_site.model.catalog_diff import CatalogDiff
from zwgk_site.model.change_history import ChangeDay
from zwgk_site.model.corpus import CatalogEntry, Removal
from zwgk_site.model.published import read_catalog_data
from zwgk_site.stages.load.catalog_file import read_catalog
from zwgk_site.stages.load.department import is_code
from zwgk_site.stages.load.scan import scan_departments
from zwgk_site.stages.load.text_file import read_text
from zwgk_site.stages.plan.catalog_diff import compare_catalogs
from zwgk_site.stages.plan.change_history import day_of
from zwgk_site.stages.plan.rules import DATA_BROKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

INDEX_URL = "data/catalog.json"


class NamedCatalog(msgspec.Struct, frozen=True):
    """A department's catalogue as far as it is compared (对比的目录)."""

    name: str
    entries: tuple[CatalogEntry, ...]
    removals: tuple[Removal, ...] = ()


Side = dict[str, NamedCatalog]
"""Catalogues by the codes of their departments."""


class DepartmentDiff(msgspec.Struct, frozen=True):
    """How one department's catalogue differs (部门目录的差别); `state` tells of one that only one side has.

    `rows` has no day.
    """

    code: str
    name: str
    state: str
    rows: ChangeDay


def read_side(path: Path) -> Checked[Side]:
    """The catalogues of a file, of a site's folder or of an output; empty where a finding says why."""
    if path.is_file():
        return _read_file(path, path.name)
    if (path / INDEX_URL).is_file():
        return read_output(lambda url: _bytes_of(path / url))
    return _read_site(path)


def read_output(read: Callable[[str], bytes | None]) -> Checked[Side]:
    """The catalogues of a release, all files of which `read` gives."""
    try:
        index: Any = msgspec.json.decode(read(INDEX_URL) or b"")
        codes = [str(item["code"]) for item in index["departments"] if is_code(str(item["code"]))]
    except (msgspec.DecodeError, KeyError, TypeError):
        return Checked({}, (DATA_BROKEN.at(Span(INDEX_URL), url=INDEX_URL),))
    side: Side = {}
    for code in codes:
        data = read_catalog_data(read, code)
        if data is None:
            url = f"data/{code}/catalog.json"
            return Checked({}, (DATA_BROKEN.at(Span(url), url=url),))
        side[code] = NamedCatalog(data.department.name, tuple(item.entry for item in data.entries), data.removals)
    return Checked(side)


def _read_site(root: Path) -> Checked[Side]:
    found = scan_departments(root)
    side: Side = {}
    findings = list(found.findings)
    for code in found.value:
        file = f"catalogs/{code}.yaml"
        one = _read_file(root / file, file)
        side |= one.value
        findings.extend(one.findings)
    return Checked(side, tuple(findings))


def _read_file(path: Path, name: str) -> Checked[Side]:
    source = read_text(path, name)
    if source.value is None:
        return Checked({}, source.findings)
    catalog = read_catalog(source.value.text, name, {})
    findings = [*source.findings, *catalog.findings]
    findings.extend(finding for piece in catalog.value.pieces for finding in piece.findings)
    department = catalog.value.department
    if department is None:
        return Checked({}, tuple(findings))
    entries = tuple(piece.entry for piece in catalog.value.pieces if piece.entry is not None)
    return Checked({department.code: NamedCatalog(department.name, entries, catalog.value.removals)}, tuple(findings))


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


# --- comparing -------------------------------------------------------------------------------------


def compare_sides(old: Mapping[str, NamedCatalog], new: Mapping[str, NamedCatalog]) -> tuple[DepartmentDiff, ...]:
    """What differs, by department; two single catalogues are compared whatever their codes."""
    if len(old) == len(new) == 1:
        old = dict(zip(new, old.values(), strict=True))
    found = (_compare(code, old.get(code), new.get(code)) for code in sorted({*old, *new}))
    return tuple(item for item in found if item.state or item.rows.count)


def _compare(code: str, old: NamedCatalog | None, new: NamedCatalog | None) -> DepartmentDiff:
    if new is None:
        diff = CatalogDiff(removed=old.entries if old else ())
        return DepartmentDiff(code, old.name if old else "", "removed", day_of(diff, (), ""))
    diff = compare_catalogs(old.entries if old else (), new.entries)
    return DepartmentDiff(code, new.name, "" if old else "added", day_of(diff, new.removals, ""))
