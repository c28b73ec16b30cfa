"""The documents of a department in the form in which provincial platforms exchange them, a hundred in each file.

Oldest first, so that a new document changes the last file only. Made only where the site asks for it (数据接口), because
it says once more what `documents.json` says.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.corpus import record_digest
from zwgk_site.model.plan import DataPlan, LazyData
from zwgk_site.stages.plan import keys
from zwgk_site.stages.plan.documents import file_name
from zwgk_site.stages.plan.states import minute_of, shown_date, state_of
from zwgk_site.text.media_types import MEDIA_TYPES
from zwgk_site.text.visible import visible_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zwgk_site.model.corpus import Attachment, Document
    from zwgk_site.model.exports import Target
    from zwgk_site.stages.plan.desk import Desk

FORMAT = 1
IN_ONE_FILE = 100
_encoder = msgspec.json.Encoder()


class ExchangeFile(msgspec.Struct, frozen=True):
    """An attachment of a record (交换记录的附件)."""

    id: str
    name: str
    type: str
    mime: str
    size: int
    url: str


class ExchangeRelation(msgspec.Struct, frozen=True):
    """What a record refers to (交换记录的关联)."""

    kind: str
    title: str
    url: str


class ExchangeRecord(msgspec.Struct, frozen=True):
    """One document (交换记录)."""

    id: str
    title: str
    document_number: str
    identifier: str
    publisher: str
    keywords: str
    date: str
    display_publish_time: str
    abstract: str
    classify_main_name: str
    classify_genre_name: str
    classify_theme_name: str
    url: str
    attachment: tuple[ExchangeFile, ...]
    relation: tuple[ExchangeRelation, ...]
    is_expired: bool
    is_abolished: bool


class ExchangePage(msgspec.Struct, frozen=True):
    """`gkmlpt.json`, `gkmlpt-2.json` … (交换数据): `next` is the file that follows, empty in the last."""

    format: int
    department: str
    articles: tuple[ExchangeRecord, ...]
    next: str


def exchange_urls(code: str, count: int) -> tuple[str, ...]:
    """The files over which so many documents are spread; one, if there are none."""
    numbers = range(2, -(-count // IN_ONE_FILE) + 1)
    return (f"data/{code}/gkmlpt.json", *(f"data/{code}/gkmlpt-{number}.json" for number in numbers))


def plan_exchange(desk: Desk) -> Iterator[LazyData]:
    """The files of one department."""
    urls = exchange_urls(desk.code, len(desk.documents))
    for number, url in enumerate(urls):
        part = desk.documents[number * IN_ONE_FILE : (number + 1) * IN_ONE_FILE]
        after = urls[number + 1] if number + 1 < len(urls) else ""
        seed = (desk.department.name, desk.heads.base, after, [_seed(desk, item) for item in part])
        yield LazyData(url, seed, partial(_page, desk, url, part, after))


def _seed(desk: Desk, document: Document) -> object:
    state = state_of(document, desk.today)
    return (record_digest(document), desk.document_url(document), document.attachments, state, _subject(desk, document),
            [(target.url, target.title) for _, target in _related(desk, document)])  # fmt: skip


def _page(desk: Desk, url: str, part: Sequence[Document], after: str) -> DataPlan:
    page = ExchangePage(FORMAT, desk.code, tuple(_record(desk, item) for item in part), after)
    return DataPlan(url, _encoder.encode(page) + b"\n")


def _record(desk: Desk, document: Document) -> ExchangeRecord:
    url, state = desk.document_url(document), state_of(document, desk.today)
    return ExchangeRecord(
        id=url.removesuffix(".html"),
        title=document.title,
        document_number=document.document_number,
        identifier=document.index_number,
        publisher="、".join(document.issuer) or desk.department.name,
        keywords=",".join(document.keywords),
        date=document.formed_on,
        display_publish_time=minute_of(document.published_on or shown_date(document)),
        abstract=document.summary,
        classify_main_name=_subject(desk, document),
        classify_genre_name=document.genre,
        classify_theme_name=document.topic,
        url=desk.heads.base + url,
        attachment=tuple(_file(desk, url, item) for item in document.attachments),
        relation=tuple(
            ExchangeRelation(kind, target.title, desk.heads.base + target.url)
            for kind, target in _related(desk, document)
        ),
        is_expired=state == "已失效",
        is_abolished=state == "已废止",
    )


def _subject(desk: Desk, document: Document) -> str:
    """The last step of the first entry's 公开事项: where the catalogue puts the document."""
    for written in document.entries:
        local = desk.local_entry(written)
        if local:
            return desk.entries[local].subject[-1]
    return ""


def _related(desk: Desk, document: Document) -> Iterator[tuple[str, Target]]:
    """Only what leads to something public."""
    if document.relations:
        key = keys.file_key(desk.code, document.path)
        for item in document.relations:
            target = desk.find(key, item.kind, item.target, keys.reference_keys(item.target, desk.code))
            if target is not None:
                yield item.kind, target


def _file(desk: Desk, page: str, attachment: Attachment) -> ExchangeFile:
    name = attachment.path.rpartition("/")[2]
    suffix = name.rpartition(".")[2].lower()
    url = desk.heads.base + file_name(page, attachment)
    mime = MEDIA_TYPES.get(f".{suffix}", "application/octet-stream")
    return ExchangeFile(
        attachment.sha256[:16], attachment.title or visible_text(name), suffix, mime, attachment.size, url
    )
