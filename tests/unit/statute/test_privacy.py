"""Masks: the suggestion, a site's own, and that something is always hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwgk_site.model.clues import BANK_CARD, CONTACT_MOBILE, ID_CARD, MOBILE, PERSONAL, WORDING
from zwgk_site.statute.privacy import NAME, mask_value, read_policy


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (ID_CARD, "441302198001011234", "441302********1234"),
        (MOBILE, "13812345678", "138****5678"),
        (BANK_CARD, "6217001234567890123", "***************0123"),
        (NAME, "张三丰", "张**"),
        (NAME, "张", "*"),
        (MOBILE, "", ""),
        (WORDING, "按装→安装", "按装→安装"),
    ],
)
def test_without_settings_the_suggestion_holds(kind, value, shown):
    assert mask_value(kind, value) == shown


def test_a_site_says_how_much_stays_visible():
    policy, unknown = read_policy(["身份证 3+4", "手机：0 + 4", "户口 1+1", "身份证"])
    assert mask_value(ID_CARD, "441302********1234", policy) == "441***********1234"
    assert mask_value(CONTACT_MOBILE, "13812345678", policy) == "*******5678"
    assert unknown == ("户口 1+1", "身份证")


@given(st.sampled_from((*PERSONAL[:3], NAME)), st.text(min_size=1, max_size=30), st.integers(0, 99), st.integers(0, 99))
def test_something_is_always_hidden_and_the_length_stays(kind, value, head, tail):
    name = {ID_CARD: "身份证", MOBILE: "手机", BANK_CARD: "银行卡", NAME: "姓名"}[kind]
    policy, unknown = read_policy([f"{name} {head}+{tail}"])
    assert not unknown
    shown = mask_value(kind, value, policy)
    assert len(shown) == len(value)
    assert "*" in shown
