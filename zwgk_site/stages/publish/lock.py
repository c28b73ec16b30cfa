"""One build at a time: an exclusive lock on an output folder, held by the kernel so that a killed build leaves none.

Knows only the path of the lock file.
"""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import sys
import time
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.stages.publish.machine import LOCKED, MachineError, machine_faults, refuse

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STALE_AFTER_SECONDS = 6 * 3600
"""A lock file of another host is taken for dead after this; no build of 10^7 entries takes so long."""

_UNSUPPORTED = {errno.ENOLCK, errno.ENOSYS, getattr(errno, "ENOTSUP", 0), getattr(errno, "EOPNOTSUPP", 0)}
_WINDOWS_LOCKED_BYTE = 1 << 30  # Windows locks are mandatory: lock a byte past the text, so that others can read it

# flock belongs to the open file, which a forked worker shares: an orphan would keep a dead build's lock.
_held: set[int] = set()


class Holder(msgspec.Struct, frozen=True):
    """Who holds a lock (占用者), for the message only; `since` is local time."""

    pid: int
    host: str
    since: str


@contextlib.contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """The block runs while no other process holds `path`; refuses at once (ZW703) if one does."""
    with machine_faults(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    _held.add(handle)
    try:
        with machine_faults(path):
            locked = _lock(handle)
            if locked:
                _write_holder(handle)
        if locked is False:
            raise _held_by(path)
        with file_lock(path) if locked is None else contextlib.nullcontext():
            yield
    finally:
        if handle in _held:
            _held.discard(handle)
            os.close(handle)


@contextlib.contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """The way where the file system has no locks: a file made exclusively, taken over when its maker is dead."""
    held = path.with_name(path.name + ".held")
    with machine_faults(held):
        _make_held(held)
    owner = os.getpid()
    try:
        yield
    finally:
        if os.getpid() == owner:
            held.unlink(missing_ok=True)


def _lock(handle: int) -> bool | None:
    """Whether the lock is ours; None where this file system cannot lock."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, _WINDOWS_LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _UNSUPPORTED:
            return None
        if error.errno in {errno.EAGAIN, errno.EACCES, getattr(errno, "EDEADLOCK", errno.EDEADLK)}:
            return False
        raise
    return True


def _write_holder(handle: int) -> None:
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, _this_process())


def _this_process() -> bytes:
    return msgspec.json.encode(Holder(os.getpid(), socket.gethostname(), time.strftime("%Y-%m-%d %H:%M:%S")))


def _read_holder(text: bytes) -> Holder | None:
    try:
        return msgspec.json.decode(text, type=Holder)
    except msgspec.DecodeError:  # the holder is just writing it
        return None


def _held_by(path: Path) -> MachineError:
    try:
        holder = _read_holder(path.read_bytes())
    except OSError:
        holder = None
    holder = holder or Holder(0, "?", "?")
    return refuse(LOCKED, path, pid=holder.pid or "?", host=holder.host, since=holder.since)


def _make_held(held: Path) -> None:
    for _ in range(3):  # another process may take over or let go between our looks
        try:
            handle = os.open(held, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            if not _clear_dead(held):
                break
        else:
            os.write(handle, _this_process())
            os.close(handle)
            return
    raise _held_by(held)


def _clear_dead(held: Path) -> bool:
    """Move a dead build's file away, whole or not at all; False where its maker lives."""
    try:
        text = held.read_bytes()
        if _is_alive(_read_holder(text), time.time() - held.stat().st_mtime):
            return False
        moved = held.with_name(f"{held.name}.{os.getpid()}")
        held.rename(moved)
        if moved.read_bytes() != text:  # someone was faster, and this is their new lock
            moved.replace(held)
            return False
        moved.unlink()
    except FileNotFoundError:
        pass
    return True


def _is_alive(holder: Holder | None, age_seconds: float) -> bool:
    if holder is None or holder.host != socket.gethostname():
        return age_seconds < STALE_AFTER_SECONDS
    if sys.platform == "win32":  # never asked: Windows always locks; os.kill would end the process there
        return True
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _forget_in_child() -> None:
    for handle in _held:
        os.close(handle)
    _held.clear()


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_forget_in_child)
