"""Every URL that was ever published (网址台账), kept in the output as `data/urls/<code>.json`. Holds no title, no name.

`id` stands for the entry or the document's file without telling it; a URL is relative to its department's folder.
"""

from __future__ import annotations

import msgspec


class LedgerItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of a URL: `live`, `gone` (withdrawn, closed, removed) or `moved` (to `to`).

    `first` is its first day, `source` the digest of a document's public text; `title` while the page of
    something gone tells its title. `since` is the day on which it went, or since which a live document says what it
    says (`words`, a digest of title, text and attachments; an empty day: since `first`). `absent_on` is a day on which a
    release stood without the document, if one is known.
    """

    kind: str
    id: str
    first: str
    state: str = "live"
    to: str = ""
    since: str = ""
    source: str = ""
    words: str = ""
    absent_on: str = ""


class Ledger(msgspec.Struct, frozen=True):
    """A department's URLs, sorted, and the highest serial given in each year's index numbers (never used again).

    `held_since` is the day since which the department has been held back; empty while its files are published.
    """

    urls: dict[str, LedgerItem] = {}
    serials: dict[str, int] = {}
    format: int = 1
    held_since: str = ""
