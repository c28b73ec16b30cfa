"""The column as a guest of a portal: the example of the documentation around every page, at every depth, from a folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_crawl import NARROW, OVERFLOW, browser, needs_browser, watched_page
from tests.crawl import dead_links, files_of, read_page
from tests.sample_column import REPOSITORY
from tests.sites import build, page_url, write_file, write_site

EXAMPLE = REPOSITORY / "docs/examples/shell"
DOCUMENT = "wjj/2026/a.md"
PAGES = ("index.html", "wjj/index.html", page_url(DOCUMENT))
"""One at each depth."""
MEASURE = """() => ({
  banners: document.querySelectorAll('header').length, footers: document.querySelectorAll('footer').length,
  sheets: [...document.styleSheets].filter(sheet => sheet.href.includes('/assets/shell/')).length,
  colour: getComputedStyle(document.querySelector('.portal-name')).color,
  search: document.querySelector('#site-q').getBoundingClientRect().width > 100,
  elder: document.querySelector('.tools [data-tool=elder]').getBoundingClientRect().height >= 44,
})"""
__all__ = ["browser"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: Any) -> Path:
    folder: Path = tmp_path_factory.mktemp("guest") / "site"
    write_site(folder, {"wjj": {}}, {DOCUMENT: {}})
    shutil.copytree(EXAMPLE, folder / "shell")
    return folder


@pytest.fixture(scope="module")
def output(root: Path) -> Path:
    out = root.parent / "public"
    built = build(root, out)
    assert [item for item in built.findings if item.code.startswith("ZW5")] == []
    return out


def test_portal_stands_around_every_page_and_no_link_of_it_is_dead(output: Path) -> None:
    pages = [file for url, file in files_of(output).items() if url.endswith(".html")]
    for file in pages:
        text = file.read_text("utf-8")
        assert text.count('class="portal-name"') == 1, file
        assert text.count('class="portal-wrap portal-foot"') == 1, file
        assert "brand-site" not in text, file
        assert "{{" not in text, file
        assert read_page(file).counts["h1"] == 1, file
    assert dead_links(output) == []


def test_column_keeps_its_own_search_tools_and_navigation(output: Path) -> None:
    for url in PAGES:
        page = read_page(output / url)
        assert "长者模式" in page.text
        assert "site-q" in page.ids
        assert "政府信息公开" in page.text


def test_a_new_style_alone_is_published_and_rewrites_no_page(root: Path, output: Path) -> None:
    style = root / "shell/portal.css"
    before = style.read_bytes()
    style.write_bytes(before + b"/* changed */\n")
    again = build(root, output)
    assert again.value.written <= 4, again.value  # the style, the manifest, the record of the release
    assert (output / "assets/shell/portal.css").read_bytes() == style.read_bytes()


def test_a_new_header_rewrites_every_page(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(root, copy)
    build(copy, tmp_path / "public")
    write_file(copy / "shell/header.html", "<p>新的页头</p>")
    build(copy, tmp_path / "public")
    for url in PAGES:
        text = (tmp_path / "public" / url).read_text("utf-8")
        assert "新的页头" in text
        assert "portal-name" not in text
    shutil.rmtree(copy / "shell")
    build(copy, tmp_path / "public")
    assert "brand-site" in (tmp_path / "public/index.html").read_text("utf-8")
    assert not (tmp_path / "public/assets/shell").exists()


@needs_browser
def test_pages_of_a_guest_work_from_a_folder(browser: Any, output: Path) -> None:
    with watched_page(browser) as (page, faults):
        for url in PAGES:
            page.goto((output / url).as_uri())
            assert page.evaluate(MEASURE) == {
                "banners": 1, "footers": 1, "sheets": 1, "colour": "rgb(163, 20, 15)", "search": True, "elder": True,
            }, url  # fmt: skip
        assert faults == []
    with watched_page(browser, viewport=NARROW) as (page, _faults):
        for url in PAGES:
            page.goto((output / url).as_uri())
            assert page.evaluate(OVERFLOW) == [], url
