"""Pages of a watched column are sent with a script that follows changes; on disk they stay as they are."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.previews import read_events
from tests.unit.preview.test_server import ask
from zwgk_site.diagnostics import Span
from zwgk_site.preview import make_server
from zwgk_site.preview.injection import SCRIPT_PATH, STYLE_PATH, add_client
from zwgk_site.preview.live import Live
from zwgk_site.preview.rules import BUILD_FAULT
from zwgk_site.preview.server import _Handler

PAGE = "<!DOCTYPE html><html><body><p>首页</p></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    public = tmp_path / "public"
    (public / "wjj").mkdir(parents=True)
    (public / "index.html").write_text(PAGE, "utf-8")
    (public / "404.html").write_text(PAGE.replace("首页", "没有找到"), "utf-8")
    (public / "wjj/x.css").write_text("a{}", "utf-8")
    return public


@pytest.fixture
def live() -> Live:
    return Live("zh")


@pytest.fixture
def port(folder: Path, live: Live) -> Iterator[int]:
    server = make_server(folder, "127.0.0.1", 0, live)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def test_a_page_is_sent_with_the_script_and_named_after_the_build(folder: Path, live: Live, port: int) -> None:
    live.tell((), ())
    for path, status in (("/", 200), ("/index.html", 200), ("/nothing", 404)):
        answer, text = ask(port, path)
        assert answer.status == status
        assert f'<script src="{SCRIPT_PATH}" data-build="{live.build()}" defer></script>\n</body>' in text
        assert int(answer.getheader("Content-Length", "")) == len(text.encode())
        head, _ = ask(port, path, "HEAD")
        assert head.getheader("Content-Length") == answer.getheader("Content-Length")
    assert (folder / "index.html").read_text("utf-8") == PAGE
    assert ask(port, "/wjj/x.css")[1] == "a{}"


def test_the_script_comes_before_the_end_whatever_the_page_looks_like() -> None:
    assert add_client(b"<p>x", "1").startswith(b"<p>x<script ")
    assert add_client(b"<BODY>x</BODY>", "1").endswith(b"></script>\n</BODY>")
    comment = b"<body><!-- </body> -->x</body>"
    assert add_client(comment, "1").startswith(b"<body><!-- </body> -->x<script ")


def test_script_and_style_are_served_under_the_same_policy(port: int) -> None:
    for path, kind in ((SCRIPT_PATH, "text/javascript"), (STYLE_PATH, "text/css")):
        answer, text = ask(port, path)
        assert answer.status == 200
        assert text
        assert answer.getheader("Content-Type") == f"{kind}; charset=utf-8"
        assert "default-src 'self'" in answer.getheader("Content-Security-Policy", "")
        assert answer.getheader("Cache-Control") == "no-cache"


@pytest.mark.parametrize(
    "path", ["/_zwgk/", "/_zwgk/../index.html", "/_zwgk/live.py", "/_zwgk/%2e%2e/rules.py", "/_zwgk"]
)
def test_nothing_else_is_to_be_had_there(path: str, port: int) -> None:
    assert ask(port, path)[0].status == 404


def test_without_a_watch_nothing_is_added(folder: Path) -> None:
    server = make_server(folder, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        assert ask(server.server_address[1], "/")[1] == PAGE
        assert ask(server.server_address[1], SCRIPT_PATH)[0].status == 404
    finally:
        server.shutdown()
        server.server_close()


def test_events_are_sent_as_builds_end(live: Live, port: int) -> None:
    events = read_events(port, live.build())
    assert next(events)["urls"] == []
    live.tell(("wjj/x.css",), (BUILD_FAULT.at(Span("content/wjj/a.md", 7, 1), kind="X", fault="y"),))
    news = next(events)
    assert news["urls"] == ["wjj/x.css"]
    assert news["findings"]["told"][0]["file"] == "content/wjj/a.md"


def test_a_tab_that_connects_again_goes_on_where_it_was(live: Live, port: int) -> None:
    first = live.build()
    live.tell(("a.html",), ())
    second = live.build()
    live.tell(("b.html",), ())
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", f"/_zwgk/events?since={first}", headers={"Last-Event-ID": second})
    answer = connection.getresponse()
    data = next(line for line in answer if line.startswith(b"data: "))
    connection.close()
    assert b'"urls":["b.html"]' in data


def test_foreign_names_get_no_events(port: int) -> None:
    assert ask(port, "/_zwgk/events", host="evil.example")[0].status == 421
    assert ask(port, "/_zwgk/events", "HEAD")[0].status == 404


@pytest.mark.parametrize(
    ("address", "here"),
    [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True), ("192.0.2.7", False), ("fe80::1%eth0", False)],
)
def test_only_this_machine_is_told_details(address: str, here: bool) -> None:
    """Findings quote files that are not public."""
    handler = _Handler.__new__(_Handler)
    handler.client_address = (address, 1)
    assert handler._is_from_here() is here


def test_before_anything_is_built_a_page_waits(tmp_path: Path, live: Live) -> None:
    server = make_server(tmp_path / "public", "127.0.0.1", 0, live)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    try:
        for path in ("/", "/wjj/index.html"):
            answer, text = ask(port, path)
            assert answer.status == 503
            assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
            assert "还没有生成" in text
            assert SCRIPT_PATH in text
        assert ask(port, "/x.css")[0].status == 404
    finally:
        server.shutdown()
        server.server_close()
