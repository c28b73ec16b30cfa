"""The one place that says what a skip may depend on. A term forgotten here leaves stale pages; every skip asks here."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.version import VERSION
from zwgk_site.model.wording import NO_WORDS, WordList

if TYPE_CHECKING:
    from zwgk_site.model.corpus import Site
    from zwgk_site.model.exports import Neighbourhood
    from zwgk_site.model.theme import Theme
    from zwgk_site.model.views import Frame
    from zwgk_site.statute.working_days import HolidayNotice

LIBRARIES = (
    "jinja2", "markdown", "nh3", "msgspec", "yaml", "pypinyin", "numpy", "chinese_calendar", "pypdf", "python_calamine",
)  # fmt: skip
_encode = msgspec.msgpack.Encoder().encode


def program_key() -> bytes:
    """The program and the libraries that its bytes depend on: version, and every source file's size and time."""
    found = hashlib.blake2b(digest_size=16)
    found.update(f"{VERSION} {sys.version_info[:3]} {sys.byteorder}".encode())
    package = Path(__file__).resolve().parents[1]
    for folder, folders, files in os.walk(package):
        folders.sort()
        if folder.endswith("__pycache__"):
            continue
        for name in sorted(files):
            if name.endswith((".py", ".yaml", ".txt", ".js")):
                stat = os.stat(os.path.join(folder, name))
                found.update(f"{name}{stat.st_size}{stat.st_mtime_ns}".encode())
    for library in LIBRARIES:
        spec = importlib.util.find_spec(library)
        if spec is not None and spec.origin:
            stat = os.stat(spec.origin)
            found.update(f"{library}{stat.st_size}{stat.st_mtime_ns}".encode())
    return found.digest()


def writer_key() -> bytes:
    """What the bytes of an index segment depend on beside its records: the sources of the writer, wherever they lie."""
    found = hashlib.blake2b(digest_size=16)
    package = Path(__file__).resolve().parents[1]
    sources = [*(package / "stages" / "index").glob("*.py"), *(package / "text").glob("**/*.[pt][yx]*")]
    for path in sorted(sources):
        found.update(path.name.encode() + path.read_bytes())
    return found.digest()


def shared_key(program: bytes, site: Site, theme: Theme, *, draft: bool) -> bytes:
    """What every page of the site depends on beside its own plan: program, settings (frames are made of them), theme.

    Not the weights of the score, which no page shows.
    """
    return _digest((program, msgspec.structs.replace(site, weights=()), theme.digest, draft))


def checks_key(site: Site, holidays: tuple[HolidayNotice, ...], words: WordList = NO_WORDS) -> bytes:
    """What the findings in a department depend on beside its files, the day and the program."""
    return _digest((site.thresholds, site.masks, site.domain, holidays, words))


def page_key(shared: bytes, frame: Frame) -> bytes:
    """What a department's page depends on beside its own plan: what all pages do, and the frame around it."""
    return _digest((shared, frame))


def department_key(shared: bytes, neighbours: Neighbourhood) -> bytes:
    """What a department's pages depend on beside its own files and the day."""
    return _digest((shared, neighbours))


def _digest(value: object) -> bytes:
    return hashlib.blake2b(_encode(value), digest_size=16).digest()
