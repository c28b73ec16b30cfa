"""What a worker can do: survey a department, make a department, make a list. Keeps what it has read between walks."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

import msgspec

from zwgk_site.model.exports import PolicyRow, StoredRow
from zwgk_site.pipeline.first import FirstResult, FirstTask, Standing, survey_department
from zwgk_site.pipeline.index_build import IndexTask, Written, run_index_task
from zwgk_site.pipeline.second import Changes, FileMaker, Pages, SecondResult, SecondTask, frames_of, make_department
from zwgk_site.stages.plan import POLICY_LIST, plan_list, plan_policies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zwgk_site.model.plan import LazyPage, PagePlan
    from zwgk_site.pipeline.env import BuildEnv

KEPT_RECORDS = 6_000
KEPT_HERE = 60_000


class Surveyed(msgspec.Struct, frozen=True):
    """The first walk's result with the digest of what will be planned."""

    result: FirstResult
    corpus: bytes


class ListTask(msgspec.Struct, frozen=True):
    """One site-wide list, named as in `Exports.lists`; its rows stand in the cache. No rows: the list is gone."""

    name: str
    verify: bool = False
    again: bool = False


class ListResult(msgspec.Struct, frozen=True):
    """What making a list changed."""

    name: str
    changes: Changes
    findings: tuple[Any, ...] = ()


def make_runner(env: BuildEnv, kept_records: int = KEPT_RECORDS) -> Callable[[Any], Any]:
    """The function that carries out tasks in this process, holding at most so many records between the walks."""
    hands: dict[str, Standing | None] = {}
    weight = [0]

    def run(task: Any) -> Surveyed | SecondResult | ListResult | Written:
        if isinstance(task, FirstTask):
            result, standing = survey_department(env, task)
            size = len(standing.corpus.entries) + len(standing.corpus.documents) if standing else 0
            if weight[0] + size <= kept_records:
                weight[0] += size
                hands[task.scan.code] = standing
            else:
                hands.pop(task.scan.code, None)
            return Surveyed(result, standing.digest() if standing else b"")
        if isinstance(task, SecondTask):
            return make_department(env, task, hands.get(task.first.scan.code))
        if isinstance(task, IndexTask):
            return run_index_task(env, task)
        return make_list(env, task)

    return run


def list_slug(name: str) -> str:
    """The folder of a list, `fields/f05`, out of its name."""
    return name.partition("|")[0]


def list_stem(name: str) -> str:
    """Where the cache keeps the table of a list's pages."""
    return f"shared/{list_slug(name).replace('/', '-')}.pages"


MAIN_STEM = "shared/main.pages"
"""Where the cache keeps the table of the shared pages that are no list."""


def list_rows(name: str) -> str:
    """Where the cache keeps a list's rows."""
    return f"lists/{list_slug(name).replace('/', '-')}"


def _plan_of(env: BuildEnv, name: str) -> Iterator[PagePlan | LazyPage]:
    """The pages of a list; those on policies are there even while there is none."""
    if name == POLICY_LIST:
        policies = env.cache.get(list_rows(name), dict[str, tuple[PolicyRow, ...]]) or {}
        yield from plan_policies(env.site, [row for rows in policies.values() for row in rows])
        return
    by_code = env.cache.get(list_rows(name), dict[str, tuple[StoredRow, ...]]) or {}
    rows = [row for rows in by_code.values() for row in rows]
    rows.sort(key=attrgetter("date", "code", "id"))
    if rows:
        yield from plan_list(env.site, name, rows)


def make_list(env: BuildEnv, task: ListTask) -> ListResult:
    """Plans, renders and stages the pages of one site-wide list."""
    stem = list_stem(task.name)
    before = env.cache.need(stem, Pages) if task.again else env.cache.get(stem, Pages) or {}

    maker = FileMaker(env, before, env.shared, frames_of(env), verify=task.verify)
    maker.make_all(_plan_of(env, task.name), lambda _plan: "")
    env.cache.keep(list_stem(task.name) + ".new", maker.after)
    return ListResult(task.name, maker.finish(), tuple(maker.findings))
