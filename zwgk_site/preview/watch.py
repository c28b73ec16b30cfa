"""Notices every change of a site's input: by the system's messages, and by looking, for what these leave out.

Network drives, folders of another system and links tell nobody of a change; a queue of messages may run over. So the
folders are looked at from time to time in any case, and more often once something was found that had not been announced.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Span
from zwgk_site.preview.changes import MANY, Batch, Pending
from zwgk_site.preview.events import SystemEvents
from zwgk_site.preview.rules import EVENTS_LOST, NO_EVENTS, UNANNOUNCED
from zwgk_site.preview.snapshot import Snapshot, differences, take_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from zwgk_site.diagnostics import Diagnostic


WATCHED_SECONDS, WATCHED_SHARE = 3.0, 60
POLLED_SECONDS, POLLED_SHARE = 0.5, 20
"""How often is looked: never more often than so many seconds, nor more than so small a share of the time."""

SOON_SECONDS = 0.3
"""A change found by looking is mostly announced within so short a time, and a message says which file it was."""

LATE_SECONDS = 1.0
"""A message may come so much later than the change, where the machine is busy."""


class SiteWatch:
    """Watches one site (监视器). `tell` is told what a person should know; `before` is how the site looked when it was built."""

    def __init__(self, root: Path, before: Snapshot | None, tell: Callable[[Diagnostic], None]) -> None:
        self._root, self._tell = root, tell
        self._pending = Pending()
        self._events = SystemEvents(root, self._hear, self._lose)
        self._snapshot = before
        self._polls = self._has_looked = self._has_lost = False
        self._announced: set[str] | None = set()
        self._announced_before: set[str] | None = set()
        self._suspects: tuple[str, ...] = ()
        self._next_look = 0.0

    def start(self) -> None:
        """Begins to watch. The first look comes at once: something may have changed since `before`."""
        self._polls_because(self._events.start())

    def stop(self) -> None:
        """Ends it."""
        self._events.stop()

    def wait(self, seconds: float) -> Batch | None:
        """What has changed, once it has come to rest; `None` if nothing has in about so many seconds."""
        end = time.monotonic() + seconds
        while True:
            now = time.monotonic()
            batch = self._pending.take(max(0.0, min(end, self._next_look) - now))
            if batch is None and time.monotonic() >= self._next_look:
                batch = self._look()
            if batch is not None:
                self._polls_because(self._events.refresh())
                return batch
            if time.monotonic() >= end:
                return None

    def _hear(self, path: str) -> None:
        announced = self._announced
        if announced is not None:
            below = os.path.relpath(path, os.path.abspath(self._root)).replace(os.sep, "/")
            announced.update((below, below.rpartition("/")[0]))
            if len(announced) > 2 * MANY:
                self._announced = None
        self._pending.add(path)

    def _lose(self) -> None:
        self._has_lost = True
        self._announced = None
        self._pending.add_everything()

    def _look(self) -> Batch | None:
        """Compares the folders with how they looked last, unless a message comes in the meantime."""
        started = time.monotonic()
        after = take_snapshot(self._root, lambda: not self._pending.is_empty())
        now = time.monotonic()
        if after is None:
            return self._pending.take(LATE_SECONDS)
        least, share = (POLLED_SECONDS, POLLED_SHARE) if self._polls else (WATCHED_SECONDS, WATCHED_SHARE)
        self._next_look = now + max(least, share * (now - started))
        before, self._snapshot = self._snapshot, after
        heard: tuple[set[str] | None, ...] = (self._announced_before, self._announced)
        self._announced_before, self._announced = self._announced, set()
        self._judge(heard)
        self._tell_of_losses()
        is_first, self._has_looked = not self._has_looked, True
        if before is None:
            return None
        changed = differences(before, after)
        if not self._polls:  # where messages fail, one about a folder says nothing of what else has changed in it
            changed = tuple(name for name in changed if not _is_announced(name, heard))
        if not changed:
            return None
        messages = None if self._polls else self._pending.take(SOON_SECONDS)
        if messages is not None:
            heard = (*heard, self._announced)
            changed = tuple(name for name in changed if _is_shared(name) or not _is_announced(name, heard))
            if not changed:
                return messages
        is_sure = None not in heard
        if is_sure and not is_first and not self._polls:
            self._suspects, self._next_look = changed, now + LATE_SECONDS
        return self._join(changed, messages or Batch(), everything=not is_sure)

    def _join(self, changed: tuple[str, ...], messages: Batch, *, everything: bool) -> Batch:
        """What messages told of, and the folders in which other changes were found by looking."""
        folders = (os.path.join(self._root, *name.split("/")) if name else str(self._root) for name in changed)
        paths = (*messages.paths, *folders)
        return Batch(paths[:MANY], everything=everything or messages.everything or len(paths) > MANY)

    def _judge(self, heard: tuple[set[str] | None, ...]) -> None:
        """Looks more often from now on if a change found by looking has still not been announced."""
        suspects, self._suspects = self._suspects, ()
        lacking = [name for name in suspects if not _is_announced(name, heard)]
        if lacking and None not in heard:
            self._polls = True
            place = lacking[0] or "."
            self._tell(UNANNOUNCED.at(Span(place), path=place, seconds=POLLED_SECONDS))

    def _polls_because(self, reason: str) -> None:
        if reason and not self._polls:
            self._polls = True
            self._next_look = 0.0
            self._tell(NO_EVENTS.at(Span("."), reason=reason, seconds=POLLED_SECONDS))

    def _tell_of_losses(self) -> None:
        if self._has_lost:
            self._has_lost = False
            self._tell(EVENTS_LOST.at(Span(".")))


def _is_shared(name: str) -> bool:
    """Whether the folder holds files of several departments, so that a message about one tells nothing of another."""
    return "/" not in name


def _is_announced(name: str, heard: tuple[set[str] | None, ...]) -> bool:
    """Whether the folder, or one that holds it, was named in a message."""
    steps = name.split("/")
    names = {"/".join(steps[:end]) for end in range(1, len(steps) + 1)}
    return any(names & known for known in heard if known is not None)
