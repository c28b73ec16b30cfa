"""Lists that must say certain things of each item: random checks, agencies, proofs, fees, enforcement (各类清单).

Known by their titles. One whose content may stand in an attachment is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity
from zwgk_site.stages.check.parts import is_family, missing_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Holdings
    from zwgk_site.stages.check.context import CheckContext

N = Severity.NOTICE

RANDOM_CHECKS = Rule(
    "ZW818", N,
    zh="随机抽查事项清单没有写到：{names}",
    en="the list of random checks does not tell: {names}",
    hint_zh="清单要写明抽查依据、主体、内容、方式，例如　| 抽查事项 | 抽查依据 | 抽查主体 | 抽查内容 | 抽查方式 |",
    hint_en="Tell basis, organ, content and way, such as | 抽查事项 | 抽查依据 | 抽查主体 | 抽查内容 | 抽查方式 |.",
    basis="国发〔2019〕5号 三（二）",
)  # fmt: skip
AGENCIES = Rule(
    "ZW819", N,
    zh="中介服务清单没有写到：{names}",
    en="the list of agencies does not tell: {names}",
    hint_zh="清单要写明中介机构名称、经营地址、资质资格、服务范围、收费依据及标准，例如　| 机构名称 | 经营地址 | 资质资格 | 服务范围 | 收费依据 | 收费标准 |",
    hint_en="Such as | 机构名称 | 经营地址 | 资质资格 | 服务范围 | 收费依据 | 收费标准 |.",
    basis="吉办发〔2016〕43号 二（四）",
)  # fmt: skip
PROOFS = Rule(
    "ZW896", N,
    zh="证明事项清单没有写到：{names}",
    en="the list of proofs does not tell: {names}",
    hint_zh="每一项都要列明设定依据、索要单位、开具单位、办理指南，例如　| 证明事项 | 设定依据 | 索要单位 | 开具单位 | 办理指南 |",
    hint_en="Such as | 证明事项 | 设定依据 | 索要单位 | 开具单位 | 办理指南 |.",
    basis="《优化营商环境条例》第四十四条第三款",
)  # fmt: skip
FEES = Rule(
    "ZW897", N,
    zh="收费清单没有写到：{names}",
    en="the list of fees does not tell: {names}",
    hint_zh="行政事业性收费要公开项目、依据、标准，例如　| 收费项目 | 收费依据 | 收费标准 |",
    hint_en="Such as | 收费项目 | 收费依据 | 收费标准 |.",
    basis="条例第20条第（八）项",
)  # fmt: skip
ENFORCEMENT = Rule(
    "ZW898", N,
    zh="行政执法事前公开的信息没有写到：{names}",
    en="what is told of enforcement beforehand lacks: {names}",
    hint_zh="要公开执法主体、人员、职责、权限、依据、程序、救济渠道，例如加一节　## 救济渠道",
    hint_en="Tell organ, officers, duties, powers, basis, procedure and remedies, such as a section ## 救济渠道.",
    basis="国办发〔2018〕118号 二（四）",
)  # fmt: skip
_RULES = {"抽查": RANDOM_CHECKS, "中介": AGENCIES, "证明": PROOFS, "收费": FEES, "执法": ENFORCEMENT}


def check(holdings: Holdings, _context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    for document in holdings.documents:
        if not document.facts.elements or document.attachments or document.facts.is_stub or not document.is_public():
            continue
        for name, rule in _RULES.items():
            if is_family(document, name) and (names := missing_parts(document, name)):
                yield rule.at(document.marks.span("title"), names=names)
