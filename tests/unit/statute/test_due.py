"""Where a limit leads to, counted from a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zwgk_site.statute.due import Due, due_on
from zwgk_site.statute.limit_parser import parse_limit
from zwgk_site.statute.limit_sentences import explain_due, explain_limit
from zwgk_site.statute.working_days import WorkCalendar

KNOWN = WorkCalendar()


@pytest.mark.parametrize(
    ("phrase", "start", "due"),
    [
        ("自信息形成或者变更之日起20个工作日内", "2026-10-23", "2026-11-20"),
        ("", "2026-10-23", "2026-11-20"),
        ("批准后20日内", "2026-09-15", "2026-10-08"),  # 10-05 is a holiday
        ("1个月内", "2026-01-31", "2026-02-28"),  # a Saturday, but worked
        ("两周内", "2026-11-02", "2026-11-16"),
        ("24小时内", "2026-11-02", "2026-11-03"),
        ("24小时内", "2026-11-06", "2026-11-07"),  # a Saturday: hours run on
        ("半年内", "2026-05-31", "2026-11-30"),
        ("听证会7个工作日前", "2026-10-13", "2026-09-28"),
        ("听证会30日前", "2026-11-30", "2026-10-31"),
        ("公示7个工作日", "2026-11-02", "2026-11-11"),
        ("制定或获取信息之日起10个工作日内，公示7个工作日", "2026-11-02", "2026-11-16"),
        ("每年1月31日前", "2026-11-02", "2027-01-31"),
        ("每年1月31日前", "2026-01-31", "2026-01-31"),
        ("每年2月底前", "2028-01-05", "2028-02-29"),
        ("每年6月30日和12月31日前", "2026-11-02", "2027-06-30"),
        ("2026年12月31日前", "2026-11-02", "2026-12-31"),
        ("每月10日前", "2026-11-02", "2026-11-10"),
        ("每月10日前", "2026-11-11", "2026-12-10"),
        ("次月10日前", "2026-11-02", "2026-12-10"),
        ("每月底前", "2028-02-03", "2028-02-29"),
        ("每季度末后15日内", "2026-08-05", "2026-10-15"),
        ("季度终了后15日内", "2026-08-05", "2026-10-15"),
        ("每季度第一个月15日前", "2026-11-02", "2027-01-15"),
        ("年度终了后20日内", "2025-06-03", "2026-01-20"),
        ("每周五前", "2026-11-02", "2026-11-06"),
        ("每年", "2026-03-04", "2027-03-04"),
        ("每半年", "2026-03-04", "2026-09-04"),
        ("当日公开", "2026-11-02", "2026-11-02"),
    ],
)
def test_the_day_that_a_limit_leads_to(phrase: str, start: str, due: str) -> None:
    assert str(due_on(parse_limit(phrase), date.fromisoformat(start), KNOWN).day) == due


@pytest.mark.parametrize("phrase", ["及时公开", "长期公开", "同上", "按规定时限", "天气好的时候", "会议召开前"])
def test_no_day_where_none_follows(phrase: str) -> None:
    assert due_on(parse_limit(phrase), date(2026, 11, 2), KNOWN) == Due()


def test_the_law_tells_what_a_day_is() -> None:
    penalty = parse_limit("三日内", ("《行政处罚法》第四十八条",))
    budget = parse_limit("二十日内", ("《预算法》第十四条",))
    assert str(due_on(penalty, date(2026, 4, 29), KNOWN).day) == "2026-05-07"
    assert str(due_on(budget, date(2026, 11, 2), KNOWN).day) == "2026-11-23"  # 11-22 is a Sunday


def test_how_it_was_counted_is_said_in_both_languages() -> None:
    due = due_on(parse_limit("批准后20日内"), date(2026, 12, 12), KNOWN)
    assert due.provisional
    assert explain_due(due, "zh").startswith("起算当天不算；周末和节假日也算；")
    assert "暂按周末推算" in explain_due(due, "zh")
    assert "counted by weekends" in explain_due(due, "en")


@pytest.mark.parametrize(
    ("phrase", "zh", "en"),
    [
        ("批准后20日内", "批准后20日内公开。", "Publish within 20 days after the approval."),
        ("听证会30日前公布", "在听证30日前公开。", "Publish 30 days before the hearing."),
        ("每年1月31日前公开上一年度", "每年1月31日前公开上一年度的信息。", "Publish each year by 01-31, about the year before."),
        ("每年1月1日至6月30日", "每年1月1日到6月30日公开。", "Publish each year by 06-30."),
        ("每季度末后15日内", "每季度结束后15日内公开。", "Publish every quarter, within 15 days after its end."),
        ("每月10日前", "每月10日前公开一次。", "Publish every month, by day 10."),
        ("每周五前", "每周的星期五前公开一次。", "Publish every week, by Friday."),
        ("公示期不少于五个工作日", "至少展示5个工作日。", "Keep on view for at least 5 working days."),
        ("2026年12月31日前", "2026年12月31日前公开。", "Publish by 2026-12-31."),
        ("当日公开", "当天公开。", "Publish on the same day."),
    ],
)  # fmt: skip
def test_a_limit_in_one_sentence(phrase: str, zh: str, en: str) -> None:
    assert explain_limit(parse_limit(phrase), "zh") == zh
    assert explain_limit(parse_limit(phrase), "en") == en


@settings(deadline=None)
@given(
    st.text(max_size=40)
    | st.text("自信息形成变更每年月日季度周末前后内公示0123456789一二十个工作，；上下底终了起", max_size=24),
    st.dates(),
)
def test_any_text_and_any_day_has_an_answer_and_a_sentence(text: str, start: date) -> None:
    limit = parse_limit(text)
    explain_due(due_on(limit, start, KNOWN), "zh")
    assert explain_limit(limit, "zh").endswith("。")
    assert explain_limit(limit, "en").endswith(".")
