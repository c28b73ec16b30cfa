"""Feeds as RFC 4287 and JSON Feed 1.1 ask, sitemaps as sitemaps.org does: read by parsers that know nothing of ours."""

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import datetime
from urllib.parse import urlsplit

import pytest

from zwgk_site.model.plan import FeedItem, FeedPlan, SitemapPlan
from zwgk_site.stages.render.feeds import render_feed, render_sitemap

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "甲\x00乙\x0b<b>&amp;]]>\ud800丙\uffff\x1f丁\r\n"
BASE = "https://www.shifan.example/"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ONCE = {"id", "title", "updated", "published", "generator", "subtitle", "summary", "content", "rights", "icon", "logo"}
FEED_PARTS = ONCE - {"published", "summary", "content"} | {"author", "category", "contributor", "link", "entry"}
ENTRY_PARTS = ONCE - {"generator", "subtitle", "icon", "logo"} | {"author", "category", "contributor", "link", "source"}


def item(number=1, **given):
    url = f"{BASE}wjj/2026/{number:05}.html"
    values = {"id": url, "url": url, "title": "标题", "date": "2026-03-05", "summary": "", "author": "示范县卫生健康局"}
    return FeedItem(**(values | given))


def feed_of(*items, **given):
    values = {
        "url": "wjj/feed.xml", "title": "示范县卫生健康局最新公开", "home": f"{BASE}wjj/", "self_url": f"{BASE}wjj/feed.xml",
        "updated": "2026-03-05", "items": items, "author": "示范县卫生健康局",
    }  # fmt: skip
    return FeedPlan(**(values | given))


FEEDS = {
    "one": feed_of(item()),
    "empty": feed_of(updated=""),
    "hostile": feed_of(item(title=HOSTILE, summary=HOSTILE, author=HOSTILE), title=HOSTILE, author=HOSTILE),
    "no dates, no names": feed_of(item(date="", author=""), item(2, date="2026-03-05 09:30"), updated="", author=""),
}


def faults_of_atom(data):
    """What RFC 4287 minds, in words."""
    root = ET.fromstring(data)  # noqa: S314 - our own output
    if root.tag != f"{ATOM}feed":
        yield "the root is no atom:feed"
    yield from _faults_of_element(root, FEED_PARTS, "feed")
    ids = Counter(entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry"))
    if ids and max(ids.values()) > 1:
        yield "two entries with one id"
    if not any(link.get("rel") == "self" for link in root.findall(f"{ATOM}link")):
        yield "no link to itself"
    authored = root.find(f"{ATOM}author") is not None
    for entry in root.iter(f"{ATOM}entry"):
        yield from _faults_of_element(entry, ENTRY_PARTS, "entry")
        if not authored and entry.find(f"{ATOM}author") is None:
            yield "an entry without author"
        relations = {link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")}
        if entry.find(f"{ATOM}content") is None and "alternate" not in relations:
            yield "an entry with neither content nor link"


def _faults_of_element(element, parts, where):
    names = [child.tag.removeprefix(ATOM) for child in element]
    for name in set(names) - parts:
        yield f"{where}: <{name}> is not of the format"
    for name in {"id", "title", "updated"} - set(names):
        yield f"{where}: no <{name}>"
    for name in ONCE & {name for name, count in Counter(names).items() if count > 1}:
        yield f"{where}: <{name}> twice"
    for child in element:
        name, text = child.tag.removeprefix(ATOM), child.text or ""
        if name in ("updated", "published") and not (RFC3339.fullmatch(text) and datetime.fromisoformat(text)):
            yield f"{where}: {name} is {text}"
        if name == "id" and not urlsplit(text).scheme:
            yield f"{where}: id is {text}"
        if name == "link" and not urlsplit(child.get("href", "")).scheme:
            yield f"{where}: link to {child.get('href')}"
        if name == "author" and not (child.findtext(f"{ATOM}name") or "").strip():
            yield f"{where}: an author without name"


def faults_of_json_feed(data):
    """What JSON Feed 1.1 minds, in words."""
    feed = json.loads(data)
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "version"
    kinds = {"title": str, "home_page_url": str, "feed_url": str, "language": str, "authors": list, "items": list}
    for name, kind in kinds.items():
        if not isinstance(feed.get(name), kind):
            yield name
    ids = [entry.get("id") for entry in feed["items"]]
    if not all(isinstance(name, str) and name for name in ids) or len(set(ids)) < len(ids):
        yield "ids"
    for entry in feed["items"]:
        if not (entry.get("content_text") or entry.get("content_html")):
            yield "an item without content"
        if "date_published" in entry and not RFC3339.fullmatch(entry["date_published"]):
            yield entry["date_published"]
        if any(not author.get("name") for author in entry.get("authors", [])):
            yield "an author without name"


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_is_valid_in_both_forms(name):
    (atom_url, atom), (json_url, feed) = render_feed(FEEDS[name])
    assert (atom_url, json_url) == ("wjj/feed.xml", "wjj/feed.json")
    assert list(faults_of_atom(atom)) == []
    assert list(faults_of_json_feed(feed)) == []


def test_the_judges_see_what_is_wrong():
    (_, atom), (_, feed) = render_feed(FEEDS["one"])
    for found, put in (
        (b"<id>https:", b"<id>"),
        (b"+08:00", b""),
        (b"author>", b"autor>"),
        (b'rel="self"', b'rel="x"'),
    ):
        assert list(faults_of_atom(atom.replace(found, put))), found
    assert list(faults_of_json_feed(feed.replace(b'"id":"https', b'"no":"https')))


def test_a_sitemap_holds_absolute_addresses_and_days():
    data = render_sitemap(SitemapPlan("wjj/sitemap.xml", ((f"{BASE}a?x=1&y=2", "2026-03-05"), (f"{BASE}b", ""))))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ET.fromstring(data)  # noqa: S314 - our own output
    assert [place.text for place in root.iter(f"{space}loc")] == [f"{BASE}a?x=1&y=2", f"{BASE}b"]
    assert [day.text for day in root.iter(f"{space}lastmod")] == ["2026-03-05"]
