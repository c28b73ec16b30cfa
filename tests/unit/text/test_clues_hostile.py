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


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_time(name):
    """The slowest of them took 0.1 s when this was written; a quadratic one takes several."""
    start = time.process_time()
    read_facts(HOSTILE[name], 1)
    assert time.process_time() - start < 2
