"""What is published: files with their digests, the change from one release to the next, the record of a release.

URLs are relative to the output folder, ASCII, with `/`. Knows no file system.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

RELEASE_URL = "data/release.json"
"""Says which release stands; always the last file of a change."""

DRAFT_FOLDER = "public-draft"
"""Where drafts are written, unless told otherwise."""

GENERATOR = "zwgk_site"
"""How `data/release.json` names its writer under the key `generator`; a version may follow."""


class PublishedRelease(msgspec.Struct, frozen=True, omit_defaults=True):
    """`data/release.json` (版本信息): which release stands, and how much is in it; `draft` stands in drafts alone."""

    generator: str
    format: int
    built_on: str
    departments: int
    entries: int
    documents: int
    draft: bool = False


class FileRecord(msgspec.Struct, frozen=True, array_like=True, order=True):
    """One published file (已发布文件): `sha256` in 64 hex digits, `size` in bytes."""

    url: str
    sha256: str
    size: int


class ChangeSet(msgspec.Struct, frozen=True):
    """What a build changes in the output (发布变更). `pages`, `lists` and `last` are staged and move in that order.

    No URL stands twice. `removals` leave after everything new is in place; in a `takedown` (撤回、删减) they leave
    first, and no copy of any older text stays anywhere in the state folder.
    """

    removals: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    takedown: bool = False

    def __bool__(self) -> bool:
        """Whether anything is to be done."""
        return bool(self.removals or self.pages or self.lists or self.last or self.takedown)


class ReleaseRecord(msgspec.Struct, frozen=True):
    """How release `number` differs from release `before` (发布记录); `date` is ISO, UTC+8, to the second.

    `saved`: the replaced and removed files are kept, so that `before` can be restored. A takedown is never saved and
    names no URL. `last` are those URLs that moved last.
    """

    number: int
    before: int
    date: str
    saved: bool
    takedown: bool = False
    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    last: tuple[str, ...] = ()


def release_day(data: bytes | None) -> str:
    """The day (ISO) on which the release with this `data/release.json` was built; empty if it does not say."""
    try:
        found: Any = msgspec.json.decode(data or b"{}")
        return date.fromisoformat(found["built_on"]).isoformat()
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError):
        return ""


def is_own_release(data: bytes) -> bool:
    """Whether these bytes of a `data/release.json` were written by this program, whatever its version."""
    try:
        found: Any = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return isinstance(found, dict) and str(found.get("generator", "")).split(" ")[0] == GENERATOR
