"""Workers: what one department may take, and what is left when one dies."""

import os
import signal
import sys
import time

import pytest

from zwgk_site.pipeline.workers import Failure, Here, InputMoved, Job, Limits, Pool, run_limited

LIMITS = Limits(1, 200)


def carry_out(task):
    """A task is a word."""
    kind, _, rest = task.partition(" ")
    if kind == "sleep":
        time.sleep(float(rest))
    elif kind == "spin":
        end = time.monotonic() + float(rest)
        while time.monotonic() < end:
            pass
    elif kind == "eat":
        _ = bytearray(int(rest) * 1024 * 1024)
    elif kind == "die":
        os._exit(9)
    elif kind == "fault":
        raise ValueError(rest)
    elif kind == "moved":
        raise InputMoved(rest)
    return task.upper()


def make_carrier(_env):
    return carry_out


def test_a_task_that_runs_too_long_is_stopped():
    assert run_limited(carry_out, "spin 20", LIMITS) == Failure("time")


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux only")
def test_a_task_that_eats_too_much_is_stopped():
    assert run_limited(carry_out, "eat 2000", LIMITS) == Failure("memory")
    assert run_limited(carry_out, "eat 10", LIMITS) == "EAT 10"


def test_a_file_changed_underfoot_is_told_apart_from_a_bug():
    assert run_limited(carry_out, "moved x.md", LIMITS) == Failure("moved")


def test_tasks_here_come_back_in_order():
    results = [outcome for _, outcome in Here(carry_out, LIMITS).run([Job("a", "one"), Job("b", "two")])]
    assert results == ["ONE", "TWO"]


def test_a_dead_worker_costs_its_own_task_only():
    pool = Pool(2, make_carrier, None, LIMITS)
    try:
        jobs = [Job(f"job {n}", "die" if n == 3 else f"word {n}") for n in range(8)]
        results = {job.name: outcome for job, outcome in pool.run(jobs)}
    finally:
        pool.close()
    assert results.pop("job 3") == Failure("death")
    assert len(results) == 7
    assert all(str(outcome).startswith("WORD") for outcome in results.values())


def test_a_bug_in_a_worker_reaches_the_parent_with_its_traceback():
    pool = Pool(1, make_carrier, None, LIMITS)
    try:
        with pytest.raises(ValueError, match="oh no") as caught:
            list(pool.run([Job("a", "fault oh no")]))
    finally:
        pool.close()
    assert any("carry_out" in note for note in caught.value.__notes__)


def test_a_task_goes_to_the_same_worker_in_both_walks():
    pool = Pool(3, lambda _env: lambda _task: os.getpid(), None, LIMITS)
    try:
        jobs = [Job(f"d{n}", n, weight=n) for n in range(9)]
        first = {job.name: pid for job, pid in pool.run(jobs)}
        second = {job.name: pid for job, pid in pool.run(list(reversed(jobs)))}
    finally:
        pool.close()
    assert first == second
    assert len(set(first.values())) == 3


def test_workers_end_when_they_are_closed():
    pool = Pool(2, make_carrier, None, LIMITS)
    processes = [worker.process for worker in pool._workers]
    started = time.monotonic()
    pool.close()
    assert not any(process.is_alive() for process in processes)
    assert time.monotonic() - started < 2


def test_beside_threads_workers_are_started_afresh_and_do_the_same():
    """A fork of a process with threads may inherit a lock that nobody will ever let go; the preview has threads."""
    pool = Pool(2, make_carrier, None, LIMITS, fresh=True)
    try:
        assert not pool._forks
        assert sorted(outcome for _, outcome in pool.run([Job("a", "one"), Job("b", "two")])) == ["ONE", "TWO"]
    finally:
        pool.close()


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals are masked on POSIX only")
def test_a_worker_never_hears_an_interrupt():
    """Ctrl+C goes to all processes of a terminal; a worker that is just being started would print a traceback."""
    pool = Pool(1, make_carrier, None, LIMITS)
    try:
        os.kill(pool._workers[0].process.pid, signal.SIGINT)
        assert [outcome for _, outcome in pool.run([Job("a", "one")])] == ["ONE"]
    finally:
        pool.close()
