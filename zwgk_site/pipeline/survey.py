"""The first walk over all departments and the look across: who has changed, what they say of each other."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.diagnostics import Diagnostic, Span, sort_findings
from zwgk_site.pipeline.beside import may_fork
from zwgk_site.pipeline.first import CachedTargets, FirstTask
from zwgk_site.pipeline.record import DepartmentRecord, SiteRecord
from zwgk_site.pipeline.scanning import scan_all
from zwgk_site.pipeline.workers import Failure, Here, Job, Pool
from zwgk_site.stages.check import check_across, split_waived
from zwgk_site.stages.check.families.inspection import HOME_STALE
from zwgk_site.stages.check.families.timeliness import EMPTY_ENTRY
from zwgk_site.stages.check.site_wide import SITE_STALE
from zwgk_site.stages.load import rules as load_rules
from zwgk_site.stages.load.scan import DepartmentScan, departments_of_paths, scan_department, scan_departments
from zwgk_site.stages.plan import link_departments
from zwgk_site.stages.plan.rules import SHARED_NUMBER
from zwgk_site.text.clues.hiding import hide_in_finding, hide_numbers
from zwgk_site.text.paths import department_of_file

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from zwgk_site.model.exports import Header, LinkedSite, Resolved
    from zwgk_site.pipeline.env import BuildEnv
    from zwgk_site.pipeline.request import BuildRequest
    from zwgk_site.pipeline.stats import Stats
    from zwgk_site.pipeline.tasks import Surveyed
    from zwgk_site.stages.check.waivers import Waived

ROUNDS = 6


class Survey:
    """What is known of all departments while a build runs: their files, records and findings, and who is held back.

    `held` show their last release, less what must go; of `frozen` not even that can be read: their pages stay untouched.
    """

    def __init__(self, env: BuildEnv, request: BuildRequest, record: SiteRecord, stats: Stats) -> None:
        self.env, self.request, self.record, self.stats = env, request, record, stats
        self.findings: list[Diagnostic] = []
        self.link_findings = record.link_findings
        self.departments: dict[str, DepartmentRecord] = dict(record.departments)
        self.resolved: dict[str, tuple[Resolved, ...]] = record.resolved
        self.scans: dict[str, DepartmentScan] = {}
        self.held: set[str] = set()
        self.failed: set[str] = set()
        self.moved: set[str] = set()
        self.frozen: set[str] = set()
        self.filed_elsewhere = frozenset(record.filed_elsewhere)
        self.waived: Waived = ()
        self.may_fork = may_fork(request.jobs, beside_threads=request.beside_threads)

    def scan(self) -> None:
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
        due = [code for code in sorted((*codes, *lost)) if wanted is None or self._is_wanted(code, wanted)]
        self.scans.update(scan_all(root, due, may_fork=self.may_fork))
        self.codes = frozenset((*codes, *lost))

    def _is_wanted(self, code: str, wanted: Container[str]) -> bool:
        old = self.departments.get(code)
        return code in wanted or old is None or old.held

    def changed(self) -> list[str]:
        """The departments whose files, or whose day, may have changed since the last build."""
        return [code for code, scan in self.scans.items() if self._has_changed(code, scan)]

    def gone(self) -> set[str]:
        """Departments of the last build of which nothing is left, not even pages."""
        return set(self.record.departments) - self.codes

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
        if self.record.program != self.env.program or self.record.checks != self.env.checks:
            return True
        if self.request.moment < self.record.moment:
            return True
        moment = self.request.moment
        return any(day and day <= moment for day in (old.next_change_on, old.check_again_on))

    def scan_of(self, code: str) -> DepartmentScan:
        """The department's files, looked up now if nothing made us look before."""
        if code not in self.scans:
            self.scans[code] = scan_department(self.env.root, code)
        return self.scans[code]

    def task_of(self, code: str) -> FirstTask:
        """What reading the department means by now."""
        return FirstTask(self.scan_of(code), hold=code in self.held, blind=code in self.failed)

    def weight(self, code: str) -> int:
        scan = self.scans.get(code)
        if scan is None:
            return 1
        return (
            max(0, scan.catalog.size)
            + sum(min(item.size, 20_000) for item in scan.files if item.path.endswith(".md"))
            + 1
        )

    def walk(self, workers: Here | Pool, codes: Iterable[str]) -> LinkedSite:
        """Reads the departments `codes`; holds back those that clash with others and links again."""
        for code in self.gone() & set(self.departments):
            self.moved.add(code)
            del self.departments[code]
        self._read(workers, codes)
        for _ in range(ROUNDS):
            linked = self._link()
            clashes = [finding for finding in linked.findings if finding.code == SHARED_NUMBER.code]
            codes = {str(dict(finding.facts).get("code")) for finding in clashes} - self.held
            if not codes:
                break
            self.findings.extend(clashes)
            self.held |= codes
            self._read(workers, codes)
        return linked

    def _link(self) -> LinkedSite:
        with self.stats.stage("link"):
            headers, targets = self.headers(), CachedTargets(self.env)
            linked, after = link_departments(headers, targets, self.record.resolved, frozenset(self.moved))
            self.filed_elsewhere = _filed_elsewhere(linked)
            across = check_across(headers, targets, self.filed_elsewhere, self.env.new_context())
            found = (*linked.findings, *across)
            self.link_findings, self.resolved = tuple(self._of_current_files(found)), after
            return linked

    def _of_current_files(self, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """What a department that is held back shows is of its last release, and no clerk could mend it there."""
        held = {code for code, record in self.departments.items() if record.held}
        for finding in findings:
            file = finding.span.file
            if finding.code == SHARED_NUMBER.code or (file and department_of_file(file) not in held):
                yield finding

    def _read(self, workers: Here | Pool, codes: Iterable[str]) -> None:
        """The first walk; a department that brings a worker down is held back without being read."""
        jobs = [Job(code, self.task_of(code), self.weight(code)) for code in sorted(codes)]
        failed = []
        with self.stats.stage("read"):
            for job, outcome in workers.run(jobs):
                if isinstance(outcome, Failure):
                    self.note_failure(job.name, outcome)
                    failed.append(job.name)
                else:
                    self._take(outcome)
        if failed:
            self.held |= set(failed)
            self.failed |= set(failed)
            self._read(workers, failed)

    def note_failure(self, code: str, failure: Failure) -> None:
        span = Span(f"catalogs/{code}.yaml")
        site = self.env.site
        if failure.kind == "moved":
            self.findings.append(load_rules.MOVED.at(span, code=code))
            return
        if failure.kind == "death":
            self.findings.append(load_rules.WORKER_DIED.at(span, code=code))
            return
        zh, en, limit, key = {
            "time": ("时间", "time", f"{site.department_seconds} s", "部门时间上限"),
            "memory": ("内存", "memory", f"{site.department_megabytes} MB", "部门内存上限"),
        }[failure.kind]
        self.findings.append(load_rules.DEPARTMENT_LIMIT.at(span, code=code, what=zh, what_en=en, limit=limit, key=key))

    def _take(self, surveyed: Surveyed) -> None:
        result = surveyed.result
        old = self.departments.get(result.code)
        scan = self.scans[result.code]
        if result.header is None and old is not None and old.header is not None:
            self.frozen.add(result.code)
            self.departments[result.code] = msgspec.structs.replace(
                old, findings=result.findings, held=True, settled=False, waivers=result.waivers
            )
            return
        if old is None or old.corpus != surveyed.corpus or old.header != result.header:
            self.moved.add(result.code)
        self.departments[result.code] = DepartmentRecord(
            scan.fingerprint,
            # what is held back depends on the release before, too: it is read again every time
            scan.is_settled(self.looked_at) and not (result.torn or result.held or result.code in self.held),
            result.header,
            result.findings,
            result.held,
            surveyed.corpus,
            b"" if old is None or old.corpus != surveyed.corpus else old.key,
            "" if old is None else old.next_change_on,
            "" if old is None else old.manifest,
            () if old is None else old.later_findings,
            result.waivers,
            result.check_again_on,
            () if old is None else old.tags,
        )

    def headers(self) -> dict[str, Header]:
        return {code: record.header for code, record in sorted(self.departments.items()) if record.header is not None}

    def totals(self) -> tuple[int, int]:
        briefs = [header.brief for header in self.headers().values()]
        return sum(brief.entries for brief in briefs), sum(brief.documents for brief in briefs)

    def all_findings(self, more: Iterable[Diagnostic] = ()) -> tuple[Diagnostic, ...]:
        """Everything found in this build, and what stands from earlier ones; `more` is of the shared pages.

        Without what is waived (`waived` has it), without the emptiness of entries that other departments fill, and, where
        nothing is new in the whole site, without saying so of each department.
        Personal numbers in what they quote are hidden; in what departments found, when they were read.
        """
        stale = any(finding.code == SITE_STALE.code for finding in self.link_findings)
        filed = {(file, hide_numbers(entry_id)) for file, entry_id in self.filed_elsewhere}
        own = [
            finding
            for record in self.departments.values()
            for finding in record.findings
            if not (finding.code == EMPTY_ENTRY.code and _entry_of(finding) in filed)
            and not (stale and finding.code == HOME_STALE.code)
        ]
        later = (finding for record in self.departments.values() for finding in record.later_findings)
        placed = [waiver for record in self.departments.values() for waiver in record.waivers]
        others = map(hide_in_finding, (*self.findings, *more, *self.scan_findings, *later, *self.link_findings))
        kept, self.waived = split_waived(sort_findings((*own, *others)), placed, self.env.site)
        return kept


def _entry_of(finding: Diagnostic) -> tuple[str, str]:
    """The entry of an `EMPTY_ENTRY`, by catalogue file and id as it is shown."""
    return (finding.span.file, str(dict(finding.facts)["id"]))


def _filed_elsewhere(linked: LinkedSite) -> frozenset[tuple[str, str]]:
    """Entries, by catalogue file and id, under which another department has put a document."""
    found = set()
    for neighbours in linked.neighbours.values():
        for item in neighbours.incoming:
            if item.target.startswith("e:"):
                _, code, entry_id = item.target.split(":", 2)
                found.add((f"catalogs/{code}.yaml", entry_id))
    return frozenset(found)
