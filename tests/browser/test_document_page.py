"""The tools of a document's page: QR code, text to take along, citation, reading aloud; none of them where it can't work."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.engine import launched_browser, needs_browser
from tests.browser.qr_reader import read_code
from tests.sample_column import REPOSITORY, built_sample

pytestmark = needs_browser
MODULE = re.compile(r"M(\d+) (\d+)h1v1h-1z")


@pytest.fixture(scope="module")
def browser() -> Any:
    with launched_browser() as found:
        yield found


@pytest.fixture
def page(browser: Any) -> Any:
    output = built_sample()
    path = next(
        path for path in sorted(output.glob("wjj/2026/*.html")) if "<table" in path.read_text().partition("doc-body")[2]
    )
    page = browser.new_page(accept_downloads=True)
    page.goto(path.as_uri())
    yield page
    page.close()


def _rows(page: Any) -> list[list[int]]:
    size = int(page.get_attribute("svg.qr", "viewBox").split()[2]) - 8
    dark = {(int(y) - 4, int(x) - 4) for x, y in MODULE.findall(page.get_attribute("svg.qr path", "d"))}
    return [[int((y, x) in dark) for x in range(size)] for y in range(size)]


@pytest.mark.parametrize("length", [5, 14, 15, 42, 62, 84, 106, 122, 152, 180, 213])
def test_a_qr_code_of_any_length_holds_the_address(page: Any, length: int) -> None:
    address = ("https://www.shifan.example/wjj/2026/00012.html?" + "0123456789abcdefgh/" * 12)[:length]
    page.evaluate("address => document.querySelector('.doc-tools').setAttribute('data-address', address)", address)
    page.evaluate("document.dispatchEvent(new Event('DOMContentLoaded'))")
    page.click("[data-do=qr]")
    assert read_code(_rows(page)) == address


def test_an_address_too_long_for_a_code_has_no_button(page: Any) -> None:
    page.evaluate("document.querySelector('.doc-tools').setAttribute('data-address', 'x'.repeat(214))")
    page.evaluate("document.dispatchEvent(new Event('DOMContentLoaded'))")
    assert not page.is_visible("[data-do=qr]")


def test_the_code_can_be_put_away_and_stands_on_paper_in_any_case(page: Any) -> None:
    page.click("[data-do=qr]")
    assert page.is_visible("svg.qr")
    page.click("[data-do=qr]")
    assert not page.is_visible("svg.qr")
    page.emulate_media(media="print")
    assert page.is_visible("svg.qr")
    assert not page.is_visible(".doc-tools")


@pytest.mark.parametrize("form", ["txt", "md"])
def test_the_text_can_be_taken_along(page: Any, form: str, tmp_path: Path) -> None:
    with page.expect_download() as event:
        page.click(f"[data-do={form}]")
    kept = tmp_path / event.value.suggested_filename
    event.value.save_as(kept)
    text = kept.read_bytes().decode("utf-8-sig")
    title = page.inner_text("h1")
    assert kept.suffix == f".{form}"
    assert text.startswith(("# " if form == "md" else "") + title)
    assert "索引号：" in text
    heading = page.inner_text(".doc-body h2 >> nth=0")
    assert (f"## {heading}" if form == "md" else heading) in text
    cell = page.inner_text(".doc-body td >> nth=0")
    assert (f"| {cell} |" if form == "md" else cell) in text
    assert "[EB/OL]" in text


def test_the_citation_is_copied_or_shown(page: Any) -> None:
    page.click("[data-do=copy]")
    page.wait_for_function("document.querySelector('.doc-tools [role=status]').textContent")
    assert page.inner_text(".doc-tools [role=status]")


def test_reading_aloud_is_offered_only_where_a_voice_is(page: Any, browser: Any) -> None:
    assert page.evaluate("speechSynthesis.getVoices().some(voice => /^zh/.test(voice.lang))") == page.is_visible(
        "[data-do=read]"
    )
    context = browser.new_context()
    context.add_init_script(
        "speechSynthesis.getVoices = () => [{lang: 'zh-CN'}]; window.spoken = [];"
        "window.SpeechSynthesisUtterance = function (text) { this.text = text; };"
        "speechSynthesis.speak = speech => { window.spoken.push(speech.text); setTimeout(() => speech.onend(), 0); };"
    )
    voiced = context.new_page()
    voiced.goto(page.url)
    voiced.click("[data-do=read]")
    voiced.wait_for_function("document.querySelector('[data-do=read]').textContent === '朗读' && spoken.length > 3")
    spoken = voiced.evaluate("spoken")
    assert spoken[0].strip() == voiced.inner_text("h1")
    assert voiced.query_selector(".speaking") is None
    context.close()


def test_without_scripts_there_are_no_tools_and_everything_else(browser: Any, page: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(page.url)
    assert not plain.is_visible(".doc-tools")
    assert plain.is_visible(".cite summary")
    assert plain.is_visible(".doc-contents a >> nth=0")
    context.close()


def test_the_script_is_small() -> None:
    import gzip

    scripts = [(REPOSITORY / "themes/default/assets" / name).read_bytes() for name in ("theme.js", "document.js")]
    assert sum(len(gzip.compress(script, 9)) for script in scripts) < 8000
