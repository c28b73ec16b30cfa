"""Applying a change: save what it replaces, write the journal, do its steps, tidy up; and doing so again after a crash.

Every step may be done twice. Killed at any point, each served file is its old or its new self.
"""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.release import ChangeSet, ReleaseRecord
from zwgk_site.stages.publish.folder import move_file, patiently, remove_file, remove_folder
from zwgk_site.stages.publish.journal import Journal, drop_journal, has_journal, read_journal, write_journal
from zwgk_site.stages.publish.machine import machine_faults
from zwgk_site.stages.publish.moves import Moves, list_files, plan_moves
from zwgk_site.stages.publish.stage import check_url
from zwgk_site.stages.publish.store import (
    Numbers,
    drop_releases,
    drop_unapplied,
    prune_releases,
    read_numbers,
    save_files,
    write_numbers,
    write_record,
)
from zwgk_site.stages.publish.tree import folders_of, forget_tree, read_tree, record_tree

if TYPE_CHECKING:
    from zwgk_site.stages.publish.folder import OutputFolder

CHINA_TIME = timezone(timedelta(hours=8))


def apply_changes(folder: OutputFolder, stage: Path, changes: ChangeSet, keep: int) -> int:
    """Make `changes` the standing release and give its number. The caller holds the lock.

    keep: how many releases can be undone afterwards. Without changes the standing release stays.
    """
    with machine_faults(folder.path):
        known = _known_folders(folder, changes)
        if not changes:
            remove_folder(stage)
            record_tree(folder, known)
            return read_numbers(folder).standing
        journal = _prepare(folder, stage, changes, keep)
        commit(folder, journal)
        record_tree(folder, known)
        return journal.numbers.standing


def commit(folder: OutputFolder, journal: Journal) -> None:
    """From here on the change happens: now, or, when this process dies, at the start of the next build."""
    try:
        write_journal(folder, journal)
    except BaseException:
        if not has_journal(folder):
            drop_releases(folder, [journal.numbers.standing] if not journal.drops else [])
        raise
    _run(folder, journal)


def recover(folder: OutputFolder) -> bool:
    """Bring the output of a killed build into order; whether there was a change to complete. The caller holds the lock.

    Afterwards the output is the old release or the new one, and the state folder holds nothing half done; of old releases
    that are absent already, files may still be there (`prune_releases`).
    """
    with machine_faults(folder.state):
        journal = read_journal(folder)
        if journal:
            forget_tree(folder)  # nobody watched the folders since the crash
            _run(folder, journal)
        drop_journal(folder)
        drop_stages(folder)
        drop_unapplied(folder, read_numbers(folder).standing)
        return journal is not None


def drop_stages(folder: OutputFolder) -> None:
    """Remove the stages of all builds; while a change waits to be completed, none."""
    if folder.stages.is_dir() and not has_journal(folder):
        for stage in tuple(folder.stages.iterdir()):
            remove_folder(stage)


def _prepare(folder: OutputFolder, stage: Path, changes: ChangeSet, keep: int) -> Journal:
    """Plan the steps and save what can be undone; nothing in the output changes yet."""
    for url in changes.removals:
        check_url(url)
    numbers, moves = read_numbers(folder), plan_moves(folder.path, stage, changes)
    now = datetime.now(CHINA_TIME).isoformat(timespec="seconds")
    record = ReleaseRecord(numbers.last + 1, numbers.standing, now, saved=False, takedown=changes.takedown)
    if not changes.takedown:
        try:
            write_record(folder, _save(folder, record, changes, moves) if keep else record)
        except BaseException:
            drop_releases(folder, [record.number])
            raise
    return Journal(
        stage=stage.name,
        moves=moves.steps,
        removals=changes.removals,
        numbers=Numbers(record.number, record.number),
        keep=keep,
        takedown=changes.takedown,
        record=record if changes.takedown else None,
    )


def _save(folder: OutputFolder, record: ReleaseRecord, changes: ChangeSet, moves: Moves) -> ReleaseRecord:
    replaced = save_files(folder, record.number, moves.single)
    removed = save_files(folder, record.number, changes.removals)
    kept = set(replaced)
    return msgspec.structs.replace(
        record,
        saved=bool(record.before or replaced or removed),  # before the first release there is nothing to go back to
        added=(*moves.whole, *(url for url in moves.single if url not in kept)),
        replaced=replaced,
        removed=removed,
        last=changes.last,
    )


def _run(folder: OutputFolder, journal: Journal) -> None:
    """All steps of a journal, in order; every one of them may have been done before."""
    if journal.takedown:
        remove_folder(folder.releases)
        _remove_files(folder, journal.removals)
    for step in journal.moves:
        _move(str(folder.stages / journal.stage), str(folder.path), step)
    if not journal.takedown:
        _remove_files(folder, journal.removals)
    _remove_emptied(folder, journal.removals)
    if journal.record:
        write_record(folder, journal.record)
    drop_releases(folder, journal.drops)
    prune_releases(folder, journal.keep)
    write_numbers(folder, journal.numbers)
    remove_folder(folder.stages if journal.takedown else folder.stages / journal.stage)
    drop_journal(folder)


def _move(stage: str, output: str, step: str) -> None:
    source, target = f"{stage}/{step}", f"{output}/{step}"
    if not step.endswith("/"):
        move_file(source, target)
    elif Path(source).is_dir():
        try:
            patiently(lambda: Path(source).rename(target))
        except OSError:  # somebody has made the folder since, or (Windows) looks into it: file by file then
            for url in list_files(source):
                move_file(f"{source}{url}", f"{target}{url}")


def _remove_files(folder: OutputFolder, urls: tuple[str, ...]) -> None:
    for url in urls:
        remove_file(f"{folder.path}/{url}")


def _remove_emptied(folder: OutputFolder, urls: tuple[str, ...]) -> None:
    for name in sorted(folders_of(urls) - {""}, key=len, reverse=True):
        with contextlib.suppress(OSError):  # not empty, or gone already
            (folder.path / name).rmdir()


def _known_folders(folder: OutputFolder, changes: ChangeSet) -> set[str] | None:
    """The folders of the output after the change, as far as they can be told without looking; else None."""
    known = read_tree(folder)
    if known is None and any(folder.path.iterdir()):
        return None
    return folders_of((*changes.pages, *changes.lists, *changes.last)) | set(known or ())
