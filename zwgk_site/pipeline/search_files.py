"""The browser's half of search as it is published, and the tables that belong to no segment."""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.pipeline.cache import CacheFolder

_CLIENT = Path(__file__).resolve().parents[1] / "search" / "client"
SCRIPTS = {
    "search/client.js": ("units", "query", "index_reader", "match", "rank", "snippet", "engine"),
    "search/fallback.js": ("key_ranges", "local_files", "doubtful", "fallback"),
    "search/spelling.js": ("spelling",),
    "search/box.js": ("search_box",),
    "search/inflate.js": ("inflate",),
    "sw.js": ("offline_worker",),
}
"""Each published script with the sources that are joined to it, in order: a request costs a citizen more than a file us."""

_KEPT = "search.files"
_BLOCK = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^[ \t]*(?://[^\n]*)?\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


class SearchFiles(msgspec.Struct, frozen=True):
    """What search needs beside the index: URL and bytes of each script; kind, name and bytes of each table for `synonyms`."""

    synonyms: tuple[tuple[str, ...], ...]
    scripts: tuple[tuple[str, bytes], ...]
    tables: tuple[tuple[str, str, bytes], ...]


def kept_files(cache: CacheFolder, synonyms: tuple[tuple[str, ...], ...]) -> SearchFiles:
    """The same in every build of one program and one list of synonyms: deflated once."""
    found = cache.get(_KEPT, SearchFiles)
    if found is None or found.synonyms != synonyms:
        found = SearchFiles(synonyms, client_files(), tuple(search_tables(synonyms)))
        cache.put(_KEPT, found)
    return found


@cache
def client_files() -> tuple[tuple[str, bytes], ...]:
    """URL and bytes of each script, comments and indentation left out, nothing else changed; and each deflated beforehand.

    `.gz` files are for servers that look for them (nginx: `gzip_static on`).
    """
    found = {}
    for url, names in sorted(SCRIPTS.items()):
        found[url] = "".join(map(_read, names)).encode("utf-8")
        found[f"{url}.gz"] = gzip.compress(found[url], 9, mtime=0)
    return tuple(found.items())


def _read(name: str) -> str:
    path = _CLIENT / f"{name}.js"
    return _INDENT.sub("", _LINE.sub("", _BLOCK.sub("", path.read_text(encoding="utf-8"))))


def search_tables(synonyms: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, str, bytes]]:
    """Kind, name and bytes of each table."""
    from zwgk_site.stages.index.manifest import encode_table, synonym_content, traditional_content

    for kind, content in (("traditional", traditional_content()), ("synonyms", synonym_content(synonyms))):
        yield (kind, *encode_table(kind, content))
