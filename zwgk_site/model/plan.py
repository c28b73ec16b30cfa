"""What is to be made: every page with all that its template can see, before any HTML (发布计划)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

from zwgk_site.model.ledger import Ledger
from zwgk_site.model.search import IndexRecord
from zwgk_site.model.views import Head, View

_encoder = msgspec.msgpack.Encoder()


class PagePlan(msgspec.Struct, frozen=True):
    """One page: its URL below the top of the output, and all that it shows.

    `body` is the file whose text goes into it (below the department's content folder), or empty; `is_list` pages are
    put in place after those that they lead to.
    """

    url: str
    head: Head
    view: View
    body: str = ""
    is_list: bool = False

    def digest(self, salt: bytes) -> bytes:
        """What decides whether the page must be made again; `salt` stands for theme, frame and program."""
        return hashlib.blake2b(_encoder.encode((self.url, self.head, self.view)), digest_size=16, key=salt).digest()


class LazyPage(msgspec.Struct, frozen=True):
    """A page that is planned in full only if it must be made: `build` is a pure function of `seed` and the salt's terms."""

    url: str
    seed: Any
    build: Callable[[], PagePlan]

    def digest(self, salt: bytes) -> bytes:
        """As for a page."""
        return hashlib.blake2b(
            _encoder.encode((self.url, self.seed)), digest_size=16, key=salt, person=b"lazy"
        ).digest()


class LazyData(msgspec.Struct, frozen=True):
    """A data file whose bytes are made only if `seed` has changed."""

    url: str
    seed: Any
    build: Callable[[], DataPlan]

    def digest(self, salt: bytes) -> bytes:
        """As for a page."""
        return hashlib.blake2b(
            _encoder.encode((self.url, self.seed)), digest_size=16, key=salt, person=b"ldata"
        ).digest()


class DataPlan(msgspec.Struct, frozen=True):
    """A machine-readable file with its bytes."""

    url: str
    data: bytes

    def digest(self, salt: bytes) -> bytes:
        """As for a page."""
        return hashlib.blake2b(self.data, digest_size=16, key=salt, person=b"data").digest()


class FeedItem(msgspec.Struct, frozen=True, array_like=True):
    """One document of a feed: `id` a lasting identifier, `url` absolute, `date` ISO with or without a time."""

    id: str
    url: str
    title: str
    date: str
    summary: str
    author: str


class FeedPlan(msgspec.Struct, frozen=True):
    """A feed in its two forms: Atom at `url`, JSON Feed beside it; `author` keeps it."""

    url: str
    title: str
    home: str
    self_url: str
    updated: str
    items: tuple[FeedItem, ...]
    author: str = ""

    def digest(self, salt: bytes) -> bytes:
        """As for a page."""
        return hashlib.blake2b(_encoder.encode(self), digest_size=16, key=salt, person=b"feed").digest()


class SitemapPlan(msgspec.Struct, frozen=True):
    """A sitemap (`is_index` false) or the index of sitemaps: pairs of absolute URL and day."""

    url: str
    locations: tuple[tuple[str, str], ...]
    is_index: bool = False

    def digest(self, salt: bytes) -> bytes:
        """As for a page."""
        return hashlib.blake2b(_encoder.encode(self), digest_size=16, key=salt, person=b"map").digest()


class FilePlan(msgspec.Struct, frozen=True):
    """An attachment to be copied: `source` below the department's content folder."""

    url: str
    source: str
    sha256: str
    size: int

    def digest(self, _salt: bytes) -> bytes:
        """As for a page; the theme does not matter."""
        return hashlib.blake2b(self.sha256.encode(), digest_size=16, person=b"file").digest()


class IndexPlan(msgspec.Struct, frozen=True):
    """What search will know of the page at `url` (检索计划): made of its text (of the file `body`, if any) only if `seed` has changed."""

    url: str
    seed: Any
    build: Callable[[str], IndexRecord]
    body: str = ""

    def digest(self) -> bytes:
        """What decides whether the index must take the page in again."""
        return hashlib.blake2b(_encoder.encode((self.url, self.seed)), digest_size=8).digest()


Plan = PagePlan | LazyPage | LazyData | DataPlan | FeedPlan | SitemapPlan | FilePlan


class DepartmentPlan(msgspec.Struct, frozen=True):
    """All that one department publishes, and its URLs from now on."""

    code: str
    plans: tuple[Plan, ...]
    ledger: Ledger
    next_change_on: str = ""
    taken_down: tuple[str, ...] = ()
    index: tuple[IndexPlan, ...] = ()


class PlanContext(msgspec.Struct, frozen=True):
    """What all of a build's plans share: the day, its moment, whether it is a draft, when the last release was made."""

    today: str
    moment: str
    draft: bool = False
    released_on: str = ""
