"""The JSON-LD of built pages holds schema.org's types with properties that these types have, in the forms they want."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.sample_column import DOMAIN, built_sample, page_kinds

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
TEXT, DATE = re.compile(r"\S.*", re.DOTALL), re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(\+08:00)?)?")
OWN_URL, LANGUAGE = re.compile(re.escape(DOMAIN) + r"[!-~]*"), re.compile("zh-CN")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
THING = {"name": TEXT, "description": TEXT, "url": OWN_URL, "identifier": TEXT}
CREATIVE_WORK = THING | {
    "inLanguage": LANGUAGE, "keywords": TEXT, "dateCreated": DATE, "datePublished": DATE, "publisher": "GovernmentOrganization",
    "creator": "GovernmentOrganization",
}  # fmt: skip
VOCABULARY: dict[str, dict[str, Any]] = {
    "GovernmentOrganization": THING | {"address": TEXT, "telephone": TEXT},
    "WebSite": CREATIVE_WORK | {"potentialAction": "SearchAction"},
    "SearchAction": {
        "target": re.compile(r"https://\S+\?q=\{q\}"),
        "query-input": re.compile("required name=q"),
    },
    "Dataset": CREATIVE_WORK | {"distribution": "DataDownload"},
    "DataDownload": CREATIVE_WORK | {"contentUrl": OWN_URL, "encodingFormat": MEDIA_TYPE},
    "DigitalDocument": CREATIVE_WORK,
    "Legislation": CREATIVE_WORK
    | {
        "legislationDate": DATE,
        "legislationIdentifier": TEXT,
        "legislationLegalForce": re.compile("(https://schema.org/)?(InForce|NotInForce|PartiallyInForce)"),
    },
}
"""Of schema.org what our pages say; a property more must be looked up there and written down here."""
ON_TOP = {"home": "WebSite", "department": "Dataset", "document": "Legislation|DigitalDocument"}


def blocks_of(url: str) -> list[dict[str, Any]]:
    return [json.loads(text) for text in BLOCK.findall((built_sample() / url).read_text("utf-8"))]


def faults_of(value: dict[str, Any]) -> Iterator[str]:
    """Every property that its type does not have, and every value that is not of the property's form."""
    kind = value.get("@type", "")
    known = VOCABULARY.get(kind, {}) | {"@type": TEXT, "@context": re.compile("https://schema.org")}
    for name, given in value.items():
        for item in given if isinstance(given, list) else [given]:
            form = known.get(name)
            if isinstance(item, dict) and item.get("@type") == form:
                yield from faults_of(item)
            elif not isinstance(item, str) or not isinstance(form, re.Pattern) or not form.fullmatch(item):
                yield f"{kind}.{name}: {item!r}"


@pytest.mark.parametrize("kind", ON_TOP)
def test_every_page_of_a_kind_says_what_it_is(kind: str) -> None:
    for url in page_kinds(built_sample())[kind]:
        found = blocks_of(url)
        assert [block["@context"] for block in found] == ["https://schema.org"], url
        assert re.fullmatch(ON_TOP[kind], found[0]["@type"]), url
        assert {"name", "url"} <= set(found[0]), url


def test_nothing_is_said_that_the_vocabulary_does_not_have() -> None:
    blocks = [(url, block) for urls in page_kinds(built_sample()).values() for url in urls for block in blocks_of(url)]
    assert len(blocks) > 200
    assert [(url, fault) for url, block in blocks for fault in faults_of(block)] == []


def test_a_fault_would_be_seen() -> None:
    spoilt = {
        "@type": "Dataset",
        "name": "",
        "author": "x",
        "distribution": [{"@type": "DataDownload", "contentUrl": "a.csv"}],
    }
    assert len(list(faults_of(spoilt))) == 3
