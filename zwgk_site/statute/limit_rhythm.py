"""Limits told by a rhythm: 每月10日前, 次月15日前, 每季度首月15日前, 每周五, 每年两次, 按季度, 双月10日前."""

from __future__ import annotations

import re

from msgspec.structs import replace

from zwgk_site.model.patterns import late
from zwgk_site.statute.limit_yearly import UNTIL, Reader
from zwgk_site.statute.time_limit import TimeLimit, Unit

_LENGTHS: dict[str, tuple[int, Unit, int]] = {
    "年": (1, "year", 12), "6个月": (6, "month", 6), "季": (1, "quarter", 3), "月": (1, "month", 1),
    "周": (1, "week", 0), "小时": (1, "hour", 0), "日": (1, "day", 0), "天": (1, "day", 0), "工作日": (1, "working_day", 0),
    "旬": (10, "day", 0), "学期": (6, "month", 0), "学年": (1, "year", 0), "届": (5, "year", 0),
}  # fmt: skip
_PERIOD = r"(?P<period>学年|学期|年|6个月|季|月|工作日|周|小时|日|天|旬|届)"
_PUBLISHED = r"(?:至少|不少于|应当?|须|定期|集中|主动|对外|向社会|予以)*(?:公开|公布|更新|发布|通报|公示|汇总|调整|报送|统计|修订|维护|清理)?"
_EVERY = late(
    r"(?:每个?|逐|按)(?:一个?|1个?)?(?:会计|财政|自然|预算)?" + _PERIOD + r"(?:度|份|报)?(?P<rest>"
    # a day in the month after, in a month of the period, of the month
    r"(?:结束|终了|末|底|的|后|之)*,?(?:的|于|在)*(?P<next>次月|下月|次季度?(?:首月|第1个月)|下季度?(?:首月|第1个月))的?(?P<next_day>\d{1,2}[日号]|底|末|初|上旬|中旬|下旬)?"
    r"|的?(?:首月|(?P<inner>(?:第[1-6]|末|最后1?|最后)个?月))的?(?P<inner_day>\d{1,2}[日号]|底|末|初|上旬|中旬|下旬)?"
    r"|(?:月份?)?的?(?P<month_day>\d{1,2})[日号]"
    r"|的?月?(?P<end>(?:底|末|终)(?!了|.?后)(?:前|内|日)?|最后1?个?(?:工作)?[日天]|内)"
    r"|的?月?(?P<start>初|上旬|中旬|下旬)"
    r"|(?P<weekday>[一二三四五六日天1-7](?=前|内|公|发|更|上|下|$|,|;))"
    r")?" + UNTIL + r"(?:" + _PUBLISHED + r"(?P<times>\d{1,2})次)?"
)
_NAMED = late(
    r"(?<![上下本该当])(?P<period>年|6个月|季|月)度(?=公开|公布|更新|发布|通报|公示|汇总|调整|;|$)(?P<rest>)(?:"
    + _PUBLISHED
    + r"(?P<times>\d{1,2})次)?"
)
_NEXT_MONTH = late(
    r"(?:当|本)?(?P<period>月|季)?(?:度|份)?(?:结束|终了|末|底)*后?,?(?:的|于|在)*(?P<next>次月|次季度?首月|次季度?第1个月)的?(?P<next_day>\d{1,2}[日号]|底|末|初|上旬|中旬|下旬)?"
    + UNTIL
)
_END_ONLY = late(r"(?:当|本|同)?(?P<period>月|季)度?(?P<end>底|末|终(?!了)|内)(?!.?后|日)" + UNTIL)
_MONTHS = late(
    r"(?:每?逢?(?P<parity>[单双])数?|每(?P<amount>\d{1,2})个?|(?P<this>[本当])(?=月\d))月(?:份)?的?(?:(?P<month_day>\d{1,2})[日号]|(?P<end>底|末))"
    + UNTIL
)
_WEEKDAY = late(r"(?<![每\d个])周(?P<weekday>[一二三四五六日])(?:上午|下午)?(?:前|内)?")
_AFTER_END = late(r"(?<![个\d])(?P<period>季|月)度?(?=后\d)")

_SEASON = late(r"[^,;\0]{0,8}(?:期间|时期|汛期|防火期|采暖期|供暖期)内?的?$")
"""What bounds a rhythm: 汛期每日更新 demands nothing in winter, and nobody tells when it is 汛期."""


def _read_every(match: re.Match[str]) -> TimeLimit | None:  # noqa: PLR0911 - a list of cases, the first that fits
    amount, unit, months = _LENGTHS[match["period"]]
    season = _SEASON.search(match.string[: match.start()])
    if season:
        return TimeLimit("immediate", "", event=season[0] + match[0])
    groups = match.groupdict()
    found = TimeLimit("periodic", "", amount=amount, unit=unit)
    if groups.get("times") and int(match["times"]) > 1:
        return _several_times(found, int(match["times"]))
    if groups.get("next"):
        month, day = _part_day(months + 1, groups.get("next_day"))
        return replace(found, month=month, day=day)
    if groups.get("inner_day") or groups.get("inner") or "首月" in (groups.get("rest") or ""):
        return _inner_month(found, groups, months)
    if groups.get("month_day"):
        return (
            replace(found, month=1, day=min(int(match["month_day"]), 31)) if unit == "month" and months == 1 else found
        )
    if groups.get("weekday"):
        return replace(found, day=_weekday(match["weekday"])) if unit == "week" else found
    if groups.get("start") and months:
        return replace(found, month=1, day=_part_day(1, match["start"])[1])
    return replace(found, month=months, day=31) if groups.get("end") and months else found


def _read_months(match: re.Match[str]) -> TimeLimit | None:
    """双月10日前, 每2个月10日前, 当月10日前: the day lies in the last month of each turn, of 单月 in the first of two."""
    amount = 1 if match["this"] else int(match["amount"] or 2)
    month, day = _part_day(1 if match["parity"] == "单" else amount, match["month_day"])
    return TimeLimit("periodic", "", amount=amount, unit="month", month=month, day=day) if amount else None


def _read_weekday(match: re.Match[str]) -> TimeLimit | None:
    return TimeLimit("periodic", "", amount=1, unit="week", day=_weekday(match["weekday"]), confidence=80)


def _read_next(match: re.Match[str]) -> TimeLimit | None:
    quarter = match["period"] == "季" or "季" in match["next"]
    month, day = _part_day(4 if quarter else 2, match["next_day"])
    return TimeLimit("periodic", "", amount=1, unit="quarter" if quarter else "month", month=month, day=day)


def _read_end(match: re.Match[str]) -> TimeLimit | None:
    if match.start() and match.string[match.start() - 1] in "0123456789个":
        return None
    quarter = match["period"] == "季"
    return TimeLimit(
        "periodic", "", amount=1, unit="quarter" if quarter else "month", month=3 if quarter else 1, day=31
    )


def _read_after_end(match: re.Match[str]) -> TimeLimit | None:
    quarter = match["period"] == "季"
    return TimeLimit("periodic", "", amount=1, unit="quarter" if quarter else "month")


def _several_times(found: TimeLimit, times: int) -> TimeLimit:
    """每年两次: every six months; where it does not divide, the shorter period in days."""
    months = {"year": 12, "quarter": 3, "month": 1}.get(found.unit, 0) * found.amount
    if months and months % times == 0:
        return replace(found, amount=months // times, unit="month")
    days = {"week": 7, "day": 1, "working_day": 1}.get(found.unit, months * 30) * (1 if months else found.amount)
    return replace(found, amount=max(days // times, 1), unit="day", confidence=70)


def _inner_month(found: TimeLimit, groups: dict[str, str | None], months: int) -> TimeLimit:
    inner = groups.get("inner") or "第1"
    number = re.search(r"[1-6]", inner)
    month, day = _part_day(int(number[0]) if number and "最后" not in inner else months, groups.get("inner_day"))
    return replace(found, month=month, day=day)


def _part_day(month: int, words: str | None) -> tuple[int, int]:
    number = re.match(r"\d+", words or "")
    if number:
        return month, min(int(number[0]), 31)
    return month, {"初": 10, "上旬": 10, "中旬": 20}.get(words or "", 31)


def _weekday(word: str) -> int:
    return int(word) if word.isdigit() else "一二三四五六日天".index(word) % 7 + 1 if word != "天" else 7


EVERY: tuple[re.Pattern[str], Reader] = (_EVERY, _read_every)
RHYTHMS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_MONTHS, _read_months),
    (_WEEKDAY, _read_weekday),
    (_NEXT_MONTH, _read_next),
    (_END_ONLY, _read_end),
    (_AFTER_END, _read_after_end),
    (_NAMED, _read_every),
)
"""In the order in which they look at a text, after `EVERY`."""
