"""Names to URL parts: plain ASCII, safe on every file system, equal on every machine."""

from __future__ import annotations

import hashlib
import re

LENGTH = 60
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_SAFE = re.compile(rf"[A-Za-z0-9_](?:[A-Za-z0-9_-]{{0,{LENGTH - 2}}}[A-Za-z0-9_])?")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def slug_name(name: str) -> str:
    """`name` itself where it is safe, otherwise what is left of it and eight digits of its digest."""
    if _SAFE.fullmatch(name) and not _DEVICES.fullmatch(name):
        return name
    kept = _UNSAFE.sub("-", name).strip("-")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{kept[: LENGTH - 9].strip('-')}-{digest}".lstrip("-")


def is_device(name: str) -> bool:
    """Whether Windows would take the name for a device."""
    return _DEVICES.fullmatch(name) is not None


def short_id(text: str) -> str:
    """Sixteen digits that stand for `text` without telling it."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
