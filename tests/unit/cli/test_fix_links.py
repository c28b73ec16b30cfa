"""`zwgk fix --links`: relations that texts state, shown first, written with --yes; nothing is guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sites import TODAY, build, page, page_url, write_site
from tests.unit.cli.runner import zwgk, zwgk_json
from zwgk_site.pipeline.check import check_site
from zwgk_site.pipeline.mend import plan_mends
from zwgk_site.pipeline.request import BuildRequest

POLICY = {
    "标题": "示范县人民政府办公室关于印发示范县养老服务补贴办法的通知",
    "发文机关": "示范县人民政府办公室",
    "发文字号": "示政办发〔2026〕12号",
    "类型": "政策文件",
    "有效性": "有效",
    "成文日期": "2026-03-02",
    "发布日期": "2026-03-05",
}
OLD = {
    **POLICY,
    "标题": "示范县人民政府关于印发示范县高龄津贴发放办法的通知",
    "发文机关": "示范县人民政府",
    "发文字号": "示政发〔2019〕3号",
}
READING = {"标题": "《示范县养老服务补贴办法》政策解读", "类型": "解读", "正文": "一、背景依据\n\n为了老有所养。"}


def _site(tmp_path: Path, documents: dict[str, Any]) -> Path:
    codes = sorted({name.partition("/")[0] for name in documents})
    return write_site(tmp_path / "site", {code: {} for code in codes}, documents)


def _planned(root: Path) -> tuple[dict[str, list[tuple[str, str]]], list[tuple[str, str]]]:
    """Notes by file, and findings as code and named documents."""
    done = plan_mends(root, root / "public", encodings=False, numbers=False, links_on=TODAY)
    changes = {change.file.removeprefix("content/"): list(change.notes) for change in done.value}
    return changes, [(item.code, str(dict(item.facts).get("names", ""))) for item in done.findings]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("《示范县养老服务补贴办法》政策解读", "正文。"),
        ("《示范县人民政府办公室关于印发示范县养老服务补贴办法的通知》解读", "正文。"),
        ("《关于印发〈示范县养老服务补贴办法〉的通知》解读", "正文。"),
        ("一图读懂示范县养老服务补贴办法政策解读", "正文。"),
        ("养老补贴新政解读", "近日，县政府办公室印发《示范县养老服务补贴办法》（示政办发〔2026〕12号）。"),
        ("养老补贴新政解读", "根据示政办发〔2026〕12号文件，现解读如下。"),
    ],
)
def test_an_interpretation_is_tied_to_the_one_document_that_it_names(title: str, body: str, tmp_path: Path) -> None:
    reading = {**READING, "标题": title, "正文": body}
    root = _site(tmp_path, {"wjj/banfa.md": POLICY, "wjj/other.md": OLD, "wjj/jiedu.md": reading})
    assert _planned(root) == ({"wjj/jiedu.md": [("relation", "解读对象: banfa")]}, [])


def test_it_is_shown_first_then_written_and_the_page_links_both_ways(tmp_path: Path) -> None:
    text = (
        "---\n# 办公室录入\n标题: 《示范县养老服务补贴办法》政策解读   # 勿改\n类型: 解读\n\n成文日期: 2026-03-02\n发布日期: 2026-03-05\n"
        "公开方式: 主动公开\n---\n\n正文。\n"
    )
    root = _site(tmp_path, {"jyj/banfa.md": POLICY, "wjj/jiedu.md": text})
    file = root / "content/wjj/jiedu.md"
    shown = zwgk("fix", root, "--links")
    assert "+关联: {解读对象: jyj:banfa}" in shown.stdout.splitlines()
    assert file.read_text("utf-8") == text
    assert zwgk("fix", root, "--links", "--yes").returncode == 0
    line = "关联: {解读对象: jyj:banfa}\n"
    assert file.read_text("utf-8") == text.replace("类型: 解读\n", "类型: 解读\n" + line)
    assert "没有需要改的" in zwgk("fix", root, "--links").stdout
    out = tmp_path / "public"
    build(root, out)
    reading = next(
        path.read_text("utf-8") for path in (out / "wjj").rglob("*.html") if "正文。" in path.read_text("utf-8")
    )
    assert "示范县养老服务补贴办法的通知" in reading
    assert "政策解读" in page(out, page_url("jyj/banfa.md"))


def test_the_finding_goes_once_the_relation_is_written(tmp_path: Path) -> None:
    root = _site(tmp_path, {"wjj/banfa.md": POLICY, "wjj/jiedu.md": READING})

    def codes() -> set[str]:
        return {item.code for item in check_site(BuildRequest(root, root / "public", f"{TODAY} 23:59")).findings}

    assert "ZW272" in codes()
    zwgk("fix", root, "--links", "--yes")
    assert not codes() & {"ZW272", "ZW301", "ZW302"}


def test_two_documents_of_one_title_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    older = {**POLICY, "发文字号": "示政办发〔2021〕7号"}
    root = _site(tmp_path, {"wjj/a.md": POLICY, "wjj/b.md": older, "wjj/jiedu.md": READING})
    assert _planned(root) == ({}, [("ZW887", "wjj:a、wjj:b")])
    numbered = {**READING, "标题": "《示范县养老服务补贴办法》（示政办发〔2021〕7号）解读"}
    write_site(root, {"wjj": {}}, {"wjj/jiedu.md": numbered})
    assert _planned(root) == ({"wjj/jiedu.md": [("relation", "解读对象: b")]}, [])


def test_what_is_closed_or_not_yet_published_is_never_named(tmp_path: Path) -> None:
    closed = {**POLICY, "公开方式": "依申请公开"}
    later = {**POLICY, "标题": "示范县养老服务补贴办法", "定时发布": "2027-01-04"}
    root = _site(tmp_path, {"wjj/a.md": closed, "wjj/b.md": later, "wjj/jiedu.md": READING})
    assert _planned(root) == ({}, [])


def test_a_result_is_tied_to_its_consultation(tmp_path: Path) -> None:
    draft = {"标题": "关于公开征求《示范县养老服务补贴办法（征求意见稿）》意见的公告", "类型": "征求意见"}
    result = {"标题": "《示范县养老服务补贴办法（征求意见稿）》意见采纳情况", "类型": "意见采纳结果"}
    root = _site(tmp_path, {"wjj/banfa.md": POLICY, "wjj/zhengqiu.md": draft, "wjj/caina.md": result})
    assert _planned(root)[0] == {"wjj/caina.md": [("relation", "征求意见稿: zhengqiu")]}


@pytest.mark.parametrize(
    "sentence",
    [
        "本办法自2026年4月1日起施行，《示范县高龄津贴发放办法》（示政发〔2019〕3号）同时废止。",
        "原《示范县高龄津贴发放办法》自本办法施行之日起废止。",
        "县政府决定废止《示范县高龄津贴发放办法》（示政发〔2019〕3号）。",
        "自本通知印发之日起，示政发〔2019〕3号文件予以废止。",
    ],
)
def test_what_a_text_repeals_is_related_and_marked(sentence: str, tmp_path: Path) -> None:
    root = _site(tmp_path, {"wjj/banfa.md": {**POLICY, "正文": sentence}, "jyj/old.md": OLD})
    expected = {"wjj/banfa.md": [("relation", "废止: jyj:old")], "jyj/old.md": [("validity", "废止")]}
    assert _planned(root) == (expected, [])


@pytest.mark.parametrize(
    "sentence",
    [
        "根据《示范县高龄津贴发放办法》，现将有关规定予以废止。",
        "《示范县高龄津贴发放办法》（示政发〔2020〕9号）同时废止。",
        "《示范县高龄津贴发放办法》不予废止。",
        "本办法由示政发〔2019〕3号文件废止。",
        "有关规定已被《示范县高龄津贴发放办法》废止。",
        "《示范县高龄津贴发放办法》拟于明年废止。",
        "《示范县高龄津贴发放办法》废止前已经受理的，继续办理。",
        "{不公开:国家秘密|《示范县高龄津贴发放办法》同时废止。}",
    ],
)
def test_what_is_not_repealed_stays(sentence: str, tmp_path: Path) -> None:
    root = _site(tmp_path, {"wjj/banfa.md": {**POLICY, "正文": sentence}, "wjj/old.md": OLD})
    assert _planned(root) == ({}, [])


def test_a_newer_document_is_never_repealed_by_an_older_one(tmp_path: Path) -> None:
    body = "《示范县高龄津贴发放办法》自2026年7月1日起废止。"
    newer = {**OLD, "成文日期": "2026-06-02", "发布日期": "2026-06-05"}
    root = _site(tmp_path, {"wjj/banfa.md": {**POLICY, "正文": body}, "wjj/new.md": newer})
    assert _planned(root) == ({}, [])


def test_an_interpretation_that_tells_of_a_repeal_repeals_nothing(tmp_path: Path) -> None:
    reading = {**READING, "正文": "《示范县高龄津贴发放办法》（示政发〔2019〕3号）同时废止。"}
    root = _site(tmp_path, {"wjj/banfa.md": POLICY, "wjj/old.md": OLD, "wjj/jiedu.md": reading})
    assert _planned(root)[0] == {"wjj/jiedu.md": [("relation", "解读对象: banfa")]}


def test_a_repeal_to_come_is_related_and_the_old_text_stays_in_force(tmp_path: Path) -> None:
    body = "本办法自2027年1月1日起施行。《示范县高龄津贴发放办法》同时废止。"
    root = _site(tmp_path, {"wjj/banfa.md": {**POLICY, "正文": body}, "wjj/old.md": OLD})
    assert _planned(root)[0] == {"wjj/banfa.md": [("relation", "废止: old")]}


def test_several_are_repealed_in_one_line_and_others_amended(tmp_path: Path) -> None:
    second = {**OLD, "标题": "示范县敬老院管理规定", "发文字号": "示政发〔2018〕20号"}
    third = {**OLD, "标题": "示范县养老机构补助细则", "发文字号": "示政发〔2020〕5号"}
    body = (
        "对《示范县养老机构补助细则》第三条作如下修改。\n\n"
        "《示范县高龄津贴发放办法》（示政发〔2019〕3号）、《示范县敬老院管理规定》（示政发〔2018〕20号）同时废止。"
    )
    documents = {"wjj/banfa.md": {**POLICY, "正文": body}, "wjj/a.md": OLD, "wjj/b.md": second, "wjj/c.md": third}
    root = _site(tmp_path, documents)
    changes, findings = _planned(root)
    assert sorted(changes.pop("wjj/banfa.md")) == [("relation", "修改: c"), ("relation", "废止: [a, b]")]
    assert changes == {"wjj/a.md": [("validity", "废止")], "wjj/b.md": [("validity", "废止")]}
    assert findings == []
    zwgk("fix", root, "--links", "--yes")
    assert not [
        item
        for item in check_site(BuildRequest(root, root / "public", f"{TODAY} 23:59")).findings
        if item.severity == 3
    ]
    assert _planned(root) == ({}, [])


def test_a_stated_repeal_marks_the_older_document(tmp_path: Path) -> None:
    front = (
        "---\n标题: 关于养老补贴的新办法\n类型: 政策文件\n关联:   # 已核对\n  废止: old\n成文日期: 2026-03-02\n发布日期: 2026-03-05\n"
        "公开方式: 主动公开\n---\n\n对《示范县养老机构补助细则》作如下修改。\n"
    )
    third = {**OLD, "标题": "示范县养老机构补助细则", "发文字号": "示政发〔2020〕5号"}
    root = _site(tmp_path, {"wjj/new.md": front, "wjj/old.md": OLD, "wjj/c.md": third})
    changes, _ = _planned(root)
    assert changes == {"wjj/new.md": [("relation", "修改: c")], "wjj/old.md": [("validity", "废止")]}
    zwgk("fix", root, "--links", "--yes")
    assert (root / "content/wjj/new.md").read_text("utf-8") == front.replace(
        "  废止: old\n", "  修改: c\n  废止: old\n"
    )


def test_a_front_matter_that_is_laid_out_oddly_is_left_to_a_person(tmp_path: Path) -> None:
    front = "---\n关联: 待补\n标题: 《示范县养老服务补贴办法》解读\n类型: 解读\n成文日期: 2026-03-02\n发布日期: 2026-03-05\n公开方式: 主动公开\n---\n\n正文。\n"
    root = _site(tmp_path, {"wjj/banfa.md": POLICY, "wjj/jiedu.md": front})
    shown = zwgk_json("fix", root, "--links", "--yes")
    assert [item["code"] for item in shown["findings"]] == ["ZW888"]
    assert (root / "content/wjj/jiedu.md").read_text("utf-8") == front
