"""Neither the number of workers nor the order in which they finish nor the order of files on disk changes a byte."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from pathlib import Path
from random import Random

import pytest

from tests.model_sites import ModelSite, build_model, tree_of
from zwgk_site.pipeline import build as pipeline_build
from zwgk_site.pipeline import workers

REPOSITORY = Path(__file__).parents[2]
COLUMN = ("catalogs", "content", "site.yaml")


@pytest.fixture
def pools(monkeypatch):
    """How many workers each build really started."""
    started = []
    begin = workers.Pool.__init__

    def count(self, number, *arguments, **named):
        started.append(number)
        begin(self, number, *arguments, **named)

    monkeypatch.setattr(workers.Pool, "__init__", count)
    return started


def copy_column(root: Path, *, order: Random | None = None) -> Path:
    """The sample column in another place, its files created in another order."""
    files = [
        file
        for name in COLUMN
        for file in sorted([REPOSITORY / name, *(REPOSITORY / name).rglob("*")])
        if file.is_file()
    ]
    if order:
        order.shuffle(files)
    for file in files:
        target = root / file.relative_to(REPOSITORY)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, target)
    return root


class Sample:
    """The sample column of this repository as a site to build."""

    root = REPOSITORY


def test_any_number_of_workers_builds_the_sample_column_alike(tmp_path, pools, monkeypatch):
    monkeypatch.setattr(pipeline_build, "FORK_BYTES", 0)
    build_model(Sample, tmp_path / "one/public", jobs=1)
    expected = tree_of(tmp_path / "one/public")
    assert pools == []
    for jobs in (2, 3):
        output = tmp_path / f"{jobs}/public"
        built = build_model(Sample, output, jobs=jobs)
        assert tree_of(output) == expected
        assert not built.value.held
    assert pools == [2, 3]


def test_the_order_of_files_on_disk_does_not_matter(tmp_path):
    build_model(Sample, tmp_path / "one/public", jobs=1)
    site = ModelSite(copy_column(tmp_path / "site", order=Random(4)))
    build_model(site, tmp_path / "two/public", jobs=1)
    assert tree_of(tmp_path / "two/public") == tree_of(tmp_path / "one/public")


def test_the_order_in_which_departments_are_done_does_not_matter(tmp_path, monkeypatch):
    build_model(Sample, tmp_path / "one/public", jobs=1)
    do_all = workers.Here.run

    def backwards(self, jobs):
        return do_all(self, sorted(jobs, key=lambda job: job.name, reverse=True))

    monkeypatch.setattr(workers.Here, "run", backwards)
    build_model(Sample, tmp_path / "two/public", jobs=1)
    assert tree_of(tmp_path / "two/public") == tree_of(tmp_path / "one/public")


def large_site(root: Path, departments: int, entries: int, documents: int) -> ModelSite:
    """Departments of unlike sizes that refer to one another, large enough for workers."""
    dice = Random(7)
    site = ModelSite(root)
    site.settings["域名"] = "https://www.example.gov.cn"
    for number in range(departments):
        code = f"bm{number:02}"
        prefix = f"{number:09}"
        department = site.department(code, f"试验县第{number}局", 组织机构代码=prefix)
        for place in range(entries):
            department.entry(f"E-{place:03}", f"第{place}项", 领域=dice.choice(("卫生健康", "义务教育")), 五公开="服务")
        for place in range(documents + number % 3):
            other = f"bm{dice.randrange(departments):02}"
            text = "\n\n".join(f"第{line}条　" + "应当依法公开政府信息。" * dice.randint(5, 25) for line in range(18))
            department.document(
                f"2026/wj{place}",
                f"第{number}局文件{place}",
                text + f"\n\n见[文件](../../{other}/2026/wj0.md)。\n",
                索引号=f"{prefix}/2026-{place + 1:05}",
                发布日期=f"2026-{dice.randint(1, 9):02}-{dice.randint(1, 28):02}",
                条目=[f"E-{dice.randrange(entries):03}", f"{other}:E-000"],
                关联={dice.choice(("依据", "修改", "相关")): [f"{other}:wj{dice.randrange(documents)}"]},
            )
    site.write()
    return site


def test_workers_start_by_themselves_for_a_large_site_and_change_nothing(tmp_path, pools):
    site = large_site(tmp_path / "site", departments=9, entries=6, documents=45)
    assert sum(file.stat().st_size for file in site.root.rglob("*.md")) > pipeline_build.FORK_BYTES
    found = []
    for jobs in (1, 2, 4):
        output = tmp_path / f"{jobs}/public"
        built = build_model(site, output, jobs=jobs)
        found.append((tree_of(output), built.findings))
    assert pools == [2, 4]
    assert found[0] == found[1] == found[2]
    assert len(found[0][0]) > 450

    department = site.departments["bm03"]
    department.head["名称"] = "试验县更名局"
    site.settings["全站提示"] = "提示一变，每页都要重做。"
    site.write()
    after = []
    for jobs in (1, 2, 4):
        output = tmp_path / f"{jobs}/public"
        build_model(site, output, jobs=jobs)
        after.append(tree_of(output))
    assert after[0] == after[1] == after[2]


def test_no_worker_is_left_behind(tmp_path, pools, monkeypatch):
    monkeypatch.setattr(pipeline_build, "FORK_BYTES", 0)
    before = {process.pid for process in multiprocessing.active_children()}
    begun = []
    start = multiprocessing.process.BaseProcess.start

    def noted(self):
        start(self)
        begun.append(self.pid)

    monkeypatch.setattr(multiprocessing.process.BaseProcess, "start", noted)
    build_model(Sample, tmp_path / "public", jobs=2)
    assert pools == [2]
    assert len(begun) == 2
    assert {process.pid for process in multiprocessing.active_children()} <= before
    for process in begun:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
