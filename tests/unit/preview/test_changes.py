"""Changes come to rest before they are built, and none is lost."""

from __future__ import annotations

import threading
import time

from zwgk_site.preview.changes import LONGEST_SECONDS, MANY, MANY_QUIET_SECONDS, QUIET_SECONDS, Batch, Pending


class Clock:
    """Time that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_save_is_taken_when_it_has_been_quiet() -> None:
    clock = Clock()
    pending = Pending(clock)
    pending.add("a.md")
    assert pending.rests_at() == clock.now + QUIET_SECONDS
    clock.now += QUIET_SECONDS / 2
    pending.add("a.md")
    assert pending.rests_at() == clock.now + QUIET_SECONDS
    clock.now += QUIET_SECONDS
    assert pending.take(0) == Batch(("a.md",))
    assert pending.is_empty()
    assert pending.take(0) is None


def test_whatever_never_rests_is_taken_all_the_same() -> None:
    clock = Clock()
    pending = Pending(clock)
    start = clock.now
    while clock.now < start + 10 * LONGEST_SECONDS:
        pending.add("a.md")
        if clock.now >= pending.rests_at():
            break
        clock.now += QUIET_SECONDS / 2
    assert clock.now - start <= LONGEST_SECONDS + QUIET_SECONDS
    assert pending.take(0) == Batch(("a.md",))


def test_of_many_changes_only_that_there_are_many_is_kept() -> None:
    clock = Clock()
    pending = Pending(clock)
    for number in range(10_000):
        pending.add(f"{number}.md")
    assert pending.rests_at() == clock.now + MANY_QUIET_SECONDS
    clock.now += MANY_QUIET_SECONDS
    batch = pending.take(0)
    assert batch is not None
    assert batch.everything
    assert len(batch.paths) == MANY


def test_a_loss_means_everything() -> None:
    pending = Pending(Clock())
    pending.add("a.md")
    pending.add_everything()
    pending._clock.now += 1  # type: ignore[attr-defined]
    assert pending.take(0) == Batch(("a.md",), everything=True)


def test_what_comes_after_a_batch_was_taken_is_in_the_next() -> None:
    pending = Pending()
    pending.add("a.md")
    assert pending.take(1) == Batch(("a.md",))
    pending.add("b.md")
    assert pending.take(1) == Batch(("b.md",))


def test_a_waiting_thread_is_woken_by_a_change() -> None:
    pending = Pending()
    threading.Timer(0.1, pending.add, ["a.md"]).start()
    started = time.monotonic()
    assert pending.take(20) == Batch(("a.md",))
    assert time.monotonic() - started < 5


def test_nothing_is_lost_between_threads() -> None:
    """Every path that four threads add is in some batch."""
    pending, seen = Pending(), set[str]()
    names = [[f"{thread}-{number}" for number in range(15)] for thread in range(4)]

    def add(mine: list[str]) -> None:
        for name in mine:
            pending.add(name)
            time.sleep(0.004)

    threads = [threading.Thread(target=add, args=(mine,)) for mine in names]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads) or not pending.is_empty():
        batch = pending.take(0.05)
        if batch is not None:
            assert not batch.everything
            seen.update(batch.paths)
    assert seen == {name for mine in names for name in mine}
