"""Every kind of page by keyboard alone: all can be reached in reading order, one sees where one is, nothing holds one fast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.chosen_pages import hard_pages
from tests.browser.engine import Mode, launched_browser, needs_browser, set_mode
from tests.sample_column import built_sample

MOST = 60
"""So many stops of a page are walked; the rest are links of the same lists."""
PLACES = """most => {
  const inside = item => item.closest('details:not([open])') && item.tagName !== 'SUMMARY';
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')];
  window.stops = all.filter(item => item.tabIndex >= 0 && !item.disabled && item.getClientRects().length && !inside(item));
  return Math.min(most, window.stops.length);
}"""
HERE = """() => {
  const item = document.activeElement, box = item.getBoundingClientRect(), style = getComputedStyle(item);
  const top = document.elementFromPoint(Math.max(0, box.left + box.width / 2), Math.max(0, box.top + Math.min(box.height, 20) / 2));
  return {
    place: window.stops.indexOf(item),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !(top && (item.contains(top) || top.contains(item))),
    what: item.outerHTML.slice(0, 120),
  };
}"""
PAGES = ("home", "department", "catalog", "entry", "document with attachments", "list", "facet", "search", "column")
pytestmark = needs_browser


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    with launched_browser() as browser:
        yield browser.new_page(reduced_motion="reduce")


@pytest.mark.parametrize(
    "mode", [Mode("desk", 1440), Mode("elder on a phone", 320, ("elder",))], ids=lambda mode: mode.name
)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_walked_by_keyboard(page: Any, name: str, mode: Mode) -> None:
    page.goto((built_sample() / hard_pages(built_sample())[name]).as_uri(), wait_until="load")
    page.wait_for_timeout(300)  # the search page puts its tools in place once its data has come
    set_mode(page, mode)
    page.evaluate("() => { if (document.activeElement) document.activeElement.blur(); scrollTo(0, 0); }")
    count, seen = page.evaluate(PLACES, MOST), []
    for _ in range(count):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(HERE))
    assert [stop["place"] for stop in seen] == list(range(count))
    assert [stop["what"] for stop in seen if not stop["outlined"]] == []
    assert [stop["what"] for stop in seen if not stop["inView"] or stop["covered"]] == []


@pytest.mark.parametrize("name", PAGES)
def test_the_first_stop_leads_past_the_head(page: Any, name: str) -> None:
    page.goto((built_sample() / hard_pages(built_sample())[name]).as_uri(), wait_until="load")
    page.wait_for_timeout(300)  # the search page puts its tools in place once its data has come
    set_mode(page, Mode("desk", 1440))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, footer, aside') !== null")
