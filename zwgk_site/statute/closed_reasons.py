"""The reasons for which government information may stay closed: a closed list of eight (条例第14、15、16条)."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from zwgk_site.model.patterns import late


class ClosedReason(msgspec.Struct, frozen=True):
    """One lawful reason not to publish (不予公开理由).

    discretionary: the agency may also publish (可以不予公开, 条例第16条), so that 条例第18条 asks to look at it again. `third_party`: it
    may be published when the one concerned agrees, or public interest asks for it (条例第15条). `words` are patterns of what
    clerks write for it.
    """

    key: str
    name: str
    article: str
    words: tuple[str, ...]
    discretionary: bool = False
    third_party: bool = False


REASONS: tuple[ClosedReason, ...] = (
    ClosedReason(
        "state_secret",
        "国家秘密",
        "条例第14条",
        ("国家秘密", "涉密", "绝密", "机密", "(?<!商业)(?<!技术)(?<!企业)秘密", "保密(?:法|事项|范围|信息)"),
    ),
    ClosedReason(
        "forbidden",
        "法律、行政法规禁止公开",
        "条例第14条",
        ("法律.{0,8}(?:禁止|不得|不予)", "法规.{0,6}(?:禁止|不得)", "禁止公开", "法定禁止"),
    ),
    ClosedReason(
        "safety",
        "危及国家安全、公共安全、经济安全、社会稳定",
        "条例第14条",
        ("国家安全", "公共安全", "经济安全", "社会稳定", "三安全", "一稳定"),
    ),
    ClosedReason(
        "trade_secret", "商业秘密", "条例第15条", ("商业秘密", "商业机密", "技术秘密", "企业秘密"), third_party=True
    ),
    ClosedReason(
        "privacy", "个人隐私", "条例第15条", ("隐私", "个人信息", "个人资料", "病历", "家庭住址"), third_party=True
    ),
    ClosedReason(
        "internal",
        "内部事务信息",
        "条例第16条",
        ("内部事务", "人事管理", "后勤管理", "内部工作流程", "内部管理", "内部信息", "内部流程"),
        discretionary=True,
    ),
    ClosedReason(
        "process",
        "过程性信息",
        "条例第16条",
        ("过程性", "讨论记录", "过程稿", "磋商信函", "请示报告", "会议纪要", "内部请示", "征求意见过程"),
        discretionary=True,
    ),
    ClosedReason(
        "case_file",
        "行政执法案卷信息",
        "条例第16条",
        ("执法案卷", "处罚案卷", "许可案卷", "行政案卷", "案卷信息", "案卷材料"),
        discretionary=True,
    ),
)
"""In the order of the articles; the more special words stand in their own reason, so that each text finds one."""

_ORDER = ("trade_secret", "privacy", "case_file", "process", "internal", "safety", "state_secret", "forbidden")
"""Special before general: 商业秘密 before 秘密; a text that names a matter and a prohibition is about the matter."""
_PATTERNS = {reason.key: late("|".join(reason.words)) for reason in REASONS}
_BY_KEY = {reason.key: reason for reason in REASONS}
_DENIED = late("(?:不涉及|不属于|非涉密|不涉密|未涉及|无涉及)[^，。；;、]*")
_BLANKS = late(r"\s+")


@lru_cache(maxsize=1 << 12)
def classify_reason(text: str) -> ClosedReason | None:
    """The lawful reason that a clerk's words name, or `None`: then it is none of the eight.

    If several are named, the first of the text counts.
    """
    plain = _DENIED.sub("", _BLANKS.sub("", text))
    if not plain:
        return None
    found = [(match.start(), rank, key) for rank, key in enumerate(_ORDER) if (match := _PATTERNS[key].search(plain))]
    return _BY_KEY[min(found)[2]] if found else None


def reason_names() -> tuple[str, ...]:
    """The eight official names, to be offered where a reason is missing or unknown."""
    return tuple(reason.name for reason in REASONS)
