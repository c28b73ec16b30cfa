"""A department that is held back shows its last release, less what may no longer be shown.

Withdrawals, closures, redactions and embargoes count at once, also where the department's files are at fault. What can't
be read but looks as if it were to be closed is taken down: the doubt counts for silence.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.corpus import is_open
from zwgk_site.model.fields import RECORDS
from zwgk_site.model.published import read_published
from zwgk_site.stages.check.openness import has_come, withdrawn_form
from zwgk_site.stages.load.department import is_code
from zwgk_site.stages.plan.urls import document_url
from zwgk_site.statute.moments import parse_moment
from zwgk_site.statute.numbers import normalize_number
from zwgk_site.text.slug import short_id

if TYPE_CHECKING:
    from zwgk_site.diagnostics import Diagnostic
    from zwgk_site.model.corpus import Corpus, Department, Document
    from zwgk_site.stages.publish import OutputFolder

_CLOSING = re.compile(r"撤回|withdrawal|依申请公开|不予公开|不公开|定时发布|publish_at")
_CLOSING_KEYS = re.compile(r"^\s*[\"']?(?:撤回|withdrawal)\b", re.MULTILINE)
_MARK = re.compile(r"[{｛]\s*不公开|[:：]{3}\s*不公开")
_LINE = re.compile(r"^([^\s:#][^:\n]{0,40}?)[ \t]*:[ \t]+([^\r\n]*?)[ \t\r]*$", re.MULTILINE)
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
    *,
    blind: bool = False,
) -> LastGood | None:
    """What department `code` may go on showing, or `None` if it was never published.

    blind: `current` is empty because no file was read, not because none could be. A clock that has gone back shuts what
    the release showed too early for this moment, whatever has become of its file.
    """
    published = read_published(previous.read, code) if is_code(code) else None
    if published is None:
        return None
    by_path = {document.path: document for document in current}
    successors = _successors(current, code)
    suspect = {finding.span.file for finding in findings if finding.code in _REDACTION_FAULTS}
    documents: list[Document] = []
    kept: list[str] = []
    held: list[str] = []
    for old in published.documents:
        file = f"content/{code}/{old.path}.md"
        now = by_path.get(old.path)
        if now is None and not (root / file).exists():
            now = _successor_of(old, successors, published.department)
        if (
            file in suspect
            or not has_come(old.embargo(), moment)
            or (blind and old.title and _is_closed_by_marks(root / file, old, moment))
        ):
            shown = None
        else:
            shown = old if blind else _still_shown(old, now, root / file, moment)
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
    if now is None:
        return None if old.title and _looks_closed(file, moment) else old
    if not now.is_open() or (now.withdrawal is None and not has_come(now.embargo(), moment)):
        return None
    if now.withdrawal is not None:
        return withdrawn_form(now)
    if old.withdrawal is not None:
        return old
    if now.redactions and now.source != old.source:
        return now
    allowed = {attachment.path for attachment in now.attachments}
    if all(attachment.path in allowed for attachment in old.attachments):
        return old
    left = tuple(attachment for attachment in old.attachments if attachment.path in allowed)
    return msgspec.structs.replace(old, attachments=left)


def _successors(current: tuple[Document, ...], code: str) -> dict[str, Document]:
    """Documents by their index numbers and by the URLs that they once had."""
    found = {normalize_number(item.index_number): item for item in current if item.index_number}
    former = {url.strip().removeprefix(f"{code}/"): item for item in current for url in item.former_urls}
    return found | former


def _successor_of(old: Document, successors: dict[str, Document], department: Department) -> Document | None:
    """The document under another name that a file which is gone has become."""
    number = normalize_number(old.index_number)
    return successors.get(number) if number in successors else successors.get(document_url(old, department))


def _looks_closed(file: Path, moment: str) -> bool:
    """Whether a file that could not be used says anything of closing. A file that is gone says nothing."""
    texts = _read_leniently(file)
    if texts is None:
        return file.exists()
    return any(_CLOSING.search(text) or _is_shut(text, moment) for text in texts)


def _is_closed_by_marks(file: Path, old: Document, moment: str) -> bool:
    """Whether a file that nobody has read says by its keys, or by more marks of redaction than before, that it is closed."""
    texts = _read_leniently(file)
    if texts is None:
        return file.exists()
    for text in texts:
        front, _, body = text.partition("\n---")
        if _CLOSING_KEYS.search(front) or _is_shut(text, moment) or len(_MARK.findall(body)) > len(old.redactions):
            return True
    return False


def _read_leniently(file: Path) -> list[str] | None:
    """The file's text in every encoding that it may be in; `None` if it can't be read."""
    try:
        with file.open("rb") as source:
            data = source.read(_HEAD)
    except OSError:
        return None
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return [data.decode("utf-16", "ignore")]
    try:
        return [data.decode("utf-8")]
    except UnicodeDecodeError:
        return [data.decode("utf-8", "ignore"), data.decode("gb18030", "ignore")]


def _is_shut(text: str, moment: str) -> bool:
    """What the lines of a faulty front matter say, each by itself: 公开方式 is another or missing, or the day is to come."""
    front = text.partition("\n---")[0]
    values = {field.name: value for key, value in _LINE.findall(front) if (field := RECORDS["document"].field_for(key))}
    if not values:
        return False
    dates = [parse_moment(values[name].strip("\"' ")) for name in ("publish_at", "published_on") if values.get(name)]
    if any(date is None or not has_come(date[0], moment) for date in dates):
        return True
    return not is_open(values.get("disclosure", "").strip("\"' "), values.get("extent", "").strip("\"' "))
