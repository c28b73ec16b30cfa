"""The checks of a large department run beside the rest: the same is found, whatever becomes of the second process."""

from __future__ import annotations

import os
import sys

import pytest

from tests.sites import build, entry, write_site
from zwgk_site.pipeline import check, checks
from zwgk_site.pipeline.request import BuildRequest
from zwgk_site.stages.publish.folder import state_of


@pytest.fixture
def site(tmp_path):
    catalog = {"目录": [entry("wjj", number, 公开时限="尽快吧" if number % 2 else "及时") for number in range(1, 9)]}
    return write_site(tmp_path / "site", {"wjj": catalog}, {"wjj/a.md": {"标题": "通知"}, "wjj/b.md": {"标题": "通知"}})


@pytest.fixture
def begun(monkeypatch):
    if sys.platform != "linux":
        pytest.skip("elsewhere no process is forked")
    monkeypatch.setattr(checks, "LARGE", 2)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})
    processes = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: processes.append(fork()) or processes[-1])
    return processes


def look(site, jobs):
    return check.check_site(BuildRequest(site, site.parent / "out", "2026-11-21 09:00", jobs=jobs))


def test_the_same_is_found_in_the_same_order(site, begun):
    alone = look(site, 1)
    assert not begun
    beside = look(site, 2)
    assert len(begun) == 1
    assert beside == alone
    assert len(alone.findings) > 6
    with pytest.raises(ProcessLookupError):
        os.kill(begun[0], 0)


def test_a_second_process_that_dies_is_made_up_for(site, begun, monkeypatch):
    alone = look(site, 1)
    here, run = os.getpid(), checks.check_department

    def dies(holdings, context):
        if os.getpid() != here:
            os._exit(9)
        return run(holdings, context)

    monkeypatch.setattr(checks, "check_department", dies)
    assert look(site, 2) == alone
    assert begun


def test_what_fails_here_ends_the_second_process(site, begun, monkeypatch):
    def broken(*_arguments):
        raise ZeroDivisionError

    monkeypatch.setattr("zwgk_site.pipeline.first.assign_urls", broken)
    monkeypatch.setattr(checks, "check_department", lambda *_: __import__("time").sleep(60))
    with pytest.raises(ZeroDivisionError):
        look(site, 2)
    with pytest.raises(ProcessLookupError):
        os.kill(begun[0], 0)


def test_nothing_of_a_department_that_is_refused_is_kept_for_the_others(tmp_path):
    """Even where its last release is damaged, so that nothing takes the place of what was worked out beside the checks."""
    root = write_site(tmp_path / "site", {"wjj": {}, "jyj": {}}, {"wjj/a.md": {"标题": "旧通知"}})
    build(root, tmp_path / "out")
    for lost in ("catalog.json", "documents.json"):
        (tmp_path / "out/data/wjj" / lost).unlink()
    write_site(root, documents={"wjj/a.md": {"标题": "新秘密通知"}, "wjj/b.md": {"标题": "坏的", "索引号": "不成样子"}})
    (root / "content/wjj/c.md").write_bytes(b"---\n\0\n")
    built = build(root, tmp_path / "out")
    assert any(finding.blocks for finding in built.findings)
    kept = [
        path.read_bytes()
        for path in (state_of(tmp_path / "out") / "cache/departments").glob("wjj.*")
        if path.suffix in (".targets", ".rows")
    ]
    assert kept
    assert not any("新秘密通知".encode() in data for data in kept)
