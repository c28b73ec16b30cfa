"""What a document's page shows around its text: interpretations, contents, series, changes, citation, whom to tell."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.sites import BODY, age, build, page, page_url, served, write_site


def _part(html: str, start: str, stop: str) -> str:
    found = html.partition(start)[2].partition(stop)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found)).strip()


def _build(tmp_path: Path, documents: dict[str, Any], **settings: Any) -> Path:
    write_site(tmp_path / "site", {"wjj": {"联系": {"邮箱": "wjj@shifan.example"}}}, documents, settings=settings)
    age(tmp_path / "site")
    assert build(tmp_path / "site", tmp_path / "public").value is not None
    return tmp_path / "public"


def test_a_policy_and_its_interpretation_show_each_other_below_the_table(tmp_path: Path) -> None:
    documents = {
        "wjj/2026/a.md": {"标题": "政策甲", "类型": "政策文件"},
        "wjj/2026/b.md": {"标题": "解读乙", "类型": "解读", "关联": {"解读对象": "a"}},
    }
    out = _build(tmp_path, documents)
    policy, explained = page(out, page_url("wjj/2026/a.md")), page(out, page_url("wjj/2026/b.md"))
    assert "解读乙" in _part(policy, '<section class="explained">', "</section>")
    assert "政策甲" in _part(explained, '<section class="explained">', "</section>")
    assert policy.index('class="explained"') < policy.index("doc-body")


def test_three_headings_make_a_contents_list_of_two_levels(tmp_path: Path) -> None:
    body = "## 一、总则 <b>粗</b>\n\n甲\n\n### （一）细则\n\n乙\n\n#### 更细\n\n## 二、附则 & 其他\n\n丙\n"
    out = _build(tmp_path, {"wjj/2026/a.md": {BODY: body}, "wjj/2026/b.md": {BODY: "## 一\n\n甲\n\n## 二\n\n乙\n"}})
    html = page(out, page_url("wjj/2026/a.md"))
    contents = html.partition("doc-contents")[2].partition("</nav>")[0]
    links = re.findall(r'<li( class="below")?><a href="#([^"]+)">([^<]+)</a>', contents)
    assert [(bool(below), text) for below, _, text in links] == [
        (False, "一、总则 粗"),
        (True, "（一）细则"),
        (False, "二、附则 &amp; 其他"),
    ]
    assert all(f'id="{anchor}"' in html for _, anchor, _ in links)
    assert "doc-contents" not in page(out, page_url("wjj/2026/b.md"))


def test_a_text_taken_from_the_old_page_keeps_its_contents_list(tmp_path: Path) -> None:
    body = "## 一\n\n甲\n\n## 二\n\n乙\n\n## 三\n\n丙\n"
    out = _build(tmp_path, {"wjj/2026/a.md": {BODY: body}})
    before = page(out, page_url("wjj/2026/a.md"))
    write_site(tmp_path / "site", documents={"wjj/2026/a.md": {BODY: body, "关键词": ["新"]}})
    build(tmp_path / "site", out)
    after = page(out, page_url("wjj/2026/a.md"))
    assert before != after
    assert after.count("doc-contents") == 1


def test_a_series_names_its_neighbours_and_the_page_itself(tmp_path: Path) -> None:
    documents = {
        f"wjj/{year}/nianbao.md": {"标题": f"{year}年报", "系列": "年度报告", "发布日期": f"{year}-01-20"}
        for year in range(2000, 2026)
    }
    out = _build(tmp_path, documents)
    series = page(out, page_url("wjj/2010/nianbao.md")).partition('class="panel series"')[2].partition("</section>")[0]
    assert series.count("<li>") == 12
    assert re.search(r'<strong aria-current="page">2010年报（本页）</strong>', series)
    assert "2009年报</a>" in series
    newest = _part(page(out, page_url("wjj/2025/nianbao.md")), 'class="panel series"', "</section>")
    assert "2025年报（本页）" in newest
    assert newest.index("2025年报") < newest.index("2024年报")


def test_a_new_document_of_a_long_series_touches_few_pages(tmp_path: Path) -> None:
    documents = {
        f"wjj/{year}/nianbao.md": {"标题": f"{year}年报", "系列": "年度报告", "发布日期": f"{year}-01-20"}
        for year in range(1990, 2026)
    }
    out = _build(tmp_path, documents)
    before = served(out)
    write_site(tmp_path / "site", documents={"wjj/2026/nianbao.md": {"标题": "2026年报", "系列": "年度报告"}})
    build(tmp_path / "site", out)
    after = served(out)
    changed = [url for url in before if re.fullmatch(r"wjj/\d{4}/\d+\.html", url) and before[url] != after[url]]
    assert 0 < len(changed) <= 13


def test_changes_stand_newest_first_and_date_the_page(tmp_path: Path) -> None:
    changes = [{"日期": "2026-03-01", "内容": "更正电话"}, {"日期": "2026-05-01", "内容": "补充附件<2>"}]
    out = _build(tmp_path, {"wjj/2026/a.md": {"更新记录": changes, "变更日期": "2026-06-01"}})
    html = page(out, page_url("wjj/2026/a.md"))
    listed = _part(html, '<details class="changes">', "</details>")
    assert listed == "更新记录 2026-06-01 内容有变更 2026-05-01 补充附件&lt;2&gt; 2026-03-01 更正电话"
    assert "更新日期 2026-06-01" in _part(html, '<dl class="doc-foot">', "</dl>")


def test_the_citation_names_issuer_title_number_day_and_address(tmp_path: Path) -> None:
    given = {
        "标题": "关于防控的通知",
        "发文机关": ["甲局", "乙局"],
        "发文字号": "示卫发〔2026〕15号",
        "发布日期": "2026-03-09 09:30",
    }
    out = _build(tmp_path, {"wjj/2026/a.md": given})
    address = f"https://www.shifan.example/{page_url('wjj/2026/a.md')}"
    cited = _part(page(out, page_url("wjj/2026/a.md")), "<summary>引用本文</summary>", "</details>")
    assert cited == f"甲局，乙局. 关于防控的通知（示卫发〔2026〕15号）[EB/OL]. 2026-03-09. {address}."


def test_a_mistake_is_told_to_the_department_by_mail_or_to_the_common_office(tmp_path: Path) -> None:
    out = _build(tmp_path, {"wjj/2026/a.md": {"标题": "甲 & 乙"}})
    assert 'href="mailto:wjj@shifan.example?subject=%E7%BD%91' in page(out, page_url("wjj/2026/a.md"))
    write_site(tmp_path / "site", {"wjj": {}}, settings={"找错地址": "https://zhaocuo.shifan.example/"})
    build(tmp_path / "site", out)
    report = page(out, page_url("wjj/2026/a.md")).partition('<p class="report">')[2].partition("</p>")[0]
    assert 'href="https://zhaocuo.shifan.example/"' in report
