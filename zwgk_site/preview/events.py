"""What the system tells of changes (inotify, FSEvents, Windows), through watchdog, which is imported here and only when asked for.

Each input folder is watched by itself, and the site's own folder for its files alone: so the output, which lies in the
site as a rule, wakes nobody.
"""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from zwgk_site.preview.names import FOLDERS, is_input

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable
    from pathlib import Path


class SystemEvents:
    """The system's messages about one site (系统的改动通知).

    `on_change` is told each path; `on_loss` that messages have been lost. Both are called in threads of watchdog.
    """

    def __init__(self, root: Path, on_change: Callable[[str], None], on_loss: Callable[[], None]) -> None:
        self._root = os.path.abspath(root)
        self._real = os.path.realpath(root)  # the name by which macOS tells of what was asked for by another
        self._on_change, self._on_loss = on_change, on_loss
        self._lock = threading.Lock()
        self._observer: Any = None
        self._watches: dict[str, Any] = {}
        self._unsure: set[str] = set()
        self._ear: logging.Handler | None = None

    def start(self) -> str:
        """Begins to listen; says why it can't be done, or nothing."""
        try:
            from watchdog.observers import Observer

            self._ear = _listen(self._on_loss)
            self._observer = Observer()
            self._observer.daemon = True
            self._observer.start()
            self._schedule("", recursive=False)
            for name in FOLDERS:
                self._watch_folder(name)
        except (OSError, ImportError, RuntimeError) as fault:
            self.stop()
            return getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
        return ""

    def refresh(self) -> str:
        """Listens to folders that have come, or come again, since; says why it can't, or nothing."""
        with self._lock:
            unsure, self._unsure = self._unsure, set()
        if self._observer is None:
            return ""
        for name in sorted(unsure):
            watch = self._watches.pop(name, None)
            if watch is not None:
                with contextlib.suppress(KeyError, OSError, RuntimeError):
                    self._observer.unschedule(watch)
            try:
                self._watch_folder(name)
            except FileNotFoundError:
                continue  # gone again; we shall hear of it
            except (OSError, RuntimeError) as fault:
                return getattr(fault, "strerror", None) or str(fault)
        return ""

    def stop(self) -> None:
        """Listens no longer. Calling it again does no harm."""
        observer, self._observer = self._observer, None
        if self._ear is not None:
            import logging

            logging.getLogger("watchdog").removeHandler(self._ear)
            self._ear = None
        if observer is not None:
            with contextlib.suppress(OSError, RuntimeError):
                observer.stop()
                observer.join(2)

    def _watch_folder(self, name: str) -> None:
        if os.path.isdir(os.path.join(self._root, name)):
            self._watches[name] = self._schedule(name, recursive=True)

    def _schedule(self, name: str, *, recursive: bool) -> Any:
        from watchdog import events

        wanted = [
            events.FileCreatedEvent, events.FileModifiedEvent, events.FileClosedEvent, events.FileMovedEvent,
            events.FileDeletedEvent, events.DirCreatedEvent, events.DirMovedEvent, events.DirDeletedEvent,
        ]  # fmt: skip
        path = os.path.join(self._root, name) if name else self._root
        return self._observer.schedule(self, path, recursive=recursive, event_filter=wanted)

    def dispatch(self, event: Any) -> None:
        """What watchdog calls with each event. A rename is a change at both ends."""
        for path in {os.fsdecode(event.src_path), os.fsdecode(event.dest_path)}:
            parts = self._parts_of(path)
            if len(parts) == 1 and parts[0] in FOLDERS and event.event_type != "modified":
                with self._lock:
                    self._unsure.add(parts[0])
            if is_input(parts, is_folder=event.is_directory):
                self._on_change(os.path.join(self._root, *parts))

    def _parts_of(self, path: str) -> tuple[str, ...]:
        for root in (self._root, self._real):
            with contextlib.suppress(ValueError):
                return PurePath(path).relative_to(root).parts
        return ()


def _listen(on_loss: Callable[[], None]) -> logging.Handler:
    """Hears watchdog's own complaints: it has no other way to say that the system's queue ran over."""
    import logging

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno >= logging.WARNING:
                on_loss()

    ear, logger = Ear(), logging.getLogger("watchdog")
    logger.addHandler(ear)
    logger.propagate = False
    return ear
