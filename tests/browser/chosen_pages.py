"""Pages of a built site that tests look at closely: one of every kind, and those that are hard to lay out."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from tests.sample_column import page_kinds

HARD_DOCUMENTS = {
    "redacted": 'class="redacted-bar"',
    "with a table": 'class="table-wrap"',
    "ended": "banner-ended",
    "with attachments": 'class="attachments"',
    "with changes": 'class="changes"',
}


def largest_of(output: Path, urls: list[str]) -> str:
    return max(urls, key=lambda url: ((output / url).stat().st_size, url))


@functools.cache
def hard_pages(output: Path) -> dict[str, str]:
    """The largest page of every kind by the kind's name, then documents that have what others lack."""
    kinds = page_kinds(output)
    chosen = {kind: largest_of(output, urls) for kind, urls in sorted(kinds.items())}
    for name, mark in HARD_DOCUMENTS.items():
        having = [url for url in kinds["document"] if mark in (output / url).read_text("utf-8")]
        if having:
            chosen[f"document {name}"] = min(having, key=lambda url: ((output / url).stat().st_size, url))
    return chosen


def without_refresh(text: str) -> str:
    """A page that sends its reader on, made to stay."""
    return re.sub(r'<meta http-equiv="refresh"[^>]*>', "", text)
