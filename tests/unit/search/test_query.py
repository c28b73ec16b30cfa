"""What is typed, taken apart."""

from __future__ import annotations

import pytest

from zwgk_site.search.query import Query, make_choice, number_writings, parse_query
from zwgk_site.search.question import content_pieces, split_at_synonyms


def _told(query: Query) -> tuple[list[str], list[str], dict[str, tuple[str, ...]]]:
    parts = [f"“{part.text}”" if part.exact else part.text for part in query.parts]
    return parts, [part.text for part in query.excluded], {name: found.keys for name, found in query.filters.items()}


@pytest.mark.parametrize(
    ("text", "parts", "excluded", "filters"),
    [
        ("行政许可", ["行政许可"], [], {}),
        (" 行政  许可\u3000公开 ", ["行政", "许可", "公开"], [], {}),
        ("“行政 许可”公开", ["“行政 许可”", "公开"], [], {}),
        ("「行政」", ["“行政”"], [], {}),
        ('"没有结束', ["“没有结束”"], [], {}),
        ("许可 -农药 -“兽 药”", ["许可"], ["农药", "兽 药"], {}),
        ("-农药", [], ["农药"], {}),
        ("国办-发 - 文", ["国办-发", "文"], [], {}),
        ("部门:卫健局 年：2024 年份:2025 类型:通知 许可", ["许可"], [], {"department": ("卫健局",), "year": ("2024", "2025"), "genre": ("通知",)}),
        ("单位:x", [], [], {"department": ("x",)}),
        ("部门: 许可", ["部门:", "许可"], [], {}),
        ("，。 （） -", [], [], {}),
        ("", [], [], {}),
    ],
)  # fmt: skip
def test_words_quotes_exclusions_and_filters(text, parts, excluded, filters):
    assert _told(parse_query(text)) == (parts, excluded, filters)


def test_only_letters_and_digits_are_joined_to_one_word():
    assert parse_query("1199/2026-00012").parts[0].joined == "1199202600012"
    assert parse_query("2026年").parts[0].joined == ""
    assert make_choice(["12", "13"]).joined == ""


@pytest.mark.parametrize(
    ("text", "writings"),
    [
        ("国办发〔2016〕80号", ["国办发2016 80", "国办发2016第80"]),
        ("国办发2016 80", ["国办发2016 80", "国办发2016第80"]),
        ("国办发（２０１６）第８０号", ["国办发2016第80", "国办发2016 80"]),
        ("主席令第18号", ["主席令第18", "主席令18"]),
        ("2016年 80", ["2016年80", "2016年第80"]),
        ("国办发〔2016〕123456号", []),
        ("第十二条", []),
        ("今天，2016 80", []),
        ("号", []),
        ("", []),
    ],
)
def test_a_document_number_in_any_writing(text, writings):
    assert [part.text for part in number_writings(text)] == writings


def test_a_question_comes_down_to_what_it_is_about():
    assert content_pieces("请问怎么申请公租房？") == ("申请公租房",)
    assert content_pieces("怎么办") == ()
    assert content_pieces("不动产登记要多久") == ("不动产登记",)


def test_words_with_synonyms_stand_apart():
    groups = [["公租房", "公共租赁住房"], ["低保", "最低生活保障"]]
    assert split_at_synonyms(groups, "申请公租房条件") == [["申请"], ["公租房", "公共租赁住房"], ["条件"]]
    assert split_at_synonyms(groups, "办低保") == [["低保", "最低生活保障"]]
    assert split_at_synonyms(groups, "许可") == [["许可"]]
