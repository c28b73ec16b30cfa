"""Numbers that Word counts, in every form that official texts use."""

from __future__ import annotations

import pytest

from zwgk_site.exchange.documents.outline import heading_level
from zwgk_site.exchange.documents.word_numbers import write_number
from zwgk_site.exchange.id_forms import next_id
from zwgk_site.text.file_names import name_for_title


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (11, "chineseCountingThousand", "十一"), (20, "chineseCounting", "二十"),
        (101, "chineseCounting", "一百零一"), (110, "chineseCounting", "一百一十"), (1001, "chineseCounting", "一千零一"),
        (3, "decimal", "3"), (3, "decimalZero", "03"), (5, "decimalEnclosedCircleChinese", "⑤"), (21, "decimalEnclosedCircle", "21"),
        (28, "lowerLetter", "bb"), (4, "upperRoman", "IV"), (12, "ideographDigital", "一二"), (7, "no such form", "7"),
    ],
)  # fmt: skip
def test_forms(number: int, form: str, written: str) -> None:
    assert write_number(number, form) == written


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第一章 总则", 2), ("第十二节　附则", 3), ("一、总体要求", 2), ("（三）保障措施", 3), ("1.加强领导", 0), ("第三条 本办法所称", 0),
        ("一、各单位要加强领导，落实责任。", 0), ("（一）附件：名单", 0), ("一季度情况", 0), ("二、" + "长" * 60, 0),
    ],
)  # fmt: skip
def test_official_headings(line: str, level: int) -> None:
    assert heading_level(line) == level


@pytest.mark.parametrize(
    ("used", "following"),
    [
        ([], "WJJ-001"),
        (["WJJ-001", "WJJ-009"], "WJJ-010"),
        (["A1", "A2", "x"], "A3"),
        (["2026-7-甲"], "2026-8-甲"),
        (["甲"], "WJJ-001"),
        (["7" * 5000], "7" * 4999 + "8"),
        (["A-01", "B-001"], "B-002"),
        (["B-001", "A-01"], "B-002"),
    ],
)
def test_next_ids(used: list[str], following: str) -> None:
    assert next_id(used, "wjj") == following


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("示范县关于印发防汛预案的通知", "yin-fa-fang-xun-yu-an-de-tong-zhi"),
        ("年报2025", "nian-bao-2025"),
        ("《》", "wenjian"),
        ("con", "con-1"),
    ],
)
def test_names_of_files(title: str, name: str) -> None:
    assert name_for_title(title) == name
