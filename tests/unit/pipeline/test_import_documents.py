"""Documents taken in: found, read, settled, matched, proved, shown, and written only when told."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.old_pages import ATTACHED, META, PARAGRAPHS, SHAPES, TITLE, table_metadata
from tests.sites import build, codes, page, write_file, write_site
from tests.word_files import notice, p, packed, parts_of, with_body, word_file
from zwgk_site.diagnostics import RULES, Checked
from zwgk_site.exchange.documents.front import read_memory
from zwgk_site.pipeline.import_documents import ImportedDocuments, ImportRequest, import_documents
from zwgk_site.pipeline.import_proof import squeeze
from zwgk_site.stages.render.body import convert_body, join_body
from zwgk_site.stages.render.body.plain_text import text_of_body
from zwgk_site.text.redaction import split_redactions

CORPUS = Path(__file__).parents[3].parent / "shared/corpus"
PAGE = "<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{text}</div></body></html>"
SENTENCE = "为做好有关工作，现将有关事项通知如下，请认真贯彻执行。"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", {"wjj": {}})


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, content: str | bytes) -> Path:
    write_file(folder / name, content)
    return folder / name


def take(site: Path, *files: Path, **wishes: Any) -> Checked[ImportedDocuments]:
    return import_documents(ImportRequest(site, files, **wishes))


def simple_page(text: str = f"<p>{SENTENCE}</p>", title: str = "关于做好甲工作的通知") -> str:
    return PAGE.format(title=title, text=text)


def body_of(text: str) -> str:
    """The text that a page made of the file shows."""
    markdown = text.split("\n---\n", 1)[1]
    html = join_body(convert_body(split_redactions(markdown).text), lambda target: target)
    return squeeze(text_of_body(html))


def written(site: Path, found: Checked[ImportedDocuments], number: int = 0) -> str:
    return (site / found.value.documents[number].file).read_text("utf-8")


# ── what is shown and what is written ────────────────────────────────────────────────────────────


def test_a_preview_writes_nothing_and_shows_all_of_it(site: Path, inbox: Path) -> None:
    source = put(inbox, "a.html", table_metadata(PARAGRAPHS))
    before = sorted(site.rglob("*"))
    found = take(site, source)
    assert sorted(site.rglob("*")) == before
    assert found.value.documents[0].state == "new"
    assert f"标题: {TITLE}" in found.value.documents[0].change.after.decode()


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_page_gives_its_metadata_and_its_text(shape: str, site: Path, inbox: Path) -> None:
    found = take(site, put(inbox, f"{shape}.html", SHAPES[shape](PARAGRAPHS)), write=True)
    text = written(site, found)
    rest = ATTACHED if shape == "platform_page" else ""
    assert body_of(text) == squeeze("".join(PARAGRAPHS) + rest)
    assert f"标题: {TITLE}\n" in text
    assert "发文机关: 示范县人民政府办公室\n" in text
    assert "公开方式" not in text.split("\n---\n")[0]
    if shape == "tags_only":
        assert "发布日期: 2026-10-12 09:30\n" in text
        assert "关键词: [供暖, 冬季]\n" in text
        return
    assert f"索引号: {META['索引号']}\n" in text
    assert "成文日期: 2026-10-08\n" in text
    assert "发文字号: 示政办发〔2026〕12号\n" in text
    assert f"主题分类: {META['主题分类']}\n" in text
    assert "发布日期: 2026-10-12" in text
    assert "## 一、提前做好准备" in text


def test_what_is_imported_as_open_is_published(site: Path, inbox: Path, tmp_path: Path) -> None:
    source = put(inbox, "a.html", table_metadata(PARAGRAPHS))
    found = take(site, source, disclosure="主动公开", entries=("WJJ-001",), write=True)
    assert "ZW059" not in codes(found)
    built = build(site, tmp_path / "out")
    assert built.value is not None
    shown = page(tmp_path / "out", found.value.documents[0].new_url)
    assert TITLE in shown
    assert squeeze(PARAGRAPHS[3]) in squeeze(text_of_body(shown))


def test_what_does_not_say_that_it_is_open_stays_closed(site: Path, inbox: Path, tmp_path: Path) -> None:
    """公开方式 is never made up, not even where the text says 此件公开发布."""
    source = put(inbox, "a.docx", word_file(notice))
    found = take(site, source, write=True)
    assert "公开方式" not in written(site, found).split("\n---\n")[0]
    told = next(item for item in found.findings if item.code == "ZW059")
    assert "此件公开发布" in told.message()
    build(site, tmp_path / "out")
    everything = "".join(file.read_text("utf-8") for file in (tmp_path / "out").rglob("*.html"))
    assert "夏季防暑" not in everything


def test_openness_that_contradicts_the_text_is_refused(site: Path, inbox: Path) -> None:
    source = put(
        inbox, "a.docx", word_file(lambda d: [d.add_paragraph(x) for x in ("关于甲的通知", SENTENCE, "（此件不公开）")])
    )
    found = take(site, source, disclosure="主动公开", write=True)
    assert "ZW060" in codes(found)
    assert not found.value.documents


def test_openness_stated_in_the_labels_is_taken(site: Path, inbox: Path) -> None:
    rows = "".join(
        f"<tr><td>{key}：</td><td>{value}</td></tr>" for key, value in {**META, "公开方式": "依申请公开"}.items()
    )
    found = take(site, put(inbox, "a.html", simple_page(f"<table>{rows}</table><p>{SENTENCE}</p>")), disclosure="主动公开", write=True)  # fmt: skip
    assert "公开方式: 依申请公开" in written(site, found)


def test_not_to_be_disclosed_is_an_extent(site: Path, inbox: Path) -> None:
    rows = "".join(f"<p>{key}：{value}</p>" for key, value in {**META, "公开方式": "不予公开"}.items())
    found = take(site, put(inbox, "a.html", simple_page(f"<div>{rows}</div><div><p>{SENTENCE}</p></div>")), write=True)
    assert "公开程度: 不予公开" in written(site, found)


# ── the corpus ───────────────────────────────────────────────────────────────────────────────────

if CORPUS.exists():  # the texts lie beside the repository; where they are not, the shapes above stand for them

    def test_real_pages_give_all_of_their_metadata_and_their_text(site: Path) -> None:
        known = {}
        with gzip.open(CORPUS / "documents.jsonl.gz", "rt", encoding="utf-8") as rows:
            for row in rows:
                record = json.loads(row)
                known[record["id"]] = record
        found = take(site, CORPUS / "policy-pages", write=True)
        assert len(found.value.documents) == 11
        assert not codes(found) & {"ZW056", "ZW057", "ZW061", "ZW065", "ZW071"}
        for document in found.value.documents:
            record, values = known[document.source.removesuffix(".html")], dict(document.values)
            assert values["title"] == record["title"]
            assert values["index_number"] == record["index_no"]
            assert values["document_number"] == record["doc_no"]
            assert values["formed_on"] == record["date"]
            assert values["published_on"] == record["date_published"]
            assert values["issuer"] == record["issuer"]
            assert values["topic"].replace("\\", "/") == record["category"].removeprefix("国务院文件/")
            assert document.old_url.startswith("http://www.gov.cn/zhengce/")
            shown = body_of((site / document.file).read_text("utf-8"))
            if "|" not in record["text"]:
                assert shown == squeeze(record["text"])
            else:
                assert shown.startswith(squeeze(record["text"])[:300])


# ── again ────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_source_again_changes_nothing(site: Path, inbox: Path) -> None:
    put(inbox, "a.html", table_metadata(PARAGRAPHS))
    put(inbox, "b.docx", word_file(notice))
    put(inbox, "c.txt", "关于乙的通知\n\n" + SENTENCE)
    put(inbox, "d.md", "---\n标题: 关于丁的通知\n自定: 值\n---\n\n正文 *重点*\n")
    first = take(site, inbox, write=True)
    before = {file: file.read_bytes() for file in site.rglob("*.md")}
    assert [item.state for item in first.value.documents] == ["new"] * 4
    again = take(site, inbox, write=True)
    assert [item.state for item in again.value.documents] == ["unchanged"] * 4
    assert {file: file.read_bytes() for file in site.rglob("*.md")} == before


def test_a_changed_source_updates_its_file_and_keeps_what_was_edited_by_hand(site: Path, inbox: Path) -> None:
    source = put(inbox, "a.html", table_metadata(PARAGRAPHS))
    file = site / take(site, source, write=True).value.documents[0].file
    edited = file.read_text("utf-8").replace(f"标题: {TITLE}", "标题: 手工改的标题  # 按领导要求")
    edited = edited.replace("---\n标题", "---\n# 张三 2026-10-13\n条目: WJJ-001\n公开方式: 主动公开\n标题")
    file.write_text(edited, "utf-8")
    changed = [*PARAGRAPHS[:3], "各供热企业要在10月20日前完成设备检修。", *PARAGRAPHS[4:]]
    page_text = table_metadata(changed).decode().replace("2026年10月12日", "2026年10月13日")
    put(inbox, "a.html", page_text)
    found = take(site, source, write=True)
    assert found.value.documents[0].state == "changed"
    now = file.read_text("utf-8")
    assert "标题: 手工改的标题  # 按领导要求\n" in now
    assert "# 张三 2026-10-13\n条目: WJJ-001\n公开方式: 主动公开\n" in now
    assert "发布日期: 2026-10-13\n" in now
    assert "10月20日前" in now
    assert "10月25日前" not in now
    assert "ZW072" not in codes(found), "the title is what the source always said"


def test_a_key_edited_by_hand_is_told_where_the_source_changed_it_too(site: Path, inbox: Path) -> None:
    source = put(inbox, "a.html", table_metadata(PARAGRAPHS))
    file = site / take(site, source, write=True).value.documents[0].file
    file.write_text(file.read_text("utf-8").replace("成文日期: 2026-10-08", "成文日期: 2026-10-07"), "utf-8")
    put(inbox, "a.html", table_metadata(PARAGRAPHS).decode().replace("2026年10月08日", "2026年10月09日"))
    found = take(site, source, write=True)
    assert "ZW072" in codes(found)
    assert "成文日期: 2026-10-07" in file.read_text("utf-8")
    overwritten = take(site, source, write=True, overwrite=True)
    assert "ZW072" not in codes(overwritten)
    assert "成文日期: 2026-10-09" in file.read_text("utf-8")


def test_a_key_taken_out_by_hand_does_not_come_back(site: Path, inbox: Path) -> None:
    source = put(inbox, "a.html", table_metadata(PARAGRAPHS))
    file = site / take(site, source, write=True).value.documents[0].file
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("主题分类")), "utf-8")
    found = take(site, source, write=True)
    assert found.value.documents[0].state == "unchanged"


def test_a_text_edited_by_hand_stays(site: Path, inbox: Path) -> None:
    source = put(inbox, "a.html", table_metadata(PARAGRAPHS))
    file = site / take(site, source, write=True).value.documents[0].file
    file.write_text(file.read_text("utf-8").replace("备足燃料", "备足煤炭"), "utf-8")
    put(inbox, "a.html", table_metadata([*PARAGRAPHS, "补充一段，请遵照执行。"]))
    found = take(site, source, write=True)
    assert "ZW073" in codes(found)
    assert "备足煤炭" in file.read_text("utf-8")
    assert take(site, source, overwrite=True, write=True).value.documents[0].state == "changed"
    assert "补充一段" in file.read_text("utf-8")


def test_a_text_with_redactions_is_never_replaced(site: Path, inbox: Path) -> None:
    """Or what was hidden would come out again."""
    source = put(inbox, "a.html", table_metadata(PARAGRAPHS))
    file = site / take(site, source, write=True).value.documents[0].file
    file.write_text(file.read_text("utf-8").replace("备足燃料", "{不公开:商业秘密|备足燃料}"), "utf-8")
    found = take(site, source, write=True, overwrite=True)
    assert "ZW073" in codes(found)
    assert "{不公开:商业秘密|备足燃料}" in file.read_text("utf-8")


def test_a_document_written_by_hand_is_found_by_its_numbers_and_left_alone(site: Path, inbox: Path) -> None:
    text = f"---\n标题: {TITLE}\n发文字号: 示政办发〔2026〕12号\n公开方式: 主动公开\n---\n\n手工录入的正文。\n"
    write_file(site / "content/wjj/2026/old.md", text)
    found = take(site, put(inbox, "a.html", table_metadata(PARAGRAPHS)), write=True)
    assert found.value.documents[0].file == "content/wjj/2026/old.md"
    now = (site / "content/wjj/2026/old.md").read_text("utf-8")
    assert "手工录入的正文。" in now
    assert "公开方式: 主动公开\n" in now
    assert "成文日期: 2026-10-08\n" in now
    assert "ZW073" in codes(found)


def test_another_file_of_the_same_name_is_another_document(site: Path, inbox: Path) -> None:
    first = take(site, put(inbox, "通知.txt", "关于甲的通知\n\n" + SENTENCE), write=True)
    other = "各单位要严格落实安全生产责任，加强重点部位巡查，发现隐患立即整改，确保不发生事故。"
    second = take(site, put(inbox, "通知.txt", "关于乙的公告\n\n" + other), write=True)
    assert first.value.documents[0].file != second.value.documents[0].file
    assert second.value.documents[0].state == "new"


def test_what_answers_to_two_documents_is_not_written(site: Path, inbox: Path) -> None:
    for name in ("a", "b"):
        write_file(site / f"content/wjj/{name}.md", f"---\n标题: 甲\n索引号: {META['索引号']}\n---\n\n正文\n")
    found = take(site, put(inbox, "a.html", table_metadata(PARAGRAPHS)), write=True)
    assert "ZW074" in codes(found)
    assert not found.value.documents


def test_documents_with_different_index_numbers_are_different(site: Path, inbox: Path) -> None:
    put(inbox, "a.html", table_metadata(PARAGRAPHS))
    put(inbox, "b.html", table_metadata(PARAGRAPHS).replace(b"2026-00012", b"2026-00013"))
    found = take(site, inbox, write=True)
    assert [item.state for item in found.value.documents] == ["new", "new"]
    assert [item.state for item in take(site, inbox).value.documents] == ["unchanged", "unchanged"]


def test_two_sources_of_one_document_are_told(site: Path, inbox: Path) -> None:
    put(inbox, "a.html", table_metadata(PARAGRAPHS))
    put(inbox, "b.html", table_metadata(PARAGRAPHS))
    found = take(site, inbox, write=True)
    assert "ZW077" in codes(found)
    assert len(found.value.documents) == 1


def test_line_ends_and_encoding_of_the_file_stay(site: Path, inbox: Path) -> None:
    source = put(inbox, "a.html", table_metadata(PARAGRAPHS))
    file = site / take(site, source, write=True).value.documents[0].file
    file.write_bytes(file.read_text("utf-8").replace("\n", "\r\n").encode("gb18030"))
    put(inbox, "a.html", table_metadata([*PARAGRAPHS, "补充一段，请遵照执行。"]))
    assert take(site, source, write=True).value.documents[0].state == "changed"
    data = file.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert "补充一段" in data.decode("gb18030")


def test_a_front_matter_that_no_edit_should_touch_is_left(site: Path, inbox: Path) -> None:
    write_file(site / "content/wjj/a.md", f"---\n{{标题: 甲, 索引号: {META['索引号']}}}\n---\n\n正文\n")
    found = take(site, put(inbox, "a.html", table_metadata(PARAGRAPHS)), write=True)
    assert "ZW076" in codes(found)
    assert "{标题: 甲" in (site / "content/wjj/a.md").read_text("utf-8")


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_notice_without_a_table_is_read_by_its_layout(site: Path, inbox: Path) -> None:
    found = take(site, put(inbox, "防暑.docx", word_file(notice)), write=True)
    text = written(site, found)
    assert "标题: 示范县卫生健康局关于做好夏季防暑工作的通知\n" in text
    assert "发文机关: 示范县卫生健康局\n" in text
    assert "发文字号: 示卫发〔2026〕12号\n" in text
    assert "成文日期: 2026-06-01\n" in text
    assert "\n## 一、加强组织领导\n" in text
    assert "\n### （一）落实责任\n" in text
    told = [dict(item.facts)["key"] for item in found.findings if item.code == "ZW058"]
    assert sorted(told) == ["发文字号", "发文机关", "成文日期", "标题"]


def test_a_table_at_the_top_of_a_word_file_is_its_metadata(site: Path, inbox: Path) -> None:
    def fill(document: Any) -> None:
        table = document.add_table(3, 4)
        for at, (key, value) in enumerate({"标题": "关于甲的通知", **META}.items()):
            if at < 6:
                table.cell(at // 2, at % 2 * 2).text = key
                table.cell(at // 2, at % 2 * 2 + 1).text = value
        document.add_paragraph(SENTENCE)

    text = written(site, take(site, put(inbox, "a.docx", word_file(fill)), write=True))
    assert f"索引号: {META['索引号']}\n" in text
    assert body_of(text) == squeeze(SENTENCE)


def test_deleted_commented_and_hidden_text_never_comes_in(site: Path, inbox: Path) -> None:
    body = (
        p("关于做好甲工作的通知")
        + f"<w:p><w:r><w:t>保留</w:t></w:r><w:del w:id='1'><w:r><w:delText>秘密甲</w:delText></w:r></w:del>"
        f"<w:ins w:id='2'><w:r><w:t>新增，{SENTENCE}</w:t></w:r></w:ins></w:p>"
        + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>秘密乙</w:t></w:r><w:r><w:t>看得见</w:t></w:r>"
        "<w:commentRangeStart w:id='0'/><w:r><w:t>有批注</w:t></w:r><w:commentRangeEnd w:id='0'/><w:r><w:commentReference w:id='0'/></w:r></w:p>"
        + "<w:p><w:pPr><w:pStyle w:val='Hid'/></w:pPr><w:r><w:t>秘密丙</w:t></w:r></w:p>"
        + "<w:moveFrom><w:p><w:r><w:t>秘密丁</w:t></w:r></w:p></w:moveFrom>"
        + "<w:tbl><w:tr><w:trPr><w:del w:id='3'/></w:trPr><w:tc><w:p><w:r><w:t>秘密戊</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>留下的行</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    )
    parts = with_body(body, comments=f'<w:comments xmlns:w="{_W}"><w:comment w:id="0"><w:p><w:r><w:t>秘密己</w:t></w:r></w:p></w:comment></w:comments>')  # fmt: skip
    style = '<w:style w:type="paragraph" w:styleId="Hid"><w:name w:val="Hid"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", style.encode())
    found = take(site, put(inbox, "a.docx", packed(parts)), write=True)
    text = written(site, found)
    assert "秘密" not in text
    assert "保留新增" in text
    assert "看得见有批注" in text
    assert "留下的行" in text
    assert {"ZW062", "ZW063", "ZW064"} <= codes(found)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_numbers_that_word_counts_are_written_out(site: Path, inbox: Path) -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>'
    )
    numbering = f'<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="5">{levels}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num></w:numbering>'  # fmt: skip

    def item(text: str, depth: int) -> str:
        return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="7"/></w:numPr>')

    body = (
        p("关于甲的通知")
        + item("总体要求", 0)
        + item("目标是明确的。", 1)
        + item("任务是具体的。", 1)
        + p("中间的一段。")
        + item("保障措施", 0)
    )
    parts = with_body(body, numbering=numbering)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"]
    text = written(site, take(site, put(inbox, "a.docx", packed(parts)), write=True))
    assert "## 一、总体要求" in text
    assert "一.1. 目标是明确的。" in text
    assert "一.2. 任务是具体的。" in text
    assert "## 二、保障措施" in text


def test_tables_keep_their_spans_and_pictures_become_files(site: Path, inbox: Path) -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("关于甲的通知")
        document.add_paragraph(SENTENCE)
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "合并|两行"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "合并两列"
        table.cell(2, 2).text = "右下"
        document.add_picture(io.BytesIO(png()))

    found = take(site, put(inbox, "a.docx", word_file(fill)), write=True)
    text, document = written(site, found), found.value.documents[0]
    assert 'rowspan="2"' in text
    assert 'colspan="2"' in text
    (copy,) = document.copies
    assert f"]({copy.name})" in text
    assert (site / document.file).with_name(copy.name).read_bytes() == png()


def png() -> bytes:
    """The smallest picture."""
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def test_formulas_and_text_boxes_are_not_lost(site: Path, inbox: Path) -> None:
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx><w:txbxContent>"
        f"{p('文本框里的字')}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        f"{p('文本框里的字')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    formula = "<w:p><w:r><w:t>公式：</w:t></w:r><m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath></w:p>"
    found = take(
        site, put(inbox, "a.docx", packed(with_body(p("关于甲的通知") + p(SENTENCE) + box + formula))), write=True
    )
    text = written(site, found)
    assert text.count("文本框里的字") == 1
    assert "公式：E=mc" in text
    assert "ZW066" in codes(found)


def test_footnotes_are_footnotes(site: Path, inbox: Path) -> None:
    notes = f'<w:footnotes xmlns:w="{_W}"><w:footnote w:id="1">{p("脚注的内容。")}</w:footnote></w:footnotes>'
    body = p("关于甲的通知") + f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r></w:p>"
    parts = with_body(body, footnotes=notes)
    rel = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(b"</Relationships>", rel)
    found = take(site, put(inbox, "a.docx", packed(parts)), write=True)
    text = written(site, found)
    assert "[^1]\n" in text
    assert "[^1]: 脚注的内容。" in text
    assert "ZW071" not in codes(found)


# ── what is refused ──────────────────────────────────────────────────────────────────────────────

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


def bomb() -> bytes:
    """A small file that unpacks to more than is ever looked at."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<a>" + b" " * (60 << 20) + b"</a>")
    return made.getvalue()


def entities() -> bytes:
    parts = with_body(p("x"))
    parts["word/document.xml"] = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + parts["word/document.xml"].partition(b"?>")[2]  # fmt: skip
    return packed(parts)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.doc", OLE, "ZW050"),
        ("a.wps", OLE, "ZW050"),
        ("a.rtf", b"{\\rtf1 x}", "ZW050"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "ZW053"),
        ("a.pdf", b"%PDF-1.7", "ZW051"),
        ("a.ofd", b"PK\x03\x04rest", "ZW051"),
        ("a.docx", b"PK\x03\x04rest", "ZW052"),
        ("a.docx", b"no archive at all", "ZW052"),
        ("a.docx", packed({"other.xml": b"<a/>"}), "ZW052"),
        ("a.docx", packed(with_body("") | {"word/document.xml": b"<broken"}), "ZW052"),
        ("a.docx", bomb(), "ZW054"),
        ("a.docx", entities(), "ZW055"),
        ("a.docx", packed(with_body("<w:p/>")), "ZW056"),
        ("a.html", b"", "ZW056"),
        ("a.html", b"<html><body><script>x</script></body></html>", "ZW056"),
        ("a.md", b"", "ZW056"),
        ("a.json", b"{", "ZW078"),
        ("a.json", b"[" * 100_000, "ZW078"),
        ("a.json", b"[1, 2]", "ZW078"),
        ("a.json", b"\xff\xfe\x00", "ZW078"),
        ("missing.docx", None, "ZW080"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_in_plain_words(name: str, content: bytes | None, code: str, site: Path, inbox: Path) -> None:  # fmt: skip
    source = put(inbox, name, content) if content is not None else inbox / name
    found = take(site, source, write=True)
    assert codes(found) == {code}
    assert not found.value.documents
    assert not list((site / "content").rglob("*"))


def test_a_page_that_is_called_doc_is_a_page(site: Path, inbox: Path) -> None:
    found = take(site, put(inbox, "a.doc", simple_page()), write=True)
    assert body_of(written(site, found)) == squeeze(SENTENCE)


def test_a_folder_is_gone_through_and_an_empty_one_told(site: Path, inbox: Path) -> None:
    put(inbox, "2026/a.html", simple_page())
    put(inbox, "2026/~$b.docx", b"lock")
    put(inbox, "2026/a_files/menu.html", simple_page(title="不是文件"))
    put(inbox, "other/readme.xyz", b"x")
    found = take(site, inbox / "2026")
    assert [item.source for item in found.value.documents] == ["a.html"]
    assert codes(take(site, inbox / "other")) == {"ZW079"}


def test_without_a_title_the_file_name_stands_in(site: Path, inbox: Path) -> None:
    found = take(site, put(inbox, "某某材料.html", f"<html><body><p>{SENTENCE}</p></body></html>"), write=True)
    assert "ZW057" in codes(found)
    assert "标题: 某某材料" in written(site, found)


def test_a_date_that_is_none_is_told_and_left_out(site: Path, inbox: Path) -> None:
    text = table_metadata(PARAGRAPHS).decode().replace("2026年10月08日", "二月三十日")
    found = take(site, put(inbox, "a.html", text), write=True)
    assert "ZW061" in codes(found)
    assert "成文日期" not in written(site, found).split("# 导入")[0]


def test_two_days_of_publication_are_told(site: Path, inbox: Path) -> None:
    text = (
        table_metadata(PARAGRAPHS).decode().replace("<head>", '<head><meta name="PubDate" content="2026-10-15 08:00">')
    )
    assert "ZW081" in codes(take(site, put(inbox, "a.html", text)))


def test_labels_that_no_key_takes_are_told(site: Path, inbox: Path) -> None:
    text = (
        table_metadata(PARAGRAPHS).decode().replace("</table>", "<tr><td>服务对象：</td><td>企业</td></tr></table>", 1)
    )
    found = take(site, put(inbox, "a.html", text), write=True)
    assert any(item.code == "ZW067" and "服务对象" in item.message() for item in found.findings)
    assert body_of(written(site, found)) == squeeze("".join(PARAGRAPHS))


def test_hidden_text_of_a_page_is_told_and_left_out(site: Path, inbox: Path) -> None:
    text = simple_page(f'<p>{SENTENCE}</p><p style="display:none">藏起来的话</p>')
    found = take(site, put(inbox, "a.html", text), write=True)
    assert "ZW062" in codes(found)
    assert "藏起来" not in written(site, found)


def test_lines_around_the_text_are_told(site: Path, inbox: Path) -> None:
    text = simple_page(f"<p>{SENTENCE}</p><p>{SENTENCE[::-1]}</p><p>责任编辑：张三</p>")
    found = take(site, put(inbox, "a.html", text), write=True)
    assert "ZW065" in codes(found)
    assert "责任编辑" not in written(site, found)


def test_a_text_that_is_shown_otherwise_is_told(site: Path, inbox: Path) -> None:
    """A text too long for the site's reader is shown as typed, signs and all."""
    text = "".join(f"<p>第{n}段*重点*内容，请各单位认真落实。</p>" for n in range(45_000))
    found = take(site, put(inbox, "a.html", simple_page(text)))
    assert "ZW071" in codes(found)


def test_an_unknown_department_is_told_and_the_issuer_names_it(tmp_path: Path, inbox: Path) -> None:
    site = write_site(tmp_path / "two", {"wjj": {"名称": "示范县卫生健康局"}, "jyj": {"名称": "示范县教育局"}})
    source = put(inbox, "a.docx", word_file(notice))
    assert take(site, source, write=True).value.documents[0].file.startswith("content/wjj/")
    other = put(inbox, "b.html", simple_page())
    assert "ZW075" in codes(take(site, other))
    assert "ZW075" in codes(take(site, other, department="none"))
    assert take(site, other, department="jyj").value.documents[0].file.startswith("content/jyj/")


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="links need rights on Windows")
def test_nothing_is_written_through_a_link_that_leads_out(site: Path, inbox: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (site / "content").mkdir()
    (site / "content/wjj").symlink_to(outside, target_is_directory=True)
    found = take(site, put(inbox, "a.html", simple_page()), write=True)
    assert "ZW082" in codes(found)
    assert not list(outside.iterdir())


@pytest.mark.parametrize("day", ["../../../x", "..", "/etc", "2026/../..", "C:\\x", "con"])
def test_what_a_source_says_never_makes_a_path(day: str, site: Path, inbox: Path) -> None:
    source = put(inbox, "a.md", f"---\n标题: ../../关于甲的通知\n发布日期: {day}\n---\n\n正文\n")
    found = take(site, source, name="../../b", write=True)
    assert re.fullmatch(r"content/wjj/(?:2026/)?[\w-]+\.md", found.value.documents[0].file)


def test_other_pages_beside_a_page_are_links_to_where_they_were(site: Path, inbox: Path) -> None:
    put(inbox, "b.html", simple_page(title="关于乙的通知"))
    text = simple_page(f'<p>{SENTENCE}见<a href="b.html">另一个通知</a>。</p>')
    found = take(site, put(inbox, "a.html", text), base_url="https://old.example.gov.cn/x/", write=True)
    assert "[另一个通知](https://old.example.gov.cn/x/b.html)" in written(site, found)
    assert "ZW069" not in codes(found)


# ── files beside ─────────────────────────────────────────────────────────────────────────────────


def test_attachments_beside_the_source_come_along_under_names_of_their_own(site: Path, inbox: Path, tmp_path: Path) -> None:  # fmt: skip
    put(inbox, "files/申请表.pdf", b"%PDF-1.4 form")
    put(inbox, "tu.png", png())
    text = f'<p>{SENTENCE}</p><p><img src="tu.png" alt="流程图"></p><p>附件：<a href="files/%E7%94%B3%E8%AF%B7%E8%A1%A8.pdf">申请表</a></p>'
    found = take(site, put(inbox, "a.html", simple_page(text)), disclosure="主动公开", write=True)
    made, document = written(site, found), found.value.documents[0]
    names = sorted(copy.name for copy in document.copies)
    assert len(names) == 2
    assert names[1].startswith("申请表-")
    assert f"文件: {names[1]}, 名称: 申请表" in made
    assert f"![流程图]({names[0]})" in made
    assert f"[申请表]({names[1]})" in made
    built = build(site, tmp_path / "out")
    assert "ZW140" not in codes(built)
    assert list((tmp_path / "out").rglob("*.pdf"))


def test_missing_forbidden_and_outer_files_are_told(site: Path, inbox: Path) -> None:
    put(inbox, "sub/x.exe", b"MZ")
    put(inbox, "sub/y.pdf", b"<html>no pdf</html>")
    put(inbox, "secret.pdf", b"%PDF-1.4 secret")
    text = f"""<p>{SENTENCE}</p><p><a href="missing.docx">缺的表</a><a href="x.exe">程序</a><a href="y.pdf">假的</a>
        <a href="../secret.pdf">外面的</a><a href="https://other.example/">别处</a><a href="javascript:alert(1)">点我</a></p>"""
    found = take(site, put(inbox, "sub/a.html", simple_page(text)), write=True)
    assert {"ZW068", "ZW069", "ZW070"} <= codes(found)
    made = written(site, found)
    assert "缺的表" in made
    assert "secret.pdf" not in made
    assert "javascript" not in made
    assert "[别处](https://other.example/)" in made
    assert not found.value.documents[0].copies


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_beside_the_source_that_leads_out_is_not_followed(site: Path, inbox: Path, tmp_path: Path) -> None:
    put(tmp_path, "secret.pdf", b"%PDF-1.4 secret")
    (inbox / "form.pdf").symlink_to(tmp_path / "secret.pdf")
    found = take(
        site, put(inbox, "a.html", simple_page(f'<p>{SENTENCE}</p><p><a href="form.pdf">表</a></p>')), write=True
    )
    assert "ZW070" in codes(found)
    assert not found.value.documents[0].copies


def test_a_page_saved_by_a_browser_finds_its_folder(site: Path, inbox: Path) -> None:
    put(inbox, "通知_files/tu.png", png())
    saved = "<!-- saved from url=(0043)https://old.example.gov.cn/2020/t1.html -->" + simple_page(
        f'<p>{SENTENCE}</p><p><img src="./通知_files/tu.png" alt="图"></p><p><a href="/2020/b.html">另一页</a></p>'
    )
    found = take(site, put(inbox, "通知.html", saved), write=True)
    document = found.value.documents[0]
    assert len(document.copies) == 1
    assert document.old_url == "https://old.example.gov.cn/2020/t1.html"
    assert "[另一页](https://old.example.gov.cn/2020/b.html)" in written(site, found)


def test_a_picture_written_into_a_page_becomes_a_file(site: Path, inbox: Path) -> None:
    import base64

    data = base64.b64encode(png()).decode()
    text = f'<p>{SENTENCE}</p><p><img src="data:image/png;base64,{data}" alt="章"></p>'
    found = take(site, put(inbox, "a.html", simple_page(text)), write=True)
    assert found.value.documents[0].copies[0].data == png()
    assert "base64" not in written(site, found)


# ── JSON, Markdown, text ─────────────────────────────────────────────────────────────────────────

RECORD = {
    "id": 12, "title": "【已失效】关于印发办法的通知", "document_number": "示府〔2020〕3号", "identifier": META["索引号"],
    "publisher": "示范县人民政府", "keywords": "办法,印发", "date": 1577808000, "display_publish_time": 1577844000,
    "abstract": "规定了办法的适用范围和施行日期，供公众查阅。", "classify_theme_name": "综合政务", "classify_genre_name": "通知",
    "content": "<p>各单位：</p><p>现将办法印发给你们。</p><p onclick='x()'>请遵照执行。</p><script>x</script>", "url": "https://old.example.gov.cn/post_12.html",
    "attachment": [{"name": "办法.pdf", "url": "/attachment/1.pdf"}], "is_expired": 1, "is_abolished": 0,
}  # fmt: skip


@pytest.mark.parametrize("wrap", [lambda r: r, lambda r: [r], lambda r: {"articles": [r], "total": 1}])
def test_records_of_a_platform_are_documents(wrap: Any, site: Path, inbox: Path) -> None:
    found = take(site, put(inbox, "posts.json", json.dumps(wrap(RECORD), ensure_ascii=False)), write=True)
    text = written(site, found)
    for line in (
        "标题: 关于印发办法的通知", "发文字号: 示府〔2020〕3号", "成文日期: 2020-01-01", "发布日期: 2020-01-01 10:00", "有效性: 失效",
        "关键词: [办法, 印发]", "体裁: 通知", "主题分类: 综合政务", "发文机关: 示范县人民政府",
    ):  # fmt: skip
        assert f"{line}\n" in text
    assert body_of(text) == squeeze("各单位：现将办法印发给你们。请遵照执行。")
    assert found.value.documents[0].old_url == RECORD["url"]
    assert "ZW068" in codes(found)


def test_our_own_exchange_data_comes_back(site: Path, inbox: Path, tmp_path: Path) -> None:
    write_site(site, None, {"wjj/2026/a.md": {}}, settings={"数据接口": "是"})
    build(site, tmp_path / "out")
    data = (tmp_path / "out/data/wjj/gkmlpt.json").read_bytes()
    other = write_site(tmp_path / "other", {"jyj": {}})
    found = take(other, put(inbox, "gkmlpt.json", data), write=True)
    text = written(other, found)
    assert "标题: 关于a的通知" in text
    assert "成文日期: 2026-03-02" in text
    assert "发布日期: 2026-03-05" in text


def test_markdown_comes_in_as_it_is(site: Path, inbox: Path) -> None:
    body = "正文 *重点* {不公开:个人隐私|张三}。\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    found = take(
        site,
        put(inbox, "a.md", f"---\n标题: 关于丁的通知   # 注\n自定: 值\n公开方式: 主动公开\n---\n\n{body}"),
        write=True,
    )
    text = written(site, found)
    assert text.endswith(body)
    assert "标题: 关于丁的通知   # 注\n自定: 值\n公开方式: 主动公开\n" in text
    assert read_memory(text).source == "a.md"


def test_markdown_without_front_matter_takes_its_first_heading(site: Path, inbox: Path) -> None:
    found = take(site, put(inbox, "a.md", "# 关于戊的通知\n\n正文。\n"), write=True)
    text = written(site, found)
    assert "标题: 关于戊的通知\n" in text
    assert text.endswith("---\n\n正文。\n")


def test_text_with_labels_is_read(site: Path, inbox: Path) -> None:
    rows = "\n".join("\t".join([f"{key}:", value]) for key, value in META.items())
    found = take(site, put(inbox, "a.txt", f"{rows}\n标题:\t{TITLE}\n\n{SENTENCE}\n"), write=True)
    text = written(site, found)
    assert f"标题: {TITLE}\n" in text
    assert body_of(text) == squeeze(SENTENCE)


def test_pages_in_other_encodings_are_read(site: Path, inbox: Path) -> None:
    for name, encoding in (("a.html", "gb18030"), ("b.html", "utf-16"), ("c.html", "utf-8-sig"), ("d.html", "big5")):
        text = simple_page(title=f"关于第{name[0]}的通知").replace("<head>", f'<head><meta charset="{encoding}">')
        if encoding == "big5":
            text = (
                text.translate(str.maketrans("为关现将项请认执", "為關現將項請認執"))
                .replace("贯彻", "貫徹")
                .replace("事項", "事項")
            )
        put(inbox, name, text.encode(encoding, "ignore"))
    found = take(site, inbox)
    assert len(found.value.documents) == 4
    assert all("通知如下" in item.change.after.decode() for item in found.value.documents)


# ── old addresses ────────────────────────────────────────────────────────────────────────────────


def test_old_addresses_lead_to_the_new_pages(site: Path, inbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "redirects"
    put(inbox, "2020/t1.html", table_metadata(PARAGRAPHS))
    found = take(
        site, inbox, base_url="https://old.example.gov.cn/xxgk/", redirects=folder, disclosure="主动公开", write=True
    )
    new = found.value.documents[0].new_url
    assert (folder / "redirects.tsv").read_text("utf-8") == f"https://old.example.gov.cn/xxgk/2020/t1.html\t{new}\n"
    assert json.loads((folder / "redirects.json").read_text("utf-8"))["redirects"][0]["to"] == f"/{new}"
    assert f'"/xxgk/2020/t1.html" "/{new}";' in (folder / "redirects.nginx.conf").read_text("utf-8")
    assert 'key="/xxgk/2020/t1.html"' in (folder / "redirects.web.config").read_text("utf-8")
    build(site, tmp_path / "out")
    assert (tmp_path / "out" / new).exists()
    put(inbox, "2020/t2.html", simple_page())
    take(site, inbox / "2020/t2.html", base_url="https://old.example.gov.cn/xxgk/2020", redirects=folder, write=True)
    assert len((folder / "redirects.tsv").read_text("utf-8").splitlines()) == 2, "those of earlier imports stay"


def test_a_preview_writes_no_tables(site: Path, inbox: Path, tmp_path: Path) -> None:
    take(site, put(inbox, "a.html", simple_page()), base_url="https://old.example.gov.cn", redirects=tmp_path / "r")
    assert not (tmp_path / "r").exists()


# ── whole or not at all ──────────────────────────────────────────────────────────────────────────


def test_a_file_changed_meanwhile_is_not_written(site: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zwgk_site.pipeline import import_documents as module

    source = put(inbox, "a.html", table_metadata(PARAGRAPHS))
    file = site / take(site, source, write=True).value.documents[0].file
    put(inbox, "a.html", table_metadata([*PARAGRAPHS, "补充一段，请遵照执行。"]))
    put_file = module.put_file

    def late(root: Path, change: Any) -> bool:
        file.write_text(file.read_text("utf-8") + "别人刚加的", "utf-8")
        return put_file(root, change)

    monkeypatch.setattr(module, "put_file", late)
    found = take(site, source, write=True)
    assert "ZW292" in codes(found)
    assert not found.value.documents[0].written
    assert file.read_text("utf-8").endswith("别人刚加的")
    assert not list(site.rglob("*.new"))


def test_names_of_new_files_never_meet(site: Path, inbox: Path) -> None:
    for number in range(3):
        put(inbox, f"{number}.html", simple_page(f"<p>{SENTENCE}</p><p>{str(number) * 30}</p>", title="关于同名的通知"))
    found = take(site, inbox, write=True)
    assert len({item.file for item in found.value.documents}) == 3
    assert all((site / item.file).exists() for item in found.value.documents)


def test_every_rule_of_an_import_is_provoked_here() -> None:
    text = Path(__file__).read_text("utf-8")
    own = {code for code, rule in RULES.items() if rule.family == "documents" and code < "ZW085"}
    assert {code for code in own if code not in text} == set()


def test_parts_are_what_was_packed() -> None:
    assert parts_of(packed({"a": b"b"})) == {"a": b"b"}
