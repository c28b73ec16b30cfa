"""A build from beginning to end. Reading `build_site` is reading the architecture."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, sort_findings
from zwgk_site.pipeline.assembly import Assembly
from zwgk_site.pipeline.cache import CacheLost
from zwgk_site.pipeline.env import compile_checked
from zwgk_site.pipeline.prepare import prepare_build
from zwgk_site.pipeline.publication import Release, describe_release, publish_release
from zwgk_site.pipeline.record import MARKER, NOTHING_BEFORE, SiteRecord
from zwgk_site.pipeline.request import INPUT_FOLDERS
from zwgk_site.pipeline.searching import SearchIndex
from zwgk_site.pipeline.stats import Stats
from zwgk_site.pipeline.survey import ROUNDS, Survey
from zwgk_site.pipeline.tasks import KEPT_HERE, make_runner
from zwgk_site.pipeline.workers import Here, Pool
from zwgk_site.stages.publish import open_output, touched_folders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.pipeline.env import BuildEnv
    from zwgk_site.pipeline.request import BuildRequest
    from zwgk_site.stages.publish import OutputFolder

__all__ = ["Release", "build_site"]

FORK_BYTES = 3_000_000
"""Input below this is made in this process: starting workers costs more than it saves."""


def build_site(request: BuildRequest, stats: Stats | None = None) -> Checked[Release | None]:
    """Reads, checks, plans, renders and publishes; `None` when nothing could be published."""
    stats = stats or Stats()
    inputs = tuple(request.root / name for name in INPUT_FOLDERS)
    with open_output(request.output, inputs=inputs) as output:
        try:
            return _build_into(output, request, stats)
        except CacheLost:  # the mark of an unfinished build stands, so that the second try starts from nothing
            return _build_into(output, request, stats)


def _build_into(output: OutputFolder, request: BuildRequest, stats: Stats) -> Checked[Release | None]:
    with stats.stage("settings"):
        prepared = prepare_build(request, output)
    env = prepared.value
    if env is None:
        return prepared.replace(None)
    with stats.stage("scan"):
        survey = Survey(env, request, _last_record(env, request), stats)
        survey.findings.extend(prepared.findings)
        survey.scan()
        touched = touched_folders(output)
    if not _is_due(survey, touched):
        found = survey.all_findings(survey.record.shared_findings)
        return Checked(describe_release(survey), found)
    verify = {folder.split("/")[0] for folder in touched}
    jobs = _count_jobs(survey)
    beside = jobs == 1 and survey.may_fork
    with contextlib.closing(SearchIndex(survey, verify, beside=beside)) as search:
        faults = compile_checked(env.theme, env.cache)
        if isinstance(faults, tuple):
            faulty = tuple(fault.finding(env.theme) for fault in faults)
            return Checked(None, sort_findings((*prepared.findings, *faulty)))
        env.cache.put_bytes(MARKER, b"1")
        trusts = survey.record.program == env.program
        survey.env = msgspec.structs.replace(env, stage=output.new_stage(), trusts_pages=trusts, beside=beside)
        with _open_workers(survey, jobs) as workers:
            assembly = Assembly(survey, workers, search, verify)
            _walk_twice(survey, assembly)
    with stats.stage("publish"):
        return publish_release(survey, assembly)


def _last_record(env: BuildEnv, request: BuildRequest) -> SiteRecord:
    """What the last build left; nothing, if it came to no end or if another release is to be continued."""
    if env.cache.get_bytes(MARKER) is None and request.previous is None:
        record = env.cache.get("site", SiteRecord)
        if record is not None:
            return record
    return NOTHING_BEFORE


def _is_due(survey: Survey, touched: frozenset[str]) -> bool:
    """Whether there is anything to do at all."""
    record, env = survey.record, survey.env
    same = (
        record.moment[:10] == survey.request.today
        and record.shared == env.shared
        and record.assets == env.theme.assets_digest()
        and record.synonyms == env.synonyms
    )
    return bool(survey.changed() or touched or survey.gone() or not same or survey.request.compact)


def _walk_twice(survey: Survey, assembly: Assembly) -> None:
    """Map, reduce, map, reduce. A department that fails in the second walk is held back, and all is linked again."""
    codes = survey.changed()
    for _ in range(ROUNDS):
        failed = assembly.make_departments(survey.walk(assembly.workers, codes)) - survey.held
        if not failed:
            break
        survey.held |= failed
        codes = sorted(failed)
    with survey.stats.stage("shared"):
        assembly.make_shared()


def _count_jobs(survey: Survey) -> int:
    """How many processes the work is worth; 1 is this one alone."""
    env, record = survey.env, survey.record
    codes = survey.changed()
    fresh = [code for code in codes if code not in survey.departments or record.program != env.program]
    size = sum(survey.weight(code) for code in fresh) + FORK_BYTES // 60 * (len(codes) - len(fresh))
    everything = record.shared != env.shared and len(survey.scans) > 8
    return (survey.request.jobs or os.cpu_count() or 1) if size > FORK_BYTES or everything else 1


@contextlib.contextmanager
def _open_workers(survey: Survey, jobs: int) -> Iterator[Here | Pool]:
    """So many processes, or this one."""
    env = survey.env
    limits = env.limits()
    workers: Here | Pool
    if jobs > 1:
        workers = Pool(jobs, make_runner, env, limits, fresh=survey.request.beside_threads)
    else:
        workers = Here(make_runner(env, KEPT_HERE), limits)
    try:
        yield workers
    finally:
        workers.close()
