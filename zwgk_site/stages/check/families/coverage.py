"""What a catalogue and a department as a whole should not lack: kinds of rows, the organ itself, who is in charge.

Departments with few rows or documents are only being set up, and are left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.stages.check.parts import is_family, missing_parts
from zwgk_site.stages.check.performance import documents_by_entry
from zwgk_site.statute.taxonomy import STAGES, classify_field, classify_stage, nearest_field
from zwgk_site.text.asked_parts import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import CatalogEntry, Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

N = Severity.NOTICE

NO_INTERACTION = Rule(
    "ZW238", N,
    zh="目录里没有{names}的条目",
    en="the catalogue has no entry for {names}",
    hint_zh="编制目录要体现政策解读、舆情回应、公众参与，例如加一条　公开事项: [政策文件, 政策解读]",
    hint_en="Add entries for 政策解读、舆情回应、公众参与, such as 公开事项: [政策文件, 政策解读].",
    basis="粤府办〔2018〕19号 一",
)  # fmt: skip
NO_STAGE = Rule(
    "ZW239", N,
    zh="目录标了“五公开”，没有{names}公开的条目",
    en="entries of the catalogue are marked by 五公开, but none is of {names}",
    hint_zh="请核对各条目的“五公开”，例如　五公开: 决策；确实没有的可以不管。",
    hint_en="Look over 五公开 of the entries, such as 五公开: 决策; fine if there really is nothing.",
    basis="国办发〔2016〕80号实施细则 一（三）",
)  # fmt: skip
NO_REQUEST_ROWS = Rule(
    "ZW807", N,
    zh="有 {count} 个文件是依申请公开的，目录里没有依申请公开的条目",
    en="{count} documents are open on request, but the catalogue has no entry of that kind",
    hint_zh="请加上依申请公开的条目，例如　公开方式: 依申请公开",
    hint_en="Add entries with 公开方式: 依申请公开.",
    basis="吉办发〔2016〕43号 三（三）",
)  # fmt: skip
NO_REGIME = Rule(
    "ZW808", N,
    zh="没有政府信息公开制度",
    en="there are no rules of openness (政府信息公开制度)",
    hint_zh="请加一个文件，写上　类型: 制度",
    hint_en="Add a document with 类型: 制度.",
    basis="条例第4条第一款；国办公开办函〔2019〕61号",
)  # fmt: skip
NO_CHARGE = Rule(
    "ZW809", N,
    zh="领导分工里没有写明由谁分管政务公开",
    en="the division of work does not tell who is in charge of openness",
    hint_zh="请在分管负责人的分工里写明，例如　分管政务公开、……工作。",
    hint_en="Tell it beside the person in charge, such as 分管政务公开工作.",
    basis="国办发〔2016〕80号实施细则 六（一）",
)  # fmt: skip
NO_ITEMS = Rule(
    "ZW810", N,
    zh="公共企事业单位没有公开事项目录",
    en="the public institution has no catalogue of what it publishes",
    hint_zh="请在“目录”下面写公开事项，例如　公开事项: [收费公示, 供水价格]",
    hint_en="Add entries under 目录, such as 公开事项: [收费公示, 供水价格].",
    basis="国办发〔2018〕23号 四（十六）",
)  # fmt: skip
ORGAN_LACKS = Rule(
    "ZW811", N,
    zh="机构职能信息里没有写到：{names}",
    en="what is told of the organ lacks: {names}",
    hint_zh="要公开机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名，例如加一行　负责人姓名：张某某",
    hint_en="Tell duties, structure, address, hours, contacts and the head's name, such as 负责人姓名：张某某.",
    basis="条例第20条第（二）项",
)  # fmt: skip
ODD_FIELD = Rule(
    "ZW812", N,
    zh="领域“{value}”不在 26 个领域里，可能是“{suggestion}”",
    en="领域 “{value}” is none of the 26 fields; maybe “{suggestion}” is meant",
    hint_zh="请写成　领域: {suggestion}；本地自己定的领域可以不管。",
    hint_en="Write 领域: {suggestion}; fine if it is a field of your own.",
    basis="国办发〔2019〕54号",
)  # fmt: skip
ORGANS = ("政府部门", "本级政府", "乡镇街道")
IN_USE, FEW_ENTRIES = 5, 10
CLASSES = {
    "政策解读": (("解读",), ("解读",)),
    "舆情回应": (("回应", "舆情", "关切"), ("舆情回应",)),
    "公众参与": (
        ("征求意见", "意见征集", "征集", "公众参与", "听证", "民意", "互动", "预公开"),
        ("征求意见", "意见采纳结果"),
    ),
}
"""Words by which an entry is of a class, and kinds of documents that show the class is there without one."""
KNOWN_ABOUT = ("机关职能", "机构设置", "办公地址", "办公时间", "联系方式", "负责人姓名")
_DIVISION = "分工"


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    yield from _check_fields(holdings)
    department = holdings.department
    public = [d for d in holdings.documents if d.is_public() and context.watch.has_come(d.published_on)]
    if len(public) < IN_USE or department.dissolved_on:
        return
    span = Span(holdings.catalog_file, 1, 1, 2)
    if department.category == "公共企事业单位" and not holdings.entries:
        yield NO_ITEMS.at(span)
    if department.category in ORGANS:
        kinds = {document.kind for document in public}
        if "制度" not in kinds and kinds & {"指南", "年报"} and not any(_is_regime(d.title) for d in public):
            yield NO_REGIME.at(span)
        yield from _check_rows(holdings, kinds, span)
        yield from _check_organ(holdings, public)


def _is_regime(title: str) -> bool:
    return "公开" in title and any(word in title for word in ("制度", "办法", "规定", "规程", "规范", "规则"))


def _check_rows(holdings: Holdings, kinds: set[str], span: Span) -> Iterator[Diagnostic]:
    """What the catalogue lacks as a whole, if it is more than a beginning."""
    entries = holdings.entries
    if len(entries) < FEW_ENTRIES:
        return
    names = [
        name
        for name, (words, shown_by) in CLASSES.items()
        if not kinds.intersection(shown_by) and not any(_says(entry, words) for entry in entries)
    ]
    if names:
        yield NO_INTERACTION.at(span, names="、".join(names))
    marked = [term.slug for entry in entries if entry.stage and (term := classify_stage(entry.stage)) is not None]
    if len(marked) * 2 >= len(entries) and (missing := [t.name for t in STAGES if t.slug not in marked]):
        yield NO_STAGE.at(span, names="、".join(missing))
    closed = sum(document.disclosure == "依申请公开" for document in holdings.documents)
    if closed and not any(entry.disclosure == "依申请公开" for entry in entries):
        yield NO_REQUEST_ROWS.at(span, count=closed)


def _says(entry: CatalogEntry, words: tuple[str, ...]) -> bool:
    said = " ".join((*entry.subject, *entry.content, entry.column))
    return any(word in said for word in words)


def _check_organ(holdings: Holdings, public: list[Document]) -> Iterator[Diagnostic]:
    """All that is told of the organ, taken together: its documents, its contact, entries that are filled."""
    about = [document for document in public if is_family(document, "机构")]
    if any(document.attachments or document.facts.is_stub for document in about):
        return
    told = [d for d in about if not missing_parts(d, "机构", ("机关职能",)) and "职能" in d.title]
    if told:
        known = _known_about(holdings, public, about)
        if names := "、".join(name for name in KNOWN_ABOUT if name not in known):
            yield ORGAN_LACKS.at(told[0].marks.span("title"), names=names)
    divisions = [document for document in about if _DIVISION in document.title]
    local = holdings.department.category in ("本级政府", "乡镇街道")
    if local and divisions and all(missing_parts(d, "机构", ("分管政务公开",)) for d in divisions):
        yield NO_CHARGE.at(divisions[-1].marks.span("title"))


def _known_about(holdings: Holdings, public: list[Document], about: list[Document]) -> set[str]:
    contact = holdings.department.contact
    known = {element[3:] for document in about for element in document.facts.elements if element.startswith("机构:")}
    known |= {"办公地址"} if contact.address else set()
    known |= {"办公时间"} if contact.hours else set()
    known |= {"联系方式"} if contact.phone or contact.email else set()
    filed = documents_by_entry(holdings.department.code, public)
    for entry in holdings.entries:
        if entry.id in filed:
            known |= {
                name for name in KNOWN_ABOUT if any(w in entry.title for w in FAMILIES["机构"].parts[name].split())
            }
    return known


def _check_fields(holdings: Holdings) -> Iterator[Diagnostic]:
    """Fields of a county or a township that come near one of the 26; once for each."""
    if holdings.department.level not in ("县级", "乡级"):
        return
    seen: set[str] = set()
    for entry in holdings.entries:
        if not entry.field or entry.field in seen:
            continue
        seen.add(entry.field)
        term = classify_field(entry.field)
        if term is not None and term.slug.startswith("x") and (suggestion := nearest_field(entry.field)):
            yield ODD_FIELD.at(entry.marks.span("field"), value=entry.field[:40], suggestion=suggestion)
