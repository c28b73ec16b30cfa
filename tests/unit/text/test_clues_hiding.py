"""Numbers of persons are hidden wherever words are carried elsewhere; all else stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwgk_site.diagnostics import Span
from zwgk_site.stages.check.families.attachments import DAMAGED
from zwgk_site.stages.load.summary import LENGTH, derive_summary
from zwgk_site.text.clues.hiding import find_in_name, hide_in_finding, hide_numbers

ID = "441302198001011237"
HIDDEN = "441302********1237"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"身份证号{ID}。", f"身份证号{HIDDEN}。"),
        (f"张三{ID}.docx", f"张三{HIDDEN}.docx"),
        (f"a{ID}b", f"a{HIDDEN}b"),
        (f"证{ID[:6]} {ID[6:14]} {ID[14:]}", "证441302 ******** 1237"),
        ("身份证４４１３０２１９８００１０１１２３７", "身份证４４１３０２********１２３７"),
        ("本人手机13812345678", "本人手机138****5678"),
        ("手机138 1234 5678", "手机138 **** 5678"),
        ("咨询电话13812345678", "咨询电话13812345678"),
        ("卡号6222600260001072444", "卡号***************2444"),
        (f"{ID}、{ID}", f"{HIDDEN}、{HIDDEN}"),
    ],
)
def test_a_number_keeps_its_ends_and_its_length(text, shown):
    assert hide_numbers(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "示卫发〔2026〕15号，2026年11月21日",
        "11999900000000001X/2026-00001",
        "441302198001011238",
        f"1{ID}9",
        "共1234567890.12元",
        HIDDEN,
        "",
    ],
)
def test_what_is_no_number_of_a_person_stays(text):
    assert hide_numbers(text) == text


@given(st.text("0123456789Xx -—１张a.", max_size=60))
def test_words_stay_as_long_as_they_were(text):
    assert len(hide_numbers(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (f"关于张三（身份证{ID}）的决定", [HIDDEN]),
        (f"张三{ID}.docx", [HIDDEN]),
        ("李华13812345678", ["138****5678"]),
        ("关于2026年第11次会议的通知", []),
        (f"张三{HIDDEN}.docx", []),
    ],
)
def test_numbers_in_names_are_found_once(text, values):
    assert [hit.value for hit in find_in_name(text)] == values


def test_facts_of_a_finding_are_hidden_and_a_clean_finding_is_the_same():
    clean = DAMAGED.at(Span("a.md"), file="名单.docx")
    assert hide_in_finding(clean) is clean
    hidden = hide_in_finding(DAMAGED.at(Span("a.md"), file=f"{ID}.docx"))
    assert f"“{HIDDEN}.docx”" in hidden.message("zh")


def test_a_derived_summary_holds_no_number_even_where_it_is_cut():
    for before in range(LENGTH - 25, LENGTH + 5):
        summary = derive_summary("字" * before + f"身份证{ID}，" + "尾" * 40)
        assert ID[:15] not in summary
