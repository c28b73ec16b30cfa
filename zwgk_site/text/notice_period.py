"""How long a notice says that it is on view (公示期): its first statement, as a number of days or as two dates.

Asked only of texts whose title says 公示 or 公告; what is not plain is not read.
"""

from __future__ import annotations

from datetime import date

from zwgk_site.model.patterns import late

PREFIX = "公示期:"
_NUMBER = "[0-9]{1,3}|[一二三四五六七八九十]{1,3}"
_DATE = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_STATED = late(
    rf"(?:公示|公告|征求意见)(?:期限|时间|期间|期|时限)(?:一般|至少)?(?:为|是|不少于|不得少于)?[:：]?(?:共|为期)?({_NUMBER})(个工作日|日|天)"
    r"(?!起|前|内|[0-9])"
)
_BETWEEN = late(
    rf"(?:公示|公告|征求意见)(?:期限|时间|期间|期|时限)(?:为|是)?[:：]?(?:自|从)?{_DATE}(?:起)?(?:至|到|[-—－~～]){{1,2}}(?:(\d{{4}})年)?(\d{{1,2}})月(\d{{1,2}})日"
)
_BLANKS = str.maketrans("", "", " \t\u3000\u00a0*_")


def stated_period(text: str, title: str) -> tuple[str, ...]:
    """`公示期:3个工作日` or `公示期:2026-03-02/2026-03-06` for a notice that says so; else nothing."""
    if "公示" not in title and "公告" not in title:
        return ()
    plain = text.translate(_BLANKS)
    if (days := _BETWEEN.search(plain)) is not None:
        return _as_dates(*(int(part or days[1]) for part in days.groups()))
    stated = _STATED.search(plain)
    return (f"{PREFIX}{stated[1]}{stated[2]}",) if stated is not None else ()


def _as_dates(*parts: int) -> tuple[str, ...]:
    """The two days, unless one of them is none or they stand the wrong way round."""
    try:
        first, last = date(*parts[:3]), date(*parts[3:])
    except ValueError:
        return ()
    return (f"{PREFIX}{first.isoformat()}/{last.isoformat()}",) if first <= last else ()
