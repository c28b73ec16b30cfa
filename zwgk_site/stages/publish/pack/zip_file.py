"""A release as one zip: the same release gives the same bytes, with any number of files and of any size (zip64)."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.model.release import RELEASE_URL, is_own_release
from zwgk_site.stages.publish.folder import move_file, remove_file
from zwgk_site.stages.publish.machine import machine_faults
from zwgk_site.stages.publish.manifest import FILE_ALTERED
from zwgk_site.stages.publish.pack.companions import MANIFEST, SHELL, companion_files, size_words
from zwgk_site.stages.publish.pack.place import FAT_FILE_LIMIT, is_on_fat, judge_room
from zwgk_site.stages.publish.pack.rules import NO_FOLDER, OTHER_KIND, TOO_LARGE, ZIP_TAKEN
from zwgk_site.stages.publish.stage import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zwgk_site.model.release import FileRecord
    from zwgk_site.stages.publish.folder import OutputFolder
    from zwgk_site.stages.publish.pack.listing import Packing

_CHUNK = 1 << 20
_LARGE = 1 << 31
_FIRST_YEAR = 1980  # the oldest that a zip can name
_PACKED = frozenset(
    [
        "7z",
        "bz2",
        "docx",
        "gif",
        "gz",
        "jpeg",
        "jpg",
        "mp3",
        "mp4",
        "ofd",
        "ods",
        "odt",
        "pdf",
        "png",
        "pptx",
        "rar",
        "webp",
        "wps",
        "xlsx",
        "xz",
        "zip",
    ]
)
"""Kinds of files that are compressed already: stored as they are."""
_PERCENT_LEFT = 35
"""What compressing leaves of text at most, by experience: only to tell early that there is no room."""
_OVERHEAD = 300


class ZipReport(msgspec.Struct, frozen=True):
    """A zip as it was written (压缩包): files and bytes in it, its own size and SHA-256."""

    files: int
    size: int
    checksum: str


def write_zip(
    folder: OutputFolder, packing: Packing, file: Path, advance: Callable[[int], object] = lambda _: None
) -> Checked[ZipReport | None]:
    """Writes the zip whole or not at all; `None`, and why, where it could not be written."""
    with machine_faults(file):
        faults = tuple(_faults(packing, file))
        if faults:
            return Checked(None, faults)
        draft = file.with_name(f".{file.name}.{os.getpid()}.part")
        try:
            altered = _write(folder, packing, draft, advance)
            if altered is not None:
                return Checked(None, (altered,))
            checksum = digest_of(draft)
            size = draft.stat().st_size
            move_file(str(draft), str(file))
        finally:
            with contextlib.suppress(OSError):
                remove_file(str(draft))
    return Checked(ZipReport(len(packing.files), size, checksum))


def _faults(packing: Packing, file: Path) -> Iterator[Diagnostic]:
    place = Span(str(file))
    if file.is_dir():
        yield OTHER_KIND.at(place, path=file)
    elif not file.parent.is_dir():
        yield NO_FOLDER.at(place, path=file)
    elif os.path.lexists(file) and not _is_ours(file):
        yield ZIP_TAKEN.at(place, path=file)
    else:
        needed = _likely_size(packing)
        if needed > FAT_FILE_LIMIT and is_on_fat(file.parent):
            yield TOO_LARGE.at(place, url=file, size=size_words(needed))
        yield from judge_room(file.parent, needed)


def _is_ours(file: Path) -> bool:
    """Whether a file is a zip that an earlier run has written."""
    try:
        with zipfile.ZipFile(file) as known:
            names = set(known.namelist())
            if MANIFEST not in names or RELEASE_URL not in names or known.getinfo(RELEASE_URL).file_size > _CHUNK:
                return False
            return is_own_release(known.read(RELEASE_URL))
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False


def _likely_size(packing: Packing) -> int:
    stored = sum(record.size for record in packing.files if _is_packed(record.url))
    return stored + (packing.size - stored) * _PERCENT_LEFT // 100 + _OVERHEAD * len(packing.files)


def _is_packed(name: str) -> bool:
    return name.rpartition(".")[2].lower() in _PACKED


def _write(folder: OutputFolder, packing: Packing, draft: Path, advance: Callable[[int], object]) -> Diagnostic | None:
    """All files by name; a finding for the first that is no longer as it was published."""
    records: dict[str, FileRecord] = {record.url: record for record in packing.files}
    companions = companion_files(packing)
    day = date.fromisoformat(packing.built_on)
    time = (max(day.year, _FIRST_YEAR), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(draft, "w", allowZip64=True) as made:
        for name in sorted({*records, *companions}):
            if name in companions:
                made.writestr(_entry(name, time, len(companions[name])), companions[name])
            elif not _add(made, _entry(name, time, records[name].size), folder.path / name, records[name]):
                return FILE_ALTERED.at(Span(name), url=name)
            else:
                advance(records[name].size)
    return None


def _entry(name: str, time: tuple[int, int, int, int, int, int], size: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, time)
    entry.compress_type = zipfile.ZIP_STORED if _is_packed(name) else zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = (0o755 if name == SHELL else 0o644) << 16
    entry.file_size = size
    return entry


def _add(made: zipfile.ZipFile, entry: zipfile.ZipInfo, source: Path, record: FileRecord) -> bool:
    digest = hashlib.sha256()
    with source.open("rb") as reader, made.open(entry, "w", force_zip64=record.size >= _LARGE) as writer:
        while chunk := reader.read(_CHUNK):
            digest.update(chunk)
            writer.write(chunk)
    return digest.hexdigest() == record.sha256
