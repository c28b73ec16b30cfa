"""From a workbook and twenty files to a column on a stick that answers searches from file://, with no line of YAML written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import journey
from tests.browser.engine import launched_browser, needs_browser
from tests.browser.pictures import STEPS, wanted_steps
from tests.real_column import IS_THERE, SHARED
from tests.sample_column import REPOSITORY

SECONDS = 180
ASK = "query => window.zwgk.search(query, {limit: 5})"


def walk(folder: Path, sheet: Path | None = None) -> list[journey.Step]:
    journey.write_clerks_folder(folder, sheet)
    steps = list(journey.go(folder))
    for step in steps:
        assert step.code == 0, f"{step.command}\n{step.said[-3000:]}"
    return steps


@needs_browser
@pytest.mark.parametrize("sheet", [None, SHARED / "corpus/catalogues/haitan.xlsx"] if IS_THERE else [None])
def test_a_workbook_and_twenty_files_become_a_column_that_can_be_searched(sheet: Path | None, tmp_path: Path) -> None:
    steps = walk(tmp_path, sheet)
    assert sum(step.seconds for step in steps) < SECONDS
    catalog = (tmp_path / journey.COLUMN / "catalogs/wjj.yaml").read_text("utf-8")
    assert catalog.count("  - 编号: ") >= (52 if sheet else len(journey.SUBJECTS))
    column = tmp_path / journey.STICK
    with launched_browser() as browser:
        page = browser.new_page()
        page.goto((column / "search.html").as_uri())
        page.wait_for_function("() => window.zwgk && window.zwgk.search")
        for number in range(1, 15):
            title = f"关于做好{journey.SUBJECTS[number % len(journey.SUBJECTS)]}第{number}批工作的通知"
            found = page.evaluate(ASK, title)
            assert found["hits"][0]["title"] == title
            assert page.evaluate(ASK, f"示卫发〔2026〕{number}号")["hits"][0]["title"] == title
        for number in range(1, 7):
            assert f"第{number}期" in page.evaluate(ASK, f"冬季供暖第{number}期工作")["hits"][0]["title"]
        assert page.evaluate(ASK, "接受群众监督")["total"] >= 14
        page.goto((column / "index.html").as_uri())
        assert "示范县卫生健康局" in page.inner_text("body")


def test_every_step_has_its_picture_in_the_guide() -> None:
    guide = (REPOSITORY / "docs/start.zh-CN.md").read_text("utf-8")
    assert {file.name for file in STEPS.iterdir()} == {f"{name}.webp" for name in wanted_steps()}
    for name in wanted_steps():
        assert f"](steps/{name}.webp)" in guide
        assert (STEPS / f"{name}.webp").read_bytes()[8:12] == b"WEBP"
