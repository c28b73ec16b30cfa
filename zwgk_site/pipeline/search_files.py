"""The browser's half of search as it is published, and the tables that belong to no segment."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLIENT = Path(__file__).resolve().parents[1] / "search" / "client"
ENGINE = ("units.js", "query.js", "index_reader.js", "match.js", "rank.js", "snippet.js", "engine.js")
"""In the order in which they are joined to one script: a request costs a citizen more than a file costs us."""

_OTHERS = {"search/box.js": "search_box.js", "search/inflate.js": "inflate.js", "sw.js": "offline_worker.js"}
_BLOCK = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^[ \t]*(?://[^\n]*)?\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


@cache
def client_files() -> tuple[tuple[str, bytes], ...]:
    """URL and bytes of each script, comments and indentation left out; nothing else is changed."""
    found = {"search/client.js": "".join(map(_read, ENGINE))}
    found |= {url: _read(name) for url, name in _OTHERS.items()}
    return tuple((url, text.encode("utf-8")) for url, text in sorted(found.items()))


def _read(name: str) -> str:
    path = _CLIENT / name
    if not path.exists():
        return ""
    return _INDENT.sub("", _LINE.sub("", _BLOCK.sub("", path.read_text(encoding="utf-8"))))


def search_tables(synonyms: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, str, bytes]]:
    """Kind, name and bytes of each table."""
    from zwgk_site.stages.index.manifest import encode_table, synonym_content, traditional_content

    for kind, content in (("traditional", traditional_content()), ("synonyms", synonym_content(synonyms))):
        yield (kind, *encode_table(kind, content))
