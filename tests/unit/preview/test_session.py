"""The loop of a preview: what fails is told and tried again; time passes."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.sites import build as build_whole
from tests.sites import write_file, write_site
from zwgk_site.diagnostics import Checked
from zwgk_site.pipeline.build import Release
from zwgk_site.preview import session as session_module
from zwgk_site.preview.changes import Batch
from zwgk_site.preview.live import Live
from zwgk_site.preview.session import EVERYTHING, Rebuilt, Session, ended_by_signals, leave_whole
from zwgk_site.stages.publish import SITE_MANIFEST_URL, MachineError, apply, read_only_output, verify_output
from zwgk_site.stages.publish.folder import move_file, write_whole
from zwgk_site.stages.publish.machine import DISK_FULL, refuse

Answer = Callable[[], Checked[Release | None]]
BATCH = Batch(("content/wjj/a.md",))


class Builder:
    """A build whose outcome is given by the test; it keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Batch] = []
        self.outcome: Release | Exception | None = release()

    def __call__(self, batch: Batch) -> Checked[Release | None]:
        self.asked.append(batch)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return Checked(self.outcome, ())


def release(**more: Any) -> Release:
    return Release(1, 2, 0, 0, 1, (), 1, 1, urls=("a.html",), **more)


@pytest.fixture
def builder() -> Builder:
    return Builder()


@pytest.fixture
def told() -> list[Rebuilt]:
    return []


@pytest.fixture
def live() -> Live:
    return Live("zh")


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    file = tmp_path / SITE_MANIFEST_URL
    write_file(file, "1")
    return file


@pytest.fixture
def session(builder: Builder, live: Live, told: list[Rebuilt], tmp_path: Path, manifest: Path) -> Session:
    assert manifest.is_file()
    return Session(builder, live, told.append, tmp_path)


def publish(manifest: Path) -> None:
    write_whole(manifest, b"another")


def test_what_a_failed_build_has_not_seen_the_next_one_looks_for(session: Session, builder: Builder) -> None:
    session.begin()
    session.build(BATCH)
    builder.outcome = None
    session.build(BATCH)
    builder.outcome = release()
    session.build(BATCH)
    session.build(BATCH)
    assert [batch.everything for batch in builder.asked] == [True, False, False, True, False]


def test_a_fault_of_ours_ends_no_preview(session: Session, builder: Builder, told: list[Rebuilt]) -> None:
    builder.outcome = ZeroDivisionError("x")
    session.build(BATCH)
    assert [finding.code for finding in told[-1].findings] == ["ZW734"]
    assert told[-1].release is None
    assert session._due() is None  # the same input would fail the same way


def test_a_fault_of_the_machine_is_told_and_tried_again(
    session: Session, builder: Builder, told: list[Rebuilt], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "AGAIN_SECONDS", -1.0)
    builder.outcome = refuse(DISK_FULL, "/x", reason="full")
    session.build(BATCH)
    assert told[-1].findings[0].code == "ZW702"
    assert session._due() == EVERYTHING


def test_what_another_process_has_published_is_told_as_perhaps_all(
    session: Session, builder: Builder, live: Live, manifest: Path
) -> None:
    session.begin()
    since = live.build()
    publish(manifest)
    builder.outcome = msgspec.structs.replace(release(), urls=())  # nothing was left to do
    session.build(BATCH)
    assert live.news(since).urls is None
    since = live.build()
    session.build(BATCH)
    assert live.news(since).urls == ()


def test_what_has_been_published_while_a_build_failed_is_told(
    builder: Builder, live: Live, told: list[Rebuilt], tmp_path: Path, manifest: Path
) -> None:
    def build(batch: Batch) -> Checked[Release | None]:
        publish(manifest)
        return builder(batch)

    session = Session(build, live, told.append, tmp_path)
    session.begin()
    since = live.build()
    builder.outcome = refuse(DISK_FULL, "/x", reason="full")
    session.build(BATCH)
    assert live.news(since).urls is None
    since = live.build()
    builder.outcome = release()
    session.build(BATCH)
    assert live.news(since).urls == ("a.html",)


def test_the_first_build_fails_loudly(session: Session, builder: Builder) -> None:
    builder.outcome = refuse(DISK_FULL, "/x", reason="full")
    with pytest.raises(MachineError):
        session.begin()


def test_a_day_that_changes_pages_is_not_missed(
    session: Session, builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = ["2026-11-21 09:59"]
    monkeypatch.setattr(session_module, "current_moment", lambda: moment[0])
    builder.outcome = release(changes_on="2026-11-21 10:00")
    session.begin()
    assert session._due() is None
    moment[0] = "2026-11-21 10:00"
    assert session._due() == EVERYTHING

    builder.outcome = release(changes_on="2026-12-01")
    session.build(EVERYTHING)
    moment[0] = "2026-11-21 23:59"
    assert session._due() is None
    moment[0] = "2026-11-22 00:00"
    assert session._due() == EVERYTHING


def test_a_day_given_by_hand_does_not_pass(
    builder: Builder, told: list[Rebuilt], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(builder, Live("zh"), told.append, tmp_path, is_dated=True)
    monkeypatch.setattr(session_module, "current_moment", lambda: "2026-11-21 09:00")
    session.begin()
    monkeypatch.setattr(session_module, "current_moment", lambda: "2027-01-01 09:00")
    assert session._due() is None


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_whatever_ends_a_program_ends_it_as_ctrl_c_does(name: str) -> None:
    before = signal.getsignal(getattr(signal, name))
    with pytest.raises(KeyboardInterrupt), ended_by_signals():
        signal.raise_signal(getattr(signal, name))
    assert signal.getsignal(getattr(signal, name)) == before


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="only POSIX knows SIGHUP")
def test_a_preview_that_is_to_outlive_its_terminal_does() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ended_by_signals():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_what_was_being_put_in_place_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C in the middle of publishing: afterwards the output is the new release, not a mixture."""
    root, out = write_site(tmp_path / "site", {"wjj": {}, "jyj": {}}), tmp_path / "out"
    build_whole(root, out)
    write_site(root, documents={f"wjj/{number}.md": {} for number in range(5)})
    left = [3]

    def move(source: str, target: str) -> None:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        move_file(source, target)

    monkeypatch.setattr(apply, "move_file", move)
    with pytest.raises(KeyboardInterrupt):
        build_whole(root, out)
    monkeypatch.undo()
    output = read_only_output(out)
    assert list(verify_output(output))
    handlers = {number: signal.getsignal(number) for number in session_module._ending_signals()}
    try:
        leave_whole(out)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert list(verify_output(output)) == []
