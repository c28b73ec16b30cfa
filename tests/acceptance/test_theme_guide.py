"""The guide to making a theme, followed to the letter: every file written, every command run, every effect seen."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.architecture.markdown import ROOT, commands, example_files, fences, read
from tests.browser.test_crawl import STYLE, browser, needs_browser, watched_page
from tests.crawl import dead_links, read_page
from tests.sites import page, page_url, write_file, write_site
from tests.unit.cli.runner import zwgk
from zwgk_site.model.views import VIEWS

GUIDE = ROOT / "docs/theme.zh-CN.md"
DOCUMENT = "wjj/2026/a.md"
PAGES = ("index.html", "wjj/index.html", "wjj/e/WJJ-001.html", page_url(DOCUMENT))
__all__ = ["browser"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site to which all has been done that the guide says."""
    root = write_site(tmp_path_factory.mktemp("guide") / "site", {"wjj": {}}, {DOCUMENT: {}})
    for line in "".join(block for language, block in fences(read(GUIDE)) if language == "sh").splitlines():
        program, *arguments = shlex.split(line)
        if program == "mkdir":
            for name in arguments[1:]:
                (root / name).mkdir(parents=True)
    for name, text in example_files(GUIDE).items():
        before = (root / name).read_text("utf-8") if name == "site.yaml" else ""
        write_file(root / name, before + text)
    done = zwgk("build", str(root), "--output", str(root / "public"), "--today", "2026-11-21")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not re.search(r"ZW5\d\d", done.stdout)
    return root


def test_the_guide_shows_every_file_that_it_speaks_of() -> None:
    assert set(example_files(GUIDE)) == {
        "site.yaml", "themes/shifan/theme.yaml", "themes/shifan/assets/shifan.css",
        "themes/shifan/templates/frame.html", "themes/shifan/templates/entry.html",
        "overrides/templates/not_found.html",
    }  # fmt: skip


def test_every_command_of_the_guide_is_one() -> None:
    for line in commands(read(GUIDE)):
        if line.startswith("zwgk "):
            assert zwgk(line.split()[1], "--help").returncode == 0, line


def test_pages_have_the_new_style_block_and_words(site: Path) -> None:
    output = site / "public"
    for url in PAGES:
        assert "assets/shifan.css" in page(output, url), url
    assert "县政务服务中心一楼设有公开查阅点" in page(output, "wjj/e/WJJ-001.html")
    assert "公开时限" in page(output, "wjj/e/WJJ-001.html")
    assert "0000-0000103，告诉我们您要找什么" in page(output, "404.html")
    for url in (*PAGES, "404.html"):
        counts = read_page(output / url).counts
        assert (counts["h1"], counts["main"]) == (1, 1), url
    assert dead_links(output) == []


def test_variables_that_the_guide_tells_are_those_of_the_theme() -> None:
    style = (ROOT / "themes/default/assets/theme.css").read_text("utf-8")
    told = set(re.findall(r"`var\((--[a-z-]+)\)`", read(GUIDE))) | set(re.findall(r"(--[a-z-]+):", read(GUIDE)))
    assert len(told) > 10
    assert {name for name in told if f"{name}:" not in style} == set()


def test_a_wrong_name_stops_the_build_and_the_site_stays(site: Path, tmp_path: Path) -> None:
    before = (site / "public/index.html").read_bytes()
    template = site / "overrides/templates/site_home.html"
    write_file(
        template, '{% extends "default/site_home.html" %}\n{% block newest %}\n{{ page.nothing }}\n{% endblock %}'
    )
    done = zwgk("build", str(site), "--output", str(site / "public"), "--today", "2026-11-21")
    template.unlink()
    assert done.returncode != 0
    assert "ZW510" in done.stdout + done.stderr
    assert "overrides/templates/site_home.html:3" in done.stdout + done.stderr
    assert (site / "public/index.html").read_bytes() == before


def test_the_guide_names_templates_that_exist() -> None:
    templates = {view.template for view in VIEWS}  # type: ignore[attr-defined]
    named = set(re.findall(r"templates/(\w+\.html)", read(GUIDE)))
    assert named <= templates


@needs_browser
def test_the_theme_works_in_a_browser_from_a_folder(browser: object, site: Path) -> None:
    with watched_page(browser) as (view, faults):
        for url in PAGES:
            view.goto((site / "public" / url).as_uri())
            look = view.evaluate(STYLE)
            assert (look["sheets"], look["styled"], look["heading"]) == (2, True, 1), url
            colour = view.evaluate("() => getComputedStyle(document.querySelector('.site-header')).backgroundColor")
            assert colour == "rgb(125, 20, 16)", url
        assert faults == []
