"""Attachments: found among the department's own files by name, allowed by type, named by their digest.

No path from a document reaches the file system: a reference is looked up in the list of files that the scan made.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.model.corpus import Attachment, Document
from zwgk_site.stages.load import rules
from zwgk_site.stages.load.text_file import describe_fault
from zwgk_site.text.paths import locate_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from zwgk_site.stages.load.document_file import Listed
    from zwgk_site.stages.load.scan import FileStat

ALLOWED = frozenset(
    [
        "pdf",
        "ofd",
        "doc",
        "docx",
        "wps",
        "xls",
        "xlsx",
        "et",
        "ppt",
        "pptx",
        "dps",
        "rtf",
        "csv",
        "txt",
        "json",
        "zip",
        "rar",
        "7z",
        "jpg",
        "jpeg",
        "png",
        "gif",
        "bmp",
        "tif",
        "tiff",
        "webp",
        "mp3",
        "mp4",
        "wav",
        "shp",
        "dwg",
        "dxf",
        "odt",
        "ods",
        "odp",
        "eml",
    ]
)
PICTURES = frozenset(("jpg", "jpeg", "png", "gif", "webp", "bmp"))
_HEADS = {
    "pdf": (b"%PDF",),
    "png": (b"\x89PNG",),
    "jpg": (b"\xff\xd8",),
    "jpeg": (b"\xff\xd8",),
    "gif": (b"GIF8",),
    "webp": (b"RIFF",),
    "docx": (b"PK",),
    "xlsx": (b"PK",),
    "pptx": (b"PK",),
    "zip": (b"PK",),
    "ofd": (b"PK",),
}
_ACTIVE = re.compile(
    rb"<(?:!doctype|!--|\?xml|\?php|%)|#!|mz\x90|<(?:html|head|body|script|svg|math|iframe|frameset|object|embed|applet|img|image"
    rb"|video|audio|style|title|meta|link|base|form|input|button|a)(?:[\s/>]|\Z)",
    re.IGNORECASE,
)
"""How pages, scripts and programs begin, whatever the file is called; `<table` is not among them, for old .xls files."""
_CHUNK = 1 << 20


class Digest(msgspec.Struct, frozen=True, array_like=True):
    """A file's SHA-256 at a size and time, or why it is refused."""

    size: int
    mtime: int
    sha256: str
    refused: str = ""


class Folder(msgspec.Struct):
    """A department's files while they are being read: `digests` are carried over between builds."""

    code: str
    files: Mapping[str, FileStat]
    digest_of: Callable[[FileStat], Digest]


def digest_file(path: Path, item: FileStat) -> Digest:
    """Hashes one file and looks at its first bytes. Size and time are those of what was read; -1 if it can't be."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as source:
            head = source.read(_CHUNK)
            found.update(head)
            while chunk := source.read(_CHUNK):
                found.update(chunk)
            after = os.fstat(source.fileno())
    except OSError as fault:
        return Digest(-1, -1, "", describe_fault(fault))
    return Digest(after.st_size, after.st_mtime_ns, found.hexdigest(), _distrust(item.path, head))


def _distrust(path: str, head: bytes) -> str:
    kind = suffix_of(path)
    start = head[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n\f\v").replace(b"\0", b"")  # UTF-16 as well
    if _ACTIVE.match(start):
        return "内容是网页、脚本或程序"
    if kind in _HEADS and head and not head.startswith(_HEADS[kind]):
        return f"内容不是 {kind.upper()}"
    return ""


def suffix_of(path: str) -> str:
    """The file type by name, lower case, without the dot."""
    return path.rpartition("/")[2].rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""


def attach_files(document: Document, listed: tuple[Listed, ...], folder: Folder) -> Checked[Document]:
    """The document with its attachments: those listed, then files linked in the text."""
    if not listed and not document.links:
        return Checked(document)
    findings: list[Diagnostic] = []
    found: dict[str, Attachment] = {}
    base = posixpath.dirname(document.path)
    shut = {locate_reference(item.file, base) for item in listed if not item.open}
    for item in listed:
        if item.open:
            _add_listed(item, base, folder, found, findings)
    for link in document.links:
        path = locate_reference(link, base)
        if path is None or path in shut or path not in folder.files or path.endswith(".md"):
            continue
        if path not in found:
            span = document.marks.span()
            _add(Attachment(link, path, 0, "", "", listed=False), span, folder, found, findings)
    return Checked(msgspec.structs.replace(document, attachments=tuple(found.values())), tuple(findings))


def _add_listed(
    item: Listed, base: str, folder: Folder, found: dict[str, Attachment], findings: list[Diagnostic]
) -> None:
    path = locate_reference(item.file, base)
    if path is None:
        findings.append(rules.ATTACHMENT_OUTSIDE.at(item.span, file=item.file))
    elif path not in folder.files:
        findings.append(rules.ATTACHMENT_MISSING.at(item.span, file=item.file))
    else:
        _add(Attachment(item.file, path, 0, "", item.title), item.span, folder, found, findings)


def _add(
    draft: Attachment, span: Span, folder: Folder, found: dict[str, Attachment], findings: list[Diagnostic]
) -> None:
    kind = suffix_of(draft.path)
    if kind not in ALLOWED:
        facts: dict[str, Any] = {"file": draft.file, "reason": f".{kind}", "reason_en": f".{kind}"}
        findings.append(rules.ATTACHMENT_TYPE.at(span, **facts))
        return
    stat = folder.files[draft.path]
    digest = folder.digest_of(stat)
    if digest.refused:
        facts = {"file": draft.file, "reason": digest.refused, "reason_en": digest.refused}
        findings.append(rules.ATTACHMENT_TYPE.at(span, **facts))
        return
    if not stat.size:
        findings.append(rules.ATTACHMENT_EMPTY.at(span, file=draft.file))
    found[draft.path] = msgspec.structs.replace(draft, size=digest.size, sha256=digest.sha256)
