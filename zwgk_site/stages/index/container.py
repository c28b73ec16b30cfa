"""Containers, varints: the smallest pieces of the index format. Knows no term, and needs no NumPy."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from zwgk_site.model.search import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterable


_LOOKAHEAD = 262
"""Bytes of a window that the library keeps free before what it is looking at."""


def encode_container(name: str, content: bytes, *, is_text: bool = False) -> bytes:
    """A file of the index: a classic script that hands over its deflated content."""
    # room for the content and no more: making and clearing tables for 32 KB takes three times as long as deflating one
    bits = (len(content) + 1 + _LOOKAHEAD).bit_length()
    window, memory = max(9, min(15, bits)), max(1, min(9, bits - 6))
    # the filtered strategy takes half a per cent off lists of small numbers, and adds eight to text
    strategy = zlib.Z_DEFAULT_STRATEGY if is_text else zlib.Z_FILTERED
    deflate = zlib.compressobj(9, zlib.DEFLATED, window, memory, strategy)
    packed = deflate.compress(bytes((FORMAT,)) + content) + deflate.flush()
    for raw, escaped in ((b"\\", b"\\\\"), (b'"', b'\\"'), (b"\n", b"\\n"), (b"\r", b"\\r")):
        packed = packed.replace(raw, escaped)
    return b'S("%s","%s")\n' % (name.encode("ascii"), packed)


_ESCAPED = re.compile(rb"\\([\\\"nr])")
_CONTAINER = re.compile(rb'S\("([^"]+)","((?:[^"\\]|\\.)*)"\)\n', re.DOTALL)
_RAW = {b"\\": b"\\", b'"': b'"', b"n": b"\n", b"r": b"\r"}


def decode_containers(data: bytes) -> dict[str, bytes]:
    """The contents in a file of the index, by name; `ValueError` where it is not whole or of another format."""
    found = {}
    end = 0
    while end < len(data):
        match = _CONTAINER.match(data, end)
        if match is None:
            raise ValueError("not a container")
        try:
            content = zlib.decompress(_ESCAPED.sub(lambda mark: _RAW[mark[1]], match[2]))
        except zlib.error as fault:
            raise ValueError(str(fault)) from fault
        if content[:1] != bytes((FORMAT,)):
            raise ValueError("another format")
        found[match[1].decode("ascii")] = content[1:]
        end = match.end()
    return found


def varint(value: int) -> bytes:
    """An unsigned number, seven bits a byte, lowest first."""
    if value < 0x80:
        return bytes((value,))
    found = bytearray()
    while value >= 0x80:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)


def varints(values: Iterable[int]) -> bytes:
    """Several numbers."""
    return b"".join(map(varint, values))


def counted(text: str) -> bytes:
    """A string with its length in bytes before it."""
    data = text.encode("utf-8")
    return varint(len(data)) + data


def encode_text(text: str) -> bytes:
    """Text in GB, which takes two bytes for a Chinese character."""
    return text.encode("gb18030", "replace")


def file_name(folder: str, number: int, part: int | None = None) -> str:
    """The name of a numbered file below its segment, without `.js`."""
    suffix = "" if part is None else f"-{part}"
    return f"{folder}/{number >> 8}/{number}{suffix}"
