"""An edited index answers as a clean one: what is found, and how the query was read.

For spelled words that are frequent: of rare ones an index does not keep by which letters they begin, and small
differences decide then what is guessed.
"""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from tests.search.sample_indexes import named_records, write_index
from zwgk_site.model.search import IndexRecord
from zwgk_site.search.answer import search
from zwgk_site.stages.index.segment import record_order
from zwgk_site.text.readings import initials_of, usual_readings

FREQUENT = 12
CONTENT = Path(__file__).parents[2] / "content"


def _sample_records() -> list[IndexRecord]:
    """The documents of the sample column, as search sees them more or less."""
    found = []
    for path in sorted(CONTENT.glob("*/*/*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        title = next(line.partition(": ")[2] for line in front.splitlines() if line.startswith("标题:"))
        url = f"{path.parent.parent.name}/{path.stem}.html"
        found.append(IndexRecord(url=url, title=title, body=body, date=f"{path.parent.name}-01-01"))
    return found


RECORDS = [*named_records(), *_sample_records()]


def _edit(seed: int) -> tuple[list[list[IndexRecord]], dict[int, tuple[int, ...]]]:
    """A base of which some records were edited, removed or are still to come, and a delta with what is new."""
    chance = random.Random(seed)
    chosen = chance.sample(range(len(RECORDS)), 40)
    edited, removed, added = set(chosen[:25]), set(chosen[25:30]), set(chosen[30:])
    base = [
        msgspec.structs.replace(record, body=f"{record.body}\n旧时文字。") if number in edited else record
        for number, record in enumerate(RECORDS)
        if number not in added
    ]
    gone = {RECORDS[number].url for number in edited | removed}
    order = sorted(base, key=record_order)
    dead = tuple(place for place, record in enumerate(order) if record.url in gone)
    delta = [RECORDS[number] for number in sorted(edited | added)]
    clean = [record for number, record in enumerate(RECORDS) if number not in removed]
    return [base, delta, clean], {0: dead}


def _queries(seed: int) -> list[str]:
    """Words, full pinyin, initials and misspelt words out of titles and texts."""
    chance = random.Random(seed)
    readings = usual_readings()
    sounds: dict[str, list[str]] = {}
    for char in {char for record in RECORDS for char in record.title + record.body if char in readings}:
        sounds.setdefault(readings[char], []).append(char)
    found = []
    for _ in range(250):
        record = chance.choice(RECORDS)
        text = "".join(char for char in record.title + record.body if char in readings)
        start = chance.randrange(max(1, len(text) - 4))
        word = text[start : start + chance.randint(3, 4)]
        if len(word) < 3 or sum(word in record.title or word in record.body for record in RECORDS) < FREQUENT:
            continue
        at = chance.randrange(len(word))
        alike = chance.choice(sorted(sounds[readings[word[at]]]))
        found += [word, "".join(readings[char] for char in word), initials_of(word), word[:at] + alike + word[at + 1 :]]
    return [query for query in found if query]


@pytest.mark.parametrize("seed", range(3))
def test_answers_do_not_depend_on_how_documents_are_spread_over_segments(seed: int, tmp_path: Path) -> None:
    (base, delta, clean), dead = _edit(seed)
    write_index(tmp_path / "edited", [base, delta], singles=(1,), dead=dead)
    write_index(tmp_path / "clean", [clean])
    modes = set()
    for query in _queries(seed):
        one, other = (search(tmp_path / name, query, limit=500) for name in ("edited", "clean"))
        assert (one.total, one.mode) == (other.total, other.mode), query
        assert {hit.url for hit in one.hits} == {hit.url for hit in other.hits}, query
        modes.add(one.mode)
    assert modes >= {"exact", "pinyin", "initials", "homophone"}
