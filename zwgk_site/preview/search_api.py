"""`/api/search` of the preview: a query string to a status and JSON, the same answer as `zwgk search --json`.

Parameters: `q`; `limit`, `offset`, `sort`; `department` and the other facets by key, `year`.
"""

from __future__ import annotations

import http
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import msgspec

from zwgk_site.preview.snapshot import stamp_of

if TYPE_CHECKING:
    from pathlib import Path

    from zwgk_site.search.answer import Options

SEARCH_PATH = "/api/search"
MOST = 1000
"""Hits in one answer at most."""

LONGEST = 1000
"""Characters of a query at most."""

TRIES = 5
"""An edit a second leaves time enough for a search; builds that follow each other at once may not."""

_FACETS = ("department", "item", "field", "stage", "year", "genre", "validity", "disclosure")


def answer_search(folder: Path, query: str) -> tuple[http.HTTPStatus, bytes]:
    """400 for parameters that mean nothing, 404 without an index, 500 for one that is damaged or of another version.

    Files may be replaced while they are read.
    """
    from zwgk_site.search.answer import search
    from zwgk_site.search.data import answer_data
    from zwgk_site.search.faults import SearchError, SearchMissing

    given = {name: values[-1] for name, values in parse_qs(query, errors="replace").items()}
    try:
        options = _read_options(given)
    except ValueError as fault:
        return http.HTTPStatus.BAD_REQUEST, _encode({"error": str(fault)})
    manifest = folder / "search" / "manifest.js"
    for _ in range(TRIES):
        read = stamp_of(manifest)
        try:
            answer = search(folder, given.get("q", ""), **options)
        except SearchError as fault:
            if stamp_of(manifest) != read:  # a build has put another index in place: what we began to read is gone
                continue
            status = (
                http.HTTPStatus.NOT_FOUND if isinstance(fault, SearchMissing) else http.HTTPStatus.INTERNAL_SERVER_ERROR
            )
            found = fault.diagnostic
            return status, _encode({"error": found.message(), "code": found.code, "hint": found.hint()})
        return http.HTTPStatus.OK, _encode(answer_data(answer))
    return http.HTTPStatus.SERVICE_UNAVAILABLE, _encode(
        {"error": "索引正在更新，请再试  (the index is being replaced)"}
    )


def warm_up(folder: Path) -> None:
    """Loads what answers a search, so that the first one is not kept waiting."""
    answer_search(folder, "q=公开")


def _read_options(given: dict[str, str]) -> Options:
    if len(given.get("q", "")) > LONGEST:
        raise ValueError(f"q 最多 {LONGEST} 个字  (q is too long)")
    options: Options = {
        "limit": min(_whole(given, "limit", 10), MOST),
        "offset": _whole(given, "offset", 0),
        "sort": "date" if given.get("sort") == "date" else "relevance",
    }
    if given.get("sort", "relevance") not in ("relevance", "date"):
        raise ValueError("sort 只能是 relevance 或 date  (relevance or date)")
    for name in _FACETS:
        if given.get(name):
            options[name] = given[name]  # type: ignore[literal-required]  # the names are those of the options
    return options


def _whole(given: dict[str, str], name: str, default: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise ValueError(f"{name} 应是一个不太大的整数  ({name} must be a small whole number)")
    return int(text)


def _encode(data: object) -> bytes:
    return msgspec.json.encode(data)
