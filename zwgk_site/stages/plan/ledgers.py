"""URLs never break: what becomes of every URL that was ever published, and the pages that say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.model.ledger import Ledger, LedgerItem
from zwgk_site.model.plan import PagePlan
from zwgk_site.model.views import GonePage, Link, RedirectPage
from zwgk_site.stages.plan import keys, rules
from zwgk_site.stages.plan.day_claims import DayClaims
from zwgk_site.stages.plan.urls import document_identity, entry_identity
from zwgk_site.statute.columns import FIXED_COLUMNS
from zwgk_site.statute.numbers import normalize_number, parse_index_number
from zwgk_site.text.slug import is_device

if TYPE_CHECKING:
    from zwgk_site.model.corpus import Corpus, Document, Removal
    from zwgk_site.stages.plan.desk import Desk

TITLED = "title"
LONGEST_URL = 150
_OWN_PAGES = re.compile(
    rf"(?:index|catalog(?:-\d+)?|changes|{'|'.join(c.file.removesuffix('.html') for c in FIXED_COLUMNS)})\.html"
)
LOCAL_URL = re.compile(r"(?!\.)[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*\.html")


class LedgerPlan:
    """The new ledger while it is made: `pages` for what is gone or moved, `taken_down` for what must vanish at once."""

    def __init__(self, desk: Desk, before: Ledger) -> None:
        self.desk, self.before = desk, before
        self.urls: dict[str, LedgerItem] = {}
        self.pages: list[PagePlan] = []
        self.findings: list[Diagnostic] = []
        self.taken_down: list[str] = []

    def keep(self, url: str, kind: str, identity: str, source: str = "") -> LedgerItem:
        """A live URL."""
        old = self.before.urls.get(url)
        first = old.first if old else self.desk.today
        item = self.urls[url] = LedgerItem(kind, identity, first, source=source)
        return item

    def bury(self, url: str, kind: str, identity: str, page: GonePage, source: str = "") -> None:
        """A URL whose content is gone: the page stays and says so. `source` as in `LedgerItem`."""
        old = self.before.urls.get(url)
        if old is not None and (old.state == "live" or (old.source and not source)):
            self.taken_down.append(url)
        since = old.since if old is not None and old.state == "gone" else self.desk.today
        first = old.first if old else self.desk.today
        self.urls[url] = LedgerItem(kind, identity, first, "gone", since=since, source=source)
        self.pages.append(PagePlan(f"{self.desk.code}/{url}", self.desk.heads.bare(page.title), page))

    def move(self, url: str, to: str, title: str) -> None:
        """A URL that now leads to another, both within the department's folder."""
        old = self.before.urls.get(url)
        self.urls[url] = LedgerItem(
            old.kind if old else "document", old.id if old else "", old.first if old else self.desk.today, "moved", to
        )
        root = "../" * (url.count("/") + 1)
        target = f"{root}{self.desk.code}/{to}"
        head = self.desk.heads.bare(title or "网页已迁移", refresh=target)
        page = RedirectPage(title or "网页已迁移", Link(title or "新网址", target))
        self.pages.append(PagePlan(f"{self.desk.code}/{url}", head, page))


def plan_ledger(desk: Desk, before: Ledger) -> Checked[LedgerPlan]:
    """The department's ledger after this build; a disappearance that nothing explains is a finding that blocks."""
    plan = LedgerPlan(desk, before)
    corpus, urls = desk.corpus, desk.urls
    for entry in corpus.entries:
        plan.keep(urls.entries[entry.id], "entry", entry_identity(entry.id))
    by_identity: dict[str, Document] = {}
    claims = DayClaims(desk, before)
    sources = {item.id: item.source for item in before.urls.values() if item.state == "live"}
    for document in corpus.documents:
        identity = document_identity(document.path)
        url = urls.documents[document.path]
        if document.withdrawal is not None:
            plan.bury(url, "document", identity, withdrawn_page(desk, document), TITLED if document.title else "")
            continue
        by_identity[identity] = document
        plan.urls[url] = claims.judge(document, plan.keep(url, "document", identity, document.source), identity)
        known = before.urls[url].source if url in before.urls else sources.get(identity, "")
        if document.redactions and known not in ("", document.source):
            plan.taken_down.append(url)
    _follow_moves(plan, by_identity)
    _follow_removals(plan)
    _account_for_rest(plan, by_identity)
    return Checked(plan, (*plan.findings, *claims.findings))


def _follow_moves(plan: LedgerPlan, by_identity: dict[str, Document]) -> None:
    for document in by_identity.values():
        for former in document.former_urls:
            url = former.strip().removeprefix(plan.desk.code + "/")
            if _is_free(url) and url not in plan.urls:
                plan.move(url, plan.desk.urls.documents[document.path], document.title)


def _is_free(url: str) -> bool:
    """Whether a page may be put at `url`: a plain name on every file system that no page of the department's own has."""
    parts = url.lower().removesuffix(".html").split("/")
    own = _OWN_PAGES.fullmatch(url.lower()) or parts[0] == "list"
    return bool(LOCAL_URL.fullmatch(url)) and len(url) < LONGEST_URL and not own and not any(map(is_device, parts))


def _follow_removals(plan: LedgerPlan) -> None:
    corpus = plan.desk.corpus
    for removal in corpus.removals:
        url = _removed_url(removal, plan)
        if url is None:
            plan.findings.append(rules.UNKNOWN_REMOVAL.at(removal.marks.span("target"), written=removal.target[:60]))
        elif url in plan.urls and plan.urls[url].state == "live":
            plan.findings.append(
                rules.REMOVED_STILL_THERE.at(removal.marks.span("target"), written=removal.target[:60])
            )
        elif url not in plan.urls:
            old = plan.before.urls[url]
            plan.bury(url, old.kind, old.id, removed_page(plan.desk, removal))


def _removed_url(removal: Removal, plan: LedgerPlan) -> str | None:
    identity = entry_identity(removal.target)
    for url, item in plan.before.urls.items():
        if item.kind == "entry" and item.id == identity:
            return url
    url = removal.target.removeprefix(plan.desk.code + "/")
    return url if url in plan.before.urls or url in plan.urls else None


def _account_for_rest(plan: LedgerPlan, by_identity: dict[str, Document]) -> None:
    held = set(plan.desk.corpus.held)
    for url, item in plan.before.urls.items():
        if url in plan.urls:
            continue
        moved = by_identity.get(item.id) if item.kind == "document" else None
        if moved is not None:
            plan.move(url, plan.desk.urls.documents[moved.path], moved.title)
        elif item.state == "moved" and item.to in plan.urls:
            plan.move(url, item.to, "")
        elif item.state != "live" or item.id in held:
            plan.bury(url, item.kind, item.id, closed_page(plan.desk))
        else:
            plan.urls[url] = item  # not forgotten: its department is held back until this is explained
            plan.findings.append(_lost(plan.desk.corpus, url))


def _lost(corpus: Corpus, url: str) -> Diagnostic:
    code = corpus.department.code
    return rules.URL_LOST.at(Span(corpus.catalog_file), url=f"{code}/{url}", local=url)


def withdrawn_page(desk: Desk, document: Document) -> GonePage:
    """The page of a withdrawn document: that it was, when and why; its title unless that is to be hidden."""
    withdrawal = document.withdrawal
    if withdrawal is None:
        return closed_page(desk)
    title = document.title or "本文件已撤回"
    when = f"于 {withdrawal.date} " if withdrawal.date else ""
    named = f"《{document.title}》" if document.title else "本文件"
    sentences = [f"{named}已{when}由{desk.department.name}撤回，不再公开。"]
    if withdrawal.reason:
        sentences.append(f"撤回理由：{withdrawal.reason}")
    return _gone(desk, title, tuple(sentences))


def removed_page(desk: Desk, removal: Removal) -> GonePage:
    """The page of an entry that was taken off the catalogue."""
    when = f"于 {removal.date} " if removal.date else ""
    sentences = [f"目录条目或网页“{removal.target}”已{when}撤销。"]
    if removal.reason:
        sentences.append(f"理由：{removal.reason}")
    links = []
    if removal.successor:
        root = "../../"
        for key in keys.entry_keys(removal.successor, desk.code) + keys.reference_keys(removal.successor, desk.code):
            entry_id = key.rpartition(":")[2]
            if key.startswith(f"e:{desk.code}:") and entry_id in desk.entries:
                links.append(Link(desk.entries[entry_id].title, root + desk.entry_url(entry_id)))
                break
            if key in desk.targets:
                links.append(Link(desk.targets[key].title, root + desk.targets[key].url))
                break
        sentences.append(f"由“{removal.successor}”接替。")
    return _gone(desk, "本条目已撤销", tuple(sentences), tuple(links))


def closed_page(desk: Desk) -> GonePage:
    """The page of something that is no longer, or not yet again, public; says nothing of what it was."""
    return _gone(
        desk,
        "本页内容不再公开",
        ("这个网址曾经公开过信息，现在不再公开。", "如需了解，请联系本部门或依法提出公开申请。"),
    )


def _gone(desk: Desk, title: str, sentences: tuple[str, ...], links: tuple[Link, ...] = ()) -> GonePage:
    return GonePage(title, desk.trail("../../", Link(title)), sentences, links)


def next_serials(corpus: Corpus, before: Ledger) -> dict[str, int]:
    """The highest serial given in each year, so that none is given twice."""
    serials = dict(before.serials)
    prefix = normalize_number(corpus.department.index_prefix)
    for document in corpus.documents:
        number = parse_index_number(document.index_number)
        if number.year and number.prefix == prefix:
            serials[number.year] = max(serials.get(number.year, 0), int(number.serial))
    return dict(sorted(serials.items()))
