"""The sample column of this repository, built once for all tests that look at it, and its pages by kind."""

from __future__ import annotations

import atexit
import functools
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
TODAY = "2026-11-21"
DOMAIN = "https://www.shifan.example/"
FACETS = ("fields", "items", "stages", "areas", "audiences", "channels", "years", "titles")
TOPICS = ("participation", "interpretation")
COUNTED = ("channels/", "audiences/everyone/")
"""Values of facets that have counts by department instead of a list."""
KINDS = {
    "home", "departments", "coverage", "policies", "topic", "facet", "list", "department", "catalog", "changes", "column", "document list", "entry", "document", "gone", "not found",
    "site map", "accessibility",
}  # fmt: skip
"""Every kind of page that shows something of the column; there are the search page and redirects beside them."""


def run_build(root: Path, output: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """`zwgk build` as a clerk runs it."""
    command = [
        sys.executable,
        "-m",
        "zwgk_site",
        "build",
        str(root),
        "--output",
        str(output),
        "--today",
        TODAY,
        *options,
    ]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=120)


@functools.cache
def built_sample() -> Path:
    """The sample column, built in a fresh process."""
    folder = Path(tempfile.mkdtemp(prefix="zwgk-sample-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    done = run_build(REPOSITORY, folder / "public")
    assert done.returncode == 0, done.stderr
    return folder / "public"


def departments_of(output: Path) -> list[str]:
    """The departments' codes."""
    return [item["code"] for item in json.loads((output / "data/catalog.json").read_bytes())["departments"]]


def ledger_of(output: Path, code: str) -> dict[str, dict[str, str]]:
    """What became of each of a department's URLs."""
    urls: dict[str, dict[str, str]] = json.loads((output / f"data/urls/{code}.json").read_bytes())["urls"]
    return urls


def page_kinds(output: Path) -> dict[str, list[str]]:
    """Every HTML page of a built site under the name of its kind."""
    states = {f"{code}/{url}": item for code in departments_of(output) for url, item in ledger_of(output, code).items()}
    kinds: dict[str, list[str]] = defaultdict(list)
    for file in sorted(output.rglob("*.html")):
        url = file.relative_to(output).as_posix()
        kinds[_kind_of(url, states.get(url))].append(url)
    return kinds


def _kind_of(url: str, state: dict[str, str] | None) -> str:
    shared = {
        "index.html": "home",
        "departments.html": "departments",
        "404.html": "not found",
        "search.html": "search",
        "coverage.html": "coverage",
        "sitemap.html": "site map",
        "accessibility.html": "accessibility",
    }
    if url in shared:
        return shared[url]
    if state is not None:
        return {"live": state["kind"], "gone": "gone", "moved": "redirect"}[state.get("state", "live")]
    first, _, rest = url.partition("/")
    if first in (*FACETS, *TOPICS):
        index = "topic" if first in TOPICS else "facet"
        return index if rest == "index.html" or url.startswith(COUNTED) else "list"
    if rest == "index.html":
        return "policies" if first == "normative" else "department"
    kinds = {
        r"(all|valid|amended|coming|repealed|expired|unmarked|\d{4}|of-[a-z0-9-]+)/.+": "policies",
        r"catalog(-\d+)?\.html": "catalog",
        r"changes\.html": "changes",
        r"(guide|system|statutory|annual|request)\.html": "column",
        "list/.+": "document list",
    }
    return next((kind for form, kind in kinds.items() if re.fullmatch(form, rest)), f"unknown ({url})")
