"""Parts that a document is asked for by its 类型 or its title: annual reports, budgets, drafts, lists, what an organ is.

Found by words anywhere in a text, so that what is counted as absent is absent. Titles are looked at first: a text that
is none of these costs a few searches in its title.
"""

from __future__ import annotations

from typing import NamedTuple

from zwgk_site.model.patterns import late

_NO_LISTS = frozenset(("解读", "转载", "年报", "预算", "决算", "征求意见", "意见采纳结果", "舆情回应", "公报", "会议"))
"""Kinds (类型) whose titles may name a list without being one."""


class Family(NamedTuple):
    """Parts that belong together (要素): for which documents, and by which words each is known.

    An empty `kinds` is any but those that can't be lists; an empty `title` any title.
    """

    kinds: tuple[str, ...]
    title: str
    parts: dict[str, str]
    never: str = ""


FAMILIES = {
    # 条例第50条第一款; the six parts of 国办公开办函〔2021〕30号, and what else reports are asked for.
    "年报": Family(("年报",), "", {
        "总体情况": "总体情况 概述 基本情况 总体工作",
        "主动公开政府信息情况": "主动公开",
        "收到和处理政府信息公开申请情况": "申请",
        "行政复议、行政诉讼情况": "复议 诉讼",
        "存在的主要问题及改进情况": "问题 不足 改进",
        "其他需要报告的事项": "其他需要报告 需要报告 其他事项 需要说明 其他情况",
        "工作考核": "考核",
        "社会评议": "评议",
        "责任追究": "责任追究 追责 问责 追究责任",
    }),
    # 《预算法》第十四条
    "预算": Family(("预算", "决算"), "", {
        "机关运行经费": "运行经费",
        "转移支付": "转移支付",
        "举借债务": "债务 举债 政府债券 专项债 一般债",
    }),
    # 国办发〔2016〕80号实施细则一（二）, 吉办发〔2016〕43号二（一）
    "草案": Family(("征求意见",), "", {
        "依据": "依据 根据 按照 依照 落实 贯彻",
        "背景": "背景 说明 必要性 目的 由来 起因 原因 现状 为了 为进一步 为规范 为完善 为加强 为做好 为深入 为贯彻 为落实 "
        "为推进 为促进 为保障 为切实 为更好 为全面 为提高 为提升 为防止 为防治 为应对 为充分 为有效 为适应 为加快 为科学 为维护",
    }),
    # 条例第20条第（二）项
    "机构": Family(("", "其他"), "机构职能|机关职能|部门职能|职能和|机构设置|内设机构|(?:机构|机关|部门|单位)(?:简介|概况)|领导|负责人|工作分工", {
        "机关职能": "职能 职责",
        "机构设置": "内设 机构设置 股室 科室 处室 下设 直属",
        "办公地址": "地址 地点",
        "办公时间": "办公时间 工作时间 上班时间 工作日",
        "联系方式": "电话 联系方式 传真 邮箱",
        "负责人姓名": "负责人 局长 主任 县长 市长 镇长 乡长 区长 厅长 书记 领导",
        "分管政务公开": "政务公开 信息公开",
    }, "小组|条例|通知|办法|规定|制度|任免|方案|细则|责任|考核|调整|公示|任前"),
    # 国发〔2019〕5号三（二）, 吉办发〔2016〕43号二（二）
    "抽查": Family((), "随机抽查.{0,6}(?:事项|清单)", {
        "抽查依据": "依据",
        "抽查主体": "主体 检查机关 检查部门 实施部门 检查单位 牵头 发起部门 责任单位 实施单位 抽查部门 责任科室 责任股室",
        "抽查内容": "内容 事项",
        "抽查方式": "方式 方法",
    }, "计划|结果|通报|情况|细则|办法|方案|制度|指引|名录"),
    # 吉办发〔2016〕43号二（四）
    "中介": Family((), "中介.{0,14}清单", {
        "机构名称": "机构名称 中介机构 单位名称 机构",
        "经营地址": "地址 地点 住所",
        "资质资格": "资质 资格",
        "服务范围": "服务范围 服务事项 服务内容 业务范围 服务项目",
        "收费依据": "依据 文号",
        "收费标准": "标准 收费 元",
    }, "取消|清理|办法|方案|制度"),
    # 《优化营商环境条例》第四十四条第三款
    "证明": Family((), "证明事项.{0,6}清单", {
        "设定依据": "依据",
        "索要单位": "索要 使用单位 需求单位 行使单位 要求提供",
        "开具单位": "开具 出具",
        "办理指南": "指南 流程 程序 办理方式 如何办理",
    }, "取消|告知承诺|清理|办法|方案|制度"),
    # 条例第20条第（八）项
    "收费": Family((), "收费.{0,6}(?:清单|目录|公示)", {
        "收费项目": "项目",
        "收费依据": "依据 文号 〔",
        "收费标准": "标准 元",
    }, "取消|停征|办法|方案|制度|中介|许可"),
    # 国办发〔2018〕118号二（四）
    "执法": Family((), "行政执法.{0,8}(?:事前公开|事前公示|基本信息|公示信息|公示内容|公示表|公示清单)", {
        "执法主体": "主体 执法机关",
        "执法人员": "人员",
        "职责": "职责 职能",
        "权限": "权限 职权 权力",
        "依据": "依据",
        "程序": "程序 流程",
        "救济渠道": "救济 复议 诉讼",
    }, "办法|方案|制度|通知|意见|规定"),
}  # fmt: skip
"""Every family by the prefix that its parts have in `TextFacts.elements`."""

_TITLES = late("|".join(f"(?P<{name}>{family.title})" for name, family in FAMILIES.items() if family.title))
_NEVER = {name: late(family.never) for name, family in FAMILIES.items() if family.never}
_BY_KIND = {kind: name for name, family in FAMILIES.items() if not family.title for kind in family.kinds}


def family_of(kind: str, title: str) -> str:
    """The family that a document of this 类型 and title belongs to, or an empty string."""
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    found = _TITLES.search(title)
    name = (found.lastgroup if found else "") or ""
    if not name or (name in _NEVER and _NEVER[name].search(title)):
        return ""
    kinds = FAMILIES[name].kinds
    return name if (kind in kinds if kinds else kind not in _NO_LISTS) else ""


def covered_parts(text: str, kind: str, title: str) -> list[str]:
    """The family that a document belongs to, as `年报:`, and which of its parts the text has, as `年报:总体情况`."""
    name = family_of(kind, title)
    if not name:
        return []
    parts = FAMILIES[name].parts
    return [f"{name}:", *(f"{name}:{part}" for part, words in parts.items() if any(w in text for w in words.split()))]
