"""Classes: official names, aliases, items in every writing."""

import pytest

from zwgk_site.statute.taxonomy import (
    FIELDS,
    ITEMS,
    STAGES,
    classify_field,
    classify_item,
    classify_stage,
    nearest_field,
)


def test_there_are_twenty_six_fields_fifteen_and_two_items_and_five_stages():
    assert (len(FIELDS), len(ITEMS), len(STAGES)) == (26, 17, 5)
    slugs = [term.slug for term in (*FIELDS, *ITEMS, *STAGES)]
    assert len(set(slugs)) == len(slugs)


@pytest.mark.parametrize(
    ("text", "slug"), [("卫生健康", "f25"), ("医疗卫生", "f25"), ("乡村振兴", "f14"), ("城乡规划", "f01")]
)
def test_a_field_is_known_by_its_other_names(text, slug):
    assert classify_field(text).slug == slug


def test_a_field_of_ones_own_gets_a_lasting_slug():
    term = classify_field("自然资源")
    assert term.name == "自然资源"
    assert term.slug == classify_field(" 自然资源 ").slug
    assert term.slug.startswith("x")
    assert term.slug.isascii()


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("20-11", "20-11"),
        ("第二十条第（十一）项", "20-11"),
        ("二十条第十一项", "20-11"),
        ("第二十条第(一)项", "20-1"),
        ("21-1", "21-1"),
        ("20-15", "20-15"),
    ],
)
def test_an_item_is_read_in_every_writing(text, slug):
    assert classify_item(text).slug == slug


def test_nothing_is_no_class():
    assert classify_field("  ") is None
    assert classify_item("") is None
    assert classify_stage("") is None


def test_a_stage_may_end_in_gongkai():
    assert classify_stage("结果公开").slug == "result"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("社会救济", "社会救助"),
        ("公共资源", "公共资源交易"),
        ("教育", ""),
        ("养老", "养老服务"),
        ("退役军人", ""),
        ("医疗保障", ""),
        ("交通运输", ""),
        ("水", ""),
    ],
)
def test_a_field_that_is_none_of_the_26_is_held_against_the_nearest(text, field):
    assert nearest_field(text) == field
