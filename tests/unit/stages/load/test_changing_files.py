"""Files that go, come and change between the look at the folders and the reading: nothing of it is remembered wrongly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.sites import document_text, write_site
from zwgk_site.pipeline.check import _prepare
from zwgk_site.pipeline.record import NOTHING_BEFORE
from zwgk_site.pipeline.request import BuildRequest
from zwgk_site.pipeline.stats import Stats
from zwgk_site.pipeline.survey import Survey
from zwgk_site.pipeline.tasks import KEPT_HERE, make_runner
from zwgk_site.pipeline.workers import Here, Limits
from zwgk_site.stages.load.department import LoadState, load_department
from zwgk_site.stages.load.scan import scan_department

DOCUMENT, ATTACHED, CATALOG = "content/wjj/2026/a.md", "content/wjj/2026/a.pdf", "catalogs/wjj.yaml"
OLD = 1_700_000_000_000_000_000


def titled(title: str) -> str:
    return document_text("wjj/2026/a.md", {"标题": title, "附件": ["a.pdf"]})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = write_site(tmp_path / "site", {"wjj": {}}, {"wjj/2026/a.md": {}})
    put(root, DOCUMENT, titled("甲通知"))
    put(root, ATTACHED, "%PDF-1.4 甲")
    put(root, CATALOG, (root / CATALOG).read_text("utf-8"))
    return root


def put(site: Path, file: str, text: str) -> None:
    """The file as a copying program leaves it: whatever it holds, size and time are those of its pattern."""
    (site / file).write_text(text, "utf-8")
    os.utime(site / file, ns=(OLD + len(text), OLD + len(text)))


def titles(root: Path, known: LoadState | None, away: str = "", other: str = "") -> tuple[list[str], LoadState]:
    """What is read where the file `away` is gone, or another, after the folders were looked at; then it comes back."""
    scan = scan_department(root, "wjj")
    whole = (root / away).read_text("utf-8") if away else ""
    if away:
        put(root, away, other) if other else (root / away).unlink()
    loaded = load_department(root, scan, known).value
    if away:
        put(root, away, whole)
    return [item.title + "".join(a.sha256[:6] for a in item.attachments) for item in loaded.documents], loaded.state


@pytest.mark.parametrize(
    ("away", "other"),
    [
        (DOCUMENT, ""),
        (DOCUMENT, titled("乙另外的通知")),
        (ATTACHED, ""),
        (ATTACHED, "%PDF-1.4 乙，长一些"),
    ],
)
def test_what_was_not_there_when_it_was_read_is_read_again(site: Path, away: str, other: str) -> None:
    right, settled = titles(site, None)
    assert not settled.torn
    wrong, torn = titles(site, None, away, other)
    assert torn.torn
    assert wrong != right
    again, after = titles(site, torn)
    assert again == right
    assert not after.torn


def test_a_catalogue_that_was_another_one_when_it_was_read(site: Path) -> None:
    _, state = titles(site, None, CATALOG, (site / CATALOG).read_text("utf-8") + "\n# 另一个\n")
    assert state.torn
    assert not titles(site, state)[1].torn


def test_such_a_department_is_looked_at_again_though_its_files_are_back(site: Path, tmp_path: Path) -> None:
    """In a draft too, which publishes what it can: there nothing is held back and so looked at in any case."""
    request = BuildRequest(site, tmp_path / "out", "2026-11-21 09:00", draft=True)
    (tmp_path / "state").mkdir()
    env = _prepare(request, tmp_path / "state").value
    assert env is not None
    survey = Survey(env, request, NOTHING_BEFORE, Stats())
    for is_there in (False, True):
        survey.scan()
        text = (site / DOCUMENT).read_text("utf-8")
        if not is_there:
            (site / DOCUMENT).unlink()
        survey.walk(Here(make_runner(env, KEPT_HERE), Limits(60, 1000)), ["wjj"])
        assert not survey.departments["wjj"].held
        assert survey.departments["wjj"].settled is is_there
        put(site, DOCUMENT, text)
