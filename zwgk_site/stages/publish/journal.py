"""The redo journal: what is about to be done to the output, written down whole before the first step.

Format: SHA-256 of the payload (32 bytes), then the payload (msgpack). Knows no step's meaning.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.release import ReleaseRecord
from zwgk_site.stages.publish.folder import move_file, remove_file, sync
from zwgk_site.stages.publish.machine import JOURNAL_UNKNOWN, refuse
from zwgk_site.stages.publish.store import Numbers

if TYPE_CHECKING:
    from pathlib import Path

    from zwgk_site.stages.publish.folder import OutputFolder

FORMAT = 1
_DIGEST_BYTES = 32


class Journal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every step of one change (发布日志), to be done in order and as often as needed.

    `moves`: URLs, and folders (ending in `/`) that move whole. `drops`: releases that a roll-back undoes.
    `takedown`: the store is emptied and `removals` leave before anything else. `record` of a takedown, written after.
    """

    stage: str
    moves: tuple[str, ...]
    removals: tuple[str, ...]
    numbers: Numbers
    keep: int
    takedown: bool = False
    drops: tuple[int, ...] = ()
    record: ReleaseRecord | None = None
    format: int = FORMAT


def write_journal(folder: OutputFolder, journal: Journal) -> None:
    """From the moment this returns the change will be completed, now or by the next build."""
    payload = msgspec.msgpack.encode(journal)
    fresh = folder.state / "journal.new"
    fresh.write_bytes(hashlib.sha256(payload).digest() + payload)
    sync(fresh)
    move_file(str(fresh), str(_file(folder)))
    sync(folder.state)


def read_journal(folder: OutputFolder) -> Journal | None:
    """The change left unfinished, if its journal is complete; one of another version is refused (ZW716)."""
    try:
        text = _file(folder).read_bytes()
    except FileNotFoundError:
        return None
    payload = text[_DIGEST_BYTES:]
    if hashlib.sha256(payload).digest() != text[:_DIGEST_BYTES]:
        return None
    try:
        journal = msgspec.msgpack.decode(payload, type=Journal)
    except msgspec.DecodeError as error:
        raise refuse(JOURNAL_UNKNOWN, _file(folder)) from error
    if journal.format != FORMAT:
        raise refuse(JOURNAL_UNKNOWN, _file(folder))
    return journal


def has_journal(folder: OutputFolder) -> bool:
    """Whether a journal lies there, complete or not."""
    return _file(folder).exists()


def drop_journal(folder: OutputFolder) -> None:
    """The change is complete, or was never begun."""
    remove_file(str(_file(folder)))
    remove_file(str(_file(folder)) + ".new")


def _file(folder: OutputFolder) -> Path:
    return folder.state / "journal"
