"""A whole build killed at any moment, on a full or read-only disk, or beside another: the old site stands, the next build mends all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from random import Random

import pytest

from tests.model_sites import ModelSite, build_model, drop_cache, quick_folder, tree_of
from zwgk_site.stages.publish import open_output

REPOSITORY = Path(__file__).parents[2]
TODAY = "2026-11-21"
KILLS = int(os.environ.get("ZWGK_KILLS", "12"))
NAMES = ("试验县第三局", "试验县更名以后的局")
PATIENCE_SECONDS = 20
COMMAND = (sys.executable, "-m", "zwgk_site", "build")


def medium_site(root: Path) -> ModelSite:
    """About 600 pages in more text than one process is given."""
    dice = Random(11)
    site = ModelSite(root)
    site.settings["域名"] = "https://www.example.gov.cn"
    for number in range(6):
        code = f"bm{number}"
        department = site.department(
            code, NAMES[0] if number == 3 else f"试验县第{number}所", 组织机构代码=f"{number:09}"
        )
        for place in range(10):
            department.entry(f"E-{place:03}", f"第{place}项", 领域=dice.choice(("卫生健康", "义务教育")), 五公开="服务")
        for place in range(80):
            text = "".join(f"第{line}条　{'应当依法公开政府信息。' * dice.randint(5, 25)}\n\n" for line in range(14))
            department.document(
                f"2026/wj{place}",
                f"第{number}所文件{place}",
                f"{text}见[文件](../../bm3/2026/wj0.md)。\n",
                索引号=f"{number:09}/2026-{place + 1:05}",
                条目=[f"E-{place % 10:03}", "bm3:E-000"],
                联合发文机关=[NAMES[0]],
            )
    return site


def rename(site: ModelSite, turn: int) -> None:
    """The edit that touches many pages: a department that all others speak of changes its name, and the notice on top."""
    site.departments["bm3"].head |= {"名称": NAMES[turn], "曾用名": [NAMES[1 - turn]]}
    site.settings["全站提示"] = f"第{turn}次提示" if turn else None
    site.write()


@pytest.fixture(scope="module")
def medium():
    """The site, an output in its first state, both states as clean builds make them, and how long the change takes."""
    with quick_folder() as folder:
        site = medium_site(folder / "site")
        trees = []
        for turn in (0, 1):
            rename(site, turn)
            output = folder / f"clean{turn}/public"
            build_model(site, output, TODAY, jobs=2, previous=folder / "clean0/public" if turn else None)
            trees.append(tree_of(output))
        assert len(trees[0]) > 550
        assert sum(trees[0].get(url) != data for url, data in trees[1].items()) > 550
        rename(site, 0)
        output = folder / "served/public"
        build_model(site, output, TODAY, jobs=2)
        assert tree_of(output) == trees[0]
        rename(site, 1)
        began = time.monotonic()
        finish(start(site.root, output))
        yield site, output, trees, time.monotonic() - began


def start(root: Path, output: Path, *options: str) -> subprocess.Popen[str]:
    """A build in a process group of its own."""
    command = [*COMMAND, str(root), "--output", str(output), "--today", TODAY, "--jobs", "2", *options]
    return subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def finish(process: subprocess.Popen[str]) -> tuple[str, str]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out, err


def is_alive(group: int) -> bool:
    """Whether any process of a group still runs (a zombie does not)."""
    found = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    return any(line.split()[0] == str(group) and not line.split()[1].startswith("Z") for line in found.splitlines())


def wait_until(condition) -> bool:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.002)
    return False


def assert_whole(output: Path, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    """Every file is its old or its new self, none is missing that is in both; which of the two the site is."""
    now = tree_of(output)
    assert old.keys() & new.keys() <= now.keys() <= old.keys() | new.keys()
    for url, data in now.items():
        assert data in (old.get(url), new.get(url)), url
    return "new" if now == new else "old" if now == old else "between"


@pytest.mark.skipif(sys.platform == "win32", reason="needs process groups and SIGKILL")
def test_killed_at_any_moment_the_site_is_whole_and_the_next_build_equals_a_clean_one(medium):
    site, output, trees, seconds = medium
    dice = Random(KILLS)
    found = []
    turn = int(tree_of(output) == trees[1])
    journal = output.parent / ".public.zwgk/journal"
    for number in range(KILLS):
        old, turn = trees[turn], 1 - turn
        rename(site, turn)
        if number % 4 == 1:  # without a cache all is read again, by workers
            drop_cache(output)
        process = start(site.root, output)
        if number % 3 == 2:  # the short time in which files are moved into place
            while not journal.exists() and process.poll() is None:
                time.sleep(0.0005)
            time.sleep(dice.uniform(0, 0.02))
        else:
            time.sleep(seconds * (number + dice.random()) / KILLS)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert wait_until(lambda group=process.pid: not is_alive(group))
        found.append(assert_whole(output, old, trees[turn]))
        finish(start(site.root, output))
        assert tree_of(output) == trees[turn]
        state = output.parent / ".public.zwgk"
        assert not any((state / "stage").iterdir())
    print(f"{KILLS} kills in builds of {seconds:.2f} s left the site {', '.join(sorted(found))}")  # noqa: T201 - for `pytest -s`
    assert "old" in found


@pytest.mark.skipif(sys.platform == "win32", reason="needs process groups and SIGKILL")
def test_workers_end_with_their_parent(medium):
    site, output, trees, _ = medium
    turn = int(tree_of(output) == trees[0])
    rename(site, turn)
    drop_cache(output)  # all departments are read again, and that is much work
    process = start(site.root, output)
    assert wait_until(lambda: len(pids_of(process.pid)) == 3)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert wait_until(lambda: not is_alive(process.pid))
    finish(start(site.root, output))
    assert tree_of(output) == trees[turn]


def pids_of(group: int) -> list[str]:
    found = subprocess.run(["ps", "-eo", "pid=,pgid="], capture_output=True, text=True, check=True).stdout
    return [line.split()[0] for line in found.splitlines() if line.split()[1] == str(group)]


@pytest.mark.skipif(sys.platform == "win32", reason="needs process groups")
def test_ctrl_c_ends_a_build_at_once_and_leaves_the_old_site(medium):
    site, output, trees, _ = medium
    turn = int(tree_of(output) == trees[0])
    rename(site, turn)
    drop_cache(output)
    process = start(site.root, output)
    assert wait_until(lambda: len(pids_of(process.pid)) == 3)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert wait_until(lambda: not is_alive(process.pid))
    assert assert_whole(output, trees[1 - turn], trees[turn]) == "old"
    finish(start(site.root, output))
    assert tree_of(output) == trees[turn]


# --- the machine ------------------------------------------------------------------------------------------------------


def test_two_builds_at_once(medium):
    """The second is told so at once and touches nothing; afterwards it works."""
    site, output, trees, _ = medium
    before = tree_of(output)
    with open_output(output):
        process = start(site.root, output)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 4
    assert_one_message(out + err, "ZW703")
    assert tree_of(output) == before
    both = [start(site.root, output), start(site.root, output)]
    answers = [process.communicate(timeout=120) for process in both]
    assert sorted(process.returncode for process in both) in ([0, 0], [0, 4]), answers
    assert tree_of(output) in trees


def assert_one_message(text: str, code: str) -> None:
    assert text.count("ZW") == 1, text
    assert code in text
    assert "Traceback" not in text
    assert len(text.strip().splitlines()) <= 3, text


SCRIPT = """
import os, subprocess, sys
from pathlib import Path
from tests.faults.test_build_kill import COMMAND, TODAY, assert_one_message, small_site
from tests.model_sites import tree_of
disk = Path(sys.argv[1])
output = disk / "out/public"
site = small_site(Path(sys.argv[2]))
def build(code):
    done = subprocess.run([*COMMAND, site.root, "--output", output, "--today", TODAY], capture_output=True, text=True)
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr
def fill(leave):
    with open(disk / "filler", "wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            pass
        file.truncate(max(0, file.tell() - leave))
def edit():
    site.settings["全站提示"] = "每页都变" + site.settings.get("全站提示", "")
    site.write()
"""


def small_site(root: Path) -> ModelSite:
    site = ModelSite(root)
    department = site.department("wjj", "试验县卫生健康局", 组织机构代码="000000017")
    department.entry("WJJ-001", "医疗救助")
    for place in range(80):
        department.document(f"2026/wj{place}", f"文件{place}", "正文。" * 400, 索引号=f"000000017/2026-{place + 1:05}")
    site.write()
    return site


def private_mounts() -> tuple[str, ...]:
    """How to start a program that may mount a file system for itself alone, if this machine lets us."""
    for prefix in (("unshare", "-rm"), ("unshare", "-m")):
        probe = [*prefix, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        if shutil.which("unshare") and not subprocess.run(probe, capture_output=True, check=False).returncode:
            return prefix
    return ()


MOUNTS = private_mounts()


def run_script(folder: Path, script: str) -> None:
    (folder / "disk").mkdir()
    command = [*MOUNTS, sys.executable, "-c", SCRIPT + textwrap.dedent(script), folder / "disk", folder / "site"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


if MOUNTS:

    @pytest.mark.parametrize("free", [0, 65_536, 600_000])
    def test_a_full_disk_is_one_clear_message_and_leaves_the_old_site(tmp_path, free):
        run_script(
            tmp_path,
            f"""
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], check=True)
            build(0)
            old = tree_of(output)
            edit()
            fill({free})
            assert_one_message(build(4), "ZW702")
            assert tree_of(output) == old
            (disk / "filler").unlink()
            build(0)
            new = tree_of(output)
            assert new.keys() == old.keys() and sum(new[url] != old[url] for url in new) > 80
            other = disk / "other/public"
            subprocess.run([*COMMAND, site.root, "--output", other, "--previous", output, "--today", TODAY], check=True)
            assert tree_of(other) == new
            """,
        )

    def test_a_read_only_disk_is_one_clear_message_and_leaves_the_old_site(tmp_path):
        run_script(
            tmp_path,
            """
            subprocess.run(["mount", "-t", "tmpfs", "tmpfs", disk], check=True)
            build(0)
            old = tree_of(output)
            edit()
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            assert_one_message(build(4), "ZW701")
            assert tree_of(output) == old
            subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
            build(0)
            assert tree_of(output) != old
            """,
        )


@pytest.mark.skipif(sys.platform == "win32", reason="needs resource limits")
def test_a_quota_reads_as_a_full_disk(tmp_path):
    """Works without any rights: no file may grow past 2,000 bytes."""
    site, output = small_site(tmp_path / "site"), tmp_path / "out/public"
    build_model(site, output, TODAY)
    old = tree_of(output)
    site.settings["全站提示"] = "每页都变"
    site.write()
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000));"
        "from zwgk_site.cli import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", limited, "build", str(site.root), "--output", str(output), "--today", TODAY]
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")
    }  # it writes files, too
    done = subprocess.run(command, cwd=REPOSITORY, env=plain, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 4, done.stderr
    assert_one_message(done.stdout + done.stderr, "ZW702")
    assert tree_of(output) == old
    build_model(site, output, TODAY)
    assert tree_of(output) != old
