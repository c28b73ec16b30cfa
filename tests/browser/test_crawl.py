"""The built sample column, opened from a folder as at a kiosk: no link is dead, no page complains, none needs a network."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.engine import launched_browser, needs_browser
from tests.crawl import dead_links, files_of, links_of, read_page, resolve
from tests.sample_column import DOMAIN, REPOSITORY, built_sample, page_kinds, run_build

PAGES = 60
NARROW = {"width": 320, "height": 640}
THEMES = ("default", "light")


@pytest.fixture(scope="module")
def output() -> Path:
    return built_sample()


@pytest.fixture(scope="module")
def moved(output, tmp_path_factory) -> Path:
    """The column copied to where a clerk may put it."""
    target = tmp_path_factory.mktemp("stick") / "信息公开 2026/县 政府"
    shutil.copytree(output, target)
    return target


# --- without a browser ------------------------------------------------------------------------------------------------


def test_no_link_is_dead(output):
    assert dead_links(output, DOMAIN) == []


def test_no_link_is_dead_in_a_folder_with_blanks(moved):
    assert dead_links(moved, DOMAIN) == []


def test_every_page_can_be_reached_from_the_home_page(output):
    files = files_of(output)
    links: dict[str, set[str]] = {}
    for url, link in links_of(files):
        target = resolve(url, link)
        if url.endswith(".html") and target:
            links.setdefault(url, set()).add(target[0])
    seen, waiting = set(), ["index.html"]
    while waiting:
        url = waiting.pop()
        if url not in seen and url in files:
            seen.add(url)
            waiting.extend(links.get(url, ()))
    kinds = page_kinds(output)
    alone = {"404.html", "search.html", *kinds["gone"], *kinds["redirect"]}
    assert {url for url in files if url.endswith(".html")} - seen <= alone
    assert {url for url in files if ".files/" in url} <= seen


def test_links_are_relative_and_names_are_plain(output):
    """So that the column works in any folder of any server, and from a stick."""
    for url in files_of(output):
        assert url.isascii(), url
        assert len(url) < 200, url
        if url.endswith(".html"):
            page = read_page(output / url)
            if url != "404.html":  # it is served at any depth
                inner = [link for tag, _, link in page.links if link.startswith((DOMAIN, "/")) and tag != "link"]
                assert set(inner) <= {DOMAIN + url}, url  # the address that a document's page tells to be quoted
            loaded = [link for tag, name, link in page.links if name == "src" or tag == "link"]
            assert [link for link in loaded if "://" in link and not link.startswith(DOMAIN)] == [], url


# --- with a browser ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser():
    with launched_browser() as found:
        yield found


def _is_fault(request) -> bool:
    """Whether a file could not be had; one that is still on its way when the next page is opened is only given up."""
    return "ERR_ABORTED" not in (request.failure or "")


@contextlib.contextmanager
def watched_page(browser: Any, **options: Any) -> Iterator[tuple[Any, list[str]]]:
    """A page, and everything that goes wrong on it."""
    context = browser.new_context(**options)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}") if _is_fault(request) else None)
    page.on("request", lambda request: None if is_local(request.url) else faults.append(f"request: {request.url}"))
    yield page, faults
    context.close()


def is_local(url: str) -> bool:
    return url.startswith(("file:", "data:", "blob:"))


def chosen_pages(output: Path) -> list[str]:
    """Pages of every kind, and as many again as make `PAGES`."""
    kinds = page_kinds(output)
    picked = [url for urls in kinds.values() for url in urls[:: max(1, len(urls) // 4)][:4]]
    rest = [url for urls in kinds.values() for url in urls if url not in picked]
    missing = max(0, PAGES - len(picked))
    return picked + rest[:: max(1, len(rest) // max(1, missing))][:missing]


STYLE = """() => ({
  styled: getComputedStyle(document.querySelector('.skip')).position !== 'static',
  sheets: [...document.styleSheets].filter(sheet => sheet.href).length,
  colour: getComputedStyle(document.body).fontFamily,
  title: document.title,
  heading: document.querySelectorAll('h1').length,
})"""
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  return document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll('body *')]
    .filter(item => item.getBoundingClientRect().right > width + 1).slice(0, 5).map(item => item.outerHTML.slice(0, 120));
}"""


def open_page(page, path):
    """Whether the page stays: one that sends its reader on is followed to where it leads."""
    page.goto(path.as_uri(), wait_until="load")
    target = read_page(path).refresh
    if target:
        page.wait_for_url((path.parent / target).resolve().as_uri(), wait_until="load")
    return not target


@needs_browser
@pytest.mark.parametrize("place", ["output", "moved"])
def test_pages_opened_from_a_folder_work(place, browser, request):
    root = request.getfixturevalue(place)
    urls = chosen_pages(root)
    assert len(urls) >= PAGES
    with watched_page(browser) as (page, faults):
        for url in urls:
            if not open_page(page, root / url):
                continue
            look = page.evaluate(STYLE)
            assert look["sheets"] >= 1, url
            assert look["styled"], url
            assert look["title"], url
            assert look["heading"] == 1, url
            assert faults == [], url


@needs_browser
def test_a_reader_clicks_from_the_home_page_to_an_attachment(browser, output):
    document = next(url for url in page_kinds(output)["document"] if (output / url).with_suffix(".files").is_dir())
    code = document.partition("/")[0]
    with watched_page(browser) as (page, faults):
        page.goto((output / "index.html").as_uri())
        page.click(f'main a[href="{code}/index.html"]')
        page.wait_for_url(f"**/{code}/index.html")
        page.click('main a[href$="list/index.html"]')
        page.wait_for_url(f"**/{code}/list/index.html")
        name = document.rpartition("/")[2]
        page.goto((output / document).as_uri())
        assert page.url.endswith(name)
        assert faults == []
        with page.expect_download() as download:  # for the browser a request that ends as a download has failed
            page.click('a[href*=".files/"]')
        assert Path(download.value.path()).read_bytes()


@needs_browser
def test_no_page_scrolls_sideways_on_a_small_phone(browser, output):
    with watched_page(browser, viewport=NARROW) as (page, faults):
        for kind, urls in page_kinds(output).items():
            for url in {urls[0], urls[-1], max(urls, key=lambda item: (output / item).stat().st_size)}:
                open_page(page, output / url)
                assert page.evaluate(OVERFLOW) == [], (kind, url)
        assert faults == []


@needs_browser
def test_pages_work_without_scripts(browser, output):
    """All that a page says is in the page; tools that need a script are not shown."""
    with watched_page(browser, java_script_enabled=False) as (page, faults):
        for kind, urls in page_kinds(output).items():
            url = urls[0]
            if not open_page(page, output / url):
                continue
            assert page.locator("main h1").is_visible(), (kind, url)
            assert page.locator("main").inner_text().strip(), (kind, url)
            for tool in page.locator("[data-tool]").all():
                assert not tool.is_visible(), (kind, url)
        page.goto((output / "index.html").as_uri())
        page.click("main a[href$='/index.html']")
        assert page.url != (output / "index.html").as_uri()
        assert faults == []


@needs_browser
def test_the_light_theme_works_too(browser, tmp_path):
    root = tmp_path / "site"
    for name in ("catalogs", "content"):
        shutil.copytree(REPOSITORY / name, root / name)
    settings = (REPOSITORY / "site.yaml").read_text(encoding="utf-8")
    assert "主题: default" in settings
    (root / "site.yaml").write_text(settings.replace("主题: default", "主题: light"), encoding="utf-8")
    done = run_build(root, tmp_path / "public", "--format", "json")
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["errors"] == 0
    output = tmp_path / "public"
    assert dead_links(output, DOMAIN) == []
    with watched_page(browser, viewport=NARROW) as (page, faults):
        for kind, urls in page_kinds(output).items():
            open_page(page, output / urls[0])
            assert page.evaluate(STYLE)["styled"], (kind, urls[0])
            assert page.evaluate(OVERFLOW) == [], (kind, urls[0])
        assert faults == []
