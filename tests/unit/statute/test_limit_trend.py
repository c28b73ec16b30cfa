"""A rewritten 公开时限 asks for more or for less, and where two limits can't be compared nothing is said."""

import pytest

from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.statute.limit_trend import OPPOSITE, TREND_WORDS, compare_limits

CASES = [
    ("自信息形成或者变更之日起20个工作日内", "自信息形成之日起7个工作日内", "shorter"),
    ("", "10个工作日内", "shorter"),
    ("20个工作日内", "实时公开", "shorter"),
    ("5个工作日内", "3个月内", "longer"),
    ("批准后20日内", "批准后15日内", "shorter"),
    ("每季度公开", "每月公开", "oftener"),
    ("每年公开", "每季度公开", "oftener"),
    ("每年3月31日前公开上一年度", "每年1月31日前公开上一年度", "earlier"),
    ("公示不少于7个工作日", "公示不少于5个工作日", "shown_shorter"),
    ("20个工作日内", "1个月内", ""),
    ("7日内", "7个工作日内", ""),
    ("批准后20日内", "20个工作日内", ""),
    ("听证会举行后20日内", "批准后5日内", ""),
    ("按照有关要求办理", "20个工作日内", ""),
    ("20个工作日内", "信息形成之日起20个工作日内", ""),
]


@pytest.mark.parametrize(("before", "after", "trend"), CASES)
def test_trend_and_its_opposite(before, after, trend):
    old, new = parse_limit(before), parse_limit(after)
    assert compare_limits(old, new) == trend
    assert compare_limits(new, old) == OPPOSITE[trend]


def test_seven_days_are_working_days_where_the_law_counts_so():
    """行政处罚法第85条: two to seven 日 are working days, so nothing has changed in substance."""
    days, working = parse_limit("7日内", ("《行政处罚法》",)), parse_limit("7个工作日内")
    assert compare_limits(days, working) == ""
    assert compare_limits(parse_limit("9个工作日内"), days) == "shorter"


def test_every_trend_has_words_in_both_languages():
    assert set(TREND_WORDS) == set(OPPOSITE) - {""}
    assert all(zh and en for zh, en in TREND_WORDS.values())
