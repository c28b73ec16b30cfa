"""One Markdown file: front matter to a document's metadata; of the text only what planning needs.

The text is cut free of redacted passages before anything else looks at it, so that nothing derived from it (summary,
links, digests) can hold them. A `Draft` has its attachments still as written: files are looked up once the
department's list of files is at hand.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.model.clues import Clue
from zwgk_site.model.corpus import (
    Change,
    Consultation,
    Document,
    Interpreter,
    Repost,
    Review,
    Withdrawal,
    is_open,
)
from zwgk_site.model.fields import RECORDS
from zwgk_site.model.marks import Marks, pack_link
from zwgk_site.stages.load import rules
from zwgk_site.stages.load.records import RecordReader, seems_closing, take_waivers
from zwgk_site.stages.load.summary import derive_summary
from zwgk_site.stages.load.yaml_nodes import compose_text
from zwgk_site.text.clues import read_facts
from zwgk_site.text.clues.hiding import find_in_name
from zwgk_site.text.redaction import RedactedText, find_mark, split_redactions
from zwgk_site.text.visible import visible_text
from zwgk_site.text.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.text.hit import Hit

SUFFIX = ".md"
_WORDING = Wording()
_WORDED = ("title", "summary")
"""What is looked through for words beside the text."""
_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_LINK = re.compile(
    r"\]\(\s*<?([^)\s>]+)|^ {0,3}\[(?!\^)[^\]\n]+\]:\s*<?([^\s>]+)|(?:href|src)\s*=\s*[\"']?([^\"'\s>]+)",
    re.MULTILINE | re.IGNORECASE,
)
_OUTER = re.compile(r"(?:https?|mailto|tel|ftp|data|javascript|vbscript|file):|//|#", re.IGNORECASE)
_DOUBTS = {
    rule.code: rule is rules.DOUBTFUL_KEY
    for rule in (rules.DUPLICATE_KEY, rules.WRONG_TYPE, rules.BAD_GATE_DATE, rules.BAD_FLAG, rules.DOUBTFUL_KEY)
}
_GATES = frozenset(("disclosure", "extent", "publish_at", "published_on", "withdrawal", "hide_title"))
_RECORDS: dict[str, type] = {
    "review": Review,
    "disclosure_review": Review,
    "consultation": Consultation,
    "interpreter": Interpreter,
    "repost": Repost,
    "withdrawal": Withdrawal,
}
_FAULTS = {
    "unclosed_inline": ("行内的标记没有写完（缺少 }）", "an inline mark is not closed by }"),
    "unclosed_block": ("整段的标记没有结束（缺少单独一行的 :::）", "a block is not closed by a line :::"),
    "nested": ("标记里面又有标记", "a mark inside a mark"),
    "stray_close": ("有多余的 :::", "a closing ::: without its opening"),
    "missing_reason": ("没有写不公开的理由", "no reason is given"),
}


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """An attachment as written under 附件."""

    file: str
    title: str
    open: bool
    span: Span


class Draft(msgspec.Struct, frozen=True, array_like=True):
    """A document file as read (文件草稿): `document` is `None` where something required is missing."""

    document: Document | None
    listed: tuple[Listed, ...]
    findings: tuple[Diagnostic, ...]


class SplitFile(msgspec.Struct, frozen=True):
    """A document file cut at its fences: `line` is the number of lines above the text."""

    front: str
    body: str
    line: int


def split_front_matter(text: str, file: str) -> Checked[SplitFile | None]:
    """Front matter and text; without both fences there is only a finding."""
    if not text.startswith("---") or text.partition("\n")[0].rstrip() != "---":
        return Checked(None, (rules.NO_FRONT_MATTER.at(Span(file, 1, 1, 2)),))
    start = text.index("\n") + 1 if "\n" in text else len(text)
    end = _FENCE.search(text, start)
    if end is None:
        return Checked(None, (rules.OPEN_FRONT_MATTER.at(Span(file, 1, 1, 4)),))
    front = text[start : end.start()]
    body = text[end.end() + 1 :]
    return Checked(SplitFile(front, body, front.count("\n") + 2))


def read_body(text: str, file: str) -> RedactedText | None:
    """The text of a document file without its redacted passages, for rendering; `None` without front matter."""
    split = split_front_matter(text, file).value
    return None if split is None else split_redactions(split.body)


def read_document(text: str, path: str, file: str, wording: Wording = _WORDING) -> Draft:
    """The draft of one document. `path` is below the department's folder, without `.md`; `file` is for findings.

    `wording` are the words that its text, title and summary are looked through for.
    """
    split = split_front_matter(text, file)
    if split.value is None:
        return Draft(None, (), split.findings)
    front, body = split.value.front, split.value.body
    findings: list[Diagnostic] = []
    composed = compose_text(front, file, 1)
    findings.extend(composed.findings)
    node = composed.value
    if not isinstance(node, yaml.MappingNode):
        if not findings:
            findings.append(rules.NO_FRONT_MATTER.at(Span(file, 1, 1, 2)))
        return Draft(None, (), tuple(findings))
    reader = RecordReader(file, 1)
    digest = hashlib.blake2b(front.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    values = reader.read(node, RECORDS["document"], marks=True, digest=digest)
    complete = reader.complete
    listed = tuple(_listed(values.pop("attachments", []), reader))
    redacted = split_redactions(body)
    findings.extend(reader.findings)
    mark = find_mark(front)
    if mark >= 0 and all(finding.code != rules.REDACTION_IN_META.code for finding in findings):
        line = front.count("\n", 0, mark) + 2
        findings.append(rules.REDACTION_IN_META.at(Span(file, line, 1, 2)))
    findings.extend(_redaction_findings(redacted, values, file, split.value.line))
    if not complete:
        return Draft(None, listed, tuple(findings))
    if values.get("disclosure", "") == "":
        findings.append(rules.NOT_STATED_OPEN.at(Span(file, 1, 1, 4)))
    elif any(_is_gate_in_doubt(finding) for finding in reader.findings):
        values["disclosure"] = ""
    document = _document(values, path, redacted, split.value.line, wording)
    named = tuple(_clues_in_names(document, listed))
    if named:
        facts = msgspec.structs.replace(document.facts, clues=named + document.facts.clues)
        document = msgspec.structs.replace(document, facts=facts)
    return Draft(document, listed, tuple(findings))


def _document(values: dict[str, Any], path: str, redacted: RedactedText, above: int, wording: Wording) -> Document:
    for name, record in _RECORDS.items():
        if values.get(name) is not None:
            values[name] = record(**values[name])
    take_waivers(values)
    if "changes" in values:
        values["changes"] = tuple(Change(**item) for _, item in values["changes"])
    values["redactions"] = tuple(visible_text(item.reason) for item in redacted.redactions)
    links = find_links(redacted.text)
    values["links"] = tuple(links)
    if links:
        marks: Marks = values["marks"]
        packed = marks.packed + _link_marks(redacted.text, links, above + 1 - marks.line)
        values["marks"] = msgspec.structs.replace(marks, packed=packed)
    kind, title = values.get("kind", ""), values["title"]
    values["facts"] = read_facts(redacted.text, above + 1, wording, kind=kind, title=title)
    worded = tuple(_worded(values, wording))
    if worded:
        values["facts"] = msgspec.structs.replace(values["facts"], clues=worded + values["facts"].clues)
    if not values.get("summary"):
        values["summary"] = derive_summary(redacted.text)
        values["summary_derived"] = bool(values["summary"])
    return Document(path=path, source=digest_text(redacted), **values)


def _worded(values: dict[str, Any], wording: Wording) -> Iterator[Clue]:
    """The words found in title and summary, each at the whole of its value."""
    for name in _WORDED:
        for hit in wording.find(values.get(name) or ""):
            yield _clue_at(hit, values["marks"].span(name))


def _clues_in_names(document: Document, listed: tuple[Listed, ...]) -> Iterator[Clue]:
    """Numbers of persons in what lists show: title, summary, names of attachments."""
    for name in _WORDED:
        for hit in find_in_name(getattr(document, name)):
            yield _clue_at(hit, document.marks.span(name))
    for item in listed:
        for hit in find_in_name(item.title or item.file) if item.open else ():
            yield _clue_at(hit, item.span)


def _clue_at(hit: Hit, span: Span) -> Clue:
    return Clue(hit.kind, hit.value, span.line, span.column, span.end_column)


def digest_text(redacted: RedactedText) -> str:
    """The digest of what the page's text is made from; never of a redacted passage."""
    plain = "\0".join((redacted.text, *(item.reason for item in redacted.redactions)))
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def find_links(text: str) -> dict[str, int]:
    """The targets named in a text that may lie inside the site, each with the offset at which it first stands."""
    if "](" not in text and "]:" not in text and "=" not in text:
        return {}
    found: dict[str, int] = {}
    for match in _LINK.finditer(text):
        target = match[match.lastindex or 0]
        if not _OUTER.match(target):
            found.setdefault(target, match.start(match.lastindex or 0))
    return found


def _link_marks(text: str, links: dict[str, int], above: int) -> bytes:
    """The places of links, `above` lines below the record's first."""
    rows = []
    line, line_start, seen = above, 0, 0
    for number, (target, start) in enumerate(links.items()):
        line += text.count("\n", seen, start)
        line_start = text.rfind("\n", seen, start) + 1 or line_start
        seen = start
        column = start - line_start + 1
        rows.append(pack_link(number, line, column, column + len(target)))
    return b"".join(rows)


def _listed(items: list[tuple[yaml.Node, dict[str, Any]]], reader: RecordReader) -> Iterator[Listed]:
    for node, values in items:
        unlocked = is_open(values.get("disclosure", "主动公开"), values.get("extent", "")) and not any(
            seems_closing("attachment", key, text) for key, text in values.get("extra", ())
        )
        yield Listed(values["file"], values.get("title", ""), unlocked, reader.span(node))


def _is_gate_in_doubt(finding: Diagnostic) -> bool:
    """Whether the finding leaves open if the document may be public: then it is not."""
    if finding.code not in _DOUBTS:
        return False
    key = str(dict(finding.facts).get("key", ""))
    fields = (RECORDS[record].field_for(key) for record in ("document", "withdrawal"))
    return _DOUBTS[finding.code] or any(field is not None and field.name in _GATES for field in fields)


def _redaction_findings(redacted: RedactedText, values: dict[str, Any], file: str, above: int) -> Iterator[Diagnostic]:
    for fault in redacted.faults:
        zh, en = _FAULTS.get(fault.kind, (fault.kind, fault.kind))
        span = Span(file, above + fault.line, fault.column, fault.column + max(1, fault.length))
        yield rules.REDACTION_FAULT.at(span, problem=zh, problem_en=en)
    if redacted.redactions and values.get("extent") == "全文公开":
        first = redacted.redactions[0]
        span = Span(file, above + first.line, first.column, first.column + max(1, first.length))
        yield rules.REDACTION_CONTRADICTS.at(span)
