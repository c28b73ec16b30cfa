"""Personal information in what is to be published: numbers, lists of names, addresses; in texts and in attachments."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.model.clues import (
    BANK_CARD,
    EXAM_NUMBER,
    HEALTH,
    HOME_ADDRESS,
    ID_CARD,
    MOBILE,
    NAME_LIST,
)
from zwgk_site.statute.privacy import MaskPolicy, mask_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.model.clues import Clue
    from zwgk_site.model.corpus import Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

W = Severity.WARNING
_HINT_ZH = "请遮去中间几位或改用不公开标记，例如　{不公开:个人隐私|原文}；依法应当公开的，写　个人信息公开依据: 《招标投标法实施条例》第五十四条"
_HINT_EN = "Mask it, mark it as {不公开:个人隐私|…}, or name the law under 个人信息公开依据."

FOUND_ID_CARD = Rule(
    "ZW260", W,
    zh="像是身份证号码（{value}），共 {count} 处{place}",
    en="this looks like a resident identity number ({value}), {count} in all{place_en}",
    hint_zh=_HINT_ZH, hint_en=_HINT_EN, basis="条例第15条；《个人信息保护法》第二十五条",
)  # fmt: skip
FOUND_MOBILE = Rule(
    "ZW261", W,
    zh="像是个人手机号码（{value}），共 {count} 处{place}",
    en="this looks like a personal mobile number ({value}), {count} in all{place_en}",
    hint_zh=_HINT_ZH, hint_en=_HINT_EN, basis="条例第15条；《个人信息保护法》第二十五条",
)  # fmt: skip
FOUND_BANK_CARD = Rule(
    "ZW262", W,
    zh="像是银行卡号（{value}），共 {count} 处{place}",
    en="this looks like a bank card number ({value}), {count} in all{place_en}",
    hint_zh=_HINT_ZH, hint_en=_HINT_EN, basis="《个人信息保护法》第二十八条第一款",
)  # fmt: skip
FOUND_NAME_LIST = Rule(
    "ZW263", W,
    zh="像是带有个人信息的名单（{value}），共 {count} 处{place}",
    en="this looks like a list of people with details ({value}), {count} in all{place_en}",
    hint_zh=_HINT_ZH, hint_en=_HINT_EN, basis="条例第15条；国办发〔2018〕23号 四（十四）",
)  # fmt: skip
FOUND_HOME_ADDRESS = Rule(
    "ZW264", W,
    zh="像是家庭住址（{value}），共 {count} 处{place}",
    en="this looks like a home address ({value}), {count} in all{place_en}",
    hint_zh=_HINT_ZH, hint_en=_HINT_EN, basis="条例第15条；国办发〔2018〕23号 四（十四）",
)  # fmt: skip
FOUND_HEALTH = Rule(
    "ZW265", W,
    zh="像是个人的健康信息（{value}），共 {count} 处{place}",
    en="this looks like information on somebody's health ({value}), {count} in all{place_en}",
    hint_zh=_HINT_ZH, hint_en=_HINT_EN, basis="《个人信息保护法》第二十八条第一款",
)  # fmt: skip
FOUND_EXAM_NUMBER = Rule(
    "ZW266", W,
    zh="像是准考证号或证书编号（{value}），共 {count} 处{place}",
    en="this looks like an examination number ({value}), {count} in all{place_en}",
    hint_zh=_HINT_ZH, hint_en=_HINT_EN, basis="条例第15条；国办发〔2018〕23号 四（十四）",
)  # fmt: skip
RULES_BY_KIND = {
    ID_CARD: FOUND_ID_CARD,
    MOBILE: FOUND_MOBILE,
    BANK_CARD: FOUND_BANK_CARD,
    NAME_LIST: FOUND_NAME_LIST,
    HOME_ADDRESS: FOUND_HOME_ADDRESS,
    HEALTH: FOUND_HEALTH,
    EXAM_NUMBER: FOUND_EXAM_NUMBER,
}


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family: one for each kind in a text, and one for each kind in an attachment."""
    for document in holdings.documents:
        if not document.is_public() or document.privacy_basis:
            continue
        if document.facts.clues:
            yield from _findings(document.facts.clues, document, "", context.masks)
        for attachment in document.attachments:
            text = context.attachments.get(attachment.sha256)
            if text is not None and text.clues:
                yield from _findings(text.clues, document, attachment.title or attachment.file, context.masks)


def _findings(clues: Iterable[Clue], document: Document, attachment: str, masks: MaskPolicy) -> Iterator[Diagnostic]:
    by_kind: dict[str, list[Clue]] = defaultdict(list)
    for clue in clues:
        if clue.kind in RULES_BY_KIND:
            by_kind[clue.kind].append(clue)
    for kind, found in by_kind.items():
        first = found[0]
        span = (
            document.marks.span("attachments")
            if attachment
            else Span(document.marks.file, first.line, first.column, first.end)
        )
        where = f"{attachment} {first.place}".strip()
        yield RULES_BY_KIND[kind].at(
            span,
            value=mask_value(kind, first.value, masks)[:40],
            count=len(found),
            place=f"：附件“{where}”" if attachment else "",
            place_en=f": attachment “{where}”" if attachment else "",
        )
