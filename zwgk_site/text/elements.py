"""What a text covers: elements of interpretations, of the guide, of service guides, reasons beside refused opinions.

Found by headings and lead words, with the other words met for them; whether a text must have them is for others to say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from zwgk_site.model.patterns import late
from zwgk_site.text.asked_parts import covered_parts

if TYPE_CHECKING:
    from collections.abc import Callable

INTERPRETATION = {
    "背景依据": "背景 依据 出台目的 制定目的 起草过程 制定过程 为什么 必要性 由来 起因",
    "目标任务": "目标 任务 总体要求 总体思路 指导思想 预期效果",
    "主要内容": "主要内容 内容解读 核心内容 重点内容 主要措施 主要条款 具体内容 重点任务 主要举措 内容说明",
    "涉及范围": "涉及范围 适用范围 适用对象 涉及对象 覆盖范围 实施范围 政策对象 支持对象 补贴对象 哪些人 哪些企业 谁可以 受益群体",
    "执行标准": "执行标准 补贴标准 补助标准 奖励标准 认定标准 收费标准 支持标准 申报条件 申请条件 发放标准 标准是 多少钱 标准如何",
    "注意事项": "注意事项 需要注意 特别提醒 特别提示 温馨提示 注意什么 有效期 施行时间 实施时间 施行日期 何时实施 什么时候",
    "关键词诠释": "关键词 名词解释 术语 词语解释 名词诠释 概念 什么是 什么叫 是指什么 定义",
    "惠民利民举措": "惠民 利民 便民 惠企 利企 亮点 创新点 创新举措 实惠 好处 红利",
    "新旧政策差异": "新旧 差异 修订内容 主要变化 变化 与原 对比 相比 修改内容 主要修改 修订的主要 修订要点 调整内容 新增",
}
"""The nine elements named by 国办发〔2016〕80号, each with words that lead to it."""

_GUIDE = {
    "分类": "信息分类 信息的分类 分类",
    "编排体系": "编排体系 编排方式 编排",
    "获取方式": "获取方式 获取途径 公开形式 公开方式 查阅方式 查阅场所",
    "工作机构名称": "机构名称 工作机构 受理机构 受理单位",
    "办公地址": "办公地址 联系地址 通信地址 通讯地址 受理地址 地址",
    "办公时间": "办公时间 工作时间 受理时间 上班时间",
    "联系电话": "联系电话 咨询电话 办公电话 电话",
    "传真号码": "传真",
    "互联网联系方式": "互联网联系方式 电子邮箱 电子信箱 电子邮件 邮箱 网址 网上申请",
}
"""条例第12条: what the guide says of the information and of the office in charge."""

_SERVICE = {
    "事项名称": "事项名称 服务名称 项目名称",
    "设定依据": "设定依据 办理依据 实施依据 法律依据 法定依据 政策依据",
    "申请条件": "申请条件 办理条件 受理条件 申报条件 申请对象 受理范围",
    "办理材料": "办理材料 申请材料 申报材料 所需材料 提交材料 材料清单 材料目录",
    "办理地点": "办理地点 办公地点 受理地点 办理窗口 办公地址 办理地址 受理窗口",
    "办理时间": "办理时间 办公时间 受理时间 工作时间 服务时间",
    "联系电话": "联系电话 咨询电话 咨询方式 办公电话 联系方式",
    "办理流程": "办理流程 办理程序 申请流程 办事流程 办理环节 办事程序",
}
"""The elements of a service guide that inspections look at (国办秘函〔2019〕19号)."""


def _words(table: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Every word with the elements that it speaks for."""
    found: dict[str, tuple[str, ...]] = {}
    for name, words in table.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), name)
    return found


def _pattern(words: dict[str, tuple[str, ...]], after: str = "") -> re.Pattern[str]:
    return late("(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")" + after)


_UNFILLED = r"(?![：:][ \t\u3000]*(?:/|—+|-+)?[ \t\u3000]*(?:\n[ \t]*\n|\n?\Z))"
"""A label with a colon and nothing behind it covers nothing."""
_INTERPRETATION_WORDS, _GUIDE_WORDS, _SERVICE_WORDS = _words(INTERPRETATION), _words(_GUIDE), _words(_SERVICE)
_INTERPRETATION_PATTERN = _pattern(_INTERPRETATION_WORDS)
_GUIDE_PATTERN, _SERVICE_PATTERN = _pattern(_GUIDE_WORDS, _UNFILLED), _pattern(_SERVICE_WORDS, _UNFILLED)

_LEAD = 24
"""Characters of a line in which a heading or lead word must stand."""
_HEADING = late(
    r"[ \t\u3000>*_#]*(?:#|\*\*|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十]+[章节部]|\d{1,2}[、.．]|[问Qq]\d*[：:.、])"
)
_LABEL = late(r"[^，。；\n]{1,16}[：:？?]")

_REFUSED = late(r"(?:未|不|不予|未予|没有|未被)采纳|部分采纳|采纳情况[：:]\s*否")
_NOT_ONE = late(
    r"(?:未|不|不予|未予)采纳(?:的?(?:意见|建议)*(?:数|共|有|为|[：:])?\s*(?:0|０|零|无)(?!\d)|的理由|理由|原因|情况)"
)
_REASON = late(
    r"理由|原因|因为|由于|鉴于|考虑到|主要是|说明[：:]|依据《|根据《|按照《|不属于|不符合|超出|已有规定|已在|上位法"
)
_REASON_HEADER = late("理由|原因|说明|答复|备注|处理情况|依据")

_LINKED = late(
    r"!?\[[^\]]*\]\([^)\s]*(?:\s+\"[^\"]*\")?\)|<a\b.*?</a>|<img\b[^>]*>|https?://\S+", re.IGNORECASE | re.DOTALL
)
_POINTING = late("点击|查看|下载|附件|详见|原文|阅读|链接|浏览")
_STUB_LENGTH = 60


def covered_elements(text: str) -> frozenset[str]:
    """Which of the nine elements of an interpretation (解读) a text covers, by its headings and lead words."""
    names: set[str] = set()
    for found in _INTERPRETATION_PATTERN.finditer(text):
        start = text.rfind("\n", 0, found.start()) + 1
        if found.end() - start <= _LEAD and (_HEADING.match(text, start) or _LABEL.match(text, start)):
            names.update(_INTERPRETATION_WORDS[found[0]])
    return frozenset(names)


def covered_guide(text: str) -> frozenset[str]:
    """Which parts of a guide (政府信息公开指南, 条例第12条) a text covers."""
    return _covered(text, _GUIDE_PATTERN, _GUIDE_WORDS)


def covered_service(text: str) -> frozenset[str]:
    """Which elements of a service guide (办事指南) a text covers."""
    return _covered(text, _SERVICE_PATTERN, _SERVICE_WORDS)


def adoption_reasons(text: str) -> Literal["none", "given", "missing"]:
    """Whether refused opinions stand with their reasons: `none` if no refusal is told, `missing` if one has no reason."""
    if "采纳" not in text:
        return "none"
    refused = False
    header: list[str] = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if "|" in line else []
        if "采纳" in line and cells and _REASON_HEADER.search(line) and not header:
            header = cells
            continue
        if not cells:
            header = []
        if not _REFUSED.search(_NOT_ONE.sub("", line)):
            continue
        refused = True
        if not (_has_reason_cell(header, cells) if header and cells else _REASON.search(line + _next(lines, number))):
            return "missing"
    return "given" if refused else "none"


def is_stub(text: str) -> bool:
    """Whether a text only says where to click: fewer than 60 characters beside its links, or nothing at all."""
    if len(text) > 4000:
        return False
    rest = "".join(_LINKED.sub("", text).split())
    if len(rest) >= _STUB_LENGTH:
        return False
    return not rest or bool(_LINKED.search(text)) or bool(_POINTING.search(rest))


def covered_names(text: str, kind: str = "", title: str = "") -> tuple[str, ...]:
    """What a text covers, as `TextFacts.elements` names it, sorted; only what a document of that 类型 and title is asked for.

    An empty kind, or one that is not known, is asked for all that shows in the kinds of guides and interpretations.
    """
    families = _FAMILIES.get(kind, tuple(_COVERED))
    found = [f"{family}:{name}" for family in families for name in _COVERED[family](text)]
    reasons = adoption_reasons(text) if kind not in _FAMILIES or kind == "意见采纳结果" else "none"
    if reasons != "none":
        found.append("采纳:理由" if reasons == "given" else "采纳:缺理由")
    found += covered_parts(text, kind, title)
    return tuple(sorted(found))


_COVERED: dict[str, Callable[[str], frozenset[str]]] = {
    "解读": covered_elements,
    "指南": covered_guide,
    "办事": covered_service,
}
_FAMILIES: dict[str, tuple[str, ...]] = {
    "解读": ("解读",),
    "指南": ("指南",),
    "办事指南": ("办事",),
    **dict.fromkeys(
        ["政策文件", "征求意见", "意见采纳结果", "舆情回应", "年报", "预算", "决算", "清单", "公报", "会议", "转载"], ()
    ),
}
"""Which elements a document of a kind (`DOCUMENT_KINDS`) is asked for."""


def _covered(text: str, pattern: re.Pattern[str], words: dict[str, tuple[str, ...]]) -> frozenset[str]:
    return frozenset(name for word in set(pattern.findall(text)) for name in words[word])


def _has_reason_cell(header: list[str], cells: list[str]) -> bool:
    """Whether the cell below a header such as 采纳理由 is filled with more than the refusal itself."""
    reasons = [cell for head, cell in zip(header, cells, strict=False) if _REASON_HEADER.search(head)]
    return any(cell.strip("-—/ 无") and not _REFUSED.fullmatch(cell) for cell in reasons)


def _next(lines: list[str], number: int) -> str:
    return next((line for line in lines[number + 1 : number + 3] if line.strip()), "")
