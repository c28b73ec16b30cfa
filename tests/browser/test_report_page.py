"""The page of a check as the operator opens it: from a folder, on a phone, on paper, by keyboard, without a fault of axe."""

from __future__ import annotations

import msgspec
import pytest

from tests.browser.engine import AXE, launched_browser, needs_axe, needs_browser
from tests.browser.test_search_page import RULES
from tests.sites import TODAY
from zwgk_site.cli.reports.html_report import html_page
from zwgk_site.cli.reports.subject import Report, ReturnedFile, sum_departments, trend_point
from zwgk_site.cli.rule_list import all_rules
from zwgk_site.diagnostics import Span
from zwgk_site.model.budgets import BudgetRow
from zwgk_site.model.performance import Performance

pytestmark = needs_browser
KINDS = ("ZW121", "ZW132", "ZW214", "ZW215", "ZW217", "ZW260", "ZW301", "ZW804", "ZW820")
NAMES = {f"d{number:02}": f"示范县第{number}局（示范县第{number}管理办公室）" for number in range(40)}
PAPER = 680
"""Pixels between the margins of an A4 page."""


def report() -> Report:
    """Forty departments with long names and faults of every indicator, one held back, one long path."""
    rules = all_rules()
    facts = {"count": 6, "number": 5, "names": "甲、乙", "due": "2026-03-02", "published": "2026-04-20", "id": "X-1"}
    found = tuple(
        rules[kind].at(Span(f"content/{code}/2026/{'很长的文件名' * 9}.md", 3, 2, 5), **facts)  # type: ignore[arg-type]
        for place, code in enumerate(NAMES)
        for kind in KINDS[place % 4 :]
    )
    done = {code: Performance(9, 1, 2, 3, 1, 4, 7, place) for place, code in enumerate(NAMES)}
    budget = tuple(
        BudgetRow(code, name, tuple(range(2020, 2027)), (2020,), ((2021, "决算"),)) for code, name in NAMES.items()
    )
    returned = tuple(ReturnedFile(item.span.file, "标题" * 20, (item,)) for item in found if item.code == "ZW132")
    rows = sum_departments(found, ("d00",), NAMES, done)
    made = Report(f"{TODAY} 09:00", found, rows, 40, 360, 382, returned=returned, budget=budget)
    trend = tuple(msgspec.structs.replace(trend_point(made), errors=number) for number in range(5))
    return msgspec.structs.replace(made, trend=trend, waived=((found[0], "转来的文件"),))


@pytest.fixture(scope="module")
def browser():
    with launched_browser() as found:
        yield found


@pytest.fixture(params=["zh", "en"])
def address(request, tmp_path):
    (tmp_path / "report.html").write_text(html_page(report(), request.param), encoding="utf-8")
    return (tmp_path / "report.html").as_uri()


@pytest.mark.parametrize(("width", "media"), [(1280, "screen"), (390, "screen"), (320, "screen"), (PAPER, "print")])
def test_nothing_is_cut_off(browser, address, width, media):
    """The page is never wider than its screen; tables scroll by themselves there, and on paper they fit."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.emulate_media(media=media)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = "[...document.querySelectorAll('.wide')].filter(e => e.scrollWidth > e.clientWidth).length"
    assert (page.evaluate(wide) > 0) == (width < 400)
    page.close()


def test_a_table_that_is_wider_than_a_phone_scrolls_by_keyboard_and_keeps_the_names_in_sight(browser, address):
    page = browser.new_page(viewport={"width": 390, "height": 900}, bypass_csp=True)
    page.goto(address)
    frame = page.locator("#departments .wide")
    frame.focus()
    before = page.locator("#departments tbody th").first.bounding_box()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('#departments .wide').scrollLeft > 0")
    assert page.locator("#departments tbody th").first.bounding_box()["x"] == before["x"]
    page.close()


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_it(browser, address, scheme):
    page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True, color_scheme=scheme)
    page.goto(address)
    page.add_script_tag(path=str(AXE))
    assert [item["id"] for item in page.evaluate(f"axe.run({RULES})")["violations"]] == []
    page.close()
