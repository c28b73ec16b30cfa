"""What a reader's line has to carry for a page: the page and all that it loads, as a server sends it (gzip)."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import NamedTuple

from tests.crawl import read_page, resolve

CSS, SCRIPT, PAGE = 25 * 1024, 12 * 1024, 60 * 1024
"""Budgets in bytes sent: style sheets of a page; scripts beside those of the search; a document's page in all."""


class Weight(NamedTuple):
    """Bytes sent for one page, by kind; `images` counts those in the page, not attachments."""

    html: int
    css: int
    script: int
    search_script: int
    images: int

    @property
    def total(self) -> int:
        return sum(self)


def sent_bytes(file: Path) -> int:
    data = file.read_bytes()
    return len(gzip.compress(data, 6)) if file.suffix in {".html", ".css", ".js", ".svg"} else len(data)


def weigh_page(output: Path, url: str) -> Weight:
    """The weight of a page seen for the first time, with nothing kept from other pages."""
    sizes = dict.fromkeys(("css", "script", "search_script", "images"), 0)
    for name in {
        target
        for tag, attribute, link in read_page(output / url).links
        if (target := _loaded(url, tag, attribute, link))
    }:
        sizes[_kind_of(name)] += sent_bytes(output / name)
    return Weight(html=sent_bytes(output / url), **sizes)


def _loaded(url: str, tag: str, attribute: str, link: str) -> str:
    found = resolve(url, link)
    is_sheet = tag == "link" and link.endswith(".css")
    return found[0] if found and (attribute == "src" or is_sheet) else ""


def _kind_of(name: str) -> str:
    kinds = {".css": "css", ".js": "search_script" if name.startswith("search/") else "script"}
    return kinds.get(Path(name).suffix, "images")
