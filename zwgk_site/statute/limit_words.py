"""Limits told by a word alone: 及时, 长期公开, 同上, 从其规定; and how a cell says nothing."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from zwgk_site.model.patterns import late
from zwgk_site.statute.limit_events import anchor_of, event_ahead, event_before
from zwgk_site.statute.time_limit import Anchor, TimeLimit

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTHING = late(
    r"(?:[-—–―−－/\\|·.。、,，_~*×xX]|\.{3}|…)*|(?:暂)?无|空白?|未填写?|(?:n/?a|nil|none|null|tbd)", re.IGNORECASE
)
STRONG = r"即时|实时|立[即刻]|即刻|马上|第一时间|当场|现场|当[天日](?!起)|即日(?!起)|同步|随文|同时|一并|随时|随.{1,6}?随[^,;]{0,4}|动态|即.{1,4}?即公?开?"
WEAK = r"及时|适时|尽快|尽早|按时|按期|如期|按照?进[展度](?:情况)?|根据(?:工作)?进[展度](?:情况)?|随进[展度](?:情况)?|常态化|经常|不定期|(?<![法规])定期(?!限)"
_WITH = late(r"(?:[或随同]|按照?)([^,;\0]{1,20}?)(?:公开|公布|发布|印发|出台)?(?:时|的)?(?:同步|同时|一并|一起|同日)")
_STRONG, _WEAK = late(STRONG), late(WEAK)
_KEPT = late(
    r"[长常]期|[长常]年|永久|始终|持续|一直|全年|任期(?:之?内)?|在[任职]期间|限时公开|有效期(?:之?内)|期限内有效|常态公开|长效|最新有效|存续期间|执行期间"
)
_ELSEWHERE = late(
    r"同上|同前|同左|上同|见上|如上|从其规定|另有规定|另行(?:规定|通知|公布|确定)|(?:按照?|依照?|遵照|根据|依据|参照|执行)[^,;\0]*?"
    r"(?:规定|要求|时限|期限|时间|法律|法规|条例|办法|方案|通知|情况|需要|文件|制度|《》|安排|程序|约定)(?:时限|期限|的?时间)?|依法|法定(?:时限|期限|时间|要求)?|规定(?:的)?(?:时限|期限|时间)"
    r"|视[^,;\0]*情况|按需|相关规定|有关规定"
)
_AHEAD = late(
    r"([^,;\0]*?(?:实施|施行|召开|举行|听证|开始|生效|执行|会议|会|审议|决策|作出决定|启动|开工|截止|到期|结束)|[^,;\0]{1,12}?(?<![目此当以日提]))(?:之日|的)?前(?=公|发|,|;|$|向社会|予以|主动)"
)
_THEREAFTER = late(
    r"([^,;\0]{2,24}?)(?:之?后|之日|当日)(?:,)?(?:应|即|予以|依法|主动|统一|向社会|由|进行)*(?:公开|公布|公示|发布|更新)|([^,;\0]{1,24}?)(?:后|之日起)(?=$|[,;])"
)


def says_nothing(text: str) -> bool:
    """Whether a cell is empty, a dash or one of the words for that."""
    return bool(_NOTHING.fullmatch("".join(unicodedata.normalize("NFKC", text).split())))


def read_words(plain: str) -> Iterator[tuple[int, int, TimeLimit]]:
    """Each word of `plain` that tells when, in order of their places; a zero byte marks what others have read."""
    together = _WITH.search(plain)
    if together:
        event = together[1].strip(",或") + "同步"
        yield together.start(), together.end(), TimeLimit("immediate", "", anchor="公布", event=event)
        plain = _blank(plain, together)
    for found in _AHEAD.finditer(plain):
        event = event_ahead(found[1])
        yield found.start(), found.end(), TimeLimit("before", "", anchor=anchor_of(event), event=event, confidence=70)
        plain = _blank(plain, found)
    for found in _STRONG.finditer(plain):
        event = event_before(re.split(r"[;\0]", plain[: found.start()])[-1])
        yield found.start(), found.end(), TimeLimit("immediate", "", anchor=anchor_of(event), event=found[0])
        plain = _blank(plain, found)
    for found in _KEPT.finditer(plain):
        anchor: Anchor = "任期" if found[0].startswith(("任期", "在")) else ""
        yield found.start(), found.end(), TimeLimit("retention", "", anchor=anchor, event=found[0])
        plain = _blank(plain, found)
    yield from _read_weak(plain)


def _read_weak(plain: str) -> Iterator[tuple[int, int, TimeLimit]]:
    """Words that promise little: they count only where nothing else is said."""
    for found in _WEAK.finditer(plain):
        event = event_before(re.split(r"[;\0]", plain[: found.start()])[-1])
        confidence = 80 if found[0] == "及时" else 60
        yield (
            found.start(),
            found.end(),
            TimeLimit("immediate", "", anchor=anchor_of(event), event=found[0], confidence=confidence),
        )
    for found in _ELSEWHERE.finditer(plain):
        yield found.start(), found.end(), TimeLimit("inherited", "", event=found[0])
    found_after = _THEREAFTER.search(plain)
    if found_after:
        event = event_before((found_after[1] or found_after[2]) + "后")
        limit = TimeLimit("immediate", "", anchor=anchor_of(event), event="后", confidence=60)
        yield found_after.start(), found_after.end(), limit


def _blank(plain: str, found: re.Match[str]) -> str:
    return plain[: found.start()] + "\0" * (found.end() - found.start()) + plain[found.end() :]
