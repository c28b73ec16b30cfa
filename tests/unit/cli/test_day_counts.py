"""Days are counted when a finding is shown: working days when it is over, days while it is to come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zwgk_site.cli.day_counts import DayCounts
from zwgk_site.cli.findings import due_of
from zwgk_site.cli.show import SourceLines, show_finding
from zwgk_site.diagnostics import RULES, Rule, Severity, Span
from zwgk_site.statute.working_days import WorkCalendar


@pytest.fixture
def rule() -> Iterator[Rule]:
    """A rule that counts from one of its facts; taken out again, for the list of rules is one for the whole program."""
    made = Rule("ZW000", Severity.WARNING, zh="应于 {by} 前公开", en="to be published by {by}", counts="by")
    yield made
    del RULES[made.code]


def words(rule: Rule, by: str, today: str, language: str = "zh") -> str:
    return DayCounts(today, WorkCalendar()).words(rule.at(Span("content/wjj/a.md"), by=by), language)


@pytest.mark.parametrize(
    ("by", "today", "zh", "en"),
    [
        ("2026-11-10", "2026-11-20", "（已超期 8 个工作日）", " (8 working days overdue)"),
        ("2026-09-30", "2026-10-09", "（已超期 2 个工作日）", " (2 working days overdue)"),
        ("2026-11-21", "2026-11-21", "（今天到期）", " (due today)"),
        ("2026-11-27", "2026-11-21", "（还有 6 天）", " (6 days left)"),
        ("不明", "2026-11-21", "", ""),
        ("", "2026-11-21", "", ""),
    ],
)
def test_days_over_are_working_days_and_days_left_are_days(rule: Rule, by: str, today: str, zh: str, en: str) -> None:
    assert words(rule, by, today) == zh
    assert words(rule, by, today, "en") == en


def test_a_rule_that_counts_nothing_says_nothing(rule: Rule) -> None:
    rule.counts = ""
    assert words(rule, "2026-11-10", "2026-11-20") == ""


def test_the_count_stands_in_the_shown_finding_only(rule: Rule) -> None:
    finding = rule.at(Span("content/wjj/a.md"), by="2026-11-10")
    days = DayCounts("2026-11-20", WorkCalendar())
    shown = next(show_finding(finding, SourceLines(Path()), "zh", days))
    assert shown.endswith("应于 2026-11-10 前公开（已超期 8 个工作日）")
    assert "超期" not in finding.message("zh")
    assert due_of(finding) == "2026-11-10"
