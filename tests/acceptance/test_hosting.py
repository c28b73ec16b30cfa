"""The samples for web servers say what the preview says, and every kind of page lives under their policy."""

from __future__ import annotations

import http.client
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.sample_column import REPOSITORY, built_sample, page_kinds
from zwgk_site.preview import make_server
from zwgk_site.preview.headers import FOR_EVER, HASHED, TYPES, content_type

SAMPLES = REPOSITORY / "docs/examples/hosting"
NGINX = (SAMPLES / "nginx.conf").read_text("utf-8")
IIS = ET.fromstring((SAMPLES / "web.config").read_bytes())  # noqa: S314 - our own file
SENT = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy")
DATA_BLOCKS = {"application/ld+json"}
"""Types of script elements that no browser runs, so that a policy leaves them alone."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = make_server(built_sample(), "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def headers_of(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def nginx_headers(block: str) -> dict[str, str]:
    return dict(re.findall(r'^\s*add_header (\S+) "([^"]*)"(?: always)?;$', block, re.MULTILINE))


def nginx_block(opening: str) -> str:
    start = NGINX.index(opening)
    return NGINX[start : NGINX.index("\n    }", start)]


def test_nginx_sends_what_the_preview_sends(port: int) -> None:
    outside = nginx_headers(NGINX.replace(nginx_block('location ~ "^/search'), ""))
    hashed = nginx_headers(nginx_block('location ~ "^/search'))
    script = next(file for file in (built_sample() / "search").glob("*/head.js"))
    for path, sample in (("/index.html", outside), (f"/search/{script.parent.name}/head.js", hashed)):
        answer = headers_of(port, path)
        assert {name: answer.getheader(name) for name in (*SENT, "Cache-Control")} == sample, path
    assert hashed["Cache-Control"] == FOR_EVER
    assert f'location ~ "^{HASHED}" {{' in NGINX


def test_what_is_not_there_is_not_kept_for_ever(port: int) -> None:
    answer = headers_of(port, "/search/0123456789ab/nothing.js")
    assert (answer.status, answer.getheader("Cache-Control")) == (404, "no-cache")
    assert [line for line in NGINX.splitlines() if "immutable" in line and "always" in line] == []


def test_iis_sends_what_the_preview_sends(port: int) -> None:
    added = {item.get("name"): item.get("value") for item in IIS.iter("add") if item.get("name")}
    answer = headers_of(port, "/index.html")
    assert added == {name: answer.getheader(name) for name in SENT}
    caches = [item.get("cacheControlMode") for item in IIS.iter("clientCache")]
    assert caches == ["DisableCache"]  # IIS then says no-cache
    assert answer.getheader("Cache-Control") == "no-cache"


def test_types_are_those_of_the_preview() -> None:
    rows = re.findall(r"^        (\S+/\S+) ([a-z0-9 ]+);$", nginx_block("    types {"), re.MULTILINE)
    assert {f".{kind}": name for name, kinds in rows for kind in kinds.split()} == TYPES
    charset = re.search(r"charset_types (.*);", NGINX)
    assert charset is not None
    for kind, name in TYPES.items():
        assert ("charset" in content_type(f"x{kind}")) == (name in {*charset[1].split(), "text/html"}), kind
    maps = {item.get("fileExtension"): item.get("mimeType") for item in IIS.iter("mimeMap")}
    assert maps == {kind: content_type(f"x{kind}") for kind in TYPES}


def test_every_kind_of_file_of_the_sample_has_a_type() -> None:
    kinds = {file.suffix for file in built_sample().rglob("*") if file.is_file()}
    assert kinds - {".gz"} <= set(TYPES)


def test_a_wrong_address_is_answered_with_404_and_its_page(port: int) -> None:
    assert headers_of(port, "/nowhere/x.html").status == 404
    assert "error_page 404 /404.html;" in NGINX
    assert [item.get("path") for item in IIS.iter("error")] == ["404.html"]


class PolicyReader(HTMLParser):
    """What in a page the policy would forbid."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in ("style", "base", "object", "embed", "iframe"):
            self.faults.append(f"<{tag}>")
        if tag == "script" and "src" not in values and values.get("type") not in DATA_BLOCKS:
            self.faults.append("a script in the page")
        for name, value in values.items():
            if name.startswith("on") or name == "style" or value.strip().lower().startswith("javascript:"):
                self.faults.append(f"{tag} {name}={value}")
            if name in ("src", "srcset", "poster") and re.match(r"(https?:)?//", value):
                self.faults.append(f"{tag} {name}={value}")
        if tag == "link" and values.get("rel") == "stylesheet" and re.match(r"(https?:)?//", values.get("href", "")):
            self.faults.append(f"style from {values['href']}")
        if tag == "form" and re.match(r"(https?:)?//", values.get("action", "")):
            self.faults.append(f"form to {values['action']}")


def test_every_kind_of_page_holds_nothing_that_the_policy_forbids() -> None:
    output: Path = built_sample()
    kinds = page_kinds(output)
    assert len(kinds) > 8
    for kind, urls in kinds.items():
        for url in urls:
            assert PolicyReader((output / url).read_text("utf-8")).faults == [], (kind, url)


@pytest.mark.parametrize(
    "html",
    ["<script>x()</script>", "<style>a{}</style>", '<p style="a:b">', '<p onclick="x()">', '<a href="javascript:x()">',
     '<img src="//x/y.png">', '<link rel="stylesheet" href="https://x/y.css">', '<form action="https://x/">'],
)  # fmt: skip
def test_the_reader_sees_what_is_forbidden(html: str) -> None:
    assert PolicyReader(html).faults
