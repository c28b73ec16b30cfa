"""The preview behaves as a careful web server should."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.cli.runner import zwgk
from zwgk_site.preview import make_server


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    public = tmp_path / "public"
    for path, text in {
        "index.html": "首页", "404.html": "没有找到", "wjj/index.html": "局", "wjj/empty/x.txt": "文", "a.csv": "x",
        ".hidden": "x", "data/x.json": "{}",
    }.items():  # fmt: skip
        file = public / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (tmp_path / "secret.txt").write_text("secret")
    (public / "out.txt").symlink_to(tmp_path / "secret.txt")
    server = make_server(public, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def ask(port: int, path: str, method: str = "GET", host: str = "") -> tuple[http.client.HTTPResponse, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{port}")
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def test_pages_come_as_utf8_with_the_headers_of_a_careful_server(port: int) -> None:
    answer, text = ask(port, "/?q=1#x")
    assert (answer.status, text) == (200, "首页")
    assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
    assert "default-src 'self'" in answer.getheader("Content-Security-Policy", "")
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert ask(port, "/data/x.json")[0].getheader("Content-Type") == "application/json; charset=utf-8"
    assert ask(port, "/a.csv")[0].getheader("Content-Type") == "text/csv"


def test_head_has_no_body_and_nothing_else_is_allowed(port: int) -> None:
    answer, text = ask(port, "/", "HEAD")
    assert (answer.status, text, answer.getheader("Content-Length")) == (200, "", "6")
    assert ask(port, "/", "POST")[0].status == 501
    assert ask(port, "/", "PUT")[0].status == 501


def test_a_folder_is_its_index_and_never_a_list(port: int) -> None:
    assert ask(port, "/wjj/")[1] == "局"
    answer, _ = ask(port, "/wjj?q=1")
    assert (answer.status, answer.getheader("Location")) == (301, "/wjj/?q=1")
    assert ask(port, "/wjj/empty/")[0].status == 404
    assert ask(port, "/index.html/")[0].status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/%2e%2e/secret.txt", "/wjj/../../secret.txt", "/..%2fsecret.txt", "/..%5csecret.txt",
        "/out.txt", "/.hidden", "//etc/hostname", "/c:/x", "/%00", "/%ff", "/wjj/%2e%2e/%2e%2e/secret.txt", "/nothing",
    ],
)  # fmt: skip
def test_nothing_outside_the_folder_is_served(path: str, port: int) -> None:
    answer, text = ask(port, path)
    assert (answer.status, text) == (404, "没有找到")


def test_a_redirect_stays_on_this_server(port: int) -> None:
    for path in ("//wjj", "/./wjj", "//evil.example/..//wjj"):
        answer, _ = ask(port, path)
        assert answer.status in (301, 404)
        assert not (answer.getheader("Location") or "/").startswith("//")


def test_only_our_own_names_are_answered(port: int) -> None:
    assert ask(port, "/", host="evil.example")[0].status == 421
    assert ask(port, "/", host=f"localhost:{port}")[0].status == 200
    assert ask(port, "/", host="192.0.2.7")[0].status == 200
    assert ask(port, "/", host="[::1]:80")[0].status == 200
    assert ask(port, "/", host="[bad")[0].status == 421


def test_a_port_that_is_taken_is_a_fault_of_the_machine(port: int, tmp_path: Path) -> None:
    from tests.sites import write_site

    root = write_site(tmp_path / "site", {"wjj": {}})
    said = zwgk("serve", root, "--port", str(port))
    assert said.returncode == 4
    assert "ZW730" in said.stderr
    assert f"127.0.0.1:{port}" in said.stderr


def test_without_anything_to_show_the_exit_code_is_1(tmp_path: Path) -> None:
    assert zwgk("serve", tmp_path, "--port", "0").returncode == 1
