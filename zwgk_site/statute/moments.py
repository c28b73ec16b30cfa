"""Days and moments as people write them: 2026-03-05, 2026年3月5日, 二〇二六年三月五日. Pure; no clock."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import datetime, timedelta, timezone

from zwgk_site.statute.limit_text import number_from_numeral

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_LOOSE = re.compile(
    r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?: ?日)?(?:[ T]? ?(\d{1,2})[:时](\d{1,2})(?:分|:\d{1,2})?)?",
    re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})()()", re.ASCII)
_WRITTEN = re.compile(r"[〇○零一二三四五六七八九十]+(?=[年月日])")
_CHINA = timezone(timedelta(hours=8))


def parse_moment(text: str) -> tuple[str, bool] | None:
    """A day or moment in UTC+8 as (ISO text, whether it was written so); `None` if it is none or does not exist."""
    found = _ISO.fullmatch(text)
    strict = found is not None and found[6] is None and found[7] is None
    zone = found[7] if found is not None else None
    if found is None:
        plain = unicodedata.normalize("NFKC", text).strip()
        found = _LOOSE.fullmatch(plain) or _COMPACT.fullmatch(plain) or _LOOSE.fullmatch(_with_digits(plain))
        if found is None:
            return None
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if not (year >= 1000 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    iso = f"{year:04d}-{month:02d}-{day:02d}"
    if not found[4]:
        return iso, strict
    hour, minute = int(found[4]), int(found[5])
    if hour > 23 or minute > 59:
        return None
    if zone is not None:
        return _in_china(f"{iso}T{hour:02d}:{minute:02d}", zone), strict
    return f"{iso} {hour:02d}:{minute:02d}", strict


def _with_digits(text: str) -> str:
    """二〇二六年三月五日, as old documents have it, in digits."""
    return _WRITTEN.sub(lambda numeral: str(number_from_numeral(numeral[0]) or numeral[0]), text[:20])


def _in_china(moment: str, zone: str) -> str:
    """A moment of another time zone as the clocks in China show it; one that no calendar has stays as it is."""
    offset = "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}"
    try:
        return datetime.fromisoformat(moment + offset).astimezone(_CHINA).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return moment.replace("T", " ")
