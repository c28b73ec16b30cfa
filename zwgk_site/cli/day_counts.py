"""How many days are left, or have passed, counted when a finding is shown: findings are cached and hold only dates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from zwgk_site.diagnostics import Diagnostic
    from zwgk_site.statute.working_days import WorkCalendar


class DayCounts:
    """Counts from a due date to `today` (ISO): working days when it is over, days while it is to come."""

    def __init__(self, today: str, calendar: WorkCalendar) -> None:
        self._today, self._calendar = date.fromisoformat(today), calendar

    def words(self, finding: Diagnostic, language: str) -> str:
        """What follows the sentence of a finding, in brackets; empty where its rule counts nothing."""
        due = _due_date(finding)
        if due is None:
            return ""
        left = (due - self._today).days
        if left == 0:
            return "（今天到期）" if language == "zh" else " (due today)"
        if left > 0:
            return f"（还有 {left} 天）" if language == "zh" else f" ({left} days left)"
        from zwgk_site.statute.working_days import working_days_between

        over = working_days_between(due, self._today, self._calendar)
        return f"（已超期 {over} 个工作日）" if language == "zh" else f" ({over} working days overdue)"


def day_counts(moment: str, root: Path) -> DayCounts:
    """Counts as of a moment (`2026-11-21 09:30`), by the calendar of the site in `root`."""
    return DayCounts(moment[:10], calendar_of(root))


def calendar_of(root: Path) -> WorkCalendar:
    """The packaged calendar with the site's own notices (`holidays.yaml`) over it; what is wrong in them a check tells."""
    from zwgk_site.stages.load.holidays import load_holidays
    from zwgk_site.statute.working_days import WorkCalendar

    return WorkCalendar(load_holidays(root).value)


def _due_date(finding: Diagnostic) -> date | None:
    text = str(dict(finding.facts).get(finding.rule.counts, "")) if finding.rule.counts else ""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:  # a fact that is no day is shown as it is, without a count
        return None
