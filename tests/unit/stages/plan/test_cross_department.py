"""Pages across departments: facets of reach, and what the catalogues cover."""

from __future__ import annotations

import re
from pathlib import Path

from tests.sites import age, build, entry, page, write_site
from zwgk_site.stages.plan.coverage import PAGE_DEPARTMENTS

DEPARTMENTS = {
    "wjj": {
        "名称": "卫健局",
        "类别": "政府部门",
        "层级": "县级",
        "无此职能": ["20-9"],
        "目录": [
            entry(
                "wjj", 1, 法定事项="20-7", 五公开="结果", 重点领域=["财政资金"], 公开渠道=["政府网站", "■公开查阅点"]
            ),
            entry("wjj", 2, 法定事项="20-7", 五公开="决策", 公开对象="全社会", 公开渠道=["政府网站"]),
            entry("wjj", 3, 法定事项="20-5", 五公开="服务", 公开对象="特定群体（被征收人）"),
        ],
    },
    "jyj": {
        "名称": "教育局",
        "类别": "政府部门",
        "目录": [entry("jyj", 1, 法定事项="20-7", 五公开="结果", 公开对象="公众", 公开渠道=["政府网站"])],
    },
}
DOCUMENTS = {
    "wjj/2025/a.md": {"标题": "决算", "条目": "WJJ-001", "发布日期": "2025-09-01"},
    "wjj/2026/b.md": {"标题": "预算", "条目": "WJJ-002", "发布日期": "2026-02-10"},
    "wjj/2026/c.md": {"标题": "预算公开", "条目": "WJJ-002", "发布日期": "2026-03-10"},
}


def _text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main>")[0]))


def _build(tmp_path: Path) -> Path:
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, DEPARTMENTS, DOCUMENTS)
    age(root)
    assert build(root, out).value is not None
    return out


def _table(html: str, caption: str) -> dict[str, dict[str, str]]:
    """Cells of a matrix by row and column, as words."""
    found = next(part for part in html.split("<table")[1:] if f"<caption>{caption}" in part).partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", found.partition("<tbody>")[2], re.DOTALL)
    return {
        re.sub("<[^>]+>", "", re.search("<th.*?</th>", row, re.DOTALL)[0]).strip(): {  # type: ignore[index]
            label: re.sub("<[^>]+>", "", cell).strip()
            for label, cell in re.findall('<td data-label="([^"]+)"[^>]*>(.*?)</td>', row, re.DOTALL)
        }
        for row in rows
    }


def test_areas_and_audiences_list_entries_and_channels_count_them_by_department(tmp_path: Path) -> None:
    out = _build(tmp_path)
    assert "财政预决算" in _text(page(out, "areas/index.html"))
    assert "wjj/e/" in page(out, "areas/k01/index.html")
    some = _text(page(out, "audiences/some/index.html"))
    assert "被征收人" in some
    everyone = _text(page(out, "audiences/everyone/index.html"))
    assert re.search(r"教育局 1 条", everyone)
    website = _text(page(out, "channels/c01/index.html"))
    assert re.search(r"卫健局 2 条", website)
    assert re.search(r"教育局 1 条", website)
    assert "卫健局" in _text(page(out, "channels/c07/index.html"))
    assert re.search(r"政府网站 3 条", _text(page(out, "channels/index.html")))


def test_an_entry_leads_to_the_lists_of_its_area_and_audience(tmp_path: Path) -> None:
    out = _build(tmp_path)
    pages = "".join(path.read_text() for path in sorted((out / "wjj/e").iterdir()))
    assert 'href="../../areas/k01/index.html">财政资金</a>' in pages
    assert 'href="../../audiences/some/index.html">特定群体（被征收人）</a>' in pages
    assert 'href="../../audiences/everyone/index.html">全社会</a>' in pages


def test_coverage_crosses_items_with_stages_and_departments_with_items_and_years(tmp_path: Path) -> None:
    html = page(_build(tmp_path), "coverage.html")
    stages = _table(html, "各法定事项的目录条目")["财政预算、决算"]
    assert stages == {"决策": "1", "执行": "无", "管理": "无", "服务": "无", "结果": "2", "合计": "3"}
    items = _table(html, "各部门目录里的法定事项")
    assert items["卫健局"]["预算决算"] == "2"
    assert items["卫健局"]["政府采购"] == "无此职能"
    assert items["卫健局"]["统计信息"] == "无"
    assert items["卫健局"]["乡镇事项"] == "—"
    assert items["教育局"]["合计"] == "1"
    assert 'class="promised"><a href="jyj/statutory.html#i-20-7">1</a>' in html
    assert '<a href="wjj/statutory.html#i-20-7">2</a>' in html
    years = _table(html, "各部门每年公开的信息")
    assert years["卫健局"] == {"2026年": "2", "2025年": "1", "合计": "3"}
    assert years["教育局"] == {"2026年": "无", "2025年": "无", "合计": "0"}


def test_coverage_of_many_departments_goes_over_several_pages(tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "public"
    many = {f"b{place:03d}": {"名称": f"第{place}局"} for place in range(PAGE_DEPARTMENTS + 1)}
    write_site(root, many)
    age(root)
    assert build(root, out).value is not None
    first, second = page(out, "coverage.html"), page(out, "coverage-2.html")
    assert first.count('statutory.html"') == PAGE_DEPARTMENTS
    assert second.count('statutory.html"') == 1
    assert 'href="coverage-2.html"' in first
    assert 'href="coverage.html"' in second


def test_an_edit_that_changes_no_number_leaves_coverage_alone(tmp_path: Path) -> None:
    out = _build(tmp_path)
    before = (out / "coverage.html").stat().st_mtime_ns
    write_site(
        tmp_path / "site", DEPARTMENTS, DOCUMENTS | {"wjj/2025/a.md": DOCUMENTS["wjj/2025/a.md"] | {"标题": "部门决算"}}
    )
    age(tmp_path / "site")
    assert build(tmp_path / "site", out).value is not None
    assert (out / "coverage.html").stat().st_mtime_ns == before
    assert "部门决算" in page(out, "years/2025/index.html")
