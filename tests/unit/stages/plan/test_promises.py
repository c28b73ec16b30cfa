"""How the promises stand, as citizens and programs see it; and that only what flips is written again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sites import age, build, entry, page, served, write_site

QUARTERLY = {"公开时限": "每季度末后15日内公开"}
DOCUMENT = {
    "wjj/2026/a.md": {"标题": "第三季度情况", "条目": "WJJ-001", "成文日期": "2026-10-08", "发布日期": "2026-10-10"}
}


def _site(root: Path, **settings: Any) -> Path:
    entries = [entry("wjj", 1, **QUARTERLY), entry("wjj", 2, 空缺说明="本年度未发生"), entry("wjj", 3)]
    write_site(root, {"wjj": {"目录": entries}, "jyj": {}}, DOCUMENT, settings=settings)
    age(root)
    return root


def _status(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "data/wjj/status.json").read_bytes())
    return found


@pytest.fixture
def shown(tmp_path: Path) -> tuple[Path, Path]:
    return _site(tmp_path / "site", 公开履约状态=True), tmp_path / "public"


def test_states_stand_on_pages_and_in_the_data(shown: tuple[Path, Path]) -> None:
    root, out = shown
    build(root, out)
    states = {item["id"]: item for item in _status(out)["entries"]}
    assert states["WJJ-001"]["state"] == "on_time"
    assert states["WJJ-001"]["newest_on"] == "2026-10-10"
    assert states["WJJ-002"]["state"] == "excused"
    assert states["WJJ-003"]["state"] == "empty"
    assert "履约状态" in page(out, "wjj/e/WJJ-001.html")
    assert "暂无信息（本年度未发生）" in page(out, "wjj/e/WJJ-002.html")
    assert "按时公开" in page(out, "wjj/index.html")


def test_a_state_flips_on_its_day_and_nothing_else_is_written(shown: tuple[Path, Path]) -> None:
    root, out = shown
    build(root, out)
    before = served(out)
    build(root, out, "2027-01-10")
    assert {item["id"]: item["state"] for item in _status(out)["entries"]}["WJJ-001"] == "due"
    build(root, out, "2027-01-20")
    assert {item["id"]: item["state"] for item in _status(out)["entries"]}["WJJ-001"] == "late"
    assert "逾期" in page(out, "wjj/e/WJJ-001.html")
    changed = {url for url, data in served(out).items() if before.get(url) != data}
    assert not {url for url in changed if url.startswith(("jyj/", "data/jyj/"))}


def test_incremental_flips_equal_a_clean_build(shown: tuple[Path, Path], tmp_path: Path) -> None:
    root, out = shown
    for day in ("2026-11-21", "2027-01-10", "2027-01-20"):
        build(root, out, day)
    build(root, tmp_path / "clean", "2027-01-20")
    for url in ("wjj/index.html", "wjj/e/WJJ-001.html", "data/wjj/status.json", "data/wjj/due.ics"):
        assert (out / url).read_bytes() == (tmp_path / "clean" / url).read_bytes()


def test_lateness_is_not_told_unless_the_site_says_so(tmp_path: Path) -> None:
    root, out = _site(tmp_path / "site", 公开履约状态=False), tmp_path / "public"
    build(root, out, "2027-01-20")
    assert "逾期" not in page(out, "wjj/e/WJJ-001.html") + page(out, "wjj/index.html")
    assert "performance" not in _status(out)
    assert not any(item.keys() & {"state", "since"} for item in _status(out)["entries"])
    assert "BEGIN:VEVENT" not in (out / "data/wjj/due.ics").read_text("utf-8")


def test_the_calendar_keeps_to_its_lines(shown: tuple[Path, Path]) -> None:
    root, out = shown
    long = entry("wjj", 1, 公开事项=["很长的事项，带有逗号;和分号" * 9], **QUARTERLY)
    write_site(root, {"wjj": {"目录": [long]}})
    age(root)
    build(root, out)
    data = (out / "data/wjj/due.ics").read_bytes()
    lines = data.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert max(map(len, lines)) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert rb"\;" in data.replace(b"\r\n ", b"")
