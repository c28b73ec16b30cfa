"""The search page as a citizen uses it: keyboard, input method, back button, shared addresses, without scripts, with damaged
data, without a network. On http under the strictest policy, and from a folder."""

from __future__ import annotations

import re
import shutil
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.engine import AXE, launched_browser, needs_axe, needs_browser
from tests.browser.server import served
from tests.sample_column import REPOSITORY, built_sample, run_build

RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], preload: false}"
NARROW = {"width": 320, "height": 640}
SETTLED = """() => {
  const text = (document.querySelector('#search-status') || {}).textContent;
  return text && !/正在检索|没有载入/.test(text);
}"""
COMMON = "安全"

pytestmark = needs_browser


@pytest.fixture(scope="module")
def browser():
    with launched_browser() as found:
        yield found


@pytest.fixture(scope="module")
def sites() -> Iterator[dict[str, str]]:
    """Where the sample column is to be had: from a folder and from a server."""
    with served(built_sample()) as address:
        yield {"file": built_sample().as_uri() + "/", "http": address}


@pytest.fixture
def page(browser):
    """A page on which nothing may go wrong."""
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    yield page
    context.close()
    assert [fault for fault in faults if "404" not in fault] == []


def ask(page: Any, address: str) -> str:
    """Opens an address and waits for the answer: what the live region says."""
    page.goto(address)
    return answered(page)


def answered(page: Any) -> str:
    page.wait_for_function(SETTLED)
    return str(page.inner_text("#search-status"))


def submit(page: Any, text: str) -> str:
    page.fill("#q", text)
    page.press("#q", "Enter")
    page.wait_for_function(
        "text => ((document.querySelector('#search-status') || {}).textContent || '').includes(text)", arg=text
    )
    return answered(page)


def until(holds: Callable[[], bool]) -> None:
    """Waits for what only an asynchronous question can tell."""
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def total_of(sentence: str) -> int:
    found = re.search(r"(\d+) 条", sentence)
    assert found, sentence
    return int(found[1])


places = pytest.mark.parametrize("place", ["file", "http"])


@places
def test_a_shared_address_shows_its_results(page, sites, place):
    sentence = ask(page, f"{sites[place]}search.html?q={COMMON}")
    assert total_of(sentence) > 10
    assert page.input_value("#q") == COMMON
    assert page.title().startswith(COMMON)
    hits = page.locator("#search-results > li")
    assert hits.count() == 10
    assert page.locator("#search-results mark").first.inner_text() == COMMON
    url = hits.first.locator("h3 a").get_attribute("href")
    assert page.goto(sites[place] + url)
    assert page.locator("main h1").count() == 1


@places
def test_an_address_with_a_hash_works_and_so_do_page_and_sort(page, sites, place):
    whole = ask(page, f"{sites[place]}search.html#q={COMMON}")
    second = ask(page, f"{sites[place]}search.html?q={COMMON}&sort=date&page=2")
    assert second == whole
    assert page.locator("#search-sort [aria-current]").inner_text() == "日期"
    assert "第 2 页" in page.inner_text("#search-pager")
    dates = page.locator("#search-results .search-facts").all_inner_texts()
    days = [found[0] for text in dates if (found := re.search(r"\d{4}-\d\d-\d\d", text))]
    assert days == sorted(days, reverse=True)


@places
def test_the_box_of_a_department_searches_it_first(page, sites, place):
    page.goto(sites[place] + "jyj/index.html")
    page.fill(".site-search input[name=q]", COMMON)
    page.press(".site-search input[name=q]", "Enter")
    here = total_of(answered(page))
    assert "department=jyj" in page.url
    chip = page.locator("#search-chips a")
    assert "只看：示范县教育局" in chip.inner_text()
    more = page.locator("#search-notice a")
    more.wait_for()
    there = int(re.search(r"\d+", more.inner_text())[0])
    more.click()
    page.wait_for_function("() => !document.querySelector('#search-chips a')")
    assert total_of(answered(page)) == here + there
    page.go_back()
    chip.wait_for()
    chip.click()
    page.wait_for_function("() => !document.querySelector('#search-chips a')")
    assert "department" not in page.url


@places
def test_back_and_forward_go_from_question_to_question(page, sites, place):
    page.goto(sites[place] + "search.html")
    first = submit(page, "预算")
    page.locator("#q").press_sequentially("执行", delay=20)  # what is typed replaces, only what is sent is kept
    page.wait_for_function("() => location.search.includes(encodeURIComponent('预算执行'))")
    second = submit(page, "通知")
    page.go_back()
    page.wait_for_function("() => (document.querySelector('#q') || {}).value === '预算'")
    page.wait_for_function("text => (document.querySelector('#search-status') || {}).textContent === text", arg=first)
    page.go_forward()
    page.wait_for_function("text => (document.querySelector('#search-status') || {}).textContent === text", arg=second)
    assert page.input_value("#q") == "通知"
    page.go_back()
    page.go_back()
    page.wait_for_function("() => (document.querySelector('#q') || {}).value === ''")
    assert page.locator("#search-results > li").count() == 0


def test_it_searches_while_one_types_but_never_within_a_composition(page, sites):
    page.goto(sites["http"] + "search.html")
    page.evaluate("""() => {
      globalThis.asked = [];
      const search = zwgk.search;
      zwgk.search = (text, options) => { asked.push(text); return search(text, options); };
    }""")
    page.locator("#q").press_sequentially("预", delay=10)
    page.wait_for_timeout(350)
    assert page.evaluate("asked") == []
    page.evaluate("""() => {
      const box = document.querySelector('#q');
      box.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
      for (const text of ['预s', '预su', '预suan']) {
        box.value = text;
        box.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
      }
    }""")
    page.wait_for_timeout(350)
    page.evaluate("document.querySelector('#search-form').requestSubmit()")
    assert page.evaluate("asked") == []
    page.evaluate("""() => {
      const box = document.querySelector('#q');
      box.value = '预算';
      box.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    }""")
    assert "预算" in answered(page)
    assert page.evaluate("asked") == ["预算"]
    assert "q=" in page.url


def test_only_the_newest_question_is_answered(page, sites):
    page.goto(sites["http"] + "search.html")
    page.evaluate("""() => {
      const search = zwgk.search;
      zwgk.search = async (text, options) => {
        const answer = await search(text, options);
        if (text === '预算') await new Promise(resolve => setTimeout(resolve, 300));
        return answer;
      };
    }""")
    page.fill("#q", "预算")
    page.press("#q", "Enter")
    sentence = submit(page, "通知")
    page.wait_for_timeout(400)
    assert page.inner_text("#search-status") == sentence
    assert "通知" in sentence


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.dataset.key || ''"))


def test_everything_can_be_done_with_the_keyboard(page, sites):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(sites["http"] + "search.html")
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused(page) == "q":
            break
    page.keyboard.type(COMMON)
    page.keyboard.press("Enter")
    whole = total_of(answered(page))
    for _ in range(10):
        page.keyboard.press("Tab")
        if focused(page).startswith("department "):
            break
    chosen = focused(page)
    page.keyboard.press("Space")
    page.wait_for_selector("#search-chips a")
    page.wait_for_function("key => document.activeElement.dataset.key === key", arg=chosen)
    assert page.evaluate("document.activeElement.checked")
    assert total_of(answered(page)) < whole
    page.focus("#search-chips a")
    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.querySelector('#search-chips a')")
    assert focused(page) == "search-title"
    page.focus('#search-sort a[data-key="sort date"]')
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('sort=date')")
    page.wait_for_function("() => document.activeElement.dataset.key === 'sort date'")
    page.focus("#search-pager a[rel=next]")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#search-pager').textContent.includes('第 2 页')")
    assert focused(page) == "search-title"


@places
def test_nothing_found_says_what_was_searched_and_where_to_go_on(page, sites, place):
    sentence = ask(page, sites[place] + "search.html?q=%E9%BE%98%E9%BE%98%E9%BE%98%E9%BE%98")
    assert sentence == "没有找到“龘龘龘龘”。"
    help_text = page.inner_text("#search-help")
    assert "按目录查找" in help_text
    assert "依申请公开" in help_text
    assert "0000-0000103" in help_text
    assert page.locator("#search-results > li").count() == 0


def test_sentences_tell_how_something_was_found(page, sites):
    sentences = {
        "xzxk": "没有找到“xzxk”，按拼音首字母找到：行政许可。共",
        "jiaoyu": "没有找到“jiaoyu”，按拼音找到：教育。共",
        "行证许可": "没有找到“行证许可”，按同音字找到：行政许可。共",
        "示教发2026 9": "按文号找到",
        "预算 飞船": "没有同时含有“预算 飞船”全部词语的信息，下面的只含有：预算。共",
        "教": "标题里有“教”的找到",
        "-教师": "只写要去掉的词不能检索",
    }
    for text, sentence in sentences.items():
        assert ask(page, f"{sites['http']}search.html?q={text}").startswith(sentence), text


# --- what is missing or damaged ---------------------------------------------------------------------------------------


def spoil(folder: Path, fault: str) -> None:
    """All term shards gone, cut short, or of another format."""
    shards = list((folder / "search").glob("*/s/*/*.js"))
    assert shards
    for shard in shards:
        data = shard.read_bytes()
        if fault == "missing":
            shard.unlink()
        elif fault == "damaged":
            shard.write_bytes(data[: len(data) // 2] + b'")\n')
        else:
            payload = zlib.compress(b"\x63" + b"\x00" * 20)
            for byte, escaped in ((b"\\", b"\\\\"), (b'"', b'\\"'), (b"\n", b"\\n"), (b"\r", b"\\r")):
                payload = payload.replace(byte, escaped)
            shard.write_bytes(data[: data.index(b'","') + 3] + payload + b'")\n')


WORDS = {"missing": "缺少", "damaged": "损坏", "version": "版本不一致"}


@places
@pytest.mark.parametrize("fault", WORDS)
def test_what_cannot_be_read_is_said_and_is_no_empty_answer(browser, tmp_path, place, fault):
    shutil.copytree(built_sample(), tmp_path / "public")
    spoil(tmp_path / "public", fault)
    page = browser.new_page()
    with served(tmp_path / "public") as address:
        sentence = ask(
            page, (address if place == "http" else f"{(tmp_path / 'public').as_uri()}/") + "search.html?q=预算"
        )
        assert "没有读到" in sentence
        assert WORDS[fault] in sentence
        assert "结果不完整" in sentence
        assert not re.search(r"\b0 条|没有找到", page.inner_text("main"))
        assert page.locator("#search-notice a").get_attribute("href") == "#browse"
        shutil.rmtree(tmp_path / "public/search")
        shutil.copytree(built_sample() / "search", tmp_path / "public/search")
        page.click("#search-notice button")
        page.wait_for_selector("#search-results > li")
    page.close()


def test_a_page_without_its_script_says_so(browser, sites):
    page = browser.new_page()
    page.route("**/search/client.js", lambda route: route.abort())
    assert "缺少 search/client.js" in ask(page, sites["http"] + "search.html?q=预算")
    page.close()
    page = browser.new_page()
    page.route("**/search/box.js", lambda route: route.abort())
    page.goto(sites["http"] + "search.html?q=预算")
    assert "脚本没有载入" in page.inner_text("#search-status")
    page.close()


# --- without scripts, on small screens, for everybody -----------------------------------------------------------------


def test_without_scripts_the_lists_lead_to_everything(browser, sites):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(sites["file"] + "search.html?q=预算")
    assert page.locator("noscript").inner_text()
    links = {link.inner_text(): link.get_attribute("href") for link in page.locator("#browse a").all()}
    assert {"按部门", "按领域", "2026年", "S"} <= set(links)
    page.click("#browse a:text-is('S')")
    assert page.locator("main h1").inner_text() == "标题拼音：S"
    assert "示范县" in page.inner_text("main .rows")
    for selector in ("#search-facets", "#search-copy", "#search-help"):
        page.goto(sites["file"] + "search.html")
        assert not page.locator(selector).is_visible()
    context.close()


STATES = ("", "?q=" + COMMON, "?q=预算&department=jyj&sort=date", "?q=龘龘龘龘", "?q=" + COMMON + "&page=2")


@pytest.mark.parametrize("mode", ["", "elder", "contrast"])
def test_no_state_scrolls_sideways_on_a_small_phone(browser, sites, mode):
    page = browser.new_page(viewport=NARROW)
    for state in STATES:
        page.goto(sites["file"] + "search.html" + state)
        if state:
            answered(page)
            facets = page.locator("#search-facets > summary")
            if facets.is_visible():
                facets.click()
        if mode:
            page.evaluate("mode => document.documentElement.classList.add(mode)", mode)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, state
    page.close()


@needs_axe
@pytest.mark.parametrize("mode", ["", "elder", "contrast"])
def test_no_state_has_a_fault_of_accessibility(browser, sites, mode):
    page = browser.new_page()
    script = AXE.read_text(encoding="utf-8")
    page.route("**/search/*/s/**", lambda route: route.abort() if "q=%E6%96%AD" in page.url else route.continue_())
    for state in (*(STATES if not mode else STATES[2:4]), "?q=断"):
        page.goto(sites["http"] + "search.html" + state)
        if state:
            answered(page)
        if mode:
            page.evaluate("mode => document.documentElement.classList.add(mode)", mode)
        page.evaluate(script)
        result = page.evaluate(f"axe.run(document, {RULES})")
        assert [(found["id"], found["nodes"][0]["html"]) for found in result["violations"]] == [], state
    page.close()


# --- the copy for times without a network -----------------------------------------------------------------------------


def test_a_copy_in_a_folder_says_how_old_it_is(browser, sites):
    page = browser.new_page()
    page.add_init_script("Date.now = () => Date.parse('2026-12-01')")
    page.goto(sites["file"] + "search.html")
    note = page.locator("#search-offline")
    note.wait_for()
    assert note.inner_text().startswith("离线副本 · 数据截至 2026-11-21")
    assert "三个月" not in note.inner_text()
    assert note.locator("a").get_attribute("href") == "https://www.shifan.example/search.html"
    page.add_init_script("Date.now = () => Date.parse('2027-03-01')")
    page.reload()
    note.wait_for()
    assert "超过三个月" in note.inner_text()
    page.close()


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> Path:
    """The sample column with packs."""
    root = tmp_path_factory.mktemp("packed")
    for name in ("catalogs", "content"):
        shutil.copytree(REPOSITORY / name, root / name)
    settings = (REPOSITORY / "site.yaml").read_text(encoding="utf-8")
    (root / "site.yaml").write_text(settings + "\n离线保存: 是\n", encoding="utf-8")
    done = run_build(root, root / "public")
    assert done.returncode == 0, done.stdout
    return root / "public"


def test_the_copy_is_offered_only_where_it_can_be_kept(page, sites, packed):
    page.goto(sites["http"] + "search.html")
    page.wait_for_timeout(200)
    assert not page.locator("#search-copy").is_visible()
    page.goto(packed.as_uri() + "/search.html")
    page.locator("#search-offline").wait_for()
    assert not page.locator("#search-copy").is_visible()


def test_a_saved_copy_answers_without_a_network(browser, packed):
    context = browser.new_context()
    page = context.new_page()
    with served(packed) as address:
        page.goto(address + "search.html")
        page.click("#search-copy button")
        page.wait_for_function("() => /已保存/.test(document.querySelector('#search-copy').textContent)")
        online = ask(page, address + "search.html?q=" + COMMON)
        page.wait_for_function("() => /已经保存过/.test(document.querySelector('#search-copy').textContent)")
        context.set_offline(True)
        assert ask(page, address + "search.html?q=" + COMMON) == online
        assert "数据截至 2026-11-21" in page.inner_text("#search-offline")
        for text in ("预算", "义务教育", "示范县", "xzxk", "jiaoyu"):
            assert total_of(submit(page, text)) > 0
        removed = page.evaluate("""async () => {
          const cache = await caches.open((await caches.keys())[0]);
          const shards = (await cache.keys()).filter(request => /\\/[stp]\\/\\d/.test(request.url));
          await Promise.all(shards.map(request => cache.delete(request)));
          return shards.length;
        }""")
        assert removed
        sentence = ask(page, address + "search.html?q=公开")
        assert "网络不通" in sentence
        assert not re.search(r"\b0 条|没有找到", page.inner_text("main"))
    context.close()


def test_a_saved_copy_follows_the_manifest(browser, packed, tmp_path):
    """The next visit brings it up to date and leaves nothing of the old one."""
    shutil.copytree(packed, tmp_path / "public")
    context = browser.new_context()
    page = context.new_page()
    with served(tmp_path / "public") as address:
        page.goto(address + "search.html")
        page.click("#search-copy button")
        page.wait_for_function("() => /已保存/.test(document.querySelector('#search-copy').textContent)")
        before = page.evaluate("caches.keys()")
        page.evaluate("""async () => {
          const manifest = Object.assign({}, await zwgk.manifest(), { built: '2026-11-22' });
          const { active } = await navigator.serviceWorker.ready;
          active.postMessage({ manifest });
        }""")
        until(lambda: len(now := page.evaluate("caches.keys()")) == 1 and now != before)
        context.set_offline(True)
        assert total_of(ask(page, address + "search.html?q=" + COMMON)) > 0
        context.set_offline(False)
        page.evaluate("""async () => {
          const cache = await caches.open((await caches.keys())[0]);
          for (const request of await cache.keys()) if (/whole$|\\/[sk]\\/\\d/.test(request.url)) await cache.delete(request);
        }""")
        page.goto(address + "search.html")  # what was broken off is taken up
        until(lambda: page.evaluate("caches.match('search/whole').then(Boolean)"))
        context.set_offline(True)
        assert total_of(ask(page, address + "search.html?q=" + COMMON)) > 0
    context.close()


@needs_axe
def test_the_lists_that_replace_it_have_no_fault_of_accessibility(browser, sites):
    page = browser.new_page()
    for url in ("index.html", "titles/index.html", "titles/s/index.html", "jyj/index.html"):
        page.goto(sites["file"] + url)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        result = page.evaluate(f"axe.run(document, {RULES})")
        assert [(found["id"], found["nodes"][0]["html"]) for found in result["violations"]] == [], url
    page.close()
