"""What an organ's first catalogue holds: rows drawn from 《政府信息公开条例》 arts. 12, 20, 21, 49, 50 and 55.

They are suggestions in the words of the law. A `certain` row holds for every organ of the profile; any other depends on
the organ's functions, and a person has to say. Periods are the longest that the law allows, so a catalogue may be stricter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.statute.columns import items_of
from zwgk_site.statute.profiles import DEPARTMENT, GOVERNMENT, TOWN
from zwgk_site.statute.time_limit import STATUTORY_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.statute.profiles import Profile

_ACT = "《中华人民共和国政府信息公开条例》"
_ORGANS = (GOVERNMENT, DEPARTMENT, TOWN, "派出机关", "直属单位", "垂直管理部门")
_NOT_SURE: tuple[str, ...] = ()


class StarterRow(msgspec.Struct, frozen=True):
    """A row of a first catalogue (示例条目). `item` is its 法定事项, empty for public enterprises; `stage` its 五公开."""

    item: str
    subject: tuple[str, ...]
    content: tuple[str, ...]
    basis: tuple[str, ...]
    time_limit: str
    stage: str
    certain: bool = True


class _Draft(msgspec.Struct, frozen=True):
    """A row before a profile is known: for which categories it is `sure`, and words that differ for governments."""

    item: str
    subject: tuple[str, ...]
    content: tuple[str, ...]
    stage: str
    sure: tuple[str, ...]
    basis: tuple[str, ...] = ()
    limit: str = STATUTORY_LIMIT
    government_basis: tuple[str, ...] = ()
    government_limit: str = ""


_ITEM_NUMBERS = "一二三四五六七八九十"

_BUDGET_LAW = "《中华人民共和国预算法》第十四条第二款"
_GOVERNMENT_BUDGET_LAW = "《中华人民共和国预算法》第十四条第一款"
_BUDGET_LIMIT = "本级政府财政部门批复后20日内"
_GOVERNMENT_BUDGET_LIMIT = "本级人民代表大会或者本级人民代表大会常务委员会批准后20日内"

_DRAFTS = (
    _Draft("20-2", ("机构信息", "机构职能"), ("机关职能", "机构设置", "办公地址", "办公时间", "联系方式"), "管理", _ORGANS),
    _Draft("20-2", ("机构信息", "领导信息"), ("负责人姓名", "职务", "分管工作"), "管理", _ORGANS),
    _Draft("20-1", ("政策文件", "规范性文件"), ("文件全文", "发文字号", "成文日期", "有效性"), "决策", _ORGANS),
    _Draft("20-15", ("政府信息公开", "公开指南"), ("信息分类", "编排体系", "获取方式", "工作机构及联系方式"), "管理", _ORGANS, (f"{_ACT}第十二条",)),
    _Draft("20-15", ("政府信息公开", "公开制度"), ("公开制度", "工作规定"), "管理", _ORGANS, (f"{_ACT}第四条",)),
    _Draft(
        "20-15", ("政府信息公开", "工作年度报告"), ("年度报告全文", "统计表"), "结果", _ORGANS,
        (f"{_ACT}第四十九条", f"{_ACT}第五十条"), "每年1月31日前公开上一年度", (f"{_ACT}第五十条",), "每年3月31日前公开上一年度",
    ),
    _Draft(
        "20-7", ("财政信息", "预算"), ("预算报告", "预算表", "机关运行经费", "“三公”经费"), "执行", _ORGANS,
        (f"{_ACT}第二十条第（七）项", _BUDGET_LAW), _BUDGET_LIMIT,
        (f"{_ACT}第二十条第（七）项", _GOVERNMENT_BUDGET_LAW), _GOVERNMENT_BUDGET_LIMIT,
    ),
    _Draft(
        "20-7", ("财政信息", "决算"), ("决算报告", "决算表", "机关运行经费", "“三公”经费"), "结果", _ORGANS,
        (f"{_ACT}第二十条第（七）项", _BUDGET_LAW), _BUDGET_LIMIT,
        (f"{_ACT}第二十条第（七）项", _GOVERNMENT_BUDGET_LAW), _GOVERNMENT_BUDGET_LIMIT,
    ),
    _Draft("20-3", ("规划信息", "发展规划"), ("国民经济和社会发展规划", "专项规划", "区域规划", "相关政策"), "决策", (GOVERNMENT,)),
    _Draft("20-4", ("统计信息", "统计公报和数据"), ("国民经济和社会发展统计信息",), "结果", (GOVERNMENT,)),
    _Draft("20-5", ("行政许可和服务", "办事指南和结果"), ("办理依据", "办理条件", "办理程序", "办理结果"), "服务", _NOT_SURE),
    _Draft("20-6", ("行政处罚和强制", "依据和决定"), ("依据", "条件", "程序", "有一定社会影响的行政处罚决定"), "执行", _NOT_SURE),
    _Draft("20-8", ("收费信息", "行政事业性收费"), ("收费项目", "收费依据", "收费标准"), "服务", _NOT_SURE),
    _Draft("20-9", ("政府采购", "集中采购"), ("采购项目目录", "采购标准", "实施情况"), "执行", _NOT_SURE),
    _Draft("20-10", ("重大建设项目", "批准和实施"), ("批准情况", "实施情况"), "执行", (GOVERNMENT,)),
    _Draft("20-11", ("民生信息", "政策和实施情况"), ("扶贫、教育、医疗、社会保障、促进就业等方面的政策", "措施", "实施情况"), "服务", (GOVERNMENT,)),
    _Draft("20-12", ("应急信息", "突发公共事件"), ("应急预案", "预警信息", "应对情况"), "执行", (GOVERNMENT,)),
    _Draft("20-13", ("监督检查", "检查情况"), ("环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况",), "管理", _NOT_SURE),
    _Draft("20-14", ("人事信息", "公务员招考"), ("职位", "名额", "报考条件", "录用结果"), "结果", _NOT_SURE),
    _Draft("21-1", ("重点民生", "土地和房屋征收"), ("征收公告", "补偿方案", "实施情况"), "执行", _NOT_SURE),
    _Draft("21-1", ("重点民生", "市政建设和公共服务"), ("市政建设", "公共服务", "公益事业", "治安管理"), "服务", _NOT_SURE),
    _Draft("21-1", ("重点民生", "社会救助"), ("救助政策", "申请条件", "救助情况"), "服务", _NOT_SURE),
    _Draft("21-2", ("农业农村", "政策落实"), ("农业农村政策", "农田水利工程建设运营"), "执行", (TOWN,)),
    _Draft("21-2", ("农业农村", "土地和宅基地"), ("农村土地承包经营权流转", "宅基地使用情况审核", "土地征收", "房屋征收"), "执行", (TOWN,)),
    _Draft("21-2", ("农业农村", "筹资筹劳和社会救助"), ("筹资筹劳", "社会救助"), "结果", (TOWN,)),
)  # fmt: skip

_SECTOR = f"{_ACT}第五十五条"
_ENTERPRISE_ROWS = (
    StarterRow("", ("单位概况", "基本信息"), ("单位名称", "主要职责", "办公地址", "办公时间", "联系方式"), (_SECTOR,), STATUTORY_LIMIT, ""),
    StarterRow("", ("服务信息", "服务指南"), ("服务项目", "办理条件", "办理程序", "办理时限"), (_SECTOR,), STATUTORY_LIMIT, ""),
    StarterRow("", ("服务信息", "收费标准"), ("收费项目", "收费依据", "收费标准"), (_SECTOR,), STATUTORY_LIMIT, ""),
    StarterRow("", ("服务信息", "服务承诺和投诉"), ("服务承诺", "投诉渠道", "监督电话"), (_SECTOR,), STATUTORY_LIMIT, ""),
    StarterRow("", ("应急信息", "停止服务和应急处置"), ("影响范围", "起止时间", "应急措施"), (_SECTOR,), STATUTORY_LIMIT, "", certain=False),
)  # fmt: skip
"""Public enterprises and institutions: art. 55 leaves the list to the authority of each sector."""


def starter_rows(profile: Profile) -> Iterator[StarterRow]:
    """The rows of a profile's first catalogue; of arts. 20 and 21 those that hold for its category and level."""
    if profile.is_enterprise:
        yield from _ENTERPRISE_ROWS
        return
    slugs = {term.slug for term in items_of(profile.category, profile.level)}
    for draft in _DRAFTS:
        if draft.item in slugs:
            yield _row_of(draft, profile)


def _row_of(draft: _Draft, profile: Profile) -> StarterRow:
    ours = profile.is_government
    basis = (ours and draft.government_basis) or draft.basis or (f"{_ACT}{article_of(draft.item)}",)
    limit = (ours and draft.government_limit) or draft.limit
    return StarterRow(
        draft.item, draft.subject, draft.content, basis, limit, draft.stage, profile.category in draft.sure
    )


def article_of(item: str) -> str:
    """`20-11` in the law's own words: 第二十条第（十一）项. Art. 21 has no numbered items, so `21-1` is 第二十一条."""
    article, _, number = item.partition("-")
    if article == "21":
        return "第二十一条"
    count = int(number)
    numeral = ("十" if count >= 10 else "") + (_ITEM_NUMBERS[count % 10 - 1] if count % 10 else "")
    return f"第二十条第（{numeral}）项"
