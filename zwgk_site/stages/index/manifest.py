"""The manifest, and the tables that belong to the whole site."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.stages.index.container import encode_container, encode_text
from zwgk_site.text.units import traditional_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zwgk_site.model.search import SearchManifest

_encode = msgspec.json.Encoder().encode


def encode_manifest(manifest: SearchManifest) -> bytes:
    """The bytes of `search/manifest.js`."""
    return encode_container("manifest", _encode(manifest), is_text=True)


def encode_table(kind: str, content: bytes) -> tuple[str, bytes]:
    """A table under its digest: its name, and the bytes of `search/<name>.js`."""
    name = f"{kind}-{hashlib.blake2b(content, digest_size=4).hexdigest()}"
    return name, encode_container(name, content, is_text=True)


def traditional_content() -> bytes:
    """What the table of traditional characters holds."""
    return encode_text("".join(chr(code) + simple for code, simple in sorted(traditional_table().items())))


def synonym_content(groups: Sequence[Sequence[str]]) -> bytes:
    """What the table of synonyms holds."""
    return _encode(groups)
