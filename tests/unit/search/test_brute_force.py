"""What is found is what reading every text would find; and in the order that is promised."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from tests.search.sample_indexes import random_records, write_index
from zwgk_site.model.search import IndexRecord
from zwgk_site.search.answer import search
from zwgk_site.search.files import IndexFiles
from zwgk_site.search.phrase import Phrase, find_phrase, places_in
from zwgk_site.search.query import Part, parse_query
from zwgk_site.search.segment import open_segments
from zwgk_site.stages.index.segment import record_order
from zwgk_site.text.units import is_word, split_units

FIELDS = ("title", "document_number", "keywords", "body", "attachments")


def _has(record: IndexRecord, part: Part) -> bool:
    phrase = part.phrases[0]
    if len(phrase.units) == 1 and not is_word(phrase.units[0][0]):
        return bool(places_in(split_units(record.title), phrase))
    if any(places_in(split_units(getattr(record, field)), phrase) for field in FIELDS):
        return True
    words = [re.sub("[^a-z0-9]", "", text) for item in record.identifiers for text in (item, item.rpartition("/")[2])]
    return bool(part.joined) and part.joined in words


def _stands_alone(part: Part) -> bool:
    """Characters between gaps have no term; the texts tell, if there is a term besides."""
    return bool(part.phrases[0].lonely) and len(part.phrases[0].units) > 1


@pytest.mark.parametrize("seed", range(6))
def test_exact_hits_are_those_of_reading_every_text(seed: int, tmp_path: Path) -> None:
    segments = [random_records(20 + seed, 60, 40), random_records(40 + seed, 12, 30), random_records(60 + seed, 3, 30)]
    dead = {0: (2, 7, 30), 1: (0,)}
    write_index(tmp_path, segments, singles=(1,), dead=dead)
    living = [
        record
        for number, records in enumerate(segments)
        for place, record in enumerate(sorted(records, key=record_order))
        if place not in dead.get(number, ())
    ]
    chance = random.Random(seed)
    checked = 0
    for _ in range(120):
        words = []
        for _ in range(chance.choice((1, 1, 2, 3))):
            record = chance.choice(living)
            text = getattr(record, chance.choice((*FIELDS, "body", "title")))
            start = chance.randrange(len(text) + 1)
            words.append(re.sub(r"[\s“”「」\"]", "", text[start : start + chance.randint(1, 11)]))
        text = " ".join(f"“{word}”" if chance.random() < 0.8 else f"-“{word}”" for word in words)
        query = parse_query(text)
        if not query.parts or any(map(_stands_alone, (*query.parts, *query.excluded))):
            continue
        if any(len(part.phrases[0].units) > 2 and part.text[-1:] in "局市县" for part in query.parts):
            continue  # these may stand in facts
        wanted = {
            record.url
            for record in living
            if all(_has(record, part) for part in query.parts)
            and not any(_has(record, part) for part in query.excluded)
        }
        answer = search(tmp_path, text, limit=1000)
        assert {hit.url for hit in answer.hits} == wanted, text
        assert answer.total == len(answer.hits) == len(wanted)
        checked += bool(wanted)
    assert checked > 20


@pytest.mark.parametrize("count", [40, 900])
def test_places_of_phrases_are_those_of_reading_every_text(count: int, tmp_path: Path) -> None:
    """Small and large segments are cut differently."""
    write_index(tmp_path, [random_records(count, count, 90)])
    (segment,) = open_segments(IndexFiles(tmp_path))
    units = {(at, field): segment.units(at, field) for at in range(count) for field in range(7)}
    chance = random.Random(count)
    for _ in range(60):
        source = units[chance.randrange(count), chance.choice((0, 1, 3, 5, 5, 5))]
        if not source:
            continue
        start = chance.randrange(len(source))
        part = source[start : start + chance.choice((1, 2, 3, 5, 9, 14))]
        phrase = Phrase((unit, position - part[0][1]) for unit, position in part)
        for field in (0, 1, 3, 5):
            found = find_phrase(segment, field, phrase)
            wanted = {at: places for at in range(count) if (places := places_in(units[at, field], phrase))}
            if not phrase.terms and field:
                wanted = {}
            assert found.counts == {at: len(places) for at, places in wanted.items()}, (part, field)
            if field == 0:
                assert found.starts == wanted
                begins = [at for at, places in wanted.items() if places[0] == 0]
                assert all(found.lengths[at] == units[at, 0][-1][1] + 1 for at in begins)


def _record(url: str, title: str, body: str = "", **more: object) -> IndexRecord:
    return IndexRecord(url=url, title=title, body=body, **more)  # type: ignore[arg-type]


@pytest.fixture
def ranked(tmp_path: Path) -> Path:
    records = [
        _record("body", "通知", "公开指南在这里"),
        _record("often", "通知", "公开指南公开指南公开指南"),
        _record("keywords", "通知", keywords="公开指南"),
        _record("inside", "关于公开指南的通知"),
        _record("starts", "公开指南汇编"),
        _record("equals", "公开指南"),
        _record("older", "公开 指南", date="2020-01-01"),
        _record("newer", "《公开指南》", date="2024-01-01"),
        _record("number", "办法", document_number="示政发〔2024〕5号", date="2001-01-01"),
        _record("cites", "示政发〔2024〕5号的解读", "示政发〔2024〕5号", date="2025-01-01"),
        _record("code", "条目", identifiers=("119999/2026-00012",)),
    ]
    write_index(tmp_path, [records])
    return tmp_path


def test_titles_come_before_keywords_and_keywords_before_texts(ranked):
    urls = [hit.url for hit in search(ranked, "公开指南").hits]
    assert urls == ["newer", "older", "equals", "starts", "inside", "keywords", "often", "body"]
    assert [hit.url for hit in search(ranked, "公开 指南").hits][:3] == ["newer", "older", "equals"]


def test_the_document_of_a_number_comes_before_those_that_cite_it(ranked):
    for text in ("示政发〔2024〕5号", "示政发2024 5", "示政发[2024]第5号", "示政发（２０２４）５"):
        answer = search(ranked, text)
        assert [hit.url for hit in answer.hits] == ["number", "cites"], text
        assert answer.mode in ("exact", "number")


def test_an_identifier_is_found_whole_or_from_its_last_slash(ranked):
    for text in ("119999/2026-00012", "2026-00012", "119999 2026-00012"):
        assert [hit.url for hit in search(ranked, text).hits] == ["code"], text


def test_sort_by_date_pages_and_facets(tmp_path):
    records = random_records(9, 80, 30)
    write_index(tmp_path, [records])
    whole = search(tmp_path, "部门:卫生", limit=100, sort="date")
    assert [hit.date for hit in whole.hits] == sorted((hit.date for hit in whole.hits), reverse=True)
    assert search(tmp_path, "部门:卫生", limit=7, offset=5, sort="date").hits == whole.hits[5:12]
    wanted = [record for record in records if "wjj" in {key for key, _ in record.facets[0]}]
    assert whole.total == len(wanted)
    counted = {one.value: one.count for one in whole.facets["year"]}
    assert sum(counted.values()) == len([record for record in wanted if record.date])
    by_key = search(tmp_path, "", department="wjj", year="2016", limit=100)
    assert {hit.url for hit in by_key.hits} == {record.url for record in wanted if record.date.startswith("2016")}
    assert {one.value: one.count for one in by_key.facets["year"]} == counted
