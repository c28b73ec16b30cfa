"""Drafts of what every organ publishes of its disclosure work: guide, rules, annual report (指南、制度、年报).

None of them is public: 公开方式 stands empty until somebody has written the text. What is to be filled in stands in 【】.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.exchange.starter.scalars import scalar
from zwgk_site.statute.columns import GUIDE, REQUEST_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.exchange.starter.values import NumberedRow, Starter

_FRONT = """\
---
# yaml-language-server: $schema=../../schema/document.schema.json
# 草稿：现在不会公开。写好正文，填好日期，最后在“公开方式”后面填上“主动公开”，就会公开。
标题: {title}
条目: {entry}
发文机关: {issuer}
类型: {kind}
成文日期:
发布日期:
公开方式:
---

"""
_REPORT = """\
【写一段开头：本报告按照什么要求编制，数据统计期限为{year}年1月1日至12月31日。】

## 一、总体情况

【主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面各写一段；工作考核、社会评议、责任追究结果也写在这里。】

## 二、主动公开政府信息情况

| 第二十条第（一）项 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
|---|---|---|---|
| 规章 | | | |
| 行政规范性文件 | | | |

| 条款 | 信息内容 | 本年处理决定数量 |
|---|---|---|
| 第二十条第（五）项 | 行政许可 | |
| 第二十条第（六）项 | 行政处罚 | |
| 第二十条第（六）项 | 行政强制 | |

| 第二十条第（八）项 | 本年收费金额（单位：万元） |
|---|---|
| 行政事业性收费 | |

## 三、收到和处理政府信息公开申请情况

{applications}

第一项加第二项之和，等于第三项加第四项之和。

## 四、政府信息公开行政复议、行政诉讼情况

| 类别 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
|---|---|---|---|---|---|
| 行政复议 | | | | | |
| 行政诉讼（未经复议直接起诉） | | | | | |
| 行政诉讼（复议后起诉） | | | | | |

## 五、存在的主要问题及改进情况

【写主要问题和改进措施。】

## 六、其他需要报告的事项

【写信息处理费等其他事项；没有的写明没有。】
"""
_APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_APPLICATION_ROWS = (
    "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "三、本年度办理结果（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形）", "（三）不予公开 1.属于国家秘密", "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”", "4.保护第三方合法权益", "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷",
    "8.属于行政查询事项", "（四）无法提供 1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确",
    "（五）不予处理 1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息", "（六）其他处理 1.申请人逾期不补正", "2.申请人逾期不按收费通知缴纳费用", "3.其他",
    "（七）总计", "四、结转下年度继续办理",
)  # fmt: skip
"""The rows of table three of the form that 国办公开办函〔2021〕30号 prescribes."""
_GUIDE = """\
为方便公民、法人和其他组织获取本机关的政府信息，依据《中华人民共和国政府信息公开条例》第十二条编制本指南。

## 一、信息分类

【写本机关有哪几类信息，例如主动公开、依申请公开；主动公开的分几个栏目。】

## 二、编排体系

【写目录怎样编排、索引号怎样组成。】

## 三、获取方式

1. 本网站的政府信息公开专栏；
2. 【政府公报、新闻发布会、报刊、广播、电视等】；
3. 查阅点：【国家档案馆、公共图书馆、政务服务场所的地址和开放时间】。

## 四、工作机构

| 项目 | 内容 |
|---|---|
| 机构名称 | 【机构名称】 |
| 办公地址 | 【地址】 |
| 办公时间 | 【时间】 |
| 联系电话 | 【电话】 |
| 传真号码 | 【传真】 |
| 互联网联系方式 | 【邮箱】 |

## 五、依申请公开

{rules}
"""
_SYSTEM = """\
【写为什么制定、依据什么。】

## 一、公开原则

以公开为常态、不公开为例外。【写谁制作谁公开、谁保存谁公开在本机关怎样落实。】

## 二、公开程序

| 步骤 | 责任岗位 | 时限 |
|---|---|---|
| 拟定公开属性 | 【岗位】 | 与公文起草同步 |
| 公开审查 | 【岗位】 | 【时限】 |
| 发布 | 【岗位】 | 【时限】 |

## 三、公开审查

【写谁审查、审查什么、怎样留下记录（条例第十七条）。】

## 四、目录的动态调整

【写目录多久核对一次、由谁核对（条例第十八条）。】

## 五、监督和责任

【写考核、社会评议、责任追究。】
"""
_SERVICE = """\
## 一、服务项目

【写服务项目。】

## 二、办理条件

【写办理条件和要带的材料。】

## 三、办理程序和时限

【写每一步在哪里办、多久办完。】

## 四、收费标准

【写收费项目、依据和标准；不收费的写明不收费。】

## 五、投诉和监督

【写投诉渠道和监督电话。】
"""


def document_texts(starter: Starter, rows: tuple[NumberedRow, ...]) -> Iterator[tuple[str, str]]:
    """(file name, text) of each draft."""
    if starter.profile.is_enterprise:
        yield "服务指南.md", _draft(starter, rows, "服务指南", "办事指南", "服务指南") + _SERVICE
        return
    guide = _GUIDE.format(rules="\n\n".join(f"**{title}。** {''.join(texts)}" for title, texts in REQUEST_RULES))
    yield f"{GUIDE.name}.md", _draft(starter, rows, GUIDE.name, "指南", "公开指南") + guide
    title = "政府信息公开工作制度"
    yield f"{title}.md", _draft(starter, rows, title, "制度", "公开制度") + _SYSTEM
    title = f"{starter.year}年政府信息公开工作年度报告"
    report = _REPORT.format(year=starter.year, applications="\n".join(_application_table()))
    yield f"{title}.md", _draft(starter, rows, title, "年报", "工作年度报告") + report


def _draft(starter: Starter, rows: tuple[NumberedRow, ...], title: str, kind: str, subject: str) -> str:
    """The front matter, under the row whose last level is `subject`."""
    entry = next(numbered.id for numbered in rows if numbered.row.subject[-1] == subject)
    return _FRONT.format(title=scalar(starter.name + title), entry=entry, issuer=scalar(starter.name), kind=kind)


def _application_table() -> Iterator[str]:
    yield "| 申请人情况 | " + " | ".join(_APPLICANTS) + " |"
    yield "|---" * (len(_APPLICANTS) + 1) + "|"
    for row in _APPLICATION_ROWS:
        yield f"| {row} |" + " |" * len(_APPLICANTS)
