"""Publishing: manifest and release record, then everything in place at once; afterwards the cache follows."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked
from zwgk_site.model.release import GENERATOR, RELEASE_URL, ChangeSet, FileRecord, PublishedRelease
from zwgk_site.model.tag_faults import merge_counts
from zwgk_site.model.version import VERSION
from zwgk_site.pipeline.index_build import WORK
from zwgk_site.pipeline.index_part import indexed_name, part_name, places_name
from zwgk_site.pipeline.record import MARKER, SiteRecord
from zwgk_site.pipeline.searching import STATE
from zwgk_site.pipeline.second import FileMaker, Pages, count_tags, frames_of
from zwgk_site.pipeline.standing import CheckedSite, describe_site
from zwgk_site.pipeline.tasks import MAIN_STEM, list_stem
from zwgk_site.stages.check import tag_findings
from zwgk_site.stages.plan import POLICY_LIST
from zwgk_site.stages.publish import (
    SITE_MANIFEST_URL,
    apply_changes,
    department_manifest_url,
    parse_manifest,
    site_manifest,
)
from zwgk_site.stages.publish.folder import remove_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.diagnostics import Diagnostic
    from zwgk_site.pipeline.assembly import Assembly
    from zwgk_site.pipeline.survey import Survey


class Release(msgspec.Struct, frozen=True):
    """What a build published (一次发布): its number, files written, removed and left alone, departments by fate.

    `standing` is how the site stands, for reports: the same that a check gives. `urls` are the files of the output that
    differ from those of the release before, the removed among them; at `changes_on` a build of the same files may give
    other pages or findings, empty if no day is known.
    """

    number: int
    written: int
    removed: int
    unchanged: int
    departments: int
    held: tuple[str, ...]
    entries: int
    documents: int
    standing: CheckedSite | None = None
    urls: tuple[str, ...] = ()
    changes_on: str = ""


def publish_release(survey: Survey, assembly: Assembly) -> Checked[Release | None]:
    """Makes what has been staged the standing release; nothing, where a template has failed."""
    if assembly.broken():
        return Checked(None, survey.all_findings(assembly.findings))
    shared = _shared_files(survey, assembly)
    assembly.findings.extend(_tag_findings(survey, shared))
    findings = survey.all_findings(assembly.findings)
    last = _stage_last(survey, assembly, shared)
    found = assembly.changes
    forgotten = _forgotten_files(survey, assembly, shared)
    changes = ChangeSet(
        tuple(dict.fromkeys((*found.removed, *forgotten))),
        tuple(dict.fromkeys(found.pages)),
        tuple(dict.fromkeys(found.lists)),
        tuple(last),
        found.takedown or bool(forgotten),
    )
    env = survey.env
    number = apply_changes(env.output, env.stage, changes, env.site.releases_kept)
    _remember(survey, assembly)
    written = (*changes.pages, *changes.lists, *changes.last)
    release = describe_release(survey, number, len(written), found.skipped)
    urls = (*written, *changes.removals)
    return Checked(msgspec.structs.replace(release, removed=len(changes.removals), urls=urls), findings)


def describe_release(survey: Survey, number: int = 0, written: int = 0, unchanged: int = 0) -> Release:
    """A release in figures; asked for after `all_findings`."""
    seen = describe_site(survey)
    return Release(
        number, written, 0, unchanged, seen.departments, seen.held, seen.entries, seen.documents, standing=seen,
        changes_on=_changes_on(survey),
    )  # fmt: skip


def _changes_on(survey: Survey) -> str:
    """The first moment after this build's at which a department's pages or findings change by themselves."""
    records = survey.departments.values()
    days = (day for record in records for day in (record.next_change_on, record.check_again_on))
    return min((day for day in days if day > survey.request.moment), default="")


def _tag_findings(survey: Survey, shared: Pages) -> Iterator[Diagnostic]:
    """What all pages of the release lack of their tags, whether this build made them or an earlier one."""
    own = [count for record in survey.departments.values() for count in record.tags]
    return tag_findings(merge_counts((*own, *count_tags(shared))), survey.env.theme)


def _stage_last(survey: Survey, assembly: Assembly, files: Pages) -> list[str]:
    """The site's manifest and the record of the release; which of them changed."""
    env = survey.env
    maker = FileMaker(env, {}, env.shared, frames_of(env), verify=True)
    shared = [FileRecord(url, made.sha256, made.size) for url, made in files.items()]
    manifests = {
        code: record.manifest for code, record in survey.departments.items() if record.manifest and record.header
    } | assembly.search.manifests()
    maker.put(SITE_MANIFEST_URL, site_manifest(shared, manifests), b"", is_list=False)
    entries, documents = survey.totals()
    departments = len(survey.headers())
    facts = PublishedRelease(
        f"{GENERATOR} {VERSION}", 1, env.context.today, departments, entries, documents, env.context.draft
    )
    maker.put(RELEASE_URL, msgspec.json.encode(facts) + b"\n", b"", is_list=False)
    return maker.changes.pages


def _shared_files(survey: Survey, assembly: Assembly) -> Pages:
    """All shared files as they stand after this build."""
    names = {POLICY_LIST, *(name for header in survey.headers().values() for name in header.lists)}
    stems = {*map(list_stem, names), MAIN_STEM}
    found: Pages = {}
    for stem in sorted(stems):
        found.update(survey.env.cache.need(stem + ".new" if stem in assembly.stems else stem, Pages))
    return found


def _forgotten_files(survey: Survey, assembly: Assembly, shared: Pages) -> list[str]:
    """What the output's manifests name and no page of today explains, where the cache that would know is lost.

    After a roll-back it knows of another release. Why they went is lost as well, so they count as taken down.
    """
    if survey.record.departments and not assembly.verify:
        return []
    env, codes = survey.env, tuple(survey.headers())
    before: set[str] = set()
    for url in (SITE_MANIFEST_URL, *map(department_manifest_url, codes)):
        with contextlib.suppress(ValueError):
            before |= parse_manifest(env.output.read(url) or b"").keys()
    after = set(shared)
    for code in codes:
        after |= (env.cache.get(f"departments/{code}.pages.new", Pages) or {}).keys()
    return sorted(before - after) if assembly.made >= set(codes) else []


def _remember(survey: Survey, assembly: Assembly) -> None:
    """The cache as it must be for the release that now stands."""
    cache = survey.env.cache
    tables = (name for code in assembly.made for name in (f"departments/{code}.pages", indexed_name(code)))
    for stem in (*tables, *assembly.stems, STATE):
        fresh = cache.path / (stem + ".new")
        if fresh.exists():
            fresh.replace(cache.path / stem)
    for code in assembly.made:  # texts of this build; in the next one some of them may have to be gone
        cache.drop(part_name(code))
        cache.drop(places_name(code))
    remove_folder(cache.path / WORK)
    record = SiteRecord(
        survey.env.program,
        survey.env.shared,
        survey.request.moment,
        survey.departments,
        survey.resolved,
        {header.brief.name: assembly.pinyin[code] for code, header in survey.headers().items()},
        survey.link_findings,
        survey.scan_findings,
        tuple(assembly.findings),
        survey.env.synonyms,
        survey.env.checks,
        survey.env.theme.assets_digest(),
        tuple(sorted(survey.filed_elsewhere)),
    )
    cache.put("site", record)
    cache.drop(MARKER)
