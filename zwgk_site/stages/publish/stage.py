"""What a worker may do: put a file into the stage, unless the output holds the same bytes already.

At full speed and without state, in any number of processes. Never touches the output.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from zwgk_site.stages.publish.machine import SOURCE_CHANGED, machine_error, machine_faults, refuse

URL_LIMIT = 200
DIGEST_IN_NAME = 8
"""Hex digits of its SHA-256 in an attachment's name (design: attachments)."""

_SEGMENT = r"(?!(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./]|\Z))[A-Za-z0-9_~.-]*[A-Za-z0-9_~-]"
_match_url = re.compile(rf"(?!.*\.\.){_SEGMENT}(?:/{_SEGMENT})*").fullmatch

_BINARY = getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | _BINARY
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
_CHUNK_BYTES = 1 << 20


def check_url(url: str) -> str:
    """The URL itself, if it is one we may write: relative, plain ASCII, short, good on every system; else a bug."""
    if not is_url(url):
        raise ValueError(f"not a URL of the output: {url!r}")
    return url


def is_url(url: str) -> bool:
    """Whether `url` is one that we may write, for records that may be damaged."""
    return len(url) < URL_LIMIT and _match_url(url) is not None


def stage_file(output: Path, stage: Path, url: str, data: bytes) -> bool:
    """Stage `data` for `url`; False, and nothing written, where the output holds these bytes already."""
    check_url(url)
    try:
        handle = os.open(f"{output}/{url}", _READ)
    except OSError:  # absent, or unreadable: then it is written anew
        pass
    else:
        try:
            if os.read(handle, len(data) + 1) == data:
                return False
        except OSError:
            pass
        finally:
            os.close(handle)
    _write_new(f"{stage}/{url}", data)
    return True


def stage_copy(output: Path, stage: Path, url: str, source: Path, sha256: str) -> bool:
    """Stage a copy of `source`, whose digest must be `sha256`; False where the output holds it already.

    A target of the same size whose name carries the digest is taken for the same without reading it.
    """
    check_url(url)
    with machine_faults(source):
        if _is_published(output / url, source, sha256):
            return False
        target = stage / url
        target.parent.mkdir(parents=True, exist_ok=True)
        if _copy(source, target) != sha256:
            target.unlink()
            raise refuse(SOURCE_CHANGED, source)
    return True


def digest_of(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hex digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _write_new(target: str, data: bytes) -> None:
    try:
        try:
            handle = os.open(target, _WRITE, 0o666)
        except FileNotFoundError:  # the first file of its folder: cheaper to ask pardon than to keep a set of folders
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(target, _WRITE, 0o666)
        try:
            written = os.write(handle, data)
            while written < len(data):
                written += os.write(handle, data[written:])
        finally:
            os.close(handle)
    except OSError as error:
        raise machine_error(error, target) from error


def _is_published(target: Path, source: Path, sha256: str) -> bool:
    try:
        size = target.stat().st_size
    except OSError:
        return False
    if size != source.stat().st_size:
        return False
    if sha256[:DIGEST_IN_NAME] in target.name:
        return True
    return digest_of(target) == sha256


def _copy(source: Path, target: Path) -> str:
    """Copy and give the digest of what was written."""
    digest = hashlib.sha256()
    with source.open("rb") as reader, target.open("wb") as writer:
        while chunk := reader.read(_CHUNK_BYTES):
            digest.update(chunk)
            writer.write(chunk)
    return digest.hexdigest()
