"""Reading aids on every kind of page, measured as the browser lays them out: large type, targets, keys, what is kept.

The numbers are those of 工信部 for sites that serve the elderly: text of 18 pt (24 px) and at most 30 pt (40 px), lines of
1.3 times and paragraphs 1.3 line heights apart at least, targets of 60 px (44 px otherwise), one column.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser.engine import launched_browser, needs_browser
from tests.crawl import read_page
from tests.sample_column import built_sample, page_kinds

pytestmark = needs_browser
WIDTHS = (320, 1280)
KEEP = "view => localStorage.setItem('zwgk-view', view)"
MEASURE = """({target, least}) => {
  const shown = item => item.getClientRects().length && getComputedStyle(item).visibility === 'visible'
    && !item.closest('.hidden, .skip') && !(item.closest('thead') && getComputedStyle(item.closest('thead')).position === 'absolute');
  const name = item => item.outerHTML.slice(0, 90).replace(/\\s+/g, ' ');
  const texts = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const item = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && !item.closest('script, noscript, template, option, svg, datalist') && shown(item)) texts.add(item);
  }
  const size = item => parseFloat(getComputedStyle(item).fontSize);
  const found = {small: [], huge: [], tight: [], targets: [], plain: []};
  for (const item of texts) {
    if (size(item) < least) found.small.push(name(item));
    if (size(item) > 40) found.huge.push(name(item));
    const style = getComputedStyle(item);
    if (style.lineHeight !== 'normal' && parseFloat(style.lineHeight) < 1.3 * size(item)) found.tight.push(name(item));
  }
  for (const item of document.querySelectorAll('button, select, summary, input:not([type=hidden]):not([type=checkbox]), a')) {
    const inline = item.matches('a') && item.closest('p:not(.more):not(.downloads), .doc-body, dd, td, th');
    if (shown(item) && !inline && item.getBoundingClientRect().height < target - .5) found.targets.push(name(item));
    if (least > 20 && item.matches('main a') && shown(item) && getComputedStyle(item).textDecorationLine !== 'underline') found.plain.push(name(item));
  }
  return found;
}"""
GAPS = """() => [...document.querySelectorAll('.doc-body > p + p')].map(item => {
  const before = item.previousElementSibling.getBoundingClientRect();
  return (item.getBoundingClientRect().top - before.bottom) / parseFloat(getComputedStyle(item).lineHeight);
})"""
COLUMNS = """() => [...document.querySelectorAll('.columns, .counted, .tiles, .catalog tbody')].map(
  item => getComputedStyle(item)).filter(style => style.display === 'grid').map(style => style.gridTemplateColumns.split(' ').length)"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CLEAN: dict[str, list[str]] = {"small": [], "huge": [], "tight": [], "targets": [], "plain": []}


@pytest.fixture(scope="module")
def browser() -> Any:
    with launched_browser() as found:
        yield found


def one_of_each_kind() -> dict[str, str]:
    """The largest page of each kind: what has most on it."""
    output = built_sample()
    kinds = {
        kind: max(urls, key=lambda url: (output / url).stat().st_size) for kind, urls in page_kinds(output).items()
    }
    return {kind: url for kind, url in kinds.items() if not read_page(output / url).refresh}


def open_page(browser: Any, url: str, width: int = 1280, **view: Any) -> Any:
    """A page with a reader's choices made."""
    page = browser.new_page(viewport={"width": width, "height": 700})
    if view:
        script = f"localStorage.setItem('zwgk-view', {json.dumps(json.dumps(view))})"
        page.add_init_script(f"if (!sessionStorage.done) {{ {script}; sessionStorage.done = 1; }}")
    page.goto((built_sample() / url).as_uri(), wait_until="load")
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_elder_mode_keeps_its_numbers_on_every_kind_of_page(browser: Any, width: int) -> None:
    poor = {}
    for kind, url in one_of_each_kind().items():
        page = open_page(browser, url, width, elder=True)
        found = page.evaluate(MEASURE, {"target": 60, "least": 24})
        if found != CLEAN:
            poor[kind] = found
        assert set(page.evaluate(COLUMNS)) <= {1}, kind
        assert page.evaluate(OVERFLOW) <= 0, kind
        gaps = page.evaluate(GAPS)
        assert min(gaps, default=2) >= 1.3, kind
        page.close()
    assert poor == {}, json.dumps(poor, ensure_ascii=False, indent=1)


def test_on_a_phone_every_target_is_large_enough_for_a_finger(browser: Any) -> None:
    poor = {}
    for kind, url in one_of_each_kind().items():
        page = open_page(browser, url, 320)
        found = page.evaluate(MEASURE, {"target": 44, "least": 14})
        if found != CLEAN:
            poor[kind] = found
        page.close()
    assert poor == {}, json.dumps(poor, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_larger_type_never_scrolls_sideways(browser: Any, size: int) -> None:
    for kind, url in one_of_each_kind().items():
        page = open_page(browser, url, 320, size=size, elder=size == 3, contrast=True)
        assert page.evaluate(OVERFLOW) <= 0, kind
        page.close()


def test_the_way_out_of_elder_mode_is_first_and_stays_in_sight(browser: Any) -> None:
    page = open_page(browser, one_of_each_kind()["document"], elder=True)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "退出长者模式"
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function("Math.abs(document.querySelector('.elder-exit').getBoundingClientRect().top) < 1")
    page.keyboard.press("Enter")
    assert "elder" not in page.get_attribute("html", "class").split()
    assert page.evaluate("document.activeElement.textContent") == "长者模式"
    assert not page.is_visible(".elder-exit")
    page.close()


def test_choices_are_kept_and_shown_before_the_page_is_painted(browser: Any) -> None:
    page = open_page(browser, "index.html")
    for tool in ("larger", "contrast", "cursor", "elder"):
        page.click(f'.tools [data-tool="{tool}"]')
    assert page.get_attribute('.tools [data-tool="cursor"]', "aria-pressed") == "true"
    early = "document.addEventListener('readystatechange', () => { window.early = window.early || document.documentElement.className; })"
    page.add_init_script(early)
    page.goto((built_sample() / "sitemap.html").as_uri())
    assert {"size-1", "contrast", "cursor", "elder", "large"} <= set(page.evaluate("window.early").split())
    assert "cursor.png" in page.evaluate("getComputedStyle(document.body).cursor")
    assert "cursor-link.png" in page.evaluate("getComputedStyle(document.querySelector('main a')).cursor")
    page.close()


def test_access_keys_are_told_on_the_page_of_help_and_are_nobody_elses(browser: Any) -> None:
    page = open_page(browser, "accessibility.html")
    told = set(page.eval_on_selector_all(".keys kbd", "items => items.map(item => item.textContent)"))
    keys = page.eval_on_selector_all("[accesskey]", "items => items.map(item => item.accessKey)")
    assert sorted(keys) == sorted(told)
    page.close()


def test_the_navigation_is_folded_on_a_phone_and_open_without_scripts(browser: Any) -> None:
    page = open_page(browser, "wjj/index.html", 320)
    assert not page.is_visible("#site-nav")
    page.focus(".nav-button")
    page.keyboard.press("Enter")
    assert page.is_visible("#site-nav")
    assert page.get_attribute(".nav-button", "aria-expanded") == "true"
    page.close()
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}).new_page()
    plain.goto((built_sample() / "wjj/index.html").as_uri())
    assert plain.is_visible("#site-nav")
    assert not plain.is_visible(".nav-button")
    plain.close()


def test_what_the_system_asks_for_is_honored(browser: Any) -> None:
    page = open_page(browser, "index.html")
    underlined = "getComputedStyle(document.querySelector('main a')).textDecorationLine"
    assert page.evaluate(underlined) == "none"
    page.emulate_media(contrast="more", reduced_motion="reduce")
    assert page.evaluate(underlined) == "underline"
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.emulate_media(forced_colors="active")
    assert page.evaluate("getComputedStyle(document.querySelector('.tools button')).borderTopStyle") == "solid"
    page.close()


def test_what_is_printed_does_not_depend_on_the_readers_choices(browser: Any) -> None:
    for kind in ("document", "catalog", "entry"):
        seen = []
        for view in ({}, {"elder": True, "contrast": True, "size": 3}):
            page = open_page(browser, one_of_each_kind()[kind], 700, **view)
            page.emulate_media(media="print")
            look = """() => { const style = getComputedStyle(document.querySelector('main')), title = getComputedStyle(document.querySelector('h1'));
              return [style.color, style.fontSize, title.fontSize, getComputedStyle(document.body).backgroundColor,
                      document.querySelector('main').offsetHeight]; }"""
            seen.append(page.evaluate(look))
            assert not page.is_visible(".elder-exit"), kind
            page.close()
        assert seen[0] == seen[1], kind
