"""The writer against the plain definition: units one by one, lists by hand; and any cut gives the same bytes."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.index_files import contents, read_varint, records_of, terms_of
from zwgk_site.model.search import FACETS, IDENTIFIER, TITLE, IndexRecord
from zwgk_site.pipeline.searching import count_before
from zwgk_site.stages.index import build_segment, postings, segment
from zwgk_site.stages.index.chunks import clean_record
from zwgk_site.stages.index.container import decode_containers, encode_container
from zwgk_site.stages.index.stream import WORD, compose, field_texts, read_stream
from zwgk_site.text.units import is_word, split_units

ALPHABET = "行政许可公开条例规定银重庆市机關發號零○12ab ，。〔〕（）《》-/.\n%é①Ⅷ５Ａㄅカ한😀"
TEXTS = st.text(ALPHABET, max_size=40)


def unit_list(text):
    """The units of a text as the vectors give them."""
    stream = read_stream([text])
    words = [word.decode() for word in stream.words]
    units = [words[code - WORD] if code >= WORD else chr(code) for code in stream.codes.tolist()]
    return list(zip(units, stream.positions.tolist(), strict=True))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_arrays_and_plain_code_read_the_same_units(text):
    assert unit_list(text) == split_units(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_the_same_units(text):
    plain = text.replace("\x1e", " ").encode("utf-8", "replace").decode()
    assert unit_list(plain) == split_units(plain)


def test_composing_is_what_the_library_does_to_every_character_and_what_it_may_join():
    chars = [chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000]
    for around in ("{}", "e{}", "か{}゙", "ｅ{}\u0301", "\u1100{}\u11a8"):
        text = "\n".join(map(around.format, chars))
        assert compose(text) == unicodedata.normalize("NFKC", text)


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.sampled_from("aＡé\u0301\u0323かゞ゙ｶﾞ가\u1100\u1161\u11a8①㈱，、。 \u3000\n\x1e\ufb01中國")
        | st.characters(codec="utf-8")
    )
)
def test_composing_is_what_the_library_does(text):
    assert compose(text) == unicodedata.normalize("NFKC", text)


def test_a_very_long_word_is_cut():
    assert unit_list("a" * 95) == split_units("a" * 95) == [("a" * 40, 0), ("a" * 40, 1), ("a" * 15, 2)]


def test_a_container_brings_back_every_byte():
    data = bytes(range(256)) * 3
    assert decode_containers(encode_container("a/b", data) + encode_container("c", b"")) == {"a/b": data, "c": b""}


@pytest.mark.parametrize(
    "spoil",
    [lambda data: data[:-5], lambda data: data.replace(b"S(", b"T("), lambda data: data[:20] + b"x" + data[21:]],
)
def test_a_spoilt_container_is_refused(spoil):
    with pytest.raises(ValueError):  # noqa: PT011 - any message will do
        decode_containers(spoil(encode_container("a", b"some content")))


def sample(count, seed=1):
    rng = Random(seed)
    words = ["行政许可", "公开条例", "规定", "银行", "重庆市", "机关", "2016", "80号", "abc", "教育局，卫生。"]
    return [
        IndexRecord(
            f"wjj/{number}.html",
            "".join(rng.choices(words, k=3)),
            f"示政发〔2026〕{number}号",
            (f"119999/2026-{number:05}",),
            "示范县教育局\n主动公开",
            "关键词",
            "\n".join("".join(rng.choices(words, k=9)) for _ in range(rng.choice((1, 2, 150)))),
            "申报表.xlsx",
            f"20{number % 27:02}-03-{number % 28 + 1:02}" if number % 7 else "",
            ((("wjj", "卫健局"),), (), (), (), (("通知", "通知"),), (), ()),
            "通知",
            "",
        )
        for number in range(count)
    ]  # fmt: skip


def brute_force(records):
    """Terms with their documents, field by field, by the definition."""
    found = defaultdict(lambda: defaultdict(list))
    for number, record in enumerate(records):
        for field, text in enumerate(field_texts(record)):
            units = split_units(text)
            for place, (unit, position) in enumerate(units):
                following = units[place + 1] if place + 1 < len(units) else ("", -1)
                joined = following[1] == position + 1 and field != IDENTIFIER
                shown = unit + " " if is_word(unit) else unit
                if joined:
                    second = following[0] + " " if is_word(following[0]) else following[0]
                    found[shown + second][field].append((number, position))
                if is_word(unit) or (field == TITLE and not joined):
                    found[shown][field].append((number, position))
    return found


def decode_lists(files, lengths):
    """Terms with their documents as the files say."""
    names = iter(terms_of(files))
    found = {}
    for shard in range(sum(name.startswith("s/") for name in files)):
        data = files[f"s/{shard >> 8}/{shard}"]
        positions = files[f"p/{shard >> 8}/{shard}"]
        count, at = read_varint(data, 0)
        shared, sizes = data[at : at + count], data[at + count : at + 2 * count]
        at += 2 * count + sum(sizes)
        assert len(shared) == count
        size, at = read_varint(data, at)
        stop = at + size
        listed = stop
        mark_size, mark = read_varint(positions, 0)
        place = mark + mark_size
        for _ in range(count):
            mask, at = read_varint(data, at)
            fields = found[next(names)] = {}
            for field in range(7):
                if not mask >> field & 1:
                    continue
                frequency, at = read_varint(data, at)
                kind, at = read_varint(data, at)
                if kind & 1:
                    short, at = read_varint(data, at)
                    assert short == 0
                    plain, start = files[f"l/{shard >> 8}/{shard}-{kind >> 1}"], 0
                else:
                    plain, start = data, listed
                    listed += kind >> 1
                postings_found, start = read_postings(plain, start, frequency)
                if field == TITLE:
                    spots, _ = read_spots(plain, start, postings_found, lengths)
                elif frequency > postings.FEW:
                    kind, mark = read_varint(positions, mark)
                    if kind & 1:
                        spots, _ = read_spots(files[f"q/{shard >> 8}/{shard}-{kind >> 1}"], 0, postings_found, None)
                    else:
                        spots, end = read_spots(positions, place, postings_found, None)
                        place += kind >> 1
                        assert end == place
                else:
                    spots = None
                fields[field] = spots or postings_found
        assert at == stop
    return found


def read_postings(data, at, frequency):
    found, before = [], -1
    for _ in range(frequency):
        head, at = read_varint(data, at)
        before += (head >> 1) + 1
        tf = 1
        if head & 1:
            tf, at = read_varint(data, at)
            tf += 2
        found.append((before, tf))
    return found, at


def read_spots(data, at, found, lengths):
    spots = []
    for document, tf in found:
        position = -1
        for step in range(tf):
            value, at = read_varint(data, at)
            position = position + 1 + value if step else value
            spots.append((document, position))
        if lengths is not None and spots[-tf][1] == 0:
            length, at = read_varint(data, at)
            assert length == lengths[document]
    return spots, at


@pytest.mark.parametrize("count", [1, 40, 600])
def test_every_term_stands_with_all_its_places(count, monkeypatch):
    monkeypatch.setattr(segment, "SMALL", 3000)
    monkeypatch.setattr(postings, "LONG_LIST", 300)
    made = build_segment(sample(count))
    files = contents(made.files, made.ref.id)
    records = records_of(files)
    assert records == sorted(sample(count), key=segment.record_order)
    lengths = [split_units(record.title)[-1][1] + 1 for record in records]
    expected = brute_force(records)
    found = decode_lists(files, lengths)
    assert found.keys() == expected.keys()
    for term, fields in expected.items():
        assert found[term].keys() == fields.keys(), term
        for field, spots in fields.items():
            documents = {}
            for document, _ in spots:
                documents[document] = documents.get(document, 0) + 1
            few = field != TITLE and len(documents) <= postings.FEW
            assert found[term][field] == (sorted(documents.items()) if few else spots), (term, field)
    if count > 500:
        assert any(name.startswith("l/") for name in files)
        assert any(name.startswith("q/") for name in files)


def test_batches_and_ranges_of_any_size_give_the_same_terms(monkeypatch):
    monkeypatch.setattr(segment, "SMALL", 3000)
    whole = build_segment(sample(300))
    monkeypatch.setattr(segment, "BATCH", 37)
    monkeypatch.setattr(segment, "RANGE", 900)
    cut = build_segment(sample(300))
    one, other = (contents(made.files, made.ref.id) for made in (whole, cut))
    assert list(terms_of(one)) == list(terms_of(other))
    assert records_of(one) == records_of(other)


def test_the_order_of_the_records_does_not_matter():
    records = sample(50)
    assert build_segment(records).files == build_segment(reversed(records)).files


def test_a_single_segment_is_one_file():
    made = build_segment(sample(5), single=True)
    assert list(made.files) == [f"search/{made.ref.id}/all.js"]
    assert len(records_of(contents(made.files, made.ref.id))) == 5


def test_nothing_to_index_is_a_segment_too():
    made = build_segment([])
    assert contents(made.files, made.ref.id)["head"][0] == 0


def test_more_characters_than_ranks_still_make_an_index():
    """The rarest are left out; all else stands as it should."""
    codes = [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0x20000, 0x23000)]
    characters = "".join(char for char in map(chr, codes) if split_units(char) == [(char, 0)])
    assert len(set(characters)) > 0x7FFE
    records = [
        IndexRecord(f"a/{number}.html", "题", body=characters[start : start + 900])
        for number, start in enumerate(range(0, len(characters), 900))
    ]
    made = build_segment(records)
    files = contents(made.files, made.ref.id)
    found = decode_lists(files, [1] * len(records))
    letters = set("".join(found))
    assert len(letters) == 0x7FFE
    expected = {term: fields for term, fields in brute_force(records_of(files)).items() if set(term) <= letters}
    assert {term: list(fields) for term, fields in found.items()} == {
        term: list(fields) for term, fields in expected.items()
    }


MARKS = st.text("行政\x1d\x1e\x1f\n\t ", max_size=6)
VALUES = st.lists(st.tuples(MARKS.filter(bool), MARKS), max_size=2).map(tuple)


@settings(max_examples=60, deadline=None)
@given(MARKS, st.lists(MARKS.filter(bool), max_size=2).map(tuple), st.tuples(*[VALUES] * len(FACETS)))
def test_a_record_with_marks_of_the_format_in_it_is_read_back_as_it_was_indexed(text, identifiers, facets):
    record = IndexRecord(
        "a/b.html", text, identifiers=identifiers, facts=text, facets=facets, kind=text, state=text, date="2026-01-02"
    )
    segment = build_segment([record])
    (found,) = records_of(contents(segment.files, segment.ref.id))
    assert found == clean_record(record)
    assert clean_record(found) == found


@given(st.sets(st.tuples(st.sampled_from(["", "2026-01-02", "2026-01-03"]), st.text("ab/", max_size=3))))
def test_places_are_how_many_stand_before(keys):
    ordered = sorted(keys)
    lines = [f"{date}\t{url}\n".encode() for date, url in ordered]
    assert sorted(lines) == lines
    known = [line for number, line in enumerate(lines) if number % 3]
    assert count_before(b"".join(known), lines) == [sum(one < line for one in known) for line in lines]


def test_the_name_of_a_delta_tells_what_it_stands_on():
    records = [IndexRecord(f"a/{number}.html", "许可") for number in range(3)]
    names = {
        build_segment(records, earlier=earlier).ref.id
        for earlier in ((), ([0, 0, 0],), ([0, 0, 1],), ([0, 0, 0], [0, 0, 0]))
    }
    assert len(names) == 4
