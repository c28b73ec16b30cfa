"""What a build remembers of the last one, small enough to be read whole at every start."""

from __future__ import annotations

import msgspec

from zwgk_site.diagnostics import Diagnostic
from zwgk_site.model.exports import Header, Resolved
from zwgk_site.model.tag_faults import TagCount
from zwgk_site.stages.check.waivers import PlacedWaiver


class DepartmentRecord(msgspec.Struct, frozen=True):
    """A department as it went into the last release.

    `fingerprint` of its files, whether they were `settled` (no edit within the clock's tick), `corpus` the digest of
    what was planned, `key` of what else its pages depended on, the first moment at which its pages change by themselves,
    and the first at which a check would find something else. `tags` is what its pages lack.
    """

    fingerprint: str
    settled: bool
    header: Header | None
    findings: tuple[Diagnostic, ...]
    held: bool
    corpus: bytes
    key: bytes = b""
    next_change_on: str = ""
    manifest: str = ""
    later_findings: tuple[Diagnostic, ...] = ()
    waivers: tuple[PlacedWaiver, ...] = ()
    check_again_on: str = ""
    tags: tuple[TagCount, ...] = ()


class SiteRecord(msgspec.Struct, frozen=True):
    """The last build (上次生成的情况).

    `filed_elsewhere` are the entries, by catalogue file and id, under which other departments put documents: an
    unchanged site is not linked again.
    """

    program: bytes
    shared: bytes
    moment: str
    departments: dict[str, DepartmentRecord]
    resolved: dict[str, tuple[Resolved, ...]]
    pinyin: dict[str, str]
    link_findings: tuple[Diagnostic, ...] = ()
    scan_findings: tuple[Diagnostic, ...] = ()
    shared_findings: tuple[Diagnostic, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    checks: bytes = b""
    assets: str = ""
    filed_elsewhere: tuple[tuple[str, str], ...] = ()


NOTHING_BEFORE = SiteRecord(b"", b"", "", {}, {}, {})
"""For the first build, and for one that can trust nothing of the last."""

MARKER = "unfinished"
"""In the cache while a build runs: one that came to no end leaves it, and nothing it cached is trusted."""
