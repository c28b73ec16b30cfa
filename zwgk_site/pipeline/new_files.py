"""Files put in place whole or not at all: new ones never over what is there, changed ones only over what was read."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from zwgk_site.exchange.changes import FileChange, write_change
from zwgk_site.stages.publish.folder import move_file, remove_file

if TYPE_CHECKING:
    from zwgk_site.pipeline.import_files import FileCopy


def leads_outside(root: Path, file: str) -> bool:
    """Whether a file below `root` would come to lie elsewhere, by a link on its way."""
    top, real = os.path.realpath(root), os.path.realpath(root / file)
    return real != top and not real.startswith(top + os.sep)


def put_file(root: Path, change: FileChange) -> bool:
    """The change made; False if another file stands there, or the one that was read has changed. Raises `OSError`."""
    if change.before:
        return write_change(root, change)
    return put_new(root / change.file, change.after)


def put_new(path: Path, data: bytes, *, runs: bool = False) -> bool:
    """A new file with its folders; False if something has that name. `runs`: it is a program. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(path):
        return False
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(data)
        if runs:
            fresh.chmod(0o755)
        return _claim(fresh, path)
    finally:
        with contextlib.suppress(OSError):
            remove_file(str(fresh))


def _claim(fresh: Path, path: Path) -> bool:
    """Gives a finished file its name if nobody else has taken it in the meantime."""
    try:
        os.link(fresh, path)  # unlike a rename, it never takes the place of a file
    except FileExistsError:
        return False
    except OSError:  # a file system without links, such as a USB stick's
        if os.path.lexists(path):
            return False
        move_file(str(fresh), str(path))
    return True


def replace_file(path: Path, data: bytes) -> None:
    """The file with these bytes, by one rename. Raises `OSError`."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(data)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def put_copy(path: Path, copy: FileCopy) -> None:
    """A file beside a document; its name holds its digest, so one that is there is the same. Raises `OSError`."""
    if path.is_file() and _digest(path) == copy.sha256:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        if copy.source is not None:
            shutil.copyfile(copy.source, fresh)
        else:
            fresh.write_bytes(copy.data or b"")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
