"""Containers: a file of the index to named contents, inflated when asked for. `docs/index-format.md` says how they look."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from zwgk_site.model.search import FORMAT
from zwgk_site.search.faults import damaged, other_version

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTAINER = re.compile(rb'S\("([!#-\[\]-~]*)","([^"\\]*(?:\\.[^"\\]*)*)"\)\n', re.DOTALL)
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b'"': b'"', b"\\": b"\\"}


class Packed:
    """A container's content (容器) before it is inflated. `path` is the file it stands in, for messages."""

    __slots__ = ("_path", "_payload", "name")

    def __init__(self, name: str, payload: bytes, path: str) -> None:
        self.name, self._payload, self._path = name, payload, path

    def content(self) -> bytes:
        """The inflated bytes behind the format's number. Raises `SearchDamaged`, `SearchVersion`."""
        try:
            plain = _ESCAPE.sub(_unescape, self._payload)
            machine = zlib.decompressobj()
            found = machine.decompress(plain) + machine.flush()
        except (zlib.error, KeyError) as fault:
            raise damaged(self._path, "内容不能解压", "its content cannot be inflated") from fault
        if not machine.eof or machine.unused_data or not found:
            raise damaged(self._path, "内容不完整", "its content is not whole")
        if found[0] != FORMAT:
            raise other_version(self._path, found[0], FORMAT)
        return found[1:]


def _unescape(found: re.Match[bytes]) -> bytes:
    return _ESCAPED[found[1]]


def split_containers(data: bytes, path: str) -> Iterator[Packed]:
    """The containers of a file, one after another to its end. Raises `SearchDamaged`."""
    at = 0
    while at < len(data):
        found = _CONTAINER.match(data, at)
        if not found:
            raise damaged(path, f"第{at}字节处不是索引的内容", f"at byte {at} there is no container")
        yield Packed(found[1].decode("ascii"), found[2], path)
        at = found.end()
    if not data:
        raise damaged(path, "文件是空的", "the file is empty")
