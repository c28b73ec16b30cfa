"""Work in a fork of this process, beside it: what may begin before its turn comes, or be done while something else is.

A fork has at hand all that was here when it was made, so that only a question and an answer travel. It is a help and never
a need: where it can't be, or fails, whoever wanted it does the work himself.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

    Work = Callable[[Callable[[], bytes]], bytes]
    """Given a way to wait for the question, it makes the answer."""

_PIECE = 1 << 20
_NOTHING_ASKED = 2


def may_fork(jobs: int, *, beside_threads: bool) -> bool:
    """Whether a second process is wanted, safe beside what else runs here, and has a processor of its own."""
    if sys.platform != "linux" or jobs == 1 or beside_threads:
        return False
    return len(os.sched_getaffinity(0)) > 1


class Beside:
    """A fork at work (旁支进程), until it has answered. One that is not asked by `close` is ended."""

    def __init__(self, work: Work) -> None:
        theirs, self._question = os.pipe()
        self._answer, end = os.pipe()
        try:
            self._process = os.fork()
        except OSError:  # no room for another process
            self._process = 0
        else:
            if self._process == 0:
                os.close(self._question)
                os.close(self._answer)
                _work_and_end(work, theirs, end)
        os.close(theirs)
        os.close(end)

    def ask(self, question: bytes) -> None:
        """What it waits for."""
        end, self._question = self._question, -1
        with contextlib.suppress(BrokenPipeError), open(end, "wb") as pipe:
            pipe.write(question)

    def answer(self) -> bytes | None:
        """What it made, all of it; `None` if it could not."""
        if self._question >= 0:
            self.ask(b"")
        end, self._answer = self._answer, -1  # closed below, even where a time limit ends the waiting
        with open(end, "rb") as pipe:
            data = pipe.read()
        return data if self._end() == 0 else None

    def close(self) -> None:
        """Ends it, whatever it is doing. After the answer this does nothing."""
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            self._end()
        for end in (self._question, self._answer):
            if end >= 0:
                os.close(end)
        self._question = self._answer = -1

    def _end(self) -> int:
        """Its exit code."""
        process, self._process = self._process, 0
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) if process else 1


def _work_and_end(work: Work, question: int, end: int) -> NoReturn:
    """In the fork: never returns, and runs nothing that its parent means to run when it ends."""
    code = 1

    def wait() -> bytes:
        with open(question, "rb") as pipe:
            asked = pipe.read()
        if not asked:  # the parent has gone, or needs nothing
            os._exit(_NOTHING_ASKED)
        return asked

    try:
        data = memoryview(work(wait))
        while data:
            data = data[os.write(end, data[:_PIECE]) :]
        code = 0
    finally:
        os._exit(code)
