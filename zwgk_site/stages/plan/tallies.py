"""Numbers of entries that pages across departments show and no list is made of: by channel, by item and stage.

A name is `channels/c01|政府网站`, `audiences/everyone|全社会`, `crossings/20-7/result`, `filled/20-7`: entries of a statutory
item that have a document.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zwgk_site.statute.reach import EVERYONE, classify_audience, classify_channel
from zwgk_site.statute.taxonomy import classify_item, classify_stage

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from zwgk_site.model.corpus import CatalogEntry


def tally_entries(entries: Iterable[CatalogEntry], filled: Container[str]) -> dict[str, int]:
    """The tallies of one department; `filled` are the ids of entries under which a document stands."""
    counts: Counter[str] = Counter()
    for entry in entries:
        counts.update(_names(entry, filled))
    return dict(sorted(counts.items()))


def _names(entry: CatalogEntry, filled: Container[str]) -> Iterator[str]:
    for term in {term for text in entry.channels if (term := classify_channel(text)) is not None}:
        yield f"channels/{term.slug}|{term.name}"
    for text in entry.audience:
        audience = classify_audience(text)
        if audience is not None and audience.term is EVERYONE:
            yield f"audiences/{EVERYONE.slug}|{EVERYONE.name}"
            break
    item, stage = classify_item(entry.statutory_item), classify_stage(entry.stage)
    if item is not None and stage is not None:
        yield f"crossings/{item.slug}/{stage.slug}"
    if item is not None and entry.id in filled:
        yield f"filled/{item.slug}"
