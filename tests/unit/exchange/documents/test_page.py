"""Pages of old columns: what is text and what stands around it, where structure alone has to tell."""

from __future__ import annotations

import pytest

from tests.old_pages import FOOTER, NAVIGATION, PARAGRAPHS, RELATED, TITLE
from zwgk_site.exchange.documents.page import read_page
from zwgk_site.exchange.documents.plain import text_of_block
from zwgk_site.exchange.documents.value import Heading, SourceDocument, Table

LINES = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def read(body: str, head: str = "") -> SourceDocument:
    document = read_page(f"<html><head>{head}</head><body>{NAVIGATION}{body}{FOOTER}</body></html>".encode(), "a.html")
    assert document is not None
    return document


def texts(document: SourceDocument) -> list[str]:
    return [text_of_block(block) for block in document.blocks]


def test_a_text_of_one_sentence_is_found_among_long_lists() -> None:
    bar = "<div>时间：2026-12-30 来源：县政府办</div>"
    document = read(f"<div><h1>关于元旦放假的通知</h1>{bar}<div><p>元旦放假1天。</p></div></div>{RELATED}")
    assert texts(document) == ["元旦放假1天。"]
    assert document.value_of("published_on") == "2026-12-30"


def test_a_table_with_labels_for_headers_is_no_metadata() -> None:
    rows = "<tr><td>序号</td><td>名称</td><td>文号</td><td>事由</td></tr><tr><td>1</td><td>某店</td><td>示罚〔2026〕1号</td><td>占道经营，予以警告。</td></tr>"
    document = read(f"<div><h2>示范县行政处罚公示表</h2><table border=1>{rows}</table></div>")
    assert document.value_of("document_number") == ""
    assert any(isinstance(block, Table) for block in document.blocks)


def test_one_long_cell_leaves_a_table_a_table() -> None:
    rows = f"<tr><td>事项</td><td>办理条件</td></tr><tr><td>户口迁移</td><td>{LINES}</td></tr>"
    document = read(f"<div><h2>办事指南</h2><table border=1>{rows}</table></div>")
    assert "户口迁移" in "".join(texts(document))
    assert isinstance(document.blocks[-1], Table)


def test_words_of_a_footer_inside_a_text_are_text() -> None:
    middle = "党政机关要带头节约用能，联系我们的电话是公开的。"
    document = read(f"<div>{LINES}<p>{middle}</p><p>主办单位：县发展改革局</p>{LINES}</div>")
    assert middle in texts(document)
    assert "主办单位：县发展改革局" in texts(document)


@pytest.mark.parametrize(
    "line",
    [
        "打印",
        "【打印】【关闭】",
        "上一篇：关于某事的通知",
        "分享到：",
        "浏览次数：12",
        "责任编辑：张三",
        "扫一扫在手机打开当前页",
        "字体：大 中 小",
    ],
)
def test_lines_that_every_page_has_are_cut_at_the_edges_only(line: str) -> None:
    document = read(f"<div><p>{line}</p>{LINES}<p>{line}</p>{LINES}<p>{line}</p></div>")
    assert texts(document).count(line) == 1


@pytest.mark.parametrize(
    "line",
    [
        "注册会计师管理办法",
        "下载量居全省前列。",
        "时间：2026年3月5日上午9点",
        "大中小学生",
        "关闭小煤矿",
        "首页面设计规范",
        "来源地管理",
    ],
)
def test_lines_that_only_begin_alike_are_text(line: str) -> None:
    assert texts(read(f"<div><p>{line}</p>{LINES}<p>{line}</p></div>")).count(line) == 2


def test_lines_set_as_typed_stay_lines() -> None:
    document = read(f"<h1>{TITLE}</h1><pre>{chr(10).join(PARAGRAPHS)}</pre>")
    assert texts(document)[0].count("\n") >= len(PARAGRAPHS) - 1


def test_formatting_that_is_never_closed_loses_nothing() -> None:
    lines = "".join(f"<font size=3><p>第{number}段，请各单位认真贯彻执行。</p>" for number in range(800))
    assert len(texts(read(f"<div>{lines}</div>"))) == 800


def test_attachments_in_a_division_of_their_own_belong_to_the_text() -> None:
    files = '<div>附件：<ul><li><a href="1.pdf">1.名单.pdf</a></li><li><a href="2.docx">2.表.docx</a></li></ul></div>'
    assert "名单" in texts(read(f"<div><h1>{TITLE}</h1><div>{LINES}</div>{files}</div>{RELATED}"))[-1]


def test_headings_of_the_page_are_kept() -> None:
    document = read(f"<div><h1>{TITLE}</h1><div><h3>总则</h3>{LINES}<h3>附则</h3><p>自发布之日起施行。</p></div></div>")
    assert [text_of_block(block) for block in document.blocks if isinstance(block, Heading)][:1] == ["总则"]


def test_a_page_says_itself_where_it_was() -> None:
    head = '<link rel="canonical" href="https://a.example.gov.cn/t1.html"><meta property="og:url" content="https://b.example/">'
    assert read(f"<div>{LINES}</div>", head).address == "https://a.example.gov.cn/t1.html"


def test_a_page_without_labels_is_read_by_its_layout() -> None:
    document = read(f"<div><p>示政办发〔2026〕12号</p><h2>{TITLE}</h2>{LINES}</div>")
    assert document.value_of("title") == TITLE
    assert document.value_of("document_number") == "示政办发〔2026〕12号"
    assert document.value_of("formed_on") == "2026年10月8日"
    assert all(item.origin == "text" for item in document.stated)


LABELS = {
    "brackets": "<table><tr><td>【索 引 号】</td><td>a/2026-1</td><td>【文　号】</td><td>示府〔2026〕1号</td></tr></table>",
    "a row of labels": "<table><tr><th>索引号</th><th>发文机关</th><th>发文字号</th></tr><tr><td>a/2026-1</td><td>示范县</td><td>示府〔2026〕1号</td></tr></table>",
    "two names": "<ul><li><b>索引号/编号：</b>a/2026-1</li><li><b>文号（字号）：</b>示府〔2026〕1号</li></ul>",
    "colons apart": "<div><span>索引号</span>：<span>a/2026-1</span><br><span>文号</span>：<span>示府〔2026〕1号</span></div>",
    "links in values": '<table><tr><td>索引号：</td><td><a href="/x">a/2026-1</a></td></tr><tr><td>文号：</td><td>示府〔2026〕1号</td></tr></table>',
}


@pytest.mark.parametrize("name", LABELS)
def test_labels_in_all_sorts_of_markup(name: str) -> None:
    document = read(f"{LABELS[name]}<div>{LINES}</div>")
    assert document.value_of("index_number") == "a/2026-1"
    assert document.value_of("document_number") == "示府〔2026〕1号"
    assert texts(document) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "last", ["<tr><td>内容概述</td><td></td></tr></table>", "</table><p>关键词</p>", "</table><dl><dt>内容概述</dt><dd></dd></dl>", "</table><div><div>概述</div><div></div></div>"]
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "<div>{}</div>", "<div><div>{}</div></div>"])
def test_a_label_without_a_value_takes_no_text(last: str, around: str) -> None:
    table = "<table><tr><td>索引号</td><td>a/2026-1</td></tr><tr><td>文号</td><td>示府〔2026〕1号</td></tr><tr><td>发布机构</td><td>示范县</td></tr>"
    document = read(around.format(f"{table}{last}{LINES}"))
    assert texts(document)[-len(PARAGRAPHS) :] == list(PARAGRAPHS)
    assert document.value_of("summary") == document.value_of("keywords") == ""
