"""The rows of a first catalogue: from the right articles, with limits that the program itself can read."""

import pytest

from zwgk_site.statute.columns import items_of
from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.statute.profiles import PROFILES, find_profile
from zwgk_site.statute.starter_rows import article_of, starter_rows

each_profile = pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)


@each_profile
def test_every_statutory_item_of_the_organ_has_a_row_and_no_other(profile):
    items = {row.item for row in starter_rows(profile)} - {""}
    assert items == {term.slug for term in items_of(profile.category, profile.level)}


@each_profile
def test_every_limit_is_one_that_the_program_understands(profile):
    for row in starter_rows(profile):
        assert parse_limit(row.time_limit).kind != "unknown", row.time_limit


@each_profile
def test_no_two_rows_are_about_the_same(profile):
    subjects = [row.subject for row in starter_rows(profile)]
    assert len(subjects) == len(set(subjects))


def test_a_government_reports_by_the_end_of_march_a_department_by_the_end_of_january():
    limits = {
        name: next(row.time_limit for row in starter_rows(find_profile(name)) if row.subject[-1] == "工作年度报告")
        for name in ("县级政府", "县级部门")
    }
    assert limits == {"县级政府": "每年3月31日前公开上一年度", "县级部门": "每年1月31日前公开上一年度"}


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("20-2", "第二十条第（二）项"),
        ("20-10", "第二十条第（十）项"),
        ("20-15", "第二十条第（十五）项"),
        ("21-1", "第二十一条"),
    ],
)
def test_an_item_is_told_in_the_words_of_the_law(item, words):
    assert article_of(item) == words


def test_a_profile_is_known_by_its_other_names():
    assert find_profile("镇政府") is find_profile("乡镇")
    assert find_profile("县级单位") is None
