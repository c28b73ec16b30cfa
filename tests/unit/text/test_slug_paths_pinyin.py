"""Names to URL parts, references to paths, names in pinyin order: laws for any text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwgk_site.text.paths import locate_reference
from zwgk_site.text.pinyin import initial_of, pinyin_key, title_initial
from zwgk_site.text.readings import pair_readings, usual_readings
from zwgk_site.text.slug import LENGTH, short_id, slug_name

SAFE = re.compile(r"[A-Za-z0-9_-]+")


@given(st.text(max_size=200))
def test_any_name_becomes_a_safe_slug(name):
    slug = slug_name(name)
    assert SAFE.fullmatch(slug)
    assert len(slug) <= LENGTH


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_names_that_differ_have_slugs_that_differ(one, other):
    if one != other:
        assert slug_name(one) != slug_name(other)


def test_a_plain_name_is_its_own_slug_and_a_device_is_not():
    assert slug_name("WJJ-012") == "WJJ-012"
    assert slug_name("con") != "con"
    assert slug_name("LPT1") != "LPT1"


@given(st.text(max_size=100), st.sampled_from(["", "2026", "2026/下"]))
def test_no_reference_leads_out_of_its_tree(reference, base):
    path = locate_reference(reference, base)
    if path is not None:
        assert not path.startswith(("/", "../"))
        assert path != ".."
        assert "\0" not in path
        assert ".." not in path.split("/")


def test_references_are_followed_like_links():
    assert locate_reference("../2023/x.md#一", "2026") == "2023/x.md"
    assert locate_reference(r"附件\表.xlsx", "2026") == "2026/附件/表.xlsx"
    assert locate_reference("%E8%A1%A8.xlsx", "") == "表.xlsx"
    assert locate_reference("../../../etc/passwd", "2026") is None
    assert locate_reference("/etc/passwd", "2026") is None
    assert locate_reference("C:/x", "2026") is None


def test_departments_sort_by_pinyin():
    names = ["示范县卫生健康局", "示范县财政局", "示范县教育局", "示范县人民政府"]
    assert sorted(names, key=pinyin_key) == ["示范县财政局", "示范县教育局", "示范县人民政府", "示范县卫生健康局"]
    assert initial_of(pinyin_key("财政局")) == "C"
    assert initial_of(pinyin_key("123")) == "#"


def test_an_identity_tells_nothing_and_lasts():
    assert short_id("2026/秘密") == short_id("2026/秘密")
    assert re.fullmatch("[0-9a-f]{16}", short_id("2026/秘密"))


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("示范县教育局关于招生的通知", "s"),
        ("《示范县条例》解读", "s"),
        ("重庆路改造公告", "c"),  # read otherwise than 重 usually is
        ("關於安全的通知", "g"),
        ("Ａ类企业名单", "a"),
        ("GDP核算说明", "g"),
        ("2026年部门预算", ""),
        ("“一件事”清单", "y"),
        ("", ""),
        ("……", ""),
    ],
)
def test_a_title_stands_under_the_letter_of_its_first_character(title, letter):
    assert title_initial(title) == letter


@given(st.text(max_size=30))
def test_any_title_has_one_letter_or_none(title):
    assert re.fullmatch("[a-z]?", title_initial(title))


def test_the_letter_of_each_character_is_that_of_its_usual_reading():
    assert {char: title_initial(char) for char in usual_readings()} == {
        char: reading[0] for char, reading in usual_readings().items()
    }
    for pair, readings in pair_readings().items():
        assert title_initial(pair) == readings[0][0], pair
