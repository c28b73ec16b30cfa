"""Files that somebody hands over, opened within limits: each becomes the documents in it, or a finding that says what to do."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.exchange.documents import rules
from zwgk_site.stages.load.attachments import suffix_of
from zwgk_site.stages.load.text_file import SIZE_LIMIT, decode_text, describe_fault
from zwgk_site.text.office_parts import Allowance, EncryptedError, Parts, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.exchange.documents.value import SourceDocument

PAGES = frozenset(("html", "htm", "shtml", "xhtml", "jhtml", "aspx", "jsp", "php"))
TEXTS = frozenset(("md", "markdown", "txt"))
TAKEN = PAGES | TEXTS | {"docx", "docm", "json"}
OLD = {"doc": "Word 97-2003（.doc）", "dot": "Word 97-2003（.dot）", "wps": "WPS（.wps）", "rtf": "RTF", "odt": "ODT", "mht": "单个文件网页（.mht）", "mhtml": "单个文件网页（.mhtml）"}  # fmt: skip
XML_LIMIT = 24 * 1024 * 1024
"""So many bytes of XML of one document are converted; pictures do not count."""
_OLE, _ZIP, _RTF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"{\\rtf"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WORD_PART = "word/document.xml"
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
MEGABYTE = 1024 * 1024
MOST_FILES = 20_000
_BESIDE = ("_files", ".files")
_OTHER_ARCHIVES = frozenset(("zip", "xlsx", "xlsm", "pptx", "ofd", "odt", "ods", "wps", "et"))


class SourceFile(msgspec.Struct, frozen=True):
    """A file to be read (待导入的文件): where it is, and its name below the folder that was named."""

    path: Path
    name: str


def find_sources(named: tuple[Path, ...]) -> Checked[tuple[SourceFile, ...]]:
    """The files named, and of folders all that can be read, in the order of their names."""
    found: dict[Path, SourceFile] = {}
    findings: list[Diagnostic] = []
    for path in named:
        if path.is_dir():
            inside = list(_below(path))
            if not inside:
                findings.append(rules.NO_SOURCES.at(Span(path.name), name=path.name))
            for item in inside[:MOST_FILES]:
                found.setdefault(item, SourceFile(item, item.relative_to(path).as_posix()))
        else:
            found.setdefault(path, SourceFile(path, path.name))
    return Checked(tuple(found.values()), tuple(findings))


def _below(folder: Path) -> Iterator[Path]:
    """The readable files in a folder; what belongs to a saved page, and what Word has open, is passed over."""
    for base, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if name[0] != "." and not name.endswith(_BESIDE))
        for name in sorted(names):
            if name[0] not in ".~" and suffix_of(name) in TAKEN | set(OLD):
                yield Path(base) / name


def read_source(source: SourceFile) -> Checked[tuple[SourceDocument, ...]]:
    """The documents in a file."""
    span = Span(source.name)
    try:
        size = source.path.stat().st_size
        if size > SIZE_LIMIT:
            return _refused(rules.TOO_LARGE.at(span, name=source.name, limit=SIZE_LIMIT // MEGABYTE))
        data = source.path.read_bytes()
    except OSError as fault:
        return _refused(rules.UNREADABLE.at(span, name=source.name, reason=describe_fault(fault)))
    return _read(data, source.name)


def _read(data: bytes, name: str) -> Checked[tuple[SourceDocument, ...]]:
    """By what the bytes are, then by the name: old systems call pages and Word files .doc alike."""
    kind = suffix_of(name)
    if data.startswith(_OLE):
        return _refused((rules.ENCRYPTED if _LOCKED in data else rules.OLD_FORMAT).at(Span(name), name=name, kind=OLD.get(kind, OLD["doc"])))  # fmt: skip
    if data.startswith(_ZIP) and kind not in _OTHER_ARCHIVES:
        return _read_word(data, name)
    if kind in PAGES or (kind in OLD and _seems_page(data)):
        return _read_page(data, name)
    if kind == "json":
        return _read_records(data, name)
    return _read_text(data, name, is_markdown=kind != "txt") if kind in TEXTS else _refused(_why_not(data, name, kind))


def _why_not(data: bytes, name: str, kind: str) -> Diagnostic:
    """What to do with a file that can't be read."""
    span = Span(name)
    if kind in OLD or data.startswith(_RTF):
        return rules.OLD_FORMAT.at(span, name=name, kind=OLD.get(kind, "RTF"))
    if kind in ("docx", "docm"):
        return rules.DAMAGED.at(span, name=name, kind="Word 文件")
    return rules.ONLY_ATTACHMENT.at(span, name=name, kind=kind.upper() or "?")


def _refused(finding: Diagnostic) -> Checked[tuple[SourceDocument, ...]]:
    return Checked((), (finding,))


def _seems_page(data: bytes) -> bool:
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<html", b"<!doctype html", b"<head", b"<body", b"<div", b"<table", b"<meta"))


def _read_page(data: bytes, name: str) -> Checked[tuple[SourceDocument, ...]]:
    from zwgk_site.exchange.documents.page import read_page

    document = read_page(data, name)
    if document is None or not document.blocks:
        return _refused(rules.NO_TEXT.at(Span(name), name=name))
    return Checked((document,))


def _read_records(data: bytes, name: str) -> Checked[tuple[SourceDocument, ...]]:
    from zwgk_site.exchange.documents.records import NotRecordsError, read_records

    try:
        return Checked(read_records(data, name))
    except NotRecordsError as fault:
        example = '{"title": "关于……的通知", "content": "<p>……</p>"}'
        return _refused(
            rules.BAD_RECORDS.at(Span(name), name=name, reason=fault.zh, reason_en=fault.en, example=example)
        )


def _read_text(data: bytes, name: str, *, is_markdown: bool) -> Checked[tuple[SourceDocument, ...]]:
    from zwgk_site.exchange.documents.plain_files import read_markdown, read_plain_text

    source = decode_text(data, name)
    if source.value is None:
        return Checked((), source.findings)
    document = (read_markdown if is_markdown else read_plain_text)(source.value.text, name)
    if not document.blocks and not (document.markdown or "").strip():
        return _refused(rules.NO_TEXT.at(Span(name), name=name))
    return Checked((document,))


def _read_word(data: bytes, name: str) -> Checked[tuple[SourceDocument, ...]]:
    from zwgk_site.exchange.documents.word import DamagedError, read_word

    span = Span(name)
    try:
        parts = _open_parts(data)
        if any(mark in part for key, part in parts.items() if _is_xml(key) for mark in _DOCTYPES):
            return _refused(rules.FORBIDDEN_XML.at(span, name=name))
        document = read_word(parts, name)
    except EncryptedError:
        return _refused(rules.ENCRYPTED.at(span, name=name))
    except _SpentError as fault:
        return _refused(rules.TOO_LARGE.at(span, name=name, limit=fault.limit // MEGABYTE))
    except (DamagedError, RefusedError, zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        return _refused(rules.DAMAGED.at(span, name=name, kind="Word 文件"))
    if not document.blocks:
        return _refused(rules.NO_TEXT.at(span, name=name))
    return Checked((document,))


class _SpentError(Exception):
    """A document with more in it than is looked at."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _open_parts(data: bytes) -> dict[str, bytes]:
    """The parts of a document that are needed, all of them or none."""
    import zlib

    allowance = Allowance()
    limit = allowance.left
    archive = Parts(io.BytesIO(data), allowance)
    if _WORD_PART not in archive.names:
        raise RefusedError
    wanted = [
        name for name in archive.names if name in ("[Content_Types].xml", "_rels/.rels") or name.startswith("word/")
    ]
    if any(archive.is_locked(name) for name in wanted):
        raise EncryptedError
    found: dict[str, bytes] = {}
    try:
        for name in wanted:
            found[name] = archive.read(name)
            if archive.partly:
                raise _SpentError(limit)
    except zlib.error as fault:
        raise RefusedError from fault
    if sum(len(part) for name, part in found.items() if _is_xml(name)) > XML_LIMIT:
        raise _SpentError(XML_LIMIT)
    return found
