"""What stands in an attachment: its kind decides who reads it; whatever is wrong with it, an answer comes back.

Nothing personal leaves whole: the answer is kept between builds.
"""

from __future__ import annotations

import codecs
import io
import posixpath
from typing import IO, TYPE_CHECKING

from zwgk_site.model.clues import AttachmentText
from zwgk_site.stages.load.attachment_pieces import Findings, clean_label
from zwgk_site.stages.load.pdf_file import read_pdf
from zwgk_site.stages.load.reading_client import end_reading
from zwgk_site.stages.load.sheet_file import read_csv, read_ods, read_xls, read_xlsx
from zwgk_site.stages.load.word_file import read_docx, read_odt, read_pptx
from zwgk_site.text.office_parts import Allowance, EncryptedError, Parts, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["end_reading", "read_attachment", "read_source"]

FILE_LIMIT = 200 * 1024 * 1024
"""A larger file is not looked into."""
_TEXT_LIMIT = 10 * 1024 * 1024
"""So many bytes of a plain text are looked at: it takes more time and memory than its bytes in an office file."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""How a new office file begins, and what its directory names, once it has a password."""
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_BOOK_STARTS = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x05\x05\x00")
"""The first record of an old workbook's globals (BOF, [MS-XLS] 2.4.21), in the formats of 1997 and 1995."""
_FILE_PASS = 0x2F
"""The record that says that all behind it is encrypted ([MS-XLS] 2.4.117); it stands among the first."""


def read_attachment(path: Path, suffix: str = "") -> AttachmentText:
    """What an attachment holds; `suffix` without a dot, else that of the path. Never raises."""
    kind = (suffix or path.suffix).lower().lstrip(".")
    if kind not in _READERS:
        return AttachmentText("unread")
    try:
        size = path.stat().st_size
        if size > FILE_LIMIT:
            return AttachmentText("unread", traits=("partly_read",))
        with path.open("rb") as source:
            return AttachmentText("empty") if not size else read_source(source, kind)
    except OSError:
        return AttachmentText("damaged")


def read_source(source: IO[bytes], kind: str, allowance: Allowance | None = None) -> AttachmentText:
    """As `read_attachment`, from an open file of a kind that is read; a member shares the `allowance` of its archive."""
    found = Findings(allowance=allowance or Allowance())
    try:
        if _is_locked(source):
            raise EncryptedError  # noqa: TRY301 one place answers for all files with a password
        _READERS[kind](source, found)
    except EncryptedError:
        return AttachmentText("unread", traits=("encrypted",))
    except Exception:  # noqa: BLE001 libraries raise anything on damaged files; a fault in one attachment is a finding
        return AttachmentText("damaged", found.kept(), tuple(sorted(found.traits)), found.length, found.count)
    status = found.status
    if status is None and found.length:
        status = "read"
    elif status is None and "partly_read" in found.traits:
        status = "unread"
    elif status is None:
        status = "no_text" if found.pictures else "empty"
        found.traits.update(["scanned"] * (status == "no_text"))
    return AttachmentText(status, found.kept(), tuple(sorted(found.traits)), found.length, found.count)


def _is_locked(source: IO[bytes]) -> bool:
    head = source.read(len(_COMPOUND))
    rest = source.read(1 << 20) if head == _COMPOUND else b""
    source.seek(0)
    return _LOCKED in rest


def _read_table(source: IO[bytes], found: Findings) -> None:
    read_csv(_decode(source, found), found)


def _read_lines(source: IO[bytes], found: Findings) -> None:
    """A plain text: its tables of blanks are seen as a whole, places are lines."""
    text = _decode(source, found)
    found.count = text.count("\n") + bool(text and not text.endswith("\n"))
    found.add_document(text)


def _decode(source: IO[bytes], found: Findings) -> str:
    data = source.read(_TEXT_LIMIT)
    if source.read(1):
        found.traits.add("partly_read")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise RefusedError
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        if "partly_read" in found.traits and fault.start > len(data) - 4:
            return data[: fault.start].decode("utf-8-sig")
        return data.decode("gb18030")


def _read_old_sheet(source: IO[bytes], found: Findings) -> None:
    """An .xls or .et file; many are text tables, pages of a program or new workbooks under that name."""
    head = source.read(8)
    if head != _COMPOUND:
        source.seek(0)
        (read_xlsx if head.startswith(b"PK") else _read_lines)(source, found)
        return
    start = head + source.read(1 << 20)
    if _MACROS in start:
        found.traits.add("macro")
    if _is_locked_book(start):
        raise EncryptedError
    source.seek(0)
    read_xls(source, found)


def _is_locked_book(data: bytes) -> bool:
    """Whether an old workbook has a password; python-calamine takes it for no workbook, or reads what is encrypted."""
    at = max(map(data.find, _BOOK_STARTS))
    for _ in range(16 if at >= 0 else 0):
        kind, size = data[at : at + 2], data[at + 2 : at + 4]
        if int.from_bytes(kind, "little") == _FILE_PASS:
            return True
        at += 4 + int.from_bytes(size, "little")
    return False


def _read_archive(source: IO[bytes], found: Findings) -> None:
    """A .zip file: members of kinds that are read, each as an attachment; other kinds are named, archives not opened."""
    parts = Parts(source)
    names = [name for name in parts.names if not name.endswith("/")]
    found.count = len(names)
    for name in names:
        kind = posixpath.splitext(name)[1].lower().lstrip(".")
        if kind == "zip" or kind not in _READERS:
            found.traits.add(f"unread:{clean_label(kind)[:10]}")
            continue
        data = parts.read(name)
        if data:
            found.add_member(
                clean_label(posixpath.basename(_name_of(parts, name))),
                read_source(io.BytesIO(data), kind, found.allowance),
            )
    if parts.partly:
        found.traits.add("partly_read")
    if names:
        found.status = "read"


def _name_of(parts: Parts, name: str) -> str:
    """A member's name; programs of old wrote GBK where the format says cp437."""
    if parts.is_named_in_unicode(name):
        return name
    try:
        return name.encode("cp437").decode("gbk")
    except UnicodeError:
        return name


_READERS: dict[str, Callable[[IO[bytes], Findings], None]] = {
    "docx": read_docx,
    "docm": read_docx,
    "odt": read_odt,
    "pptx": read_pptx,
    "xlsx": read_xlsx,
    "xlsm": read_xlsx,
    "xls": _read_old_sheet,
    "et": _read_old_sheet,
    "ods": read_ods,
    "csv": _read_table,
    "txt": _read_lines,
    "json": _read_lines,
    "pdf": read_pdf,
    "zip": _read_archive,
}
