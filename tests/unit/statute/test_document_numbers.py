"""发文字号: read in any writing, judged by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwgk_site.statute.document_numbers import (
    DocumentNumber,
    document_number_faults,
    is_document_number,
    normalize_document_number,
    parse_document_number,
    split_document_numbers,
)

RIGHT = [
    "示卫发〔2026〕12号",
    "国办公开办函〔2019〕61号",
    "财预〔2016〕143号",
    "国令第711号",
    "中华人民共和国国务院令第711号",
    "示范县人民政府令第3号",
    "示范县人民政府令〔2026〕第3号",
    "国家税务总局公告2026年第3号",
    "公告第5号",
    "示公告〔2026〕5号",
]
WRITINGS = [
    ("示卫发[2026]12号", "示卫发〔2026〕12号", ("brackets",)),
    ("示卫发［２０２６］１２号", "示卫发〔2026〕12号", ("brackets", "width")),
    ("示卫发（2026）12号", "示卫发〔2026〕12号", ("brackets",)),
    ("示卫发【2026】12号", "示卫发〔2026〕12号", ("brackets",)),
    ("示卫发〔2026】12号", "示卫发〔2026〕12号", ("brackets",)),
    ("示卫发2026年12号", "示卫发〔2026〕12号", ("brackets",)),
    ("示卫发 〔2026〕 12 号", "示卫发〔2026〕12号", ("blanks",)),
    ("示卫发〔2026〕第12号", "示卫发〔2026〕12号", ("ordinal",)),
    ("示卫发〔2026〕012号", "示卫发〔2026〕12号", ("leading_zero",)),
    ("示卫发〔2026〕12", "示卫发〔2026〕12号", ("suffix",)),
    ("示卫发〔2026〕12號", "示卫发〔2026〕12号", ("width",)),
    ("示卫发〔2026〕十二号", "示卫发〔2026〕12号", ("width",)),
    ("示卫发〔二〇二六〕12号", "示卫发〔2026〕12号", ("year",)),
    ("示卫发[2026]第012号", "示卫发〔2026〕12号", ("brackets", "ordinal", "leading_zero")),
    ("〔2026〕12号", "〔2026〕12号", ("organ",)),
    ("示卫发〔26〕12号", "示卫发〔26〕12号", ("year",)),
    ("示卫发〔1926〕12号", "示卫发〔1926〕12号", ("year",)),
    ("国务院第711号令", "国务院令第711号", ("ordinal",)),
    ("国令第七百一十一号", "国令第711号", ("width",)),
    ("国令 第711号", "国令第711号", ("blanks",)),
    ("公告2026年3号", "公告2026年第3号", ("ordinal",)),
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_number_in_the_right_form_is_left_as_it_is(text: str) -> None:
    assert is_document_number(text)
    assert normalize_document_number(text) == text


@pytest.mark.parametrize(("text", "right", "faults"), WRITINGS)
def test_other_writings_are_read_and_told_apart(text: str, right: str, faults: tuple[str, ...]) -> None:
    assert normalize_document_number(text) == right
    assert document_number_faults(text) == faults


def test_the_parts_of_a_number() -> None:
    assert parse_document_number("示卫发〔2026〕12号") == DocumentNumber("示卫发", 12, 2026)
    assert parse_document_number("国令第711号") == DocumentNumber("国令", 711, form="order")
    assert parse_document_number("总局公告2026年第3号") == DocumentNumber("总局公告", 3, 2026, "announcement")


@pytest.mark.parametrize(
    "text", ["关于做好工作的通知", "2026-03-05", "示卫发〔2026〕0号", "无", "〔〕号", "示卫发〔2026〕12-1号"]
)
def test_what_is_no_number_is_said_to_be_none(text: str) -> None:
    assert document_number_faults(text) == ("unreadable",)
    assert normalize_document_number(text) == text


@pytest.mark.parametrize("text", ["", "  "])
def test_no_number_is_no_fault(text: str) -> None:
    assert document_number_faults(text) == ()
    assert parse_document_number(text) is None


@pytest.mark.parametrize("mark", ["、", "，", " ", "\n", "；", "/"])
def test_a_joint_document_has_one_number_only(mark: str) -> None:
    both = f"示卫发〔2026〕12号{mark}示教发〔2026〕3号"
    assert document_number_faults(both) == ("several",)
    assert split_document_numbers(both) == ("示卫发〔2026〕12号", "示教发〔2026〕3号")
    assert parse_document_number(both) is None


@given(st.text(max_size=40) | st.text("示卫发〔[（2026）]〕第〇零一十百012号令公告年 、", max_size=24))
def test_any_text_has_an_answer_and_what_is_made_right_is_right(text: str) -> None:
    document_number_faults(text)
    split_document_numbers(text)
    made = normalize_document_number(text)
    assert normalize_document_number(made) == made


@given(st.from_regex(r"[一-龥]{1,8}", fullmatch=True), st.integers(1949, 2100), st.integers(1, 99999))
def test_a_number_that_was_made_is_read_back(organ: str, year: int, serial: int) -> None:
    number = DocumentNumber(
        f"示{organ.translate(dict.fromkeys(map(ord, '令告第号號年〇零一二三四五六七八九十百')))}", serial, year
    )
    assert parse_document_number(number.text) == number
    assert is_document_number(number.text)
