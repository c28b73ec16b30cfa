"""Limits told by the calendar: 每年1月31日前, 次月10日前, 每季度末后15日内, 第一季度, 2026年底前, 每半年一次."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zwgk_site.statute.time_limit import TimeLimit, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_UNTIL = r"(?:内|前|止|截止|中|期间|左右|为止)*"
_YEAR = r"(?P<head>于?(?:每|当|本|该|今|次|下|同)?个?(?:会计|财政|自然|预算|公历)?年度?的?|(?P<year>\d{4})年度?的?|每|于|在)?"
_MONTH_DAY = r"(?P<month{0}>1[0-2]|0?[1-9])月份?的?(?:(?P<day{0}>[12]\d|3[01]|0?[1-9])(?:[日号]|(?=前|内|起|至|到|-|$|;|,))|(?P<part{0}>月?底|月?末|月?初|上旬|中旬|下旬|中))"
_RANGE = re.compile(
    _YEAR
    + _MONTH_DAY.format("")
    + r"[-~至到—]+(?:次年|当年)?(?:"
    + _MONTH_DAY.format("_to")
    + r"|(?P<only>[12]\d|3[01]|0?[1-9])[日号])"
    + _UNTIL
)
_ONE_DAY = re.compile(_YEAR + _MONTH_DAY.format("") + _UNTIL)
_WHOLE_MONTH = re.compile(
    r"(?:(?P<head>(?:每|当|本|今|次|下)年度?的?)|(?P<year>\d{4})年)(?P<month>1[0-2]|0?[1-9])月(?:份|内|前|中|之内)*(?!\d)"
    r"|(?P<month2>1[0-2]|0?[1-9])月份(?:内|前|中)*"
)
_QUARTER = re.compile(
    _YEAR
    + r"(?:第(?P<ord>[1-4一二三四])个?季度?|(?P<card>[1-4])季度)(?:末|底|初|内|前|结束前|期间|中)*(?!个?\d?次|,?\d?次|度?的?(?:工作|情况|数据|报告|统计|执行|经济|预算|运行|收支))"
)
_HALF = re.compile(
    _YEAR
    + r"(?P<half>上|下)半年(?:度)?(?:末|底|内|前|结束前)*(?!度?的?(?:工作|情况|数据|报告|统计|执行|经济|预算|运行|收支))"
)
_YEAR_PART = re.compile(
    r"(?P<head>(?:每|当|本|该|今|次|下)?年?(?:会计|财政)?)(?<!\d)(?P<year>\d{4})?年度?(?P<part>底|末|终(?!了)|内(?!第)|初|中(?!央))"
    + _UNTIL
)
_WHOLE_YEAR = re.compile(r"(?:当年|(?<!\d)(?P<year>(?:19|20)\d\d)年)度?(?P<head>)(?=$|[,;公前])" + _UNTIL)
_MONTHS = re.compile(
    r"(?P<head>每年度?的?)?(?<!\d)(?P<year>)(?P<first>1[0-2]|0?[1-9])月?份?[-~至到—](?P<month>1[0-2]|0?[1-9])月(?:份|底|末|内|前|间)*(?!\d)"
)
_GRACE = re.compile(
    r"的?(?:之日|结束|终了|末|底|期满|届满|终|完)*(?:后|起)的?,?(?:第|在|应当?|的|最迟)*(?P<grace>\d{1,3})个?(?P<unit>工作日|自然日|日|天|月|周)(?:内|前)*"
)


def read_calendar(plain: str) -> Iterator[tuple[int, int, TimeLimit]]:
    """Each place of `plain` that tells a date or a period, in order: start, end, what it says."""
    taken = [False] * (len(plain) + 1)
    found: list[tuple[int, int, TimeLimit]] = []
    for pattern, reader in _READERS:
        for match in pattern.finditer(plain):
            if any(taken[match.start() : match.end()]):
                continue
            limit = reader(match)
            if limit is None:
                continue
            end = match.end()
            if limit.kind in ("annual", "periodic") and not limit.grace:
                limit, end = _with_grace(limit, plain, end)
            taken[match.start() : end] = [True] * (end - match.start())
            found.append((match.start(), end, limit))
    yield from sorted(found, key=lambda item: item[0])


# --- once a year, or once ---------------------------------------------------------------------------


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


def _read_weekday(match: re.Match[str]) -> TimeLimit | None:
    return TimeLimit("periodic", "", amount=1, unit="week", day=_weekday(match["weekday"]), confidence=80)


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


# --- again and again --------------------------------------------------------------------------------

_LENGTHS: dict[str, tuple[int, Unit, int]] = {
    "年": (1, "year", 12), "6个月": (6, "month", 6), "季": (1, "quarter", 3), "月": (1, "month", 1),
    "周": (1, "week", 0), "小时": (1, "hour", 0), "日": (1, "day", 0), "天": (1, "day", 0), "工作日": (1, "working_day", 0),
    "旬": (10, "day", 0), "学期": (6, "month", 0), "学年": (1, "year", 0), "届": (5, "year", 0),
}  # fmt: skip
_PERIOD = r"(?P<period>学年|学期|年|6个月|季|月|工作日|周|小时|日|天|旬|届)"
_PUBLISHED = r"(?:至少|不少于|应当?|须|定期|集中|主动|对外|向社会|予以)*(?:公开|公布|更新|发布|通报|公示|汇总|调整|报送|统计|修订|维护|清理)?"
_EVERY = re.compile(
    r"(?:每个?|逐|按)(?:一个?|1个?)?(?:会计|财政|自然|预算)?" + _PERIOD + r"(?:度|份|报)?(?P<rest>"
    # a day in the month after, in a month of the period, of the month
    r"(?:结束|终了|末|底|的|后|之)*,?(?:的|于|在)*(?P<next>次月|下月|次季度?(?:首月|第1个月)|下季度?(?:首月|第1个月))的?(?P<next_day>\d{1,2}[日号]|底|末|初|上旬|中旬|下旬)?"
    r"|的?(?:首月|(?P<inner>(?:第[1-6]|末|最后1?|最后)个?月))的?(?P<inner_day>\d{1,2}[日号]|底|末|初|上旬|中旬|下旬)?"
    r"|(?:月份?)?的?(?P<month_day>\d{1,2})[日号]"
    r"|的?月?(?P<end>(?:底|末|终)(?!了|.?后)(?:前|内|日)?|最后1?个?(?:工作)?[日天]|内)"
    r"|的?月?(?P<start>初|上旬|中旬|下旬)"
    r"|(?P<weekday>[一二三四五六日天1-7](?=前|内|公|发|更|上|下|$|,|;))"
    r")?" + _UNTIL + r"(?:" + _PUBLISHED + r"(?P<times>\d{1,2})次)?"
)
_NAMED = re.compile(
    r"(?<![上下本该当])(?P<period>年|6个月|季|月)度(?=公开|公布|更新|发布|通报|公示|汇总|调整|;|$)(?P<rest>)(?:"
    + _PUBLISHED
    + r"(?P<times>\d{1,2})次)?"
)
_NEXT_MONTH = re.compile(
    r"(?:当|本)?(?P<period>月|季)?(?:度|份)?(?:结束|终了|末|底)*后?,?(?:的|于|在)*(?P<next>次月|次季度?首月|次季度?第1个月)的?(?P<next_day>\d{1,2}[日号]|底|末|初|上旬|中旬|下旬)?"
    + _UNTIL
)
_END_ONLY = re.compile(r"(?:当|本|同)?(?P<period>月|季)度?(?P<end>底|末|终(?!了)|内)(?!.?后|日)" + _UNTIL)
_WEEKDAY = re.compile(r"(?<![每\d个])周(?P<weekday>[一二三四五六日])(?:上午|下午)?(?:前|内)?")
_AFTER_END = re.compile(r"(?<![个\d])(?P<period>季|月)度?(?=后\d)")


def _read_every(match: re.Match[str]) -> TimeLimit | None:  # noqa: PLR0911 - a list of cases, the first that fits
    amount, unit, months = _LENGTHS[match["period"]]
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


def _with_grace(limit: TimeLimit, plain: str, end: int) -> tuple[TimeLimit, int]:
    """…后15日内: so long after the end of the period or the day just read."""
    found = _GRACE.match(plain, end)
    if not found:
        return limit, end
    units: dict[str, Unit] = {"工作日": "working_day", "月": "month", "周": "week"}
    return replace(limit, grace=int(found["grace"]), grace_unit=units.get(found["unit"], "day")), found.end()


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], TimeLimit | None]], ...] = (
    (_RANGE, _read_range),
    (_ONE_DAY, _read_day),
    (_MONTHS, _read_months),
    (_WHOLE_MONTH, _read_month),
    (_QUARTER, _read_quarter),
    (_HALF, _read_half),
    (_YEAR_PART, _read_year_part),
    (_EVERY, _read_every),
    (_WHOLE_YEAR, _read_whole_year),
    (_WEEKDAY, _read_weekday),
    (_NEXT_MONTH, _read_next),
    (_END_ONLY, _read_end),
    (_AFTER_END, _read_after_end),
    (_NAMED, _read_every),
)
