"""Changes as they come in, until they have come to rest: an editor saves in several steps, a checkout in thousands.

Knows paths and time; where they come from, and what is done with them, it does not.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

QUIET_SECONDS = 0.03
"""A save has come to an end when nothing has been heard for so long."""

MANY_QUIET_SECONDS = 0.3
"""The same where many files change: whoever copies folders or checks out a branch stops for breath."""

LONGEST_SECONDS = 2.0
"""However restless: so long after the first change a build begins; what comes later goes into the next."""

MANY = 64
"""Beyond so many paths it costs less to look at all files than to know which."""

_STEP_SECONDS = 0.5
"""On Windows nothing interrupts a wait, not even Ctrl+C."""


class Batch(msgspec.Struct, frozen=True):
    """What has changed since the last build (一批改动); `everything`: look at all files, `paths` are not all of it."""

    paths: tuple[str, ...] = ()
    everything: bool = False

    def with_all(self) -> Batch:
        """The same, and whatever else there is."""
        return Batch(self.paths, everything=True)


class Pending:
    """Changes that no build has seen yet. Any thread adds, one takes; what comes while a build runs waits for the next."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._condition = threading.Condition()
        self._paths: dict[str, None] = {}
        self._everything = False
        self._first = self._last = 0.0

    def add(self, path: str) -> None:
        """One path has changed, come or gone."""
        with self._condition:
            self._note()
            if len(self._paths) < MANY:
                self._paths[path] = None
            elif path not in self._paths:
                self._everything = True
            self._condition.notify_all()

    def add_everything(self) -> None:
        """Something has changed, and nobody can say what."""
        with self._condition:
            self._note()
            self._everything = True
            self._condition.notify_all()

    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self._paths and not self._everything

    def rests_at(self) -> float:
        """The time at which what waits may be taken, if nothing more comes."""
        quiet = MANY_QUIET_SECONDS if self._everything or len(self._paths) >= MANY else QUIET_SECONDS
        return min(self._last + quiet, self._first + LONGEST_SECONDS)

    def take(self, seconds: float) -> Batch | None:
        """All that waits, once it has come to rest; `None` if nothing has come for `seconds`."""
        end = self._clock() + seconds
        with self._condition:
            while True:
                now = self._clock()
                if self.is_empty():
                    if now >= end:
                        return None
                    self._condition.wait(min(end - now, _STEP_SECONDS))
                elif now < self.rests_at():
                    self._condition.wait(self.rests_at() - now)
                else:
                    break
            batch = Batch(tuple(self._paths), self._everything)
            self._paths, self._everything = {}, False
            return batch

    def _note(self) -> None:
        self._last = self._clock()
        if self.is_empty():
            self._first = self._last
