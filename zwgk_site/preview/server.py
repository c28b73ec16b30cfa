"""Serves one folder over HTTP, for reading: GET and HEAD, no listing of folders, nothing outside the folder.

`/api/search?q=…` answers a search in JSON, as `zwgk search --json` does; no file of the column is under `/api/`. Where the
column is watched, pages are sent with a script that loads them again when they have changed; it and what it asks for lie
below `/_zwgk/`.

Made for preview, not for citizens: it is slow, speaks no TLS and keeps no log. It never writes and never builds.
"""

from __future__ import annotations

import http
import ipaddress
import posixpath
import socket
import sys
import threading
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from zwgk_site.preview.headers import SECURITY, cache_control, content_type
from zwgk_site.preview.injection import EVENTS_PATH, OWN, add_client, own_file, waiting_page
from zwgk_site.preview.search_api import SEARCH_PATH, answer_search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zwgk_site.preview.live import Live


LOOK_SECONDS = 0.1
"""So often a server in the background looks whether it is to end."""

_CHUNK = 1 << 16


class PreviewServer(ThreadingHTTPServer):
    """The server of one folder (预览服务器). `names` are the hosts it answers to, besides addresses.

    `live` is what tabs are told; without it nothing is added to pages.
    """

    daemon_threads = True
    request_queue_size = 128  # a browser opens several connections for each of its tabs at once
    allow_reuse_address = sys.platform != "win32"  # there it would let two servers share a port

    def __init__(self, address: tuple[str, int], folder: Path, live: Live | None) -> None:
        self.folder, self.live = folder.resolve(), live
        self._thread: threading.Thread | None = None
        self.names = {"localhost", address[0].lower(), socket.gethostname().lower()}
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, _Handler)

    def serve_in_thread(self) -> None:
        """Answers requests in the background until it is closed."""
        self._thread = threading.Thread(target=self.serve_forever, args=(LOOK_SECONDS,), daemon=True)
        self._thread.start()

    def server_close(self) -> None:
        """Answers no more and lets the port go."""
        if self._thread is not None:
            self.shutdown()
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A tab that is closed in the middle of an answer is no fault."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def locate(self, path: str) -> Path | None:
        """The file or folder that a URL path names, or `None` where it names nothing that may be seen."""
        plain = unquote(path, errors="strict") if _is_utf8(path) else ""
        parts = plain.split("/")[1:]
        if not plain.startswith("/") or any(_is_odd(part) for part in parts):
            return None
        found = self.folder.joinpath(*(part for part in parts if part))
        try:
            real = found.resolve(strict=True)
        except OSError:
            return None
        return real if real.is_relative_to(self.folder) else None


def make_server(folder: Path, host: str, port: int, live: Live | None = None) -> PreviewServer:
    """A server bound to `host` and `port` (0 takes a free one), not yet running. Raises `OSError`."""
    return PreviewServer((host, port), folder, live)


def _is_utf8(path: str) -> bool:
    try:
        unquote(path, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def _is_odd(part: str) -> bool:
    """Whether a step of a path could mean something else than a name below: `..`, drives, hidden files, controls."""
    return part.startswith(".") or any(char in '\\:*?"<>|' or char < " " for char in part)


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: PreviewServer
    server_version = "zwgk"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 30
    _status = 0

    def send_response(self, code: int, message: str | None = None) -> None:
        """Remembers the status: what may be kept depends on it."""
        self._status = code
        super().send_response(code, message)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        if not self._is_host_ours():
            self._send_text(http.HTTPStatus.MISDIRECTED_REQUEST, with_body=with_body)
            return
        url = urlsplit(self.path)
        if url.path == SEARCH_PATH:
            status, data = answer_search(self.server.folder, url.query)
            self._send_data(status, data, "application/json; charset=utf-8", with_body=with_body)
            return
        if self.server.live is not None and url.path.startswith(OWN):
            self._answer_own(self.server.live, url.path, url.query, with_body=with_body)
            return
        found = self.server.locate(url.path)
        if found is not None and found.is_dir():
            if not url.path.endswith("/"):
                self._redirect(url.path, url.query)
                return
            found = found / "index.html"
        elif found is not None and url.path.endswith("/"):
            found = None
        if found is not None and found.is_file():
            self._send_file(http.HTTPStatus.OK, found, with_body=with_body)
            return
        own = self.server.folder / "404.html"
        if own.is_file():
            self._send_file(http.HTTPStatus.NOT_FOUND, own, with_body=with_body)
        elif self.server.live is not None and url.path.endswith(("/", ".html")):
            live = self.server.live
            page = add_client(waiting_page(live.language), live.build())
            self._send_data(http.HTTPStatus.SERVICE_UNAVAILABLE, page, content_type("index.html"), with_body=with_body)
        else:
            self._send_text(http.HTTPStatus.NOT_FOUND, with_body=with_body)

    def _is_host_ours(self) -> bool:
        """An address or a name of ours: a foreign site's name that leads here (DNS rebinding) is refused."""
        host = self.headers.get("Host", "").strip().lower()
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in self.server.names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def _redirect(self, path: str, query: str) -> None:
        """To the same folder with a slash; `//host` can't come out of it."""
        steps = posixpath.normpath(unquote(path)).lstrip("/")
        self.send_response(http.HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", f"/{quote(steps)}/" + (f"?{query}" if query else ""))
        self._end_headers(0)

    def _answer_own(self, live: Live, path: str, query: str, *, with_body: bool) -> None:
        """Script and style of the preview, and its events."""
        file = own_file(path)
        if file is not None:
            self._send_data(http.HTTPStatus.OK, file.read_bytes(), content_type(file.name), with_body=with_body)
        elif path == EVENTS_PATH and with_body:
            since = self.headers.get("Last-Event-ID") or parse_qs(query).get("since", [""])[0]
            self._send_events(live.listen(since, self.client_address[0], with_findings=self._is_from_here()))
        else:
            self._send_text(http.HTTPStatus.NOT_FOUND, with_body=with_body)

    def _is_from_here(self) -> bool:
        """Whether the request comes from this machine."""
        try:
            address = ipaddress.ip_address(self.client_address[0].partition("%")[0])
        except ValueError:
            return False
        return (getattr(address, "ipv4_mapped", None) or address).is_loopback

    def _send_events(self, events: Iterator[bytes]) -> None:
        """Events as they come, until the tab is closed."""
        self.close_connection = True
        try:
            self.send_response(http.HTTPStatus.OK)
            self.send_header("Content-Type", "text/event-stream; charset=utf-8")
            self.send_header("Connection", "close")
            self._send_security("no-store")
            for event in events:
                self.wfile.write(event)
        except OSError:  # the tab is gone
            return

    def _send_page(self, status: http.HTTPStatus, file: Path, live: Live, *, with_body: bool) -> None:
        build = live.build()  # before the file is read: the page may be newer than its name, never older
        try:
            page = file.read_bytes()
        except OSError:
            self._send_text(http.HTTPStatus.NOT_FOUND, with_body=with_body)
            return
        self._send_data(status, add_client(page, build), content_type(file.name), with_body=with_body)

    def _send_file(self, status: http.HTTPStatus, file: Path, *, with_body: bool) -> None:
        if self.server.live is not None and file.name.endswith(".html"):
            self._send_page(status, file, self.server.live, with_body=with_body)
            return
        try:
            with file.open("rb") as source:
                size = source.seek(0, 2)
                source.seek(0)
                self.send_response(status)
                self.send_header("Content-Type", content_type(file.name))
                self.send_header("Last-Modified", formatdate(file.stat().st_mtime, usegmt=True))
                self._end_headers(size)
                for chunk in _chunks(source.read, size if with_body else 0):
                    self.wfile.write(chunk)
        except (BrokenPipeError, ConnectionError):
            self.close_connection = True
        except OSError:
            self._send_text(http.HTTPStatus.NOT_FOUND, with_body=with_body)

    def _send_text(self, status: http.HTTPStatus, *, with_body: bool) -> None:
        data = f"{status.value} {status.phrase}\n".encode()
        self._send_data(status, data, "text/plain; charset=utf-8", with_body=with_body)

    def _send_data(self, status: http.HTTPStatus, data: bytes, kind: str, *, with_body: bool) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self._end_headers(len(data))
            if with_body:
                self.wfile.write(data)
        except ConnectionError:
            self.close_connection = True

    def _end_headers(self, size: int) -> None:
        self.send_header("Content-Length", str(size))
        self._send_security(cache_control(urlsplit(self.path).path, self._status))

    def _send_security(self, kept: str) -> None:
        for name, value in SECURITY.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", kept)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the library gives it
        """Nothing: the terminal belongs to findings."""


def _chunks(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (chunk := read(min(size, _CHUNK))):
        size -= len(chunk)
        yield chunk
