"""`zwgk check` finds what a build finds, and writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import TODAY, Raw, age, build, served, state_folder, write_site
from tests.unit.cli.runner import REPOSITORY, zwgk, zwgk_json
from zwgk_site.pipeline.check import check_site
from zwgk_site.pipeline.request import BuildRequest


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A site with faults of every stage that a check walks."""
    return write_site(
        tmp_path / "site",
        {"wjj": {"类别": "县直局"}, "jyj": {"目录": []}, "mzj": "部门:\n  代码: mzj\n目录: [\n"},
        {
            "wjj/a.md": {"关联": Raw("{依据: 没有的文件}"), "施行日期": "2026-02-30"},
            "wjj/b.md": {"公开方式": None, "索引号": None},
            "jyj/a.md": {"条目": "wjj:WJJ-404", "正文": "见[链接](没有.md)。\n"},
        },
        files={"content/stray/x.md": "x"},
    )


def _check(root: Path, out: Path) -> tuple[object, ...]:
    return check_site(BuildRequest(root, out, f"{TODAY} 23:59")).findings


def test_check_finds_what_build_finds_on_the_sample_column(tmp_path: Path) -> None:
    assert _check(REPOSITORY, tmp_path / "out") == build(REPOSITORY, tmp_path / "out").findings


def test_check_finds_what_build_finds_on_a_faulty_site(faulty: Path, tmp_path: Path) -> None:
    before = _check(faulty, tmp_path / "out")
    assert len({finding.code for finding in before}) >= 8
    assert before == build(faulty, tmp_path / "out").findings
    assert before == _check(faulty, tmp_path / "out")


def test_findings_of_a_department_that_clashes_with_another_are_not_lost(tmp_path: Path) -> None:
    root = write_site(
        tmp_path / "site",
        {"wjj": {}, "jyj": {"类别": "县直局"}},
        {"wjj/a.md": {}, "jyj/b.md": {"索引号": None, "发布日期": "2026-03-09"}},
    )
    number = (root / "content/wjj/a.md").read_text("utf-8").partition("索引号: ")[2].partition("\n")[0].strip('"')
    write_site(root, {}, {"jyj/b.md": {"索引号": number, "发布日期": "2026-03-09", "施行日期": "昨天"}})
    found = _check(root, tmp_path / "out")
    assert {"ZW305", "ZW125", "ZW121"} <= {finding.code for finding in found}
    assert found == build(root, tmp_path / "out").findings


def test_check_knows_what_was_published(tmp_path: Path) -> None:
    root, out = write_site(tmp_path / "site", {"wjj": {}}, {"wjj/a.md": {}}), tmp_path / "out"
    build(root, out)
    (root / "content/wjj/a.md").unlink()
    assert "ZW402" in {finding.code for finding in _check(root, out)}
    assert "ZW402" not in {finding.code for finding in _check(root, tmp_path / "elsewhere")}


def test_check_writes_nothing_and_takes_no_lock(tmp_path: Path) -> None:
    root, out = write_site(tmp_path / "site", {"wjj": {}}, {"wjj/a.md": {}}), tmp_path / "out"
    age(root)
    build(root, out)
    write_site(root, {}, {"wjj/b.md": {}})
    before = [served(folder) for folder in (root, out, state_folder(out))]
    _check(root, out)
    assert before == [served(folder) for folder in (root, out, state_folder(out))]
    _check(root, tmp_path / "none")
    assert not (tmp_path / "none").exists()
    assert not state_folder(tmp_path / "none").exists()


def test_exit_codes(tmp_path: Path) -> None:
    fine = write_site(tmp_path / "fine", {"wjj": {}}, {"wjj/a.md": {}})
    warned = write_site(tmp_path / "warned", {"wjj": {}}, {"wjj/a.md": {"索引号": None}})
    wrong = write_site(tmp_path / "wrong", {"wjj": {"名称": None}})
    assert zwgk("check", fine).returncode == 0
    assert zwgk("check", fine, "--strict").returncode == 0
    assert zwgk("check", warned).returncode == 0
    assert zwgk("check", warned, "--strict").returncode == 1
    assert zwgk("check", warned, "--gate").returncode == 0
    assert zwgk("check", wrong).returncode == 1
    assert zwgk("check", tmp_path).returncode == 1
    assert zwgk("check", tmp_path / "none").returncode == 2
    assert zwgk("check", fine, "--today", "2026-02-30").returncode == 2


def test_text_in_two_languages(faulty: Path) -> None:
    chinese, english = zwgk("check", faulty), zwgk("check", faulty, "--lang", "en")
    assert "content/wjj/a.md:" in chinese.stderr
    assert "错误 ZW121" in chinese.stderr
    assert "建议：" in chinese.stderr
    assert "体检 " in chinese.stdout
    assert "error ZW121 “2026-02-30”" in english.stderr
    assert "hint: " in english.stderr
    assert "checked as of " in english.stdout


def test_json_says_the_same(faulty: Path) -> None:
    found = zwgk_json("check", faulty, "--today", TODAY)
    assert found["format"] == 1
    assert found["result"]["today"] == TODAY
    assert found["errors"] + found["warnings"] + found["notices"] == len(found["findings"])
    one = next(item for item in found["findings"] if item["code"] == "ZW121")
    assert set(one) >= {
        "severity",
        "blocks",
        "file",
        "line",
        "column",
        "end_column",
        "message",
        "hint",
        "basis",
        "facts",
    }
    assert (one["severity"], one["file"], one["blocks"]) == ("error", "content/wjj/a.md", False)
    assert set(one["message"]) == {"zh", "en"}
    places = [(item["file"], item["line"], item["column"], item["code"]) for item in found["findings"]]
    assert places == sorted(places)


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_report_that_could_not_be_written_is_refused_before_the_work(command: str, tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", {"wjj": {}}, {"wjj/a.md": {}})
    odd, nowhere = (zwgk(command, root, "--report", tmp_path / name) for name in ("体检.xls", "没有/体检.xlsx"))
    assert odd.returncode == nowhere.returncode == 2
    assert ".xlsx" in odd.stderr
    assert "不存在" in nowhere.stderr
    assert not (root / "public").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_day_beyond_all_calendars_is_refused() -> None:
    assert zwgk("check", ".", "--today", "9999-12-31").returncode == 2
