"""Policies of all departments: by validity, in force at a year's end; consultations by day; interpretations with policies."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.sites import age, build, entry, page, served, write_site
from zwgk_site.statute.columns import is_chief

POLICY = {"类型": "政策文件", "有效性": "有效"}


def _policy(title: str, number: int, day: str, **more: Any) -> dict[str, Any]:
    return (
        POLICY | {"标题": title, "发文字号": f"示政发〔{day[:4]}〕{number}号", "成文日期": day, "发布日期": day} | more
    )


DOCUMENTS = {
    "xzf/2019/old.md": _policy("旧办法", 3, "2019-03-01"),
    "xzf/2021/short.md": _policy("试行办法", 5, "2021-05-01", 失效日期="2023-12-31"),
    "xzf/2024/new.md": _policy("新办法", 9, "2024-06-15", 施行日期="2024-07-01", 关联={"征求意见稿": ["draft"]}),
    "xzf/2026/next.md": _policy("下一办法", 1, "2026-10-08", 施行日期="2027-01-01", 关联={"废止": ["new"]}),
    "wjj/2020/local.md": _policy("局里的办法", 2, "2020-02-02"),
    "wjj/2021/bare.md": {"类型": "政策文件", "标题": "没有文号的政策", "发布日期": "2021-03-03"},
    "xzf/2024/end.md": _policy("清理决定", 8, "2024-06-15", 关联={"废止": ["wjj:local", "old"]}),
    "xzf/2025/edit.md": _policy("修改决定", 4, "2025-05-05", 关联={"修改": ["new"]}),
    "xzf/2024/jiedu.md": {"类型": "解读", "标题": "新办法解读", "发布日期": "2024-06-20", "关联": {"解读对象": ["new"]},
                          "解读人": {"姓名": "甲", "身份": "主要负责人"}},
    "wjj/2024/jiedu.md": {"类型": "解读", "标题": "副局长谈新办法", "发布日期": "2024-06-21", "关联": {"解读对象": ["xzf:new"]},
                          "解读人": {"姓名": "乙", "身份": "副局长"}},
    "xzf/2024/draft.md": {"类型": "征求意见", "标题": "新办法征求意见", "发布日期": "2024-01-10",
                          "征求意见": {"开始": "2024-01-10", "截止": "2024-02-20"}},
    "wjj/2024/result.md": {"类型": "意见采纳结果", "标题": "新办法采纳情况", "发布日期": "2024-03-10", "关联": {"征求意见稿": ["xzf:draft"]}},
    "wjj/2026/ask.md": {"类型": "征求意见", "标题": "控烟办法征求意见", "发布日期": "2026-11-01",
                        "征求意见": {"开始": "2026-11-25", "截止": "2026-12-01"}},
}  # fmt: skip
DEPARTMENTS = {"xzf": {"名称": "县政府", "目录": [entry("xzf")]}, "wjj": {"名称": "卫健局", "目录": [entry("wjj")]}}


def _words(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main>")[0]))


def _titles(out: Path, url: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page(out, url))


def _section(out: Path, url: str, anchor: str) -> str:
    found = page(out, url).partition(f'id="{anchor}"')
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", found[2].partition("</section>")[0])) if found[1] else ""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, DEPARTMENTS, DOCUMENTS)
    age(folder)
    return folder


@pytest.fixture(scope="module")
def out(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "public"
    assert build(root, folder).value is not None
    return folder


def test_each_policy_stands_under_its_validity_by_its_own_word_or_by_that_of_another_department(out: Path) -> None:
    assert _titles(out, "normative/repealed/index.html") == ["局里的办法", "旧办法"]
    assert _titles(out, "normative/expired/index.html") == ["试行办法"]
    assert _titles(out, "normative/coming/index.html") == ["下一办法"]
    assert _titles(out, "normative/amended/index.html") == ["新办法"]
    assert _titles(out, "normative/valid/index.html") == ["修改决定", "新办法", "清理决定"]
    assert '见<a href="../../xzf/' in page(out, "normative/repealed/index.html")
    assert "没有文号的政策" not in page(out, "normative/index.html")


def test_a_row_says_title_number_issuer_day_and_validity(out: Path) -> None:
    html = page(out, "normative/index.html")
    row = next(part for part in html.split("<tr>") if ">旧办法<" in part)
    labels = re.findall('data-label="([^"]+)"', row)
    assert labels == ["文号", "发文机关", "成文日期", "有效性"]
    assert "示政发〔2019〕3号" in row
    assert "2019-03-01" in row
    assert "已废止" in row


def test_a_year_end_lists_what_was_in_force_on_that_day(out: Path) -> None:
    assert _titles(out, "normative/2025/index.html") == ["修改决定", "新办法", "清理决定"]
    assert _titles(out, "normative/2024/index.html") == ["新办法", "清理决定"]
    assert _titles(out, "normative/2023/index.html") == ["试行办法", "局里的办法", "旧办法"]
    assert not (out / "normative/2020").exists()


def test_a_repeal_takes_effect_on_its_day(root: Path, out: Path, tmp_path: Path) -> None:
    later = tmp_path / "public"
    assert build(root, later, today="2026-12-31").value is not None
    assert "新办法" not in _titles(later, "normative/repealed/index.html")
    assert build(root, later, today="2027-01-01").value is not None
    assert "新办法" in _titles(later, "normative/repealed/index.html")
    assert not (later / "normative/coming").exists()


def test_a_consultation_changes_its_place_on_its_days(root: Path, tmp_path: Path) -> None:
    out, url = tmp_path / "public", "participation/index.html"
    stands = {}
    for day in ("2026-11-24", "2026-11-25", "2026-12-01", "2026-12-02"):
        assert build(root, out, today=day).value is not None
        stands[day] = [anchor for anchor in ("coming", "open", "waiting") if "控烟" in _section(out, url, anchor)]
    assert stands == {
        "2026-11-24": ["coming"],
        "2026-11-25": ["open"],
        "2026-12-01": ["open"],
        "2026-12-02": ["waiting"],
    }
    clean = tmp_path / "clean"
    assert build(root, clean, today="2026-12-02").value is not None
    one, other = served(out), served(clean)
    assert {
        name for name in one if one[name] != other.get(name) and name.startswith(("participation", "normative"))
    } == set()


def test_a_consultation_leads_to_its_result_and_to_the_policy_made_of_it(out: Path) -> None:
    answered = _section(out, "participation/index.html", "answered")
    assert "采纳结果：新办法采纳情况" in answered
    assert "出台的文件：新办法" in answered
    assert "2024-01-10至2024-02-20" in answered
    assert "新办法采纳情况" in page(out, "participation/all/index.html")


def test_interpretations_stand_with_their_policies_and_chiefs_by_themselves(out: Path) -> None:
    chief, newest = (_section(out, "interpretation/index.html", name) for name in ("chief", "newest"))
    assert "新办法解读" in chief
    assert "副局长" not in chief
    assert newest.index("副局长谈新办法") < newest.index("新办法解读")
    assert newest.count("解读的文件：新办法") == 2
    assert not is_chief("副县长")
    assert is_chief("县长")


def test_the_pages_are_there_before_there_is_a_policy_and_fill_when_one_comes(tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "public"
    write_site(root, {"wjj": {"名称": "卫健局"}})
    age(root)
    assert build(root, out).value is not None
    for folder in ("normative", "interpretation", "participation"):
        assert "暂无信息" in _words(page(out, f"{folder}/index.html"))
    write_site(root, {}, {"wjj/2020/a.md": DOCUMENTS["wjj/2020/local.md"]})
    age(root)
    assert build(root, out).value is not None
    assert _titles(out, "normative/index.html") == ["局里的办法"]
    withdrawn = DOCUMENTS["wjj/2020/local.md"] | {"撤回": {"日期": "2026-11-20", "理由": "内容有误"}}
    write_site(root, {}, {"wjj/2020/a.md": withdrawn})
    age(root)
    assert build(root, out).value is not None
    assert "暂无信息" in _words(page(out, "normative/index.html"))
    assert not (out / "normative/valid").exists()


def test_every_list_of_a_topic_can_be_reached_from_it(out: Path) -> None:
    for folder in ("interpretation", "participation"):
        html = page(out, f"{folder}/index.html")
        lists = [path.name for path in (out / folder).iterdir() if path.is_dir()]
        assert lists
        assert [name for name in lists if f'href="{name}/index.html"' not in html] == []
