"""A preview from beginning to end: wait for changes, build, tell tabs and terminal, and again.

Builds run here, in the main thread, where a department's time can be limited and Ctrl+C is heard; requests are answered
in threads.
"""

from __future__ import annotations

import contextlib
import gc
import signal
import threading
import time
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Span
from zwgk_site.pipeline.request import current_moment
from zwgk_site.preview.changes import Batch
from zwgk_site.preview.rules import BUILD_FAULT
from zwgk_site.preview.snapshot import stamp_of
from zwgk_site.stages.publish import SITE_MANIFEST_URL, MachineError, open_output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import FrameType

    from zwgk_site.diagnostics import Checked, Diagnostic
    from zwgk_site.pipeline.build import Release
    from zwgk_site.preview.live import Live
    from zwgk_site.preview.watch import SiteWatch


ENDING = ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP")
"""What ends a program, on one system or another."""

AGAIN_SECONDS = 5.0
"""Disks fill and empty, another build ends: after a fault of the machine a build is tried again."""

TIDY_BUILDS = 50
"""Circles of values are looked for so seldom while builds run (`spare_collector`) that after so many it is done here."""

IDLE_SECONDS = 10.0
"""And when nothing has been saved for so long."""

_STEP_SECONDS = 0.5
EVERYTHING = Batch(everything=True)


class Rebuilt(msgspec.Struct, frozen=True):
    """One build of a preview (一次重新生成): on account of what, how long it took, what came of it.

    `fault` is what kept the machine, or us, from building at all; it is among the findings.
    """

    batch: Batch
    seconds: float
    release: Release | None
    findings: tuple[Diagnostic, ...]
    fault: Diagnostic | None = None


class Session:
    """The loop of a preview (预览过程). `build` makes the column in `output`, `tell` is told of each build.

    `is_dated`: the day is given by hand, so that no day passes. `is_building` stays true where a build was interrupted.
    """

    def __init__(
        self,
        build: Callable[[Batch], Checked[Release | None]],
        live: Live,
        tell: Callable[[Rebuilt], None],
        output: Path,
        *,
        is_dated: bool = False,
    ) -> None:
        self._build, self._live, self._tell, self._is_dated = build, live, tell, is_dated
        self.is_building = self._must_look = False
        self._again_at = self._built_at = 0.0
        self._untidy = 0
        self._wakes_on = ""
        self._manifest = output / SITE_MANIFEST_URL
        self._known = stamp_of(self._manifest)

    def begin(self) -> Rebuilt:
        """The first build. What keeps the machine, or us, from building at all is raised: there is nothing to go on with."""
        return self._finish(EVERYTHING, self._attempt)

    def build(self, batch: Batch) -> Rebuilt:
        """Builds, whatever is wrong. What a failed build has not seen, this one looks for."""
        return self._finish(batch.with_all() if self._must_look else batch, self._attempt_always)

    def _finish(self, batch: Batch, attempt: Callable[[Batch], Rebuilt]) -> Rebuilt:
        """Builds and tells everybody."""
        started = time.perf_counter()
        before = stamp_of(self._manifest)
        self.is_building = True
        built = attempt(batch)
        self.is_building = False
        built = msgspec.structs.replace(built, seconds=time.perf_counter() - started)
        self._untidy += 1
        self._must_look = built.release is None
        self._note_times(built)
        self._live.tell(self._urls_since_told(built, before), built.findings, failed=built.release is None)
        self._tell(built)
        return built

    def _urls_since_told(self, built: Rebuilt, before: tuple[int, int]) -> tuple[str, ...] | None:
        """The files that differ from what tabs were told; `None`, perhaps all, where more than this build has changed them.

        Another process may have published, and a build may fail after it has; `before` is the manifest before this one.
        """
        urls = built.release.urls if built.release is not None else ()
        told, self._known = self._known, stamp_of(self._manifest)
        return urls if before == told and (urls or self._known == before) else None

    def run(self, watch: SiteWatch) -> None:
        """Builds whenever something has changed, until it is interrupted."""
        while True:
            batch = watch.wait(_STEP_SECONDS) or self._due()
            if batch is not None:
                self.build(batch)
            if self._untidy and (self._untidy > TIDY_BUILDS or time.monotonic() > self._built_at + IDLE_SECONDS):
                self._tidy()

    def _tidy(self) -> None:
        """Frees what builds have left behind. It holds everything up for a moment: after a build tabs fetch pages first."""
        self._untidy = 0
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def _attempt(self, batch: Batch) -> Rebuilt:
        built = self._build(batch)
        return Rebuilt(batch, 0, built.value, built.findings)

    def _attempt_always(self, batch: Batch) -> Rebuilt:
        try:
            return self._attempt(batch)
        except MachineError as fault:
            found = fault.diagnostic
        except Exception as fault:  # noqa: BLE001 - a fault of ours must not end the work of whoever edits
            found = BUILD_FAULT.at(Span(""), kind=type(fault).__name__, fault=str(fault)[:300])
        return Rebuilt(batch, 0, None, (found,), found)

    def _note_times(self, built: Rebuilt) -> None:
        """When to build again though nothing changes: after a fault of the machine, at a day that changes pages."""
        self._built_at = now = time.monotonic()
        failed = built.fault is not None and built.fault.code != BUILD_FAULT.code
        self._again_at = now + AGAIN_SECONDS if failed else 0.0
        tomorrow = current_moment()[:10] + " 24"  # sorts behind every moment of today, before any of tomorrow
        known = built.release.changes_on if built.release is not None else ""
        self._wakes_on = min(known or tomorrow, tomorrow)

    def _due(self) -> Batch | None:
        if self._again_at and time.monotonic() > self._again_at:
            return EVERYTHING
        if not self._is_dated and self._wakes_on and current_moment() >= self._wakes_on:
            return EVERYTHING
        return None


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """In the block whatever asks a program to end does what Ctrl+C does: it raises `KeyboardInterrupt`."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in _ending_signals()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def leave_whole(output: Path) -> None:
    """Completes what an interrupted build was just putting in place. Nothing interrupts this."""
    for number in _ending_signals():
        signal.signal(number, signal.SIG_IGN)
    if output.is_dir():
        with contextlib.suppress(MachineError), open_output(output):
            pass


def _ending_signals() -> list[int]:
    """Those of `ENDING` that this system knows; none in a thread, where none can be caught.

    A hang-up that is ignored (`nohup`) stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        return []
    found = [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
    hang_up = getattr(signal, "SIGHUP", None)
    return [number for number in found if number != hang_up or signal.getsignal(number) != signal.SIG_IGN]
