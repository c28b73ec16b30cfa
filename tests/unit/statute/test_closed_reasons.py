"""The eight lawful reasons, told from the words of clerks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwgk_site.statute.closed_reasons import REASONS, classify_reason, reason_names


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.key)
def test_an_official_name_finds_its_own_reason(reason):
    assert classify_reason(reason.name) is reason
    assert classify_reason(f"根据条例，属于{reason.name}，不予公开") is reason


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("涉密", "state_secret"),
        ("属于秘密级文件", "state_secret"),
        ("涉及个人身份证号等个人信息", "privacy"),
        ("商业机密", "trade_secret"),
        ("会议纪要，内部讨论记录", "process"),
        ("人事管理方面的内部事务", "internal"),
        ("行政处罚案卷", "case_file"),
        ("公开后可能影响社会稳定", "safety"),
        ("《档案法》规定，法律规定不得公开", "forbidden"),
        ("不涉及国家秘密，但涉及个人隐私", "privacy"),
        ("个 人\n隐 私", "privacy"),
    ],
)
def test_the_words_of_clerks_are_understood(text, key):
    found = classify_reason(text)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("text", ["", "  ", "领导要求", "暂不公开", "敏感", "其他", "非涉密"])
def test_other_reasons_are_none(text):
    assert classify_reason(text) is None


def test_only_the_sixteenth_article_leaves_a_choice():
    assert {reason.article for reason in REASONS if reason.discretionary} == {"条例第16条"}
    assert {reason.article for reason in REASONS if not reason.discretionary} == {"条例第14条", "条例第15条"}
    assert {reason.key for reason in REASONS if reason.third_party} == {"trade_secret", "privacy"}
    assert len(reason_names()) == 8


@given(st.text(max_size=60))
def test_any_text_is_judged(text):
    assert classify_reason(text) in (None, *REASONS)
