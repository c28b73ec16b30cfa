"""The sample column builds without a fault, and every page of it keeps what the standards ask of a page."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest

from tests.crawl import Page, read_page
from tests.sample_column import (
    DOMAIN,
    KINDS,
    REPOSITORY,
    TODAY,
    built_sample,
    departments_of,
    ledger_of,
    page_kinds,
    run_build,
)

NOTICE = "示范县是虚构的，本站仅用于演示，所有单位、人员、文件和数据均为虚构。"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE_TAGS = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN_TAGS = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE_TAGS = ("ArticleTitle", "PubDate", "ContentSource")
COLUMN_KINDS = KINDS - {"home", "gone", "not found"}
PUBLISHED = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})")


@pytest.fixture(scope="module")
def output():
    return built_sample()


@pytest.fixture(scope="module")
def kinds(output):
    return page_kinds(output)


@pytest.fixture(scope="module")
def pages(output, kinds) -> dict[str, Page]:
    return {url: read_page(output / url) for urls in kinds.values() for url in urls}


def test_it_builds_without_errors_and_the_second_run_writes_nothing(tmp_path):
    first = run_build(REPOSITORY, tmp_path / "public", "--format", "json")
    assert first.returncode == 0
    report = json.loads(first.stdout)
    assert report["errors"] == 0, [item for item in report["findings"] if item["severity"] == "error"]
    assert report["result"]["held"] == []
    second = run_build(REPOSITORY, tmp_path / "public")
    assert second.returncode == 0
    assert "写入 0 个文件" in second.stdout


def test_it_is_large_enough_to_show_everything(output):
    codes = departments_of(output)
    assert len(codes) >= 7
    catalogs = [json.loads((output / f"data/{code}/catalog.json").read_bytes()) for code in codes]
    documents = [json.loads((output / f"data/{code}/documents.json").read_bytes()) for code in codes]
    assert sum(len(catalog["entries"]) for catalog in catalogs) >= 120
    assert sum(len(listed["documents"]) for listed in documents) >= 150


def test_every_kind_of_page_is_there_and_nothing_else(kinds):
    assert set(kinds) - {"search", "redirect"} == KINDS


def test_all_that_is_no_page(output):
    for name in ("feed.xml", "feed.json", "sitemap.xml", "sitemap-shared.xml", "robots.txt"):
        assert (output / name).is_file(), name
    for name in ("catalog.json", "manifest.json", "release.json"):
        assert (output / "data" / name).is_file(), name
    for code in departments_of(output):
        for name in (f"{code}/feed.xml", f"{code}/feed.json", f"{code}/sitemap.xml", f"data/urls/{code}.json"):
            assert (output / name).is_file(), name
        for name in ("catalog", "changes", "documents", "manifest"):
            assert (output / f"data/{code}/{name}.json").is_file(), name
    release = json.loads((output / "data/release.json").read_bytes())
    assert release["built_on"] == TODAY


def test_every_page_says_that_the_county_is_fictional(pages):
    assert [url for url, page in pages.items() if NOTICE not in page.text] == []


def test_every_page_has_its_skeleton(pages):
    for url, page in pages.items():
        assert page.language == "zh-CN", url
        assert page.counts.get("h1") == 1, url
        assert page.counts.get("main") == 1, url
        assert page.counts.get("title") == 1, url
        assert page.title.strip(), url
        assert len(page.ids) == len(set(page.ids)), url


def test_every_table_has_a_caption_and_heads_with_a_scope(output, kinds, pages):
    """The tables of our own; in a document's text stand those of its author."""
    tables = 0
    for kind in KINDS:
        for url in kinds[kind]:
            found = pages[url].tables
            if kind == "document":
                found = Page(without_body((output / url).read_text())).tables
                assert found, url
            for table in found:
                tables += 1
                assert table["caption"], url
                assert table["heads"], url
                assert set(table["heads"]) <= {"col", "row", "colgroup", "rowgroup"}, url
    assert tables > 300


def without_body(text: str) -> str:
    return re.sub(r"<!--body:.*<!--/body-->", "", text, flags=re.DOTALL)


def test_meta_tags_of_the_site_stand_on_every_page(pages):
    for url, page in pages.items():
        for name in SITE_TAGS:
            assert page.metas.get(name), (url, name)
        assert page.metas["SiteIDCode"] == "9999000001"
        assert page.metas["SiteDomain"] == "www.shifan.example"


@pytest.mark.parametrize("kind", sorted(COLUMN_KINDS))
def test_meta_tags_of_the_column(kind, kinds, pages):
    for url in kinds[kind]:
        for name in COLUMN_TAGS:
            assert pages[url].metas.get(name), (url, name)


def test_meta_tags_of_documents(kinds, pages):
    for url in kinds["document"]:
        metas = pages[url].metas
        for name in ARTICLE_TAGS:
            assert metas.get(name), (url, name)
        assert PUBLISHED.fullmatch(metas["PubDate"]), url
        assert metas["ArticleTitle"] in pages[url].text, url
        assert metas.get("Url") == DOMAIN + url
    assert not any("PubDate" in pages[url].metas for kind in KINDS - {"document"} for url in kinds[kind])


def test_what_is_gone_or_missing_is_not_for_search_engines(kinds, pages):
    for kind in ("gone", "not found"):
        for url in kinds[kind]:
            assert "noindex" in pages[url].metas["robots"], url
    for url in kinds["document"]:
        assert "noindex" not in pages[url].metas.get("robots", ""), url


def test_feeds_are_sound(output):
    for name in ["feed", *(f"{code}/feed" for code in departments_of(output))]:
        atom = ET.parse(output / f"{name}.xml").getroot()  # noqa: S314 - our own output
        assert atom.tag == f"{ATOM}feed"
        for required in ("id", "title", "updated"):
            assert atom.findtext(ATOM + required), (name, required)
        entries = atom.findall(f"{ATOM}entry")
        assert entries
        for entry in entries:
            for required in ("id", "title", "updated"):
                assert entry.findtext(ATOM + required), (name, required)
            assert MOMENT.fullmatch(entry.findtext(f"{ATOM}updated") or ""), name
        assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
        feed = json.loads((output / f"{name}.json").read_bytes())
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"] == atom.findtext(f"{ATOM}title")
        assert [item["title"] for item in feed["items"]] == [entry.findtext(f"{ATOM}title") for entry in entries]
        assert all(item["id"] and item["url"].startswith(DOMAIN) for item in feed["items"])
        assert [item["url"] for item in feed["items"]] == [entry.find(f"{ATOM}link").get("href") for entry in entries]  # type: ignore[union-attr]


def test_the_sitemap_names_every_page_that_is_to_be_found(output, kinds):
    index = ET.parse(output / "sitemap.xml").getroot()  # noqa: S314 - our own output
    assert index.tag == f"{SITEMAP}sitemapindex"
    named = set()
    for child in index.iter(f"{SITEMAP}loc"):
        part = ET.parse(output / (child.text or "").removeprefix(DOMAIN)).getroot()  # noqa: S314 - our own output
        named |= {(place.text or "").removeprefix(DOMAIN) for place in part.iter(f"{SITEMAP}loc")}
    named = {f"{url}index.html" if not url or url.endswith("/") else url for url in named}
    for kind in ("home", "departments", "coverage", "topic", "facet", "department", "catalog", "entry", "document"):
        assert set(kinds[kind]) <= named, kind
    assert not named & {*kinds["gone"], *kinds["redirect"], *kinds["not found"]}


def test_every_entry_and_document_of_the_data_has_its_page(output, pages):
    for code in departments_of(output):
        catalog = json.loads((output / f"data/{code}/catalog.json").read_bytes())
        for item in catalog["entries"]:
            assert item["entry"]["id"] in pages[item["url"]].text
            assert item["entry"]["subject"][-1] in pages[item["url"]].text
        listed = json.loads((output / f"data/{code}/documents.json").read_bytes())["documents"]
        states = ledger_of(output, code)
        for item in listed:
            state = states[item["url"].removeprefix(f"{code}/")].get("state", "live")
            if state == "live":
                assert " ".join(item["document"]["title"].split()) in pages[item["url"]].text


def test_a_page_weighs_little(output, kinds):
    """An old phone on a slow line: no page but the catalogue's tables is larger than 100 KB."""
    for kind in KINDS - {"catalog"}:
        for url in kinds[kind]:
            assert (output / url).stat().st_size < 100_000, url
    assert sum(file.stat().st_size for file in (output / "assets").rglob("*") if file.is_file()) < 150_000
