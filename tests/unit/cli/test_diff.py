"""`zwgk diff` tells what differs between any two states of the catalogues, and never takes a fault for a difference."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.sites import build, catalog_text, entry, write_file, write_site
from tests.unit.cli.runner import zwgk, zwgk_json
from tests.unit.cli.test_reports import errors_by
from zwgk_site.cli.reports.changes_schema import diff_schema
from zwgk_site.cli.reports.diff_html import diff_page
from zwgk_site.cli.reports.diff_words import diff_lines
from zwgk_site.pipeline.compared import compare_sides, read_side

NUMBER = "110101199003078670"


def _catalog(folder: Path, name: str, *entries: dict[str, Any], more: str = "") -> Path:
    write_file(folder / name, catalog_text("wjj", {"目录": list(entries)}) + more)
    return folder / name


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old = _catalog(tmp_path, "old.yaml", entry("wjj"), entry("wjj", 2), entry("wjj", 3, 公开渠道=["网站", "公示栏"]))
    changed = entry("wjj", 公开时限="自信息形成之日起7个工作日内")
    listed = entry("wjj", 3, 公开渠道=["网站", "电子屏"])
    gone = "撤销:\n  - {编号: WJJ-002, 日期: 2026-11-20, 理由: 职能划转, 转至: WJJ-004}\n"
    return old, _catalog(tmp_path, "new.yaml", listed, changed, entry("wjj", 4), more=gone)


def test_two_files_in_plain_words(files: tuple[Path, Path]) -> None:
    done = zwgk("diff", *files)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "示范县wjj局（wjj）：新增 1 项，撤销 1 项，修改 2 项",
        "  新增 WJJ-004 机构信息 › 事项4",
        "  撤销 WJJ-002 机构信息 › 事项2（理由：职能划转；日期：2026-11-20；接替：WJJ-004）",
        "  修改 WJJ-001 机构信息 › 事项1",
        "    公开时限：自信息形成或者变更之日起20个工作日内 → 自信息形成之日起7个工作日内（时限缩短）",
        "  修改 WJJ-003 机构信息 › 事项3",
        "    公开渠道：去掉 公示栏；增加 电子屏（其余 1 项不变）",
    ]


def test_in_english_only_the_words_around_differ(files: tuple[Path, Path]) -> None:
    lines = list(diff_lines(compare_sides(read_side(files[0]).value, read_side(files[1]).value), "en"))
    assert lines[0] == "示范县wjj局 (wjj): 1 added, 1 removed, 2 changed"
    assert lines[4].endswith("7个工作日内 (less time)")


def test_the_exit_code_tells_of_a_difference_only_if_asked(files: tuple[Path, Path]) -> None:
    assert zwgk("diff", *files, "--exit-code").returncode == 1
    same = zwgk("diff", files[0], files[0], "--exit-code")
    assert (same.returncode, same.stdout) == (0, "两边的目录没有差别。\n")


def test_json_holds_to_its_schema(files: tuple[Path, Path]) -> None:
    data = zwgk_json("diff", *files)
    assert errors_by(diff_schema(), data) == []
    assert (data["equal"], [item["code"] for item in data["departments"]]) == (False, ["wjj"])
    assert data["departments"][0]["changed"][0]["fields"][0]["trend"] == "shorter"
    assert zwgk_json("diff", files[0], files[0]) == {"format": 1, "equal": True, "departments": []}


def test_a_page_escapes_what_it_shows_and_asks_nobody_for_anything(tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    old = _catalog(tmp_path, "a.yaml", entry("wjj", 备注=hostile))
    new = _catalog(tmp_path, "b.yaml", entry("wjj", 公开事项=["机构", hostile]), entry("wjj", 2))
    page = diff_page(compare_sides(read_side(old).value, read_side(new).value), ("a", "b"), "zh")
    assert "<img" not in page
    assert "&lt;img" in page
    assert not re.search(r"<script|<link|https?://", page)
    assert re.findall(r"<h1>|<caption>|lang=\"[\w-]+\"", page) == ['lang="zh-CN"', "<h1>", "<caption>"]


def test_a_site_against_what_is_published_of_it_and_an_old_release(tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {}, "jyj": {}})
    build(root, out, "2026-11-19")
    write_site(root, {"wjj": {"目录": [entry("wjj"), entry("wjj", 2)]}})
    assert "新增 WJJ-002" in zwgk("diff", out, root).stdout
    assert zwgk("diff", out, root, "--department", "jyj").stdout == "两边的目录没有差别。\n"
    build(root, out, "2026-11-20")
    write_site(root, {"wjj": {"目录": [entry("wjj"), entry("wjj", 2), entry("wjj", 3)]}, "mzj": {}})
    build(root, out, "2026-11-21")
    assert zwgk_json("diff", out, root)["equal"]
    first = zwgk_json("diff", "release:1", "release:2", "--output", out)["departments"]
    assert [[row["id"] for row in item["added"]] for item in first] == [["WJJ-002"]]
    then = zwgk_json("diff", "release:2", out, "--output", out)["departments"]
    assert [(item["code"], item["state"], len(item["added"])) for item in then] == [("mzj", "added", 1), ("wjj", "", 1)]
    assert zwgk("diff", "release:9", out, "--output", out).returncode == 4
    assert "撤销 WJJ-002" in zwgk("diff", root, _catalog(tmp_path, "x.yaml", entry("wjj"))).stdout
    back = zwgk("diff", root, _catalog(tmp_path, "x.yaml", entry("wjj"))).stdout
    assert "mzj" not in back  # a single file is compared with its own department alone


def test_a_side_that_cannot_be_read_is_a_finding_and_nothing_is_compared(tmp_path: Path) -> None:
    whole = _catalog(tmp_path, "whole.yaml", entry("wjj"), entry("wjj", 2))
    faulty = _catalog(tmp_path, "faulty.yaml", entry("wjj"), entry("wjj", 2, 公开时限=None))
    done = zwgk("diff", whole, faulty)
    assert (done.returncode, done.stdout) == (1, "")
    assert "公开时限" in done.stderr
    assert "faulty.yaml" in done.stderr
    report = json.loads(zwgk("diff", faulty, faulty, "--json").stdout)
    assert report["errors"] >= 1
    broken = tmp_path / "public"
    write_file(broken / "data/catalog.json", '{"departments": [{"code": "wjj"}]}')
    write_file(broken / "data/wjj/catalog.json", "[]")
    done = zwgk("diff", broken, whole)
    assert (done.returncode, "ZW408" in done.stderr) == (1, True)
    write_file(broken / "data/catalog.json", '{"departments": 7}')
    assert "ZW408" in zwgk("diff", broken, whole).stderr
    write_file(tmp_path / "noise.yaml", b"\x00\xff\xfe{{{")
    assert zwgk("diff", whole, tmp_path / "noise.yaml").returncode == 1
    assert zwgk("diff", whole, tmp_path / "none.yaml").returncode == 2
    assert zwgk("diff", whole, whole, "--department", "jyj").returncode == 2


def test_a_faulty_department_does_not_keep_another_from_being_compared(tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {}, "jyj": {}})
    build(root, out)
    write_site(root, {"wjj": {"目录": [entry("wjj", 责任科室="办公室")]}, "jyj": "部门: ["})
    assert zwgk("diff", out, root).returncode == 1
    done = zwgk("diff", out, root, "--department", "wjj")
    assert (done.returncode, "责任科室" in done.stdout) == (0, True)


def test_numbers_of_persons_are_told_in_no_form(tmp_path: Path) -> None:
    old = _catalog(tmp_path, "a.yaml", entry("wjj", 备注=f"身份证{NUMBER}"))
    new = _catalog(tmp_path, "b.yaml", entry("wjj"))
    for form in ("text", "json", "html"):
        done = zwgk("diff", old, new, "--format", form)
        assert "身份证" in done.stdout
        assert NUMBER not in done.stdout
