"""A text made to keep the scanner busy costs no more than its length: no run of blanks or brackets is walked twice."""

import time

import pytest

from zwgk_site.text.clues import read_facts

LENGTH = 60_000
LISTED = "姓名\n|a|b|\n|-|-|\n"  # past the first search, so that tables are looked for
HOSTILE = {
    "blanks after the words of a mark": "此件" + " " * LENGTH,
    "many such words": ("此件" + " " * 200) * (LENGTH // 200),
    "blanks beside a degree of secrecy": "秘密★\n" + " " * LENGTH + "秘密" + " " * LENGTH + "x",
    "a line of blanks beside a table": LISTED + " " * LENGTH,
    "a row of dashes that is none": LISTED + "|-" + " " * LENGTH + "x",
    "cells that never close": LISTED + "<table><tr>" + "<td" * (LENGTH // 3),
    "brackets that never close": LISTED + "<table><tr><td>" + "<" * LENGTH,
    "a header of thousands of columns": "|姓名" * 10_000 + "\n" + "|-" * 10_000 + "\n" + "|张三" * 10_000,
    "thousands of numbers in a line": "联系电话13812345678，" * (LENGTH // 16),
}
REPORT = "|本年新收|1|2|3|\n|-|-|-|-|\n|本年新收|1|2|3|\n|上年结转|0|0|0|\n"
REPORTS = {
    "rows of thousands of numbers": f"|a|\n|-|\n|结转下年度{'|7' * (LENGTH // 2)}|\n",
    "a label of classes without end": f"{REPORT}|{'（三）' * (LENGTH // 3)}1|0|0|0|\n"
    + "|x|0|0|0|\n" * 12
    + "|总计|1|2|3|\n|结转下年度|0|0|0|\n",
    "thousands of rows that could be the one": f"{REPORT}|总计|1|2|3|\n" + "|结转下年度|0|0|0|\n" * (LENGTH // 14),
    "thousands of tables of appeals": "|结果维持|总计|\n|-|-|\n|1|0|0|0|2|\n\n" * (LENGTH // 30),
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_hostile_report_is_added_up_in_time(name):
    start = time.process_time()
    read_facts(REPORTS[name], 1, kind="年报", title="年报")
    assert time.process_time() - start < 2


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_time(name):
    """The slowest of them took 0.1 s when this was written; a quadratic one takes several."""
    start = time.process_time()
    read_facts(HOSTILE[name], 1)
    assert time.process_time() - start < 2
