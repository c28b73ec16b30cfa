"""Phrases of real catalogues, of laws and as clerks may write them, each with what it says (`limit_phrases.tsv`).

Columns: phrase (`\\n` is a line break in the cell), source, kind, amount, unit, anchor, month, day, parts.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.statute.time_limit import TimeLimit

TABLE = Path(__file__).with_name("limit_phrases.tsv")
with TABLE.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
CATALOGUE = "海坛片区标准目录"


def in_short(limit: TimeLimit) -> str:
    """A part as the table writes it: kind, amount, unit, anchor."""
    return " ".join(str(value) for value in (limit.kind, limit.amount or "", limit.unit, limit.anchor) if value)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["phrase"][:40])
def test_a_phrase_says_what_the_table_says(row: dict[str, str]) -> None:
    phrase = row["phrase"].replace("\\n", "\n")
    limit = parse_limit(phrase)
    found = {
        "kind": limit.kind,
        "amount": str(limit.amount or ""),
        "unit": limit.unit,
        "anchor": limit.anchor,
        "month": str(limit.month or ""),
        "day": str(limit.day or ""),
        "parts": " + ".join(in_short(part) for part in limit.parts),
    }
    assert found == {name: row[name] for name in found}
    assert limit.text == phrase


def test_the_table_has_every_limit_of_the_catalogue_and_enough_others() -> None:
    assert sum(row["source"] == CATALOGUE for row in ROWS) == 16
    assert len(ROWS) > 16 + 120
    assert all(row["source"] for row in ROWS)


@pytest.mark.parametrize("phrase", ["天气好的时候", "abc", "20", "待定", "7地点", "看心情"])
def test_what_says_nothing_known_is_unknown_and_keeps_its_text(phrase: str) -> None:
    limit = parse_limit(phrase)
    assert (limit.kind, limit.amount, limit.text) == ("unknown", 0, phrase)


@pytest.mark.parametrize(
    ("phrase", "basis", "unit"),
    [
        ("三日内", ("《中华人民共和国行政处罚法》第四十八条",), "working_day"),
        ("七日内", ("《行政处罚法》",), "working_day"),
        ("二十日内", ("《行政处罚法》",), "day"),
        ("批准后二十日内", ("《预算法》第十四条",), "day"),
        ("三日内", (), "day"),
        ("三天内", ("《民法典》",), "day"),
    ],
)
def test_the_law_it_rests_on_says_what_a_day_is(phrase: str, basis: tuple[str, ...], unit: str) -> None:
    assert parse_limit(phrase, basis).unit == unit
