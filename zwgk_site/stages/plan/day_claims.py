"""The day of publication that a document claims, held against the ledger: what a release proves, no edit undoes.

The ledger knows on which day a release stood without the document, and since when its present words are public; a
发布日期 well before the one or after the other is not the day of publication. Both are kept from release to release, so a
finding stays until the date is right again, the words differ, or somebody has answered for it. Of older words nothing
is kept: what was taken out of a text must not be guessed from a digest.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Diagnostic, Rule, Severity
from zwgk_site.stages.plan.urls import document_identity
from zwgk_site.statute.day_watch import days_after
from zwgk_site.statute.thresholds import Thresholds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.model.corpus import Document
    from zwgk_site.model.ledger import Ledger, LedgerItem
    from zwgk_site.stages.plan.desk import Desk

REFRESHED = Rule(
    "ZW856", Severity.WARNING,
    zh="{date} 就已经公开，标题、正文和附件都没有变，发布日期却写成 {published}",
    en="public since {date} in the same words, yet 发布日期 says {published}",
    hint_zh="请改回原来的发布日期；内容确有变更的，改正文，另写　变更日期: {published}",
    hint_en="Put the old 发布日期 back; where the content has changed, change the text and add 变更日期: {published}.",
    basis="国办秘函〔2019〕19号 单项否决·伪造发稿日期",
)  # fmt: skip
BACKDATED = Rule(
    "ZW857", Severity.WARNING,
    zh="{date} 时网站上还没有这个文件，发布日期却写成 {published}",
    en="on {date} the site did not have this document, yet 发布日期 says {published}",
    hint_zh="请写实际公开的日期，成文日期照旧；以前确实在别处公开过的，写明　不再提示: [{代码: ZW857, 理由: 曾在县政府公报公开}]",
    hint_en="State the day of publication; if it was public elsewhere, say so: 不再提示: [{代码: ZW857, 理由: …}].",
    basis="国办秘函〔2019〕19号 单项否决·伪造发稿日期",
)  # fmt: skip
EN_BLOC = 100
"""So many documents at once, or more than half of a department's, are filed by an import, not by a forger."""
_REPEATED = frozenset(("转载", "公报"))
"""Kinds that were public elsewhere before."""


class DayClaims:
    """One department's documents against its ledger (发布日期核对): what to remember of each, and what is wrong."""

    def __init__(self, desk: Desk, before: Ledger) -> None:
        self._desk, self._before = desk, before
        self._live = {
            item.id: item for item in before.urls.values() if item.kind == "document" and item.state == "live"
        }
        self._tolerance = Thresholds(desk.site.thresholds).filing_days
        self._absent_on = self._release_without(desk.documents)
        self.findings: list[Diagnostic] = []

    def judge(self, document: Document, item: LedgerItem, identity: str) -> LedgerItem:
        """The live document's ledger item with what must be remembered; a finding if its day can't be true."""
        if self._desk.context.draft:
            return item
        today, words = self._desk.today, words_of(document)
        old = self._origin(document, identity)
        if old is None:
            kept = msgspec.structs.replace(item, words=words, absent_on=self._absent_on)
        else:
            same = old.state == "live" and old.words == words
            since = (old.since or old.first) if same else today
            kept = msgspec.structs.replace(
                item, words=words, absent_on=old.absent_on, since="" if since == item.first else since
            )
        self.findings.extend(self._contradictions(document, kept))
        return kept

    def _contradictions(self, document: Document, item: LedgerItem) -> Iterable[Diagnostic]:
        published, known = document.published_on[:10], item.since or item.first
        span = document.marks.span
        if published > known:
            yield REFRESHED.at(span("published_on"), date=known, published=published)
        elsewhere = document.kind in _REPEATED or document.repost is not None
        if published and item.absent_on and not elsewhere and published < days_after(item.absent_on, -self._tolerance):
            yield BACKDATED.at(span("published_on"), date=item.absent_on, published=published)

    def _origin(self, document: Document, identity: str) -> LedgerItem | None:
        """What the last release knew of the document: at its URL, of its file, or where it once was."""
        urls, code = self._before.urls, self._desk.code
        found = urls.get(self._desk.urls.documents[document.path]) or self._live.get(identity)
        former = (url.strip().removeprefix(code + "/") for url in document.former_urls)
        return found or next((urls[url] for url in former if url in urls), None)

    def _release_without(self, documents: list[Document]) -> str:
        """The day of the last release that took in the department's files: what is new was not public then."""
        day = self._before.held_since or self._desk.context.released_on
        if not day or day > self._desk.today or not self._live:
            return ""
        new = sum(self._origin(item, document_identity(item.path)) is None for item in documents)
        return "" if new > EN_BLOC or new * 2 > len(documents) else day


def words_of(document: Document) -> str:
    """Eight digits that stand for all that a reader reads: title, text and attachments."""
    found = hashlib.blake2b(f"{document.title}\0{document.source}".encode("utf-8", "surrogatepass"), digest_size=4)
    for attachment in document.attachments:
        found.update(attachment.sha256.encode())
    return found.hexdigest()
