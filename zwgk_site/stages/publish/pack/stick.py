"""A release copied into a folder, as onto a stick: taken up where it stopped, compared by digest, file by file whole.

While a copy is under way a marker says so to people, and names the files to the next run. What an older copy had and
this one has not goes first, so that what has been withdrawn is gone before all else. Nothing else is ever removed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.model.release import FileRecord
from zwgk_site.stages.publish.folder import move_file, remove_file, sync
from zwgk_site.stages.publish.machine import IN_THE_WAY, machine_faults, refuse
from zwgk_site.stages.publish.manifest import FILE_ALTERED
from zwgk_site.stages.publish.pack.companions import MANIFEST, checksum_lines, companion_files, parse_checksums
from zwgk_site.stages.publish.pack.place import (
    MARKER,
    PART,
    WINDOWS_PATH_LIMIT,
    earlier_checksums,
    judge_fat,
    judge_room,
    known_files,
    present_files,
)
from zwgk_site.stages.publish.pack.rules import COPY_DAMAGED, LONG_ON_WINDOWS, OTHER_KIND, PLACE_TAKEN
from zwgk_site.stages.publish.stage import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from zwgk_site.stages.publish.folder import OutputFolder
    from zwgk_site.stages.publish.pack.listing import Packing

_CHUNK = 1 << 20
_CLUSTER = 1 << 15
"""Bytes of FAT32's largest usual cluster: a file takes whole ones."""
_NOTICE = """\
正在复制，还没有完成。请不要使用这份副本；请再运行一次 zwgk pack，会接着复制。
This copy is not complete: run zwgk pack once more.

"""


class CopyReport(msgspec.Struct, frozen=True):
    """What a copy did (复制结果): files written, files that were right already, files of an older copy removed.

    `checksum` is the SHA-256 of `manifest.sha256`, to be told to the receiver by another way.
    """

    written: int
    unchanged: int
    removed: int
    checksum: str


class _Plan(msgspec.Struct, frozen=True):
    """What is to be done: records to copy from the output, companions to write, names to remove."""

    copies: tuple[FileRecord, ...]
    companions: dict[str, bytes]
    stale: tuple[str, ...]
    unchanged: int


def copy_to_stick(
    folder: OutputFolder, packing: Packing, target: Path, advance: Callable[[int], object] = lambda _: None
) -> Checked[CopyReport | None]:
    """Makes `target` hold the release and its companions; `None`, and why, where it could not be done to the end.

    advance: called with the number of bytes each time some have been dealt with.
    """
    with machine_faults(target):
        companions, present = companion_files(packing), present_files(target)
        faults = tuple(_place_faults(packing, target, present))
        if faults:
            return Checked(None, faults)
        plan = _make_plan(packing, target, companions, present, advance)
        faults = (*judge_room(target, _room_needed(plan, target)), *_source_faults(folder, plan.copies))
        if faults:
            return Checked(None, faults)
        notices = tuple(_notices(packing, target))
        if not plan.copies and not plan.companions and not plan.stale:
            remove_file(str(target / MARKER))
            return Checked(_report(plan, companions), notices)
        _copy(folder, plan, target, companions, advance)
        damaged = tuple(_damaged(plan, target))
        if damaged:
            return Checked(None, damaged)
        _finish(plan, target)
        return Checked(_report(plan, companions), notices)


def _place_faults(packing: Packing, target: Path, present: set[str]) -> Iterator[Diagnostic]:
    place = Span(str(target))
    if os.path.lexists(target) and not target.is_dir():
        yield OTHER_KIND.at(place, path=target)
        return
    strangers = sorted(present - known_files(target))
    if strangers:
        example = strangers[0].split("/")[0]
        yield PLACE_TAKEN.at(place, path=target, example=example, folder=target / "公开栏目")
        return
    yield from judge_fat(packing, target)


def _notices(packing: Packing, target: Path) -> Iterator[Diagnostic]:
    longest = max((len(record.url) for record in packing.files), default=0) + len(str(target.resolve())) + 1
    if longest > WINDOWS_PATH_LIMIT:
        yield LONG_ON_WINDOWS.at(Span(str(target)), path=target, count=longest)


def _make_plan(
    packing: Packing,
    target: Path,
    companions: dict[str, bytes],
    present: set[str],
    advance: Callable[[int], object],
) -> _Plan:
    copies = []
    for record in packing.files:
        if _holds(target / record.url, record.size, record.sha256):
            advance(record.size)
        else:
            copies.append(record)
    written = {
        name: data
        for name, data in companions.items()
        if not _holds(target / name, len(data), hashlib.sha256(data).hexdigest())
    }
    wanted = {record.url for record in packing.files} | companions.keys()
    stale = present - wanted - {MARKER}
    return _Plan(tuple(copies), written, tuple(sorted(stale)), len(packing.files) - len(copies))


def _holds(file: Path, size: int, digest: str) -> bool:
    """Whether a file with these bytes stands there."""
    try:
        return not file.is_symlink() and file.stat().st_size == size and digest_of(file) == digest
    except (FileNotFoundError, NotADirectoryError):
        return False


def _room_needed(plan: _Plan, target: Path) -> int:
    """More bytes than are taken now: whole clusters, and once more the largest file, which is written beside the old."""
    new = [_clusters(record.size) for record in plan.copies] + [
        _clusters(len(data)) for data in plan.companions.values()
    ]
    freed = sum(_standing_size(target / name) for name in plan.stale)
    replaced = sum(_standing_size(target / record.url) for record in plan.copies)
    return max(sum(new) - freed - replaced, 0) + max(new, default=0)


def _clusters(size: int) -> int:
    return -(-size // _CLUSTER) * _CLUSTER


def _standing_size(file: Path) -> int:
    """What removing a file is sure to give back."""
    try:
        return file.lstat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _source_faults(folder: OutputFolder, copies: Iterable[FileRecord]) -> Iterator[Diagnostic]:
    """Published files that are no longer as published: found before anything is written."""
    for record in copies:
        if digest_of(folder.path / record.url) != record.sha256:
            yield FILE_ALTERED.at(Span(record.url), url=record.url)


def _copy(
    folder: OutputFolder, plan: _Plan, target: Path, companions: dict[str, bytes], advance: Callable[[int], object]
) -> None:
    target.mkdir(parents=True, exist_ok=True)
    _write_marker(target, companions)
    for name in plan.stale:
        remove_file(str(target / name))
    for record in plan.copies:
        _copy_file(folder.path / record.url, target / record.url)
        advance(record.size)
    for name, data in plan.companions.items():
        if name != MANIFEST:
            _put(target / name, data)
    _write_through()


def _write_marker(target: Path, companions: dict[str, bytes]) -> None:
    """Says that a copy is under way, and keeps the names that an older manifest or marker knows."""
    marker = target / MARKER
    rows = parse_checksums(companions[MANIFEST])
    for _, checksums in earlier_checksums(target):
        rows = checksums | rows
    _put(marker, (_NOTICE + checksum_lines(rows.items())).encode())
    sync(marker)


def _copy_file(source: Path, target: Path) -> None:
    part = target.with_name(target.name + PART)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise refuse(IN_THE_WAY, target.parent) from error
    try:
        with source.open("rb") as reader, part.open("wb") as writer:
            while chunk := reader.read(_CHUNK):
                writer.write(chunk)
        move_file(str(part), str(target))
    finally:
        with contextlib.suppress(OSError):
            remove_file(str(part))


def _put(target: Path, data: bytes) -> None:
    part = target.with_name(target.name + PART)
    remove_file(str(part))  # what a stick brings may be a link that leads elsewhere
    try:
        part.write_bytes(data)
        move_file(str(part), str(target))
    finally:
        with contextlib.suppress(OSError):
            remove_file(str(part))


def _write_through() -> None:
    """Has the system write what it still holds in memory, so that what is read back comes from the stick."""
    if hasattr(os, "sync"):
        os.sync()


def _damaged(plan: _Plan, target: Path) -> Iterator[Diagnostic]:
    """Files that do not read back as they were written."""
    for record in plan.copies:
        file = target / record.url
        _forget_cached(file)
        if digest_of(file) != record.sha256:
            yield COPY_DAMAGED.at(Span(str(file)), path=file)


def _forget_cached(file: Path) -> None:
    if hasattr(os, "posix_fadvise"):
        handle = os.open(file, os.O_RDONLY)
        try:
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)


def _finish(plan: _Plan, target: Path) -> None:
    """The manifest last, then the marker goes; folders that have become empty go with their files."""
    if MANIFEST in plan.companions:
        _put(target / MANIFEST, plan.companions[MANIFEST])
        sync(target / MANIFEST)
    for name in plan.stale:
        above = (target / name).parent
        while above != target:
            try:
                above.rmdir()
            except OSError:
                break
            above = above.parent
    remove_file(str(target / MARKER))
    _write_through()


def _report(plan: _Plan, companions: dict[str, bytes]) -> CopyReport:
    checksum = hashlib.sha256(companions[MANIFEST]).hexdigest()
    return CopyReport(len(plan.copies), plan.unchanged, len(plan.stale), checksum)
