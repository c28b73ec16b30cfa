"""Opening an output folder: is it ours to write, is it free, is it in order? And for readers: is it there?"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from zwgk_site.model.release import RELEASE_URL, is_own_release
from zwgk_site.stages.publish.apply import drop_stages, recover
from zwgk_site.stages.publish.folder import OutputFolder, read_if_there, state_of
from zwgk_site.stages.publish.lock import hold_lock
from zwgk_site.stages.publish.machine import (
    OTHER_FILE_SYSTEM,
    OUTPUT_FOREIGN,
    OUTPUT_IS_FILE,
    OUTPUT_IS_INPUT,
    OUTPUT_MISSING,
    OUTPUT_PROTECTED,
    machine_faults,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFT_BY_THE_SYSTEM = {".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"}
"""Files that file managers (and git) put into otherwise empty folders."""


@contextlib.contextmanager
def open_output(path: Path, *, inputs: tuple[Path, ...] = ()) -> Iterator[OutputFolder]:
    """The folder for the length of a build: checked, locked, and in order after any crash.

    inputs: the folders and files the build reads; the output may not overlap them.
    """
    with machine_faults(path):
        folder = _locate(path)
        _check_place(folder.path, inputs)
        if not folder.state.exists():
            _check_ours(folder.path)
        folder.path.mkdir(parents=True, exist_ok=True)
        for part in (folder.state, folder.stages, folder.releases, folder.cache):
            part.mkdir(exist_ok=True)
        if folder.path.stat().st_dev != folder.state.stat().st_dev:
            raise refuse(OTHER_FILE_SYSTEM, folder.path, state=folder.state)
    with hold_lock(folder.state / "lock"):
        recover(folder)
        with machine_faults(path):
            _check_ours(folder.path)
        try:
            yield folder
        finally:
            with contextlib.suppress(OSError):  # what stays is removed by the next build
                drop_stages(folder)


def read_only_output(path: Path) -> OutputFolder:
    """The folder of a published site for reading only: nothing is made, locked or mended."""
    with machine_faults(path):
        folder = _locate(path)
        if not _holds_our_release(folder.path):
            raise refuse(OUTPUT_MISSING, path)
        return folder


def _locate(path: Path) -> OutputFolder:
    resolved = path.expanduser().resolve()
    return OutputFolder(resolved, state_of(resolved))


def _check_place(path: Path, inputs: tuple[Path, ...]) -> None:
    if path.is_file():
        raise refuse(OUTPUT_IS_FILE, path)
    home = None
    with contextlib.suppress(RuntimeError):  # a service account may have no home
        home = Path.home().resolve()
    if path == Path(path.anchor) or (home and home.is_relative_to(path)):
        raise refuse(OUTPUT_PROTECTED, path)
    for source in inputs:
        found = source.resolve()
        if path.is_relative_to(found) or found.is_relative_to(path):
            raise refuse(OUTPUT_IS_INPUT, path, source=source)


def _check_ours(path: Path) -> None:
    """Refuse to write among files that no build of ours has put there."""
    if not path.is_dir() or _holds_our_release(path):
        return
    foreign = sorted(entry.name for entry in path.iterdir() if entry.name not in _LEFT_BY_THE_SYSTEM)
    if foreign:
        raise refuse(OUTPUT_FOREIGN, path, example=foreign[0])


def _holds_our_release(path: Path) -> bool:
    data = read_if_there(path / RELEASE_URL)
    return data is not None and is_own_release(data)
