"""The meta tags that inspectors' programs read in pages of government sites (网站标签), as 国办发〔2017〕47号 lists them.

Names are contracts, case included. Only what must be there (必选) is told of here; the page may hold more.
"""

from __future__ import annotations

import re
from typing import Literal

PageKind = Literal["home", "column", "article"]
"""Home of the site, a page that stands for a column (a list, a catalogue, an entry), a single document."""

SITE_TAGS = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN_TAGS = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE_TAGS = ("ArticleTitle", "PubDate", "ContentSource")

REQUIRED: dict[PageKind, tuple[str, ...]] = {
    "home": SITE_TAGS,
    "column": SITE_TAGS + COLUMN_TAGS,
    "article": SITE_TAGS + COLUMN_TAGS + ARTICLE_TAGS,
}

_MOMENT = re.compile(rb"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")


def has_form(tag: bytes, value: bytes) -> bool:
    """Whether a value is written as the list says: PubDate as `YYYY-MM-DD HH:MM`; of other tags no form is given."""
    return tag != b"PubDate" or bool(_MOMENT.fullmatch(value))
