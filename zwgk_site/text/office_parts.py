"""Office files as what they are, archives of XML: opened with limits, parsed without entities, read as a stream.

A document type declaration is refused, so that no entity grows; of what is larger than the limit only the beginning is read.
"""

from __future__ import annotations

import time
import zipfile
from typing import IO, TYPE_CHECKING, Any
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable

BYTE_LIMIT = 50 * 1024 * 1024
"""So many unpacked bytes of one attachment are looked at."""
SECONDS_LIMIT = 60.0
"""So long one attachment is looked at, by the clock on the wall."""
MEMBER_LIMIT = 10_000
_CHUNK = 1 << 20
"""Large, for expat walks an unfinished tag again with every piece."""

Attributes = dict[str, str]


class RefusedError(Exception):
    """A file that is not as its kind must be: damaged, or made to do harm."""


class EncryptedError(Exception):
    """A file that needs a password."""


class Allowance:
    """How many bytes may still be unpacked and how long it may take; shared by all members of an archive and theirs."""

    def __init__(self, left: int | None = None, seconds: float | None = None) -> None:
        self.left = BYTE_LIMIT if left is None else left
        self._until = time.monotonic() + (SECONDS_LIMIT if seconds is None else seconds)

    def seconds_left(self) -> float:
        return self._until - time.monotonic()

    @property
    def is_spent(self) -> bool:
        return self.left < 0 or self.seconds_left() <= 0


class Parts:
    """The members of an archive, with a common allowance of bytes; `partly` once it was not enough."""

    def __init__(self, source: IO[bytes], allowance: Allowance | None = None) -> None:
        self._archive = zipfile.ZipFile(source)
        infos = self._archive.infolist()[:MEMBER_LIMIT]
        self.names = tuple(info.filename for info in infos)
        self._infos = {info.filename: info for info in infos}
        self._allowance = allowance or Allowance()
        self.partly = len(self._archive.infolist()) > MEMBER_LIMIT

    def claims(self) -> tuple[int, int]:
        """How many bytes the members say they hold, unpacked and packed."""
        infos = self._archive.infolist()
        return sum(info.file_size for info in infos), sum(info.compress_size for info in infos)

    def starting(self, prefix: str, ending: str = "") -> tuple[str, ...]:
        """Members by the beginning and end of their names, in order of names."""
        return tuple(sorted(name for name in self.names if name.startswith(prefix) and name.endswith(ending)))

    def is_named_in_unicode(self, name: str) -> bool:
        return bool(self._infos[name].flag_bits & 0x800)

    def is_locked(self, name: str) -> bool:
        return bool(self._infos[name].flag_bits & 1)

    def read(self, name: str) -> bytes:
        """A whole member; empty if it is absent or larger than what is left of the allowance."""
        info = self._infos.get(name)
        if info is None or info.file_size > self._allowance.left:
            self.partly = self.partly or info is not None
            return b""
        found: list[bytes] = []
        self.stream(name, found.append)
        return b"".join(found)

    def stream(self, name: str, take: Callable[[bytes], Any]) -> bool:
        """Hands a member over in pieces; whether it was read to its end. The size that it claims is not believed."""
        if name not in self._infos:
            return True
        if self.is_locked(name):
            raise EncryptedError
        with self._archive.open(self._infos[name]) as member:
            while chunk := member.read(_CHUNK):
                self._allowance.left -= len(chunk)
                if self._allowance.is_spent:
                    self.partly = True
                    return False
                take(chunk)
        return True

    def parse(
        self,
        name: str,
        *,
        start: Callable[[str, Attributes], None] | None = None,
        text: Callable[[str], None] | None = None,
        end: Callable[[str], None] | None = None,
    ) -> None:
        """Walks through a member's XML; names of elements and attributes come without their namespaces."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse
        parser.buffer_text = True
        if start is not None:
            parser.StartElementHandler = lambda tag, attributes: start(
                _local(tag), {_local(key): value for key, value in attributes.items()}
            )
        if text is not None:
            parser.CharacterDataHandler = text
        if end is not None:
            parser.EndElementHandler = lambda tag: end(_local(tag))
        if self.stream(name, parser.Parse) and name in self._infos:
            parser.Parse(b"", True)  # noqa: FBT003 the parser's own signature


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse(*_: object) -> None:
    raise RefusedError
