"""The real `zwgk serve` in a process of its own, and tabs that listen to it, for tests.

with preview(site) as running:
    tab = running.tab()
    edit(...)
    news = tab.wait_for(lambda news: "wjj/e/WJJ-001.html" in (news["urls"] or ()))
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from tests.sample_column import REPOSITORY

PATIENCE_SECONDS = 30.0
Facts = dict[str, Any]


class Lines:
    """Messages that a thread reads, one after another."""

    def __init__(self, messages: Iterator[Facts]) -> None:
        self.seen: list[Facts] = []
        self._queue: queue.Queue[Facts | None] = queue.Queue()
        threading.Thread(target=self._read, args=(messages,), daemon=True).start()

    def _read(self, messages: Iterator[Facts]) -> None:
        with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
            for message in messages:
                self._queue.put(message)
        self._queue.put(None)

    def wait_for(self, fits: Callable[[Facts], Any], seconds: float = PATIENCE_SECONDS) -> Facts:
        """The next message that fits; those before it count as seen."""
        end = time.monotonic() + seconds
        while True:
            try:
                message = self._queue.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"nothing fits; seen: {self.seen[-5:]}") from None
            assert message is not None, f"no more messages; seen: {self.seen[-5:]}"
            self.seen.append(message)
            if fits(message):
                return message

    def rest(self, seconds: float) -> list[Facts]:
        """What comes within so many seconds."""
        end, found = time.monotonic() + seconds, []
        while (left := end - time.monotonic()) > 0:
            with contextlib.suppress(queue.Empty):
                message = self._queue.get(timeout=left)
                if message is None:
                    break
                found.append(message)
        self.seen += found
        return found


class Running:
    """A running preview: `lines` are what it says with `--format json`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout is not None
        self.lines = Lines(map(json.loads, process.stdout))
        self.address = self.lines.wait_for(lambda line: line["event"] == "serving")["url"]
        self.port = urlsplit(self.address).port

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def search(self, query: str) -> Facts:
        """The answer of `/api/search`."""
        status, text = self.get(f"/api/search?q={quote(query)}")
        assert status == 200, text
        found: Facts = json.loads(text)
        return found

    def tab(self, since: str = "") -> Lines:
        """What an open tab is told; the first message is how things stand."""
        return Lines(read_events(self.port or 0, since))

    def end(self, number: int = signal.SIGINT) -> int:
        """Ends it as Ctrl+C does; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)


def read_events(port: int, since: str = "") -> Iterator[Facts]:
    """The data of server-sent events as they come."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    connection.request("GET", f"/_zwgk/events?since={since}")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream; charset=utf-8"
    for line in answer:
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


@contextlib.contextmanager
def preview(site: Path, *options: str, today: str = "2026-11-21", **environment: str) -> Iterator[Running]:
    """`zwgk serve` of a site until the block ends."""
    dated = ["--today", today] if today else []
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "zwgk_site", "serve", str(site), "--port", "0", "--json", *dated, *options],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        yield Running(process)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def replace_file(path: Path, text: str) -> None:
    """Saves as careful editors do: a file beside, then a rename."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)
