"""Manifests: every published file with its digest, per department, and one for the site that names those by digest.

So one edit rewrites one department's manifest and a short index. Pure functions, but for `verify_output`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.model.release import RELEASE_URL, FileRecord
from zwgk_site.stages.publish.machine import machine_faults
from zwgk_site.stages.publish.moves import list_files
from zwgk_site.stages.publish.stage import is_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zwgk_site.stages.publish.folder import OutputFolder

FORMAT = 1
SITE_MANIFEST_URL = "data/manifest.json"

FILE_MISSING = Rule(
    "ZW720",
    Severity.ERROR,
    zh="已发布的文件“{url}”不见了",
    en="the published file {url} is missing",
    hint_zh="请重新生成；若反复出现，请查明是谁在改动输出文件夹。",
    hint_en="Build again; if it comes back, find out who changes the output folder.",
)
FILE_ALTERED = Rule(
    "ZW721",
    Severity.ERROR,
    zh="已发布的文件“{url}”与发布时不同，可能被改动或损坏",
    en="the published file {url} is not as it was published; it was changed or damaged",
    hint_zh="请重新生成；若非本单位改动，请按网络安全事件处理。",
    hint_en="Build again; if nobody of yours changed it, treat it as a security incident.",
)
FILE_FOREIGN = Rule(
    "ZW722",
    Severity.NOTICE,
    zh="输出文件夹里的“{url}”不是本程序发布的",
    en="{url} in the output folder was not published by this program",
)
MANIFEST_BROKEN = Rule(
    "ZW723",
    Severity.ERROR,
    zh="发布清单“{url}”缺失或损坏",
    en="the manifest {url} is missing or damaged",
    hint_zh="请重新生成。",
    hint_en="Build again.",
)


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A manifest as it is written (发布清单): URL to digest and size; department code to its manifest's digest."""

    format: int
    files: dict[str, tuple[str, int]]
    departments: dict[str, str] = {}


class StandingManifest(msgspec.Struct, frozen=True):
    """A manifest that stands in the output: its own record, the files by URL and the departments' digests that it names."""

    record: FileRecord
    files: dict[str, FileRecord]
    departments: dict[str, str]


_decoder = msgspec.json.Decoder(Manifest)


def department_manifest_url(code: str) -> str:
    """Where the manifest of department `code` is published."""
    return f"data/{code}/manifest.json"


def department_manifest(records: Iterable[FileRecord]) -> bytes:
    """The files of one department, canonical: equal records in any order give equal bytes."""
    return _encode({"format": FORMAT, "files": _files(records)})


def site_manifest(shared: Iterable[FileRecord], departments: Mapping[str, str]) -> bytes:
    """The files of no department, and for each department code the SHA-256 of its manifest; canonical."""
    return _encode({"format": FORMAT, "files": _files(shared), "departments": dict(sorted(departments.items()))})


def parse_manifest(data: bytes) -> dict[str, FileRecord]:
    """The files a manifest of either kind names, by URL; `ValueError` if it is none of ours."""
    return _records(_decode(data))


def parse_departments(data: bytes) -> dict[str, str]:
    """The digests of the departments' manifests in a site manifest; `ValueError` if it is none of ours."""
    return _decode(data).departments


def read_manifest(folder: OutputFolder, url: str, digest: str | None = None) -> StandingManifest | None:
    """The manifest at `url`; `None` where there is none of ours, or none of the digest asked for."""
    data = (folder.read(url) or b"") if is_url(url) else b""
    found = hashlib.sha256(data).hexdigest()
    if digest not in {None, found}:
        return None
    try:
        manifest = _decode(data)
    except ValueError:
        return None
    return StandingManifest(FileRecord(url, found, len(data)), _records(manifest), manifest.departments)


def manifest_broken(url: str) -> Diagnostic:
    """The finding that there is no such manifest."""
    return MANIFEST_BROKEN.at(Span(url), url=url)


def verify_output(folder: OutputFolder) -> Iterator[Diagnostic]:
    """Read everything published and compare it with the manifests; what is found wrong, by URL within each manifest."""
    known = {SITE_MANIFEST_URL, RELEASE_URL}
    top = read_manifest(folder, SITE_MANIFEST_URL)
    if top is None:
        yield manifest_broken(SITE_MANIFEST_URL)
    files = dict(top.files) if top else {}
    for code, digest in top.departments.items() if top else ():
        url = department_manifest_url(code)
        known.add(url)
        manifest = read_manifest(folder, url, digest)
        if manifest is None:
            yield manifest_broken(url)
        else:
            files.update(manifest.files)
    with machine_faults(folder.path):
        for record in files.values():
            yield from _verify_file(folder, record)
        for url in sorted(set(list_files(folder.path)) - files.keys() - known):
            yield FILE_FOREIGN.at(Span(url), url=url)


def _records(manifest: Manifest) -> dict[str, FileRecord]:
    return {url: FileRecord(url, *entry) for url, entry in manifest.files.items()}


def _files(records: Iterable[FileRecord]) -> dict[str, tuple[str, int]]:
    return {record.url: (record.sha256, record.size) for record in sorted(records)}


def _encode(manifest: dict[str, Any]) -> bytes:
    return msgspec.json.encode(manifest) + b"\n"


def _decode(data: bytes) -> Manifest:
    try:
        manifest = _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"not a manifest: {error}") from error
    if manifest.format != FORMAT:
        raise ValueError(f"a manifest of format {manifest.format}, not {FORMAT}")
    return manifest


def _verify_file(folder: OutputFolder, record: FileRecord) -> Iterator[Diagnostic]:
    target = folder.path / record.url
    if not target.is_file():
        yield FILE_MISSING.at(Span(record.url), url=record.url)
        return
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    if (digest, size) != (record.sha256, record.size):
        yield FILE_ALTERED.at(Span(record.url), url=record.url)
