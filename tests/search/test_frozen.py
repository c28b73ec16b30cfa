"""An index as each version of the format was written: it is read as it was, or refused in words, never half understood."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from zwgk_site.model.search import FORMAT
from zwgk_site.search.answer import search
from zwgk_site.search.faults import SearchVersion

HERE = Path(__file__).parent
PRESENT = HERE / "frozen" / str(FORMAT)
OLDER = sorted(set((HERE / "frozen").iterdir()) - {PRESENT})
NODE = shutil.which("node")


def expected(folder: Path) -> list[dict[str, object]]:
    return json.loads((folder / "answers.json").read_text(encoding="utf-8"))


def in_browser(folder: Path, queries: list[object]) -> list[dict[str, object]]:
    given = {"folder": str(folder), "queries": [{"text": query, "options": {}} for query in queries]}
    command = [str(NODE), str(HERE / "answer_queries.js")]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, timeout=120, check=True)
    return json.loads(done.stdout)


def test_python_reads_the_present_format():
    for answer in expected(PRESENT):
        found = search(PRESENT, str(answer["query"]))
        urls = [hit.url for hit in found.hits]
        assert {"query": answer["query"], "total": found.total, "mode": found.mode, "urls": urls} == answer


@pytest.mark.skipif(NODE is None, reason="node is not installed: the browser's half cannot be run")
def test_the_browser_reads_the_present_format():
    wanted = expected(PRESENT)
    found = [
        {
            "query": item["query"],
            "total": answer["total"],
            "mode": answer["mode"],
            "urls": [hit["url"] for hit in answer["hits"]],
        }
        for item, answer in zip(wanted, in_browser(PRESENT, [item["query"] for item in wanted]), strict=True)
    ]
    assert found == wanted


@pytest.mark.parametrize("folder", OLDER, ids=lambda folder: folder.name)
def test_python_refuses_an_older_format(folder):
    with pytest.raises(SearchVersion):
        search(folder, "行政许可")


@pytest.mark.skipif(NODE is None, reason="node is not installed: the browser's half cannot be run")
@pytest.mark.parametrize("folder", OLDER, ids=lambda folder: folder.name)
def test_the_browser_refuses_an_older_format(folder):
    (answer,) = in_browser(folder, ["行政许可"])
    assert answer["error"] == "version"
