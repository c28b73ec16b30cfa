"""Serves one folder over HTTP, for reading: GET and HEAD, no listing of folders, nothing outside the folder.

`/api/search?q=…` answers a search in JSON, as `zwgk search --json` does; no file of the column is under `/api/`.

Made for preview, not for citizens: it is slow, speaks no TLS and keeps no log. It never writes and never builds.
"""

from __future__ import annotations

import http
import ipaddress
import posixpath
import socket
import sys
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from zwgk_site.diagnostics import Rule, Severity
from zwgk_site.preview.headers import SECURITY, cache_control, content_type
from zwgk_site.preview.search_api import SEARCH_PATH, answer_search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PORT_TAKEN = Rule(
    "ZW730", Severity.ERROR,
    zh="不能在 {host}:{port} 上预览：{reason}",
    en="cannot serve on {host}:{port}: {reason}",
    hint_zh="多半是已经开着一个预览；请先关掉它，或换一个端口，例如　zwgk serve --port 8001",
    hint_en="Another preview may be running; end it, or choose another port, such as --port 8001.",
)  # fmt: skip

_CHUNK = 1 << 16


class PreviewServer(ThreadingHTTPServer):
    """The server of one folder (预览服务器). `names` are the hosts it answers to, besides addresses."""

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # there it would let two servers share a port

    def __init__(self, address: tuple[str, int], folder: Path) -> None:
        self.folder = folder.resolve()
        self.names = {"localhost", address[0].lower(), socket.gethostname().lower()}
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, _Handler)

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


def make_server(folder: Path, host: str, port: int) -> PreviewServer:
    """A server bound to `host` and `port` (0 takes a free one), not yet running. Raises `OSError`."""
    return PreviewServer((host, port), folder)


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

    def _send_file(self, status: http.HTTPStatus, file: Path, *, with_body: bool) -> None:
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
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self._end_headers(len(data))
        if with_body:
            self.wfile.write(data)

    def _end_headers(self, size: int) -> None:
        self.send_header("Content-Length", str(size))
        for name, value in SECURITY.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", cache_control(urlsplit(self.path).path, self._status))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the library gives it
        """Nothing: the terminal belongs to findings."""


def _chunks(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (chunk := read(min(size, _CHUNK))):
        size -= len(chunk)
        yield chunk
