"""What kind of file this is, by its bytes: names lie, and a portal's .xls is often a web page."""

from __future__ import annotations

import io
import zipfile

from zwgk_site.text.office_parts import Parts

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_KINDS = (
    ("xlsx", "xl/workbook.xml"),
    ("xlsb", "xl/workbook.bin"),
    ("docx", "word/document.xml"),
)
_HEAD = 4096
SUFFIXES = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xls": (".xls", ".xlt", ".et"),
    "ods": (".ods",),
    "docx": (".docx", ".docm"),
    "html": (".html", ".htm", ".shtml", ".mht"),
    "text": (".csv", ".tsv", ".txt"),
}
"""The names that files of a kind go by."""


def kind_of_bytes(data: bytes) -> str:
    """`xlsx`, `ods`, `docx`, `xls`, `html`, `text`; else what it is instead: `encrypted`, `doc`, `xlsb`, `xml_sheet`, `pdf`, `zip`, `empty`."""
    if not data.strip(b" \t\r\n\0"):
        return "empty"
    if data.startswith(b"PK"):
        return _kind_of_archive(data)
    if data.startswith(_OLE):
        return _kind_of_compound(data)
    if data.startswith(b"%PDF"):
        return "pdf"
    return _kind_of_text(data)


def _kind_of_archive(data: bytes) -> str:
    try:
        names = set(Parts(io.BytesIO(data)).names)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "damaged"
    for kind, member in _ZIP_KINDS:
        if member in names:
            return kind
    return "ods" if "content.xml" in names else "zip"


def _kind_of_compound(data: bytes) -> str:
    """Names of streams stand in a compound file as UTF-16."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        return "encrypted"
    if has("Workbook") or has("Book"):
        return "xls"
    return "doc" if has("WordDocument") else "damaged"


def _kind_of_text(data: bytes) -> str:
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    plain = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain and plain.startswith(b"<?xml"):
        return "xml_sheet"
    if plain.startswith(b"<") or b"<table" in plain or b"<html" in plain:
        return "html"
    if plain.startswith(b"mime-version:") or b"content-type: multipart/related" in plain:
        return "mht"
    return "text"
