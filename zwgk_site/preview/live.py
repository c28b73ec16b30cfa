"""What open tabs are told: which files of the column have changed since they were loaded, and what is wrong in the input.

Server-sent events, one a build. A tab that has missed some (it slept, the server was started again) is told all at once.
"""

from __future__ import annotations

import secrets
import threading
import time
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import SEVERITY_WORDS, Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BUILDS_KEPT = 64
MOST_URLS = 2000
"""A build that has changed more files has changed all that a tab may show."""

MOST_TOLD = 50
"""Findings of a severity that a page shows; how many there are is told in any case."""

STREAMS_EACH = 4
"""A browser keeps six connections to a server, for all its tabs together: two must be left for pages."""

ALIVE_SECONDS = 15.0
"""So often a silent connection is tried: a tab that was closed shows only then."""


class Told(msgspec.Struct, frozen=True):
    """One finding as a page shows it (网页上的一条提示)."""

    severity: str
    word: str
    code: str
    file: str
    line: int
    column: int
    message: str
    hint: str


class Findings(msgspec.Struct, frozen=True):
    """The findings of a build (一次生成的提示): how many of each, and the first of them. `failed`: nothing could be built."""

    errors: int = 0
    warnings: int = 0
    notices: int = 0
    failed: bool = False
    told: tuple[Told, ...] = ()


class News(msgspec.Struct, frozen=True):
    """What a tab is told (给网页的消息): the build that stands, which files have changed (`None`: perhaps all), the findings."""

    build: str
    urls: tuple[str, ...] | None
    language: str
    findings: Findings


def sum_findings(findings: Iterable[Diagnostic], language: str, *, failed: bool) -> Findings:
    """Findings for a page, the worst first."""
    found = sorted(findings, key=lambda item: -item.severity)
    groups = {severity: [item for item in found if item.severity is severity] for severity in Severity}
    told = [item for severity in sorted(groups, reverse=True) for item in groups[severity][:MOST_TOLD]]
    return Findings(
        len(groups[Severity.ERROR]),
        len(groups[Severity.WARNING]),
        len(groups[Severity.NOTICE]),
        failed,
        tuple(_tell(item, language) for item in told),
    )


def _tell(finding: Diagnostic, language: str) -> Told:
    span = finding.span
    return Told(
        SEVERITY_WORDS["en"][finding.severity],
        SEVERITY_WORDS[language][finding.severity],
        finding.code,
        _whole(span.file),
        span.line,
        span.column,
        _whole(finding.message(language)),
        _whole(finding.hint(language)),
    )


def _whole(text: str) -> str:
    """Text that can be sent: a file's name may hold halves of characters."""
    return text.encode("utf-8", "replace").decode()


class Live:
    """The builds of one run, and whoever waits for the next (实时预览). Any thread may ask; one tells."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._run = secrets.token_hex(4)
        self._condition = threading.Condition()
        self._number = 0
        self._changes: dict[int, tuple[str, ...] | None] = {}
        self._findings = Findings()
        self._streams: dict[str, list[object]] = {}

    def build(self) -> str:
        """The name of the build that stands. A page is named after it before it is read, so it can't be older."""
        return f"{self._run}-{self._number}"

    def tell(self, urls: tuple[str, ...] | None, findings: Iterable[Diagnostic], *, failed: bool = False) -> None:
        """A build has ended: `urls` of the output differ from what was told before (`None`: perhaps all)."""
        summed = sum_findings(findings, self.language, failed=failed)
        with self._condition:
            self._number += 1
            self._changes[self._number] = None if urls is None or len(urls) > MOST_URLS else urls
            self._changes.pop(self._number - BUILDS_KEPT, None)
            self._findings = summed
            self._condition.notify_all()

    def news(self, since: str, *, with_findings: bool = True) -> News:
        """What has happened since the build `since`."""
        with self._condition:
            findings = self._findings
            if not with_findings:  # they quote files that are not public, and are for this machine only
                findings = Findings(findings.errors, findings.warnings, findings.notices, findings.failed)
            return News(self.build(), self._changed_since(since), self.language, findings)

    def listen(self, since: str, client: str = "", *, with_findings: bool = True) -> Iterator[bytes]:
        """Events for one tab of `client`; a line that means nothing while there is nothing to tell.

        Ends when the client has opened too many others since; the tab asks again a second later.
        """
        stream = self._open_stream(client)
        try:
            yield b"retry: 1000\n\n"
            while True:
                news = self.news(since, with_findings=with_findings)
                since = news.build
                yield f"id: {since}\ndata: ".encode() + msgspec.json.encode(news) + b"\n\n"
                while not self._wait(since, client, stream):
                    yield b":\n\n"
                if stream not in self._streams[client]:
                    return
        finally:
            self._close_stream(client, stream)

    def _open_stream(self, client: str) -> object:
        stream = object()
        with self._condition:
            streams = self._streams.setdefault(client, [])
            streams.append(stream)
            del streams[:-STREAMS_EACH]
            self._condition.notify_all()
        return stream

    def _close_stream(self, client: str, stream: object) -> None:
        with self._condition:
            streams = self._streams.get(client, [])
            if stream in streams:
                streams.remove(stream)

    def _wait(self, since: str, client: str, stream: object) -> bool:
        """Whether another build than `since` stands, or the stream is to end; `False` after a while without either."""
        end = time.monotonic() + ALIVE_SECONDS
        with self._condition:
            while self.build() == since and stream in self._streams[client]:
                left = end - time.monotonic()
                if left <= 0:
                    return False
                self._condition.wait(left)
        return True

    def _changed_since(self, since: str) -> tuple[str, ...] | None:
        run, _, number = since.partition("-")
        if run != self._run or not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        urls: dict[str, None] = {}
        for step in range(int(number) + 1, self._number + 1):
            changed = self._changes.get(step)
            if changed is None:
                return None
            urls.update(dict.fromkeys(changed))
        return tuple(urls)
