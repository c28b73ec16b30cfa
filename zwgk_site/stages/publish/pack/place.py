"""Where a package may be put: not among other people's files, not into the site itself, and with room enough."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Span
from zwgk_site.stages.publish.moves import list_files
from zwgk_site.stages.publish.pack.companions import MANIFEST, parse_checksums, size_words
from zwgk_site.stages.publish.pack.listing import folder_counts
from zwgk_site.stages.publish.pack.rules import FOLDER_TOO_FULL, NO_ROOM, PLACE_OVERLAPS, TOO_LARGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.stages.publish.pack.listing import Packing

FAT_FILE_LIMIT = (1 << 32) - 1
"""Bytes of the largest file on FAT32."""
FAT_FOLDER_LIMIT = 65_534
"""Directory entries of the fullest folder on FAT32; a long name takes several."""
_FAT = frozenset(("vfat", "msdos", "fat", "fat32", "fat16"))
_CLUTTER = frozenset(
    (
        "System Volume Information", "$RECYCLE.BIN", "RECYCLER", ".Trashes", ".Spotlight-V100", ".fseventsd",
        ".TemporaryItems", "LOST.DIR", "lost+found", ".DS_Store", "Thumbs.db", "desktop.ini",
    )
)  # fmt: skip
"""What systems put onto a stick by themselves, on its top level and below."""
WINDOWS_PATH_LIMIT = 259
"""Characters of the longest path that Windows opens by default."""
MARKER = "正在复制-请勿使用.txt"
"""Stands in a copy that has not come to its end; names the files that may be there, so that it can be taken up."""
PART = ".zwgk-part"
"""What the name of a file ends in while it is being written."""


def overlaps(target: Path, sources: Iterable[Path]) -> Iterator[Diagnostic]:
    """A finding if `target` lies in one of the folders that the site consists of, or one of them in it."""
    place = target.resolve()
    for source in sources:
        found = source.resolve()
        if place.is_relative_to(found) or found.is_relative_to(place):
            yield PLACE_OVERLAPS.at(Span(str(target)), path=target, source=source)
            return


def present_files(target: Path) -> set[str]:
    """The files in a folder that are not the system's own; none where there is no folder."""
    if not target.is_dir():
        return set()
    return {name for name in list_files(target) if not _is_clutter(name)}


def _is_clutter(name: str) -> bool:
    parts = name.split("/")
    return any(part in _CLUTTER or part.startswith(("._", ".Trash-")) for part in parts)


def known_files(target: Path) -> set[str]:
    """The files of an earlier copy: those of its manifest, and of a copy that was cut short, be it while its marker was written."""
    found: set[str] = set()
    for name, checksums in earlier_checksums(target):
        found |= checksums.keys() | {name}
    return found | {name + PART for name in (*found, MANIFEST, MARKER)}


def earlier_checksums(target: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The manifest and the marker, where they stand in an earlier copy, each with the digests that it names."""
    for name in (MANIFEST, MARKER):
        file = target / name
        if file.is_file() and not file.is_symlink():
            yield name, parse_checksums(file.read_bytes())


def room_left(folder: Path) -> int:
    """Free bytes where `folder` is or will be."""
    return shutil.disk_usage(nearest_standing(folder)).free


def nearest_standing(path: Path) -> Path:
    """`path` itself, or the folder that stands on the way to it where it does not."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


def judge_room(path: Path, needed: int) -> Iterator[Diagnostic]:
    """A finding where there is less room than needed."""
    left = room_left(path)
    if needed > left:
        yield NO_ROOM.at(Span(str(path)), path=path, left=size_words(left), size=size_words(needed))


def judge_fat(packing: Packing, target: Path) -> Iterator[Diagnostic]:
    """What FAT32 can't hold, if that is what `target` is on."""
    if is_on_fat(target):
        yield from fat_faults(packing)


def is_on_fat(path: Path) -> bool:
    """Whether `path` is or will be on FAT32 or one of its elders."""
    return file_system(path) in _FAT


def fat_faults(packing: Packing) -> Iterator[Diagnostic]:
    """Files and folders of a release that no FAT32 takes."""
    for record in packing.files:
        if record.size > FAT_FILE_LIMIT:
            yield TOO_LARGE.at(Span(record.url), url=record.url, size=size_words(record.size))
    for folder, count in sorted(folder_counts(packing.files).items()):
        if count > FAT_FOLDER_LIMIT:
            shown = folder or "/"
            files = sum(record.url.rpartition("/")[0] == folder for record in packing.files)
            yield FOLDER_TOO_FULL.at(Span(shown), url=shown, count=files)


def file_system(path: Path) -> str:
    """The kind of file system that `path` is or will be on, in small letters; empty where the system does not tell."""
    path = nearest_standing(path)
    if sys.platform == "win32":
        return _windows_file_system(path)
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    place = os.path.realpath(path)
    return _kind_of_mount(place, mounts)


def _kind_of_mount(place: str, mounts: str) -> str:
    """The kind of the innermost mount that holds `place`; blanks in names are written as octal there."""
    best = ("", "")
    for line in mounts.splitlines():
        words = line.split(" ")
        if len(words) < 3:
            continue
        point = words[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if (place == point or place.startswith(point.rstrip("/") + "/")) and len(point) >= len(best[0]):
            best = (point, words[2])
    return best[1].lower()


def _windows_file_system(path: Path) -> str:
    import ctypes

    name = ctypes.create_unicode_buffer(64)
    root = f"{path.resolve().drive}\\"
    call = ctypes.windll.kernel32.GetVolumeInformationW  # type: ignore[attr-defined,unused-ignore]  # Windows only
    return name.value.lower() if call(root, None, 0, None, None, None, name, 64) else ""
