#!/usr/bin/env python3
"""Run a command in a process group of its own and measure its whole process tree. Linux only.

    measure.py [--interval MS] [--timeout S] [--json FILE] -- COMMAND [ARGUMENT …]

Wall time, CPU (user + system of the command and all descendants that were waited for), and the peak of the summed PSS:
memory that processes share counts once, so workers made by fork are not counted double. PSS is sampled, so a peak
shorter than the interval can be missed. The sampler runs in this process; its CPU is not in the command's figures.
"""

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

INTERVAL_SECONDS = 0.03
# Reading the PSS of a big process costs milliseconds; the pause grows with it, to take a tenth of a core at most.
PAUSE_PER_COST = 9
TAIL_CHARACTERS = 2000
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """What one run took; `tail` is the end of what it printed, `exit_code` is negative for a signal."""

    wall_seconds: float
    user_seconds: float
    system_seconds: float
    peak_pss_bytes: int
    samples: int
    exit_code: int
    timed_out: bool
    tail: str

    @property
    def cpu_seconds(self) -> float:
        """User and system time of the tree."""
        return self.user_seconds + self.system_seconds


def measure(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    interval_seconds: float = INTERVAL_SECONDS,
    timeout_seconds: float | None = None,
) -> Measurement:
    """Run the command and wait for it; one at a time, for the CPU of children is known for this process as a whole."""
    if not Path("/proc/self/smaps_rollup").exists() or not Path(f"/proc/self/task/{os.getpid()}/children").exists():
        message = "measuring needs Linux with /proc/PID/smaps_rollup and /proc/PID/task/TID/children"
        raise RuntimeError(message)
    with tempfile.TemporaryFile() as output:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, process_group=0
        )
        sampler = _Sampler(process.pid, interval_seconds)
        sampler.start()
        timed_out = False
        try:
            process.wait(timeout_seconds)
        except subprocess.TimeoutExpired:
            timed_out = True
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            wall = time.perf_counter() - start
            sampler.stop()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        output.seek(max(0, output.seek(0, os.SEEK_END) - 4 * TAIL_CHARACTERS))
        tail = output.read().decode("utf-8", "replace")[-TAIL_CHARACTERS:]
    return Measurement(
        wall_seconds=wall,
        user_seconds=after.ru_utime - before.ru_utime,
        system_seconds=after.ru_stime - before.ru_stime,
        peak_pss_bytes=sampler.peak_bytes,
        samples=sampler.samples,
        exit_code=process.returncode,
        timed_out=timed_out,
        tail=tail,
    )


class _Sampler(threading.Thread):
    """Keeps the highest summed PSS of a process and its descendants until it is stopped."""

    def __init__(self, root: int, interval_seconds: float) -> None:
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self.samples = 0
        self._root = root
        self._interval = interval_seconds
        self._stopped = threading.Event()

    def run(self) -> None:
        pause = 0.0
        while not self._stopped.wait(pause):
            start = time.perf_counter()
            self.peak_bytes = max(self.peak_bytes, sum(map(_pss_bytes, _tree(self._root))))
            self.samples += 1
            pause = max(self._interval, PAUSE_PER_COST * (time.perf_counter() - start))

    def stop(self) -> None:
        self._stopped.set()
        self.join()


def _tree(root: int) -> Iterator[int]:
    """The process and its living descendants, whichever of their threads started them."""
    waiting = [root]
    while waiting:
        yield (pid := waiting.pop())
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                waiting += map(int, children.read_text(encoding="ascii").split())
            except OSError:  # it has just ended
                continue


def _pss_bytes(pid: int) -> int:
    """The proportional set size of one process, 0 if it has just ended."""
    try:
        with Path(f"/proc/{pid}/smaps_rollup").open(encoding="ascii", errors="replace") as lines:
            return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
    except OSError:
        return 0


def main() -> int:
    """Measure the command of the command line; its exit code is ours."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--interval", metavar="MS", type=float, default=INTERVAL_SECONDS * 1000)
    parser.add_argument("--timeout", metavar="S", type=float)
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures here, not on standard output")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    try:
        result = measure(options.command, interval_seconds=options.interval / 1000, timeout_seconds=options.timeout)
    except (RuntimeError, OSError) as error:
        parser.error(str(error))
    text = json.dumps(asdict(result), ensure_ascii=False, indent=1) + "\n"
    if options.json:
        options.json.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return result.exit_code if result.exit_code >= 0 else 128 - result.exit_code


if __name__ == "__main__":
    sys.exit(main())
