"""What lets programs find the pages: sitemaps within their limits, and the description of the search."""

import xml.etree.ElementTree as ET

import pytest

from tests.sites import build, page, page_url, write_site
from zwgk_site.stages.plan import discovery
from zwgk_site.stages.plan.discovery import SITEMAP_RECORDS, sitemap_urls

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
BASE = "https://www.shifan.example/"
DOCUMENTS = [f"wjj/2026/{name}.md" for name in "abcdefg"]


def locations(output, name):
    return [place.text for place in ET.fromstring((output / name).read_bytes()).iter(f"{SITEMAP}loc")]  # noqa: S314 - our own output


@pytest.mark.parametrize(
    ("records", "count"), [(0, 1), (1, 1), (SITEMAP_RECORDS, 1), (SITEMAP_RECORDS + 1, 2), (5 * SITEMAP_RECORDS, 5)]
)
def test_a_department_has_as_many_sitemaps_as_its_records_need(records, count):
    urls = sitemap_urls("wjj", records)
    assert len(urls) == len(set(urls)) == count
    assert urls[0] == "wjj/sitemap.xml"


def test_split_sitemaps_together_name_every_page_once(tmp_path, monkeypatch):
    root = write_site(tmp_path / "site", {"wjj": {}}, {path: {} for path in DOCUMENTS})
    build(root, tmp_path / "whole")
    monkeypatch.setattr(discovery, "SITEMAP_RECORDS", 3)
    build(root, tmp_path / "split")
    index = [url.removeprefix(BASE) for url in locations(tmp_path / "split", "sitemap.xml")]
    assert index == ["sitemap-shared.xml", "wjj/sitemap.xml", "wjj/sitemap-2.xml", "wjj/sitemap-3.xml"]
    parts = [locations(tmp_path / "split", name) for name in index[1:]]
    named = [url for part in parts for url in part]
    assert len(named) == len(set(named))
    assert sorted(named) == sorted(locations(tmp_path / "whole", "wjj/sitemap.xml"))
    assert {BASE + page_url(path) for path in DOCUMENTS} <= set(named)


def test_the_search_is_described_and_every_page_says_where(tmp_path):
    root = write_site(
        tmp_path / "site",
        {"wjj": {}},
        {DOCUMENTS[0]: {}},
        settings={"网站名称": "示范县人民政府政府信息公开专栏和目录"},
    )
    build(root, tmp_path / "public")
    described = ET.fromstring((tmp_path / "public/opensearch.xml").read_bytes())  # noqa: S314 - our own output
    assert described.tag == f"{OPENSEARCH}OpenSearchDescription"
    assert 0 < len(described.findtext(f"{OPENSEARCH}ShortName")) <= 16
    assert len(described.findtext(f"{OPENSEARCH}Description")) <= 1024
    templates = {url.get("type"): url.get("template") for url in described.iter(f"{OPENSEARCH}Url")}
    assert templates["text/html"] == f"{BASE}search.html?q={{searchTerms}}"
    deep = page(tmp_path / "public", page_url(DOCUMENTS[0]))
    assert 'rel="search"' in deep
    assert 'href="../../opensearch.xml"' in deep
    assert 'href="../../wjj/feed.xml"' in deep
    assert 'href="feed.xml"' in page(tmp_path / "public", "index.html")


def test_without_an_address_nothing_of_this_is_made_or_named(tmp_path):
    root = write_site(tmp_path / "site", {"wjj": {}}, {DOCUMENTS[0]: {}}, settings={"域名": None})
    build(root, tmp_path / "public")
    for name in ("opensearch.xml", "feed.xml", "sitemap.xml", "robots.txt", "wjj/feed.xml"):
        assert not (tmp_path / "public" / name).exists(), name
    for url in ("index.html", page_url(DOCUMENTS[0])):
        assert 'rel="search"' not in page(tmp_path / "public", url)
        assert "feed.xml" not in page(tmp_path / "public", url)
