"""条例第26条: twenty working days at most, unless a law or regulation (法律、法规) sets another time.

A row may promise less. A longer time needs a law or regulation in 公开依据; 办法, 通知 and 意见 are none.
"""

from __future__ import annotations

from collections.abc import Sequence

from zwgk_site.model.patterns import late
from zwgk_site.statute.time_limit import DEFAULT_DAYS, TimeLimit

# Twenty working days are four weeks where no holiday lies in them: what is longer in other units is longer by this measure.
_MOST = {"working_day": DEFAULT_DAYS, "hour": 28 * 24, "day": 28, "week": 4, "month": 0, "quarter": 0, "year": 0}
COUNTED_FROM = ("", "形成", "变更", "形成或变更", "制定或获取", "制定", "获取")
_TITLE = late(r"《([^》]*)》?")
_TAIL = late(r"(?:[（(〔\[].*|第[〇零一二三四五六七八九十百\d]+[章条款项].*|[\s。；;，,、]+)$")
_OWN_REGULATION = "政府信息公开条例"


def exceeds_statute(limit: TimeLimit, basis: Sequence[str]) -> bool:
    """Whether the limit is longer than 条例第26条 allows, with no other law or regulation named in `basis`."""
    return _is_longer(limit) and not any(is_law(title) for text in basis for title in titles_in(text))


def titles_in(text: str) -> tuple[str, ...]:
    """The titles named in one line of 公开依据: what stands in 《》, else the line up to an article or a bracket."""
    found = _TITLE.findall(text.replace("〈", "《").replace("〉", "》"))
    return tuple(title.strip() for title in found) or ((text.strip(),) if text.strip() else ())


def is_law(title: str) -> bool:
    """Whether a title is one of a law (法) or regulation (条例); 条例 of disclosure itself sets no other time."""
    plain = title.strip()
    while (shorter := _TAIL.sub("", plain)) != plain:
        plain = shorter
    if plain.endswith(_OWN_REGULATION):
        return False
    return plain.endswith("条例") or (plain.endswith("法") and not plain.endswith("办法"))


def _is_longer(limit: TimeLimit) -> bool:
    """Only what runs from the information itself can be compared; a limit after an approval starts on another day."""
    if limit.kind == "within" and limit.anchor in COUNTED_FROM:
        return bool(limit.unit) and limit.amount > _MOST[limit.unit]
    return any(_is_longer(part) for part in limit.parts)
