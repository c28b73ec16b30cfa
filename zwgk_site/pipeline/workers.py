"""Tasks in worker processes, or here. A worker that dies or hangs costs one department, never the build.

Tasks of one department go to the same worker in both walks, so that it still has the department in its hands.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import time
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

GRACE_SECONDS = 15.0
MEGABYTE = 1024 * 1024


class Limits(msgspec.Struct, frozen=True):
    """What one department may take (单个部门的上限)."""

    seconds: int
    megabytes: int


class Failure(msgspec.Struct, frozen=True):
    """A task that came to no end: `time`, `memory`, `death`, or `moved` (a file was changed while it was read)."""

    kind: str


class InputMoved(Exception):  # noqa: N818 - not an error of anybody's
    """Raised inside a task whose file is no longer what was checked."""


class LimitReached(BaseException):
    """Raised inside a task that has run too long; nothing but `run_limited` may catch it."""


class Job(msgspec.Struct, frozen=True):
    """A task with the name that failures are told by and a weight for sharing out."""

    name: str
    task: Any
    weight: int = 1


Runner = Any


def run_limited(runner: Callable[[Any], Any], task: Any, limits: Limits) -> Any:
    """The task's result, or the `Failure` that ended it."""
    try:
        with _time_limit(limits.seconds), _memory_limit(limits.megabytes):
            return runner(task)
    except LimitReached:
        return Failure("time")
    except MemoryError:
        return Failure("memory")
    except InputMoved:
        return Failure("moved")


@contextlib.contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or not _in_main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise LimitReached

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _in_main_thread() -> bool:
    import threading

    return threading.current_thread() is threading.main_thread()


@contextlib.contextmanager
def _memory_limit(megabytes: int) -> Iterator[None]:
    """Address space on Linux: what the process has now and the limit on top."""
    if sys.platform != "linux":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm", "rb") as source:
        size = int(source.read().split()[0]) * resource.getpagesize()
    wanted = size + megabytes * MEGABYTE
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


class Here:
    """Runs tasks in this process, one after another."""

    def __init__(self, runner: Callable[[Any], Any], limits: Limits) -> None:
        self._runner, self._limits = runner, limits

    def run(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Any]]:
        """Each job with its result or `Failure`."""
        for job in jobs:
            yield job, run_limited(self._runner, job.task, self._limits)

    def close(self) -> None:
        """Nothing to end."""


class Pool:
    """A few processes, each with its own queue of jobs (工作进程). `fresh` ones are never forks of this process."""

    def __init__(
        self,
        count: int,
        make_runner: Callable[[Any], Callable[[Any], Any]],
        env: Any,
        limits: Limits,
        *,
        fresh: bool = False,
    ) -> None:
        method = "fork" if sys.platform == "linux" and not fresh else "spawn"
        self._context: Any = multiprocessing.get_context(method)
        self._forks = method == "fork"
        self._make_runner, self._env, self._limits = make_runner, env, limits
        self._homes: dict[str, int] = {}
        gc.freeze()
        self._workers = [self._start() for _ in range(count)]

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve,
            args=(theirs, ours if self._forks else None, self._make_runner, self._env, self._limits, os.getpid()),
            daemon=True,
        )
        with _deaf_to_interrupts():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def run(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Any]]:
        """Each job with its result or `Failure`, as they come."""
        queues = self._share_out(jobs)
        busy: dict[int, tuple[Job, float]] = {}
        for place, queue in enumerate(queues):
            self._send_next(place, queue, busy)
        while busy:
            connections = {self._workers[place].connection: place for place in busy}
            for ready in wait(list(connections), timeout=1.0):
                place = connections[ready]
                job, _ = busy.pop(place)
                yield job, self._receive(place)
                self._send_next(place, queues[place], busy)
            now = time.monotonic()
            for place, (job, since) in list(busy.items()):
                if now - since > self._limits.seconds + GRACE_SECONDS:
                    del busy[place]
                    self._workers[place].process.kill()
                    self._workers[place] = self._start()
                    yield job, Failure("time")
                    self._send_next(place, queues[place], busy)

    def _share_out(self, jobs: Sequence[Job]) -> list[list[Job]]:
        """The heaviest first, each to the worker with the least; a job seen before goes where it was."""
        queues: list[list[Job]] = [[] for _ in self._workers]
        loads = [0] * len(queues)
        for job in sorted(jobs, key=lambda job: -job.weight):
            place = self._homes.get(job.name)
            if place is None:
                place = loads.index(min(loads))
                self._homes[job.name] = place
            queues[place].append(job)
            loads[place] += job.weight
        return queues

    def _send_next(self, place: int, queue: list[Job], busy: dict[int, tuple[Job, float]]) -> None:
        if queue:
            job = queue.pop(0)
            try:
                self._workers[place].connection.send(job.task)
            except OSError:
                self._workers[place] = self._start()
                self._workers[place].connection.send(job.task)
            busy[place] = (job, time.monotonic())

    def _receive(self, place: int) -> Any:
        worker = self._workers[place]
        try:
            kind, result = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            self._workers[place] = self._start()
            return Failure("death")
        if kind == "error":
            raise result
        return result

    def close(self) -> None:
        """Ends all workers."""
        for worker in self._workers:
            with contextlib.suppress(OSError):
                worker.connection.close()
        for worker in self._workers:
            worker.process.join(2)
            if worker.process.is_alive():
                worker.process.kill()


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """A process started in the block never hears Ctrl+C, not even before its first line: its parent ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker(msgspec.Struct):
    process: Any
    connection: Any


def _serve(  # noqa: PLR0913 - what a fresh process needs
    connection: Connection,
    inherited: Connection | None,
    make_runner: Callable[[Any], Callable[[Any], Any]],
    env: Any,
    limits: Limits,
    parent: int,
) -> None:
    """A worker's life: tasks in, results out, until the parent closes the pipe or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if inherited is not None:
        inherited.close()  # else the pipe would never end: a fork holds the parent's end of it, too
    runner = make_runner(env)
    while os.getppid() == parent or sys.platform == "win32":
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer = ("result", run_limited(runner, task, limits))
        except Exception as fault:  # noqa: BLE001 - told to the parent, which raises it
            answer = ("error", _portable(fault))
        try:
            connection.send(answer)
        except (BrokenPipeError, OSError):
            return


def _portable(fault: Exception) -> Exception:
    """The exception itself if it can travel, else one with its words and its traceback."""
    import pickle
    import traceback

    fault.add_note("".join(traceback.format_exception(fault)))
    try:
        pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own bytes
    except Exception:  # noqa: BLE001
        return RuntimeError("".join(traceback.format_exception(fault)))
    return fault
