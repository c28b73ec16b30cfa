"""校验.html opened from a stick: compares every file in the browser, names what is damaged, and fails plainly."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.browser.engine import AXE, HTML_VALIDATE, launched_browser, needs_axe, needs_browser, needs_html_validate
from tests.model_sites import ModelSite
from zwgk_site.pipeline.build import build_site
from zwgk_site.pipeline.request import BuildRequest
from zwgk_site.stages.publish import read_only_output
from zwgk_site.stages.publish.pack import copy_to_stick, list_release

pytestmark = needs_browser


@pytest.fixture(scope="module")
def browser() -> Any:
    with launched_browser() as found:
        yield found


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A small column with an attachment larger than what is digested at once, in a folder with a Chinese name."""
    made = ModelSite(tmp_path / "site")
    wjj = made.department("wjj", "试验县卫生健康局")
    wjj.entry("WJJ-001", "奖励扶助")
    wjj.document("2026/tongzhi", "关于奖励扶助的通知", 附件=["申请表.pdf"])
    wjj.files["2026/申请表.pdf"] = b"%PDF-1.4\n" + random.Random(6).randbytes(9_000_001)
    made.write()
    assert build_site(BuildRequest(made.root, made.root / "public", "2026-11-21 09:00")).value
    folder = read_only_output(made.root / "public")
    target = tmp_path / "U 盘"
    assert copy_to_stick(folder, list_release(folder).value, target).value
    return target


@pytest.fixture
def page(browser: Any, stick: Path) -> Any:
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((stick / "校验.html").as_uri())
    yield page
    page.close()
    assert faults == []


def result(page: Any, folder: Path) -> str:
    page.set_input_files("#folder", str(folder))
    page.wait_for_function("['good', 'bad'].includes(document.getElementById('result').className)", timeout=60_000)
    told: str = page.inner_text("#result")
    return told


def test_a_whole_copy_is_told_to_be_whole(page: Any, stick: Path) -> None:
    count = len((stick / "manifest.sha256").read_text("utf-8").splitlines())
    assert result(page, stick) == f"全部 {count} 个文件完好。"
    assert page.inner_text("#faults") == ""


def test_what_is_damaged_and_what_is_missing_are_named(page: Any, stick: Path) -> None:
    attachment = next(stick.rglob("*.pdf"))
    data = bytearray(attachment.read_bytes())
    data[-1] ^= 1
    attachment.write_bytes(bytes(data))
    (stick / "search.html").unlink()
    (stick / "wjj" / "index.html").write_text("changed", "utf-8")
    told = result(page, stick)
    assert "缺少 1 个" in told
    assert "变了 2 个" in told
    named = page.inner_text("#faults")
    for url in (attachment.relative_to(stick).as_posix(), "search.html", "wjj/index.html"):
        assert url in named


def test_a_folder_above_is_taken_as_well(page: Any, stick: Path) -> None:
    (stick.parent / "site" / "public" / "index.html").write_text("of another", "utf-8")
    assert "完好" in result(page, stick.parent)


def test_another_folder_is_refused_plainly(page: Any, stick: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("a", "utf-8")
    assert "没有 manifest.sha256" in result(page, tmp_path / "other")


def test_an_empty_manifest_is_no_success(page: Any, stick: Path) -> None:
    (stick / "manifest.sha256").write_text("", "utf-8")
    assert "没有校验" in result(page, stick)


def test_before_a_folder_is_chosen_nothing_is_claimed(page: Any) -> None:
    assert page.inner_text("#result") == ""
    assert "不选文件夹就什么也查不了" in page.inner_text("main")


@needs_axe
def test_the_page_can_be_used_by_everybody(page: Any) -> None:
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run().then(found => found.violations.map(item => item.id))")
    assert found == []


@needs_html_validate
def test_the_page_is_valid(stick: Path) -> None:
    import subprocess

    done = subprocess.run(
        [str(HTML_VALIDATE), "--config", str(Path(__file__).parent / "htmlvalidate.json"), str(stick / "校验.html")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
