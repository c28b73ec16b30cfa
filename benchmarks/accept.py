#!/usr/bin/env python3
"""Hold the builds of generated sites against the figures of the design, and kill fifty builds on the way.

    accept.py [--sizes 10000,100000] [--runs 3] [--work DIR] [--without kills,one-department,serve]

Prints every figure with its limit and whether it is met. Absolute times mean something only on a quiet machine, so they
stand here and in no test. Exit code 1 if a limit is missed or a rebuilt output differs from a clean one.
"""

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import ONE_DEPARTMENT_ENTRIES, REPOSITORY, Row, differences, our_subject, timed_steps
from generated_site import DEFAULT_SHARED
from serve import KINDS, measure_saves, medians

# By number of entries: CPU ms an entry cold, peak MB (summed PSS), seconds unchanged, seconds after one edit.
# Search is in all of them.
LIMITS = {10_000: (1.1, 400.0, 0.25, 0.4), 100_000: (1.1, 1000.0, 0.5, 0.8)}
KILLS = "50"
# By number of entries: seconds from a save to a tab that was told, its page and the search that finds the new text.
SERVE_LIMITS = {10_000: 0.3}
SAVES = 10


def judge(row: Row) -> Iterator[tuple[str, float, float]]:
    """What a row is held against: (figure, measured, limit)."""
    limits = LIMITS.get(row.entries)
    if limits is None:
        return
    cpu, memory, unchanged, edit = limits
    name = f"{row.job}, {row.entries:,} entries, {row.step}"
    if row.step == "cold":
        yield f"{name}: CPU ms an entry", row.cpu_ms_per_entry, cpu
        yield f"{name}: peak PSS MB", row.peak_pss_mb, memory
    elif row.step == "unchanged":
        yield f"{name}: seconds", row.wall_seconds, unchanged
        yield f"{name}: files written", row.files_written, 0
    else:
        yield f"{name}: seconds", row.wall_seconds, edit


def measure_all(options: argparse.Namespace) -> Iterator[tuple[str, float, float]]:
    """Every figure with its limit, as it is measured."""
    jobs: list[tuple[int, int | None]] = [(size, None) for size in options.sizes]
    if "one-department" not in options.without:
        jobs.append((ONE_DEPARTMENT_ENTRIES, 1))
    for entries, departments in jobs:
        subject = our_subject(entries, departments, options)
        for row in timed_steps(subject, options.runs, options.work / "trash"):
            yield from judge(row)
        yield (
            f"{subject.job}, {entries:,} entries: files unlike a clean build",
            len(differences(subject, options.work / "trash")),
            0,
        )


def measure_preview(options: argparse.Namespace) -> Iterator[tuple[str, float, float]]:
    """The saves in a watched preview: the median of ten."""
    for entries, limit in SERVE_LIMITS.items():
        if entries in options.sizes and "serve" not in options.without:
            saves, _ = measure_saves(entries, argparse.Namespace(**{**vars(options), "runs": SAVES}))
            for kind in KINDS:
                yield f"serve, {entries:,} entries, save of one {kind}: seconds", medians(saves, kind)[-1], limit


def kill_builds() -> int:
    """The kill test with as many kills as the design asks for."""
    command = [sys.executable, "-m", "pytest", "-q", "tests/faults/test_build_kill.py"]
    return subprocess.run(command, cwd=REPOSITORY, env={**os.environ, "ZWGK_KILLS": KILLS}, check=False).returncode


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--sizes", type=lambda text: [int(size) for size in text.split(",") if size], default=list(LIMITS)
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--work", metavar="DIR", type=Path, default=Path(tempfile.gettempdir()) / "zwgk-bench")
    parser.add_argument("--without", type=lambda text: text.split(","), default=[])
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--shared", metavar="DIR", type=Path, default=DEFAULT_SHARED)
    options = parser.parse_args()
    options.work = options.work.resolve()
    missed = 0
    for figure, measured, limit in itertools.chain(measure_all(options), measure_preview(options)):
        met = measured <= limit
        missed += not met
        print(f"{figure:<72} {measured:>10.3f}  ≤ {limit:<6g} {'met' if met else 'MISSED'}", flush=True)
    if "kills" not in options.without and kill_builds():
        missed += 1
    print(f"{missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
