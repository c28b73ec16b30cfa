"""`catalogs/<code>.yaml` to a department and its entries, entry by entry, so that one edit costs one entry.

The file is cut at its list items; a piece seen before (by digest) is taken from `known`. A file that is not laid out
that way is composed whole, with the same result.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.model.corpus import CatalogEntry, Contact, Department, Extra, Removal
from zwgk_site.model.fields import RECORDS
from zwgk_site.model.marks import Marks
from zwgk_site.stages.load import rules
from zwgk_site.stages.load.records import RecordReader, take_waivers
from zwgk_site.stages.load.values import EMPTY_WORDS
from zwgk_site.stages.load.yaml_nodes import compose_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KNOWN_FORMAT = 1
_LIST_KEYS = ("目录:", "条目:", "entries:")
_LIST_KEY = re.compile(r"(?:目录|条目|entries):[ ]*(?:#.*)?$", re.MULTILINE)
_ITEM = re.compile(r"^( *)-(?=[ \n])", re.MULTILINE)
_TOP = re.compile(r"\n[^ #\n-]")


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """One list item as read: its digest, the lines above it, the entry (if usable) and what was found in it."""

    digest: bytes
    line: int
    entry: CatalogEntry | None
    findings: tuple[Diagnostic, ...]

    def moved_to(self, line: int) -> Piece:
        """The same piece with `line` lines above it."""
        step = line - self.line
        if not step:
            return self
        entry = self.entry and msgspec.structs.replace(self.entry, marks=self.entry.marks.moved(step))
        return Piece(self.digest, line, entry, tuple(_moved(finding, step) for finding in self.findings))


class CatalogFile(msgspec.Struct, frozen=True):
    """A catalogue file as read: `department` is `None` where its block cannot be used."""

    department: Department | None
    pieces: tuple[Piece, ...]
    removals: tuple[Removal, ...] = ()
    extra: Extra = ()


def _moved(finding: Diagnostic, step: int) -> Diagnostic:
    span = msgspec.structs.replace(finding.span, line=finding.span.line + step)
    facts = tuple((k, v + step if k == "line" and isinstance(v, int) else v) for k, v in finding.facts)
    return msgspec.structs.replace(finding, span=span, facts=facts)


def read_catalog(text: str, file: str, known: Mapping[bytes, Piece]) -> Checked[CatalogFile]:
    """The catalogue that `text` holds. `known` are pieces of an earlier reading of the same file."""
    cut = _cut_list(text)
    frame = text if cut is None else text[: cut[0]] + "\n" * text.count("\n", cut[0], cut[1]) + text[cut[1] :]
    composed = compose_text(frame, file)
    findings = list(composed.findings)
    pieces: list[Piece] = []
    if cut is not None:
        pieces.extend(_read_pieces(text, cut, file, known))
    node = composed.value
    if not isinstance(node, yaml.MappingNode):
        if not findings:
            required = RECORDS["catalog"].field_for("department")
            assert required is not None  # noqa: S101 - the table has it
            findings.append(
                rules.MISSING.at(Span(file, 1, 1, 2), key="部门", title=required.title, example="\n  代码: wjj")
            )
        return Checked(CatalogFile(None, tuple(pieces)), tuple(findings))
    reader = RecordReader(file)
    if cut is None:
        pieces.extend(_whole_pieces(node, reader))
    values = reader.read(_without_entries(node), RECORDS["catalog"])
    findings.extend(reader.findings)
    findings.extend(check_format(values.get("format", KNOWN_FORMAT), file))
    department = department_from_values(values["department"]) if values.get("department") else None
    listing = RecordReader(file)
    removals = tuple(_removals(node, listing))
    findings.extend(listing.findings)
    return Checked(CatalogFile(department, tuple(pieces), removals, values.get("extra", ())), tuple(findings))


def read_department(text: str, file: str) -> Department | None:
    """The department's own block, wherever it stands in the catalogue; no entry is read."""
    field = RECORDS["catalog"].fields[RECORDS["catalog"].ordinal("department")]
    starts = [place for key in (field.key, field.name, *field.aliases) for place in _line_starts(text, f"{key}:")]
    block = text
    if starts:
        end = _TOP.search(text, starts[0])
        block = text[starts[0] : end.start() + 1 if end else len(text)]
    return read_catalog(block, file, {}).value.department


def check_format(found: int, file: str) -> Iterator[Diagnostic]:
    """Finds a file written for a newer program."""
    if found > KNOWN_FORMAT:
        yield rules.NEWER_FORMAT.at(Span(file, 1, 1, 2), found=found, known=KNOWN_FORMAT)


def department_from_values(values: dict[str, Any]) -> Department:
    """A department out of its record's values."""
    contact = Contact(**values.pop("contact", None) or {})
    return Department(**values, contact=contact)


def _without_entries(node: yaml.MappingNode) -> yaml.MappingNode:
    """The top mapping with the lists that are read apart left empty."""
    kept = []
    for key, value in node.value:
        field = RECORDS["catalog"].field_for(str(key.value).strip()) if isinstance(key, yaml.ScalarNode) else None
        apart = field is not None and field.name in ("entries", "removals") and isinstance(value, yaml.SequenceNode)
        kept.append((key, yaml.SequenceNode(value.tag, [], value.start_mark, value.end_mark) if apart else value))
    return yaml.MappingNode(node.tag, kept, node.start_mark, node.end_mark)


def _cut_list(text: str) -> tuple[int, int] | None:
    """Where the list items begin and end, if the list is written in block style at the top level.

    Looks for fixed strings only: a pattern tried at every line of a large catalogue would cost more than reading it.
    """
    places = [place for key in _LIST_KEYS for place in _line_starts(text, key)]
    head = _LIST_KEY.match(text, places[0]) if len(places) == 1 else None
    if head is None or "\n---" in text or "\n..." in text or text.startswith("---"):
        return None
    start = head.end() + 1
    first = _ITEM.search(text, start)
    if first is None or (text[start : first.start()].strip() and not _only_comments(text[start : first.start()])):
        return None
    end = _TOP.search(text, start - 1)
    return start, end.start() + 1 if end else len(text)


def _line_starts(text: str, word: str) -> Iterator[int]:
    """Where a line begins with `word`."""
    if text.startswith(word):
        yield 0
    place = text.find("\n" + word)
    while place >= 0:
        yield place + 1
        place = text.find("\n" + word, place + 1)


def _only_comments(text: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in text.split("\n"))


def _read_pieces(text: str, cut: tuple[int, int], file: str, known: Mapping[bytes, Piece]) -> Iterator[Piece]:
    start, end = cut
    body = text[start:end]
    first = _ITEM.search(body)
    if first is None:
        return
    indent = first[1]
    places = [found.start() for found in re.finditer(rf"^{indent}-(?=[ \n])", body, re.MULTILINE)]
    line = text.count("\n", 0, start + places[0])
    for place, stop in zip(places, [*places[1:], len(body)], strict=True):
        piece = body[place:stop]
        digest = hashlib.blake2b(piece.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        found = known.get(digest)
        yield found.moved_to(line) if found is not None else _read_piece(piece, digest, file, line)
        line += piece.count("\n")


def _read_piece(text: str, digest: bytes, file: str, line: int) -> Piece:
    composed = compose_text(text, file, line)
    node = composed.value
    if not isinstance(node, yaml.SequenceNode):
        return Piece(digest, line, None, composed.findings)
    reader = RecordReader(file, line)
    entry = None
    for item in node.value:
        entry = read_entry(item, reader, digest)
    return Piece(digest, line, entry, composed.findings + tuple(reader.findings))


def _whole_pieces(node: yaml.MappingNode, reader: RecordReader) -> Iterator[Piece]:
    for key, value in node.value:
        field = RECORDS["catalog"].field_for(str(key.value).strip()) if isinstance(key, yaml.ScalarNode) else None
        if field is None or field.name != "entries" or not isinstance(value, yaml.SequenceNode):
            continue
        for item in value.value:
            before = len(reader.findings)
            entry = read_entry(item, reader)
            found = tuple(reader.findings[before:])
            del reader.findings[before:]
            yield Piece(b"", 0, entry, found)


def read_entry(node: yaml.Node, reader: RecordReader, digest: bytes = b"") -> CatalogEntry | None:
    """One entry, or `None` when something it needs is missing; the reader has the findings."""
    record = RECORDS["entry"]
    if not isinstance(node, yaml.MappingNode):
        field = RECORDS["catalog"].field_for("entries")
        if field is not None:
            reader.wrong_type(node, field)
        return None
    values = reader.read(node, record, marks=True, digest=digest)
    take_waivers(values)
    return CatalogEntry(**values) if reader.complete else None


def _removals(node: yaml.MappingNode, reader: RecordReader) -> Iterator[Removal]:
    """What is listed under 撤销; a bare word is the entry's id or the URL."""
    record = RECORDS["catalog"]
    wanted = record.field_for("removals")
    assert wanted is not None  # noqa: S101 - the table has it
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or record.field_for(str(key.value).strip()) is not wanted:
            continue
        for item in value.value if isinstance(value, yaml.SequenceNode) else (value,):
            if isinstance(item, yaml.MappingNode):
                values = reader.read(item, RECORDS["removal"], marks=True)
                if reader.complete:
                    yield Removal(**values)
            elif isinstance(item, yaml.SequenceNode):
                reader.wrong_type(item, wanted)
            elif item.value.strip() not in EMPTY_WORDS:
                yield Removal(item.value.strip(), marks=Marks("removal", reader.file, item.start_mark.line + 1))
