"""An index as each version of the format was written: whoever reads that version must go on reading it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from zwgk_site.model.search import FORMAT
from zwgk_site.search.answer import search

HERE = Path(__file__).parent
FROZEN = sorted((HERE / "frozen").iterdir())
NODE = shutil.which("node")


def expected(folder: Path) -> list[dict[str, object]]:
    return json.loads((folder / "answers.json").read_text(encoding="utf-8"))


def test_the_present_format_is_frozen():
    assert (HERE / "frozen" / str(FORMAT)).is_dir()


@pytest.mark.parametrize("folder", FROZEN, ids=lambda folder: folder.name)
def test_python_reads_it(folder):
    if folder.name != str(FORMAT):
        pytest.fail("a reader of older formats is needed here, or a refusal")
    for answer in expected(folder):
        found = search(folder, str(answer["query"]))
        urls = [hit.url for hit in found.hits]
        assert {"query": answer["query"], "total": found.total, "mode": found.mode, "urls": urls} == answer


@pytest.mark.skipif(NODE is None, reason="node is not installed: the browser's half cannot be run")
@pytest.mark.parametrize("folder", FROZEN, ids=lambda folder: folder.name)
def test_the_browser_reads_it(folder):
    given = {"folder": str(folder), "queries": [{"text": item["query"], "options": {}} for item in expected(folder)]}
    command = [str(NODE), str(HERE / "answer_queries.js")]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, timeout=120, check=True)
    found = [
        {
            "query": item["query"],
            "total": answer["total"],
            "mode": answer["mode"],
            "urls": [hit["url"] for hit in answer["hits"]],
        }
        for item, answer in zip(expected(folder), json.loads(done.stdout), strict=True)
    ]
    assert found == expected(folder)
