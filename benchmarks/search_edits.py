"""Edits of single entries of a built site, one after another: what each adds to the search, and whether the answers stay right."""

from __future__ import annotations

import json
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from search_corpus import Article, departments_of, read_articles, write_catalog, write_site

from zwgk_site.model.search import SearchManifest
from zwgk_site.stages.index.chunks import read_chunk
from zwgk_site.stages.index.container import decode_containers

MOST = 150
"""Entries of a department: an edit reads its department's catalogue, which is not what is measured here."""

MOMENT = "2026-11-26 12:00"
COMPARED = 60
LIMIT_MEDIAN, LIMIT_MEAN = 64_000, 200_000
_ENTRY = re.compile(r"A-0*(\d+)")


def read_manifest(output: Path) -> SearchManifest:
    """The manifest of a published index."""
    import msgspec

    content = decode_containers((output / "search" / "manifest.js").read_bytes())["manifest"]
    return msgspec.json.decode(content, type=SearchManifest)


def urls_of(output: Path, segment: str) -> list[str]:
    """The URL of each document of a segment, by id."""
    chunks: dict[int, bytes] = {}
    for path in (output / "search" / segment).rglob("*.js"):
        if path.name == "all.js" or path.parent.parent.name == "t":
            for name, content in decode_containers(path.read_bytes()).items():
                kind, _, number = name.partition("/")[2].rpartition("/")
                if kind.startswith("t/"):
                    chunks[int(number)] = content
    found: list[str] = []
    continued: set[int] = set()
    for number in sorted(chunks):
        if number not in continued:
            for record, more in read_chunk(chunks[number]):
                found.append(record.url)
                continued.update(more)
    return found


def write_ids(output: Path, folder: Path) -> None:
    """`ids.json` of a built site: the number of the entry, or -1 for pages of another kind."""
    found = {}
    for ref in read_manifest(output).segments:
        matches = map(_ENTRY.search, urls_of(output, ref.id))
        found[ref.id] = [int(match[1]) if match else -1 for match in matches]
    (folder / "ids.json").write_text(json.dumps(found), encoding="utf-8")


def search_names(output: Path) -> set[str]:
    """What stands in the folder of the index but what has a fixed name: segments and tables."""
    return {path.name for path in (output / "search").iterdir() if path.is_dir() or "-" in path.name}


def size_of(path: Path) -> int:
    """The bytes of a file, or of all files below a folder."""
    return sum(one.stat().st_size for one in path.rglob("*") if one.is_file()) if path.is_dir() else path.stat().st_size


def build(site: Path, output: Path, *more: str) -> None:
    """Build in a process of its own."""
    command = [sys.executable, "-m", "zwgk_site", "build", str(site), "--output", str(output), "--quiet", *more]
    if subprocess.run(command, check=False).returncode not in (0, 1):
        raise SystemExit("the build failed")


def edit_many(options: Any) -> None:
    """The command `edits`."""
    from zwgk_site import BuildRequest, build_site

    articles = read_articles(options.work / "c3.jsonl")
    site, output = options.work / "site-edits", options.work / "out-edits"
    if not site.exists():
        write_site(articles, site, "entries", MOST)
    start = time.perf_counter()
    build(site, output)
    print(f"first build {time.perf_counter() - start:.1f} s")
    groups = departments_of(articles, MOST)
    numbers = {code: number for number, code in enumerate(sorted(groups), 1)}
    places = [(code, place) for code in sorted(groups) for place in range(len(groups[code]))]
    draw = random.Random(5)
    before = search_names(output)
    sizes: list[int] = []
    for revision in range(1, options.edits + 1):
        code, place = draw.choice(places)
        groups[code][place] = _revised(groups[code][place], revision)
        path = site / "catalogs" / f"{code}.yaml"
        write_catalog(path, numbers[code], groups[code])
        request = BuildRequest(site, output, MOMENT, jobs=1, changed=(str(path),))
        if build_site(request).value is None:
            raise SystemExit(f"edit {revision} was not published")
        after = search_names(output)
        sizes.append(sum(size_of(output / "search" / name) for name in after - before))
        before = after
        if revision % 100 == 0:
            segments = [ref.documents for ref in read_manifest(output).segments]
            print(f"  {revision} edits, {time.perf_counter() - start:.0f} s, segments {segments}", flush=True)
    _print_sizes(sizes)
    _compare(site, output, options)


def _revised(article: Article, revision: int) -> Article:
    return replace(article, text=f"{article.text}\n第{revision}次修订：{article.dept}已更新本事项。")


def _print_sizes(sizes: Sequence[int]) -> None:
    median, mean = statistics.median(sizes), statistics.fmean(sizes)
    big = sorted(size for size in sizes if size > LIMIT_MEDIAN)
    print(f"{len(sizes)} edits: new files of the index, median {median:.0f} bytes (limit {LIMIT_MEDIAN}), "
          f"mean {mean:.0f} (limit {LIMIT_MEAN}), above the limit {len(big)}, largest {big[-3:]}")  # fmt: skip


def _compare(site: Path, output: Path, options: Any) -> None:
    """The answers of the edited index and of a clean one."""
    from search import load_queries, ours
    from search_browser import ask, serve

    clean = options.work / f"out-clean-{time.time_ns()}"
    build(site, clean)
    queries = load_queries(options)
    wanted = [query["q"] for query in random.Random(2).sample(queries, min(len(queries), COMPARED * 10))]
    answers = []
    for made, name in ((output, "edited"), (clean, "clean")):
        folder = options.work / f"page-{name}"
        folder.mkdir(exist_ok=True)
        link = folder / "search"
        link.unlink(missing_ok=True)
        link.symlink_to(made / "search", target_is_directory=True)
        write_ids(made, folder)
        with serve(ours(options, folder.name)) as address:
            answers.append(ask(address, wanted))
    errors = [answer["error"] for part in answers for answer in part if "error" in answer]
    if errors:
        raise SystemExit(f"{len(errors)} queries failed: {errors[0]}")
    pairs = list(zip(wanted, *answers, strict=True))
    unlike = [query for query, one, other in pairs if sorted(one["ids"]) != sorted(other["ids"])]
    order = [query for query, one, other in pairs if one["ids"][:10] != other["ids"][:10]]
    print(f"{len(pairs)} queries: {len(unlike)} find other entries in the clean index, {unlike[:5]}; "
          f"{len(order)} another first page, {order[:5]}")  # fmt: skip
