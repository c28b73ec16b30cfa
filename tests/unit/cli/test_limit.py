"""`zwgk limit`: the sentence, the day, the words for programs."""

from __future__ import annotations

import pytest

from tests.unit.cli.runner import zwgk, zwgk_json


def test_a_limit_is_explained_and_counted() -> None:
    said = zwgk("limit", "自信息形成或者变更之日起20个工作日内", "--from", "2026-10-23")
    assert said.returncode == 0
    assert said.stdout.splitlines() == [
        "信息形成或者变更后20个工作日内公开。",
        "最后日期：2026-11-20",
        "算法：起算当天不算；周末和节假日不算，调休上班日算",
    ]


def test_without_a_day_it_is_only_explained() -> None:
    assert zwgk("limit", "批准后二十日内").stdout.splitlines() == ["批准后20日内公开。"]


def test_in_english() -> None:
    said = zwgk("limit", "批准后二十日内", "--from", "2026-09-15", "--lang", "en").stdout.splitlines()
    assert said[:2] == ["Publish within 20 days after the approval.", "last day: 2026-10-08"]
    assert "the next working day counts" in said[2]


def test_for_programs() -> None:
    data = zwgk_json("limit", "信息形成之日起20个工作日内", "--from", "2026-12-15")
    wanted = {"kind": "within", "amount": 20, "unit": "working_day", "anchor": "形成", "due": "2027-01-12",
              "provisional": True, "text": "信息形成之日起20个工作日内"}  # fmt: skip
    assert {name: data[name] for name in wanted} == wanted


def test_the_parts_of_a_combined_limit() -> None:
    data = zwgk_json("limit", "制定或获取信息之日起10个工作日内，公示7个工作日", "--from", "2026-11-02")
    assert (data["kind"], data["due"]) == ("combined", "2026-11-16")
    assert [(part["kind"], part["amount"], part["due"]) for part in data["parts"]] == [
        ("within", 10, "2026-11-16"),
        ("display", 7, "2026-11-11"),
    ]


@pytest.mark.parametrize(
    ("basis", "unit", "due"),
    [((), "day", "2026-05-06"), (("--basis", "《行政处罚法》第四十八条"), "working_day", "2026-05-07")],
)
def test_the_law_says_what_a_day_is(basis: tuple[str, ...], unit: str, due: str) -> None:
    data = zwgk_json("limit", "三日内", "--from", "2026-04-29", *basis)
    assert (data["unit"], data["amount"]) == (unit, 3)
    assert data["due"] == due


def test_what_is_not_understood_says_so_and_counts_nothing() -> None:
    data = zwgk_json("limit", "看情况再说", "--from", "2026-11-02")
    assert data["due"] is None
    assert zwgk("limit", "天气好的时候").stdout.startswith("没有读懂")


def test_an_empty_cell_has_the_limit_of_the_regulation() -> None:
    data = zwgk_json("limit", "", "--from", "2026-10-23")
    assert (data["kind"], data["default"], data["due"]) == ("empty", True, "2026-11-20")


def test_a_day_that_does_not_exist_is_a_fault_of_use() -> None:
    assert zwgk("limit", "20日内", "--from", "2026-02-30").returncode == 2
