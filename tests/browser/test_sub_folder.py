"""The column as a part of another site: copied below a portal's folder, opened over http and from a folder, it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.browser.chosen_pages import hard_pages
from tests.browser.engine import launched_browser, needs_browser
from tests.browser.server import served
from tests.crawl import dead_links
from tests.sample_column import DOMAIN, built_sample

PORTAL = "<!DOCTYPE html><html lang='zh-CN'><title>门户</title><a href='zwgk/column/index.html'>政府信息公开</a></html>"
QUESTION = "search.html?q=安全"
pytestmark = needs_browser


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another site with the column in a folder of it."""
    root = tmp_path_factory.mktemp("portal")
    (root / "index.html").write_text(PORTAL, "utf-8")
    shutil.copytree(built_sample(), root / "zwgk/column")
    return root


@pytest.fixture(scope="module")
def places(portal: Path) -> Iterator[dict[str, str]]:
    with served(portal) as address:
        yield {"file": portal.as_uri() + "/", "http": address}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with launched_browser() as found:
        yield found


def test_no_link_of_the_copy_is_dead(portal: Path) -> None:
    assert dead_links(portal / "zwgk/column", DOMAIN) == []


@pytest.mark.parametrize("place", ["file", "http"])
def test_every_kind_of_page_works_and_stays_in_the_folder(browser: Any, places: dict[str, str], place: str) -> None:
    top = places[place] + "zwgk/column/"
    context = browser.new_context()
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("console", lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None)
    page.on(
        "request",
        lambda request: None if request.url.startswith((top, "blob:", "data:")) else faults.append(request.url),
    )
    page.on("response", lambda found: faults.append(f"{found.status} {found.url}") if found.status >= 400 else None)
    for kind, url in hard_pages(built_sample()).items():
        page.goto(top + url, wait_until="load")
        if kind == "redirect":
            page.wait_for_url(lambda reached, left=top + url: reached != left, wait_until="load")
        assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute", kind
        assert faults == [], kind
    context.close()


@pytest.mark.parametrize("place", ["file", "http"])
def test_from_the_portal_to_an_answer_and_its_page(browser: Any, places: dict[str, str], place: str) -> None:
    page = browser.new_page()
    page.goto(places[place] + "index.html")
    page.click("a")
    page.fill("#site-q", "安全")
    page.press("#site-q", "Enter")
    page.wait_for_selector("#search-results a, .search-results a")
    assert unquote(page.url).startswith(f"{places[place]}zwgk/column/{QUESTION}")
    title = page.inner_text(".search-results h3 a >> nth=0")
    page.click(".search-results h3 a >> nth=0")
    page.wait_for_selector("main h1")
    assert page.url.startswith(places[place] + "zwgk/column/")
    assert "".join(page.inner_text("h1").split()) in "".join(title.split())
    page.close()
