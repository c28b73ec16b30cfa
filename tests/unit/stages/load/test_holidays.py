"""The site's own notices of holidays, which may reach over New Year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zwgk_site.stages.load.holidays import load_holidays
from zwgk_site.statute.working_days import WorkCalendar


def _loaded(tmp_path: Path, text: str) -> tuple[WorkCalendar, list[str]]:
    (tmp_path / "holidays.yaml").write_text(text, "utf-8")
    loaded = load_holidays(tmp_path)
    return WorkCalendar(loaded.value), [finding.code for finding in loaded.findings]


def test_a_notice_names_days_of_the_months_beside_its_year(tmp_path: Path) -> None:
    calendar, codes = _loaded(
        tmp_path, "2031:\n  放假: [2030-12-31 至 2031-01-02, 2031-02-03 至 2031-02-09]\n  上班: [2030-12-28]\n"
    )
    assert codes == []
    assert calendar.is_workday(date(2030, 12, 28))  # a Saturday
    assert not calendar.is_workday(date(2030, 12, 31))
    assert not calendar.is_workday(date(2031, 1, 2))
    assert calendar.is_known(2031)
    assert not calendar.is_known(2030)


@pytest.mark.parametrize("day", ["2030-11-30", "2032-02-01", "2029-12-31", "2031-13-01", "明天"])
def test_a_day_far_from_the_year_is_a_slip(tmp_path: Path, day: str) -> None:
    _, codes = _loaded(tmp_path, f"2031: {{放假: [{day}]}}\n")
    assert codes == ["ZW885"]
