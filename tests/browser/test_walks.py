"""What a screen reader reads of the four main pages, and in which order: walks/*.txt.

After a change that is meant, look at what is new: `python3 build.py snapshots tests/browser/test_walks.py`, then
`git diff tests/browser/walks`.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.engine import launched_browser, needs_browser
from tests.browser.reading_walk import walk_of
from tests.sample_column import built_sample

WALKS = Path(__file__).with_name("walks")
PAGES = {
    "home": "index.html",
    "department": "wjj/index.html",
    "catalog": "wjj/catalog.html",
    "document": "wjj/2026/00004.html",
}
pytestmark = needs_browser


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    with launched_browser() as browser:
        yield browser.new_page(viewport={"width": 1440, "height": 900})


def walked(page: Any, name: str) -> str:
    page.goto((built_sample() / PAGES[name]).as_uri(), wait_until="load")
    return walk_of(page)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_as_written_down(page: Any, name: str) -> None:
    walk, file = walked(page, name), WALKS / f"{name}.txt"
    if os.environ.get("ZWGK_SNAPSHOTS") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(walk, "utf-8")
    assert walk.splitlines() == file.read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", PAGES)
def test_a_walk_tells_where_one_is(page: Any, name: str) -> None:
    """First the way past the head, one main part with one first heading, no level left out, everything has a name."""
    lines = [line.strip() for line in walked(page, name).splitlines()]
    assert lines[1] == "link “跳到正文”"
    assert [line.split()[0] for line in lines if line.split()[0] in {"banner", "main", "contentinfo"}] == [
        "banner", "main", "contentinfo",
    ]  # fmt: skip
    levels = [int(found[1]) for line in lines if (found := re.search(r"^heading .*\(level (\d)\)$", line))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert [
        line
        for line in lines
        if line.split()[0] in {"link", "button", "searchbox", "combobox", "region"} and "“" not in line
    ] == []


def test_no_walk_is_left_over() -> None:
    assert {file.stem for file in WALKS.iterdir()} == set(PAGES)
