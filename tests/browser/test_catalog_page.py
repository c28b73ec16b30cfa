"""The catalogue's table: found in, chosen from, put in order; whole without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.engine import launched_browser, needs_browser
from tests.sample_column import built_sample
from tests.sites import age, build, entry, write_site

pytestmark = needs_browser
SHOWN = "() => [...document.querySelectorAll('table.catalog')][0].querySelectorAll('tbody tr:not([hidden])').length"
IDS = (
    "() => [...document.querySelectorAll('table.catalog tbody tr')].map(row => row.querySelector('.code').textContent)"
)


@pytest.fixture(scope="module")
def browser() -> Any:
    with launched_browser() as found:
        yield found


@pytest.fixture
def page(browser: Any) -> Any:
    page = browser.new_page()
    page.goto((built_sample() / "wjj/catalog.html").as_uri())
    yield page
    page.close()


def test_words_and_choices_narrow_the_table_and_say_how_many_are_left(page: Any) -> None:
    everything = page.evaluate(SHOWN)
    page.fill("#f-text0", "预算")
    page.wait_for_function("document.querySelector('.catalog-filter [role=status]').textContent")
    few = page.evaluate(SHOWN)
    assert 0 < few < everything
    assert f"显示 {few} 条，本页共 {everything} 条" in page.inner_text(".catalog-filter >> nth=0")
    page.click(".catalog-filter button[type=reset] >> nth=0")
    page.wait_for_function(f"({SHOWN})() === {everything}")
    value = page.eval_on_selector("[data-filter=limit]", "select => select.options[1].value")
    page.select_option("[data-filter=limit]", value)
    page.wait_for_function(f"({SHOWN})() < {everything}")
    kinds = page.evaluate(
        "() => [...document.querySelectorAll('table.catalog')[0].querySelectorAll('tbody tr:not([hidden])')]"
        ".map(row => row.dataset.limit)"
    )
    assert set(kinds) == {value}


def test_a_column_sorts_up_down_and_back_by_keyboard(page: Any) -> None:
    before = page.evaluate(IDS)
    button = page.locator("table.catalog >> nth=0").locator("th button.sort").last
    button.focus()
    page.keyboard.press("Enter")
    dates = page.evaluate(
        "() => [...document.querySelectorAll('table.catalog')[0].querySelectorAll('tbody tr')]"
        ".map(row => (row.querySelector('time') || {dateTime: ''}).dateTime)"
    )
    assert dates == sorted(dates)
    assert page.get_attribute("th[aria-sort]", "aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert page.get_attribute("th[aria-sort]", "aria-sort") == "descending"
    page.keyboard.press("Enter")
    assert page.query_selector("th[aria-sort]") is None
    assert page.evaluate(IDS) == before


def test_on_a_phone_rows_are_cards_that_do_not_scroll_sideways(page: Any) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.is_visible(".catalog-filter >> nth=0")


def test_without_scripts_the_table_is_whole(browser: Any, page: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(page.url)
    assert plain.query_selector(".catalog-filter") is None
    assert plain.locator("table.catalog >> nth=0").locator("tbody tr").count() == page.evaluate(SHOWN)
    context.close()


def test_a_full_page_of_rows_is_narrowed_at_once(browser: Any, tmp_path: Path) -> None:
    root = tmp_path / "site"
    write_site(root, {"wjj": {"目录": [entry("wjj", number, 公开内容=["要素" * 20]) for number in range(1, 201)]}})
    age(root)
    build(root, tmp_path / "public")
    page = browser.new_page()
    page.goto((tmp_path / "public/wjj/catalog.html").as_uri())
    took = page.evaluate(
        """() => { const form = document.querySelector('.catalog-filter'), input = form.querySelector('input');
        const started = performance.now(); input.value = 'WJJ-007'; form.dispatchEvent(new Event('change')); return performance.now() - started; }"""
    )
    assert page.evaluate(SHOWN) == 1
    assert took < 1000
    page.close()
