"""A time limit said in one plain sentence, in Chinese or English: what was understood, not what was written."""

from __future__ import annotations

from zwgk_site.statute.due import Due, Reason, is_same_day
from zwgk_site.statute.periods import MONTHS_IN
from zwgk_site.statute.time_limit import TimeLimit, Unit

_UNITS_ZH: dict[Unit, str] = {
    "": "", "working_day": "个工作日", "day": "日", "hour": "小时", "week": "周", "month": "个月", "quarter": "个季度", "year": "年",
}  # fmt: skip
_UNITS_EN: dict[Unit, str] = {
    "": "", "working_day": "working day", "day": "day", "hour": "hour", "week": "week", "month": "month",
    "quarter": "quarter", "year": "year",
}  # fmt: skip
_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EVENTS_EN = {
    "形成": "the information is made", "变更": "it is changed", "形成或变更": "the information is made or changed",
    "制定或获取": "it is made or obtained", "制定": "it is made", "获取": "it is obtained", "批准": "the approval",
    "批复": "the official reply", "决定": "the decision", "公布": "the publication", "收到": "receipt",
    "收到申请": "receipt of the application", "受理": "the application is accepted", "实施": "it takes effect",
    "听证": "the hearing", "会议": "the meeting", "检查结束": "the inspection ends", "公示期满": "the notice period ends",
    "印发": "it is issued", "审核": "the review", "办结": "the case is closed", "备案": "filing",
    "登记": "registration", "签订": "signing", "验收": "acceptance", "发生": "it happens", "开始": "the beginning",
    "结束": "the end", "月度终了": "the month's end", "季度终了": "the quarter's end", "半年终了": "the half-year's end",
    "年度终了": "the year's end", "任期": "the term of office",
}  # fmt: skip
_REASONS: dict[Reason, tuple[str, str]] = {
    "start_not_counted": ("起算当天不算", "the first day does not count"),
    "working_days": ("周末和节假日不算，调休上班日算", "weekends and holidays left out, weekend days worked included"),
    "calendar_days": ("周末和节假日也算", "days off count too"),
    "hours": ("按小时算，放假也算；这里只能算到哪一天", "by the hour, days off too; here only to the day"),
    "moved": ("最后一天放假，顺延到下一个工作日", "the last day is a day off, so the next working day counts"),
    "counted_back": ("从事件当天往前数", "counted back from the event"),
    "statutory": ("没有写时限，按条例第26条", "nothing is written, so article 26 of the regulation counts"),
    "on_view": ("这是展示到哪一天", "this is the day until which it stays on view"),
}
_PROVISIONAL = (
    "暂按周末推算：那一年的放假安排还没有",
    "counted by weekends for now: that year's holidays are not known yet",
)


def explain_limit(limit: TimeLimit, language: str) -> str:
    """One sentence, with its full stop."""
    return f"{_english(limit)[:1].upper()}{_english(limit)[1:]}." if language == "en" else f"{_chinese(limit)}。"


def explain_due(due: Due, language: str) -> str:
    """How the day was counted, or an empty string."""
    place = 1 if language == "en" else 0
    said = [_REASONS[reason][place] for reason in due.reasons]
    said += [_PROVISIONAL[place]] if due.provisional else []
    return ("; " if place else "；").join(said)


def _chinese(limit: TimeLimit) -> str:
    size, event = f"{limit.amount}{_UNITS_ZH[limit.unit]}", _event_zh(limit)
    words = {
        "within": f"{event}{'后' if event else ''}{size}内公开",
        "before": f"在{event or '有关事项'}{size}前公开" if limit.amount else f"在{event or '有关事项'}之前公开",
        "display": f"至少展示{size}",
        "retention": f"展示{size}后可以撤下" if limit.amount else f"一直展示（{limit.event}）",
        "immediate": "当天公开" if is_same_day(limit) else f"尽快公开（{limit.event or '及时'}），没有可以计算的日期",
        "periodic": _periodic_zh(limit),
        "annual": f"每年{_span_zh(limit)}公开{_about_zh(limit.year_offset)}",
        "once": f"{limit.year}年{limit.month or 12}月{limit.day or 31}日前公开",
        "combined": "；".join(_chinese(part) for part in limit.parts),
        "inherited": f"按别处的规定（{limit.event or limit.text.strip()}），这里没有可以计算的日期",
        "empty": f"没有写时限，按条例第26条：信息形成或者变更后{size}内公开",
        "unknown": "没有读懂"
        + (f"，只认出“{limit.understood}”" if limit.understood else "")
        + "，请换一种写法，例如　20个工作日内",
    }
    note = "（日按法律指工作日）" if limit.lawful_unit else ""
    return words[limit.kind] + note + ("；法律、法规另有规定的除外" if limit.yields_to_law else "")


def _english(limit: TimeLimit) -> str:
    size, event = _size_en(limit.amount, limit.unit), _event_en(limit)
    words = {
        "within": f"publish within {size}" + (f" after {event}" if event else ""),
        "before": f"publish {size + ' ' if limit.amount else ''}before {event or 'the event'}",
        "display": f"keep on view for at least {size}",
        "retention": f"may be taken off after {size}" if limit.amount else f"keep on view ({limit.event})",
        "immediate": "publish on the same day" if is_same_day(limit) else f"publish at once ({limit.event or '及时'}); no day can be counted",
        "periodic": _periodic_en(limit),
        "annual": f"publish each year by {limit.month:02d}-{limit.day or 31:02d}{_about_en(limit.year_offset)}",
        "once": f"publish by {limit.year}-{limit.month or 12:02d}-{limit.day or 31:02d}",
        "combined": "; ".join(_english(part) for part in limit.parts),
        "inherited": f"as ruled elsewhere ({limit.event or limit.text.strip()}); no day can be counted here",
        "empty": f"nothing is written; by article 26 of the regulation, within {size} after the information is made or changed",
        "unknown": "not understood" + (f", only “{limit.understood}”" if limit.understood else "") + "; write it another way, such as 20个工作日内",
    }  # fmt: skip
    note = " (by law these days are working days)" if limit.lawful_unit else ""
    return words[limit.kind] + note + ("; other laws take precedence" if limit.yields_to_law else "")


def _event_zh(limit: TimeLimit) -> str:
    """The event's own words if it is none of the known ones."""
    known = {
        "形成": "信息形成",
        "变更": "信息变更",
        "形成或变更": "信息形成或者变更",
        "制定或获取": "制定或者获取信息",
        "其他": "",
    }
    return (limit.event if limit.anchor == "其他" else "") or known.get(limit.anchor, limit.anchor)


def _event_en(limit: TimeLimit) -> str:
    return _EVENTS_EN.get(limit.anchor, f"“{limit.event}”" if limit.event else "")


def _size_en(amount: int, unit: Unit) -> str:
    return f"{amount} {_UNITS_EN[unit]}{'' if amount == 1 else 's'}"


def _span_zh(limit: TimeLimit) -> str:
    last = "2月底" if (limit.month, limit.day) == (2, 29) else f"{limit.month}月{limit.day or 31}日"
    return f"{limit.from_month}月{limit.from_day or 1}日到{last}" if limit.from_month else f"{last}前"


def _about_zh(offset: int) -> str:
    return {-1: "上一年度的信息", 1: "下一年度的信息"}.get(offset, "")


def _about_en(offset: int) -> str:
    return {-1: ", about the year before", 1: ", about the year to come"}.get(offset, "")


def _periodic_zh(limit: TimeLimit) -> str:
    unit = _UNITS_ZH[limit.unit]
    every = f"每{limit.amount}{unit}" if limit.amount > 1 else f"每{unit.removeprefix('个')}"
    if limit.grace:
        return f"{every}结束后{limit.grace}{_UNITS_ZH[limit.grace_unit]}内公开"
    if not limit.day:
        return f"{every}公开一次"
    if limit.unit == "week":
        return f"{every}的星期{_WEEKDAYS_ZH[min(limit.day, 7) - 1]}前公开一次"
    day = "最后一日" if limit.day >= 31 else f"{limit.day}日"
    months = MONTHS_IN.get(limit.unit, 1) * max(limit.amount, 1)
    if limit.month > months:
        return f"{every}结束后第{limit.month - months}个月的{day}前公开"
    if limit.unit == "month" and months > 1:
        return f"{every}公开一次，在第{limit.month}个月的{day}前"
    return f"{every}{f'第{limit.month}个月的' if limit.month > 1 or months > 1 else ''}{day}前公开一次"


def _periodic_en(limit: TimeLimit) -> str:
    every = f"publish every {_UNITS_EN[limit.unit] if limit.amount == 1 else _size_en(limit.amount, limit.unit)}"
    if limit.grace:
        return f"{every}, within {_size_en(limit.grace, limit.grace_unit)} after its end"
    if limit.day:
        if limit.unit == "week":
            return f"{every}, by {_WEEKDAYS_EN[min(limit.day, 7) - 1]}"
        day = "the last day" if limit.day >= 31 else f"day {limit.day}"
        return f"{every}, by {day}{f' of month {limit.month}, counted from its beginning' if limit.month > 1 else ''}"
    return every
