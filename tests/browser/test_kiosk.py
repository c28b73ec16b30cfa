"""The column on the touch screen of a reading point, opened from a folder: what one reader leaves, the next does not find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.engine import launched_browser, needs_browser
from tests.crawl import dead_links
from tests.sample_column import DOMAIN, REPOSITORY, built_sample, page_kinds, run_build

pytestmark = needs_browser
SCREEN = {"width": 1080, "height": 1400}


@pytest.fixture(scope="module")
def output(tmp_path_factory: Any) -> Path:
    target: Path = tmp_path_factory.mktemp("kiosk") / "查阅点 1"
    done = run_build(REPOSITORY, target, "--profile", "kiosk")
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture(scope="module")
def browser() -> Any:
    with launched_browser() as found:
        yield found


@pytest.fixture
def page(browser: Any, output: Path) -> Any:
    context = browser.new_context(viewport=SCREEN)
    page = context.new_page()
    page.clock.install()
    page.goto((output / "index.html").as_uri())
    yield page
    context.close()


def _document_with_files(output: Path) -> str:
    return next(url for url in page_kinds(built_sample())["document"] if (output / url).with_suffix(".files").is_dir())


def test_only_the_kiosk_has_its_files_and_no_link_of_it_is_dead(output: Path) -> None:
    assert dead_links(output, DOMAIN) == []
    assert (output / "assets/kiosk.js").is_file()
    assert (output / "staff.html").is_file()
    assert not list(built_sample().rglob("kiosk.*"))
    assert "kiosk" not in (built_sample() / "index.html").read_text("utf-8")


def test_large_type_and_four_buttons_are_there_from_the_start(page: Any) -> None:
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"
    names = page.eval_on_selector_all(".kiosk-bar a, .kiosk-bar button", "items => items.map(item => item.textContent)")
    assert names == ["首页", "返回", "检索", "打印"]
    heights = page.eval_on_selector_all(
        ".kiosk-bar a, .kiosk-bar button", "items => items.map(item => item.offsetHeight)"
    )
    assert min(heights) >= 60
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate("document.querySelector('.kiosk-bar').getBoundingClientRect().bottom") == SCREEN["height"]
    footer = page.evaluate("document.querySelector('.site-footer').getBoundingClientRect().bottom")
    assert footer <= page.evaluate("document.querySelector('.kiosk-bar').getBoundingClientRect().top") + 1


def test_back_leads_through_this_readers_pages_only(page: Any) -> None:
    assert page.is_disabled("[data-kiosk=back]")
    page.click("main a[href='wjj/index.html'] >> nth=0")
    page.wait_for_url("**/wjj/index.html")
    page.click("nav a[href$='guide.html']")
    page.wait_for_url("**/guide.html")
    page.click("[data-kiosk=back]")
    page.wait_for_url("**/wjj/index.html")
    page.click("[data-kiosk=back]")
    page.wait_for_function("document.querySelector('[data-kiosk=back]').disabled")
    assert page.url.endswith("/index.html")
    assert "wjj" not in page.url


def test_a_page_that_nobody_reads_goes_home_and_forgets(page: Any, output: Path) -> None:
    page.click(".tools [data-tool=contrast]")
    page.goto((output / "wjj/index.html").as_uri())
    page.clock.run_for(59_000)
    assert page.locator(".kiosk-notice").count() == 0
    page.clock.run_for(2_000)
    assert page.is_visible("[role=alertdialog]")
    assert page.evaluate("document.activeElement.textContent") == "接着看"
    page.clock.run_for(4_000)
    assert "秒回到首页" in page.inner_text(".kiosk-notice [aria-live]")
    page.clock.run_for(12_000)
    page.wait_for_url(lambda url: url.endswith("/index.html") and "wjj" not in url)
    page.wait_for_selector("html:not(.contrast)")
    assert page.evaluate("localStorage.length") == 0
    assert page.is_disabled("[data-kiosk=back]")


def test_a_reader_who_is_there_stays(page: Any, output: Path) -> None:
    page.goto((output / "wjj/index.html").as_uri())
    page.clock.run_for(62_000)
    page.keyboard.press("Enter")
    assert page.locator(".kiosk-notice").count() == 0
    page.clock.run_for(50_000)
    page.mouse.click(5, 700)
    page.clock.run_for(50_000)
    assert page.locator(".kiosk-notice").count() == 0
    assert page.url.endswith("/wjj/index.html")


def test_the_home_page_that_nobody_touched_says_nothing(page: Any) -> None:
    page.clock.run_for(300_000)
    assert page.locator(".kiosk-notice").count() == 0


def test_the_pad_writes_initials_that_the_search_finds(page: Any, output: Path) -> None:
    page.goto((output / "search.html").as_uri())
    page.wait_for_selector(".kiosk-pad button")
    for letter in "YSJ":
        page.click(f".kiosk-pad button:text-is('{letter}')")
    page.click(".kiosk-pad button:text-is('退一格')")
    assert page.input_value("#q") == "ys"
    page.clock.run_for(2_000)
    page.click("#search-form button[type=submit]")
    page.clock.run_for(2_000)
    page.wait_for_selector("#search-results li")
    assert "预算" in page.inner_text("#search-results")


def test_files_and_other_sites_are_addresses_to_write_down(page: Any, output: Path) -> None:
    url = _document_with_files(output)
    page.goto((output / url).as_uri())
    assert page.locator(".attachments a").count() == 0
    page.click(".attachments .kiosk-file >> nth=0")
    assert page.inner_text(".kiosk-notice .address").startswith(DOMAIN + url.removesuffix(".html"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "知道了"
    page.keyboard.press("Escape")
    assert page.locator(".kiosk-notice").count() == 0
    page.click(".foot-links .kiosk-outer >> nth=0")
    assert page.inner_text(".kiosk-notice .address") == "https://zhaocuo.shifan.example/"
    outside = page.eval_on_selector_all("a[href]", "items => items.filter(item => item.protocol !== 'file:').length")
    assert outside == 0


def test_staff_see_the_day_of_the_copy(page: Any, output: Path) -> None:
    page.goto((output / "staff.html").as_uri())
    page.wait_for_function("document.querySelector('[data-staff=built]').textContent.startsWith('2026-11-21')")
    assert "天" in page.inner_text("[data-staff=age]")
