"""The second walk over all departments, and the pages that belong to none. Everything goes into the stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Diagnostic
from zwgk_site.pipeline.first import read_rows
from zwgk_site.pipeline.keys import department_key
from zwgk_site.pipeline.search_files import kept_files
from zwgk_site.pipeline.second import Changes, FileMaker, Pages, SecondTask, frames_of
from zwgk_site.pipeline.tasks import MAIN_STEM, ListTask, list_rows, list_stem, make_list
from zwgk_site.pipeline.workers import Failure, Here, Job, Pool
from zwgk_site.stages.plan import POLICY_LIST, plan_shared
from zwgk_site.stages.plan.front import SharedContext
from zwgk_site.text.pinyin import pinyin_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zwgk_site.model.exports import Header, LinkedSite
    from zwgk_site.pipeline.searching import SearchIndex
    from zwgk_site.pipeline.survey import Survey

KIOSK_ASSETS = "kiosk."
"""How the names of assets begin that serve a touch screen alone."""


class Assembly:
    """What has been made so far: changes, tables of pages that must replace the old ones, findings.

    `verify` are top-level folders of the output in which somebody else has been: nothing in them is trusted.
    """

    def __init__(self, survey: Survey, workers: Here | Pool, search: SearchIndex, verify: set[str]) -> None:
        self.survey, self.workers, self.search, self.verify = survey, workers, search, verify
        self.env, self.record = survey.env, survey.record
        self.changes = Changes()
        self.findings: list[Diagnostic] = []
        self.made: set[str] = set()
        self.stems: set[str] = set()
        self.pinyin: dict[str, str] = {}

    def broken(self) -> bool:
        """Whether a template has failed, in which case nothing can be published."""
        own = (finding for record in self.survey.departments.values() for finding in record.later_findings)
        return any(finding.code == "ZW510" for finding in (*self.findings, *own))

    def make_departments(self, linked: LinkedSite) -> set[str]:
        """Every department whose own data, neighbourhood, day or theme differs; those that failed."""
        survey, moment = self.survey, self.survey.request.moment
        keys = {
            code: department_key(self.env.shared, linked.neighbours[code])
            for code, record in survey.departments.items()
            if record.header is not None and code not in survey.frozen
        }
        jobs = []
        for code, key in keys.items():
            record = survey.departments[code]
            due = bool(record.next_change_on) and record.next_change_on <= moment
            look = bool(self.verify & {code, "data"}) or code not in self.record.departments
            index_all = self.search.lacks(code)
            same = record.key == key and not index_all
            if same and not due and not moment < self.record.moment and not look:
                continue
            first = survey.task_of(code)
            first = msgspec.structs.replace(first, checked=True, hold=first.hold or record.held)
            old = self.record.departments.get(code)
            again = old is not None and bool(old.manifest)
            task = SecondTask(first, linked.neighbours[code], look, again, index_all)
            jobs.append(Job(code, task, survey.weight(code)))
        failed = set()
        with survey.stats.stage("make"):
            for job, result in self.workers.run(jobs):
                if isinstance(result, Failure):
                    survey.note_failure(job.name, result)
                    failed.add(job.name)
                    continue
                self.made.add(job.name)
                self.changes.merge(result.changes)
                self.search.take(job.name, result.search)
                survey.departments[job.name] = msgspec.structs.replace(
                    survey.departments[job.name],
                    key=keys[job.name],
                    next_change_on=result.next_change_on,
                    manifest=result.manifest or survey.departments[job.name].manifest,
                    later_findings=result.findings,
                    tags=result.tags,
                )
        return failed

    def make_shared(self) -> None:
        """Lists across departments whose rows differ, and the pages over all departments."""
        self.search.begin(self.workers)
        headers = self.survey.headers()
        names = self._changed_lists(headers)
        if self.record.shared != self.env.shared or self.verify:
            names |= {POLICY_LIST, *(name for header in headers.values() for name in header.lists)}
        self._merge_lists(names, headers)
        self.stems |= {list_stem(name) for name in names}
        known = {name for old in self.record.departments.values() if old.header for name in old.header.lists}
        if self.record.shared:
            known.add(POLICY_LIST)
        jobs = [
            Job(f"list {name}", ListTask(name, verify=bool(self.verify), again=name in known)) for name in sorted(names)
        ]
        for job, outcome in self.workers.run(jobs):
            # a list is made of rows alone: what a worker could not do, for want of memory or time, is done here
            result = make_list(self.env, job.task) if isinstance(outcome, Failure) else outcome
            self.changes.merge(result.changes)
            self.findings.extend(result.findings)
        self._make_main(headers)

    def _changed_lists(self, headers: Mapping[str, Header]) -> set[str]:
        """Names of lists in which a changed department's rows differ from those of the last release."""
        names: set[str] = set()
        for code in self.survey.moved:
            old = self.record.departments.get(code)
            before = old.header.lists if old is not None and old.header is not None else {}
            after = headers[code].lists if code in headers else {}
            names |= {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        return names

    def _merge_lists(self, names: set[str], headers: Mapping[str, Header]) -> None:
        """The rows of each list by department, brought up to date in the cache."""
        moved = self.survey.moved
        merged: dict[str, dict[str, msgspec.Raw]] = {}
        whole = set()
        for name in names:
            known = self.env.cache.get(list_rows(name), dict[str, msgspec.Raw])
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
            self.env.cache.keep(list_rows(name), by_code)

    def _make_main(self, headers: Mapping[str, Header]) -> None:
        """Home, departments, facets, data, assets."""
        self.pinyin = {
            code: self.record.pinyin.get(header.brief.name) or pinyin_key(header.brief.name)
            for code, header in headers.items()
        }
        cache = self.env.cache
        before = cache.need(MAIN_STEM, Pages) if self.record.departments else cache.get(MAIN_STEM, Pages) or {}

        maker = FileMaker(self.env, before, self.env.shared, frames_of(self.env), verify=bool(self.verify))
        maker.make_all(plan_shared(SharedContext(self.env.site, headers, self.pinyin)), lambda _plan: "")
        for name, data in self.env.theme.assets:
            if name.startswith(KIOSK_ASSETS) and not self.env.site.kiosk:
                continue
            maker.put(f"assets/{name}", data, b"", is_list=False)
        self._make_search(maker)
        self.changes.merge(maker.finish())
        self.findings.extend(maker.findings)
        cache.keep(MAIN_STEM + ".new", maker.after)
        self.stems.add(MAIN_STEM)

    def _make_search(self, maker: FileMaker) -> None:
        """The browser's half, the tables of the whole site, and the index itself."""
        tables = {}
        with self.survey.stats.stage("search"):
            files = kept_files(self.env.cache, self.env.synonyms)
            for url, data in files.scripts:
                maker.put(url, data, b"", is_list=False)
            for kind, name, data in files.tables:
                tables[kind] = name
                maker.put(f"search/{name}.js", data, b"", is_list=False)
            self.search.finish(maker, self.changes, tables)
