"""For whom information is published, and by which ways: audiences and channels of the national layout of catalogues."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from zwgk_site.statute.taxonomy import Term, own_term, table_of

EVERYONE = Term("everyone", "全社会", ("社会公众", "公众", "社会", "面向社会", "全体公民"))
SOME = Term("some", "特定群体", ("特定群众", "特定对象", "特定人群"))
APPLICANT = Term("applicant", "申请人", ("面向申请人",))
AUDIENCES = (EVERYONE, SOME, APPLICANT)

CHANNELS = (
    Term("c01", "政府网站", ("网站", "门户网站", "政府门户网站")),
    Term("c02", "政府公报", ("公报",)),
    Term("c03", "两微一端", ("政务新媒体", "微信", "微博", "微信公众号", "政府微信公众号", "移动客户端")),
    Term("c04", "发布会/听证会", ("发布会、听证会", "发布会", "听证会", "新闻发布会")),
    Term("c05", "广播电视", ("广播", "电视")),
    Term("c06", "纸质媒体", ("纸质载体", "报纸", "报刊")),
    Term("c07", "公开查阅点", ("查阅点", "政府信息公开查阅点", "信息公开查阅点")),
    Term("c08", "政务服务中心", ("行政服务中心", "政务大厅", "政务服务大厅")),
    Term("c09", "便民服务站", ("便民服务中心", "便民服务点")),
    Term("c10", "入户/现场", ("入户、现场", "入户", "现场")),
    Term(
        "c11",
        "社区/企事业单位/村公示栏",
        ("社区、企事业单位、村公示栏", "公示栏", "村公示栏", "社区公示栏", "公告栏", "公告公示栏"),
    ),
    Term("c12", "精准推送", ("精准发布",)),
    Term("c13", "其他", ("其它",)),
)
"""The thirteen ways of the national layout (公开渠道和载体); systems of one kind, such as a trading platform, are their own."""

_AUDIENCE_NAMES, _CHANNEL_NAMES = table_of(AUDIENCES), table_of(CHANNELS)
_DETAIL = re.compile(r"(.+?)\s*[（(](.+)[）)]")
_TICKS = "■√✓☑●□ "


class Audience(msgspec.Struct, frozen=True):
    """For whom something is published (公开对象): the class, and who exactly, as far as the catalogue says."""

    term: Term
    detail: str = ""


@lru_cache(maxsize=1 << 12)
def classify_audience(text: str) -> Audience | None:
    """The audience that `text` names: `特定群体（被征收人）` is 特定群体, in detail 被征收人; `None` for no text."""
    plain = text.strip(_TICKS)
    if not plain:
        return None
    found = _DETAIL.fullmatch(plain)
    name, detail = (found[1], found[2]) if found else (plain, "")
    term = _AUDIENCE_NAMES.get(name)
    return Audience(term, detail) if term else Audience(own_term(plain))


@lru_cache(maxsize=1 << 12)
def classify_channel(text: str) -> Term | None:
    """The way of publication that `text` names, ticks and （电子屏） aside; `None` for no text."""
    plain = text.strip(_TICKS)
    if not plain:
        return None
    found = _DETAIL.fullmatch(plain)
    return _CHANNEL_NAMES.get(plain) or (_CHANNEL_NAMES.get(found[1]) if found else None) or own_term(plain)
