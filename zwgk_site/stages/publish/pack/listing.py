"""Which files make up a release, as its manifests name them; nothing else in the output is looked at.

What is not public is not in the output; what somebody has put there by hand is in no manifest. So neither is packed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.model.release import DRAFT_FOLDER, RELEASE_URL, FileRecord, PublishedRelease, release_day
from zwgk_site.stages.publish.machine import machine_faults
from zwgk_site.stages.publish.manifest import (
    FILE_ALTERED,
    FILE_MISSING,
    SITE_MANIFEST_URL,
    department_manifest_url,
    manifest_broken,
    read_manifest,
)
from zwgk_site.stages.publish.pack.rules import PACK_DRAFT, SAME_BUT_CASE
from zwgk_site.stages.publish.stage import is_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.stages.publish.folder import OutputFolder


class Packing(msgspec.Struct, frozen=True):
    """A release to be carried (待打包的一版): its files by URL, when it was built, and the digest that stands for all.

    `digest` is the SHA-256 of `data/manifest.json`, which names every other file by its own, directly or not.
    """

    files: tuple[FileRecord, ...]
    built_on: str
    generator: str
    digest: str

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(record.size for record in self.files)


def list_release(folder: OutputFolder) -> Checked[Packing | None]:
    """The files of the standing release; `None`, and all that is wrong, where they are not as they were published."""
    with machine_faults(folder.path):
        release, top = folder.read(RELEASE_URL) or b"", read_manifest(folder, SITE_MANIFEST_URL)
        facts = _facts_of(release)
        if top is None or facts is None:
            return Checked(None, (manifest_broken(SITE_MANIFEST_URL),))
        if facts.draft or folder.path.name == DRAFT_FOLDER:  # drafts of an older program do not say what they are
            return Checked(None, (PACK_DRAFT.at(Span(str(folder.path)), path=folder.path),))
        if not release_day(release):
            return Checked(None, (manifest_broken(RELEASE_URL),))
        own = [top.record, FileRecord(RELEASE_URL, hashlib.sha256(release).hexdigest(), len(release))]
        named = dict(top.files)
        findings: list[Diagnostic] = []
        for code, digest in top.departments.items():
            url = department_manifest_url(code)
            manifest = read_manifest(folder, url, digest)
            if manifest is None:
                findings.append(manifest_broken(url))
            else:
                named |= manifest.files
                own.append(manifest.record)
        files = tuple(sorted((named | {record.url: record for record in own}).values()))
        findings.extend(_faults(folder, files))
    if findings:
        return Checked(None, tuple(findings))
    return Checked(Packing(files, facts.built_on, facts.generator, top.record.sha256))


def _facts_of(release: bytes) -> PublishedRelease | None:
    try:
        return msgspec.json.decode(release, type=PublishedRelease)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _faults(folder: OutputFolder, files: Iterable[FileRecord]) -> Iterator[Diagnostic]:
    """Files that are gone or of another size, and names that only case tells apart; digests are read when copying."""
    seen: dict[str, str] = {}
    for record in files:
        if not is_url(record.url):
            yield manifest_broken(record.url)
            continue
        target = folder.path / record.url
        if target.is_symlink() or not target.is_file():
            yield FILE_MISSING.at(Span(record.url), url=record.url)
        elif target.stat().st_size != record.size:
            yield FILE_ALTERED.at(Span(record.url), url=record.url)
        other = seen.setdefault(record.url.lower(), record.url)
        if other != record.url:
            yield SAME_BUT_CASE.at(Span(record.url), url=record.url, other=other)


def folder_counts(files: Iterable[FileRecord]) -> Counter[str]:
    """How many of FAT's directory entries the files of each folder take: one, and one more for 13 characters of name."""
    counts: Counter[str] = Counter()
    for record in files:
        folder, _, name = record.url.rpartition("/")
        counts[folder] += 1 + -(-len(name) // 13)
    return counts
