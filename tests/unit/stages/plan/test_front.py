"""The home of the whole site and the list of its departments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sites import age, build, entry, page, write_site
from zwgk_site.stages.plan.front import HOME_NEWEST, MOST_NAMED
from zwgk_site.statute.columns import FIXED_COLUMNS

DEPARTMENTS = {
    "xzf": {"名称": "示范县人民政府", "类别": "本级政府", "层级": "县级", "联系": {"电话": "0000-1000"}},
    "czj": {"名称": "示范县财政局", "类别": "政府部门", "联系": {"电话": "0000-2000"}, "目录": [entry("czj", 1, 重点领域=["财政资金"])]},
    "fgj": {"名称": "示范县发展和改革局", "类别": "政府部门", "撤销日期": "2026-01-01"},
    "bhz": {"名称": "白河镇人民政府", "类别": "乡镇街道"},
}  # fmt: skip
DOCUMENTS = {
    f"czj/2025/d{place}.md": {"标题": f"文件{place}", "发布日期": f"2025-03-{place:02}"} for place in range(1, 14)
}


def _words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main>")[0]))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    write_site(root, DEPARTMENTS, DOCUMENTS)
    age(root)
    folder = tmp_path_factory.mktemp("out") / "public"
    assert build(root, folder).value is not None
    return folder


def test_the_home_opens_with_the_governments_own_columns(out: Path) -> None:
    html = page(out, "index.html")
    for column in FIXED_COLUMNS:
        assert f'href="xzf/{column.file}"' in html
    for url in ("normative", "interpretation", "participation"):
        assert f'href="{url}/index.html"' in html
    assert 'href="coverage.html"' in html


def test_the_home_shows_the_newest_and_figures_of_the_whole(out: Path) -> None:
    html = page(out, "index.html")
    newest = html.partition("<h2>最新公开")[2].partition("</section>")[0]
    assert newest.count("<li>") == HOME_NEWEST
    assert "文件13" in newest
    assert 'href="years/2025/index.html">更多' in newest
    glance = html.partition('class="side glance"')[2].partition("</section>")[0]
    assert "3 个" in glance  # the one dissolved does not count
    assert "13 条" in glance
    assert re.search(
        r'<th scope="row">2025</th>.*?<rect width="100" height="10"/>.*?<span>13</span>', glance, re.DOTALL
    )


def test_departments_stand_by_category_with_telephone_and_counts(out: Path) -> None:
    html = page(out, "departments.html")
    captions = re.findall("<caption>([^<]+)", html)
    assert captions == ["本级政府", "政府部门", "乡镇街道"]
    row = next(part for part in html.split("<tr>") if "示范县财政局" in part)
    assert 'data-label="电话">0000-2000<' in row
    assert 'data-label="目录条目">1<' in row
    assert 'data-label="公开信息">13<' in row
    dissolved = next(part for part in html.split("<tr>") if "发展和改革局" in part)
    assert "已撤销" in dissolved
    assert "未填写" in dissolved


def test_the_name_of_the_place_does_not_count_in_the_order_of_pinyin(out: Path) -> None:
    html = page(out, "departments.html").partition('id="pinyin"')[2]
    assert re.findall("<h3>([^<]+)", html) == ["B", "C", "F", "R"]


def test_the_home_names_categories_where_departments_are_very_many(tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {f"b{place:03d}": {"名称": f"第{place}局"} for place in range(MOST_NAMED + 1)})
    age(root)
    assert build(root, out).value is not None
    html = page(out, "index.html")
    assert f"{MOST_NAMED + 1} 个部门" in html
    anchor = re.search(r'href="departments.html#(c-\d)"', html)
    assert anchor
    assert f'id="{anchor[1]}"' in page(out, "departments.html")
