"""Every kind of page, looked at as people look at them: phone, tablet, desk, elder mode, contrast, paper, without scripts.

The sample column shows every kind; the real one, where it lies beside the repository, is laid out by nobody's hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chosen_pages import HARD_DOCUMENTS, hard_pages, without_refresh
from tests.browser.engine import AXE, MODES, Mode, launched_browser, needs_axe, needs_browser, set_mode
from tests.browser.probes import SMALL_TARGETS, STICKING_OUT, UNWRAP_NOSCRIPT, inject_axe, violations_of
from tests.real_column import IS_THERE, built_real
from tests.sample_column import KINDS, built_sample, page_kinds
from tests.sites import BODY, build, entry, write_site

pytestmark = [needs_browser, needs_axe]
NAMES = sorted({*KINDS, "search", "redirect", *(f"document {name}" for name in HARD_DOCUMENTS)})
TARGET, ELDER_TARGET = 44, 60
CHOSEN_BY_SYSTEM = ("color-contrast",)
"""Where the system chooses the colours axe-core still reads ours (`-webkit-text-fill-color`)."""
SCRIPTLESS_MODES = [mode for mode in MODES if mode.name == "phone"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with launched_browser() as found:
        yield found


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    """One page for all tests: what it shows changes, the browser's process does not."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def opened(page: Any, file: Path) -> Any:
    """A page as it is, but for a redirect, which is made to stay."""
    page.unroute_all()
    if b'http-equiv="refresh"' in file.read_bytes():
        text = without_refresh(file.read_text("utf-8"))
        page.route(file.as_uri(), lambda route: route.fulfill(body=text, content_type="text/html"))
    page.goto(file.as_uri(), wait_until="load")
    return page


def seen_in(page: Any, mode: Mode) -> list[str]:
    """All that is wrong with an opened page in a mode."""
    set_mode(page, mode)
    found = page.evaluate(STICKING_OUT) + violations_of(page, CHOSEN_BY_SYSTEM if mode.forced == "active" else ())
    if mode.media == "screen":
        found += page.evaluate(SMALL_TARGETS, ELDER_TARGET if "elder" in mode.tools else TARGET)
    return [str(item) for item in found]


def faults_of(
    page: Any, file: Path, look: Callable[[Any, Mode], list[str]] = seen_in, modes: Sequence[Mode] = MODES
) -> dict[str, list[str]]:
    assert AXE
    inject_axe(opened(page, file), AXE)
    found = {mode.name: look(page, mode) for mode in modes}
    return {name: faults for name, faults in found.items() if faults}


def test_every_kind_of_page_is_looked_at() -> None:
    assert set(hard_pages(built_sample())) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_the_sample_is_sound_in_every_mode(page: Any, name: str) -> None:
    """Documents of one kind differ in what they hold; they share colours, so fewer modes will do for the second."""
    modes = MODES if name in KINDS else [mode for mode in MODES if mode.width <= 643 or "contrast" in mode.tools]
    assert faults_of(page, built_sample() / hard_pages(built_sample())[name], modes=modes) == {}


if IS_THERE:

    @pytest.mark.slow
    @pytest.mark.parametrize("name", sorted({"home", "department", "catalog", "entry", "document", "list", "facet"}))
    def test_a_page_of_the_real_column_is_sound_in_every_mode(page: Any, name: str) -> None:
        assert faults_of(page, built_real() / hard_pages(built_real())[name]) == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_sound_where_no_script_runs(browser: Any, name: str) -> None:
    """A page whose scripts were stopped: axe-core itself can't run where scripts are off."""
    assert AXE
    context = browser.new_context()
    page = context.new_page()
    file = built_sample() / hard_pages(built_sample())[name]
    text = without_refresh(file.read_text("utf-8"))
    page.route("**/*.js", lambda route: route.abort())
    page.route(file.as_uri(), lambda route: route.fulfill(body=text, content_type="text/html"))
    page.goto(file.as_uri(), wait_until="load")
    page.evaluate(UNWRAP_NOSCRIPT)
    inject_axe(page, AXE)
    assert page.evaluate("[...document.querySelectorAll('.tools, .doc-tools')].every(item => !item.offsetHeight)")
    assert [fault for mode in SCRIPTLESS_MODES for fault in seen_in(page, mode)] == []
    context.close()


# --- texts that are hard to lay out -----------------------------------------------------------------------------------

LONG = "关于进一步加强和规范全县城乡居民基本养老保险待遇领取资格认证工作有关事项的" * 5 + "通知"
WORD = "https://www.shifan.example/" + "averylongaddress" * 12
WIDE = f"| {' | '.join(f'第{number}栏' for number in range(1, 25))} |\n|{'---|' * 24}\n" + (
    f"| {' | '.join(['1234567.89'] * 24)} |\n" * 3
)
BODY_TEXT = f"# 一、{LONG}\n\n{WORD}\n\n## （一）{WORD}\n\n{WIDE}\n\n" + "".join(
    f"{'  ' * level}- 第{level}层：{WORD}\n" for level in range(4)
)


@pytest.fixture(scope="module")
def hard_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What clerks write at worst: long names, addresses without a blank, wide tables, deep lists."""
    root = tmp_path_factory.mktemp("hard")
    items = ["级" * 40, "一二三四五六" * 8, WORD, "四级", "五级", LONG]
    rows = [entry("wjj", 1, 公开事项=items, 公开内容=[LONG, WORD] * 6, 公开主体=LONG, 公开时限=LONG)]
    written = {"标题": LONG, BODY: BODY_TEXT, "发文字号": f"示卫发〔2026〕{'1' * 12}号", "关键词": [WORD, LONG]}
    names = {"名称": "示范县" + "卫生健康和计划生育委员会" * 4, "简称": "县卫健委"}
    build(write_site(root / "site", {"wjj": {**names, "目录": rows}}, {"wjj/2026/a.md": written}), root / "public")
    return root / "public"


@pytest.mark.parametrize("name", ["home", "departments", "department", "catalog", "entry", "document", "document list"])
def test_what_is_hard_to_lay_out_stays_within_the_screen(page: Any, hard_site: Path, name: str) -> None:
    assert faults_of(page, hard_site / page_kinds(hard_site)[name][0], _layout) == {}


def _layout(page: Any, mode: Mode) -> list[str]:
    set_mode(page, mode)
    return [str(item) for item in page.evaluate(STICKING_OUT)]
