"""Days are counted when a finding is shown: working days when it is over, days while it is to come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.sites import entry, write_site
from tests.unit.cli.runner import zwgk
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


WEEK_OFF = "2026:\n  放假: [2026-11-11 至 2026-11-17]\n"
"""Five working days more that the site has off, as a local notice could say."""


def test_the_holidays_of_the_site_count_wherever_days_are_shown(tmp_path: Path) -> None:
    limit = {"公开时限": "自信息形成之日起20个工作日内"}
    root = write_site(
        tmp_path / "site",
        {"wjj": {"目录": [entry("wjj", **limit)]}},
        {"wjj/a.md": {"成文日期": "2026-09-14", "发布日期": "2027-01-04"}},
    )
    said = zwgk("check", root, "--today", "2026-11-20").stderr
    assert "应于 2026-10-16 前公开（已超期 25 个工作日）" in said
    (root / "holidays.yaml").write_text(WEEK_OFF, encoding="utf-8")
    for name in ("r.txt", "r.html", "r.xlsx"):
        said = zwgk("check", root, "--today", "2026-11-20", "--report", tmp_path / name).stderr
        assert "（已超期 20 个工作日）" in said
    assert "（已超期 20 个工作日）" in (tmp_path / "r.txt").read_text("utf-8")
    assert "（已超期 20 个工作日）" in (tmp_path / "r.html").read_text("utf-8")
    cells = [cell.value for row in openpyxl.load_workbook(tmp_path / "r.xlsx")["问题清单"] for cell in row]
    assert any("（已超期 20 个工作日）" in str(value) for value in cells)
    assert "（已超期 20 个工作日）" in zwgk("build", root, "--today", "2026-11-20").stderr


def test_a_single_limit_is_counted_by_the_holidays_of_the_site(tmp_path: Path) -> None:
    words = ("limit", "信息形成之日起5个工作日内", "--from", "2026-11-10", "--site", tmp_path)
    assert "最后日期：2026-11-17" in zwgk(*words).stdout
    (tmp_path / "holidays.yaml").write_text(WEEK_OFF, encoding="utf-8")
    assert "最后日期：2026-11-24" in zwgk(*words).stdout
