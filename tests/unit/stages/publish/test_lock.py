import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from zwgk_site.stages.publish import MachineError
from zwgk_site.stages.publish.lock import STALE_AFTER_SECONDS, file_lock, hold_lock

HOLDER = """
import sys
from pathlib import Path
from zwgk_site.stages.publish.lock import {how}
with {how}(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(params=["hold_lock", "file_lock"])
def how(request):
    """The kernel's lock, and the file that stands in for it where there is none."""
    return request.param


@pytest.fixture
def holder(how, tmp_path):
    """Another process that holds the lock until it reads a line."""
    command = [sys.executable, "-c", HOLDER.format(how=how), str(tmp_path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        if process.poll() is None:
            process.kill()


def take(how, path):
    return {"hold_lock": hold_lock, "file_lock": file_lock}[how](path)


def test_a_second_build_is_refused_and_told_who_builds(how, holder, tmp_path):
    with pytest.raises(MachineError) as caught, take(how, tmp_path / "lock"):
        pass
    assert caught.value.diagnostic.code == "ZW703"
    assert f"进程 {holder.pid}" in caught.value.diagnostic.message()


def test_the_lock_is_free_when_its_holder_has_ended(how, holder, tmp_path):
    holder.communicate("\n")
    with take(how, tmp_path / "lock"):
        pass


def test_the_lock_is_free_when_its_holder_was_killed(how, holder, tmp_path):
    holder.kill()
    holder.wait()
    with take(how, tmp_path / "lock"):
        pass


def test_one_process_cannot_hold_it_twice(how, tmp_path):
    with take(how, tmp_path / "lock"), pytest.raises(MachineError), take(how, tmp_path / "lock"):
        pass
    with take(how, tmp_path / "lock"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_a_worker_that_outlives_its_build_does_not_keep_the_lock(tmp_path):
    script = """
import os, sys, time
from pathlib import Path
from zwgk_site.stages.publish.lock import hold_lock
with hold_lock(Path(sys.argv[1])):
    child = os.fork()
    if child == 0:
        print(os.getpid(), flush=True)
        sys.stdin.read()
        os._exit(0)
    os.kill(os.getpid(), 9)
"""
    command = [sys.executable, "-c", script, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        orphan = int(process.stdout.readline())
        process.wait()
        os.kill(orphan, 0)
        with hold_lock(tmp_path / "lock"):
            pass
        process.stdin.close()


@pytest.mark.parametrize(("age", "free"), [(0, False), (STALE_AFTER_SECONDS + 60, True)])
def test_a_lock_file_of_another_host_dies_of_age(tmp_path, age, free):
    held = tmp_path / "lock.held"
    held.write_text('{"pid":1,"host":"another","since":"2026-01-01 00:00:00"}')
    os.utime(held, (time.time() - age, time.time() - age))
    if free:
        with file_lock(tmp_path / "lock"):
            pass
        assert list(tmp_path.iterdir()) == []
    else:
        with pytest.raises(MachineError, match="ZW703"), file_lock(tmp_path / "lock"):
            pass


def test_a_lock_file_just_being_written_counts_as_held(tmp_path):
    Path(tmp_path / "lock.held").touch()
    with pytest.raises(MachineError, match="ZW703"), file_lock(tmp_path / "lock"):
        pass
