"""A department's part of the search index: records of the pages that search must take in again, and what must go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.plan import LazyPage, PagePlan, Plan
from zwgk_site.model.search import IndexRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwgk_site.model.plan import DepartmentPlan
    from zwgk_site.pipeline.env import BuildEnv

_encoder = msgspec.msgpack.Encoder()
Indexed = dict[str, bytes]
"""Pages of a department that the index knows, by URL, each with two digests of eight bytes: its plan's, its record's."""

_DIGEST = 8


class RecordPlace(msgspec.Struct, frozen=True, array_like=True):
    """Where a record stands in its part: bytes `[offset, offset + length)`; what decides its place in the index.

    `whole` and `body` count characters, `digest` stands for the record.
    """

    date: str
    url: str
    offset: int
    length: int
    whole: int
    body: int
    digest: bytes


class SearchChange(msgspec.Struct, frozen=True):
    """What a department changes in the index: how many records its part has, URLs that left, URLs of which no trace may stay."""

    records: int = 0
    removed: tuple[str, ...] = ()
    purged: tuple[str, ...] = ()


NO_CHANGE = SearchChange()
NOT_MADE = SearchChange(records=-1)
"""Of a department of which nothing could be read: the index keeps what it knows of it."""


def part_name(code: str) -> str:
    """Where the cache keeps the records of a department that have changed in this build."""
    return f"departments/{code}.records"


def places_name(code: str) -> str:
    """Where the cache keeps their places."""
    return f"departments/{code}.places"


def indexed_name(code: str) -> str:
    """Where the cache keeps which pages of a department the index knows."""
    return f"departments/{code}.indexed"


class PartWriter:
    """Records one after another in one piece of bytes."""

    def __init__(self) -> None:
        self.places: list[RecordPlace] = []
        self._pieces: list[bytes] = []
        self._size = 0

    def add(self, record: IndexRecord, known: bytes = b"") -> bytes:
        """Takes a record in, unless `known` is its digest; its digest."""
        from zwgk_site.stages.index.chunks import clean_record, record_digest, size_of

        record = clean_record(record)
        digest = record_digest(record)
        if digest == known:
            return digest
        data = _encoder.encode(record)
        whole, body = size_of(record)
        self.places.append(RecordPlace(record.date, record.url, self._size, len(data), whole, body, digest))
        self._pieces.append(data)
        self._size += len(data)
        return digest

    def data(self) -> bytes:
        """All records."""
        return b"".join(self._pieces)


class IndexMaker:
    """Compares a department's index plans with what the index knows, and listens to the texts as their pages are made.

    `again`: the last build made the department, so there must be a table. In a takedown no version may stay under any
    URL that was left: a document may have moved since.
    """

    def __init__(self, env: BuildEnv, planned: DepartmentPlan, *, all_of_it: bool, again: bool) -> None:
        self._env, self._code = env, planned.code
        known = env.cache.need(indexed_name(self._code), Indexed) if again and not all_of_it else None
        left = (url for url, item in planned.ledger.urls.items() if item.state != "live")
        self._left = tuple(f"{planned.code}/{url}" for url in left)
        self._all_of_it = all_of_it
        self._before = {} if all_of_it else known or {}
        plans = {plan.url: plan.digest() for plan in planned.index}
        self._wanted = [plan for plan in planned.index if self._before.get(plan.url, b"")[:_DIGEST] != plans[plan.url]]
        self.after: Indexed = {url: digest + self._before.get(url, b"")[_DIGEST:] for url, digest in plans.items()}
        self._bodies = {plan.body for plan in self._wanted if plan.body}
        self._texts: dict[str, str] = {}
        self._body_of: Callable[[PagePlan], str] = lambda _plan: ""
        self._gone = tuple(url for url in {**(known or {}), **self._before} if url not in self.after)

    def listen(self, body_of: Callable[[PagePlan], str]) -> Callable[[PagePlan], str]:
        """The same source of bodies, overheard."""
        self._body_of = body_of

        def overheard(plan: PagePlan) -> str:
            html = body_of(plan)
            if plan.body in self._bodies:
                self._texts[plan.body] = _text_of(html)
            return html

        return overheard

    def finish(self, plans: tuple[Plan, ...], *, takedown: bool) -> SearchChange:
        """Leaves the changed records in the cache. In a takedown nothing of what changed may stay in any old file."""
        places = self._write_part(plans) if self._wanted else []
        self._env.cache.keep(f"{indexed_name(self._code)}.new", self.after)
        removed = (*self._gone, *self._left) if takedown or self._all_of_it else self._gone
        if not places and not removed:
            return NO_CHANGE
        changed = tuple(place.url for place in places)
        return SearchChange(len(changed), removed, (*changed, *removed) if takedown else ())

    def _write_part(self, plans: tuple[Plan, ...]) -> list[RecordPlace]:
        """The records that differ; a plan may differ and its record not, as when a department is held back."""
        self._read_missing(plans)
        writer = PartWriter()
        for plan in self._wanted:
            url = plan.url
            digest = writer.add(plan.build(self._texts.pop(plan.body, "")), self.after[url][_DIGEST:])
            self.after[url] = self.after[url][:_DIGEST] + digest
        self._env.cache.keep_bytes(part_name(self._code), writer.data())
        self._env.cache.keep(places_name(self._code), writer.places)
        return writer.places

    def _read_missing(self, plans: tuple[Plan, ...]) -> None:
        """The texts of pages that need not be made again."""
        missing = {plan.url for plan in self._wanted if plan.body and plan.body not in self._texts}
        for plan in plans if missing else ():
            if plan.url in missing and isinstance(plan, LazyPage | PagePlan):
                page = plan.build() if isinstance(plan, LazyPage) else plan
                self._texts[page.body] = _text_of(self._body_of(page))


def _text_of(html: str) -> str:
    from zwgk_site.stages.render.body.plain_text import text_of_body

    return text_of_body(html)
