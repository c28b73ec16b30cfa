"""A crawler of a built site that needs no browser: every link of every page, and whether it leads to a file."""

from __future__ import annotations

import functools
import importlib.util
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote, urlsplit

URL_KEYS = {"url", "catalog", "documents_file"}
"""Keys of the machine-readable files whose values are URLs from the top of the site."""
UNBUILT = frozenset() if importlib.util.find_spec("zwgk_site.search") else frozenset({"search.html"})
"""The search page comes with the search; until then the search box of every page leads nowhere."""
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


class Page(HTMLParser):
    """What tests want to know of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.metas: dict[str, str] = {}
        self.counts: dict[str, int] = {}
        self.tables: list[dict[str, Any]] = []
        self.language = self.title = self.refresh = ""
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.counts[tag] = self.counts.get(tag, 0) + 1
        if tag not in VOID:
            self._open.append(tag)
        if values.get("id"):
            self.ids.append(values["id"])
        self._take_links(tag, values)
        if tag == "html":
            self.language = values.get("lang", "")
        elif tag == "meta":
            self._take_meta(values)
        elif tag == "table":
            self.tables.append({"caption": False, "heads": []})
        elif self.tables and "table" in self._open and tag in ("caption", "th"):
            self._take_table(tag, values)

    def _take_links(self, tag: str, values: dict[str, str]) -> None:
        for name in ("href", "src", "poster", "action", "data"):
            if name in values:
                self.links.append((tag, name, values[name]))
        for part in values.get("srcset", "").split(","):
            if part.strip():
                self.links.append((tag, "srcset", part.split()[0]))

    def _take_table(self, tag: str, values: dict[str, str]) -> None:
        if tag == "caption":
            self.tables[-1]["caption"] = True
        else:
            self.tables[-1]["heads"].append(values.get("scope", ""))

    def _take_meta(self, values: dict[str, str]) -> None:
        if "name" in values:
            self.metas[values["name"]] = values.get("content", "")
        if values.get("http-equiv", "").lower() == "refresh":
            self.refresh = values.get("content", "").partition("url=")[2]
            self.links.append(("meta", "refresh", self.refresh))

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"]:
            self.title += data
        elif not {"script", "style", "title"} & set(self._open):
            self.words.append(data)

    @property
    def text(self) -> str:
        """All that a reader sees, with blanks run together."""
        return " ".join("".join(self.words).split())


def read_page(file: Path) -> Page:
    """The page in a file, parsed once for the same bytes."""
    return _parse(file.read_bytes())


@functools.lru_cache(maxsize=20_000)
def _parse(data: bytes) -> Page:
    return Page(data.decode())


def files_of(output: Path) -> dict[str, Path]:
    """Every file of a site by its URL from the top."""
    return {file.relative_to(output).as_posix(): file for file in sorted(output.rglob("*")) if file.is_file()}


def dead_links(output: Path, base: str = "") -> list[str]:
    """Every link that leads to no file, or to a place that its page does not have, as `page: link`.

    `base` is the site's own address: links below it count as inner ones.
    """
    files = files_of(output)
    found = [f"{url}: {link}" for url, link in links_of(files) if not _leads_somewhere(url, link, files, base)]
    return list(dict.fromkeys(found))


def links_of(files: dict[str, Path]) -> Iterator[tuple[str, str]]:
    """Every link with the URL of the file that holds it."""
    for url, file in files.items():
        if url.endswith(".html"):
            yield from ((url, link) for _, _, link in read_page(file).links)
        elif url.endswith((".xml", ".json", ".css", ".txt")):
            yield from ((url, link) for link in _links_of_data(url, file.read_bytes()))


@functools.lru_cache(maxsize=20_000)
def _links_of_data(url: str, data: bytes) -> tuple[str, ...]:
    if url.endswith(".json"):
        top = "../" * url.count("/") if url.startswith("data/") and not url.startswith("data/urls/") else ""
        return tuple(top + link if "://" not in link else link for link in _json_links(json.loads(data), feed=not top))
    if url.endswith(".xml"):
        root = ET.fromstring(data)  # noqa: S314 - our own output
        inside = [item.get("href", "") for item in root.iter() if item.get("href")]
        return (*inside, *(item.text or "" for item in root.iter() if item.tag.endswith("}loc")))
    if url.endswith(".css"):
        return tuple(match[1] for match in re.finditer(r"url\(\s*[\"']?([^\"')]+)", data.decode()))
    return tuple(re.findall(r"^Sitemap: (\S+)", data.decode(), re.MULTILINE)) if url == "robots.txt" else ()


def _json_links(value: Any, *, feed: bool) -> Iterator[str]:
    keys = {"url", "home_page_url", "feed_url"} if feed else URL_KEYS
    if isinstance(value, dict):
        for key, item in value.items():
            if key in keys and isinstance(item, str):
                yield item
            elif key not in {"document", "entry"}:  # what a clerk wrote: 转载 has the addresses of others
                yield from _json_links(item, feed=feed)
    elif isinstance(value, list):
        for item in value:
            yield from _json_links(item, feed=feed)


def resolve(page: str, link: str, base: str = "") -> tuple[str, str] | None:
    """Where a link of a page leads, as URL from the top and anchor; `None` where it leaves the site."""
    if base and link.startswith(base):
        path, mark, anchor = link.removeprefix(base).partition("#")
        page, link = "index.html", f"{path}index.html" if not path or path.endswith("/") else path
        link += mark + anchor
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return page, unquote(parts.fragment)
    path = unquote(parts.path)
    target = normpath(join(dirname(page), path)) if not path.startswith("/") else "/"
    return target, unquote(parts.fragment)


def _leads_somewhere(page: str, link: str, files: dict[str, Path], base: str) -> bool:
    resolved = resolve(page, link, base)
    if resolved is None:
        return True
    target, anchor = resolved
    if target in UNBUILT:
        return True
    file = files.get(target)  # never a folder: a browser on file:// shows its listing, not its index.html
    if file is None:
        return False
    return not anchor or anchor == "top" or not target.endswith(".html") or anchor in read_page(file).ids


__all__ = ["Page", "dead_links", "files_of", "links_of", "read_page", "resolve"]
