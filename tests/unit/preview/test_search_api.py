"""`/api/search` of the preview answers as `zwgk search --json` does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.search.sample_indexes import named_records, write_index
from tests.unit.cli.runner import zwgk_json
from tests.unit.preview.test_server import ask
from zwgk_site.preview import make_server


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    folder = tmp_path / "public"
    write_index(folder, [named_records()])
    server = make_server(folder, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, server.server_address[1]
    server.shutdown()
    server.server_close()


def _get(port: int, method: str = "GET", **given: str) -> tuple[int, dict[str, object] | None]:
    answer, text = ask(port, f"/api/search?{urlencode(given)}", method)
    assert answer.getheader("Content-Type") == "application/json; charset=utf-8"
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    return answer.status, json.loads(text) if text else None


def test_the_answer_is_that_of_the_command_line(served):
    folder, port = served
    status, found = _get(port, q="营商环境条例", limit="2", department="wjj", sort="date")
    assert status == 200
    assert found == zwgk_json(
        "search", "营商环境条例", "--output", folder, "--limit", "2", "--department", "wjj", "--sort", "date"
    )
    assert _get(port, q="办法", year="2019")[1]["total"] == 0  # type: ignore[index]


def test_wrong_parameters_are_refused(served):
    _, port = served
    for given in (
        {"limit": "x"},
        {"limit": "-1"},
        {"offset": "9999999"},
        {"sort": "title"},
        {"q": "长" * 1001},
        {"limit": "１"},
    ):
        status, found = _get(port, **({"q": "办法"} | given))
        assert status == 400, given
        assert found is not None
        assert found["error"]


def test_an_empty_query_and_head(served):
    _, port = served
    assert _get(port)[1]["total"] == 0  # type: ignore[index]
    assert _get(port, "HEAD", q="办法") == (200, None)
    answer, _ = ask(port, "/api/search/more?q=x")
    assert answer.status == 404


def test_a_missing_and_a_damaged_index_are_told(served):
    folder, port = served
    manifest = folder / "search" / "manifest.js"
    whole = manifest.read_bytes()
    manifest.write_bytes(whole[:-9])
    status, found = _get(port, q="办法")
    assert (status, found and found["code"]) == (500, "ZW621")
    manifest.unlink()
    status, found = _get(port, q="办法")
    assert (status, found and found["code"]) == (404, "ZW620")
    manifest.write_bytes(whole)
    assert _get(port, q="办法")[0] == 200
