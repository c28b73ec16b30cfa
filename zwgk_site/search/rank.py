"""The order of what was found: classes first (title, number, keywords, body), BM25F within them. The twin of `rank.js`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zwgk_site.search.segment import Segment

FIELD_WEIGHTS = (10.0, 8.0, 8.0, 3.0, 4.0, 1.0, 2.0)
"""By field: title, number, identifier, facts, keywords, body, attachments."""

K = 1.2
"""How soon more of the same word counts no more (BM25)."""


def body_lengths(segment: Segment) -> list[float]:
    """How long each body is, an average one being 1; estimated from the text chunk it stands in."""
    chunks = segment.head.chunks
    scale = segment.documents / chunks.total if chunks.total else 0.0
    found: list[float] = []
    for count, more in zip(chunks.counts, chunks.continuations, strict=True):
        length = 1 + 1.5 * more if more else 1 / count
        found += [length * scale] * count
    return found
