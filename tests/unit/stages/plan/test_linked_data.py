"""The data sets as DCAT tells them, and the home pages as search engines read them."""

import json
import re
from datetime import date
from urllib.parse import urlsplit

import pytest

from tests.sites import build, page, page_url, write_site

BASE = "https://www.shifan.example/"
DOCUMENTS = ("wjj/2026/a.md", "jyj/2026/b.md")
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


def built(tmp_path, **settings):
    root = write_site(tmp_path / "site", {"wjj": {}, "jyj": {}}, {path: {} for path in DOCUMENTS}, settings=settings)
    build(root, tmp_path / "public")
    return tmp_path / "public"


def read_dcat(output):
    return json.loads((output / "data/dcat.jsonld").read_bytes())


def values_of(node, key):
    """Every value of `key`, at any depth."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key:
                yield value
            yield from values_of(value, key)
    elif isinstance(node, list):
        for item in node:
            yield from values_of(item, key)


def test_every_department_gives_its_catalogue_and_its_documents(tmp_path):
    catalog = read_dcat(built(tmp_path))
    assert catalog["@type"] == "dcat:Catalog"
    assert [item["dct:identifier"] for item in catalog["dcat:dataset"]] == [
        "jyj-catalog", "jyj-documents", "wjj-catalog", "wjj-documents",
    ]  # fmt: skip
    for dataset in catalog["dcat:dataset"]:
        for key in ("dct:title", "dct:description"):
            assert dataset[key]["@value"]
            assert dataset[key]["@language"] == "zh"
        assert dataset["dct:publisher"]["foaf:name"]["@value"].startswith("示范县")
    kinds = [[item["dct:title"] for item in dataset["dcat:distribution"]] for dataset in catalog["dcat:dataset"]]
    assert kinds == [["JSON", "CSV", "Excel"], ["JSON"]] * 2


def test_what_it_names_is_there_and_every_term_is_declared(tmp_path):
    output = built(tmp_path)
    catalog = read_dcat(output)
    for key in ("dcat:downloadURL", "dcat:accessURL", "dcat:landingPage"):
        for place in values_of(catalog, key):
            assert (output / place["@id"].removeprefix(BASE)).is_file(), place
    names = [item["@id"] for item in catalog["dcat:dataset"]]
    assert len(names) == len(set(names))
    assert all(urlsplit(name).scheme for name in values_of(catalog, "@id"))
    written = re.findall(r'"([a-z]+):[a-zA-Z]+"', json.dumps({**catalog, "@context": {}}))
    assert set(written) <= set(catalog["@context"])
    days = [value["@value"] for value in values_of(catalog, "dct:modified")]
    assert days
    assert all(date.fromisoformat(day) for day in days)


@pytest.mark.parametrize(
    ("words", "key", "value"),
    [
        ("https://www.shifan.example/xuke.html", "dct:license", {"@id": "https://www.shifan.example/xuke.html"}),
        ("转载请注明来源", "dct:rights", {"@value": "转载请注明来源", "@language": "zh"}),
    ],
)
def test_a_licence_is_told_as_the_site_says_it(tmp_path, words, key, value):
    catalog = read_dcat(built(tmp_path, 数据许可=words))
    assert catalog[key] == value
    assert all(item == value for item in values_of(catalog["dcat:dataset"], key))
    assert len(list(values_of(catalog["dcat:dataset"], key))) == 8


def test_no_licence_is_made_up(tmp_path):
    catalog = read_dcat(built(tmp_path))
    assert list(values_of(catalog, "dct:license")) == list(values_of(catalog, "dct:rights")) == []


def test_home_pages_say_whose_they_are_in_few_bytes(tmp_path):
    output = built(tmp_path)
    (site,), (department,) = (BLOCK.findall(page(output, url)) for url in ("index.html", "wjj/index.html"))
    assert json.loads(site)["publisher"]["@type"] == "GovernmentOrganization"
    assert json.loads(site)["potentialAction"]["target"] == f"{BASE}search.html?q={{q}}"
    found = json.loads(department)
    assert found["@type"] == "Dataset"
    assert found["url"] == f"{BASE}wjj/"
    for item in found["distribution"]:
        assert (output / item["contentUrl"].removeprefix(BASE)).is_file()
    assert len(site.encode()) < 500
    assert len(department.encode()) < 800


def test_without_an_address_there_is_none_of_this(tmp_path):
    output = built(tmp_path, 域名=None)
    assert not (output / "data/dcat.jsonld").exists()
    for url in ("index.html", "wjj/index.html"):
        assert not BLOCK.findall(page(output, url))
    assert page(output, page_url(DOCUMENTS[0]))
