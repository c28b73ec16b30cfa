"""What is not understood, and what 日 means by the law it rests on."""

from __future__ import annotations

import pytest

from zwgk_site.statute.limit_parser import parse_limit


@pytest.mark.parametrize("phrase", ["天气好的时候", "abc", "20", "待定", "7地点", "看心情", "l5个工作日"])
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
