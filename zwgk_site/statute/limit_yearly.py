"""Limits told by a date or a part of the year: 每年1月31日前, 9月15日至10月14日, 第一季度, 上半年, 2026年底前."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable

from msgspec.structs import replace

from zwgk_site.model.patterns import late
from zwgk_site.statute.time_limit import TimeLimit

Reader = Callable[[re.Match[str]], TimeLimit | None]
UNTIL = r"(?:内|前|止|截止|中|期间|左右|为止)*"
_YEAR = r"(?P<head>于?(?:每|当|本|该|今|次|下|同)?个?(?:会计|财政|自然|预算|公历)?年度?的?|(?P<year>\d{4})年度?的?|每|于|在)?"
_MONTH_DAY = r"(?P<month{0}>1[0-2]|0?[1-9])月份?的?(?:(?P<day{0}>[12]\d|3[01]|0?[1-9])(?:[日号]|(?=前|内|起|至|到|-|$|;|,))|(?P<part{0}>月?底|月?末|月?初|上旬|中旬|下旬|中))"
_RANGE = late(
    _YEAR
    + _MONTH_DAY.format("")
    + r"[-~至到—]+(?:次年|当年)?(?:"
    + _MONTH_DAY.format("_to")
    + r"|(?P<only>[12]\d|3[01]|0?[1-9])[日号])"
    + UNTIL
)
_ONE_DAY = late(_YEAR + _MONTH_DAY.format("") + UNTIL)
_WHOLE_MONTH = late(
    r"(?:(?P<head>(?:每|当|本|今|次|下)年度?的?)|(?P<year>\d{4})年)(?P<month>1[0-2]|0?[1-9])月(?:份|内|前|中|之内)*(?!\d)"
    r"|(?P<month2>1[0-2]|0?[1-9])月份(?:内|前|中)*"
)
_QUARTER = late(
    _YEAR
    + r"(?:第(?P<ord>[1-4一二三四])个?季度?|(?P<card>[1-4])季度)(?:末|底|初|内|前|结束前|期间|中)*(?!个?\d?次|,?\d?次|度?的?(?:工作|情况|数据|报告|统计|执行|经济|预算|运行|收支))"
)
_HALF = late(
    _YEAR
    + r"(?P<half>上|下)半年(?:度)?(?:末|底|内|前|结束前)*(?!度?的?(?:工作|情况|数据|报告|统计|执行|经济|预算|运行|收支))"
)
_YEAR_PART = late(
    r"(?P<head>(?:每|当|本|该|今|次|下)?年?(?:会计|财政)?)(?<!\d)(?P<year>\d{4})?年度?(?P<part>底|末|终(?!了)|内(?!第)|初|中(?!央))"
    + UNTIL
)
_WHOLE_YEAR = late(r"(?:当年|(?<!\d)(?P<year>(?:19|20)\d\d)年)度?(?P<head>)(?=$|[,;公前])" + UNTIL)
_MONTHS = late(
    r"(?P<head>每年度?的?)?(?<!\d)(?P<year>)(?P<first>1[0-2]|0?[1-9])月?份?[-~至到—](?P<month>1[0-2]|0?[1-9])月(?:份|底|末|内|前|间)*(?!\d)"
)


def _read_range(match: re.Match[str]) -> TimeLimit | None:
    month, day = _month_day(match["month"], match["day"], match["part"])
    if match["only"]:
        to_month, to_day = month, int(match["only"])
    else:
        to_month, to_day = _month_day(match["month_to"], match["day_to"], match["part_to"])
    found = _annual(match, to_month, to_day)
    return found and replace(found, from_month=month, from_day=day)


def _read_day(match: re.Match[str]) -> TimeLimit | None:
    return _annual(match, *_month_day(match["month"], match["day"], match["part"]))


def _read_month(match: re.Match[str]) -> TimeLimit | None:
    month = int(match["month"] or match["month2"])
    found = _annual(match, month, _month_end(month))
    return found and replace(found, from_month=month, from_day=1)


def _read_quarter(match: re.Match[str]) -> TimeLimit | None:
    number = (
        "一二三四".find(match["ord"] or "") + 1
        if match["ord"] in tuple("一二三四")
        else int(match["ord"] or match["card"])
    )
    found = _annual(match, number * 3, _month_end(number * 3))
    return found and replace(found, from_month=number * 3 - 2, from_day=1)


def _read_half(match: re.Match[str]) -> TimeLimit | None:
    first = match["half"] == "上"
    found = _annual(match, 6 if first else 12, 30 if first else 31)
    return found and replace(found, from_month=1 if first else 7, from_day=1)


def _read_year_part(match: re.Match[str]) -> TimeLimit | None:
    if match.start() and match.string[match.start() - 1].isdigit():
        return None
    month, day = {"初": (1, 31), "中": (6, 30)}.get(match["part"], (12, 31))
    found = _annual(match, month, day)
    return found and replace(found, confidence=60 if match["part"] in "初中" else 90)


def _read_whole_year(match: re.Match[str]) -> TimeLimit | None:
    found = _annual(match, 12, 31)
    return found and replace(found, confidence=70)


def _read_months(match: re.Match[str]) -> TimeLimit | None:
    month = int(match["month"])
    found = _annual(match, month, _month_end(month))
    return found and replace(found, from_month=int(match["first"]), from_day=1)


def _annual(match: re.Match[str], month: int, day: int) -> TimeLimit | None:
    if day > _month_end(month):
        return None
    if match["year"]:
        return TimeLimit("once", "", year=int(match["year"]), month=month, day=day)
    return TimeLimit("annual", "", month=month, day=day, year_offset=_about(match))


def _about(match: re.Match[str]) -> int:
    """Which year the information is about: 次年1月31日前 and 公开上一年度 tell of the year before."""
    plain = match.string
    sentence_start = plain.rfind(";", 0, match.start()) + 1
    sentence_end = plain.find(";", match.end())
    around = (
        plain[sentence_start : match.start()] + "|" + plain[match.end() : sentence_end if sentence_end >= 0 else None]
    )
    if re.search(r"[次下]", match["head"] or "") or re.search(r"上1?年|上个?年度", around):
        return -1
    return 1 if re.search(r"[下次]1?年度?", around) else 0


def _month_day(month: str, day: str | None, part: str | None) -> tuple[int, int]:
    number = int(month)
    if day:
        return number, int(day)
    return number, {"初": 10, "月初": 10, "上旬": 10, "中旬": 20, "中": 20}.get(part or "", _month_end(number))


def _month_end(month: int) -> int:
    return monthrange(2024, month)[1]  # a leap year: other Februaries end a day before


YEARLY: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_RANGE, _read_range),
    (_ONE_DAY, _read_day),
    (_MONTHS, _read_months),
    (_WHOLE_MONTH, _read_month),
    (_QUARTER, _read_quarter),
    (_HALF, _read_half),
    (_YEAR_PART, _read_year_part),
)
"""In the order in which they look at a text; the last of all is `WHOLE_YEAR`, after the rhythms."""
WHOLE_YEAR: tuple[re.Pattern[str], Reader] = (_WHOLE_YEAR, _read_whole_year)
