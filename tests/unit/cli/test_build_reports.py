"""`zwgk build --report --trend`: what a check of the same files would write, and the site is published all the same."""

from __future__ import annotations

import json
from pathlib import Path

from tests.sites import TODAY, Raw, age, write_site
from tests.unit.cli.runner import zwgk, zwgk_json
from zwgk_site.cli.reports.trend import read_trend


def _site(folder: Path) -> Path:
    waived = "[{代码: ZW205, 理由: 转来的文件}]"
    return write_site(
        folder,
        {"wjj": {}, "jyj": {}},
        {"wjj/a.md": {"施行日期": "2026-02-30", "索引号": None, "不再提示": Raw(waived)}, "jyj/a.md": {}},
    )


def _lines(file: Path) -> list[dict[str, object]]:
    return [{**json.loads(line), "moment": ""} for line in file.read_text("utf-8").splitlines()]


def test_a_build_says_what_a_check_says_also_when_nothing_has_changed_since(tmp_path: Path) -> None:
    root, trend = _site(tmp_path / "site"), tmp_path / "t.jsonl"
    more = ("--today", TODAY, "--trend", trend, "--report")
    assert zwgk("check", root, *more, tmp_path / "check.json").returncode == 1
    for name in ("first.json", "again.json"):
        done = zwgk("build", root, *more, tmp_path / name)
        assert done.returncode == 1, done.stderr
        assert f"报告已写入 {tmp_path / name}" in done.stdout
        assert json.loads((tmp_path / name).read_bytes()) == json.loads((tmp_path / "check.json").read_bytes())
    assert json.loads((tmp_path / "check.json").read_bytes())["waived"]
    assert (root / "public" / "index.html").is_file()
    first, *others = _lines(trend)
    assert first["scores"] == {"jyj": 100, "wjj": 99}
    assert others == [first, first]


def test_the_form_follows_the_name_of_the_file(tmp_path: Path) -> None:
    root = _site(tmp_path / "site")
    zwgk("build", root, "--report", tmp_path / "r.html", "--trend", tmp_path / "t.jsonl")
    zwgk("build", root, "--report", tmp_path / "r.html", "--trend", tmp_path / "t.jsonl")
    page = (tmp_path / "r.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert 'id="trend"' in page
    zwgk("build", root, "--report", tmp_path / "r.txt")
    assert "错误 ZW121" in (tmp_path / "r.txt").read_text("utf-8")
    found = zwgk_json("build", root, "--report", tmp_path / "r.json")
    assert found["result"]["departments"] == 2, "what goes to the terminal stays as it was"


def test_other_weights_change_the_score_and_no_page(tmp_path: Path) -> None:
    root, report = _site(tmp_path / "site"), tmp_path / "r.json"
    age(root)
    zwgk("build", root, "--today", TODAY)
    settings = root / "site.yaml"
    settings.write_text(
        settings.read_text("utf-8") + "检查评分: [{项目: 其他, 每个扣分: 30, 最多扣分: 40, 理由: 市里要求}]\n",
        encoding="utf-8",
    )
    age(root)
    done = zwgk("build", root, "--today", TODAY, "--report", report)
    assert "写入 0 个文件" in done.stdout
    departments = {row["code"]: row["score"]["points"] for row in json.loads(report.read_bytes())["departments"]}
    assert departments == {"jyj": 100, "wjj": 70}


def test_a_build_that_came_to_nothing_reports_it_and_adds_no_point(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    done = zwgk(
        "build", tmp_path / "site", "--report", tmp_path / "r.json", "--trend", tmp_path / "t.jsonl"
    )  # fmt: skip
    assert done.returncode == 1
    assert "result" not in json.loads((tmp_path / "r.json").read_bytes())
    assert read_trend(tmp_path / "t.jsonl") == ()
