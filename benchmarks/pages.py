#!/usr/bin/env python3
"""Weigh a page of every kind, and let Lighthouse judge three of them over http: `python3 build.py pages`.

    build.py pages [--lighthouse FOLDER] [--port 8123]

Lighthouse is large and therefore in no lock: it is installed into FOLDER (default: a folder of the temporary ones that is
kept) by npm. Exit code 1 if a budget is missed or a mark is below 95.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.browser.chosen_pages import hard_pages
from tests.browser.engine import CHROMIUM
from tests.page_weight import CSS, PAGE, SCRIPT, Weight, weigh_page
from tests.sample_column import REPOSITORY, TODAY, built_sample

LIGHTHOUSE = "lighthouse@12.8.2"  # the last that runs on the Node of Debian 13
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
JUDGED = ("home", "catalog", "document")
LEAST = 95


def print_weights() -> bool:
    """The table of weights in KB as sent; whether all budgets are kept."""
    output, kept = built_sample(), True
    print(
        f"{'page (largest of its kind), KB sent':40} {'html':>6} {'css':>6} {'js':>6} {'search':>6} {'images':>6} {'all':>6}"
    )
    for kind, url in hard_pages(output).items():
        weight = weigh_page(output, url)
        good = is_light(kind, weight)
        kept &= good
        numbers = " ".join(f"{size / 1024:6.1f}" for size in (*weight, weight.total))
        print(f"{kind:40} {numbers}{'' if good else '  OVER'}")
    print(f"budgets: css {CSS // 1024}, js {SCRIPT // 1024}, a document in all {PAGE // 1024}")
    return kept


def is_light(kind: str, weight: Weight) -> bool:
    return weight.css <= CSS and weight.script <= SCRIPT and (not kind.startswith("document") or weight.total <= PAGE)


def find_lighthouse(folder: Path) -> Path:
    program = folder / "node_modules/.bin/lighthouse"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        npm = ["npm", "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", LIGHTHOUSE]
        subprocess.run(npm, check=True)
    return program


def judge_page(program: Path, address: str) -> dict[str, int]:
    """The marks of Lighthouse, of 100."""
    flags = f"--headless=new --no-sandbox --disable-gpu --user-data-dir={tempfile.mkdtemp(prefix='zwgk-lighthouse-')}"
    command = [
        str(program), address, "--quiet", "--output=json", f"--chrome-path={CHROMIUM}", f"--chrome-flags={flags}",
        f"--only-categories={','.join(CATEGORIES)}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        sys.exit(done.stderr)
    report = json.loads(done.stdout)
    for audit in report["audits"].values():
        if audit["score"] is not None and audit["score"] < 0.5 and audit["scoreDisplayMode"] == "binary":
            print(f"  {audit['id']}: {audit['title']}")
    return {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}


def print_marks(program: Path, port: int) -> bool:
    """Serves the sample column as `zwgk serve` does, and prints the marks of three pages; whether all are good."""
    folder = Path(tempfile.mkdtemp(prefix="zwgk-pages-"))
    command = [
        sys.executable,
        "-m",
        "zwgk_site",
        "serve",
        ".",
        "--output",
        str(folder / "public"),
        "--today",
        TODAY,
        "--port",
        str(port),
    ]
    server = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    pages, good = hard_pages(built_sample()), True
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        print(f"{'page':40} " + " ".join(f"{name:>14}" for name in CATEGORIES))
        for kind in JUDGED:
            marks = judge_page(program, f"http://127.0.0.1:{port}/{pages[kind]}")
            good &= min(marks.values()) >= LEAST
            print(f"{kind:40} " + " ".join(f"{mark:14}" for mark in marks.values()))
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)
    return good


def wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(address).close()  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit(f"nothing answers at {address}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lighthouse", type=Path, default=Path(tempfile.gettempdir(), "zwgk-lighthouse"))
    parser.add_argument("--port", type=int, default=8123)
    options = parser.parse_args()
    kept = print_weights()
    return 0 if print_marks(find_lighthouse(options.lighthouse), options.port) and kept else 1


if __name__ == "__main__":
    sys.exit(main())
