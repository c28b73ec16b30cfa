#!/usr/bin/env python3
"""Time builds of generated sites: cold, unchanged, and after one edit; each in a fresh process.

    bench.py spine [--sizes 1000,10000,100000] [--one-department] [--runs 3] [--verify] [--peer hugo] [--json FILE]
    bench.py search WHAT …    the full-text search, see `bench.py search --help`

Old output is set aside by rename, never deleted: ext4 creates files many times slower for minutes after a big delete.
The folder `trash` below --work may be removed when no more figures are wanted.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from generated_site import DEFAULT_SHARED
from measure import MEBIBYTE, Measurement, measure

REPOSITORY = Path(__file__).resolve().parents[1]
GENERATOR = Path(__file__).resolve().with_name("generated_site.py")
ONE_DEPARTMENT_ENTRIES = 10_000
# Search may hold base and deltas, the ledger of URLs its history: equal in meaning, not in bytes.
NOT_COMPARED = ("search", "data/urls")
COLUMNS = ("job", "entries", "step", "wall s", "CPU s", "CPU ms/entry", "peak PSS MB", "files", "MB", "exit")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the result: medians over the runs, files and bytes written by the last of them."""

    job: str
    entries: int
    step: str
    wall_seconds: float
    cpu_seconds: float
    cpu_ms_per_entry: float
    peak_pss_mb: float
    files_written: int
    mb_written: float
    exit_codes: tuple[int, ...]
    walls: tuple[float, ...]

    def cells(self) -> tuple[str, ...]:
        """The row as text, in the order of COLUMNS."""
        numbers = (f"{self.wall_seconds:.3f}", f"{self.cpu_seconds:.3f}", f"{self.cpu_ms_per_entry:.3f}")
        written = (f"{self.peak_pss_mb:.0f}", str(self.files_written), f"{self.mb_written:.1f}")
        exits = "/".join(map(str, sorted(set(self.exit_codes))))
        return (self.job, str(self.entries), self.step, *numbers, *written, exits)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A site generator at work on one site: what to run, what it writes, and what makes its next build a cold one."""

    job: str
    entries: int
    command: tuple[str, ...]
    cwd: Path
    output: Path
    states: tuple[Path, ...]
    edit: Callable[[int], object]
    unchanged: bool
    environment: dict[str, str]


def timed_steps(subject: Subject, runs: int, trash: Path) -> Iterator[Row]:
    """The rows of a subject: cold builds, unchanged rebuilds, rebuilds after an edit of one entry."""

    def make_cold(_: int) -> None:
        for path in (subject.output, *subject.states):
            set_aside(path, trash)

    steps: list[tuple[str, Callable[[int], object]]] = [("cold", make_cold), ("edit one", subject.edit)]
    if subject.unchanged:
        steps.insert(1, ("unchanged", lambda _: None))
    subject.edit(0)
    for step, prepare in steps:
        measured = []
        written = (0, 0)
        for run in range(1, runs + 1):
            prepare(run)
            os.sync()
            before = file_stamps(subject.output)
            measured.append(measure(subject.command, cwd=subject.cwd, environment=subject.environment))
            written = written_since(before, file_stamps(subject.output))
            findings_only = measured[-1].exit_code == 1 and subject.output.exists()
            if measured[-1].exit_code and not findings_only:
                message = f"{subject.job}, {step}: exit code {measured[-1].exit_code}\n{measured[-1].tail}"
                raise SystemExit(message)
        yield _row(subject, step, measured, written)


def _row(subject: Subject, step: str, measured: Sequence[Measurement], written: tuple[int, int]) -> Row:
    cpu = statistics.median(one.cpu_seconds for one in measured)
    return Row(
        job=subject.job,
        entries=subject.entries,
        step=step,
        wall_seconds=statistics.median(one.wall_seconds for one in measured),
        cpu_seconds=cpu,
        cpu_ms_per_entry=cpu * 1000 / subject.entries,
        peak_pss_mb=statistics.median(one.peak_pss_bytes for one in measured) / MEBIBYTE,
        files_written=written[0],
        mb_written=written[1] / MEBIBYTE,
        exit_codes=tuple(one.exit_code for one in measured),
        walls=tuple(one.wall_seconds for one in measured),
    )


def set_aside(path: Path, trash: Path) -> None:
    """Move the path away, if there is one."""
    if path.exists():
        trash.mkdir(parents=True, exist_ok=True)
        path.rename(trash / f"{time.time_ns()}-{path.name}")


def file_stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Size, time and inode of each file below the folder; an atomic rename changes the inode."""
    found = {}
    waiting = [str(folder)] if folder.exists() else []
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    stat = entry.stat(follow_symlinks=False)
                    found[entry.path] = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
    return found


def written_since(before: dict[str, tuple[int, int, int]], after: dict[str, tuple[int, int, int]]) -> tuple[int, int]:
    """How many files were written between two looks, and how many bytes they hold."""
    new = [stamp for path, stamp in after.items() if before.get(path) != stamp]
    return len(new), sum(size for size, _, _ in new)


def state_of(output: Path) -> Path:
    """The folder beside an output that holds the build's state."""
    return output.with_name(f".{output.name}.zwgk")


def generate(entries: int, departments: int | None, options: argparse.Namespace) -> Path:
    """The generated site, made if it is not there yet."""
    site: Path = options.work / "sites" / (str(entries) + (f"-{departments}" if departments else ""))
    if not (site / "site.yaml").is_file():
        set_aside(site, options.work / "trash")
        split = ["--departments", str(departments)] if departments else []
        command = [sys.executable, GENERATOR, str(entries), site, "--shared", options.shared, *split]
        if subprocess.run(command, check=False).returncode:
            raise SystemExit(2)
    return site


def our_subject(entries: int, departments: int | None, options: argparse.Namespace) -> Subject:
    """Our build of a generated site."""
    site = generate(entries, departments, options)
    output = options.work / "out" / site.name
    output.parent.mkdir(parents=True, exist_ok=True)

    def edit(revision: int) -> None:
        command = [sys.executable, str(GENERATOR), "edit", str(entries), str(site), "--rev", str(revision)]
        subprocess.run([*command, "--shared", str(options.shared)], check=True, stdout=subprocess.DEVNULL)

    return Subject(
        job="one department" if departments == 1 else "zwgk_site",
        entries=entries,
        command=(options.python, "-m", "zwgk_site", "build", str(site), "--output", str(output)),
        cwd=REPOSITORY,
        output=output,
        states=(state_of(output),),
        edit=edit,
        unchanged=True,
        # what a developer may have set, and no clerk: it has every start compile the whole program
        environment={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    )


def differences(subject: Subject, trash: Path) -> list[str]:
    """The files in which the rebuilt output and a clean build of the same site differ."""
    clean = subject.output.with_name(f"{subject.output.name}-clean")
    for path in (clean, state_of(clean)):
        set_aside(path, trash)
    command = (*subject.command[:-1], str(clean), "--previous", str(subject.output))
    result = measure(command, cwd=subject.cwd, environment=subject.environment)
    if result.exit_code not in (0, 1):
        return [f"the clean build ended with {result.exit_code}: {result.tail}"]
    one, other = (dict(_compared_files(folder)) for folder in (subject.output, clean))
    lacking = [f"only in the clean build: {name}" for name in other.keys() - one.keys()]
    extra = [f"only in the rebuilt output: {name}" for name in one.keys() - other.keys()]
    both = one.keys() & other.keys()
    return sorted([*lacking, *extra, *(name for name in both if _content(one[name]) != _content(other[name]))])


def _content(path: Path) -> bytes:
    """A file's bytes; of the site's manifest all but what it says of the search index."""
    data = path.read_bytes()
    if path.name != "manifest.json" or path.parent.name != "data":
        return data
    manifest = json.loads(data)
    manifest["files"].pop("search/manifest.js", None)
    manifest["departments"] = {code: told for code, told in manifest["departments"].items() if "." not in code}
    return json.dumps(manifest).encode()


def _compared_files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in map(Path, file_stamps(folder)):
        name = path.relative_to(folder).as_posix()
        if not name.startswith(("data/search.", *(f"{skipped}/" for skipped in NOT_COMPARED))):
            yield name, path


def hugo_subject(entries: int, options: argparse.Namespace) -> Subject | None:
    """Hugo's build of the same entries, without search; None if it is not installed where the peers' bench has it."""
    work = Path(os.environ.get("PEERS_WORK", Path(tempfile.gettempdir()) / "peers"))
    hugo = next(work.glob("venv-hugo/lib/python3*/site-packages/hugo/binaries/hugo"), None)
    if hugo is None:
        print(f"Hugo is not measured: {work}/venv-hugo is absent (set PEERS_WORK)", file=sys.stderr)
        return None
    peers = options.shared / "peers"
    site = work / "sites" / f"hugo-yaml-{entries}"
    prepare = [sys.executable, peers / "bench.py", "hugo-yaml", str(entries), "--work", work, "--prepare"]
    subprocess.run([*prepare, "--reuse-site"], check=True)

    def edit(revision: int) -> None:
        command = [sys.executable, peers / "gen.py", "edit", "hugo-yaml", str(entries), site, "--rev", str(revision)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    return Subject(
        job="hugo (no search)",
        entries=entries,
        command=(str(hugo), "--quiet"),
        cwd=site,
        output=site / "public",
        states=(site / "resources", site / "hcache"),
        edit=edit,
        unchanged=False,
        environment={**os.environ, "LC_ALL": "C.UTF-8", "HUGO_CACHEDIR": str(site / "hcache")},
    )


def print_line(cells: Sequence[str]) -> None:
    """Print a line of the table."""
    print(
        "".join(cell.ljust(18) if place in (0, 2) else f"{cell:>13}  " for place, cell in enumerate(cells)), flush=True
    )


def bench_spine(options: argparse.Namespace) -> int:
    """Measure all that was asked for; 1 if a rebuilt output differs from a clean build."""
    jobs: list[tuple[int, int | None]] = [(size, None) for size in options.sizes]
    jobs += [(ONE_DEPARTMENT_ENTRIES, 1)] if options.one_department else []
    trash = options.work / "trash"
    rows: list[Row] = []
    different: dict[str, list[str]] = {}
    print_line(COLUMNS)
    for entries, departments in jobs:
        ours = our_subject(entries, departments, options)
        peer = hugo_subject(entries, options) if options.peer == "hugo" and departments is None else None
        for subject in filter(None, (ours, peer)):
            for row in timed_steps(subject, options.runs, trash):
                rows.append(row)
                print_line(row.cells())
        if options.verify:
            different[f"{ours.job} {entries}"] = differences(ours, trash)
    for name, files in different.items():
        print(f"{name}: rebuilt and clean output {'differ in ' + str(len(files)) + ' files' if files else 'are equal'}")
        print("".join(f"  {file}\n" for file in files[:50]), end="")
    if options.json:
        result = {"rows": [asdict(row) for row in rows], "different": different, "cores": os.cpu_count()}
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 1 if any(different.values()) else 0


def main() -> int:
    """Run the command line."""
    if sys.argv[1:2] == ["search"]:
        from search import main as measure_search

        return measure_search(sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    spine = parser.add_subparsers(required=True).add_parser("spine", help="cold, unchanged and edit-one builds")
    spine.add_argument("--sizes", metavar="N,N", type=lambda text: [int(size) for size in text.split(",") if size])
    spine.add_argument("--one-department", action="store_true", help="10,000 entries in one department")
    spine.add_argument("--work", metavar="DIR", type=Path, default=Path(tempfile.gettempdir()) / "zwgk-bench")
    spine.add_argument("--runs", type=int, default=3)
    spine.add_argument("--verify", action="store_true", help="compare the last rebuild with a clean build")
    spine.add_argument("--peer", choices=["hugo"], help="measure it beside ours")
    spine.add_argument("--python", default=sys.executable, help="the interpreter that has the project's dependencies")
    spine.add_argument("--shared", metavar="DIR", type=Path, default=DEFAULT_SHARED)
    spine.add_argument("--json", metavar="FILE", type=Path)
    options = parser.parse_args(sys.argv[1:] or ["spine"])
    options.work = options.work.resolve()
    if options.sizes is None:  # --one-department alone means that job alone
        options.sizes = [] if options.one_department else [1_000, 10_000, 100_000]
    return bench_spine(options)


if __name__ == "__main__":
    sys.exit(main())
