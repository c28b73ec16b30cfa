"""Limits told by a number: 20个工作日内, 听证7个工作日前, 公示期不少于5日, 公开期限5年, 3个月更新一次."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from zwgk_site.model.patterns import late
from zwgk_site.statute.limit_events import anchor_of, event_after, event_ahead, event_before
from zwgk_site.statute.time_limit import LimitKind, TimeLimit, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 9999
_UNITS: tuple[tuple[str, Unit], ...] = (
    ("工作", "working_day"), ("工", "working_day"), ("自然日", "day"), ("小时", "hour"), ("分钟", "hour"), ("季", "quarter"),
    ("月", "month"), ("周年", "year"), ("周", "week"), ("年", "year"),
)  # fmt: skip
_UNIT = r"(?:工作(?:日|(?!小?时))|工日|自然日|小时|分钟|季度?|月(?![底末初度]|\d(?!次))|周年|周(?![一二三四五六末])|年(?![底末初中度]|\d(?!次))|日|天)"
_AMOUNT = late(
    rf"(?<![\d.A-Za-z])(?P<low>\d{{1,5}}(?:\.\d)?)(?:个?{_UNIT}?(?:[-~至到—]+|或)(?P<high>\d{{1,5}}))?个*(?P<unit>{_UNIT})(?!第)"
)
_PROLONGED = late(r"延[长期]期?限?(?:至|到|为|不超过|不得超过|最长)*$")
_MOST = r"(?:不得?应?能?超过|不[晚迟]于|不得[晚迟]于|最[迟晚长多]|至多|控制在|(?<![期时])限时?|≤|<=?|小于|缩短[至到为]|压缩[至到为])"
_LEAST = r"(?:不得?应?能?少于|不得?低于|不得?短于|不得?小于|至少|最少|最短|≥|>=?|大于)"
_FILL = r"(?:[,的为在于]|应当?|须|一般|原则上|期限|时间)*"
_ENDS_MOST = late(_MOST + _FILL + "$")
_ENDS_LEAST = late(_LEAST + _FILL + "$")
_ENDS_PAST = late(r"(?<![不得应能])超过$")
_ENDS_EVERY = late(r"(?:每隔?|间隔|至少每|按)$")
_ENDS_AHEAD = late(r"(?:提前|提早)(?:至少|不少于|不得少于)?$")
_ENDS_FRONT = late(r"(?<![提目此当以])前" + _FILL + rf"(?:{_LEAST}|{_MOST})?$")
_SHOWN = (
    r"(?:公示|公告|征求(?:公众|社会)?意见|征集(?:公众|社会)?意见|意见征集|听取意见|展示|张贴|异议|挂网|上墙|公众参与|公开征求|征求|征集"
    r"|公开征集)"
)
_ENDS_SHOWN = late(_SHOWN + r"(?:期限?|时间|时长|天数|期间|为|满|达|达到|,|应当?|一般|原则上|的)*$")
_ENDS_KEPT = late(
    r"(?P<time>公开期限?|公开时限|公开时间|公布期限|发布期限)?(?P<kept>公开时长|公示保留|保留|保存|留存|有效期限?|展示期限?|存续|届满|期限届满|挂网期限?)?"
    r"(?:时间|期限|为|,|最长|长|是)*$"
)
_INSIDE = late(r"含?(?:内|里|期间|期限|时间内|日内|之内)")
_AHEAD = late(r"前(?!内)")
_STOPPED = late(
    r"(?:后|届满|期满|内)?[,的]?(?:即|自动|应当?|予以|将)*(?:停止|撤下|下架|撤销|移除|删除|归档|撤除|转为|退出)"
)
_ONCE = late(r"(?:至少|集中|定期)?(?:公开|公布|更新|发布|通报|汇总|公示|调整|报告|修订)?(?:1|一)?次")
_ENDS_PUBLISHED = late(r"(?:公开|公布|发布|更新)(?:时间|期)?(?:为|,)*$")


def read_amounts(plain: str) -> Iterator[tuple[int, int, TimeLimit]]:
    """Each number with a unit in `plain` and what it demands; a zero byte marks what others have read."""
    for match in _AMOUNT.finditer(plain):
        left = re.split(r"[;\0]", plain[: match.start()])[-1]
        left = _after_last_amount(left)
        right = re.split(r"[;\0]", plain[match.end() :])[0]
        limit = _read(match, left, right)
        if limit:
            yield match.start(), match.end(), limit


def _read(match: re.Match[str], left: str, right: str) -> TimeLimit | None:
    unit = _unit_of(match["unit"])
    kind, confidence = _kind_of(left, right, unit)
    if not kind:
        return None
    low, high = float(match["low"]), float(match["high"] or match["low"])
    amount = high if kind in ("within", "periodic", "retention") else low
    unit, amount = ("hour", max(1, amount / 60)) if match["unit"] == "分钟" else (unit, amount)
    if not 0 < amount <= LARGEST:
        return None
    event = _event_of(kind, left, right)
    found = TimeLimit(kind, "", amount=int(-(-amount // 1)), unit=unit, anchor=anchor_of(event), event=event)
    exact = bool(match["high"]) or match["unit"] in ("工作", "工日", "分钟")
    return replace(found, confidence=min(confidence, 70) if exact else confidence)


def _kind_of(left: str, right: str, unit: Unit) -> tuple[LimitKind | None, int]:  # noqa: PLR0911 - a list of cases
    """What the words beside a number make of it, and how sure that is."""
    most, least = bool(_ENDS_MOST.search(left)), bool(_ENDS_LEAST.search(left))
    plain_left = re.sub(rf"(?:{_MOST}|{_LEAST}){_FILL}$", "", left)
    inside = bool(_INSIDE.match(right))
    if _PROLONGED.search(plain_left) or _PROLONGED.search(left):
        return None, 0
    if _ENDS_PAST.search(left) or (left.endswith("满") and re.match(r"后?(?:生效|施行|实施)", right)):
        return None, 0
    if _ENDS_EVERY.search(left) or _ONCE.match(right):
        return "periodic", 100
    if _ENDS_AHEAD.search(left) or _AHEAD.match(right) or _ENDS_FRONT.search(left):
        return "before", 100
    if _STOPPED.match(right):
        return "retention", 90
    if _ENDS_SHOWN.search(plain_left):
        return "display", 90 if inside else 100
    if _is_kept(plain_left, right, unit, least=least):
        return "retention", 90
    if (least and not inside) or re.match(r"(?:及|或)?以上", right):
        return "display", 80
    if inside or most:
        return "within", 100
    return _bare_kind(left, right, unit)


def _is_kept(left: str, right: str, unit: Unit, *, least: bool) -> bool:
    found = _ENDS_KEPT.search(left)
    long = unit in ("month", "quarter", "year")
    if found and found["kept"]:
        return True
    if found and found["time"]:
        return long and not least and not _INSIDE.match(right)
    return long and bool(_ENDS_PUBLISHED.search(left)) and not least and not _INSIDE.match(right)


def _bare_kind(left: str, right: str, unit: Unit) -> tuple[LimitKind | None, int]:
    """A number without 内, 前 or the like: 20个工作日 is a limit, 1年 how often something is renewed."""
    if right.startswith("后"):
        return None, 0
    if unit in ("month", "quarter", "year"):
        return ("within", 70) if event_before(left) else ("periodic", 70)
    return "within", 80


def _event_of(kind: LimitKind, left: str, right: str) -> str:
    if kind == "before":
        return "" if _ENDS_AHEAD.search(left) else event_ahead(left)
    return event_before(left) or event_after(right) if kind == "within" else ""


def _after_last_amount(left: str) -> str:
    """The words since the number before, if there is one."""
    last = None
    for last in _AMOUNT.finditer(left):  # noqa: B007 - only the last one matters
        pass
    return left[last.end() :].lstrip("内前") if last else left


def _unit_of(words: str) -> Unit:
    return next((unit for start, unit in _UNITS if words.startswith(start)), "day")
