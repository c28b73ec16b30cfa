"""The documents in the form of provincial platforms: only where asked for, a hundred a file, nothing that is not public."""

import json

import pytest

from tests.sites import build, page_url, write_site
from tests.unit.cli.test_reports import errors_by
from zwgk_site.cli.reports.data_schema import data_schema
from zwgk_site.stages.plan import exchange_records
from zwgk_site.stages.plan.exchange_records import exchange_urls

BASE = "https://www.shifan.example/"
NEW, OLD, DRAFT = "wjj/2026/new.md", "wjj/2026/old.md", "wjj/2026/draft.md"
DOCUMENTS = {
    NEW: {"发布日期": "2026-05-06 09:30", "关键词": ["接种", "疫苗"], "关联": {"废止": ["old"], "依据": ["draft"]}, "附件": ["a.pdf"],
          "发文字号": "示卫发〔2026〕2号", "发文机关": "示范县卫生健康局", "主题分类": "卫生", "体裁": "通知", "概述": "公布名单。"},
    OLD: {"发布日期": "2026-01-06", "成文日期": "2026-01-05", "有效性": "废止"},
    DRAFT: {"公开方式": "依申请公开"},
}  # fmt: skip


@pytest.fixture
def site(tmp_path):
    """A site that asks for it."""
    files = {"content/wjj/2026/a.pdf": b"%PDF-1.4\n%%EOF\n"}
    return write_site(tmp_path / "site", {"wjj": {}}, DOCUMENTS, files=files, settings={"数据接口": "是"})


def read(output, url="data/wjj/gkmlpt.json"):
    return json.loads((output / url).read_bytes())


def test_records_say_what_the_pages_say(site, tmp_path):
    build(site, tmp_path / "public")
    page = read(tmp_path / "public")
    assert errors_by(data_schema("data-gkmlpt"), page) == []
    old, new = page["articles"]
    assert new["id"] == page_url(NEW).removesuffix(".html")
    assert new["url"] == BASE + page_url(NEW)
    assert new["document_number"] == "示卫发〔2026〕2号"
    assert new["identifier"].endswith(new["id"].rpartition("/")[2])
    assert new["keywords"] == "接种,疫苗"
    assert (new["date"], new["display_publish_time"]) == ("2026-03-02", "2026-05-06 09:30")
    assert old["display_publish_time"] == "2026-01-06 00:00"
    assert (new["classify_main_name"], new["classify_genre_name"], new["classify_theme_name"]) == (
        "事项1",
        "通知",
        "卫生",
    )
    assert (old["is_abolished"], old["is_expired"], new["is_abolished"]) == (True, False, False)
    (file,) = new["attachment"]
    assert (file["type"], file["mime"], file["size"]) == ("pdf", "application/pdf", 15)
    assert (tmp_path / "public" / file["url"].removeprefix(BASE)).read_bytes().startswith(b"%PDF")


def test_what_is_not_public_is_neither_a_record_nor_a_relation(site, tmp_path):
    build(site, tmp_path / "public")
    assert "draft" not in (tmp_path / "public/data/wjj/gkmlpt.json").read_text("utf-8")
    new = read(tmp_path / "public")["articles"][1]
    assert [(item["kind"], item["url"]) for item in new["relation"]] == [("废止", BASE + page_url(OLD))]


def test_without_the_setting_there_is_none(site, tmp_path):
    write_site(site, settings={"数据接口": "否"})
    build(site, tmp_path / "public")
    assert not list((tmp_path / "public/data/wjj").glob("gkmlpt*"))


@pytest.mark.parametrize(("count", "files"), [(0, 1), (1, 1), (100, 1), (101, 2), (300, 3)])
def test_a_hundred_in_a_file(count, files):
    assert len(set(exchange_urls("wjj", count))) == files


def test_pages_lead_to_each_other_and_a_new_document_changes_the_last(tmp_path, monkeypatch):
    monkeypatch.setattr(exchange_records, "IN_ONE_FILE", 2)
    days = {f"wjj/2026/d{number}.md": {"发布日期": f"2026-04-{number:02}"} for number in range(1, 6)}
    root = write_site(tmp_path / "site", {"wjj": {}}, days, settings={"数据接口": "是"})
    output = tmp_path / "public"
    build(root, output)
    seen, url = [], "data/wjj/gkmlpt.json"
    while url:
        page = read(output, url)
        seen += [item["display_publish_time"] for item in page["articles"]]
        url = page["next"]
    assert seen == [f"2026-04-{number:02} 00:00" for number in range(1, 6)]
    before = {file.name: file.read_bytes() for file in (output / "data/wjj").glob("gkmlpt*")}
    write_site(root, documents={"wjj/2026/d6.md": {"发布日期": "2026-04-06"}})
    build(root, output)
    after = {file.name: file.read_bytes() for file in (output / "data/wjj").glob("gkmlpt*")}
    assert [name for name in sorted(after) if before.get(name) != after[name]] == ["gkmlpt-3.json"]
