"""What annual reports and budgets must say, and whether their tables add up (年报、预算、决算的内容).

Only of this and the last year: an older report is not written again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity
from zwgk_site.stages.check.budgets import year_of
from zwgk_site.stages.check.parts import is_family, is_whole, missing_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

W, N = Severity.WARNING, Severity.NOTICE

REPORT_LACKS = Rule(
    "ZW244", N,
    zh="年度报告里没有写到：{names}",
    en="the annual report does not tell: {names}",
    hint_zh="年度报告有六个部分，没有发生的也写明“无”，例如　## 六、其他需要报告的事项",
    hint_en="A report has six parts; where there is nothing, say so, such as ## 六、其他需要报告的事项.",
    basis="条例第50条第一款；国办公开办函〔2021〕30号 一",
)  # fmt: skip
GOVERNMENT_LACKS = Rule(
    "ZW247", N,
    zh="本级政府的年度报告里没有写到：{names}",
    en="the annual report of the government does not tell: {names}",
    hint_zh="各级政府的年度报告还要写工作考核、社会评议和责任追究结果，例如　全年考核……，社会评议……，没有责任追究情况。",
    hint_en="A government's report tells of 工作考核、社会评议 and 责任追究, too.",
    basis="条例第50条第一款第（四）项",
)  # fmt: skip
NOT_ADDED_UP = Rule(
    "ZW248", W,
    zh="年度报告的表格里数字对不上：{problem}",
    en="numbers in the report's tables do not agree: {problem}",
    hint_zh="请核对后改正：本年新收＋上年结转＝办理结果总计＋结转下年度，总计＝各项之和，例如 12＋3＝10＋5。",
    hint_en="Compare them: 本年新收 + 上年结转 = 总计 + 结转下年度, and each total is the sum of its items. Such as 12 + 3 = 10 + 5.",
    basis="国办公开办函〔2021〕30号 表三、表四",
)  # fmt: skip
CARRIED_OVER = Rule(
    "ZW249", N,
    zh="上年结转的申请写 {found} 件，上一年度的报告写结转下年度 {known} 件",
    en="{found} applications carried over, but the report before carried {known} to the next year",
    hint_zh="请对照两年的报告，改正写错的一处；统计口径有变化的，在报告里说明，例如“统计口径自2026年起包含派出机构”。",
    hint_en="Compare both reports and mend the wrong one, or explain it there. Such as a sentence on what is counted since 2026.",
    basis="国办公开办函〔2021〕30号 表三",
)  # fmt: skip
NO_RUNNING_COSTS = Rule(
    "ZW816", N,
    zh="部门{kind}没有说明机关运行经费",
    en="the department's {kind} tells nothing of its running costs",
    hint_zh="请加一段，例如　机关运行经费 95.17 万元，用于办公、水电、维修等；没有的写明“没有机关运行经费”。",
    hint_en="Add a paragraph on 机关运行经费; where there are none, say so.",
    basis="《预算法》第十四条第二款",
)  # fmt: skip
NO_DEBT = Rule(
    "ZW817", N,
    zh="本级政府的{kind}没有说明：{names}",
    en="the government's {kind} does not tell of: {names}",
    hint_zh="请加一段，说明转移支付安排、执行的情况和举借债务的情况，例如　## 举借债务情况；没有的写明“没有”。",
    hint_en="Tell of 转移支付 and 举借债务, such as a section ## 举借债务情况; where there are none, say so.",
    basis="《预算法》第十四条第一款",
)  # fmt: skip
GOVERNMENT = "本级政府"
FORMAT_SINCE = 2021
"""国办公开办函〔2021〕30号 is of September 2021, so the report for that year was the first in its form."""
DUTIES = ("工作考核", "社会评议", "责任追究")
PARTS = ("总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "行政复议、行政诉讼情况",
         "存在的主要问题及改进情况", "其他需要报告的事项")  # fmt: skip
_WHOLE_BUDGET = re.compile(r"(?:政府|财政|本级|县级|市级|省级|总)(?:收支)?(?:预|决)算")
_OF_DEPARTMENT = re.compile("部门|单位|机关|局")


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    last_year = str(int(context.watch.today[:4]) - 1)
    context.watch.note(f"{int(last_year) + 2}-01-01")
    reports: dict[int, Document] = {}
    for document in holdings.documents:
        if document.kind not in ("年报", "预算", "决算") or not document.is_public():
            continue
        is_recent = document.published_on >= last_year and context.watch.has_come(document.published_on)
        if document.kind == "年报":
            reports.setdefault(year_of(document), document)
            if is_recent:
                yield from _check_report(document, holdings)
        elif is_recent and is_whole(document) and not document.attachments:
            yield from _check_budget(document, holdings)
    yield from _check_carried(reports, int(last_year) - 1)


def _check_report(document: Document, holdings: Holdings) -> Iterator[Diagnostic]:
    if faults := [element[3:] for element in document.facts.elements if element.startswith("勾稽:")]:
        yield NOT_ADDED_UP.at(document.marks.span("title"), problem="；".join(faults))
    if not is_whole(document) or year_of(document) < FORMAT_SINCE:
        return
    if names := missing_parts(document, "年报", PARTS):
        yield REPORT_LACKS.at(document.marks.span("title"), names=names)
    if holdings.department.category == GOVERNMENT and (names := missing_parts(document, "年报", DUTIES)):
        yield GOVERNMENT_LACKS.at(document.marks.span("title"), names=names)


def _check_carried(reports: dict[int, Document], since: int) -> Iterator[Diagnostic]:
    """What one report carries to the next year must be what that year's begins with."""
    for year, document in sorted(reports.items()):
        before = reports.get(year - 1)
        if before is None or year < since:
            continue
        found, known = _number(document, "表三:上年结转="), _number(before, "表三:结转下年度=")
        if found and known and found != known:
            related = (before.marks.span("title"),)
            yield CARRIED_OVER.at(document.marks.span("title"), related=related, found=int(found), known=int(known))


def _number(document: Document, start: str) -> str:
    return next((item[len(start) :] for item in document.facts.elements if item.startswith(start)), "")


def _check_budget(document: Document, holdings: Holdings) -> Iterator[Diagnostic]:
    if not is_family(document, "预算"):
        return
    span, kind = document.marks.span("title"), document.kind
    title = document.title.replace(holdings.department.name, "")
    is_whole_budget = bool(_WHOLE_BUDGET.search(title)) and not _OF_DEPARTMENT.search(title)
    if is_whole_budget:
        if names := missing_parts(document, "预算", ("转移支付", "举借债务")):
            yield NO_DEBT.at(span, kind=kind, names=names)
    elif "部门" in title and missing_parts(document, "预算", ("机关运行经费",)):
        yield NO_RUNNING_COSTS.at(span, kind=kind)
