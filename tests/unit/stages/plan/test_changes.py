"""The record of changes in a catalogue grows from release to release, follows the release, and costs nothing at rest."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.sites import age, build, codes, entry, page, served, write_site
from tests.unit.cli.test_reports import errors_by
from zwgk_site.cli.reports.changes_schema import changes_schema
from zwgk_site.stages.plan.changes_page import MOST_SHOWN
from zwgk_site.stages.publish import open_output, reachable_releases, roll_back

FIRST, THEN, LAST = "2026-11-19", "2026-11-20", "2026-11-21"


class County:
    """A small site with its output: entries are given anew for each release."""

    def __init__(self, folder: Path) -> None:
        self.root, self.out = folder / "site", folder / "public"

    def release(self, today: str, *entries: dict[str, Any], more: str = "", **options: Any) -> Any:
        write_site(self.root, {"wjj": {"目录": list(entries)}, "jyj": {}})
        with (self.root / "catalogs/wjj.yaml").open("a", encoding="utf-8") as file:
            file.write(more)
        age(self.root)
        built = build(self.root, self.out, today, **options)
        assert built.value is not None, built.findings
        return built

    def days(self, code: str = "wjj") -> list[dict[str, Any]]:
        found = json.loads((self.out / f"data/{code}/changes.json").read_bytes())
        assert (found["format"], found["department"]) == (1, code)
        assert errors_by(changes_schema(), found) == []
        days: list[dict[str, Any]] = found["days"]
        return days

    def shown(self) -> str:
        main = page(self.out, "wjj/changes.html").partition("<main")[2].partition("</main>")[0]
        return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", main))


@pytest.fixture
def county(tmp_path: Path) -> County:
    return County(tmp_path)


def test_the_first_release_records_nothing_and_the_page_says_so(county: County) -> None:
    county.release(FIRST, entry("wjj"))
    assert county.days() == []
    assert "目录还没有调整过" in county.shown()
    for url in ("wjj/index.html", "wjj/catalog.html"):
        assert 'href="../wjj/changes.html"' in page(county.out, url)
    assert "目录最近调整" not in page(county.out, "wjj/catalog.html")


def test_what_came_went_and_changed_is_told_by_day(county: County) -> None:
    county.release(FIRST, entry("wjj"), entry("wjj", 2))
    shorter = entry("wjj", 公开时限="自信息形成之日起7个工作日内", 公开内容=["机构职能", "办公电话"])
    county.release(THEN, shorter, entry("wjj", 2), entry("wjj", 3))
    gone = "撤销:\n  - {编号: WJJ-002, 日期: 2026-11-20, 理由: 职能划转, 转至: WJJ-003}\n"
    county.release(LAST, shorter, entry("wjj", 3), more=gone)
    newest, older = county.days()
    assert newest == {
        "date": LAST,
        "removed": [
            {
                "id": "WJJ-002",
                "subject": ["机构信息", "事项2"],
                "date": THEN,
                "reason": "职能划转",
                "successor": "WJJ-003",
            }
        ],
    }
    assert older["added"] == [{"id": "WJJ-003", "subject": ["机构信息", "事项3"]}]
    assert [(field["label"], field.get("trend", "")) for field in older["changed"][0]["fields"]] == [
        ("公开内容", ""),
        ("公开时限", "shorter"),
    ]
    shown = county.shown()
    assert "2026-11-21撤销1项" in shown
    assert "2026-11-20新增1项，修改1项" in shown
    assert "理由：职能划转；撤销日期：2026-11-20接替的条目：事项3" in shown
    assert "公开内容其余1项不变没有去掉的增加办公电话" in shown
    assert "公开时限时限缩短" in shown
    assert shown.index("2026-11-21撤销") < shown.index("2026-11-20新增")
    assert f'目录最近调整：<time datetime="{LAST}">' in page(county.out, "wjj/catalog.html")
    assert county.days("jyj") == []


def test_two_releases_of_one_day_are_one_record_and_an_undone_change_is_none(county: County) -> None:
    county.release(FIRST, entry("wjj"))
    county.release(THEN, entry("wjj", 责任科室="办公室"))
    county.release(THEN, entry("wjj", 责任科室="信息中心"), entry("wjj", 2))
    (day,) = county.days()
    assert day["changed"][0]["fields"] == [{"name": "office", "label": "责任科室", "after": ["信息中心"]}]
    county.release(THEN, entry("wjj"), entry("wjj", 2))
    assert county.days() == [{"date": THEN, "added": [{"id": "WJJ-002", "subject": ["机构信息", "事项2"]}]}]


def test_a_release_without_a_change_writes_nothing(county: County) -> None:
    county.release(FIRST, entry("wjj"))
    county.release(THEN, entry("wjj"), entry("wjj", 2))
    before = served(county.out)
    write_site(county.root, documents={"wjj/2026/a.md": {}})
    age(county.root)
    build(county.root, county.out, LAST)
    after = served(county.out)
    assert [url for url in before if "changes" in url and before[url] != after[url]] == []
    assert build(county.root, county.out, LAST).value.written == 0  # type: ignore[union-attr]


def test_a_roll_back_takes_the_record_back_and_the_next_release_tells_again(county: County) -> None:
    county.release(FIRST, entry("wjj"))
    county.release(THEN, entry("wjj"), entry("wjj", 2))
    told = county.days()
    with open_output(county.out) as folder:
        roll_back(folder)
    assert county.days() == []
    build(county.root, county.out, LAST)
    assert county.days() == [told[0] | {"date": LAST}]


def test_a_department_that_is_held_back_records_nothing(county: County) -> None:
    county.release(FIRST, entry("wjj"))
    county.release(THEN, entry("wjj"), entry("wjj", 2))
    before = county.days()
    built = county.release(LAST, entry("wjj"), entry("wjj", 3), more="坏: [\n")
    assert built.value.held == ("wjj",)
    assert county.days() == before
    county.release(LAST, entry("wjj"), entry("wjj", 2), entry("wjj", 3))
    assert [day["date"] for day in county.days()] == [LAST, THEN]


def test_the_record_goes_on_from_the_release_that_is_continued(county: County, tmp_path: Path) -> None:
    county.release(FIRST, entry("wjj"))
    county.release(THEN, entry("wjj"), entry("wjj", 2))
    write_site(county.root, {"wjj": {"目录": [entry("wjj"), entry("wjj", 2), entry("wjj", 3)]}})
    elsewhere = tmp_path / "elsewhere"
    build(county.root, elsewhere, LAST, previous=county.out)
    build(county.root, county.out, LAST)
    assert (elsewhere / "data/wjj/changes.json").read_bytes() == (county.out / "data/wjj/changes.json").read_bytes()
    assert len(county.days()) == 2


def test_a_damaged_record_begins_anew_and_it_is_said(county: County) -> None:
    county.release(FIRST, entry("wjj"))
    county.release(THEN, entry("wjj"), entry("wjj", 2))
    damages = (b'{"format": 1, "days": [{', b'{"format": 2, "department": "wjj", "days": []}')
    for number, damage in enumerate(damages, 3):
        (county.out / "data/wjj/changes.json").write_bytes(damage)
        rows = [entry("wjj", place) for place in range(1, number + 1)]
        assert "ZW407" in codes(county.release(LAST, *rows))
        assert [row["id"] for day in county.days() for row in day["added"]] == [f"WJJ-00{number}"]
        assert "ZW407" not in codes(county.release(LAST, *rows, entry("wjj", 9)))
        county.release(LAST, *rows, more="撤销:\n  - {编号: WJJ-009, 理由: 误加}\n")


def test_a_lost_catalogue_of_the_last_release_is_no_change(county: County) -> None:
    county.release(FIRST, entry("wjj"))
    (county.out / "data/wjj/catalog.json").unlink()
    county.release(THEN, entry("wjj", 责任科室="办公室"))
    assert county.days() == []


def test_another_key_for_the_same_value_is_no_change(county: County) -> None:
    county.release(FIRST, entry("wjj", 责任科室="办公室"))
    county.release(THEN, entry("wjj", 责任处室="办公室"))
    assert county.days() == []


def test_the_page_tells_the_newest_and_says_where_the_rest_is(county: County) -> None:
    county.release(FIRST, entry("wjj"))
    many = [entry("wjj", number) for number in range(1, MOST_SHOWN + 1)]
    county.release(THEN, *many)
    county.release(LAST, entry("wjj", 责任科室="办公室"), entry("wjj", 2, 责任科室="办公室"), *many[2:])
    html = page(county.out, "wjj/changes.html")
    assert html.count('<table class="changed">') == 2
    assert html.count("<li>") >= MOST_SHOWN - 2
    assert f"这里只列出最近 {MOST_SHOWN} 项" in html
    assert "WJJ-099" in html
    assert "WJJ-100" not in html


def test_old_values_can_be_taken_down_for_good(county: County) -> None:
    """A row said what it should not have said: it is mended, and a date in the catalogue takes the old words away."""
    county.release(FIRST, entry("wjj"), entry("wjj", 2))
    county.release(THEN, entry("wjj", 备注="不该写的话"), entry("wjj", 2))
    county.release(LAST, entry("wjj"), entry("wjj", 2))
    assert "不该写的话" in county.shown()
    write_site(county.root, {"wjj": {"目录": [entry("wjj"), entry("wjj", 2)], "调整记录起始日期": "2026-11-22"}})
    age(county.root)
    build(county.root, county.out, LAST)
    assert county.days() == []
    found = [file for file in county.out.parent.rglob("*") if file.is_file() and "public" in str(file)]
    assert len(found) > 20
    assert [file for file in found if "不该写的话".encode() in file.read_bytes()] == []
    with open_output(county.out) as folder:
        assert reachable_releases(folder) == ()


def test_what_is_written_in_a_row_is_never_markup(county: County) -> None:
    hostile = "<script>alert(1)</script>"
    county.release(FIRST, entry("wjj", 备注=hostile))
    county.release(THEN, entry("wjj", 公开事项=["机构", hostile]))
    assert "<script>alert" not in page(county.out, "wjj/changes.html")
    assert "alert(1)" in page(county.out, "wjj/changes.html")
