"""Queries in a real browser: what the engine answers, held against what it must find."""

from __future__ import annotations

import collections
import functools
import http.server
import json
import shutil
import statistics
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zwgk_site.pipeline.search_files import client_files

HERE = Path(__file__).resolve().parent
CHROMIUM = "/usr/bin/chromium"
BATCH = 40


def prepare_page(site: Path, shared: Path) -> None:
    """Have `index.html`, `adapter.js`, `ids.js` and the engine in a folder that has `search/` and `ids.json`."""
    shutil.copy(shared / "search-bench" / "shell.html", site / "index.html")
    shutil.copy(shared / "search-bench" / "sw.js", site / "sw.js")
    shutil.copy(HERE / "search_adapter.js", site / "adapter.js")
    (site / "ids.js").write_text(f"window.ARTICLES={(site / 'ids.json').read_text('utf-8')};\n", encoding="utf-8")
    if not (site / "search").is_symlink():  # a built site has its own
        for name, data in client_files():
            if name.startswith("search/"):
                (site / name).write_bytes(data)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """The folder over HTTP on this machine: its address."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


@contextmanager
def open_page(address: str) -> Iterator[Any]:
    """A page of Chromium at this address."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_default_timeout(0)
        page.goto(f"{address}index.html")
        try:
            yield page
        finally:
            browser.close()


def ask(address: str, queries: Sequence[str], function: str = "batch") -> list[Any]:
    """What the page's function answers to all queries, in batches of one page."""
    found: list[Any] = []
    with open_page(address) as page:
        for start in range(0, len(queries), BATCH):
            found += page.evaluate(f"queries => {function}(queries)", list(queries[start : start + BATCH]))
    return found


def ask_firefox(site: Path, queries: Sequence[str], work: Path) -> list[str]:
    """Digests of all answers from `file://` in Firefox."""
    wanted, out = work / "firefox-queries.json", work / "firefox-answers.json"
    wanted.write_text(json.dumps(list(queries)), encoding="utf-8")
    subprocess.run(["node", HERE / "search_firefox.cjs", site, wanted, out], cwd=work, check=True)
    return list(json.loads(out.read_text(encoding="utf-8"))["digests"])


@dataclass
class Tally:
    """Sums over the queries of a kind against one truth."""

    recalls: list[float] = field(default_factory=list)
    precisions: list[float] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)
    tens: list[float] = field(default_factory=list)
    ranks: list[float] = field(default_factory=list)
    zeros: int = 0
    misses: list[dict[str, Any]] = field(default_factory=list)

    def add(self, query: dict[str, Any], got: Sequence[int], truth: Sequence[int]) -> None:
        """Count one query."""
        wanted = set(truth)
        hits = sum(one in wanted for one in got)
        recall = hits / len(wanted) if wanted else 1.0
        precision = hits / len(got) if got else None
        self.recalls.append(recall)
        self.tens.append(sum(one in wanted for one in got[:10]) / min(10, len(wanted) or 10))
        if precision is None:
            self.zeros += 1
        else:
            self.precisions.append(precision)
            top = got[:10]
            self.tops.append(sum(one in wanted for one in top) / len(top))
        if "target" in query:
            place = next((at for at, one in enumerate(got) if one in query["target"]), None)
            self.ranks.append(0.0 if place is None else 1 / (place + 1))
        if recall < 1 or (precision is not None and precision < 1):
            lacking = sorted(wanted - set(got))[:3]
            extra = [one for one in got if one not in wanted][:3]
            self.misses.append(
                {"q": query["q"], "truth": len(wanted), "got": len(got), "lacking": lacking, "extra": extra}
            )

    def row(self) -> dict[str, float | int | None]:
        """The figures."""
        mean = lambda values: statistics.fmean(values) if values else None  # noqa: E731 - said once
        return {
            "n": len(self.recalls),
            "recall": mean(self.recalls),
            "precision": mean(self.precisions),
            "P@10": mean(self.tops),
            "of ten": mean(self.tens),
            "MRR": mean(self.ranks),
            "zero": self.zeros,
            "misses": len(self.misses),
        }


def judge(queries: Sequence[dict[str, Any]], answers: Sequence[dict[str, Any]]) -> dict[str, dict[str, Tally]]:
    """For each truth and kind the tally; queries with an error count as without a hit."""
    found: dict[str, dict[str, Tally]] = {key: collections.defaultdict(Tally) for key in ("truth_units", "truth")}
    for query, answer in zip(queries, answers, strict=True):
        for key, tallies in found.items():
            tallies[query["kind"]].add(query, answer["ids"], query[key])
    return found


def print_figures(tallies: dict[str, Tally]) -> None:
    """One line a kind."""
    for kind, tally in tallies.items():
        cells = (f"{name} {'–' if value is None else f'{value:.4g}'}" for name, value in tally.row().items())
        print(f"  {kind:<16}", "  ".join(cells), flush=True)
