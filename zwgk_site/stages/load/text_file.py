"""Bytes to text: UTF-8 with or without BOM, GBK as old Windows programs write it; anything else is a finding."""

from __future__ import annotations

import codecs
import hashlib
import os
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.stages.load import rules

if TYPE_CHECKING:
    from pathlib import Path

SIZE_LIMIT = 64 * 1024 * 1024
MEGABYTE = 1024 * 1024


class SourceText(msgspec.Struct, frozen=True):
    """A text file as read (源文件): `digest` is of its bytes, line ends are line feeds, `encoding` what it was in."""

    file: str
    text: str
    digest: str
    encoding: str = "utf-8"


def digest_bytes(data: bytes) -> str:
    """The digest by which inputs are compared: BLAKE2b, 128 bits, hex."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


class Read(msgspec.Struct, frozen=True):
    """What one look into a file gave: its bytes, and the size and time of change of the file that they are of."""

    data: bytes | None
    size: int = -1
    mtime: int = -1

    def is_of(self, size: int, mtime: int) -> bool:
        """Whether it is the file that a scan saw: one of the same name may have taken its place."""
        return (self.size, self.mtime) == (size, mtime)


def read_file(path: Path, file: str) -> Checked[Read]:
    """The file's bytes, or none and a finding; `file` is its name in findings."""
    try:
        with path.open("rb") as source:
            size = os.fstat(source.fileno()).st_size
            if size > SIZE_LIMIT:
                large = rules.TOO_LARGE.at(Span(file), size=size // MEGABYTE, limit=SIZE_LIMIT // MEGABYTE)
                read = Checked[bytes | None](None, (large,))
            else:
                read = Checked(source.read())
            after = os.fstat(source.fileno())
    except OSError as fault:
        return Checked(Read(None), (rules.UNREADABLE.at(Span(file), reason=describe_fault(fault)),))
    return read.replace(Read(read.value, after.st_size, after.st_mtime_ns))


def read_bytes(path: Path, file: str) -> Checked[bytes | None]:
    """The same where nobody asks which file it was."""
    read = read_file(path, file)
    return read.replace(read.value.data)


def describe_fault(fault: OSError) -> str:
    """A machine's refusal in plain words."""
    known = {PermissionError: "没有权限", FileNotFoundError: "文件不存在", IsADirectoryError: "这是一个文件夹"}
    return known.get(type(fault), fault.strerror or type(fault).__name__)


def read_text(path: Path, file: str) -> Checked[SourceText | None]:
    """The file as text, or `None` with a finding."""
    return text_of(read_file(path, file), file)


def text_of(read: Checked[Read], file: str) -> Checked[SourceText | None]:
    """The same of a file that has been read."""
    data = read.value.data
    return read.replace(None) if data is None else decode_text(data, file)


def decode_text(data: bytes, file: str) -> Checked[SourceText | None]:
    """Text out of bytes. A NUL byte, or bytes of no known encoding, give `None` and a finding."""
    findings: list[Diagnostic] = []
    digest = digest_bytes(data)
    encoding = "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_utf16(data, file, digest)
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
        findings.append(rules.HAS_BOM.at(Span(file)))
    if b"\0" in data:
        return Checked(None, (rules.NOT_TEXT.at(Span(file)),))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            if _is_spoilt_utf8(data):
                return Checked(None, (rules.UNDECODABLE.at(Span(file)),))
            text, encoding = data.decode("gb18030"), "GBK"
        except UnicodeDecodeError:
            return Checked(None, (rules.UNDECODABLE.at(Span(file)),))
        if _looks_binary(text):
            return Checked(None, (rules.NOT_TEXT.at(Span(file)),))
        findings.append(rules.NOT_UTF8.at(Span(file), encoding=encoding))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Checked(SourceText(file, text, digest, encoding), tuple(findings))


def _decode_utf16(data: bytes, file: str, digest: str) -> Checked[SourceText | None]:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        return Checked(None, (rules.UNDECODABLE.at(Span(file)),))
    if "\0" in text:
        return Checked(None, (rules.NOT_TEXT.at(Span(file)),))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Checked(SourceText(file, text, digest, "UTF-16"), (rules.NOT_UTF8.at(Span(file), encoding="UTF-16"),))


def _is_spoilt_utf8(data: bytes) -> bool:
    """Whether these bytes are UTF-8 but for a few: read as GBK, every other character of them would be a wrong one.

    Of real GBK text, a fifth of the bytes at most fits into UTF-8's patterns by chance.
    """
    odd = sum(byte > 0x7F for byte in data)
    fitting = sum(byte > 0x7F for byte in data.decode("utf-8", "ignore").encode())
    return odd >= 24 and fitting * 10 >= odd * 8


def _looks_binary(text: str) -> bool:
    """Whether GBK bytes decode to what no clerk types: many control or private-use characters."""
    sample = text[:4096]
    odd = sum(1 for char in sample if (char < " " and char not in "\n\r\t\f") or "\ue000" <= char <= "\uf8ff")
    return odd * 20 > len(sample)
