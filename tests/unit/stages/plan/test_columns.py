"""The fixed columns of a department: always there, always under their names, never blank without a word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.sites import age, build, codes, entry, page, served, write_site
from zwgk_site.statute.columns import FIXED_COLUMNS, items_of


def _text(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main>")[0]))


def _build(tmp_path: Path, department: dict[str, Any], documents: dict[str, Any] | None = None) -> Path:
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": department}, documents)
    age(root)
    assert build(root, out).value is not None
    return out


def test_every_department_has_the_five_columns_with_their_tags(tmp_path: Path) -> None:
    out = _build(tmp_path, {})
    for column in FIXED_COLUMNS:
        html = page(out, f"wjj/{column.file}")
        assert f'<meta name="ColumnName" content="{column.name}">' in html
        assert f'<meta name="ColumnType" content="{column.type}">' in html
        for other in FIXED_COLUMNS:
            assert f'href="../wjj/{other.file}"' in html


def test_documents_stand_in_the_column_of_their_kind_newest_first(tmp_path: Path) -> None:
    documents = {
        f"wjj/{year}/nianbao.md": {
            "标题": f"{year}年度报告",
            "类型": "年报",
            "年度": year,
            "发布日期": f"{year + 1}-01-10",
        }
        for year in (2023, 2024)
    }
    documents["wjj/2024/zhidu.md"] = {"标题": "发布审核制度", "类型": "制度"}
    out = _build(tmp_path, {}, documents)
    annual = _text(page(out, "wjj/annual.html"))
    assert annual.index("2024年度报告") < annual.index("2023年度报告")
    assert "发布审核制度" in _text(page(out, "wjj/system.html"))
    assert "发布审核制度" not in annual
    assert "本栏目暂无信息" in _text(page(out, "wjj/guide.html"))


def test_the_statutory_tree_shows_entries_counts_and_why_nothing_is_there(tmp_path: Path) -> None:
    entries = [
        entry("wjj", 1, 法定事项="20-7"),
        entry("wjj", 2, 法定事项="20-8", 空缺说明="本机关不收费"),
        entry("wjj", 3, 法定事项="20-3", 公开时限="每年3月31日前"),
    ]
    documents = {"wjj/2026/a.md": {"标题": "预算", "条目": "WJJ-001", "发布日期": "2026-02-10"}}
    out = _build(tmp_path, {"目录": entries, "层级": "县级", "无此职能": ["20-14"]}, documents)
    html = page(out, "wjj/statutory.html")
    parts = {
        found[1]: _text(f"<main>{found[2]}</main>")
        for found in re.finditer(r'id="(i-[^"]+)">(.*?)</section>', html, re.DOTALL)
    }
    assert "1条最近2026-02-10" in parts["i-20-7"]
    assert "暂无信息：本机关不收费" in parts["i-20-8"]
    assert "本栏目暂无信息" in parts["i-20-4"]
    assert "没有这项职能" in parts["i-20-14"]
    assert "i-21-1" in parts
    assert "i-21-2" not in parts


def test_an_empty_leaf_says_when_it_is_due_unless_it_is_late(tmp_path: Path) -> None:
    entries = [entry("wjj", 1, 法定事项="20-3", 公开时限="每年12月31日前")]
    out = _build(tmp_path, {"目录": entries})
    assert "按目录应于2026-12-31前公开" in _text(page(out, "wjj/statutory.html"))


def test_what_practice_adds_stands_below_and_the_chiefs_interpretations_by_themselves(tmp_path: Path) -> None:
    documents = {
        "wjj/2026/a.md": {"标题": "解读甲", "类型": "解读", "解读人": {"姓名": "张三", "身份": "局长"}},
        "wjj/2026/b.md": {"标题": "解读乙", "类型": "解读"},
        "wjj/2026/c.md": {"标题": "征求意见", "类型": "征求意见"},
    }
    html = page(_build(tmp_path, {}, documents), "wjj/statutory.html")
    chief = html.partition('id="chief"')[2].partition("</section>")[0]
    assert "解读甲" in chief
    assert "解读乙" not in chief
    assert 'id="participation"' in html
    assert 'id="gazette"' not in html


def test_a_request_page_tells_how_to_ask_whom_and_what_for(tmp_path: Path) -> None:
    entries = [entry("wjj", 1), entry("wjj", 2, 公开方式="依申请公开", 公开事项=["档案", "病历档案"])]
    out = _build(tmp_path, {"目录": entries, "公开工作机构": "局办公室", "联系": {"电话": "0000-1"}})
    html = page(out, "wjj/request.html")
    assert "20个工作日内答复" in html
    assert "局办公室" in html
    assert "病历档案" in _text(html)


def test_a_former_address_can_not_take_the_place_of_a_column(tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {}}, {"wjj/2026/a.md": {"曾用网址": "guide.html"}})
    built = build(root, out)
    assert built.value is not None
    assert "政府信息公开指南" in page(out, "wjj/guide.html")
    assert "ZW401" not in codes(built)
    assert len([url for url in served(out) if url == "wjj/guide.html"]) == 1


def test_items_go_by_level_and_kind_of_organ() -> None:
    assert {term.slug for term in items_of("政府部门", "县级")} >= {"20-1", "20-15", "21-1"}
    assert "21-2" in {term.slug for term in items_of("乡镇街道", "乡级")}
    assert "21-1" not in {term.slug for term in items_of("乡镇街道", "乡级")}
    assert "21-1" not in {term.slug for term in items_of("政府部门", "省级")}
    assert items_of("公共企事业单位", "县级") == ()


def test_an_entry_says_in_plain_words_what_was_promised_whom_to_ask_and_where_to_ask_for_more(tmp_path: Path) -> None:
    entries = [
        entry("wjj", 1, 公开事项=["防控", "学校防控"], 公开时限="自信息形成之日起十个工作日内", 责任科室="疾控股"),
        entry("wjj", 2, 公开事项=["防控", "医院防控"], 公开时限="看着办"),
    ]
    out = _build(tmp_path, {"目录": entries, "联系": {"电话": "0000-4001"}})
    html = page(out, "wjj/e/WJJ-001.html")
    assert "信息形成后10个工作日内公开。" in html.partition('class="promise"')[2].partition("</div>")[0]
    aside = html.partition("<aside")[2]
    assert "疾控股" in aside
    assert "0000-4001" in aside
    assert 'href="../../wjj/request.html"' in aside
    assert "医院防控</a>" in aside
    assert "没有读懂" not in page(out, "wjj/e/WJJ-002.html")


def test_a_home_shows_figures_years_as_bars_with_their_numbers_and_the_items_that_hold_something(
    tmp_path: Path,
) -> None:
    entries = [entry("wjj", 1, 法定事项="20-7"), entry("wjj", 2, 法定事项="20-3"), entry("wjj", 3, 法定事项="20-7")]
    documents = {
        f"wjj/{year}/{number}.md": {"发布日期": f"{year}-03-0{number}", "条目": "WJJ-001"}
        for year, count in ((2024, 1), (2026, 4))
        for number in range(1, count + 1)
    }
    html = page(_build(tmp_path, {"目录": entries}, documents), "wjj/index.html")
    glance = html.partition('class="side glance"')[2].partition("</section>")[0]
    assert re.findall(r'<th scope="row">(\d+)</th>.*?<rect width="(\d+)".*?<span>(\d+)</span>', glance) == [
        ("2026", "100", "4"),
        ("2024", "25", "1"),
    ]
    assert "5 条" in glance
    assert "逾期" not in glance
    items = html.partition("<h2>法定主动公开内容</h2>")[2].partition("</section>")[0]
    assert re.findall(r"statutory\.html#i-([\d-]+)", items) == ["20-3", "20-7"]
    assert '<span class="count">5' in items


def test_lateness_stands_in_the_figures_only_where_the_site_says_so(tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "public"
    entries = [entry("wjj", 1, 公开时限="每季度末后15日内公开")]
    documents = {"wjj/2026/a.md": {"发布日期": "2026-01-10", "条目": "WJJ-001"}}
    write_site(root, {"wjj": {"目录": entries}}, documents, settings={"公开履约状态": True})
    age(root)
    build(root, out)
    glance = page(out, "wjj/index.html").partition('class="side glance"')[2].partition("</section>")[0]
    assert "<dt>逾期</dt><dd>1 项</dd>" in glance


def test_entries_of_no_statutory_item_are_shown_all_the_same(tmp_path: Path) -> None:
    out = _build(
        tmp_path,
        {"目录": [entry("wjj", 1, 法定事项="20-7"), entry("wjj", 2, 公开事项=["便民", "停水通知"], 法定事项="")]},
    )
    html = page(out, "wjj/statutory.html")
    assert "停水通知" in _text(html).partition("其他主动公开的事项")[2]


def test_a_public_enterprise_shows_its_own_subjects_and_where_to_complain(tmp_path: Path) -> None:
    entries = [
        entry("wjj", 1, 公开事项=["收费", "水价"]),
        entry("wjj", 2, 公开事项=["服务", "停水通知"]),
        entry("wjj", 3, 公开事项=["收费", "押金"]),
    ]
    out = _build(tmp_path, {"目录": entries, "类别": "公共企事业单位"})
    html = page(out, "wjj/statutory.html")
    assert re.findall(r"<h2>([^<]+)</h2>", html.partition("<main")[2].partition("</main>")[0]) == ["收费", "服务"]
    text = _text(html)
    assert text.index("水价") < text.index("押金") < text.index("停水通知")
    assert "第五十五条" in text
    assert "第二十条" not in text
    assert "statutory.html#" not in page(out, "wjj/index.html")
    request = _text(page(out, "wjj/request.html"))
    assert "主管部门申诉" in request
    assert "行政复议" not in request
    assert "第四十九条" not in _text(page(out, "wjj/annual.html"))
