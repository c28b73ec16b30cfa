"""Whoosh's parts run on our files: query language, phrases, spans, scoring, facets, highlighter."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from whoosh import query
from whoosh.highlight import ContextFragmenter, HtmlFormatter
from whoosh.query.spans import SpanFirst, SpanNear
from whoosh.reading import TermNotFound
from whoosh.scoring import TF_IDF, Frequency
from whoosh.searching import Searcher
from whoosh.sorting import FieldFacet, QueryFacet

from tests.search.sample_indexes import random_records, write_index
from zwgk_site.model.search import FACETS, IndexRecord
from zwgk_site.search.answer import search
from zwgk_site.search.files import IndexFiles
from zwgk_site.search.segment import open_segments
from zwgk_site.search.whoosh_answer import search_whoosh
from zwgk_site.search.whoosh_query import UnitPhrase, open_searcher, parse_whoosh, phrase_of_words
from zwgk_site.search.whoosh_reader import open_reader
from zwgk_site.search.whoosh_schema import GAP, UnitAnalyzer, search_schema
from zwgk_site.text.units import split_units

HEALTH, SCHOOL = ("wjj", "卫生健康局"), ("jyj", "教育局")


def _record(url: str, title: str, body: str, department: tuple[str, str], date: str, **more: str) -> IndexRecord:
    facets = ((department,), *((),) * (len(FACETS) - 1))
    return IndexRecord(url=url, title=title, body=body, facets=facets, date=date, **more)


BASE = [
    _record(
        "a",
        "预防接种工作条例",
        "本条例规定疫苗的管理。疫苗，疫苗。",
        HEALTH,
        "2024-03-01",
        document_number="示卫发〔2024〕3号",
    ),
    _record("b", "疫苗管理办法", "按照预防接种条例修改。", HEALTH, "2023-05-06", keywords="疫苗"),
    _record("c", "学校食堂管理条例", "食堂应当公开，接受监督；学校负责。", SCHOOL, "2024-09-01"),
    _record("d", "学校招生办法", "招生办法由教育局修改，COVID-19 期间除外。", SCHOOL, "2020-01-02"),
]
DELTA = [
    _record("e", "校车安全条例", "校车条例，校车安全。", SCHOOL, "2025-01-01"),
    _record("x", "作废的条例", "条例", SCHOOL, "2019-01-01"),
]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    write_index(tmp_path, [BASE, DELTA], singles=(1,), dead={1: (0,)})
    return tmp_path


@pytest.fixture
def searcher(index: Path) -> Searcher:
    return open_searcher(open_segments(IndexFiles(index)))


def urls(searcher: Searcher, tree: query.Query | str, **more: object) -> list[str]:
    return [
        hit["url"] for hit in searcher.search(parse_whoosh(tree) if isinstance(tree, str) else tree, limit=None, **more)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("title:条例 AND NOT body:修改", "ace"),
        ("标题：条例", "ace"),
        ("预防接种条例", "b"),
        ("“预防接种”", "ab"),
        ("疫苗 OR 校车", "abe"),
        ("(疫苗 OR 校车) AND title:条例", "ae"),
        ("body:(食堂 招生)", ""),
        ("body:(食堂 OR 招生)", "cd"),
        ("条例 NOT 疫苗", "ce"),
        ("示卫发〔2024〕3号", "a"),
        ("number:示卫发2024", "a"),
        ("covid", "d"),
        ("COVID-19", "d"),
        ("body:covi*", "d"),
        ("title:校", "cde"),
        ("department:教育局", "cde"),
        ("部门:jyj AND title:条例", "ce"),
        ("date:[2023-01-01 TO 2024-06-30]", "ab"),
        ("year:2024", "ac"),
        ('body:"公开，接受监督"', "c"),
        ('body:"公开接受监督"', ""),
        ('body:"招生，教育"~9', "d"),
        ("keywords:疫苗", "b"),
        ("没有这个词", ""),
        ("nowhere:条例", ""),
    ],
)
def test_the_query_language(searcher, text, wanted):
    assert "".join(sorted(urls(searcher, text))) == wanted, parse_whoosh(text)


def test_phrases_and_spans_of_whoosh_itself(searcher):
    assert sorted(urls(searcher, query.Phrase("body", ["预防", "防接", "接种"]))) == ["b"]
    assert urls(searcher, query.Phrase("body", ["预防", "接种"])) == []
    assert urls(searcher, query.Phrase("body", ["预防", "接种"], slop=2)) == ["b"]
    near = SpanNear(query.Term("body", "校车"), query.Term("body", "安全"), slop=3, ordered=True)
    assert urls(searcher, near) == ["e"]
    assert urls(searcher, SpanFirst(query.Term("body", "食堂"), limit=0)) == ["c"]
    assert urls(searcher, SpanFirst(query.Term("body", "招生"), limit=0)) == ["d"]


def test_a_phrase_of_ours_gives_its_places(index):
    reader = open_reader(open_segments(IndexFiles(index))[:1])
    with Searcher(reader) as searcher:
        matcher = UnitPhrase("body", ["食堂", "堂应", "应当"]).matcher(searcher)
        assert [span.start for span in matcher.spans()] == [0]
        matcher = searcher.postings("body", "疫苗")
        found = {}
        while matcher.is_active():
            found[reader.stored_fields(matcher.id())["url"]] = matcher.value_as("positions")
            assert matcher.value_as("frequency") == matcher.weight()
            matcher.next()
        assert found == {"a": [5, 11, 14]}


def test_more_and_shorter_is_scored_higher_and_boosts_count(searcher):
    assert urls(searcher, "body:疫苗 OR body:食堂^0.01")[-1] == "c"
    assert urls(searcher, "body:疫苗^0.01 OR body:食堂")[0] == "c"
    assert urls(searcher, "title:学校^9 OR title:疫苗")[-1] == "b"
    for weighting in (TF_IDF(), Frequency()):
        other = Searcher(searcher.reader(), weighting=weighting)
        assert sorted(urls(other, "条例")) == ["a", "b", "c", "e"]
        assert urls(other, "body:“疫苗”") == ["a"]


def test_facets_sort_and_group(searcher):
    results = searcher.search(parse_whoosh("条例 OR 办法"), groupedby=["department", "year"], limit=None)
    assert {name: len(found) for name, found in results.groups("department").items()} == {"卫生健康局": 2, "教育局": 3}
    assert {name: len(found) for name, found in results.groups("year").items()} == {
        "2024": 2,
        "2023": 1,
        "2020": 1,
        "2025": 1,
    }
    assert urls(searcher, "条例 OR 办法", sortedby=FieldFacet("date")) == ["d", "b", "a", "c", "e"]
    assert urls(searcher, "条例 OR 办法", sortedby=FieldFacet("date", reverse=True)) == ["e", "c", "a", "b", "d"]
    overlap = searcher.search(parse_whoosh("条例"), groupedby=FieldFacet("department", allow_overlap=True), limit=None)
    assert {name: len(found) for name, found in overlap.groups().items()} == {"卫生健康局": 2, "教育局": 2}
    kinds = QueryFacet({"办法": parse_whoosh("title:办法"), "条例": parse_whoosh("title:条例")})
    grouped = searcher.search(query.Every(), groupedby={"kind": kinds}, limit=None)
    assert {name: len(found) for name, found in grouped.groups("kind").items()} == {"办法": 2, "条例": 3}


def test_the_highlighter_marks_what_was_found(searcher):
    results = searcher.search(parse_whoosh("body:食堂应当公开"))
    results.fragmenter = ContextFragmenter(maxchars=30, surround=6)
    results.formatter = HtmlFormatter(tagname="b", classname="m", termclass="t")
    assert results[0].highlights("body") == '<b class="m t0">食堂应当公开</b>，接受监督'
    results = searcher.search(parse_whoosh("body:covid"))
    assert ">COVID</b>-19" in results[0].highlights("body")


def test_what_a_reader_must_be_able_to_say(searcher):
    reader = searcher.reader()
    assert (reader.doc_count_all(), reader.doc_count(), reader.has_deletions()) == (6, 5, True)
    assert [number for number in range(6) if reader.is_deleted(number)] == [4]
    assert len(list(reader.all_doc_ids())) == 5
    assert reader.doc_frequency("title", "条例") == 4  # as in every index of Whoosh, dead documents count
    assert reader.frequency("body", "校车") == 2
    assert ("title", "条例") in reader
    assert ("title", "没有") not in reader
    assert ("url", "a") not in reader
    assert reader.term_info("body", "疫苗").max_weight() == 3
    with pytest.raises(TermNotFound):
        reader.term_info("body", "没有")
    with pytest.raises(TermNotFound):
        reader.postings("body", "没有")
    assert "条例".encode() in list(reader.lexicon("title"))
    assert sorted(reader.lexicon("title")) == list(reader.lexicon("title"))
    assert list(reader.field_terms("department")) == ["卫生健康局", "教育局"]
    terms = list(reader.all_terms())
    assert terms == sorted(set(terms))
    assert set(reader.indexed_field_names()) == set(search_schema().names()) - {"url", "kind", "state"}
    assert reader.stored_fields(0)["title"] in [record.title for record in BASE]
    assert reader.first_id("title", "校车") == 5
    assert not reader.has_vector(0, "body")
    assert list(reader.expand_prefix("body", "校")) == ["校负".encode(), "校车".encode()]


def test_terms_are_those_of_the_index(tmp_path):
    """The analyzer, run over every text, gives exactly the terms and positions that the writer wrote."""
    records = random_records(77, 30, 40)
    write_index(tmp_path, [records])
    (segment,) = open_segments(IndexFiles(tmp_path))
    reader = open_reader([segment])
    analyzer = UnitAnalyzer()
    for name in ("keywords", "body", "attachments"):
        wanted: dict[str, dict[int, list[int]]] = {}
        for number in range(len(records)):
            for token in analyzer(reader.stored_fields(number)[name], mode="index"):
                if len(token.text) > 1 or token.text.isascii():
                    wanted.setdefault(token.text, {}).setdefault(number, []).append(token.pos)
        assert {text.decode() for text in reader.lexicon(name)} == set(wanted)
        for text, places in wanted.items():
            matcher = reader.postings(name, text)
            assert {number: matcher._places[number] for number in matcher.all_ids()} == places, text


def test_words_of_a_query_make_the_phrase_again():
    chance = random.Random(5)
    for _ in range(50):
        text = "".join(chance.choice("公开a1指南，。 9") for _ in range(12))
        words = [token.text for token in UnitAnalyzer()(text, mode="query")]
        found = phrase_of_words(words)
        units = split_units(text)
        if not units:
            assert found is None
            continue
        assert found is not None
        assert [unit for unit, _ in found.units] == [unit for unit, _ in units]
        assert found.units == tuple(units)
    assert phrase_of_words(["公开", "指南"]) is None
    assert phrase_of_words([GAP]) is None


def test_the_answer_in_whooshs_language(index):
    answer = search_whoosh(index, "title:条例 AND NOT body:修改", limit=2)
    assert (answer.total, answer.mode, len(answer.hits)) == (3, "whoosh", 2)
    assert {one.label: one.count for one in answer.facets["department"]} == {"教育局": 2, "卫生健康局": 1}
    assert {hit.url for hit in answer.hits} <= {"a", "c", "e"}
    assert answer.hits[0].title_marks
    newest = search_whoosh(index, "title:条例", sort="date", department="jyj")
    assert [hit.url for hit in newest.hits] == ["e", "c"]
    assert search_whoosh(index, "title:条例", year="2025").total == 1
    plain = search(index, "title:条例")
    assert plain.mode != "whoosh"


def test_whooshs_language_finds_what_the_plain_search_finds(tmp_path):
    write_index(
        tmp_path, [random_records(31, 400, 60), random_records(32, 40, 30)], singles=(1,), dead={0: (5, 6, 7), 1: (0,)}
    )
    for words, tree in (
        ("“行政” “许可”", "行政 AND 许可"), ("“政行行”", "政行行"), ("“行2016”", "行2016"), ("“2016”", "2016"),
        ("“行政” -“许可”", "行政 AND NOT 许可"), ("“可行” -“行政” -“政行”", "可行 AND NOT 行政 AND NOT 政行"),
    ):  # fmt: skip
        plain = search(tmp_path, words, limit=1000)
        for limit in (3, 1000):
            answer = search_whoosh(tmp_path, tree, limit=limit)
            assert answer.total == plain.total, tree
            assert answer.facets == plain.facets, tree
        assert {hit.url for hit in answer.hits} == {hit.url for hit in plain.hits}, tree
        assert len(plain.hits) > 0, words


def test_an_ordinary_search_imports_neither_whoosh_nor_numpy(index):
    code = (
        "import sys; from zwgk_site.search.answer import search; "
        f"search({str(index)!r}, '疫苗'); search({str(index)!r}, 'yimiao'); "
        "print(sorted({'whoosh', 'numpy', 'pypinyin', 'yaml', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
