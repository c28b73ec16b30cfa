#!/usr/bin/env python3
"""Measure the full-text search: index, answers, bytes and times, edits, and a peer beside it. See docs/measuring-search.md.

bench.py search corpus                      the articles, from the shared folder
bench.py search index                       an index of them, through the library
bench.py search site --form entries         the articles as a site of ours, for `zwgk build`
bench.py search queries [--count 200]       queries of every kind, three seeds, two truths
bench.py search quality [--kinds a,b]       recall, precision, P@10, MRR in Chromium
bench.py search latency                     cold, next, warm, memory: the shared harness
bench.py search files                       the same answers from file:// in Chromium and Firefox
bench.py search edits [--edits 2000]        bytes of new files after each edit; answers against a clean index
bench.py search pagefind                    Pagefind on the same articles, built and measured the same way
bench.py search corpus-queries              the shared queries over the shared documents, every miss with its reason
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from generated_site import DEFAULT_SHARED
from measure import MEBIBYTE, Measurement, measure
from search_corpus import make_corpus, read_articles, read_lines, write_site

REPOSITORY = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
SEEDS = (20161180, 424242, 777)
QUESTIONS = REPOSITORY / "tests" / "search" / "questions.yaml"
PAGEFIND = "1.5.2"
PEER_QUERIES = 20
WARM_QUERIES = 60
WARM_KINDS = ("word2", "phrase4", "and2", "cross")


def python_environment() -> dict[str, str]:
    """The environment in which a script of this folder finds the project."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY)}


def print_measurement(name: str, result: Measurement, entries: int) -> None:
    """Time and memory of a build."""
    print(
        f"{name}: {result.wall_seconds:.1f} s, CPU {result.cpu_seconds:.1f} s = {result.cpu_seconds * 1000 / entries:.3f}"
        f" ms an entry, peak PSS {result.peak_pss_bytes / MEBIBYTE:.0f} MB, exit {result.exit_code}"
    )
    if result.exit_code:
        raise SystemExit(result.tail)


def run_corpus(options: argparse.Namespace) -> None:
    make_corpus(options.shared, options.work)


def run_index(options: argparse.Namespace) -> None:
    """Build the index of the articles in a process of its own."""
    run_corpus(options)
    folder = options.work / "ours"
    command = [sys.executable, HERE / "search_index.py", options.work / "c3.jsonl", folder]
    if (folder / "search").exists():
        trash = options.work / "trash" / str(time.time_ns())
        trash.parent.mkdir(exist_ok=True)
        (folder / "search").rename(trash)
    folder.mkdir(exist_ok=True)
    result = measure(command, environment=python_environment())
    figures = json.loads((folder / "index.json").read_text("utf-8")) if not result.exit_code else {"documents": 1}
    print_measurement("index, with reading and writing", result, figures["documents"])
    print(json.dumps(figures, indent=1))


def run_site(options: argparse.Namespace) -> None:
    """The articles as a site."""
    run_corpus(options)
    folder = options.work / f"site-{options.form}"
    if folder.exists():
        raise SystemExit(f"{folder} is there already; move it away first")
    write_site(read_articles(options.work / "c3.jsonl"), folder, options.form, sys.maxsize)
    print(folder)


def run_queries(options: argparse.Namespace) -> None:
    """Queries with both truths, for our runs and, without ours, for the harness."""
    from search_queries import draw_queries, question_queries, write_queries

    run_corpus(options)
    articles = read_articles(options.work / "c3.jsonl")
    laws = [str(row["text"]) for row in read_lines(options.work / "c1.jsonl")]
    queries = draw_queries(articles, laws, options.seeds, options.count) + question_queries(QUESTIONS, articles)
    write_queries(options.work / "queries.json", queries)
    print(Counter(query["kind"] for query in queries))


def load_queries(options: argparse.Namespace) -> list[dict[str, Any]]:
    """The queries that were drawn, of the kinds and seeds asked for."""
    queries = json.loads((options.work / "queries.json").read_text("utf-8"))
    kinds = options.kinds.split(",") if options.kinds else None
    seeds = {0, *options.seeds}
    return [query for query in queries if (kinds is None or query["kind"] in kinds) and query["seed"] in seeds]


def ours(options: argparse.Namespace, name: str = "ours") -> Path:
    """The folder of our index, as a page."""
    from search_browser import prepare_page

    site: Path = options.work / name
    prepare_page(site, options.shared)
    return site


def run_quality(options: argparse.Namespace) -> None:
    """All queries in one page of Chromium."""
    from search_browser import ask, judge, print_figures, serve

    queries = load_queries(options)
    start = time.perf_counter()
    with serve(ours(options)) as address:
        answers = ask(address, [query["q"] for query in queries])
    print(f"{len(queries)} queries, {time.perf_counter() - start:.0f} s")
    errors = Counter(answer["error"] for answer in answers if "error" in answer)
    print("".join(f"  error {times} ×: {error}\n" for error, times in errors.items()), end="")
    tallies = judge(queries, answers)
    misses = {}
    for truth, name in (("truth_units", "truth: containment of units"), ("truth", "truth: the harness's own folding")):
        print(name)
        print_figures(tallies[truth])
        misses[truth] = {kind: tally.misses for kind, tally in tallies[truth].items()}
    modes = Counter((query["kind"], answer.get("mode", "")) for query, answer in zip(queries, answers, strict=True))
    print("modes", {f"{kind}/{mode}": times for (kind, mode), times in sorted(modes.items())})
    (options.work / "misses.json").write_text(json.dumps(misses, ensure_ascii=False, indent=1), encoding="utf-8")
    answers_file = [{**query, **answer} for query, answer in zip(queries, answers, strict=True)]
    (options.work / "answers.json").write_text(json.dumps(answers_file, ensure_ascii=False), encoding="utf-8")


def run_harness(site: Path, queries: Sequence[Any], options: argparse.Namespace, skip: str = "") -> dict[str, Any]:
    """The shared harness on a page: its result, and with it the times of many more warm queries."""
    words = [query["q"] for query in load_queries(options) if query["kind"] in WARM_KINDS]
    warm = random.Random(1).sample(words, min(len(words), WARM_QUERIES))
    found = _ask_harness(site, {"queries": list(queries)}, options, skip)
    more = _ask_harness(site, {"queries": [], "warm": warm}, options, "quality,file,sw,throttle")
    times = sorted(ms for run in more["runs"] for ms in run.get("warm_ms", ()))
    if times:
        found["warm"] = {"n": len(times), "median": statistics.median(times), "p95": times[int(len(times) * 0.95)]}
    return found


def _ask_harness(site: Path, asked: dict[str, Any], options: argparse.Namespace, skip: str) -> dict[str, Any]:
    wanted = options.work / f"harness-{site.name}-queries.json"
    out = options.work / f"harness-{site.name}.json"
    wanted.write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
    command = ["node", options.shared / "search-bench" / "harness.cjs", site, wanted, out, f"--skip={skip}"]
    subprocess.run(command, cwd=options.work, env={**os.environ, "LIMIT": "1500"}, check=False)
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def print_harness(found: dict[str, Any]) -> None:
    """What the harness found, without the single runs."""
    for key in ("summary", "warm", "throttled", "file", "offline"):
        print(key, json.dumps(found.get(key), ensure_ascii=False))
    for run in found["runs"][:1]:
        print("first query:", run.get("error") or run.get("urls"))
        print("next query:", run.get("next_urls"))
    for kind, row in found.get("quality", {}).items():
        print(f"  {kind:<10}", {key: None if value is None else round(value, 3) for key, value in row.items()})


def run_latency(options: argparse.Namespace) -> None:
    """The harness on our index."""
    print_harness(run_harness(ours(options), load_queries(options), options, "quality"))


def run_files(options: argparse.Namespace) -> None:
    """The same queries over HTTP and from file://, in both browsers."""
    from search_browser import ask, ask_firefox, serve

    site = ours(options)
    queries = [query["q"] for query in load_queries(options) if query["seed"] in {0, options.seeds[0]}]
    if options.sample:
        queries = random.Random(1).sample(queries, min(options.sample, len(queries)))
    with serve(site) as address:
        expected = ask(address, queries, "digests")
    for name, found in (
        ("Chromium, file://", lambda: ask(f"file://{site}/", queries, "digests")),
        ("Firefox, file://", lambda: ask_firefox(site, queries, options.work)),
    ):
        digests = found()
        unlike = [one for one in zip(queries, expected, digests, strict=True) if one[1] != one[2]]
        print(f"{name}: {len(queries)} queries, {len(unlike)} answered otherwise than over HTTP", unlike[:5])


def run_twins(options: argparse.Namespace) -> None:
    """The same queries through `zwgk_site.search` in Python and the engine in Chromium: count, mode, first page."""
    from search_browser import ask, serve

    from zwgk_site.search.answer import search

    site = ours(options)
    queries = [query["q"] for query in load_queries(options)]
    queries = random.Random(1).sample(queries, min(options.sample or 400, len(queries)))
    with serve(site) as address:
        expected = ask(address, queries, "pages")
    times, unlike = [], []
    for query, wanted in zip(queries, expected, strict=True):
        start = time.perf_counter()
        answer = search(site, query, limit=10)
        times.append(time.perf_counter() - start)
        found = [answer.total, answer.mode, [hit.url for hit in answer.hits]]
        if found != wanted:
            unlike.append((query, found, wanted))
    print(f"{len(queries)} queries, {len(unlike)} unlike; in Python median {statistics.median(times) * 1000:.0f} ms")
    for query, found, wanted in unlike[: 5 * options.listed]:
        print(f"  {query}: Python {found[:2]}, browser {wanted[:2]}; first page alike: {found[2] == wanted[2]}")


def run_edits(options: argparse.Namespace) -> None:
    """Edits of single entries, one after another."""
    from search_edits import edit_many

    edit_many(options)


def pagefind_binary(work: Path) -> Path:
    """The pinned Pagefind, installed into the work folder."""
    venv = work / "venv-pagefind"
    if not venv.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin" / "pip", "install", "-q", f"pagefind[extended]=={PAGEFIND}"], check=True)
    found = next(venv.glob("lib/python3*/site-packages/pagefind_bin_extended/pagefind_extended*"), None)
    if found is None:
        raise SystemExit(f"no Pagefind in {venv}")
    return found


def run_pagefind(options: argparse.Namespace) -> None:
    """The peer: its build, then the same harness with a part of the queries."""
    run_corpus(options)
    binary = pagefind_binary(options.work)
    site = options.work / "pagefind"
    bench = options.shared / "search-bench"
    corpus = options.work / "c3.jsonl"
    if not (site / "p").exists():
        subprocess.run([sys.executable, bench / "build_pagefind_site.py", corpus, site], check=True)
    entries = sum(1 for _ in read_lines(corpus))
    print_measurement(f"Pagefind {PAGEFIND}, build", measure([binary, "--site", site], cwd=options.work), entries)
    print("files", sum(1 for path in (site / "pagefind").rglob("*") if path.is_file()))
    for name, source in (("index.html", bench / "shell.html"), ("adapter.js", bench / "adapters" / "pagefind.js")):
        (site / name).write_bytes(source.read_bytes())
    queries = []
    seen: Counter[str] = Counter()
    for query in load_queries(options):
        seen[query["kind"]] += 1
        if seen[query["kind"]] <= PEER_QUERIES:
            queries.append(query)
    print_harness(run_harness(site, queries, options, "sw"))


def run_corpus_queries(options: argparse.Namespace) -> None:
    """The shared queries over whole documents."""
    from search_browser import ask, serve
    from search_documents import Judge, document_record, print_documents, read_documents
    from search_index import manifest_of, site_tables, write_files

    from zwgk_site.stages.index import build_segment
    from zwgk_site.stages.index.segment import record_order

    documents = read_documents(options.shared)
    records = [document_record(number, document) for number, document in enumerate(documents)]
    segment = build_segment(records)
    folder = options.work / "documents"
    names, files = site_tables()
    write_files(folder, files | segment.files | {"search/manifest.js": manifest_of([segment.ref], names)})
    order = [int(record.url.split("/")[1]) for record in sorted(records, key=record_order)]
    (folder / "ids.json").write_text(json.dumps({segment.ref.id: order}), encoding="utf-8")
    queries = list(read_lines(options.shared / "corpus" / "queries.jsonl"))
    with serve(ours(options, "documents")) as address:
        answers = ask(address, [str(query["query"]) for query in queries])
    judge = Judge(documents)
    rows = [judge.row(query, answer) for query, answer in zip(queries, answers, strict=True)]
    print_documents(queries, rows, options.listed)
    out = [{**query, **row} for query, row in zip(queries, rows, strict=True)]
    (options.work / "corpus-queries.json").write_text(json.dumps(out, ensure_ascii=False, indent=1), encoding="utf-8")


COMMANDS: dict[str, Callable[[argparse.Namespace], None]] = {
    "corpus": run_corpus,
    "index": run_index,
    "site": run_site,
    "queries": run_queries,
    "quality": run_quality,
    "latency": run_latency,
    "files": run_files,
    "twins": run_twins,
    "edits": run_edits,
    "pagefind": run_pagefind,
    "corpus-queries": run_corpus_queries,
}


def main(arguments: Sequence[str]) -> int:
    """Run the command line of `bench.py search`."""
    parser = argparse.ArgumentParser(
        prog="bench.py search", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=COMMANDS)
    parser.add_argument("--work", metavar="DIR", type=Path, default=Path(tempfile.gettempdir()) / "zwgk-search")
    parser.add_argument("--shared", metavar="DIR", type=Path, default=DEFAULT_SHARED)
    parser.add_argument("--form", choices=["entries", "documents"], default="entries")
    parser.add_argument("--count", type=int, default=200, help="queries a kind and seed")
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=list(SEEDS))
    parser.add_argument("--kinds", help="only these, with commas")
    parser.add_argument("--sample", type=int, help="files: so many of the queries")
    parser.add_argument("--edits", type=int, default=2000)
    parser.add_argument("--listed", type=int, default=3, help="examples of each reason")
    options = parser.parse_args(arguments)
    options.work, options.shared = options.work.resolve(), options.shared.resolve()
    options.work.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(REPOSITORY))
    COMMANDS[options.what](options)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
