"""条例第26条: twenty working days, longer only by another law or regulation."""

from __future__ import annotations

import pytest

from zwgk_site.statute.statutory_maximum import exceeds_statute, is_law, titles_in
from zwgk_site.statute.time_limit import TimeLimit


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("预算法", True),
        ("中华人民共和国预算法（2018年修正）", True),
        ("预算法第十四条", True),
        ("国有土地上房屋征收与补偿条例", True),
        ("某省政府信息公开条例", False),
        ("中华人民共和国政府信息公开条例", False),
        ("政府信息公开条例第二十六条", False),
        ("社会救助暂行办法", False),
        ("关于全面推进政务公开工作的意见", False),
        ("关于做好预算公开的通知", False),
        ("", False),
    ],
)
def test_what_counts_as_a_law_or_regulation(title: str, expected: bool) -> None:
    assert is_law(title) is expected


def test_titles_are_found_inside_a_line() -> None:
    assert titles_in("《土地管理法》、《城乡规划法》第四十条") == ("土地管理法", "城乡规划法")
    assert titles_in("财预〔2016〕143号") == ("财预〔2016〕143号",)


@pytest.mark.parametrize(
    ("amount", "unit", "exceeds"),
    [(20, "working_day", False), (21, "working_day", True), (28, "day", False), (30, "day", True), (1, "month", True),
     (4, "week", False), (5, "week", True), (24, "hour", False), (1, "year", True)],
)  # fmt: skip
def test_longer_than_twenty_working_days(amount: int, unit: str, exceeds: bool) -> None:
    limit = TimeLimit("within", "", amount, unit, "形成")
    assert exceeds_statute(limit, ("《关于公开的通知》",)) is exceeds
    assert not exceeds_statute(limit, ("《中华人民共和国预算法》",))


def test_a_limit_that_runs_from_an_approval_is_not_compared() -> None:
    assert not exceeds_statute(TimeLimit("within", "", 60, "day", "批准"), ())


def test_a_part_that_is_too_long_is_enough() -> None:
    parts = (TimeLimit("within", "", 120, "working_day", "制定或获取"), TimeLimit("display", "", 7, "working_day"))
    assert exceeds_statute(TimeLimit("combined", "", parts=parts), ("《政府信息公开条例》",))
