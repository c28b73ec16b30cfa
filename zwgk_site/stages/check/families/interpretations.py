"""Interpretations: every policy explained in time, by who drafted it, saying what must be said (政策解读)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity
from zwgk_site.stages.check.references import References
from zwgk_site.statute.columns import is_chief
from zwgk_site.statute.working_days import add_working_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

W, N = Severity.WARNING, Severity.NOTICE

NOT_INTERPRETED = Rule(
    "ZW270", W, gate=True,
    zh="政策文件还没有解读，也没有写“不解读理由”",
    en="the policy document has no 解读, and no 不解读理由",
    hint_zh="请发布一个　类型: 解读　的文件，写上　关联: {解读对象: {name}}；不需要解读的写　不解读理由: 内容简单明了",
    hint_en="Publish a 类型: 解读 with 关联: {解读对象: {name}}, or give 不解读理由.",
    basis="国办发〔2016〕80号实施细则 二（二）",
)  # fmt: skip
INTERPRETED_LATE = Rule(
    "ZW271", W,
    zh="解读应于 {due} 前公开，实际公开于 {published}（文件公开于 {date}）",
    en="the interpretation was due by {due} and published on {published} (the document on {date})",
    hint_zh="解读要与文件同步发布，最迟在文件公开后{number}个工作日内。请核对发布日期，例如　发布日期: {due}",
    hint_en="Publish both together, at the latest {number} working days after the document. Such as 发布日期: {due}.",
    basis="国办发〔2016〕80号实施细则 二（二）；国办发〔2016〕19号",
)  # fmt: skip
INTERPRETS_NOTHING = Rule(
    "ZW272", W,
    zh="解读没有写明解读的是哪个文件",
    en="the interpretation does not say which document it explains",
    hint_zh="请加一行，例如　关联: {解读对象: 2026-tongzhi}；zwgk fix --links 可以从标题和正文里找。",
    hint_en="Add a line such as 关联: {解读对象: 2026-tongzhi}; `zwgk fix --links` looks for it in title and text.",
    basis="甘政办发〔2017〕4号 三（二）",
)  # fmt: skip
INTERPRETS_CLOSED = Rule(
    "ZW273", W,
    zh="解读的文件“{title}”没有公开或者已经撤回",
    en="the document it explains, “{title}”, is not public or was withdrawn",
    hint_zh="请先公开原文件，或把解读一并撤回，例如　撤回: {日期: 2026-05-01, 理由: 原文件已撤回}",
    hint_en="Publish the document first, or withdraw the interpretation, too. Such as 撤回: {日期: 2026-05-01, 理由: 原文件已撤回}.",
    basis="甘政办发〔2017〕4号 三（二）",
)  # fmt: skip
FOREIGN_INTERPRETER = Rule(
    "ZW274", N,
    zh="解读单位是“{name}”，文件由“{other}”起草",
    en="“{name}” explains what “{other}” drafted",
    hint_zh="谁起草、谁解读；联合发文由牵头单位解读。确实由他人解读的写明，例如　解读人: {姓名: 李四, 身份: 专家}",
    hint_en="Who drafts explains; fine if another one really does. Else say who, such as 解读人: {姓名: 李四, 身份: 专家}.",
    basis="国办发〔2016〕80号实施细则 二（二）",
)  # fmt: skip
THIN = Rule(
    "ZW275", N,
    zh="解读只写到九项要素中的 {count} 项（{names}）",
    en="the interpretation covers {count} of nine elements ({names})",
    hint_zh="可以补一节，例如　## 主要内容　九项是：背景依据、目标任务、主要内容、涉及范围、执行标准、注意事项、关键词诠释、惠民利民举措、新旧政策差异。",
    hint_en="Cover more of the nine elements that the State Council names.",
    basis="国办发〔2016〕80号实施细则 二（二）",
)  # fmt: skip
NO_CHIEF = Rule(
    "ZW277", N,
    zh="{year} 年没有主要负责人解读政策的信息",
    en="no interpretation by the head of the organ in {year}",
    hint_zh="主要负责人解读的，请写　解读人: {姓名: 张三, 身份: 主要负责人}",
    hint_en="Mark it with 解读人: {姓名: …, 身份: 主要负责人}.",
    basis="吉办发〔2016〕43号 四（二）",
)  # fmt: skip
POLICY, INTERPRETATION, ABOUT = "政策文件", "解读", "解读对象"
FEW = 5


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family. Policies of before last year are left alone: their interpretations come no more."""
    references = References(holdings)
    last_year = str(int(context.watch.today[:4]) - 1)
    context.watch.note(f"{int(last_year) + 2}-01-01")
    for document in holdings.documents:
        if not document.is_public() or not context.watch.has_come(document.published_on):
            continue
        if document.kind == POLICY and document.published_on >= last_year and not document.no_interpretation:
            if not any(item.is_public() for item in references.sources(document, (ABOUT,))) and not any(
                item.kind == "解读" for item in document.relations
            ):
                yield NOT_INTERPRETED.at(document.marks.span(), name=document.name)
        elif document.kind == INTERPRETATION:
            yield from _check_interpretation(document, references, context)
    yield from _check_chief(holdings, last_year)


def _check_interpretation(document: Document, references: References, context: CheckContext) -> Iterator[Diagnostic]:
    about = [item for item in document.relations if item.kind == ABOUT]
    if not about:
        yield INTERPRETS_NOTHING.at(document.marks.span())
    for relation in about:
        target = references.find(relation.target)
        if target is None:
            continue
        span = document.marks.span("relations", relation.index + 1)
        if not target.is_public():
            yield INTERPRETS_CLOSED.at(span, title=target.title[:40])
            continue
        yield from _check_time(document, target, context)
        if _speaks_for_another(document, target):
            span = document.marks.span("issuer")
            yield FOREIGN_INTERPRETER.at(span, name=document.issuer[0], other=target.issuer[0])
    covered = [name.partition(":")[2] for name in document.facts.elements if name.startswith("解读:")]
    if document.facts.length and len(covered) < context.numbers.interpretation_elements and not document.attachments:
        yield THIN.at(document.marks.span(), count=len(covered), names="、".join(covered) or "无")


def _speaks_for_another(document: Document, target: Document) -> bool:
    """Whether none of those who drafted `target` explains it, nor 解读人 says who does; a government's office speaks for it."""
    if document.interpreter is not None or not document.issuer or not target.issuer:
        return False
    return not any(one.startswith(other) or other.startswith(one) for one in document.issuer for other in target.issuer)


def _check_time(document: Document, target: Document, context: CheckContext) -> Iterator[Diagnostic]:
    published, first = document.published_on[:10], target.published_on[:10]
    if not published or not first:
        return
    days = context.numbers.interpretation_days
    due = add_working_days(date.fromisoformat(first), days, context.calendar).day.isoformat()
    if published > due:
        span = document.marks.span("published_on")
        yield INTERPRETED_LATE.at(span, due=due, published=published, date=first, number=days)


def _check_chief(holdings: Holdings, year: str) -> Iterator[Diagnostic]:
    """One finding a department that explained policies in the last whole year, none of them by its head."""
    spoken = [
        item
        for item in holdings.documents
        if item.kind == INTERPRETATION and item.is_public() and item.published_on.startswith(year)
    ]
    by_chief = any(item.interpreter and is_chief(item.interpreter.role) for item in spoken)
    if len(spoken) >= FEW and not by_chief:
        yield NO_CHIEF.at(spoken[0].marks.span(), year=year)
