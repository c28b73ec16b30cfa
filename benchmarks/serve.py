#!/usr/bin/env python3
"""Time a watched preview: from the save to a tab that has been told, the page with the new text, and search that finds it.

    serve.py [--sizes 10000] [--runs 10] [--work DIR] [--json FILE]

A document and a row of a catalogue are saved in turn, each in another department. The preview runs as a clerk runs it, in
a process of its own; the tab is a connection that listens to its events.
"""

import argparse
import contextlib
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from bench import REPOSITORY, generate, set_aside, state_of
from generated_site import DEFAULT_SHARED

PATIENCE_SECONDS = 60
KINDS = ("document", "entry")


@dataclass(frozen=True, kw_only=True)
class Save:
    """Seconds from a save to each thing that follows from it; `found` is the last."""

    kind: str
    entries: int
    told: float
    shown: float
    found: float


class Preview:
    """A running `zwgk serve`, and one tab."""

    def __init__(self, site: Path, output: Path, python: str) -> None:
        command = [python, "-m", "zwgk_site", "serve", str(site), "--output", str(output), "--port", "0", "--json"]
        self._process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, encoding="utf-8")
        assert self._process.stdout is not None  # noqa: S101
        line = next(text for text in self._process.stdout if '"serving"' in text)
        self._port = urlsplit(json.loads(line)["url"]).port or 0
        self._tab = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_SECONDS)
        self._tab.request("GET", "/_zwgk/events")
        self._events = self._tab.getresponse()
        self.next_change()

    def next_change(self) -> list[str]:
        """Which files have changed, when the tab is told so; none where it is told that all may have.

        The system may tell of one save twice: a build that finds nothing new is told as well, and tabs ignore it.
        """
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            line = self._events.readline()
            if line.startswith(b"data: "):
                urls: list[str] | None = json.loads(line[6:])["urls"]
                if urls is None or urls:
                    return urls or []
        raise SystemExit(f"the tab was told of no change in {PATIENCE_SECONDS} s")

    def get(self, path: str) -> str:
        """A page as text."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_SECONDS)
        connection.request("GET", path)
        text = connection.getresponse().read().decode()
        connection.close()
        return text

    def resident_megabytes(self) -> float:
        """What the process holds."""
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def end(self) -> None:
        """Ends it as Ctrl+C does."""
        self._process.send_signal(2)
        self._process.wait(PATIENCE_SECONDS)


@contextlib.contextmanager
def running(site: Path, output: Path, python: str) -> Iterator[Preview]:
    """A preview for the length of a block."""
    preview = Preview(site, output, python)
    try:
        yield preview
    finally:
        preview.end()


def save(file: Path, text: str) -> float:
    """Saves as careful editors do, so that nobody sees half a file; when the new text stood there."""
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(text, encoding="utf-8")
    started = time.perf_counter()
    fresh.replace(file)
    return started


def time_save(preview: Preview, kind: str, entries: int, file: Path, mark: str) -> Save:
    """One save of a file in which `mark` is new, and what follows."""
    before = file.read_text(encoding="utf-8")
    if kind == "document":
        text = f"{before}\n{mark}。\n"
    else:
        text = re.sub(r"(公开内容: \[)", rf"\g<1>{mark}, ", before, count=1)
    started = save(file, text)
    urls = preview.next_change()
    told = time.perf_counter() - started
    pages = [url for url in urls if url.endswith(".html")]
    if not any(mark in preview.get(f"/{url}") for url in pages):
        raise SystemExit(f"{file}: none of {pages} has the new text")
    shown = time.perf_counter() - started
    answer = json.loads(preview.get(f"/api/search?q={quote(mark)}"))
    found = time.perf_counter() - started
    if answer.get("total") != 1:
        raise SystemExit(f"{file}: search finds {answer}")
    return Save(kind=kind, entries=entries, told=told, shown=shown, found=found)


def files_of(site: Path, kind: str, count: int) -> list[Path]:
    """A file in each of so many departments."""
    catalogues = sorted((site / "catalogs").glob("*.yaml"))
    chosen = [catalogues[number * len(catalogues) // count % len(catalogues)] for number in range(count)]
    if kind == "entry":
        return chosen
    return [min((site / "content" / file.stem).rglob("*.md")) for file in chosen]


def measure_saves(entries: int, options: argparse.Namespace) -> tuple[list[Save], float]:
    """The saves of every kind at one size, and the memory held at the end."""
    site = generate(entries, None, options)
    output = options.work / "out" / f"serve-{entries}"
    output.parent.mkdir(parents=True, exist_ok=True)
    for path in (output, state_of(output)):
        set_aside(path, options.work / "trash")
    saves = []
    with running(site, output, options.python) as preview:
        for kind in KINDS:
            files = files_of(site, kind, options.runs)
            kept = {file: file.read_text(encoding="utf-8") for file in files}
            try:
                time_save(preview, kind, entries, files[0], "暖机用的词语")  # what is loaded once is loaded
                for run, file in enumerate(files):
                    time.sleep(0.5)  # nobody saves twice in half a second
                    saves.append(time_save(preview, kind, entries, file, f"实时预览{kind[0]}第{run}次量"))
            except BaseException:
                for file, text in kept.items():
                    save(file, text)
                raise
            for file, text in kept.items():
                save(file, text)
                preview.next_change()
        return saves, preview.resident_megabytes()


def medians(saves: list[Save], kind: str) -> tuple[float, float, float]:
    """Told, shown, found."""
    of_kind = [save for save in saves if save.kind == kind]
    told, shown, found = (
        statistics.median(getattr(save, name) for save in of_kind) for name in ("told", "shown", "found")
    )
    return told, shown, found


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], default=[10_000])
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--work", metavar="DIR", type=Path, default=Path(tempfile.gettempdir()) / "zwgk-bench")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--shared", metavar="DIR", type=Path, default=DEFAULT_SHARED)
    parser.add_argument("--json", metavar="FILE", type=Path)
    options = parser.parse_args()
    options.work = options.work.resolve()
    rows: list[Save] = []
    print(f"{'saved':<10}{'entries':>9}{'told s':>9}{'shown s':>9}{'found s':>9}   worst")
    for entries in options.sizes:
        saves, megabytes = measure_saves(entries, options)
        rows += saves
        for kind in KINDS:
            told, shown, found = medians(saves, kind)
            worst = max(save.found for save in saves if save.kind == kind)
            print(f"{kind:<10}{entries:>9}{told:>9.3f}{shown:>9.3f}{found:>9.3f}   {worst:.3f}", flush=True)
        print(f"memory held: {megabytes:.0f} MB", flush=True)
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
