"""A build from beginning to end. Reading `build_site` is reading the architecture."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span, sort_findings
from zwgk_site.model.plan import PlanContext
from zwgk_site.model.release import RELEASE_URL, ChangeSet, FileRecord
from zwgk_site.pipeline.cache import CacheFolder
from zwgk_site.pipeline.env import BuildEnv, compile_checked
from zwgk_site.pipeline.first import CachedTargets, FirstTask, read_rows
from zwgk_site.pipeline.keys import department_key, digest_of, program_key, shared_key
from zwgk_site.pipeline.record import DepartmentRecord, SiteRecord
from zwgk_site.pipeline.second import Changes, FileMaker, Made, Pages, SecondTask
from zwgk_site.pipeline.stats import Stats
from zwgk_site.pipeline.tasks import KEPT_HERE, ListTask, list_slug, make_runner
from zwgk_site.pipeline.workers import Failure, Here, Job, Limits, Pool
from zwgk_site.stages.load import rules as load_rules
from zwgk_site.stages.load.scan import DepartmentScan, departments_of_paths, scan_department, scan_departments
from zwgk_site.stages.load.site_file import load_site
from zwgk_site.stages.load.theme import load_theme, package_themes
from zwgk_site.stages.plan import link_departments, plan_frame, plan_shared
from zwgk_site.stages.plan.rules import SHARED_NUMBER
from zwgk_site.stages.plan.shared import SharedContext
from zwgk_site.stages.publish import (
    SITE_MANIFEST_URL,
    OutputFolder,
    apply_changes,
    open_output,
    read_only_output,
    site_manifest,
    touched_folders,
)
from zwgk_site.text.pinyin import pinyin_key
from zwgk_site.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from zwgk_site.model.corpus import Site
    from zwgk_site.model.exports import Header, LinkedSite, Resolved
    from zwgk_site.model.views import Frame
    from zwgk_site.pipeline.request import BuildRequest
    from zwgk_site.pipeline.tasks import Surveyed

FORK_BYTES = 3_000_000
"""Input below this is made here: starting workers costs more than it saves."""
ROUNDS = 6
MARKER = "unfinished"


class Release(msgspec.Struct, frozen=True):
    """What a build published (一次发布): its number, files written, removed and left alone, departments by fate."""

    number: int
    written: int
    removed: int
    unchanged: int
    departments: int
    held: tuple[str, ...]
    entries: int
    documents: int


def build_site(request: BuildRequest, stats: Stats | None = None) -> Checked[Release | None]:
    """Reads, checks, plans, renders and publishes; `None` when nothing could be published."""
    stats = stats or Stats()
    inputs = tuple(request.root / name for name in ("catalogs", "content", "themes", "overrides"))
    with open_output(request.output, inputs=inputs) as output:
        prepared = _prepare(request, output, stats)
        if prepared.value is None:
            return prepared.replace(None)
        return _Build(prepared.value, request, stats, prepared.findings).run()


def _prepare(request: BuildRequest, output: OutputFolder, stats: Stats) -> Checked[BuildEnv | None]:
    """Settings, theme, keys and folders."""
    with stats.stage("settings"):
        program = program_key()
        cache = CacheFolder(output.cache, program)
        loaded = load_site(request.root)
        site = loaded.value
        if site is None:
            return loaded.replace(None)
        theme = load_theme(site.theme, request.root, package_themes())
        findings = loaded.findings + theme.findings
        if theme.value is None:
            return Checked(None, findings)
        shared = shared_key(program, site, theme.value, draft=request.draft)
        context = PlanContext(request.today, request.moment, request.draft)
        previous = read_only_output(request.previous) if request.previous else output
        env = BuildEnv(
            request.root, output, previous, Path(), cache, site, theme.value, context, program, shared
        )
        return Checked(env, findings)


class _Build:
    """One build while it runs: what was found, what was made. Lives inside `build_site` only."""

    def __init__(self, env: BuildEnv, request: BuildRequest, stats: Stats, findings: tuple[Diagnostic, ...]) -> None:
        self.env, self.request, self.stats = env, request, stats
        self.findings = list(findings)
        record = env.cache.get("site", SiteRecord)
        if env.cache.get_bytes(MARKER) is not None or request.previous is not None:
            record = None
        self.record = record or SiteRecord(b"", b"", "", {}, {}, {})
        self.departments: dict[str, DepartmentRecord] = dict(self.record.departments)
        self.scans: dict[str, DepartmentScan] = {}
        self.held: set[str] = set()
        self.workers: Here | Pool | None = None
        self.changes = Changes()

    def run(self) -> Checked[Release | None]:
        """The road, step by step."""
        with self.stats.stage("scan"):
            self._scan()
            touched = touched_folders(self.env.output)
        changed = [code for code, scan in self.scans.items() if self._has_changed(code, scan)]
        verify = {folder.split("/")[0] for folder in touched} | ({""} if touched else set())
        fresh_theme = self.record.shared != self.env.shared
        gone = set(self.record.departments) - set(self.scans)
        if not (changed or verify or fresh_theme or gone or self.record.moment[:10] != self.request.today or not self.record.departments):
            return self._finish_unchanged()
        faults = compile_checked(self.env.theme, self.env.cache) if changed or fresh_theme or verify else ()
        if isinstance(faults, tuple) and faults:
            found = tuple(fault.finding(self.env.theme) for fault in faults)
            return Checked(None, sort_findings((*self.findings, *found)))
        self.env.cache.put_bytes(MARKER, b"1")
        self.env = msgspec.structs.replace(self.env, stage=self.env.output.new_stage())
        try:
            self._start_workers(changed)
            linked, moved = self._survey(changed)
            self._make(linked, moved, verify)
            with self.stats.stage("shared"):
                self._make_shared(linked, moved, verify)
        finally:
            if self.workers is not None:
                self.workers.close()
        with self.stats.stage("publish"):
            return self._publish(linked)

    def _scan(self) -> None:
        """Which departments there are, and which of their files."""
        root = self.env.root
        found = scan_departments(root)
        self.scan_findings = found.findings
        codes = list(found.value)
        lost = [code for code, old in self.departments.items() if code not in codes and old.header is not None]
        if not self.record.departments:
            lost = [code for code in self._published_codes() if code not in codes]
        self.looked_at = time.time_ns()
        wanted = departments_of_paths(self.request.changed, root) if self.request.changed else None
        for code in sorted((*codes, *lost)):
            old = self.departments.get(code)
            if wanted is not None and code not in wanted and old is not None:
                continue
            self.scans[code] = scan_department(root, code)
        self.codes = frozenset((*codes, *lost))

    def _published_codes(self) -> list[str]:
        """The departments of the release that this build continues."""
        data = self.env.previous.read("data/catalog.json")
        try:
            found: Any = msgspec.json.decode(data or b"{}")
            return [str(item["code"]) for item in found.get("departments", ())]
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
            return []

    def _has_changed(self, code: str, scan: DepartmentScan) -> bool:
        old = self.departments.get(code)
        if old is None or old.fingerprint != scan.fingerprint or not old.settled:
            return True
        if self.record.program != self.env.program:
            return True
        if self.request.moment < self.record.moment:
            return True
        return bool(old.next_change_on) and old.next_change_on <= self.request.moment

    def _finish_unchanged(self) -> Checked[Release | None]:
        """Nothing to do: the findings of the last time, and no file written."""
        release = self._release(0, 0)
        return Checked(release, self._all_findings())

    def _start_workers(self, changed: list[str]) -> None:
        limits = Limits(self.env.site.department_seconds, self.env.site.department_megabytes)
        fresh = [code for code in changed if code not in self.departments or self.record.program != self.env.program]
        size = sum(self._weight(code) for code in fresh) + FORK_BYTES // 60 * (len(changed) - len(fresh))
        theme_only = self.record.shared != self.env.shared
        jobs = self.request.jobs or os.cpu_count() or 1
        if jobs > 1 and (size > FORK_BYTES or (theme_only and len(self.scans) > 8)):
            self.workers = Pool(jobs, make_runner, self.env, limits)
        else:
            self.workers = Here(make_runner(self.env, KEPT_HERE), limits)

    def _weight(self, code: str) -> int:
        scan = self.scans.get(code)
        if scan is None:
            return 1
        return max(0, scan.catalog.size) + sum(min(item.size, 20_000) for item in scan.files if item.path.endswith(".md")) + 1

    def _survey(self, changed: list[str]) -> tuple[LinkedSite, set[str]]:
        """The first walk and the look across, again for departments that must be held back because of others."""
        moved: set[str] = set()
        resolved: Mapping[str, tuple[Resolved, ...]] = self.record.resolved
        todo = set(changed)
        for code in set(self.departments) - self.codes:
            moved.add(code)
            del self.departments[code]
        with self.stats.stage("read"):
            self._first_walk(todo, moved)
        for _ in range(ROUNDS):
            headers = self._headers()
            with self.stats.stage("link"):
                linked, after = link_departments(headers, CachedTargets(self.env), resolved, frozenset(moved))
            clashing = {
                str(dict(finding.facts).get("code")) for finding in linked.findings if finding.code == SHARED_NUMBER.code
            } - self.held
            self.link_findings = linked.findings
            if not clashing:
                break
            self.findings.extend(f for f in linked.findings if f.code == SHARED_NUMBER.code)
            self.held |= clashing
            with self.stats.stage("read"):
                self._first_walk(clashing, moved)
        self.resolved = after
        return linked, moved

    def _headers(self) -> dict[str, Header]:
        return {code: record.header for code, record in sorted(self.departments.items()) if record.header is not None}

    def _first_walk(self, codes: Iterable[str], moved: set[str]) -> None:
        jobs = [
            Job(code, FirstTask(self.scans[code], hold=code in self.held), self._weight(code))
            for code in sorted(codes)
            if code in self.scans
        ]
        assert self.workers is not None  # noqa: S101 - started before the first walk
        failed = []
        for job, outcome in self.workers.run(jobs):
            if isinstance(outcome, Failure):
                self._note_failure(job.name, outcome)
                failed.append(job.name)
            else:
                self._take_survey(outcome, moved)
        if failed:
            self.held |= set(failed)
            self._first_walk(failed, moved)

    def _note_failure(self, code: str, failure: Failure) -> None:
        span = Span(f"catalogs/{code}.yaml")
        site = self.env.site
        if failure.kind == "death":
            self.findings.append(load_rules.WORKER_DIED.at(span, code=code))
            return
        zh, en, limit, key = {
            "time": ("时间", "time", f"{site.department_seconds} s", "部门时间上限"),
            "memory": ("内存", "memory", f"{site.department_megabytes} MB", "部门内存上限"),
        }[failure.kind]
        self.findings.append(load_rules.DEPARTMENT_LIMIT.at(span, code=code, what=zh, what_en=en, limit=limit, key=key))

    def _take_survey(self, surveyed: Surveyed, moved: set[str]) -> None:
        result = surveyed.result
        old = self.departments.get(result.code)
        scan = self.scans[result.code]
        if old is None or old.corpus != surveyed.corpus or old.header != result.header:
            moved.add(result.code)
        self.departments[result.code] = DepartmentRecord(
            scan.fingerprint,
            scan.is_settled(self.looked_at) and result.code not in self.held,
            result.header,
            result.findings,
            result.held,
            surveyed.corpus,
            b"" if old is None or old.corpus != surveyed.corpus else old.key,
            "" if old is None else old.next_change_on,
            "" if old is None else old.manifest,
            () if old is None else old.later_findings,
        )

    def _make(self, linked: LinkedSite, moved: set[str], verify: set[str]) -> None:
        """The second walk: every department whose own data, neighbourhood, day or theme differs."""
        jobs = []
        keys: dict[str, bytes] = {}
        for code, record in self.departments.items():
            if record.header is None:
                continue
            key = keys[code] = department_key(self.env.shared, linked.neighbours[code])
            due = bool(record.next_change_on) and record.next_change_on <= self.request.moment
            back = self.request.moment < self.record.moment
            look = code in verify or "data" in verify or (code not in self.record.departments)
            if record.key == key and not due and not back and not look:
                continue
            if code not in self.scans:
                self.scans[code] = scan_department(self.env.root, code)
            first = FirstTask(self.scans[code], hold=code in self.held)
            jobs.append(Job(code, SecondTask(first, linked.neighbours[code], verify=look), self._weight(code)))
        assert self.workers is not None  # noqa: S101
        with self.stats.stage("make"):
            for job, result in self.workers.run(jobs):
                if isinstance(result, Failure):
                    self._note_failure(job.name, result)
                    continue
                self.changes.merge(result.changes)
                self.departments[job.name] = msgspec.structs.replace(
                    self.departments[job.name],
                    key=keys[job.name],
                    next_change_on=result.next_change_on,
                    manifest=result.manifest or self.departments[job.name].manifest,
                    later_findings=result.findings,
                )
        self.made = {job.name for job in jobs}

    def _make_shared(self, linked: LinkedSite, moved: set[str], verify: set[str]) -> None:
        """Lists across departments whose rows differ, and the pages over all departments."""
        headers = self._headers()
        names = self._changed_lists(headers, moved)
        if self.record.shared != self.env.shared or "" in verify:
            names |= {name for header in headers.values() for name in header.lists}
        for code in list(self._removed_departments()):
            self._remove_department(code)
        self._merge_lists(names, headers, moved)
        assert self.workers is not None  # noqa: S101
        self.list_slugs = {list_slug(name) for name in names}
        for _, result in self.workers.run([Job(f"list {name}", ListTask(name, verify=bool(verify)), 1) for name in sorted(names)]):
            if not isinstance(result, Failure):
                self.changes.merge(result.changes)
                self.findings.extend(result.findings)
        self._make_main(headers, bool(verify))

    def _removed_departments(self) -> Iterable[str]:
        return (code for code, old in self.record.departments.items() if old.header is not None and self.departments.get(code) is None)

    def _remove_department(self, code: str) -> None:
        """A department that was never published, or whose record is stale, leaves nothing behind."""
        for url in self.env.cache.get(f"departments/{code}.pages", Pages) or {}:
            self.changes.removed.append(url)
        self.env.cache.drop(f"departments/{code}.pages")

    def _changed_lists(self, headers: Mapping[str, Header], moved: set[str]) -> set[str]:
        """Names of lists in which a changed department's rows differ from those of the last release."""
        names: set[str] = set()
        for code in moved:
            old = self.record.departments.get(code)
            before = old.header.lists if old is not None and old.header is not None else {}
            after = headers[code].lists if code in headers else {}
            names |= {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        return names

    def _merge_lists(self, names: set[str], headers: Mapping[str, Header], moved: set[str]) -> None:
        """The rows of each list by department, brought up to date in the cache."""
        merged: dict[str, dict[str, msgspec.Raw]] = {}
        whole = set()
        for name in names:
            slug = list_slug(name).replace("/", "-")
            known = self.env.cache.get(f"lists/{slug}", dict[str, msgspec.Raw])
            if known is None or not self.record.departments:
                whole.add(name)
                known = {}
            merged[name] = {code: rows for code, rows in known.items() if code in headers and code not in moved}
        for code in sorted(headers):
            wanted = [name for name in (names if code in moved else whole) if name in headers[code].lists]
            if wanted:
                rows = read_rows(self.env, code)
                for name in wanted:
                    if name in rows:
                        merged[name][code] = rows[name]
        for name, by_code in merged.items():
            self.env.cache.put(f"lists/{list_slug(name).replace('/', '-')}", by_code)

    def _make_main(self, headers: Mapping[str, Header], verify: bool) -> None:
        """Home, departments, facets, data, assets."""
        self.pinyin = {
            code: self.record.pinyin.get(header.brief.name) or pinyin_key(header.brief.name) for code, header in headers.items()
        }
        before = self.env.cache.get("shared/main.pages", Pages) or {}

        def frame_at(depth: int) -> Frame:
            return plan_frame(self.env.site, None, depth, draft=self.env.context.draft)

        maker = FileMaker(self.env, before, self.env.shared, frame_at, verify=verify)
        maker.make_all(plan_shared(SharedContext(self.env.site, headers, self.pinyin)), lambda _plan: "")
        for name, data in self.env.theme.assets:
            maker.put(f"assets/{name}", data, b"", is_list=False)
        self.changes.merge(maker.finish())
        self.findings.extend(maker.findings)
        self.env.cache.put("shared/main.pages.new", maker.after)
        self.list_slugs.add("main")

    def _publish(self, linked: LinkedSite) -> Checked[Release | None]:
        """Manifest and release record, then everything in place; the cache follows."""
        template_faults = [finding for finding in self.findings if finding.code == "ZW510"]
        template_faults += [f for record in self.departments.values() for f in record.later_findings if f.code == "ZW510"]
        if template_faults:
            return Checked(None, sort_findings((*self.findings, *template_faults)))
        last = self._stage_last()
        staged = list(dict.fromkeys(self.changes.pages)), list(dict.fromkeys(self.changes.lists))
        removed = tuple(dict.fromkeys(self.changes.removed))
        changes = ChangeSet(removed, tuple(staged[0]), tuple(staged[1]), tuple(last), self.changes.takedown)
        number = apply_changes(self.env.output, self.env.stage, changes, self.env.site.releases_kept)
        self._remember()
        release = self._release(number, len(changes.pages) + len(changes.lists) + len(changes.last))
        return Checked(msgspec.structs.replace(release, removed=len(removed)), self._all_findings())

    def _stage_last(self) -> list[str]:
        """The site's manifest and the record of the release; which of them changed."""
        env = self.env
        maker = FileMaker(env, {}, env.shared, lambda _depth: plan_frame(env.site, None, 0, draft=False), verify=True)
        shared = [FileRecord(url, made.sha256, made.size) for url, made in self._shared_files().items()]
        manifests = {code: record.manifest for code, record in self.departments.items() if record.manifest and record.header}
        maker.put(SITE_MANIFEST_URL, site_manifest(shared, manifests), b"", is_list=False)
        entries, documents = self._totals()
        facts = {
            "generator": f"zwgk_site {VERSION}",
            "format": 1,
            "built_on": env.context.today,
            "departments": len(self._headers()),
            "entries": entries,
            "documents": documents,
        }
        maker.put(RELEASE_URL, msgspec.json.encode(facts) + b"\n", b"", is_list=False)
        return maker.changes.pages

    def _shared_files(self) -> dict[str, Made]:
        """All shared files as they stand after this build."""
        names = {list_slug(name) for header in self._headers().values() for name in header.lists} | {"main"}
        found: dict[str, Made] = {}
        for slug in sorted(names):
            stem = f"shared/{slug.replace('/', '-')}.pages"
            fresh = self.env.cache.get(stem + ".new", Pages) if slug in self.list_slugs else None
            found.update(fresh if fresh is not None else self.env.cache.get(stem, Pages) or {})
        return found

    def _remember(self) -> None:
        """The cache as it must be for the release that now stands."""
        cache = self.env.cache
        stems = [f"departments/{code}.pages" for code in self.made]
        stems += [f"shared/{slug.replace('/', '-')}.pages" for slug in self.list_slugs]
        for stem in stems:
            fresh = cache.path / (stem + ".new")
            if fresh.exists():
                fresh.replace(cache.path / stem)
        names = {header.brief.name: self.pinyin[code] for code, header in self._headers().items()}
        record = SiteRecord(
            self.env.program,
            self.env.shared,
            self.request.moment,
            self.departments,
            self.resolved,
            names,
            b"",
            self.link_findings,
            self.scan_findings,
            self._totals(),
        )
        cache.put("site", record)
        cache.drop(MARKER)

    def _totals(self) -> tuple[int, int]:
        briefs = [header.brief for header in self._headers().values()]
        return sum(brief.entries for brief in briefs), sum(brief.documents for brief in briefs)

    def _all_findings(self) -> tuple[Diagnostic, ...]:
        own = [finding for record in self.departments.values() for finding in (*record.findings, *record.later_findings)]
        links = getattr(self, "link_findings", None)
        links = self.record.link_findings if links is None else links
        return sort_findings((*self.findings, *self.scan_findings, *own, *links))

    def _release(self, number: int, written: int) -> Release:
        entries, documents = self._totals()
        held = tuple(sorted(code for code, record in self.departments.items() if record.held))
        return Release(number, written, 0, self.changes.skipped, len(self._headers()), held, entries, documents)
