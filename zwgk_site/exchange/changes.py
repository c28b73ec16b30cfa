"""A change to one file: shown as a diff before anything is written, then written whole or not at all."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

CODECS = {"utf-8": "utf-8", "GBK": "gb18030", "UTF-16": "utf-16"}
"""Encodings as the reader names them, and Python's names."""


class FileChange(msgspec.Struct, frozen=True):
    """What one file should become (改动). `file` is its name below the site, `notes` say what is done to it.

    `encoding` is what `before` is in, `encoding_after` what `after` is in, in the reader's names.
    """

    file: str
    before: bytes
    after: bytes
    encoding: str
    encoding_after: str
    notes: tuple[tuple[str, str], ...]


def diff_lines(change: FileChange) -> Iterator[str]:
    """A unified diff; where only the encoding differs, one line that says so."""
    before, after = _lines(change.before, change.encoding), _lines(change.after, change.encoding_after)
    old, new = change.encoding, change.encoding_after
    if (
        old == new == "utf-8"
        and change.before.startswith(b"\xef\xbb\xbf")
        and not change.after.startswith(b"\xef\xbb\xbf")
    ):
        old = "utf-8 BOM"
    told = f"\t{old}" if old != new else "", f"\t{new}" if old != new else ""
    if before == after:
        yield f"--- a/{change.file}{told[0]}"
        yield f"+++ b/{change.file}{told[1]}"
        yield f"@@ {old} → {new}（{len(after)} 行，文字不变 · same text） @@"
        return
    found = difflib.unified_diff(
        before, after, f"a/{change.file}{told[0]}", f"b/{change.file}{told[1]}", n=2, lineterm=""
    )
    yield from (line.rstrip("\r\n") for line in found)


def _lines(data: bytes, encoding: str) -> list[str]:
    text = data.decode(CODECS[encoding]).removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").splitlines()


def write_change(root: Path, change: FileChange) -> bool:
    """Puts the new bytes in place by one rename; False if the file is no longer what the diff was made from.

    A link is followed, so that the file itself changes; rights are kept. Raises `OSError`.
    """
    target = (root / change.file).resolve()
    if target.read_bytes() != change.before:
        return False
    fresh = target.with_name(f".{target.name}.new")
    try:
        fresh.write_bytes(change.after)
        shutil.copymode(target, fresh)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return True
