"""The table of budgets and final accounts, as a check hands it to the reports."""

from pathlib import Path

from tests.sites import TODAY, build, write_site
from zwgk_site.model.budgets import BudgetRow
from zwgk_site.pipeline.check import check_site
from zwgk_site.pipeline.request import BuildRequest


def _report(kind: str, year: int, **more: object) -> dict[str, object]:
    return {"标题": f"{year}年部门{kind}", "类型": kind, "年度": year, **more}


def _table(root: Path) -> dict[str, BudgetRow]:
    seen = check_site(BuildRequest(root, root.parent / "public", f"{TODAY} 23:59")).value
    assert seen is not None
    return {row.code: row for row in seen.budget}


def _site(tmp_path: Path, documents: dict[str, dict[str, object]], **departments: dict[str, object]) -> Path:
    return write_site(
        tmp_path / "site", {code: {"类别": "政府部门", **given} for code, given in departments.items()}, documents
    )


def test_years_come_from_the_key_or_the_title_and_gaps_are_missing(tmp_path: Path) -> None:
    root = _site(
        tmp_path,
        {
            "wjj/a.md": _report("预算", 2023),
            "wjj/b.md": {"标题": "示范县卫生健康局2026年部门预算", "类型": "预算"},
            "wjj/c.md": _report("决算", 2024),
            "wjj/d.md": _report("预算", 2025, 公开方式="依申请公开"),
        },
        wjj={},
    )
    missing = ((2024, "预算"), (2025, "预算"))
    assert _table(root)["wjj"] == BudgetRow("wjj", "示范县wjj局", (2023, 2026), (2024,), missing)


def test_a_department_behind_most_others_misses_the_newest_year(tmp_path: Path) -> None:
    root = _site(
        tmp_path,
        {
            **{f"{code}/a.md": _report("预算", 2026) for code in ("jyj", "mzj")},
            "wjj/a.md": _report("预算", 2025),
            "gaj/a.md": {},
            "jyj/b.md": _report("决算", 2025),
        },
        jyj={}, mzj={}, wjj={}, gaj={}, xxgs={"类别": "公共企事业单位"},
    )  # fmt: skip
    found = _table(root)
    assert {code: row.missing for code, row in found.items()} == {
        "gaj": ((2026, "预算"),),
        "jyj": (),
        "mzj": (),
        "wjj": ((2026, "预算"),),
    }


def test_a_dissolved_department_is_not_asked_for_new_budgets(tmp_path: Path) -> None:
    root = _site(
        tmp_path,
        {"jyj/a.md": _report("预算", 2026), "wjj/a.md": _report("预算", 2024), "gaj/a.md": {}},
        jyj={}, wjj={"撤销日期": "2025-01-10", "承接部门": "jyj"}, gaj={"撤销日期": "2025-01-10", "承接部门": "jyj"},
    )  # fmt: skip
    found = _table(root)
    assert set(found) == {"jyj", "wjj"}
    assert found["wjj"].missing == ()


def test_an_impossible_year_is_no_year(tmp_path: Path) -> None:
    root = _site(tmp_path, {"wjj/a.md": _report("预算", 2024), "wjj/b.md": _report("预算", 202500)}, wjj={})
    assert _table(root)["wjj"].budgets == (2024,)
    found = check_site(BuildRequest(root, tmp_path / "public", f"{TODAY} 23:59")).findings
    assert [item.code for item in found if item.code in ("ZW243", "ZW245")] == ["ZW243"]


def test_an_unchanged_department_keeps_its_row_from_the_last_build(tmp_path: Path) -> None:
    root = _site(tmp_path, {"wjj/a.md": _report("决算", 2024)}, wjj={})
    build(root, tmp_path / "public")
    assert _table(root)["wjj"].accounts == (2024,)
