"""What a notice says of the time it is on view."""

from __future__ import annotations

import pytest

from zwgk_site.text.notice_period import stated_period


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("公示期为3个工作日。", "3个工作日"),
        ("公示期限：五个工作日", "五个工作日"),
        ("公告时间不少于 30 日。", "30日"),
        ("**公示时间**：2026年3月2日至2026年3月4日。", "2026-03-02/2026-03-04"),
        ("公示期自2026年12月30日起至2027年1月5日止", "2026-12-30/2027-01-05"),
        ("公示期：2026年3月2日—3月6日（5个工作日）", "2026-03-02/2026-03-06"),
        ("公示期满5日内提出", ""),
        ("请在公示期内反映。", ""),
        ("公示时间：2026年2月30日至3月4日", ""),
        ("公示时间：2026年3月9日至3月4日", ""),
    ],
)
def test_the_first_plain_statement_is_read(text: str, said: str) -> None:
    assert stated_period(text, "关于拟录用名单的公示") == ((f"公示期:{said}",) if said else ())


def test_texts_that_are_no_notices_are_not_looked_into() -> None:
    assert stated_period("公示期为3个工作日。", "关于做好公务员录用工作的通知") == ()
