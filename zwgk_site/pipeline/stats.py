"""Where the time went: wall, CPU and memory per stage of a build, for `--stats`."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class Stats:
    """Collects figures while a build runs (用时统计)."""

    def __init__(self) -> None:
        self.stages: dict[str, dict[str, float]] = {}
        self._start = time.perf_counter()

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measures what happens inside; a stage that comes twice is added up."""
        wall, cpu = time.perf_counter(), _cpu_seconds()
        try:
            yield
        finally:
            found = self.stages.setdefault(name, {"wall_seconds": 0.0, "cpu_seconds": 0.0, "peak_megabytes": 0.0})
            found["wall_seconds"] += time.perf_counter() - wall
            found["cpu_seconds"] += _cpu_seconds() - cpu
            found["peak_megabytes"] = max(found["peak_megabytes"], _peak_megabytes())

    def report(self) -> dict[str, Any]:
        """All figures, rounded."""
        return {
            "wall_seconds": round(time.perf_counter() - self._start, 3),
            "cpu_seconds": round(_cpu_seconds(), 3),
            "peak_megabytes": _peak_megabytes(),
            "stages": {
                name: {key: round(value, 3) for key, value in found.items()} for name, found in self.stages.items()
            },
        }


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peak_megabytes() -> float:
    """The largest process so far, this one or a finished worker."""
    if sys.platform == "win32":
        return 0.0
    import resource

    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round(max(own, workers) / unit, 1)


__all__ = ["Stats"]
