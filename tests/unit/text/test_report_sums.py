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
    assert faults(requests(given="3 | 1 | 4")) == ["表三“自然人”一列：办理结果合计 3，（七）总计 4"]
    assert faults(requests(given="4 | 1 |  ")) == []


def test_columns_must_add_up_to_the_last_one():
    found = faults(requests(new="5 | 1 | 7", after="2 | 0 | 3"))
    assert found == ["表三“本年新收”一行：各列合计 6，总计 7", "表三“结转下年度”一行：各列合计 2，总计 3"]


@pytest.mark.parametrize(
    "text",
    [
        requests(after="3 | 0 | 若干"),
        requests(after=" | | 9"),
        requests(after="3 | 0"),
        requests().replace("四、结转下年度继续办理", "四、其他"),
        requests(after="9 | 9 | 9") + "\n" + requests().replace("本年新收", "新收").replace("上年结转", "结转"),
        "本年新收 5 件，上年结转 1 件，结转下年度 9 件。",
        "",
    ],
    ids=[
        "no number",
        "nothing but a total",
        "narrow row",
        "no such row",
        "second table of another form",
        "no table",
        "empty",
    ],
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


def test_an_empty_cell_between_numbers_is_a_zero():
    assert report_sums(requests(after="2 | &nbsp; | 2", before="1 | / | 1")) == ("表三:上年结转=1", "表三:结转下年度=2")
    assert faults(requests(after="1 |  | 1"))[0] == "表三“自然人”一列：5+1≠4+1"


def html_row(*cells, spanned=""):
    return f"<tr>{spanned}{''.join(f'<td><p>{cell}</p></td>' for cell in cells)}</tr>"


def html_report(*, left="72"):
    """Cells merged as in the reports of many cities: rows of other lengths, empty cells for zero, results without totals."""
    blank = ["&nbsp;"] * 5
    results = [html_row(f"{number}.某种结果", *["&nbsp;"] * 7) for number in range(2, 12)]
    return (
        "<table>"
        '<tr><td colspan="3" rowspan="3">勾稽关系</td><td colspan="7">申请人情况</td></tr>'
        '<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>'
        + html_row("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
        + html_row("一、本年新收政府信息公开申请数量", "821", *blank, "821")
        + html_row("二、上年结转政府信息公开申请数量", "18", *blank, "18")
        + html_row("（一）予以公开", "767", *blank, "&nbsp;", spanned='<td rowspan="20">三、本年度办理结果</td>')
        + html_row("1.属于国家秘密", *["&nbsp;"] * 7, spanned='<td rowspan="8">（三）不予公开</td>')
        + "".join(results)
        + html_row("（七）总计", "767", *blank, "767")
        + html_row("四、结转下年度继续办理", left, *blank, left)
        + "</table>"
        "<table><tr><td>行政复议</td><td>行政诉讼</td></tr>"
        + html_row(*["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3)
        + html_row("5", "", "", "2", "7", "8", "", "", "1", "9", "", "", "", "", "")
        + "</table>"
    )


def test_merged_cells_and_empty_ones_are_read_as_people_mean_them():
    assert report_sums(html_report()) == ("表三:上年结转=18", "表三:结转下年度=72")
    assert faults(html_report(left="70"))[0].endswith("一列：821+18≠767+70")
