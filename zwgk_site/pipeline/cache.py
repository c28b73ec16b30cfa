"""The cache: values by name in a folder outside the output.

It may vanish, be of another version or be spoilt at any time; then it is merely empty. Nothing in it is ever trusted
further than a checksum.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from zwgk_site.stages.publish import machine_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")
_MAGIC = b"zwgkcache2"
_HEAD = len(_MAGIC) + 16 + 4
"""Bytes before a value: the magic, what stands for the version, the checksum."""
_encoder = msgspec.msgpack.Encoder()
_decoders: dict[Any, msgspec.msgpack.Decoder[Any]] = {}


class CacheLost(Exception):  # noqa: N818 - nobody's error: whoever cleans up may delete a cache
    """A value that the last build kept is gone or spoilt, and this build cannot do without it."""


class CacheFolder(msgspec.Struct, frozen=True):
    """A folder of cached values; every value carries `version` and a checksum (缓存).

    The checksum is against a damaged disk, not against people: who can write here can write the output.
    """

    path: Path
    version: bytes

    def get(self, name: str, kind: type[T]) -> T | None:
        """The value, or `None` if there is no sound one."""
        data = self.get_bytes(name)
        if data is None:
            return None
        decoder = _decoders.get(kind)
        if decoder is None:
            decoder = _decoders[kind] = msgspec.msgpack.Decoder(kind)
        try:
            found: T = decoder.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None
        return found

    def need(self, name: str, kind: type[T]) -> T:
        """The value that the last build kept, or this one a moment ago; `CacheLost` if it is not there."""
        found = self.get(name, kind)
        if found is None:
            raise CacheLost(name)
        return found

    def put(self, name: str, value: object) -> None:
        """Keeps a value; a full or read-only disk is no fault here."""
        self.put_bytes(name, _encoder.encode(value))

    def get_bytes(self, name: str) -> bytes | None:
        """Raw bytes as they were put."""
        try:
            with open(self.path / name, "rb") as source:
                data = source.read()
        except OSError:
            return None
        if data[:_HEAD] != self._head(memoryview(data)[_HEAD:]):
            return None
        return data[_HEAD:]

    def slices(self, name: str, places: Iterable[tuple[int, int]]) -> Iterator[bytes]:
        """Pieces (offset, length) of bytes that this build has kept; `CacheLost` where they are not whole."""
        try:
            with open(self.path / name, "rb", buffering=1 << 16) as source:
                for offset, length in places:
                    source.seek(_HEAD + offset)
                    data = source.read(length)
                    if len(data) != length:
                        raise CacheLost(name)
                    yield data
        except OSError as fault:
            raise CacheLost(name) from fault

    def put_bytes(self, name: str, data: bytes) -> None:
        """Raw bytes, by atomic rename."""
        with contextlib.suppress(OSError):
            self._write(name, data)

    def keep(self, name: str, value: object) -> None:
        """Puts a value that this very build will `need`: here a full disk is a fault of the machine."""
        self.keep_bytes(name, _encoder.encode(value))

    def keep_bytes(self, name: str, data: bytes) -> None:
        """The same for raw bytes."""
        with machine_faults(self.path):
            self._write(name, data)

    def _write(self, name: str, data: bytes) -> None:
        target = self.path / name
        fresh = target.with_name(f"{target.name}.{os.getpid()}.new")
        try:
            handle = open(fresh, "wb")  # noqa: SIM115 - opened again below if the folder is missing
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle = open(fresh, "wb")  # noqa: SIM115
        with handle:
            handle.write(self._head(data) + data)
        os.replace(fresh, target)

    def drop(self, name: str) -> None:
        """Forgets a value."""
        with contextlib.suppress(OSError):
            (self.path / name).unlink()

    def _head(self, data: bytes | memoryview) -> bytes:
        version = hashlib.blake2b(self.version, digest_size=16).digest()
        return _MAGIC + version + zlib.crc32(data).to_bytes(4, "big")


class CachedBytecode:
    """Compiled templates in the cache, for `stages.render`."""

    def __init__(self, cache: CacheFolder) -> None:
        self._cache = cache

    def get(self, key: str) -> bytes | None:
        """The bytes kept under `key`."""
        return self._cache.get_bytes(f"templates/{key}")

    def put(self, key: str, data: bytes) -> None:
        """Keeps bytes."""
        self._cache.put_bytes(f"templates/{key}", data)
