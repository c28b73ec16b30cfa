"""Killed at any step, every served file is its old or its new self, and the next build completes the change."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.unit.stages.publish.small_sites import LAST, NEW, OLD, all_bytes, build, publish, served, site, stage_site
from zwgk_site.stages.publish import apply_changes, open_output, roll_back

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")

STEPS = {
    "open",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.scandir",
    "os.truncate",
    "shutil.rmtree",
}
MANY = 2000

Work = Callable[[Callable[[], None]], None]


def killed_at(step: int, work: Work) -> bool:
    """Run `work` in a child that kills itself before its file operation number `step`; False when it ends before.

    Operations count from the moment at which `work` calls what it is given.
    """
    child = os.fork()
    if child == 0:
        left = None

        def begin() -> None:
            nonlocal left
            left = step

        def count(event: str, _: object) -> None:
            nonlocal left
            if left and event in STEPS:
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(count)
            work(begin)
            os._exit(0)
        except BaseException:  # noqa: BLE001 - the child must never return into pytest
            traceback.print_exc()
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def applying(output: Path, files: dict[str, bytes], **options) -> Work:
    """The apply phase of a build: it counts once the output is open and everything staged."""

    def work(begin):
        with open_output(output) as folder:
            stage, changes = stage_site(folder, files, **options)
            begin()
            apply_changes(folder, stage, changes, 5)

    return work


def assert_whole(output: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    now = served(output)
    assert now.keys() <= old.keys() | new.keys()
    for url, text in now.items():
        assert text in {old.get(url), new.get(url)}, url
    assert old.keys() & new.keys() <= now.keys()


def assert_in_order(output: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """New pages, then lists, then `last`, and only then the removals."""
    now = served(output)
    changed = {url for url, text in new.items() if old.get(url) != text}
    done = {url for url in changed if now.get(url) == new[url]}
    whole = {url for url in changed if url.startswith(("mzj/", "wjj/2027/"))}
    pages = {url for url in changed if not url.endswith("index.html") and url not in LAST}
    if done & {url for url in changed - whole if url.endswith("index.html")}:
        assert pages <= done
    if done & set(LAST):
        assert changed - set(LAST) <= done
    if (old.keys() - new.keys()) - now.keys():
        assert done == changed


def sweep(tmp_path: Path, prepare: Callable[[Path], Work]) -> Iterator[Path]:
    """For each step at which the same work can be killed, the output left behind."""
    for step in range(1, MANY):
        output = tmp_path / f"{step}/public"
        output.parent.mkdir()
        if not killed_at(step, prepare(output)):
            assert step > 20
            return
        yield output
    raise AssertionError


@pytest.mark.slow
@posix
def test_killed_while_applying_at_any_step(tmp_path):
    def prepare(output):
        build(output, OLD)
        return applying(output, NEW)

    completed = set()
    for output in sweep(tmp_path, prepare):
        assert_whole(output, OLD, NEW)
        assert_in_order(output, OLD, NEW)
        with open_output(output) as folder:
            completed.add(served(output) == NEW)
            assert served(output) in (OLD, NEW)
            publish(folder, NEW)
            assert served(output) == NEW
            assert not (output / "jyj").exists()
            assert roll_back(folder) == 1
            assert served(output) == OLD
    assert completed == {True, False}


@pytest.mark.slow
@posix
def test_killed_while_applying_the_first_release(tmp_path):
    def prepare(output):
        return applying(output, OLD)

    for output in sweep(tmp_path, prepare):
        assert_whole(output, {}, OLD)
        build(output, OLD)
        assert served(output) == OLD


def step_of_first_move(output: Path) -> int:
    """The first step after the journal was written."""
    for step in range(1, MANY):
        build(output, OLD)
        assert killed_at(step, applying(output, NEW))
        if (output.parent / ".public.zwgk/journal").exists():
            return step
        build(output, OLD)
    raise AssertionError


@pytest.mark.slow
@posix
def test_killed_while_recovering_at_any_step(tmp_path):
    """A journal just written, then the next build killed at every step of its own recovery, then a third one."""

    first_move = step_of_first_move(tmp_path / "measure/public")

    def prepare(output):
        build(output, OLD)
        assert killed_at(first_move, applying(output, NEW))

        def reopen(begin):
            begin()
            with open_output(output):
                pass

        return reopen

    for output in sweep(tmp_path, prepare):
        assert_whole(output, OLD, NEW)
        build(output, NEW)
        assert served(output) == NEW


SECRET = b"the name of a child"
WITH_SECRET = site(1, wjj__2026__7_html=SECRET, wjj__index_html=b"list: " + SECRET, jyj__2026__9_html=SECRET)
TAKEN_DOWN = site(3, wjj__2026__7_html=b"withdrawn", wjj__index_html=b"list")


@pytest.mark.slow
@posix
def test_killed_during_a_takedown_at_any_step(tmp_path):
    """Removals leave first, the store before them; once the journal stands, the next opening leaves no old byte."""

    def prepare(output):
        build(output, WITH_SECRET)
        build(output, WITH_SECRET | site(2, wjj__2026__7_html=SECRET + b"!", wjj__index_html=b"longer: " + SECRET))
        return applying(output, TAKEN_DOWN, takedown=True)

    for output in sweep(tmp_path, prepare):
        state = output.parent / ".public.zwgk"
        now = served(output)
        if any(now.get(url) == TAKEN_DOWN[url] for url in ("wjj/2026/7.html", "wjj/index.html", "data/release.json")):
            assert "jyj/2026/9.html" not in now
        if "jyj/2026/9.html" not in now:
            assert SECRET not in all_bytes(state)
        with open_output(output) as folder:
            publish(folder, TAKEN_DOWN, takedown=True)
        assert served(output) == TAKEN_DOWN
        assert SECRET not in all_bytes(state)
        assert b"9.html" not in all_bytes(state)


@pytest.mark.slow
@posix
def test_killed_during_a_roll_back_at_any_step(tmp_path):
    def prepare(output):
        build(output, OLD)
        build(output, NEW)
        build(output, site(3))

        def work(begin):
            with open_output(output) as folder:
                begin()
                roll_back(folder, 1)

        return work

    reached = set()
    for output in sweep(tmp_path, prepare):
        assert_whole(output, OLD, site(3))
        with open_output(output) as folder:
            assert served(output) in (OLD, site(3))
            reached.add(served(output) == OLD)
            if served(output) != OLD:
                assert roll_back(folder, 1) == 1
            assert served(output) == OLD
    assert reached == {True, False}


# --- the machine ------------------------------------------------------------------------------------------------------

PRELUDE = """
import sys
from pathlib import Path
from tests.unit.stages.publish.small_sites import OLD, NEW, build, publish, served, stage_site
from zwgk_site.stages.publish import MachineError, apply_changes, open_output, stage_file
output = Path(sys.argv[1]) / "public"
def code_of(act):
    try:
        act()
    except MachineError as error:
        return error.diagnostic.code, error.diagnostic.message(), error.diagnostic.message("en")
    raise AssertionError("no MachineError")
"""


def run_script(script: str, *arguments: str, prefix: tuple[str, ...] = ()) -> str:
    command = [*prefix, sys.executable, "-c", PRELUDE + textwrap.dedent(script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def private_mounts():
    """How to start a program that may mount a file system for itself alone."""
    for prefix in (("unshare", "-rm"), ("unshare", "-m")):
        try:
            probe = [*prefix, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
            if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
                return prefix
        except FileNotFoundError:
            break
    pytest.skip("this process may not mount")
    return ()


def test_a_full_disk_is_one_clear_message_and_leaves_the_old_site(private_mounts, tmp_path):
    run_script(
        """
        import subprocess
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", sys.argv[1]], check=True)
        build(output, OLD)
        big = dict(NEW, **{f"zrj/{n}.html": b"x" * 4000 for n in range(200)})
        code, chinese, english = code_of(lambda: build(output, big))
        assert code == "ZW702" and "磁盘空间不足" in chinese and "no space left" in english, chinese
        assert served(output) == OLD
        assert not any((output.parent / ".public.zwgk/stage").iterdir())  # the space is free again

        filler = Path(sys.argv[1]) / "filler"
        with open_output(output) as folder:
            stage, changes = stage_site(folder, NEW)
            with filler.open("wb", buffering=0) as file:
                try:
                    while file.write(b"x" * 4096):
                        pass
                except OSError:
                    pass
            assert code_of(lambda: apply_changes(folder, stage, changes, 5))[0] == "ZW702"
            assert served(output) == OLD
        filler.unlink()
        build(output, NEW)
        assert served(output) == NEW
        """,
        str(tmp_path),
        prefix=private_mounts,
    )


def test_a_read_only_disk_is_one_clear_message_and_leaves_the_old_site(private_mounts, tmp_path):
    run_script(
        """
        import subprocess
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", sys.argv[1]], check=True)
        build(output, OLD)
        subprocess.run(["mount", "-o", "remount,ro", sys.argv[1]], check=True)
        code, chinese, english = code_of(lambda: build(output, NEW))
        assert code == "ZW701" and "没有权限写入" in chinese, chinese
        assert served(output) == OLD
        """,
        str(tmp_path),
        prefix=private_mounts,
    )


def test_an_output_that_is_a_mount_point_is_refused(private_mounts, tmp_path):
    run_script(
        """
        import subprocess
        output.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(output)], check=True)
        assert code_of(lambda: build(output, OLD))[0] == "ZW704"
        assert served(output) == {}
        """,
        str(tmp_path),
        prefix=private_mounts,
    )


@posix
def test_a_quota_by_file_size_reads_as_a_full_disk(tmp_path):
    run_script(
        """
        import resource, signal
        build(output, OLD)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
        assert code_of(lambda: build(output, dict(NEW, **{"zrj/1.html": b"x" * 4000})))[0] == "ZW702"
        assert served(output) == OLD
        """,
        str(tmp_path),
    )


def test_a_state_folder_that_cannot_be_made_is_one_clear_message(tmp_path):
    (tmp_path / ".public.zwgk").write_bytes(b"a file where a folder should be")
    run_script('assert code_of(lambda: build(output, OLD))[0] in {"ZW710", "ZW715"}', str(tmp_path))
    assert not any((tmp_path / "public").glob("*"))
