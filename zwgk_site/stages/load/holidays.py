"""A year's holidays (节假日安排) that the packaged calendar does not know yet: `holidays.yaml` of the site.

2027:
  放假: [2027-01-01, 2027-02-05 至 2027-02-11]
  上班: [2027-02-14]
  来源: 国务院办公厅关于2027年部分节假日安排的通知
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

import yaml

from zwgk_site.diagnostics import Checked, Diagnostic, Rule, Severity
from zwgk_site.stages.load.text_file import read_text
from zwgk_site.stages.load.yaml_nodes import compose_text, node_span
from zwgk_site.statute.moments import parse_moment
from zwgk_site.statute.working_days import HolidayNotice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "holidays.yaml"
_OFF, _WORK = ("放假", "off"), ("上班", "work")
LONGEST = 40

BAD_HOLIDAYS = Rule(
    "ZW885", Severity.WARNING,
    zh="节假日安排看不懂：“{text}”，这一年按程序自带的日历计算",
    en="holidays not understood: “{text}”; this year is counted by the packaged calendar",
    hint_zh="每年一段，写明放假和上班的日期，例如　2027: {放假: [2027-02-05 至 2027-02-11], 上班: [2027-02-14]}",
    hint_en="One block a year with 放假 and 上班, such as 2027: {放假: [2027-02-05 至 2027-02-11], 上班: [2027-02-14]}.",
)  # fmt: skip


def load_holidays(root: Path) -> Checked[tuple[HolidayNotice, ...]]:
    """The site's own notices; a year that can't be understood is left out whole, with a finding."""
    if not (root / NAME).is_file():
        return Checked(())
    source = read_text(root / NAME, NAME)
    if source.value is None:
        return source.replace(())
    composed = compose_text(source.value.text, NAME)
    findings: list[Diagnostic] = [*source.findings, *composed.findings]
    node, notices = composed.value, []
    if node is not None and not isinstance(node, yaml.MappingNode):
        findings.append(_bad(node, "…"))
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        notice = _notice(key, value)
        if isinstance(notice, HolidayNotice):
            notices.append(notice)
        else:
            findings.append(_bad(notice, str(notice.value)[:40] if isinstance(notice, yaml.ScalarNode) else "…"))
    return Checked(tuple(sorted(notices, key=lambda item: item.year)), tuple(findings))


def _bad(node: yaml.Node, text: str) -> Diagnostic:
    return BAD_HOLIDAYS.at(node_span(node, NAME, 0), text=text)


def _notice(key: yaml.Node, value: yaml.Node) -> HolidayNotice | yaml.Node:
    """The notice of a year, or what of it is not understood."""
    year = str(key.value).strip()
    if not (year.isascii() and year.isdigit() and len(year) == 4 and isinstance(value, yaml.MappingNode)):
        return key
    parts = {str(name.value).strip(): node for name, node in value.value}
    off = _days(next((parts[word] for word in _OFF if word in parts), None), year)
    work = _days(next((parts[word] for word in _WORK if word in parts), None), year)
    if isinstance(off, yaml.Node) or isinstance(work, yaml.Node):
        return off if isinstance(off, yaml.Node) else cast("yaml.Node", work)
    return HolidayNotice(int(year), off, work) if off else key


def _days(node: yaml.Node | None, year: str) -> tuple[str, ...] | yaml.Node:
    """The days of a list of days and ranges, of `year` and the months beside it; the item that is neither, if there is one.

    A notice reaches over New Year: that of 2019 makes 29 December 2018 a working day.
    """
    if node is None:
        return ()
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    found: list[str] = []
    near = (year, f"{int(year) - 1:04}-12", f"{int(year) + 1:04}-01")
    for item in items:
        days = [day.isoformat() for day in _range(str(item.value))]
        if not days or not all(day.startswith(near) for day in days):
            return cast("yaml.Node", item)
        found.extend(days)
    return tuple(sorted(set(found)))


def _range(text: str) -> Iterator[date]:
    first, _, last = text.replace("～", "至").replace("~", "至").partition("至")
    start, stop = parse_moment(first.strip()), parse_moment((last or first).strip())
    if start is None or stop is None:
        return
    day, end = date.fromisoformat(start[0][:10]), date.fromisoformat(stop[0][:10])
    if (end - day).days <= LONGEST:
        while day <= end:
            yield day
            day += timedelta(days=1)
