"""Every change of the input is noticed: by the system's messages, and by looking where there are none."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.previews import replace_file
from tests.sites import write_site
from zwgk_site.diagnostics import Diagnostic
from zwgk_site.preview import watch as watch_module
from zwgk_site.preview.changes import Batch
from zwgk_site.preview.events import SystemEvents
from zwgk_site.preview.snapshot import take_snapshot
from zwgk_site.preview.watch import SiteWatch

SECONDS = 10.0


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", {"wjj": {}}, {"wjj/2026/a.md": {}, "wjj/b.md": {}})


class Watched:
    """A watch with what it told."""

    def __init__(self, site: Path) -> None:
        self.told: list[Diagnostic] = []
        self.watch = SiteWatch(site, take_snapshot(site), self.told.append)
        self.watch.start()
        assert self.watch.wait(0.2) is None

    def batch(self) -> Batch:
        found = self.watch.wait(SECONDS)
        assert found is not None
        return found

    def codes(self) -> list[str]:
        return [finding.code for finding in self.told]


@pytest.fixture
def watched(site: Path) -> Iterator[Watched]:
    made = Watched(site)
    yield made
    made.watch.stop()


@pytest.fixture
def deaf(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """A watch on a disk from which no message comes, as from a network drive."""
    monkeypatch.setattr(SystemEvents, "start", lambda _self: "")
    monkeypatch.setattr(watch_module, "WATCHED_SECONDS", 0.3)
    made = Watched(site)
    yield made
    made.watch.stop()


def test_an_edit_is_heard_of_at_once_with_its_path(site: Path, watched: Watched) -> None:
    file = site / "content/wjj/b.md"
    started = time.monotonic()
    file.write_text("b", "utf-8")
    assert watched.batch() == Batch((str(file),))
    assert time.monotonic() - started < 2


def test_an_atomic_save_is_one_change_of_the_file_itself(site: Path, watched: Watched) -> None:
    file = site / "content/wjj/2026/a.md"
    replace_file(file, "a")
    assert watched.batch() == Batch((str(file),))
    assert watched.watch.wait(0.3) is None


def test_settings_and_every_input_folder_are_watched(site: Path, watched: Watched) -> None:
    for name in ("site.yaml", "wording.yaml", "catalogs/wjj.yaml"):
        (site / name).write_text("x", "utf-8")
        assert str(site / name) in watched.batch().paths


def test_folders_that_come_later_are_watched(site: Path, watched: Watched) -> None:
    for folder in ("overrides/templates", "content/wjj/2027/附件"):
        (site / folder).mkdir(parents=True)
        watched.batch()
        (site / folder / "x.html").write_text("x")
        assert str(site / folder / "x.html") in watched.batch().paths


def test_a_folder_that_was_deleted_and_made_again_is_watched(site: Path, watched: Watched) -> None:
    """As a checkout of another branch does it."""
    kept = site.parent / "kept"
    for _ in range(2):
        shutil.copytree(site / "content", kept)
        shutil.rmtree(site / "content")
        watched.batch()
        shutil.move(kept, site / "content")
        watched.batch()
        while watched.watch.wait(0.4) is not None:
            pass
        file = site / "content/wjj/2026/a.md"
        file.write_text("again", "utf-8")
        assert str(file) in watched.batch().paths


def test_the_output_and_left_overs_wake_nobody(site: Path, watched: Watched) -> None:
    for path in (
        "public/index.html",
        ".public.zwgk/cache/site",
        "content/wjj/.b.md.swp",
        "content/wjj/b.md~",
        "体检.xlsx",
    ):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text("x")
    assert watched.watch.wait(0.5) is None


def test_reading_wakes_nobody(site: Path, watched: Watched) -> None:
    for _ in range(3):
        (site / "content/wjj/b.md").read_bytes()
        list((site / "content/wjj").iterdir())
    assert watched.watch.wait(0.3) is None


def test_a_storm_is_few_batches(site: Path, watched: Watched) -> None:
    for number in range(3000):
        (site / f"content/wjj/2026/{number}.md").write_text("x")
    batches = [watched.batch()]
    while (batch := watched.watch.wait(0.8)) is not None:
        batches.append(batch)
    assert batches[-1].everything
    assert len(batches) <= 5


def test_a_change_before_the_watch_began_is_found(site: Path) -> None:
    """The first build takes its time; what is saved meanwhile must not be missed."""
    before = take_snapshot(site)
    (site / "content/wjj/2026/a.md").write_text("meanwhile", "utf-8")
    told: list[Diagnostic] = []
    watch = SiteWatch(site, before, told.append)
    watch.start()
    try:
        found = watch.wait(SECONDS)
        assert found is not None
        assert str(site / "content/wjj/2026") in found.paths
        assert not told
    finally:
        watch.stop()


def test_without_messages_changes_are_found_by_looking_and_it_is_said_once(site: Path, deaf: Watched) -> None:
    for number in range(3):
        (site / "content/wjj/2026/a.md").write_text(f"{number}", "utf-8")
        assert str(site / "content/wjj/2026") in deaf.batch().paths
        deaf.watch.wait(1.2)
    assert deaf.codes() == ["ZW732"]
    assert "content/wjj/2026" in deaf.told[0].message("zh")


def test_a_message_that_comes_late_is_no_reason_to_look_more_often(site: Path, deaf: Watched) -> None:
    file = site / "content/wjj/2026/a.md"
    file.write_text("x", "utf-8")
    assert deaf.batch().paths
    deaf.watch._hear(str(file))
    assert deaf.batch().paths == (str(file),)
    assert deaf.watch.wait(1.5) is None
    assert deaf.codes() == []


def test_a_look_that_comes_before_the_message_waits_for_the_name_of_the_file(site: Path, deaf: Watched) -> None:
    """A busy machine sends its messages late; one save is one change all the same."""
    file = site / "content/wjj/2026/a.md"
    threading.Timer(0.15, deaf.watch._hear, [str(file)]).start()
    file.write_text("x", "utf-8")
    other = site / "content/wjj/b.md"
    deaf.watch._next_look = 0.0
    assert deaf.batch() == Batch((str(file),))
    assert deaf.watch.wait(0.5) is None
    threading.Timer(0.15, deaf.watch._hear, [str(file)]).start()
    other.write_text("x", "utf-8")
    deaf.watch._next_look = 0.0
    assert deaf.batch() == Batch((str(file), str(site / "content/wjj")))


def test_a_message_about_one_catalogue_hides_no_change_of_another(site: Path, deaf: Watched) -> None:
    """They lie in one folder, and belong to different departments."""
    (site / "catalogs/jyj.yaml").write_text("x", "utf-8")
    threading.Timer(0.1, deaf.watch._hear, [str(site / "catalogs/wjj.yaml")]).start()
    deaf.watch._next_look = 0.0
    assert deaf.batch().paths == (str(site / "catalogs/wjj.yaml"), str(site / "catalogs"))


def test_messages_that_come_are_no_reason_to_look_more_often(
    site: Path, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_module, "WATCHED_SECONDS", 0.1)
    end = time.monotonic() + 2
    while time.monotonic() < end:
        (site / "content/wjj/b.md").write_text(str(time.monotonic()), "utf-8")
        watched.batch()
        watched.watch.wait(0.12)
    assert watched.codes() == []


def test_where_the_system_refuses_it_is_said_and_folders_are_looked_at(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from watchdog.observers import Observer

    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "schedule", refuse)
    watched = Watched(site)
    try:
        assert watched.codes() == ["ZW731"]
        assert "inotify watch limit reached" in watched.told[0].message("zh")
        (site / "site.yaml").write_text("x", "utf-8")
        assert watched.batch().paths
    finally:
        watched.watch.stop()


def test_when_messages_are_lost_everything_is_looked_at(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_module, "WATCHED_SECONDS", 0.1)
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed; filesystem events were lost")
    assert watched.batch().everything
    for _ in range(20):
        if not watched.codes():
            watched.watch.wait(0.2)
    assert watched.codes() == ["ZW733"]


def test_a_watch_that_has_ended_hears_nothing(site: Path) -> None:
    watched = Watched(site)
    watched.watch.stop()
    watched.watch.stop()
    (site / "site.yaml").write_text("x", "utf-8")
    assert watched.watch._pending.take(0.3) is None
