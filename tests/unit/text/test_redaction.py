"""Redaction marks leave the text before anything else reads it, and nothing hidden stays behind."""

import pytest

from zwgk_site.text.redaction import (
    OPEN_SIGN,
    TOKEN,
    Redaction,
    RedactionFault,
    make_token,
    mask_tokens,
    read_token,
    replace_tokens,
    split_redactions,
)


def split(text):
    result = split_redactions(text)
    assert result.text.count("\n") == text.count("\n")
    return result


def faults(text):
    return [fault.kind for fault in split(text).faults]


def test_text_without_marks_is_returned_as_it_is():
    assert split("第一条 公开。{其他}").text == "第一条 公开。{其他}"


def test_the_word_alone_is_no_mark():
    result = split("依法不公开的信息。\n\n:::提示\n文字")
    assert (result.text, result.redactions, result.faults) == ("依法不公开的信息。\n\n:::提示\n文字", (), ())


@pytest.mark.parametrize(
    "mark",
    [
        "{不公开:个人隐私|张三}",
        "{不公开：个人隐私|张三}",
        "{不公开：个人隐私｜张三}",
        "{不公开: 个人隐私 | 张三 }",
        "{ 不公开:个人隐私|张三}",
        "{\u200b不公开:个人隐私|张三}",
        "｛不公开：个人隐私｜张三｝",
        "{不公开:个人隐私|张{三}}",
        "{不公开:个人隐私|张|三}",
        "{不公开:个人隐私|}",
    ],
)
def test_inline_mark_becomes_a_token(mark):
    result = split(f"申请人{mark}，住址不详。")
    assert result.text == f"申请人{make_token(0)}，住址不详。"
    assert result.redactions == (Redaction("个人隐私", 1, 4, len(mark)),)
    assert not result.faults


def test_tokens_are_numbered_in_order():
    result = split("{不公开:甲|一}和{不公开:乙|二}")
    assert mask_tokens(result.text) == "████和████"
    assert [item.reason for item in result.redactions] == ["甲", "乙"]
    assert [read_token(match) for match in TOKEN.finditer(result.text)] == [0, 1]


def test_places_count_lines_and_columns_from_one():
    result = split("一\n二三{不公开:甲|乙\n丙}丁\n{不公开:甲|戊}")
    assert [(item.line, item.column, item.length) for item in result.redactions] == [(2, 3, 11), (4, 1, 9)]


@pytest.mark.parametrize(
    "around",
    [
        "`%s`",
        "```\n%s\n```",
        "| a | %s |\n|---|---|",
        "[%s](a.html)",
        "[文](%s)",
        "![%s](a.png)",
        "[^1]: %s",
        "<!-- %s -->",
        "> %s",
        "# %s",
        "\\%s",
        "<b title='%s'>",
        "    %s",
        "**%s**",
    ],
)
def test_marks_count_wherever_they_stand(around):
    result = split(around.replace("%s", "{不公开:个人隐私|张三|李四}"))
    assert result.text == around.replace("%s", make_token(0))


def test_block_becomes_a_token_between_blank_lines():
    result = split("前文\n:::不公开 个人隐私\n张三\n\n李四\n:::\n后文")
    assert result.text == f"前文\n\n{make_token(0)}\n\n\n\n后文"
    assert result.redactions == (Redaction("个人隐私", 2, 1, 22),)


@pytest.mark.parametrize(
    "opening", [":::不公开 个人隐私", "::: 不公开：个人隐私", "：：：不公开　个人隐私", "::::不公开 个人隐私"]
)
@pytest.mark.parametrize("closing", [":::", "：：：", "  ::: ", "::::"])
def test_block_signs_may_be_full_width(opening, closing):
    result = split(f"{opening}\n张三\n{closing}\n")
    assert mask_tokens(result.text).split() == ["████"]
    assert [item.reason for item in result.redactions] == ["个人隐私"]
    assert not result.faults


def test_block_in_a_quote_stays_in_the_quote():
    assert mask_tokens(split("> :::不公开 甲\n> 密\n> :::\n后").text) == "> ████\n\n\n后"


def test_block_hides_fences_and_tables_whole():
    assert mask_tokens(split(":::不公开 甲\n```\n密\n```\n| 密 |\n:::").text).strip() == "████"


@pytest.mark.parametrize(
    ("text", "kinds", "shown"),
    [
        ("甲{不公开:x|密\n密\n\n乙", ["unclosed_inline"], "甲████\n\n\n乙"),
        ("甲{不公开:x|密\n\n密}密\n\n乙", ["unclosed_inline"], "甲████\n\n\n\n乙"),
        ("甲{不公开:x|密", ["unclosed_inline"], "甲████"),
        ("甲{不公开", ["missing_reason", "unclosed_inline"], "甲████"),
        ("甲{不公开|密}乙", ["missing_reason"], "甲████乙"),
        ("甲{不公开:|密}乙", ["missing_reason"], "甲████乙"),
        ("甲{不公开:密}乙", ["missing_reason"], "甲████乙"),
        ("{不公开:x|密{不公开:y|密}密}密\n\n乙", ["nested"], "████\n\n乙"),
        ("{不公开:x|密}密}密\n\n乙", ["stray_close"], "████\n\n乙"),
        ("甲\n\n:::不公开 x\n密\n\n密", ["unclosed_block"], "甲\n\n████\n\n\n"),
        (":::不公开 x\n密\n:::不公开 y\n密\n:::\n密", ["nested"], "████\n\n\n\n\n"),
        (":::不公开 x\n密{不公开:y|密}\n:::\n乙", ["nested"], "████\n\n\n乙"),
        (":::不公开\n密\n:::\n乙", ["missing_reason"], "████\n\n\n乙"),
        ("{不公开:x|密\n:::不公开 y\n密}\n:::\n密", ["nested"], "████\n\n\n\n"),
        ("甲{不公开:x|密}\n\n:::\n乙", ["stray_close"], "甲████\n\n\n乙"),
    ],
)
def test_faulty_marks_hide_too_much_rather_than_too_little(text, kinds, shown):
    result = split(text)
    assert mask_tokens(result.text) == shown
    assert [fault.kind for fault in result.faults] == kinds
    assert "密" not in result.text


def test_faults_have_the_place_of_their_mark():
    assert split("一\n二{不公开|三}").faults == (RedactionFault("missing_reason", 2, 2, 7),)


def test_braces_after_a_mark_are_text_when_they_are_paired():
    result = split("{不公开:x|密}，见{附件}。")
    assert mask_tokens(result.text) == "████，见{附件}。"
    assert not result.faults


def test_tokens_cannot_be_forged():
    assert split(f"甲{make_token(7)}乙{OPEN_SIGN}").text == "甲乙"


def test_names_in_legacy_private_characters_survive():
    assert split("\ue000某{不公开:x|密}").text == f"\ue000某{make_token(0)}"


def test_replace_tokens_gives_each_number():
    assert replace_tokens(f"a{make_token(0)}b{make_token(12)}", str) == "a0b12"
