"""Old encodings to UTF-8 without a byte order mark. Line ends and every character stay."""

from __future__ import annotations

from zwgk_site.exchange.changes import CODECS

BOM = b"\xef\xbb\xbf"


def to_utf8(data: bytes, encoding: str) -> bytes:
    """The same text in plain UTF-8; `encoding` is what the reader found (`utf-8`, `GBK`, `UTF-16`)."""
    if encoding == "utf-8":
        return data.removeprefix(BOM)
    return data.decode(CODECS[encoding]).removeprefix("\ufeff").encode("utf-8")
