"""Half of a large scan is done by a second process: the same is found, and nothing is lost when that one fails."""

from __future__ import annotations

import os
import sys

import pytest

from tests.sites import write_site
from zwgk_site.pipeline import scanning
from zwgk_site.stages.load.scan import scan_department, scan_departments

CODES = [f"d{number:02d}" for number in range(12)]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr(scanning, "ENOUGH", 4)
    root = write_site(tmp_path / "site", {code: {} for code in CODES})
    for code in CODES:
        for number in range(3):
            file = root / "content" / code / "2026" / f"{number}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{code} {number}", "utf-8")
    (root / "content/d03/link").symlink_to("/")
    return root


def plainly(root):
    return {code: scan_department(root, code) for code in CODES}


@pytest.mark.parametrize("may_fork", [True, False])
def test_the_same_is_found_in_the_same_order(site, may_fork):
    assert list(scan_departments(site).value) == CODES
    found = scanning.scan_all(site, CODES, may_fork=may_fork)
    assert found == plainly(site)
    assert list(found) == CODES
    assert found["d03"].findings


def test_a_helper_that_dies_is_made_up_for(site, monkeypatch):
    here = os.getpid()

    def dies(root, code):
        if os.getpid() != here:
            os._exit(9)
        return scan_department(root, code)

    monkeypatch.setattr(scanning, "scan_department", dies)
    assert scanning.scan_all(site, CODES, may_fork=True) == plainly(site)


def test_where_no_process_can_be_had_all_is_done_here(site, monkeypatch):
    def refuse():
        raise OSError(11, "no more processes")

    monkeypatch.setattr(os, "fork", refuse)
    assert scanning.scan_all(site, CODES, may_fork=True) == plainly(site)


def test_no_helper_is_left_behind(site, monkeypatch):
    begun = []
    fork = os.fork

    def noted():
        process = fork()
        begun.append(process)
        return process

    monkeypatch.setattr(os, "fork", noted)
    scanning.scan_all(site, CODES, may_fork=True)
    (process,) = begun
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
