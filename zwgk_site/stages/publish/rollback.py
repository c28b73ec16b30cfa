"""Going back to an earlier release from the store, through the same journal as a build.

A release can be reached as long as every release since keeps what it replaced; a withdrawal ends that on purpose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.model.release import ChangeSet, ReleaseRecord
from zwgk_site.stages.publish.apply import commit
from zwgk_site.stages.publish.folder import link_or_copy, read_if_there
from zwgk_site.stages.publish.journal import Journal
from zwgk_site.stages.publish.machine import (
    RELEASE_PURGED,
    RELEASE_UNREACHABLE,
    MachineError,
    machine_faults,
    refuse,
)
from zwgk_site.stages.publish.moves import plan_moves
from zwgk_site.stages.publish.stage import check_url
from zwgk_site.stages.publish.store import Numbers, read_numbers, read_records, saved_file
from zwgk_site.stages.publish.tree import forget_tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from zwgk_site.stages.publish.folder import OutputFolder


def list_releases(folder: OutputFolder) -> tuple[ReleaseRecord, ...]:
    """The releases in the store, oldest first; the last one stands."""
    with machine_faults(folder.state):
        return read_records(folder)


def reachable_releases(folder: OutputFolder) -> tuple[int, ...]:
    """The releases one can roll back to, newest first."""
    with machine_faults(folder.state):
        return tuple(record.before for record in _chain(folder) if record.saved)


def roll_back(folder: OutputFolder, to: int | None = None) -> int:
    """Restore the release before, or number `to`, and give its number. The caller holds the lock.

    The releases undone leave the store; their numbers are not given again. The next build looks at everything.
    """
    with machine_faults(folder.path):
        numbers = read_numbers(folder)
        undone = _undo_chain(folder, to)
        stage = folder.new_stage()
        changes = _stage_old_files(folder, stage, undone)
        forget_tree(folder)
        commit(
            folder,
            Journal(
                stage=stage.name,
                moves=plan_moves(folder.path, stage, changes).steps,
                removals=changes.removals,
                numbers=Numbers(undone[-1].before, numbers.last),
                keep=len(undone) + len(read_records(folder)),
                drops=tuple(record.number for record in undone),
            ),
        )
        return undone[-1].before


def release_reader(folder: OutputFolder, number: int) -> Callable[[str], bytes | None]:
    """Reads files as release `number` had them, out of the store and of what stands; changes nothing."""
    with machine_faults(folder.state):
        if number == read_numbers(folder).standing:
            return folder.read
        origin = _origins(_undo_chain(folder, number))

    def read(url: str) -> bytes | None:
        if url not in origin:
            return folder.read(url)
        kept_by = origin[url]
        return None if kept_by is None else read_if_there(saved_file(folder, kept_by, check_url(url)))

    return read


def _chain(folder: OutputFolder) -> list[ReleaseRecord]:
    """From the standing release down, as far as the store reaches; only the last one may not be saved."""
    records = {record.number: record for record in read_records(folder)}
    found = []
    at = read_numbers(folder).standing
    while at in records:
        found.append(records[at])
        if not records[at].saved:
            break
        at = records[at].before
    return found


def _undo_chain(folder: OutputFolder, to: int | None) -> list[ReleaseRecord]:
    """The releases to undo to reach `to`, newest first; never empty."""
    chain = _chain(folder)
    for count, record in enumerate(chain, 1):
        if record.saved and to in {None, record.before}:
            return chain[:count]
    raise _unreachable(folder, chain, to)


def _unreachable(folder: OutputFolder, chain: list[ReleaseRecord], to: int | None) -> MachineError:
    standing = read_numbers(folder).standing
    wanted = to if to is not None else chain[0].before if chain else max(standing - 1, 0)
    choices = ", ".join(str(record.before) for record in chain if record.saved) or "–"
    if chain and chain[-1].takedown and wanted < chain[-1].number:
        purge = chain[-1]
        return refuse(RELEASE_PURGED, folder.path, number=wanted, purged=purge.number, date=purge.date, choices=choices)
    return refuse(RELEASE_UNREACHABLE, folder.path, number=wanted, standing=standing, choices=choices)


def _origins(undone: list[ReleaseRecord]) -> dict[str, int | None]:
    """Which release keeps each file as it was before all of `undone`; `None` for a file that was not there."""
    origin: dict[str, int | None] = {}
    for record in undone:
        origin.update(dict.fromkeys(record.added))
        origin.update(dict.fromkeys((*record.removed, *record.replaced), record.number))
    return origin


def _stage_old_files(folder: OutputFolder, stage: Path, undone: list[ReleaseRecord]) -> ChangeSet:
    """The change back: each file as the oldest of the undone releases found it."""
    origin = _origins(undone)
    for url, number in origin.items():
        if number is not None and not link_or_copy(str(saved_file(folder, number, url)), f"{stage}/{url}"):
            raise refuse(
                RELEASE_UNREACHABLE,
                saved_file(folder, number, url),
                number=undone[-1].before,
                standing=undone[0].number,
                choices="–",
            )
    last = dict.fromkeys(url for record in undone for url in record.last if origin[url] is not None)
    return ChangeSet(
        removals=tuple(url for url, number in origin.items() if number is None),
        pages=tuple(url for url, number in origin.items() if number is not None and url not in last),
        last=tuple(last),
    )
