"""The store of old releases: `releases/<number>/` holds `release.json` and the files that release replaced or removed.

`numbers` says which release stands and which number was given last; numbers are never given twice.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.release import ReleaseRecord
from zwgk_site.stages.publish.folder import link_or_copy, remove_file, remove_folder, remove_some, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from zwgk_site.stages.publish.folder import OutputFolder


REMOVED_EACH = 250
"""So many files of old releases go with a release that changes next to nothing."""


class Numbers(msgspec.Struct, frozen=True):
    """The release that `standing`s (现行版) and the `last` number given; 0 is none."""

    standing: int = 0
    last: int = 0


def read_numbers(folder: OutputFolder) -> Numbers:
    """The numbers as they stand; none in a fresh folder."""
    try:
        return msgspec.json.decode((folder.state / "numbers").read_bytes(), type=Numbers)
    except (FileNotFoundError, msgspec.DecodeError):
        return Numbers()


def write_numbers(folder: OutputFolder, numbers: Numbers) -> None:
    """Set both at once."""
    write_whole(folder.state / "numbers", msgspec.json.encode(numbers))


def read_records(folder: OutputFolder) -> tuple[ReleaseRecord, ...]:
    """The records in the store, oldest first."""
    found = (read_record(folder, number) for number in _numbers_in_store(folder))
    return tuple(record for record in found if record)


def read_record(folder: OutputFolder, number: int) -> ReleaseRecord | None:
    """The record of one release, or None where the store does not have it whole."""
    try:
        return msgspec.json.decode(_record_file(folder, number).read_bytes(), type=ReleaseRecord)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def write_record(folder: OutputFolder, record: ReleaseRecord) -> None:
    """Its file comes last: a release without it counts as absent."""
    target = _record_file(folder, record.number)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(msgspec.json.encode(record))


def saved_file(folder: OutputFolder, number: int, url: str) -> Path:
    """Where release `number` keeps the file that it replaced or removed."""
    return folder.releases / str(number) / "files" / url


def save_files(folder: OutputFolder, number: int, urls: Iterable[str]) -> tuple[str, ...]:
    """Keep the published files of `urls` under release `number`; gives those that there were."""
    (folder.releases / str(number) / "files").mkdir(parents=True, exist_ok=True)
    source, target = str(folder.path), str(folder.releases / str(number) / "files")
    return tuple(url for url in urls if link_or_copy(f"{source}/{url}", f"{target}/{url}"))


def drop_releases(folder: OutputFolder, numbers: Iterable[int]) -> None:
    """Remove releases from the store, each seen as absent from its first step on."""
    for number in numbers:
        remove_file(str(_record_file(folder, number)))
        remove_folder(folder.releases / str(number))


def prune_releases(folder: OutputFolder, keep: int) -> None:
    """Leave the newest `keep` releases, at least one: the newest record also says what cannot be undone.

    The others are absent at once, but not all their files go now: whoever saves one line shall not wait until a whole
    site is removed. Twice as many go as the newest release keeps, so that the store does not grow.
    """
    numbers = _numbers_in_store(folder)
    for number in numbers[: -max(keep, 1)]:
        remove_file(str(_record_file(folder, number)))
    newest = read_record(folder, numbers[-1]) if numbers else None
    most = REMOVED_EACH + (2 * (len(newest.replaced) + len(newest.removed)) if newest else 0)
    for number in numbers:
        if most > 0 and not _record_file(folder, number).exists():
            with contextlib.suppress(OSError):  # held open by a scanner, say: the next release goes on with it
                most = remove_some(folder.releases / str(number), most)


def drop_unapplied(folder: OutputFolder, standing: int) -> None:
    """Remove what builds that never came to apply have saved."""
    drop_releases(folder, [number for number in _numbers_in_store(folder) if number > standing])


def _record_file(folder: OutputFolder, number: int) -> Path:
    return folder.releases / str(number) / "release.json"


def _numbers_in_store(folder: OutputFolder) -> list[int]:
    if not folder.releases.is_dir():
        return []
    return sorted(int(entry.name) for entry in folder.releases.iterdir() if entry.name.isdecimal())
