"""The record `tree`: when each folder of the output was last changed, so that strangers' files are noticed cheaply.

Adding, renaming or deleting a name changes a folder's mtime; an edit inside a file does not (see `verify_output`).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.stages.publish.folder import remove_file, write_whole
from zwgk_site.stages.publish.machine import machine_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.stages.publish.folder import OutputFolder

_decoder = msgspec.msgpack.Decoder(dict[str, int])


def touched_folders(folder: OutputFolder) -> frozenset[str]:
    """The folders somebody else changed since the last release: changed, new or missing; `""` is the output itself.

    Without a record (first build, after a crash or a roll-back) these are all folders.
    """
    with machine_faults(folder.path):
        known = read_tree(folder)
        if known is None:
            return frozenset(walk_folders(folder, ""))
        base = f"{folder.path}/"
        touched = set()
        for name, changed in known.items():
            if _changed_at(base + name) != changed:
                touched.add(name)
        for name in tuple(touched):
            for child in _child_folders(folder, name):
                if child not in known:
                    touched.update(walk_folders(folder, child))
        return frozenset(touched)


def record_tree(folder: OutputFolder, names: Iterable[str] | None = None) -> None:
    """Write the record of the folders `names`, or of all; what stands in them now counts as known."""
    with machine_faults(folder.state):
        base = f"{folder.path}/"
        times = {name: _changed_at(base + name) for name in (walk_folders(folder, "") if names is None else names)}
        present = {name: time for name, time in times.items() if time >= 0}
        write_whole(folder.state / "tree", msgspec.msgpack.encode(present))


def forget_tree(folder: OutputFolder) -> None:
    """Make the next build look at everything."""
    remove_file(str(folder.state / "tree"))


def read_tree(folder: OutputFolder) -> dict[str, int] | None:
    """The record as it stands: folder to mtime in nanoseconds."""
    try:
        return _decoder.decode((folder.state / "tree").read_bytes())
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def walk_folders(folder: OutputFolder, name: str) -> Iterator[str]:
    """`name` and every folder below it; links are not followed."""
    waiting = [name]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(_child_folders(folder, here))


def folders_of(urls: Iterable[str]) -> set[str]:
    """All folders on the way to `urls`, the output itself included."""
    found = {url.rpartition("/")[0] for url in urls}
    for name in tuple(found):
        above = name.rpartition("/")[0]
        while above not in found:
            found.add(above)
            above = above.rpartition("/")[0]
    return found | {""}


def _child_folders(folder: OutputFolder, name: str) -> list[str]:
    try:
        with os.scandir(f"{folder.path}/{name}") as entries:
            return [f"{name}/{entry.name}".lstrip("/") for entry in entries if entry.is_dir(follow_symlinks=False)]
    except (FileNotFoundError, NotADirectoryError):
        return []


def _changed_at(path: str) -> int:
    """The mtime, or -1 where there is no such folder."""
    try:
        return os.stat(path).st_mtime_ns
    except (FileNotFoundError, NotADirectoryError):
        return -1
