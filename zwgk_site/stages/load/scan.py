"""Looks at the site's folders once: which files there are, how large, how old. Reads no content.

Links that lead out of the site are never followed. Order is by name, so that every machine sees the same.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.stages.load import rules
from zwgk_site.stages.load.text_file import describe_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CATALOG_SUFFIXES = (".yaml", ".yml")
FOLDER_DEPTH = 32
SECOND_NS = 1_000_000_000
YOUNG_NS = SECOND_NS // 10
"""Clocks of file systems tick a few thousand times slower than they show; FAT ticks every two seconds."""


class FileStat(msgspec.Struct, frozen=True, array_like=True):
    """A file's name below its root with `/`, its size in bytes and its time of change in nanoseconds."""

    path: str
    size: int
    mtime: int


class DepartmentScan(msgspec.Struct, frozen=True):
    """One department's files (部门的文件): the catalogue (below the site) and all below `content/<code>/`.

    `fingerprint` is over names, sizes and times.
    """

    code: str
    catalog: FileStat
    files: tuple[FileStat, ...]
    fingerprint: str
    findings: tuple[Diagnostic, ...] = ()

    def is_settled(self, looked_at: int) -> bool:
        """Whether no file was so young at `looked_at` that an edit within the same tick could have been missed."""
        return all(is_old(item.mtime, looked_at) for item in (self.catalog, *self.files))


def is_old(mtime: int, looked_at: int) -> bool:
    """Whether a file changed so long before `looked_at` that a later change must show in its time."""
    window = YOUNG_NS if mtime % SECOND_NS else 2 * SECOND_NS
    return mtime < looked_at - window


def scan_departments(root: Path) -> Checked[tuple[str, ...]]:
    """The stems of the catalogue files, sorted, with findings on what lies beside them."""
    findings: list[Diagnostic] = []
    codes: dict[str, str] = {}
    folder = root / "catalogs"
    for item in _entries(folder, "catalogs", findings):
        if item.name.startswith(".") or not item.name.endswith(CATALOG_SUFFIXES):
            continue
        if not _is_inside(item, root, f"catalogs/{item.name}", findings) or not item.is_file():
            continue
        if _is_odd(item.name, "catalogs/", findings):
            continue
        stem = item.name.rpartition(".")[0]
        codes.setdefault(stem, item.name)
    for item in _entries(root / "content", "content", findings, optional=True):
        if item.name.startswith(".") or _is_odd(item.name, "content/", findings):
            continue
        if not item.is_dir():
            findings.append(rules.MISPLACED.at(Span(f"content/{item.name}"), name=f"content/{item.name}"))
        elif item.name not in codes:
            findings.append(rules.UNKNOWN_FOLDER.at(Span(f"content/{item.name}"), name=item.name))
    return Checked(tuple(sorted(codes)), tuple(findings))


def scan_department(root: Path, code: str) -> DepartmentScan:
    """The files of the department whose catalogue is `catalogs/<code>.yaml`; a catalogue that is gone has size -1."""
    findings: list[Diagnostic] = []
    catalog = FileStat(f"catalogs/{code}{CATALOG_SUFFIXES[0]}", -1, 0)
    for suffix in CATALOG_SUFFIXES:
        name = f"catalogs/{code}{suffix}"
        try:
            found = os.stat(root / name)
        except OSError:
            continue
        catalog = FileStat(name, found.st_size, found.st_mtime_ns)
        break
    files: list[FileStat] = []
    base = os.path.join(root, "content", code)
    if os.path.isdir(base) and _stays_inside(base, root, f"content/{code}", findings):
        _Walk(root, code, files, findings).read_folder(base, "", 0)
    files.sort(key=_path_of)
    fingerprint = hashlib.blake2b(msgspec.msgpack.encode((catalog, files)), digest_size=16).hexdigest()
    return DepartmentScan(code, catalog, tuple(files), fingerprint, tuple(findings))


def _path_of(item: FileStat) -> str:
    return item.path


class _Walk(msgspec.Struct):
    """One department's folders while they are looked through; `seen` are the real folders that links have led to."""

    root: Path
    code: str
    files: list[FileStat]
    findings: list[Diagnostic]
    seen: set[str] = set()

    def read_folder(self, base: str, below: str, depth: int) -> None:
        """All files in `base`, which is `below` the department's folder; what links lead to comes last, by name."""
        links: list[os.DirEntry[str]] = []
        try:
            with os.scandir(base) as items:
                for item in items:
                    if not self._takes(item, below):
                        continue
                    if not item.is_dir():
                        found = item.stat()
                        if stat.S_ISREG(found.st_mode):
                            self.files.append(FileStat(below + item.name, found.st_size, found.st_mtime_ns))
                    elif item.is_symlink():
                        links.append(item)
                    elif depth < FOLDER_DEPTH:
                        self.read_folder(item.path, f"{below}{item.name}/", depth + 1)
        except OSError as fault:
            place = Span(f"content/{self.code}/{below}".rstrip("/"))
            self.findings.append(rules.UNREADABLE.at(place, reason=describe_fault(fault)))
        for link in sorted(links, key=lambda item: item.name):
            self._follow(link, below, depth)

    def _follow(self, link: os.DirEntry[str], below: str, depth: int) -> None:
        if self._leads_back(link.path):
            place = Span(f"content/{self.code}/{below}{link.name}")
            self.findings.append(rules.LINK_AGAIN.at(place, name=link.name))
        elif depth < FOLDER_DEPTH:
            self.read_folder(link.path, f"{below}{link.name}/", depth + 1)

    def _takes(self, item: os.DirEntry[str], below: str) -> bool:
        name = item.name
        if name[0] == "." or name.startswith("~$") or name in _CLUTTER:
            return False
        if not name.isascii() and _is_odd(name, f"content/{self.code}/{below}", self.findings):
            return False
        return _is_inside(item, self.root, f"content/{self.code}/{below}{name}", self.findings)

    def _leads_back(self, path: str) -> bool:
        """Whether a linked folder holds the department's own, lies in it, or has been read by another link."""
        real, own = os.path.realpath(path), os.path.realpath(os.path.join(self.root, "content", self.code))
        again = real in self.seen or (own + os.sep).startswith(real + os.sep) or real.startswith(own + os.sep)
        self.seen.add(real)
        return again


def _is_odd(name: str, folder: str, findings: list[Diagnostic]) -> bool:
    """Whether the name's bytes are no text; nothing that we write could ever tell it."""
    if not _HALF.search(name):
        return False
    shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    findings.append(rules.ODD_NAME.at(Span(folder + shown), name=shown))
    return True


_HALF = re.compile("[\ud800-\udfff]")
_CLUTTER = frozenset(("Thumbs.db", "desktop.ini", "__MACOSX"))


def _entries(
    folder: Path, name: str, findings: list[Diagnostic], *, optional: bool = False
) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as items:
            yield from sorted(items, key=lambda item: item.name)
    except FileNotFoundError:
        if not optional:
            findings.append(rules.UNREADABLE.at(Span(name), reason="文件夹不存在"))
    except OSError as fault:
        findings.append(rules.UNREADABLE.at(Span(name), reason=describe_fault(fault)))


def _is_inside(item: os.DirEntry[str], root: Path, name: str, findings: list[Diagnostic]) -> bool:
    return not item.is_symlink() or _stays_inside(item.path, root, name, findings)


def _stays_inside(path: str, root: Path, name: str, findings: list[Diagnostic]) -> bool:
    """Whether `path`, with every link followed, lies below the site."""
    real = os.path.realpath(path)
    top = os.path.realpath(root)
    if real == top or real.startswith(top + os.sep):
        return True
    findings.append(rules.SYMLINK.at(Span(name), name=name.rpartition("/")[2]))
    return False


def departments_of_paths(paths: Iterable[str], root: Path) -> tuple[str, ...] | None:
    """The departments to which changed `paths` belong; `None` if one of them concerns the whole site."""
    codes: set[str] = set()
    top = Path(os.path.abspath(root))
    for path in paths:
        try:
            parts = Path(os.path.abspath(path)).relative_to(top).parts
        except ValueError:
            continue
        if len(parts) >= 2 and parts[0] == "content":
            codes.add(parts[1])
        elif len(parts) == 2 and parts[0] == "catalogs":
            codes.add(parts[1].rpartition(".")[0])
        else:
            return None
    return tuple(sorted(codes))
