"""How personal numbers are shown in findings and reports (去标识化): a policy, and the masking by it.

条例第15条 protects personal privacy; 个人信息保护法第73条 says what 去标识化 is. No national rule fixes which digits to hide, so the
numbers here are a suggestion that a site may set otherwise (`遮蔽方式` in `site.yaml`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model import clues
from zwgk_site.model.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "name"
"""A person's name, which is no kind of clue but masked like one."""

_KINDS = {
    "身份证": clues.ID_CARD,
    "身份证号": clues.ID_CARD,
    "身份证号码": clues.ID_CARD,
    "手机": clues.MOBILE,
    "手机号": clues.MOBILE,
    "手机号码": clues.MOBILE,
    "电话": clues.MOBILE,
    "银行卡": clues.BANK_CARD,
    "银行卡号": clues.BANK_CARD,
    "银行账号": clues.BANK_CARD,
    "准考证": clues.EXAM_NUMBER,
    "准考证号": clues.EXAM_NUMBER,
    "住址": clues.HOME_ADDRESS,
    "家庭住址": clues.HOME_ADDRESS,
    "姓名": NAME,
}
_SETTING = late(r"\s*([\u4e00-\u9fff]+?)\s*[:：]?\s*([0-9]{1,2})\s*[+＋]\s*([0-9]{1,2})\s*")


class Shown(msgspec.Struct, frozen=True):
    """How many characters of a value of one kind stay visible at its head and at its tail."""

    kind: str
    head: int
    tail: int


class MaskPolicy(msgspec.Struct, frozen=True):
    """What stays visible of each kind of personal value (遮蔽方式); of other kinds, nothing is hidden."""

    shown: tuple[Shown, ...] = (
        Shown(clues.ID_CARD, 6, 4),
        Shown(clues.MOBILE, 3, 4),
        Shown(clues.CONTACT_MOBILE, 3, 4),
        Shown(clues.BANK_CARD, 0, 4),
        Shown(clues.EXAM_NUMBER, 2, 2),
        Shown(clues.HOME_ADDRESS, 3, 0),
        Shown(clues.HEALTH, 1, 0),
        Shown(NAME, 1, 0),
    )

    def find(self, kind: str) -> Shown | None:
        return next((item for item in self.shown if item.kind == kind), None)


DEFAULT_POLICY = MaskPolicy()


def read_policy(settings: Iterable[str]) -> tuple[MaskPolicy, tuple[str, ...]]:
    """The policy with a site's settings (`身份证 3+4`) in place of some numbers, and the settings that make no sense."""
    wanted: dict[str, Shown] = {}
    unknown: list[str] = []
    for setting in settings:
        found = _SETTING.fullmatch(setting)
        kind = _KINDS.get(found[1]) if found else None
        if found is None or kind is None:
            unknown.append(setting)
            continue
        for name in (kind, clues.CONTACT_MOBILE) if kind == clues.MOBILE else (kind,):
            wanted[name] = Shown(name, int(found[2]), int(found[3]))
    shown = tuple(wanted.get(item.kind, item) for item in DEFAULT_POLICY.shown)
    return MaskPolicy(shown), tuple(unknown)


def mask_value(kind: str, value: str, policy: MaskPolicy = DEFAULT_POLICY) -> str:
    """`value` as it may be shown: as long as before, with stars; at least one character is always hidden.

    A value that is masked already may be masked again: the stars of both stay. So what scanners hand over, which never
    holds more than the default shows, can only get shorter.
    """
    shown = policy.find(kind)
    return value if shown is None else clues.hide_middle(value, shown.head, shown.tail)
