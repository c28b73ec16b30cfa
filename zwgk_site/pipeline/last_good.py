"""A department that is held back shows its last release, less what may no longer be shown.

Withdrawals, closures, redactions and embargoes count at once, also where the department's files are at fault. What can't
be read but looks as if it were to be closed is taken down: the doubt counts for silence.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.published import read_published
from zwgk_site.stages.check.openness import has_come, withdrawn_form
from zwgk_site.text.slug import short_id

if TYPE_CHECKING:
    from zwgk_site.diagnostics import Diagnostic
    from zwgk_site.model.corpus import Corpus, Document
    from zwgk_site.stages.publish import OutputFolder

_CLOSING = re.compile(r"撤回|withdrawal|依申请公开|不予公开|不公开|定时发布|publish_at")
_HEAD = 1 << 20
_REDACTION_FAULTS = frozenset(("ZW122", "ZW132", "ZW133", "ZW134", "ZW135"))


class LastGood(msgspec.Struct, frozen=True):
    """The last release's corpus as it may still be shown; `kept` are documents whose text comes from the old pages."""

    corpus: Corpus
    kept: frozenset[str]


def last_good(  # noqa: PLR0913 - the old release, the new files, and the moment
    previous: OutputFolder,
    root: Path,
    code: str,
    current: tuple[Document, ...],
    findings: tuple[Diagnostic, ...],
    moment: str,
) -> LastGood | None:
    """What department `code` may go on showing, or `None` if it was never published."""
    published = read_published(previous.read, code)
    if published is None:
        return None
    by_path = {document.path: document for document in current}
    suspect = {finding.span.file for finding in findings if finding.code in _REDACTION_FAULTS}
    documents: list[Document] = []
    kept: list[str] = []
    held: list[str] = []
    for old in published.documents:
        file = f"content/{code}/{old.path}.md"
        now = by_path.get(old.path)
        shown = None if file in suspect else _still_shown(old, now, root / file, moment)
        if shown is None:
            held.append(short_id(old.path))
            continue
        documents.append(shown)
        if shown.withdrawal is None and (now is None or shown is not now):
            kept.append(old.path)
    corpus = msgspec.structs.replace(published, documents=tuple(documents), held=tuple(sorted(held)))
    return LastGood(corpus, frozenset(kept))


def _still_shown(old: Document, now: Document | None, file: Path, moment: str) -> Document | None:  # noqa: PLR0911 - a decision a line
    """The document as it may be shown: as it was, as it is now (newly redacted), withdrawn, or not at all."""
    if old.withdrawal is not None:
        return old
    if now is None:
        return None if _looks_closed(file) else old
    if not now.is_open() or (now.withdrawal is None and not has_come(now.embargo(), moment)):
        return None
    if now.withdrawal is not None:
        return withdrawn_form(now)
    if now.redactions and now.source != old.source:
        return now
    allowed = {attachment.path for attachment in now.attachments}
    if all(attachment.path in allowed for attachment in old.attachments):
        return old
    left = tuple(attachment for attachment in old.attachments if attachment.path in allowed)
    return msgspec.structs.replace(old, attachments=left)


def _looks_closed(file: Path) -> bool:
    """Whether a file that could not be used says anything of closing. A file that is gone says nothing."""
    try:
        with file.open("rb") as source:
            data = source.read(_HEAD)
    except OSError:
        return file.exists()
    return any(_CLOSING.search(data.decode(encoding, "ignore")) for encoding in ("utf-8", "gb18030"))
