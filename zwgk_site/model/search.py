"""What the search index is made of: one record a page. Format: `docs/index-format.md`."""

from __future__ import annotations

import msgspec

FORMAT = 2
"""The number of the index format, the first byte of every file of it."""

FIELDS = ("title", "document_number", "identifier", "facts", "keywords", "body", "attachments")
"""The fields of a document in the index, by number."""

TITLE, NUMBER, IDENTIFIER, FACTS, KEYWORDS, BODY, ATTACHMENTS = range(7)

FACETS = ("department", "item", "field", "stage", "genre", "validity", "disclosure")
"""The facets of a document, by number; the year comes from its date."""

FacetValue = tuple[str, str]


class IndexRecord(msgspec.Struct, frozen=True, array_like=True):
    """A page as search sees it (检索记录): texts without markup, parts of a field separated by line ends.

    `url` from the top of the output; `date` ISO or empty; `facets` by number, each any count of (key, label);
    `kind` such as 条目 or 政策文件, `state` such as 废止, to show with a hit.
    """

    url: str
    title: str
    document_number: str = ""
    identifiers: tuple[str, ...] = ()
    facts: str = ""
    keywords: str = ""
    body: str = ""
    attachments: str = ""
    date: str = ""
    facets: tuple[tuple[FacetValue, ...], ...] = ((),) * len(FACETS)
    kind: str = ""
    state: str = ""


class SegmentRef(msgspec.Struct, frozen=True, omit_defaults=True):
    """A segment as the manifest names it (索引段); `dead` are ids of documents that no longer count, ascending."""

    id: str
    documents: int
    dead: tuple[int, ...] = ()
    single: bool = False
    packs: int = 0


class SearchManifest(msgspec.Struct, frozen=True):
    """`search/manifest.js` (检索索引清单): base and deltas, tables of the whole site."""

    format: int
    built: str
    documents: int
    segments: tuple[SegmentRef, ...]
    tables: dict[str, str] = {}
