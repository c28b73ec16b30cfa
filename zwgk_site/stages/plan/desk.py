"""What every planner of a department's pages has at hand: the corpus, its URLs, the neighbourhood, and small shapers."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.views import Fact, Link, Row
from zwgk_site.stages.plan import keys
from zwgk_site.stages.plan.exports import ENTRY
from zwgk_site.stages.plan.heads import HeadMaker
from zwgk_site.stages.plan.states import WITHDRAWN, shown_date, state_of
from zwgk_site.statute.site_identity import COLUMN_NAME as COLUMN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.model.corpus import Corpus, Document, Extra, Site
    from zwgk_site.model.exports import Incoming, Neighbourhood, Target
    from zwgk_site.model.plan import PlanContext
    from zwgk_site.model.state import EntryState
    from zwgk_site.stages.plan.urls import UrlTable

_encoder = msgspec.msgpack.Encoder()


class Desk:
    """One department while its pages are planned. Built once, read by all planners."""

    def __init__(  # noqa: PLR0913 - all that decides a department's pages
        self,
        corpus: Corpus,
        urls: UrlTable,
        targets: dict[str, Target],
        neighbours: Neighbourhood,
        site: Site,
        context: PlanContext,
    ) -> None:
        self.corpus, self.urls, self.neighbours, self.site, self.context = corpus, urls, neighbours, site, context
        self.department = corpus.department
        self.code = corpus.department.code
        self.heads = HeadMaker(site)
        self.today = context.today
        self.documents = [item for item in corpus.documents if item.withdrawal is None]
        self.documents.sort(key=_published_order)
        self.targets = targets
        self.entries = {entry.id: entry for entry in corpus.entries}
        stated = len(corpus.states) == len(corpus.entries)
        self.states: dict[str, EntryState] = dict(zip(self.entries, corpus.states, strict=False)) if stated else {}
        self.outgoing = {
            (item.reference.source.key, item.reference.kind, item.reference.written): item.target
            for item in neighbours.outgoing
        }
        self.incoming: dict[str, list[Incoming]] = defaultdict(list)
        for item in neighbours.incoming:
            self.incoming[item.target].append(item)
        self.by_entry = self._documents_by_entry()
        self.by_series: dict[str, list[Document]] = defaultdict(list)
        self.place_in_series: dict[str, int] = {}
        self._order_series()
        self.seed_digest = digest_of((corpus.department, neighbours.departments))

    def _documents_by_entry(self) -> dict[str, list[Document]]:
        """Documents of this department under each of its entries, newest first."""
        found: dict[str, list[Document]] = defaultdict(list)
        for document in reversed(self.documents):
            for written in document.entries:
                local = self.local_entry(written)
                if local:
                    found[local].append(document)
        return found

    def _order_series(self) -> None:
        """Documents of each series (系列), newest first, and the place of each by its path."""
        for document in reversed(self.documents):
            if document.series:
                self.place_in_series[document.path] = len(self.by_series[document.series])
                self.by_series[document.series].append(document)

    def local_entry(self, written: str) -> str:
        """The id of this department's entry that `written` names, or an empty string."""
        key = keys.entry_keys(written, self.code)[0]
        prefix = f"e:{self.code}:"
        entry_id = key[len(prefix) :] if key.startswith(prefix) else ""
        return entry_id if entry_id in self.entries else ""

    def find(self, source: str, kind: str, written: str, candidates: tuple[str, ...]) -> Target | None:
        """What a reference of the document with key `source` leads to, here or elsewhere."""
        for key in candidates:
            target = self.targets.get(key)
            if target is not None:
                return target
        return self.outgoing.get((source, kind, written))

    def entry_url(self, entry_id: str) -> str:
        """The URL of an entry's page, from the top."""
        return f"{self.code}/{self.urls.entries[entry_id]}"

    def document_url(self, document: Document) -> str:
        """The URL of a document's page, from the top."""
        return f"{self.code}/{self.urls.documents[document.path]}"

    def row_of(self, document: Document, root: str) -> Row:
        """A document as a line of a list on a page `root` below the top."""
        return Row(
            document.title,
            root + self.document_url(document),
            shown_date(document),
            document.document_number,
            "",
            state_of(document, self.today),
        )

    def target_row(self, target: Target, root: str) -> Row:
        """A target as a line of a list; of another department with its name."""
        other = "" if target.department == self.department.name else target.department
        return Row(target.title, root + target.url, target.date, target.document_number, other, target.state)

    def trail(self, root: str, *links: Link) -> tuple[Link, ...]:
        """The breadcrumb: site, department, then `links`."""
        return (Link("首页", root + "index.html"), Link(self.department.name, f"{root}{self.code}/index.html"), *links)


def _published_order(document: Document) -> tuple[str, str]:
    return (shown_date(document), document.path)


def digest_of(value: object) -> bytes:
    """The digest of any value of the model."""
    return hashlib.blake2b(_encoder.encode(value), digest_size=16).digest()


def texts(values: Iterable[str]) -> tuple[Link, ...]:
    """Plain values of a fact."""
    return tuple(Link(value) for value in values if value)


def fact(label: str, value: str, kind: str = "") -> Fact | None:
    """A fact with one plain value, `None` for an empty one."""
    return Fact(label, (Link(value),), kind) if value else None


def facts_of(*items: Fact | None) -> tuple[Fact, ...]:
    """The facts that have a value."""
    return tuple(item for item in items if item is not None and item.values)


def extra_facts(extra: Extra) -> tuple[Fact, ...]:
    """Unknown keys, kept and shown."""
    return tuple(Fact(key, (Link(value),), "extra") for key, value in extra if value)


__all__ = ["COLUMN", "ENTRY", "WITHDRAWN", "Desk", "extra_facts", "fact", "facts_of", "texts"]
