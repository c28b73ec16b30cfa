"""Numbers out of bytes: unsigned LEB128. Written for speed, as a query decodes some hundred thousand of them."""

from __future__ import annotations


class TruncatedError(ValueError):
    """The bytes end within a number or a string."""


def read_varints(data: bytes) -> list[int]:
    """All numbers of `data`."""
    if data.isascii():  # every number below 128
        return list(data)
    found: list[int] = []
    append = found.append
    value = shift = 0
    for byte in data:
        if byte < 0x80:
            if shift:
                append(value | byte << shift)
                value = shift = 0
            else:
                append(byte)
        else:
            value |= (byte & 0x7F) << shift
            shift += 7
    if shift:
        raise TruncatedError
    return found


class Cursor:
    """Reads from the front of some bytes."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data, self.at = data, at

    def number(self) -> int:
        """The next varint."""
        data, at = self.data, self.at
        value = shift = 0
        while True:
            if at >= len(data):
                raise TruncatedError
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                self.at = at
                return value
            shift += 7

    def numbers(self, count: int) -> list[int]:
        """The next `count` varints."""
        number = self.number
        return [number() for _ in range(count)]

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        stop = self.at + count
        if stop > len(self.data):
            raise TruncatedError
        found = self.data[self.at : stop]
        self.at = stop
        return found

    def counted(self) -> bytes:
        """A length, then as many bytes."""
        return self.take(self.number())

    def text(self) -> str:
        """A length in bytes, then as many bytes of UTF-8."""
        return self.counted().decode("utf-8")

    def keys(self, count: int) -> list[bytes]:
        """`count` front-coded keys: how much of the one before is shared, how many bytes follow, they."""
        data, at = self.data, self.at
        before = b""
        found = []
        for _ in range(count):
            if at + 2 > len(data):
                raise TruncatedError
            stop = at + 2 + data[at + 1]
            before = before[: data[at]] + data[at + 2 : stop]
            found.append(before)
            at = stop
        if at > len(data):
            raise TruncatedError
        self.at = at
        return found
