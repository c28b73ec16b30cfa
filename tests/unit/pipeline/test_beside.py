"""Work in a fork: it waits for its question, answers whole or not at all, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time

import pytest

from zwgk_site.pipeline.beside import Beside, may_fork
from zwgk_site.pipeline.workers import Failure, Limits, run_limited

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")


@pytest.fixture(autouse=True)
def nothing_is_left():
    before = set(os.listdir("/proc/self/fd"))
    yield
    assert set(os.listdir("/proc/self/fd")) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_an_answer_larger_than_a_pipe_holds():
    helper = Beside(lambda question: question() * 3)
    helper.ask(b"abc" * 1_000_000)
    assert helper.answer() == b"abc" * 3_000_000
    helper.close()


def test_work_that_asks_nothing():
    assert Beside(lambda _: b"done").answer() == b"done"


def test_whoever_is_asked_nothing_answers_nothing():
    assert Beside(lambda question: question() + b"!").answer() is None


@pytest.mark.parametrize("end", ["raises", "is killed"])
def test_what_fails_gives_no_part_of_an_answer(end):
    def work(question):
        asked = question()
        if end == "raises":
            raise ValueError(asked)
        os.kill(os.getpid(), signal.SIGKILL)
        return asked

    helper = Beside(work)
    helper.ask(b"x")
    assert helper.answer() is None


def test_one_that_dies_before_it_is_asked():
    helper = Beside(lambda _: os._exit(3))
    time.sleep(0.05)
    helper.ask(b"x" * 1_000_000)
    assert helper.answer() is None


def test_closing_does_not_wait():
    for asked in (b"", b"x"):
        helper = Beside(lambda question: (question(), time.sleep(60), b"late")[2])
        if asked:
            helper.ask(asked)
        started = time.monotonic()
        helper.close()
        helper.close()
        assert time.monotonic() - started < 10


def test_a_time_limit_that_ends_the_waiting_is_told_as_such():
    def wait(_task):
        with contextlib.closing(Beside(lambda _: time.sleep(60) or b"")) as helper:
            return helper.answer()

    assert run_limited(wait, None, Limits(1, 1000)) == Failure("time")


def test_where_no_process_can_be_had(monkeypatch):
    def refuse():
        raise OSError(11, "no more processes")

    monkeypatch.setattr(os, "fork", refuse)
    helper = Beside(lambda _: b"done")
    helper.ask(b"x")
    assert helper.answer() is None
    helper.close()


@pytest.mark.parametrize(
    ("jobs", "threads", "processors", "expected"),
    [(0, False, 2, True), (2, False, 8, True), (1, False, 2, False), (0, True, 2, False), (0, False, 1, False)],
)
def test_when_a_second_process_is_wanted(monkeypatch, jobs, threads, processors, expected):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: set(range(processors)))
    assert may_fork(jobs, beside_threads=threads) is expected
