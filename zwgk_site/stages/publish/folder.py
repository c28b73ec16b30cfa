"""`OutputFolder`: the served folder and the state folder beside it, and the few file operations both need.

Decides nothing: what is a release, a journal or a lock stands elsewhere.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.stages.publish.machine import IN_THE_WAY, machine_faults, refuse
from zwgk_site.stages.publish.stage import check_url

if TYPE_CHECKING:
    from collections.abc import Callable

# A virus scanner or a web server holds a file for moments only.
_WINDOWS_PATIENCE_SECONDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_REMOVAL_TRIES = 5


class OutputFolder(msgspec.Struct, frozen=True):
    """The served folder `path` (输出文件夹) and its `state` folder on the same file system, which is never served."""

    path: Path
    state: Path

    @property
    def cache(self) -> Path:
        """Where the pipeline keeps what only saves time."""
        return self.state / "cache"

    @property
    def stages(self) -> Path:
        """One folder per running or dead build."""
        return self.state / "stage"

    @property
    def releases(self) -> Path:
        """One folder per release that can be undone."""
        return self.state / "releases"

    def new_stage(self) -> Path:
        """A fresh, empty folder for this build's new files; it vanishes when they are applied or the output closes."""
        stage = self.stages / f"{int(time.time())}-{os.getpid()}-{secrets.token_hex(3)}"
        with machine_faults(stage):
            stage.mkdir(parents=True)
        return stage

    def read(self, url: str) -> bytes | None:
        """The published bytes of `url`, or None."""
        target = self.path / check_url(url)
        with machine_faults(target):
            return read_if_there(target)


def state_of(path: Path) -> Path:
    """The state folder of the output `path`, which must be resolved."""
    return path.parent / f".{path.name}.zwgk"


def read_if_there(file: Path) -> bytes | None:
    """The bytes of a file, or None where no file stands."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        if file.is_dir():  # Windows calls this a lack of permission
            return None
        raise


def patiently(act: Callable[[], object]) -> None:
    """Do it; on Windows again for two seconds while another program has the file open."""
    for delay in _WINDOWS_PATIENCE_SECONDS if sys.platform == "win32" else ():
        try:
            act()
        except PermissionError:
            time.sleep(delay)
        else:
            return
    act()


def move_file(source: str, target: str) -> None:
    """Put `source` in the place of `target` in one step, making its folder; a source that is gone was moved before."""
    try:
        patiently(lambda: os.replace(source, target))
    except FileNotFoundError:
        if os.path.lexists(source):
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            patiently(lambda: Path(source).replace(target))


def remove_file(target: str) -> None:
    """Remove a file that may be gone already."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        patiently(Path(target).unlink)


def remove_folder(target: Path) -> None:
    """Remove a folder and all in it; it may be gone already, and a dying worker may still write into it."""
    for last_try in [False] * (_REMOVAL_TRIES - 1) + [True]:
        try:
            return shutil.rmtree(target)
        except FileNotFoundError:
            if not os.path.lexists(target):
                return None
        except OSError as error:
            if last_try or error.errno not in {errno.ENOTEMPTY, errno.EEXIST, errno.EACCES}:
                raise
            time.sleep(0.02)
    return None


def remove_some(target: Path, most: int) -> int:
    """Removes files and folders in a folder, `most` at the utmost, in the end itself; how many it could have been more."""
    with os.scandir(target) as items:
        found = list(items)
    for item in found:
        if most <= 0:
            return 0
        if item.is_dir(follow_symlinks=False):
            most = remove_some(Path(item.path), most)
        else:
            remove_file(item.path)
            most -= 1
    if most > 0:
        patiently(target.rmdir)
    return most - 1


def link_or_copy(source: str, target: str) -> bool:
    """A second name for `source`, or a copy where the file system has no hard links; False where there is none."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        if not os.path.lexists(source):
            return False
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        return link_or_copy(source, target)
    except OSError as error:
        if isinstance(error, NotADirectoryError) or Path(source).is_dir():
            raise refuse(IN_THE_WAY, source) from error
        shutil.copy2(source, target)
    return True


def write_whole(target: Path, data: bytes) -> None:
    """Write `data` so that a reader, or a kill, sees the old bytes or the new ones."""
    fresh = target.with_name(target.name + ".new")
    fresh.write_bytes(data)
    move_file(str(fresh), str(target))


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, survive a power cut (on Windows a folder needs no such call)."""
    if sys.platform == "win32" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
