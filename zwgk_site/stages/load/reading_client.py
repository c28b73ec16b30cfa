"""Asking the process that reads PDF and .xls files (`reading_process.py`), which is ended when an answer takes too long.

One such process serves all files that this one reads, so that its start is paid for once.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import math
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

from zwgk_site.stages.load import reading_process
from zwgk_site.text.office_parts import EncryptedError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.text.office_parts import Allowance

_COMMAND = (sys.executable, "-P", reading_process.__file__)
_running: dict[tuple[int, int], subprocess.Popen[bytes]] = {}
"""The reading process of each thread of this process; one of before a fork belongs to somebody else."""


def ask(kind: str, data: bytes, allowance: Allowance) -> Iterator[list[Any]]:
    """The lines of the answer but the last, as they come; the allowance is `spent` if time was up before it.

    A file that needs a password raises `EncryptedError`, one that can't be read `RefusedError`.
    """
    process = _process()
    timer = threading.Timer(max(0.0, allowance.seconds_left()), process.kill)
    timer.daemon = True
    is_whole = False
    try:
        timer.start()
        _send(process, [kind, len(data), max(1, math.ceil(allowance.seconds_left()))], data)
        for line in process.stdout or ():
            answer = json.loads(line)
            if answer[0] == "end":
                is_whole = True
                break
            yield answer
    finally:
        timer.cancel()
        if not is_whole:  # killed, dead, or nobody wants the rest: the next file must not get it
            _end(process)
    if not is_whole:
        if allowance.seconds_left() > 0:
            raise RefusedError
        return
    if answer[1] == "locked":
        raise EncryptedError
    if answer[1] != "done":
        raise RefusedError


def end_reading() -> None:
    """Ends this thread's reading process, if there is one; the next question starts another."""
    process = _running.get((os.getpid(), threading.get_ident()))
    if process is not None:
        _end(process)


def _process() -> subprocess.Popen[bytes]:
    key = (os.getpid(), threading.get_ident())
    known = _running.get(key)
    if known is not None and known.poll() is None:
        return known
    started = subprocess.Popen(  # noqa: S603 our own program, with nothing of the file in its arguments
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    _running[key] = started
    atexit.register(end_reading)
    return started


def _send(process: subprocess.Popen[bytes], request: list[Any], data: bytes) -> None:
    if process.stdin is not None:
        with contextlib.suppress(OSError):  # it has died: the answer will be missing
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.write(data)
            process.stdin.flush()


def _end(process: subprocess.Popen[bytes]) -> None:
    _running.pop((os.getpid(), threading.get_ident()), None)
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    process.wait()
