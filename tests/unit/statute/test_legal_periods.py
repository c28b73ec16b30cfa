"""Periods fixed by law: which texts fall under them, and when one length is surely shorter than another."""

from __future__ import annotations

import pytest

import zwgk_site.stages.check.families.display_periods as family
from zwgk_site.statute.display_minimums import MINIMUMS, is_too_short, minimum_for
from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.statute.matter_maximums import MAXIMUMS, maximum_exceeded
from zwgk_site.statute.matters import Period, is_surely_shorter
from zwgk_site.statute.time_limit import Unit


@pytest.mark.parametrize(
    ("amount", "unit", "least", "least_unit", "shorter"),
    [
        (4, "working_day", 5, "working_day", True),
        (5, "working_day", 5, "working_day", False),
        (4, "day", 5, "working_day", True),
        (5, "day", 5, "working_day", False),
        (6, "day", 5, "working_day", False),
        (1, "week", 5, "working_day", False),
        (10, "day", 10, "working_day", True),
        (13, "day", 10, "working_day", False),
        (2, "working_day", 3, "day", False),
        (20, "working_day", 30, "day", True),
        (22, "working_day", 30, "day", False),
        (1, "month", 30, "day", False),
        (48, "hour", 3, "day", True),
        (20, "day", 20, "working_day", True),
        (20, "day", 1, "month", True),
        (30, "day", 1, "month", False),
        (15, "day", 15, "working_day", True),
    ],
)
def test_a_period_is_shorter_only_where_it_must_be(
    amount: int, unit: Unit, least: int, least_unit: Unit, *, shorter: bool
) -> None:
    assert is_surely_shorter(Period(amount, unit), Period(least, least_unit)) is shorter


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("公务员录用 拟录用人员公示", "recruits"),
        ("公务员招考 职位 名额", ""),
        ("事业单位公开招聘 拟聘用人员公示", ""),
        ("工程建设项目招标投标 中标候选人公示", "bidders"),
        ("中标候选人公示 单一来源公示", ""),
        ("征地 土地征收预公告", "land_notice"),
        ("国有土地上房屋征收 征收补偿方案 征求意见情况", "houses"),
        ("国有土地上房屋征收 房屋征收决定公告", ""),
        ("征地 征地补偿安置方案公告", "land_compensation"),
        ("城乡规划 控制性详细规划批前公示", "planning"),
        ("城乡规划 建设工程设计方案批前公示", ""),
        ("国土空间总体规划草案公示", ""),
        ("旅游总体规划草案征求意见", ""),
    ],
)
def test_a_text_falls_under_the_one_minimum_of_its_matter(text: str, key: str) -> None:
    found = minimum_for(text)
    assert (found.key if found is not None else "") == key


def test_a_limit_that_says_nothing_of_the_time_on_view_is_not_too_short() -> None:
    for text in ("及时公开", "自信息形成之日起20个工作日内", "", "长期公开"):
        assert not any(is_too_short(parse_limit(text), minimum) for minimum in MINIMUMS)


@pytest.mark.parametrize(
    ("text", "limit", "law"),
    [
        ("部门预算", "批复后1个月内", "《预算法》第十四条"),
        ("部门预算", "批复后二十日内", ""),
        ("部门预算", "信息形成之日起20个工作日内", ""),
        ("工程预算", "批准后30日内", ""),
        ("征收土地公告", "收到批准文件之日起20个工作日内", "《土地管理法实施条例》第三十一条"),
        ("征收土地公告", "收到批准文件之日起15日内", ""),
        ("地名命名", "自批准之日起20个工作日内", "《地名管理条例》第十四条"),
        ("政府信息公开年报", "每年3月31日前", ""),
    ],
)
def test_a_limit_exceeds_the_law_only_from_the_same_event(text: str, limit: str, law: str) -> None:
    found = maximum_exceeded(text, parse_limit(limit))
    assert (found.article if found is not None else "") == law


def test_every_row_has_the_article_that_its_rule_names() -> None:
    rules = family._RULES
    assert set(rules) == {minimum.key for minimum in MINIMUMS}
    for minimum in MINIMUMS:
        assert minimum.article in rules[minimum.key].basis.split("；")


def test_what_a_row_is_told_to_write_keeps_the_law() -> None:
    for maximum in MAXIMUMS:
        limit = parse_limit(maximum.example)
        assert limit.kind != "unknown"
        assert maximum_exceeded(" ".join(group[0] for group in maximum.matter.every), limit) is None
