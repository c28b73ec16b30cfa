"""The tables of an annual report must add up."""

from __future__ import annotations

import pytest

from zwgk_site.text.clues.report_sums import report_sums

RESULTS = "".join(f"| {number}.某种结果 | 0 | 0 | 0 |\n" for number in range(1, 10))


def requests(*, new="5 | 1 | 6", before="1 | 0 | 1", given="4 | 1 | 5", done="4 | 1 | 5", after="2 | 0 | 2"):
    return (
        "| 申请人 | 自然人 | 其他 | 总计 |\n|---|---|---|---|\n"
        f"| 一、本年新收政府信息公开申请数量 | {new} |\n| 二、上年结转政府信息公开申请数量 | {before} |\n"
        f"| 三、予以公开 | {given} |\n{RESULTS}| （七）总计 | {done} |\n| 四、结转下年度继续办理 | {after} |\n"
    )


def appeals(numbers):
    return f"| 类别 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n|---|---|---|---|---|---|\n| 行政复议 | {numbers} |\n"


def faults(text):
    return [element.removeprefix("勾稽:") for element in report_sums(text) if element.startswith("勾稽:")]


def test_numbers_that_agree_are_only_told():
    assert report_sums(requests()) == ("表三:上年结转=1", "表三:结转下年度=2")


def test_what_came_in_must_be_what_was_done_and_what_is_left():
    assert faults(requests(after="1 | 0 | 1")) == ["表三“自然人”一列：5+1≠4+1", "表三“总计”一列：6+1≠5+1"]


def test_results_must_add_up_to_their_total():
    assert faults(requests(given="3 | 1 | 4")) == [
        "表三“自然人”一列：办理结果合计 3，（七）总计 4",
        "表三“总计”一列：办理结果合计 4，（七）总计 5",
    ]


def test_columns_must_add_up_to_the_last_one():
    found = faults(requests(new="5 | 1 | 7", after="2 | 0 | 3"))
    assert found == ["表三“本年新收”一行：各列合计 6，总计 7", "表三“结转下年度”一行：各列合计 2，总计 3"]


@pytest.mark.parametrize(
    "text",
    [
        requests(after="3 | 0 | —"),
        requests(after="3 | 0"),
        requests().replace("四、结转下年度继续办理", "四、其他"),
        requests(after="9 | 9 | 9") + "\n" + requests().replace("本年新收", "新收").replace("上年结转", "结转"),
        "本年新收 5 件，上年结转 1 件，结转下年度 9 件。",
        "",
    ],
    ids=["no number", "narrow row", "no such row", "second table of another form", "no table", "empty"],
)
def test_where_a_table_can_not_be_read_only_what_can_be_is_judged(text):
    assert len(faults(text)) == (3 if text.count("9 | 9 | 9") else 0)


def test_numbers_may_have_signs_and_bold():
    assert faults(requests(new="**1,005** | 1 | 1,006", done="1,004 | 1 | 1,005", given="1004 | 1 | 1005")) == []


def test_appeals_add_up_beside_and_below_each_other():
    assert faults(appeals("1 | 1 | 0 | 0 | 2")) == []
    assert faults(appeals("1 | 1 | 0 | 0 | 3")) == ["表四“行政复议”一行：四项合计 2，总计 3"]
    wide = f"{appeals('0 | 0 | 0 | 0 | 0')}| 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 1 | 1 | 1 | 0 | 0 | 3 |\n"
    assert faults(wide) == ["表四：四项合计 2，总计 3"]


def test_a_class_of_results_with_numbers_of_its_own_is_not_counted_twice():
    text = requests(given="3 | 1 | 4").replace("| 1.某种结果 | 0 | 0 | 0 |", "| （三）不予公开 | 1 | 0 | 1 |")
    assert faults(text) == []


def test_columns_are_named_by_the_row_that_ends_with_the_total():
    text = requests(after="1 | 0 | 1").replace(
        "| 申请人 | 自然人 | 其他 | 总计 |\n|---|---|---|---|\n",
        "| 本列勾稽关系 | 申请人情况 |  |  |\n|---|---|---|---|\n|  | 自然人 | 其他 | 总计 |\n",
    )
    assert faults(text)[0] == "表三“自然人”一列：5+1≠4+1"
    assert faults(text.replace("| 自然人 | 其他 | 总计 |", "| | | |"))[0] == "表三“第1列”一列：5+1≠4+1"
