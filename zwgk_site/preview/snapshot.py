"""What a site's folders look like, so that two looks can be compared: for disks that tell nobody of a change."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from zwgk_site.preview.names import FOLDERS, SETTINGS, is_input

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DEPTH = 32

Snapshot = dict[str, int]
"""By folder below the site (`""` is the site itself, `/` between steps): a number over names, sizes and times of its files."""


def take_snapshot(root: Path, is_enough: Callable[[], bool] = lambda: False) -> Snapshot | None:
    """How the input looks now; `None` if `is_enough` said so on the way. Never raises: what can't be read is not there."""
    seen: set[str] = set()
    found: Snapshot = {"": _number(_top_files(root))}
    waiting = [(os.path.join(root, name), name, 0) for name in FOLDERS]
    while waiting:
        if is_enough():
            return None
        path, below, depth = waiting.pop()
        if not _is_new(path, root, seen) or depth > DEPTH:
            continue
        files: list[tuple[str, int, int]] = []
        try:
            with os.scandir(path) as items:
                for item in items:
                    is_folder = item.is_dir()
                    if not is_input((below.split("/")[0], item.name), is_folder=is_folder):
                        continue
                    if is_folder:
                        waiting.append((item.path, f"{below}/{item.name}", depth + 1))
                    else:
                        files.append(_describe(item))
        except OSError:
            continue
        found[below] = _number(files)
    return found


def differences(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """The folders in which files have changed, come or gone, sorted."""
    return tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))


def stamp_of(file: Path) -> tuple[int, int]:
    """Tells a file from another that is put in its place; zeros where there is none."""
    try:
        found = os.stat(file)
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_ino


def _top_files(root: Path) -> Iterator[tuple[str, int, int]]:
    try:
        with os.scandir(root) as items:
            for item in items:
                if is_input((item.name,)) and item.name.lower().endswith(SETTINGS):
                    yield _describe(item)
    except OSError:
        return


def _describe(item: os.DirEntry[str]) -> tuple[str, int, int]:
    try:
        found = item.stat()
    except OSError:
        return item.name, -1, 0
    return (item.name, found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else (item.name, -2, 0)


def _is_new(path: str, root: Path, seen: set[str]) -> bool:
    """Whether a folder lies in the site and has not been looked at: links may lead out, or round in a circle."""
    real = os.path.realpath(path)
    if real in seen or not (real + os.sep).startswith(os.path.realpath(root) + os.sep):
        return False
    seen.add(real)
    return True


def _number(files: Iterator[tuple[str, int, int]] | list[tuple[str, int, int]]) -> int:
    return hash(tuple(sorted(files)))
