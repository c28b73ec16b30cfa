"""How documents keep the time limit of their entry (履约): pure, from dates only."""

from __future__ import annotations

import msgspec


class DocumentDates(msgspec.Struct, frozen=True):
    """The dates of a document that limits count from (文件日期); ISO text, or empty."""

    formed_on: str = ""
    changed_on: str = ""
    approved_on: str = ""
    published_on: str = ""


class Lateness(msgspec.Struct, frozen=True):
    """That a document came, or still does not come, after its last day (超期): `published` is empty if not yet."""

    due: str
    published: str
    counted_from: str
    provisional: bool = False
