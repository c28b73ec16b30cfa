"""`zwgk serve` as a clerk runs it: each save is built and told to open tabs, whatever is saved, and in whatever way."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.previews import Facts, Running, preview, replace_file
from tests.sites import build, credit_code, document_text, page_url, served, write_site
from tests.unit.cli.runner import REPOSITORY, zwgk
from zwgk_site.preview.live import STREAMS_EACH
from zwgk_site.stages.publish import read_only_output, verify_output

FIRST, SECOND = "content/wjj/2026/a.md", "content/wjj/2026/b.md"
URL = page_url("wjj/2026/a.md")


def text(body: str, title: str = "关于印发办法的通知") -> str:
    return document_text("wjj/2026/a.md", {"标题": title, "正文": body})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    documents = {"wjj/2026/a.md": text("第一版正文。"), "wjj/2026/b.md": {"标题": "另一份通知"}}
    return write_site(tmp_path / "site", {"wjj": {}, "jyj": {}}, documents)


@pytest.fixture
def running(site: Path) -> Iterator[Running]:
    with preview(site) as found:
        yield found


def changes(url: str) -> Any:
    return lambda news: url in (news["urls"] or ())


def is_quiet(news: Facts) -> bool:
    return not news["findings"]["errors"] and not news["findings"]["failed"]


def test_a_save_reaches_tab_page_and_search(site: Path, running: Running) -> None:
    tab = running.tab()
    assert tab.wait_for(lambda _: True)["urls"] is None
    (site / FIRST).write_text(text("天上掉下来的新词语。"), "utf-8")
    news = tab.wait_for(changes(URL))
    assert page_url("wjj/2026/b.md") not in news["urls"]
    status, page = running.get(f"/{URL}")
    assert status == 200
    assert "天上掉下来的新词语" in page
    assert f'data-build="{news["build"]}"' in page
    assert [hit["url"] for hit in running.search("天上掉下来的新词语")["hits"]] == [URL]
    assert running.search("第一版正文")["total"] == 0
    told = running.lines.wait_for(lambda line: line["event"] == "built" and line["written"])
    assert told["paths"] == [FIRST]
    assert told["everything"] is False


def test_the_output_is_what_a_build_makes(site: Path, running: Running, tmp_path: Path) -> None:
    """Nothing of the preview is on disk, and a warm build gives the bytes of a fresh one."""
    tab = running.tab()
    for number in range(3):
        replace_file(site / FIRST, text(f"第{number}次修改。"))
        tab.wait_for(changes(URL))
    (site / "catalogs/jyj.yaml").write_text((site / "catalogs/jyj.yaml").read_text("utf-8") + "# 注\n", "utf-8")
    running.lines.wait_for(lambda line: "catalogs/jyj.yaml" in line.get("paths", ()))
    assert running.end() == 0
    clean = tmp_path / "clean"
    build(site, clean)
    ours, theirs = served(site / "public"), served(clean)
    skipped = ("search/", "data/search.", "data/manifest.json", "data/urls/")
    assert {url: data for url, data in ours.items() if not url.startswith(skipped)} == {
        url: data for url, data in theirs.items() if not url.startswith(skipped)
    }
    assert not any(b"_zwgk" in data for data in ours.values())
    assert list(verify_output(read_only_output(site / "public"))) == []


def test_an_atomic_save_a_new_file_and_a_deleted_one(site: Path, running: Running) -> None:
    tab = running.tab()
    replace_file(site / FIRST, text("原子保存的内容。"))
    tab.wait_for(changes(URL))
    assert "原子保存的内容" in running.get(f"/{URL}")[1]
    new = page_url("wjj/2026/c.md")
    write_site(site, documents={"wjj/2026/c.md": {"标题": "新来的文件"}})
    tab.wait_for(changes(new))
    assert running.get(f"/{new}")[0] == 200
    (site / "content/wjj/2026/c.md").unlink()
    assert tab.wait_for(lambda news: news["findings"]["errors"])["findings"]["told"][0]["code"] == "ZW402"
    assert running.get(f"/{new}")[0] == 200  # held back: what was public stays until somebody says why it goes
    write_site(site, documents={"wjj/2026/c.md": {"标题": "新来的文件"}})
    tab.wait_for(is_quiet)


def test_broken_input_keeps_the_last_good_pages_and_is_told_until_it_is_mended(site: Path, running: Running) -> None:
    tab = running.tab()
    tab.wait_for(is_quiet)
    whole = (site / "catalogs/wjj.yaml").read_text("utf-8")
    (site / "catalogs/wjj.yaml").write_text(whole + "  : : [\n", "utf-8")
    findings = tab.wait_for(lambda news: news["findings"]["errors"])["findings"]
    assert findings["told"][0]["file"] == "catalogs/wjj.yaml"
    assert findings["told"][0]["line"] == whole.count("\n") + 1
    assert findings["told"][0]["hint"]
    assert "第一版正文" in running.get(f"/{URL}")[1]

    replace_file(site / FIRST, text("第二版正文。"))  # in the department that is held back
    assert tab.wait_for(lambda _: True)["findings"]["errors"]
    assert "第一版正文" in running.get(f"/{URL}")[1]

    replace_file(site / "catalogs/wjj.yaml", whole)
    news = tab.wait_for(is_quiet)
    assert URL in news["urls"]
    assert "第二版正文" in running.get(f"/{URL}")[1]


def test_broken_settings_stop_nothing_and_nothing_saved_meanwhile_is_lost(site: Path, running: Running) -> None:
    tab = running.tab()
    whole = (site / "site.yaml").read_text("utf-8")
    (site / "site.yaml").write_text("网站名称: [\n", "utf-8")
    assert tab.wait_for(lambda news: news["findings"]["failed"])["urls"] in ([], None)
    replace_file(site / FIRST, text("设置坏着的时候保存的。"))
    replace_file(site / "catalogs/jyj.yaml", (site / "catalogs/jyj.yaml").read_text("utf-8") + "# 注\n")
    time.sleep(0.3)
    assert running.get(f"/{URL}")[0] == 200
    replace_file(site / "site.yaml", whole)
    tab.wait_for(is_quiet)
    assert "设置坏着的时候保存的" in running.get(f"/{URL}")[1]


def test_a_preview_of_a_broken_site_begins_when_it_is_mended(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"wjj": {}}, {"wjj/2026/a.md": text("终于。")})
    whole = (site / "site.yaml").read_text("utf-8")
    (site / "site.yaml").write_text("网站名称: [\n", "utf-8")
    with preview(site) as running:
        status, page = running.get("/")
        assert status == 503
        assert "还没有生成" in page
        tab = running.tab()
        assert tab.wait_for(lambda _: True)["findings"]["failed"]
        replace_file(site / "site.yaml", whole)
        assert "index.html" in tab.wait_for(is_quiet)["urls"]
        assert running.get("/")[0] == 200


def test_a_checkout_of_another_branch_and_back(site: Path, running: Running, tmp_path: Path) -> None:
    """Folders vanish and come again, thousands of files at once; in the end all is as it was saved last."""
    tab = running.tab()
    branches = [site.parent / name for name in ("one", "two")]
    for number, branch in enumerate(branches):
        shutil.copytree(site / "content", branch / "content")
        shutil.copytree(site / "catalogs", branch / "catalogs")
        for place in range(150):
            given = {"标题": f"第{number}支第{place}号通知", "索引号": f"{credit_code('jyj')}/2026-{place:05}"}
            write_site(branch, documents={f"jyj/{place}.md": given}, settings={})
        (branch / FIRST).write_text(text(f"分支{number}的正文。"), "utf-8")
    for branch in (branches[0], branches[1], branches[0]):
        for folder in ("content", "catalogs"):
            shutil.rmtree(site / folder)
            shutil.copytree(branch / folder, site / folder)
    tab.wait_for(lambda news: is_quiet(news) and "分支0的正文" in running.get(f"/{URL}")[1])
    last = "jyj/2026/00149.html"
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and "第0支第149号" not in running.get(f"/{last}")[1]:
        time.sleep(0.1)
    assert "第0支第149号" in running.get(f"/{last}")[1]
    replace_file(site / FIRST, text("检出以后的修改。"))
    tab.wait_for(lambda _: "检出以后的修改" in running.get(f"/{URL}")[1])


def test_changes_while_a_build_runs_are_not_lost(site: Path, running: Running) -> None:
    """Saved faster than it can be built: the last word stands in the end."""
    tab = running.tab()
    for number in range(60):
        (site / FIRST).write_text(text(f"快速保存{number}次。"), "utf-8")
        (site / SECOND).write_text(document_text("wjj/2026/b.md", {"标题": f"快速{number}"}), "utf-8")
        time.sleep(random.Random(number).uniform(0, 0.05))
    tab.wait_for(lambda _: "快速保存59次" in running.get(f"/{URL}")[1])
    tab.rest(1.0)
    assert "快速59" in running.get(f"/{page_url('wjj/2026/b.md')}")[1]
    assert running.search("快速保存59次")["total"] == 1
    built = [line for line in running.lines.rest(0.1) if line["event"] == "built"]
    assert len(built) < 60


def test_while_builds_follow_each_other_pages_and_search_answer(site: Path, running: Running) -> None:
    """Files are replaced under the reader's hands, never half of them."""
    end = threading.Event()

    def save() -> None:
        number = 0
        while not end.is_set():
            number += 1
            replace_file(site / FIRST, text(f"共同的词语，第{number}次。"))
            time.sleep(0.08)

    saver = threading.Thread(target=save)
    replace_file(site / FIRST, text("共同的词语。"))
    running.tab().wait_for(lambda _: running.search("共同的词语")["total"])
    saver.start()
    try:
        asked = 0
        finish = time.monotonic() + 4
        while time.monotonic() < finish:
            assert running.search("共同的词语")["total"] == 1
            status, page = running.get(f"/{URL}")
            assert status == 200
            assert page.rstrip().endswith("</html>")
            asked += 1
        assert asked > 20
    finally:
        end.set()
        saver.join()


def test_its_own_output_wakes_nobody(site: Path, running: Running) -> None:
    tab = running.tab()
    replace_file(site / FIRST, text("改一次。"))
    tab.wait_for(changes(URL))
    running.lines.rest(0.3)
    assert [line for line in running.lines.rest(2.5) if line["event"] == "built"] == []


def test_a_theme_that_is_edited(site: Path, running: Running) -> None:
    """A style sheet alone, a template that is broken and mended again."""
    tab = running.tab()
    write_site(site, files={"overrides/assets/theme.css": "body{color:#123456}\n"})
    news = tab.wait_for(changes("assets/theme.css"))
    assert not any(url.endswith(".html") for url in news["urls"])
    assert "#123456" in running.get("/assets/theme.css")[1]
    write_site(site, files={"overrides/templates/entry.html": "{% if %}"})
    findings = tab.wait_for(lambda news: news["findings"]["failed"])["findings"]
    assert findings["told"][0]["file"] == "overrides/templates/entry.html"
    assert running.get(f"/{URL}")[0] == 200
    (site / "overrides/templates/entry.html").unlink()
    tab.wait_for(is_quiet)


def test_a_change_of_everything_is_made_by_several_processes(tmp_path: Path) -> None:
    """They are started afresh, for the preview has threads."""
    codes = [f"bm{number}" for number in range(12)]
    site = write_site(tmp_path / "site", {code: {} for code in codes}, {f"{code}/a.md": {} for code in codes})
    with preview(site) as running:
        tab = running.tab()
        for name in ("甲县政府信息公开", "乙县政府信息公开"):
            write_site(site, settings={"网站名称": name})
            tab.wait_for(changes("index.html"))
            assert all(
                name in running.get(f"/{url}")[1] for url in ("index.html", "bm0/index.html", page_url("bm11/a.md"))
            )
        write_site(site, settings={"网站名称": "丙县政府信息公开"})
        time.sleep(0.5)
        assert running.end() == 0
        assert list(verify_output(read_only_output(site / "public"))) == []


def test_several_tabs_are_told_and_a_restart_is_noticed(site: Path, running: Running) -> None:
    tabs = [running.tab() for _ in range(STREAMS_EACH)]
    for tab in tabs:
        tab.wait_for(lambda _: True)
    replace_file(site / FIRST, text("大家都看到。"))
    builds = {tab.wait_for(changes(URL))["build"] for tab in tabs}
    assert len(builds) == 1
    assert running.end() == 0
    with preview(site) as again:
        assert again.tab(builds.pop()).wait_for(lambda _: True)["urls"] is None


def test_without_a_watch_it_builds_once(site: Path) -> None:
    with preview(site, "--no-watch") as running:
        replace_file(site / FIRST, text("没有人看见。"))
        time.sleep(0.6)
        status, page = running.get(f"/{URL}")
        assert status == 200
        assert "第一版正文" in page
        assert "_zwgk" not in page
        assert running.get("/_zwgk/events")[0] == 404
        assert running.end() == 0


def test_a_draft_is_previewed_in_its_own_folder(site: Path) -> None:
    later = {"标题": "以后才公开", "发布日期": "2026-12-01"}
    write_site(site, documents={"wjj/2026/later.md": later})
    with preview(site, "--draft") as running:
        assert running.get(f"/{page_url('wjj/2026/later.md')}")[0] == 200
        assert (site / "public-draft").is_dir()
        assert not (site / "public").exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory of another process is read on Linux only")
def test_memory_does_not_grow_with_rebuilds(site: Path, running: Running) -> None:
    """A hundred saves, of texts, of the catalogue, of a template, after what is loaded once has been loaded."""

    def save(number: int) -> None:
        if number % 10 == 9:
            write_site(
                site, files={"overrides/templates/gone.html": "{% extends 'default/gone.html' %}" + " " * number}
            )
        elif number % 5 == 4:
            replace_file(site / "catalogs/wjj.yaml", catalogue + f"# {number}\n")
        else:
            replace_file(site / FIRST, text(f"第{number}次保存的正文。"))

    catalogue = (site / "catalogs/wjj.yaml").read_text("utf-8")
    megabytes = []
    for number in range(150):
        save(number)
        running.lines.wait_for(lambda line: line["event"] == "built" and line["paths"])
        megabytes.append(resident_megabytes(running.process.pid))
    assert max(megabytes[-20:]) - max(megabytes[30:50]) < 3.0, megabytes


def resident_megabytes(pid: int) -> float:
    """Memory that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_it_ends_cleanly(name: str, running: Running) -> None:
    running.tab()
    assert running.end(getattr(signal, name)) == 0
    assert running.lines.wait_for(lambda line: line["event"] == "ended")


@pytest.mark.slow
def test_interrupted_at_any_moment_the_output_is_whole(site: Path) -> None:
    """Fifteen times in the middle of what it is doing: no traceback, exit code 0, every file as the manifests say."""
    dice = random.Random(7)
    command = [sys.executable, "-P", "-m", "zwgk_site", "serve", str(site), "--port", "0", "--today", "2026-11-21"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"}
    build(site, site / "public")
    for turn in range(15):
        process = subprocess.Popen(
            command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
        )
        assert process.stdout is not None
        said = ""
        while "Ctrl+C" not in said:
            said += process.stdout.readline()
        for number in range(3):
            replace_file(site / FIRST, text(f"{turn}-{number}"))
            time.sleep(dice.uniform(0, 0.06))
        process.send_signal(signal.SIGINT)
        said += process.communicate(timeout=30)[0]
        assert process.returncode == 0, said
        assert "Traceback" not in said
        assert "预览已结束" in said
        assert list(verify_output(read_only_output(site / "public"))) == []
    built = build(site, site / "public")
    assert built.value is not None
    assert "14-2" in (site / "public" / URL).read_text("utf-8")


def test_the_terminal_tells_each_error_once_and_that_all_are_mended(site: Path) -> None:
    command = [sys.executable, "-P", "-m", "zwgk_site", "serve", str(site), "--port", "0", "--today", "2026-11-21"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    assert process.stdout is not None
    said = ""

    def read_until(words: str) -> None:
        nonlocal said
        while words not in said:
            line = process.stdout.readline()  # type: ignore[union-attr]
            assert line, said
            said += line

    try:
        read_until("保存文件后网页自动更新")
        whole = (site / "catalogs/wjj.yaml").read_text("utf-8")
        replace_file(site / "catalogs/wjj.yaml", whole + "  : : [\n")
        read_until("暂缓更新的部门：wjj")
        replace_file(site / FIRST, text("还坏着。"))
        read_until(FIRST)
        replace_file(site / "catalogs/wjj.yaml", whole)
        read_until("错误已全部改正。")
        assert said.count("错误 ZW110") == 1
        assert "catalogs/wjj.yaml:" in said
    finally:
        process.kill()
        process.communicate()


def test_a_first_build_that_fails_is_told_once(site: Path) -> None:
    (site / "site.yaml").write_text("网站名称: [\n", "utf-8")
    said = zwgk("serve", site, "--port", "0", "--no-watch")
    assert said.returncode == 1
    assert said.stderr.count("没有可看的内容") == 1
    assert "site.yaml:" in said.stderr
    assert "上一版" not in said.stdout + said.stderr


def test_findings_are_told_in_english_if_asked(site: Path) -> None:
    with preview(site, "--lang", "en") as running:
        tab = running.tab()
        assert tab.wait_for(lambda _: True)["language"] == "en"
        (site / "site.yaml").write_text("网站名称: [\n", "utf-8")
        assert tab.wait_for(lambda news: news["findings"]["failed"])["findings"]["told"][0]["word"] == "error"


def test_help_has_an_example() -> None:
    said = zwgk("serve", "--help").stdout
    assert "zwgk serve . --port 8001 --open" in said
    assert "--no-watch" in said
