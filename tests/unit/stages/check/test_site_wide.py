"""Counts of an inspection: what one department says, what the site says, and that nothing is said twice."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.sites import TODAY, build, entry, write_site
from zwgk_site.diagnostics import Diagnostic
from zwgk_site.pipeline.check import check_site
from zwgk_site.pipeline.request import BuildRequest

COUNTS = ("ZW227", "ZW801", "ZW803", "ZW804", "ZW805", "ZW806")
RECENT = "2026-11-18"


def _department(code: str, columns: int = 0, **given: Any) -> dict[str, Any]:
    """A catalogue with an entry for all documents, and `columns` entries each in a column of its own."""
    more = [entry(code, number + 2, 栏目=f"专题{number}") for number in range(columns)]
    return {"目录": [entry(code), *more], **given}


def _documents(code: str, count: int = 5, day: str = RECENT, **given: Any) -> dict[str, dict[str, Any]]:
    return {
        f"{code}/2026/{code}{number}.md": {"标题": f"{code}第{number}号", "成文日期": day, "发布日期": day, **given}
        for number in range(count)
    }


def _counted(root: Path, today: str = TODAY) -> list[Diagnostic]:
    request = BuildRequest(root, root.parent / "public", f"{today} 23:59")
    return [item for item in check_site(request).findings if item.code in COUNTS]


def _told(found: list[Diagnostic]) -> list[tuple[str, str]]:
    return sorted((item.code, item.span.file) for item in found)


def _site(tmp_path: Path, departments: Mapping[str, Any], *documents: Mapping[str, Any]) -> Path:
    together = {path: given for part in documents for path, given in part.items()}
    return write_site(tmp_path / "site", departments, together)


def test_blank_columns_of_departments_are_added_up(tmp_path: Path) -> None:
    departments = {"jyj": _department("jyj", 2), "mzj": _department("mzj", 3), "wjj": _department("wjj")}
    root = _site(tmp_path, departments, *map(_documents, departments))
    found = _counted(root)
    assert _told(found) == [("ZW805", "site.yaml")]
    assert found[0].message() == "全站有 5 个空白栏目（5 个即一票否决）：示范县mzj局 3、示范县jyj局 2"


def test_four_are_no_veto(tmp_path: Path) -> None:
    departments = {"jyj": _department("jyj", 2), "mzj": _department("mzj", 2)}
    assert _counted(_site(tmp_path, departments, *map(_documents, departments))) == []


def test_one_department_alone_is_told_once(tmp_path: Path) -> None:
    departments = {"jyj": _department("jyj", 6), "mzj": _department("mzj")}
    root = _site(tmp_path, departments, *map(_documents, departments))
    assert _told(_counted(root)) == [("ZW804", "catalogs/jyj.yaml")]


def test_departments_that_are_set_up_or_dissolved_do_not_count(tmp_path: Path) -> None:
    departments = {
        "jyj": _department("jyj", 3),
        "mzj": _department("mzj", 4),
        "wjj": _department("wjj", 4, 撤销日期="2026-01-10", 承接部门="jyj"),
    }
    root = _site(tmp_path, departments, _documents("jyj"), _documents("mzj", 2), _documents("wjj"))
    assert _counted(root) == []


def test_a_column_filled_by_another_department_is_not_blank(tmp_path: Path) -> None:
    departments = {"jyj": _department("jyj", 2), "mzj": _department("mzj", 3)}
    filled = {"jyj/2026/shared.md": {"发布日期": RECENT, "成文日期": RECENT, "条目": ["JYJ-001", "mzj:MZJ-002"]}}
    assert _counted(_site(tmp_path, departments, *map(_documents, departments), filled)) == []


def test_columns_that_stand_still_and_late_entries_are_added_up(tmp_path: Path) -> None:
    departments, documents = {}, []
    for code, columns, late in (("jyj", 2, 4), ("mzj", 3, 6)):
        still = [entry(code, number, 栏目=f"工作动态{number}") for number in range(2, 2 + columns)]
        cyclic = [entry(code, number, 更新周期="每月") for number in range(11, 11 + late)]
        departments[code] = {"目录": [entry(code), *still, *cyclic]}
        old = {f"{code}/2026/old{item['编号']}.md": {"条目": item["编号"]} for item in (*still, *cyclic)}
        documents += [_documents(code), old]
    found = _counted(_site(tmp_path, departments, *documents))
    assert _told(found) == [("ZW805", "site.yaml"), ("ZW805", "site.yaml")]
    facts = [(dict(item.facts)["what"], dict(item.facts)["count"], dict(item.facts)["names"]) for item in found]
    assert sorted(facts) == [
        ("不更新的要闻、公告、政策类栏目", 5, "示范县mzj局 3、示范县jyj局 2"),
        ("应更新未更新的条目", 10, "示范县mzj局 6、示范县jyj局 4"),
    ]


def test_a_department_without_news_is_told_so_while_the_site_has_some(tmp_path: Path) -> None:
    departments = {"jyj": {}, "mzj": {}}
    root = _site(tmp_path, departments, _documents("jyj", day="2026-10-09"), _documents("mzj", 1))
    assert _told(_counted(root)) == [("ZW801", "catalogs/jyj.yaml")]


def test_a_site_without_news_says_it_once(tmp_path: Path) -> None:
    departments = {"jyj": {}, "mzj": {}}
    root = _site(tmp_path, departments, _documents("jyj", day="2026-10-09"), _documents("mzj", day="2026-10-20"))
    found = _counted(root)
    assert _told(found) == [("ZW806", "site.yaml")]
    assert dict(found[0].facts)["due"] == "2026-11-03"


@pytest.mark.parametrize(("today", "expected"), [("2026-12-02", []), ("2026-12-03", [("ZW806", "site.yaml")])])
def test_the_day_alone_makes_the_difference_after_a_build(
    tmp_path: Path, today: str, expected: list[tuple[str, str]]
) -> None:
    departments = {"jyj": {}, "mzj": {}}
    root = _site(tmp_path, departments, *map(_documents, departments))
    build(root, tmp_path / "public")
    assert _told(_counted(root, today)) == expected


def test_a_waiver_of_the_site_settles_a_count(tmp_path: Path) -> None:
    departments = {"jyj": _department("jyj", 2), "mzj": _department("mzj", 3)}
    root = _site(tmp_path, departments, *map(_documents, departments))
    write_site(root, settings={"不再提示": [{"代码": "ZW805", "理由": "栏目正在归并"}]})
    assert _counted(root) == []
