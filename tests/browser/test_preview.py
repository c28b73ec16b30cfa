"""A watched preview in a browser: tabs follow each save and keep their reader's place; what is wrong is shown, and told."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.engine import AXE, launched_browser, needs_axe, needs_browser
from tests.browser.test_search_page import RULES
from tests.previews import Running, preview, replace_file
from tests.sites import document_text, page_url, write_site

pytestmark = needs_browser
URL, OTHER = page_url("wjj/2026/a.md"), page_url("wjj/2026/b.md")
LONG = "".join(f"第{number}条　应当依法公开。\n\n" for number in range(200))
PATIENCE_MS = 15_000
ENDED = re.compile("net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|INCOMPLETE_CHUNKED_ENCODING)")
"""What a browser says of a server that was ended, as some tests do."""


def text(body: str) -> str:
    return document_text("wjj/2026/a.md", {"标题": "关于印发办法的通知", "正文": body})


@pytest.fixture(scope="module")
def browser():
    with launched_browser() as found:
        yield found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    documents = {"wjj/2026/a.md": text("第一版。\n\n" + LONG), "wjj/2026/b.md": {"标题": "另一份通知"}}
    return write_site(tmp_path / "site", {"wjj": {}, "jyj": {}}, documents)


@pytest.fixture
def running(site: Path) -> Iterator[Running]:
    with preview(site) as found:
        yield found


@pytest.fixture
def new_tab(browser: Any, running: Running) -> Iterator[Callable[[str], Any]]:
    """Opens a tab that is connected; nothing may go wrong on it."""
    context = browser.new_context(viewport={"width": 1024, "height": 700})
    faults: list[str] = []

    def watch(page: Any) -> None:
        page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))

    def open_tab(path: str) -> Any:
        page = context.new_page()
        watch(page)
        page.set_default_timeout(PATIENCE_MS)
        with page.expect_response(lambda answer: "/_zwgk/events" in answer.url):
            page.goto(running.address + path)
        page.evaluate("window.mark = 'as it was loaded'")
        return page

    yield open_tab
    context.close()
    assert [fault for fault in faults if not ENDED.search(fault)] == []


def is_reloaded(page: Any) -> bool:
    return page.evaluate("window.mark") is None


def wait_for_text(page: Any, words: str) -> None:
    page.wait_for_function("words => document.body && document.body.textContent.includes(words)", arg=words)


def wait_for_panel(page: Any) -> Any:
    panel = page.locator("#zwgk-preview .panel")
    panel.wait_for()
    return panel


def warn(site: Path) -> None:
    """A warning in another department than the one that is broken."""
    write_site(site, documents={"jyj/c.md": {"标题": "有死链的文件", "正文": "见[没有的文件](没有.md)。"}})


def break_catalogue(site: Path) -> str:
    whole = (site / "catalogs/wjj.yaml").read_text("utf-8")
    replace_file(site / "catalogs/wjj.yaml", whole + "  : : [\n")
    return whole


def test_the_tab_whose_page_has_changed_is_loaded_again_and_no_other(site: Path, new_tab: Callable[[str], Any]) -> None:
    changed, other = new_tab(URL), new_tab(OTHER)
    (site / "content/wjj/2026/a.md").write_text(text("第二版。\n\n" + LONG), "utf-8")
    wait_for_text(changed, "第二版")
    changed.wait_for_timeout(300)
    assert is_reloaded(changed)
    assert not is_reloaded(other)


def test_a_tab_keeps_its_place_and_what_was_typed(site: Path, new_tab: Callable[[str], Any]) -> None:
    page = new_tab(URL)
    page.evaluate("window.scrollTo(0, 1500)")
    page.fill("#site-q", "公开")
    page.evaluate("window.scrollTo(0, 1500)")
    (site / "content/wjj/2026/a.md").write_text(text("第二版。\n\n" + LONG), "utf-8")
    wait_for_text(page, "第二版")
    page.wait_for_function("() => Math.abs(window.scrollY - 1500) < 3")
    assert page.input_value("#site-q") == "公开"
    assert page.evaluate("document.activeElement.id") == "site-q"


def test_a_search_is_asked_again_and_finds_the_new_text(site: Path, new_tab: Callable[[str], Any]) -> None:
    page = new_tab("search.html?q=%E6%96%B0%E6%9D%A5%E7%9A%84%E8%AF%8D%E8%AF%AD")
    page.wait_for_function("() => /没有/.test(document.querySelector('#search-status').textContent)")
    (site / "content/wjj/2026/a.md").write_text(text("新来的词语。"), "utf-8")
    page.locator(f"#search-results a[href='{URL}']").first.wait_for()
    assert page.input_value("#q") == "新来的词语"


def test_a_style_sheet_is_swapped_without_loading_the_page(site: Path, new_tab: Callable[[str], Any]) -> None:
    page = new_tab(URL)
    sheet = (Path(__file__).parents[2] / "themes/default/assets/theme.css").read_text("utf-8")
    for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        write_site(
            site, files={"overrides/assets/theme.css": sheet + f"\nbody{{background-color:{colour} !important}}\n"}
        )
        page.wait_for_function("colour => getComputedStyle(document.body).backgroundColor === colour", arg=colour)
    assert not is_reloaded(page)
    assert page.locator("link[rel=stylesheet][href*='theme.css']").count() == 1


def test_who_is_writing_with_an_input_method_is_not_disturbed(site: Path, new_tab: Callable[[str], Any]) -> None:
    page = new_tab(URL)
    page.evaluate("document.dispatchEvent(new CompositionEvent('compositionstart'))")
    (site / "content/wjj/2026/a.md").write_text(text("第二版。"), "utf-8")
    page.wait_for_timeout(1000)
    assert not is_reloaded(page)
    page.evaluate("document.dispatchEvent(new CompositionEvent('compositionend'))")
    wait_for_text(page, "第二版")


def test_errors_are_shown_with_their_place_until_they_are_mended(site: Path, new_tab: Callable[[str], Any]) -> None:
    page = new_tab(OTHER)
    whole = break_catalogue(site)
    panel = wait_for_panel(page)
    said = panel.inner_text()
    assert "1 个错误" in said
    assert re.search(rf"catalogs/wjj\.yaml:{whole.count(chr(10)) + 1}:\d+ 错误 ZW110", said)
    assert "建议：" in said
    assert page.locator("#zwgk-preview [role=status]").inner_text().startswith("1 个错误")
    assert not is_reloaded(page)
    page.reload()
    wait_for_panel(page)
    replace_file(site / "catalogs/wjj.yaml", whole)
    panel.wait_for(state="detached")


def test_the_panel_is_put_aside_and_opened_by_keyboard_and_stays_aside(
    site: Path, new_tab: Callable[[str], Any]
) -> None:
    page = new_tab(OTHER)
    whole = break_catalogue(site)
    panel = wait_for_panel(page)
    page.keyboard.press("Escape")
    panel.wait_for(state="detached")
    badge = page.locator("#zwgk-preview button.badge")
    assert badge.inner_text() == "1 个错误"
    focused = "document.querySelector('#zwgk-preview').shadowRoot.activeElement.className"
    assert "badge" in page.evaluate(focused)
    page.reload()
    badge.wait_for()
    assert panel.count() == 0
    badge.focus()
    page.keyboard.press("Enter")
    panel.wait_for()
    assert page.evaluate(focused) == "body"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(focused) == "shut"
    page.keyboard.press("Enter")
    panel.wait_for(state="detached")
    # another error is news
    replace_file(site / "catalogs/wjj.yaml", whole.replace("编号:", "编号：") + "  : : [\n")
    wait_for_panel(page)


def test_warnings_are_folded_and_never_open_by_themselves(site: Path, new_tab: Callable[[str], Any]) -> None:
    page = new_tab(OTHER)
    warn(site)
    badge = page.locator("#zwgk-preview button.badge")
    badge.wait_for()
    assert "警告和提示" in badge.inner_text()
    assert page.locator("#zwgk-preview .panel").count() == 0
    break_catalogue(site)
    panel = wait_for_panel(page)
    details = panel.locator("details")
    assert details.count() == 1
    assert details.get_attribute("open") is None


@needs_axe
@pytest.mark.parametrize("state", ["panel", "unfolded", "badge", "lost"])
def test_axe_has_nothing_against_it(state: str, site: Path, running: Running, browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 700})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    warn(site)
    break_catalogue(site)
    page.goto(running.address + OTHER)
    wait_for_panel(page)
    if state == "unfolded":
        page.locator("#zwgk-preview summary").click()
    if state == "badge":
        page.keyboard.press("Escape")
        page.locator("#zwgk-preview button.badge").wait_for()
    if state == "lost":
        running.end()
        page.locator("#zwgk-preview p.badge").wait_for()
    page.add_script_tag(path=str(AXE))
    assert [item["id"] for item in page.evaluate(f"axe.run({RULES})")["violations"]] == []
    context.close()


def test_on_paper_there_is_nothing_of_it(site: Path, new_tab: Callable[[str], Any]) -> None:
    page = new_tab(OTHER)
    break_catalogue(site)
    panel = wait_for_panel(page)
    assert panel.is_visible()
    page.emulate_media(media="print")
    assert not panel.is_visible()


def test_a_preview_that_ends_and_begins_again_is_noticed(
    site: Path, running: Running, new_tab: Callable[[str], Any]
) -> None:
    page = new_tab(URL)
    port = running.port
    assert running.end() == 0
    wait_for_lost = page.locator("#zwgk-preview p.badge")
    wait_for_lost.wait_for()
    assert "预览已停止" in wait_for_lost.inner_text()
    replace_file(site / "content/wjj/2026/a.md", text("停着的时候改的。"))
    with preview(site, "--port", str(port)):
        wait_for_text(page, "停着的时候改的")
        assert is_reloaded(page)


def test_more_tabs_than_a_browser_has_connections(site: Path, running: Running, new_tab: Callable[[str], Any]) -> None:
    """Hidden tabs let their connection go, and learn of changes when they are looked at."""
    tabs = [new_tab(URL) for _ in range(5)]
    hide = "Object.defineProperty(document, 'visibilityState', {value: %r, configurable: true})"
    for page in tabs:
        page.evaluate(hide % "hidden")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    more = [new_tab(URL) for _ in range(5)]
    replace_file(site / "content/wjj/2026/a.md", text("看得见的先更新。"))
    for page in more:
        wait_for_text(page, "看得见的先更新")
    time.sleep(0.3)
    assert not any(is_reloaded(page) for page in tabs)
    tabs[0].evaluate(hide % "visible")
    tabs[0].evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    wait_for_text(tabs[0], "看得见的先更新")


def test_many_visible_tabs_do_not_starve_each_other(
    site: Path, running: Running, new_tab: Callable[[str], Any]
) -> None:
    tabs = [new_tab(URL) for _ in range(8)]
    replace_file(site / "content/wjj/2026/a.md", text("八个都看得见。"))
    for page in tabs:
        wait_for_text(page, "八个都看得见")


def test_a_column_that_is_not_built_yet_appears_when_it_is(tmp_path: Path, browser: Any) -> None:
    site = write_site(tmp_path / "site", {"wjj": {}})
    whole = (site / "site.yaml").read_text("utf-8")
    (site / "site.yaml").write_text("网站名称: [\n", "utf-8")
    with preview(site) as running:
        page = browser.new_page()
        page.goto(running.address)
        wait_for_panel(page)
        assert "没有重新生成" in page.locator("#zwgk-preview .panel").inner_text()
        replace_file(site / "site.yaml", whole)
        wait_for_text(page, "示范县政府信息公开")
        page.close()
