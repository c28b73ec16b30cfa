"""A sample of a check's findings to be judged by a person: `sample_findings.py report.json --seed 20261126 > sample.tsv`.

Stratified: of each code as many as of any other, as far as there are so many; the rest is drawn from all that is left.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any


def sample(findings: list[dict[str, Any]], size: int, seed: int) -> list[dict[str, Any]]:
    """The findings to look at, by code and place."""
    draw = random.Random(seed)
    by_code: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for finding in sorted(findings, key=_place):
        by_code[finding["code"]].append(finding)
    chosen: list[dict[str, Any]] = []
    rest: list[dict[str, Any]] = []
    share = max(1, size // max(1, len(by_code)))
    for _, found in sorted(by_code.items()):
        draw.shuffle(found)
        chosen += found[:share]
        rest += found[share:]
    draw.shuffle(rest)
    return sorted((chosen + rest)[:size], key=_place)


def _place(finding: dict[str, Any]) -> tuple[str, str, int, str]:
    return finding["code"], finding["file"], finding["line"], finding["message"]["zh"]


def main() -> None:
    """Prints the sample, the seed in its first line, with an empty column for the judgement."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("report", type=Path, help="what `zwgk check --json` printed")
    options.add_argument("--seed", type=int, default=20261126)
    options.add_argument("--size", type=int, default=60)
    given = options.parse_args()
    findings = json.loads(given.report.read_text("utf-8"))["findings"]
    out = sys.stdout.write
    out(f"# seed {given.seed}, {given.size} of {len(findings)} findings\ncode\tfile\tline\tmessage\tjudgement\twhy\n")
    for finding in sample(findings, given.size, given.seed):
        code, file, line, message = _place(finding)
        out(f"{code}\t{file}\t{line}\t{message}\t\t\n")


if __name__ == "__main__":
    main()
