"""Whether a catalogue and a department say all that the regulations ask for (条例第12、20条).

Departments with fewer than `IN_USE` documents are only being set up, and are left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.statute.day_watch import days_after
from zwgk_site.statute.taxonomy import ITEMS, classify_item, item_slugs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

W, N = Severity.WARNING, Severity.NOTICE

MISSING_ITEMS = Rule(
    "ZW230", N,
    zh="目录里没有《条例》第二十条的 {count} 项：{names}",
    en="the catalogue lacks {count} items of article 20: {names}",
    hint_zh="请补上条目；没有这项职能的，在“部门”下面写　无此职能: [20-9, 20-14]",
    hint_en="Add entries; where the organ has no such duty, write 无此职能: [20-9, 20-14] under 部门.",
    basis="条例第20条",
)  # fmt: skip
UNKNOWN_ITEM = Rule(
    "ZW231", N,
    zh="法定事项“{value}”认不出是《条例》的哪一项",
    en="法定事项 “{value}” is no item of the regulation",
    hint_zh="请写成条和项，例如　法定事项: 20-11",
    hint_en="Write article and item, such as 20-11.",
    basis="条例第20条；条例第21条",
)  # fmt: skip
NO_GUIDE = Rule(
    "ZW232", W,
    zh="没有政府信息公开指南",
    en="there is no guide (政府信息公开指南)",
    hint_zh="请加一个文件，写上　类型: 指南",
    hint_en="Add a document with 类型: 指南.",
    basis="条例第12条第一款",
)  # fmt: skip
GUIDE_LACKS = Rule(
    "ZW233", W,
    zh="指南里没有写到：{names}",
    en="the guide does not mention: {names}",
    hint_zh="指南要有信息的分类、编排体系、获取方式，和工作机构的名称、办公地址、办公时间、联系电话、传真号码、互联网联系方式，例如加一节　## 获取方式",
    hint_en="A guide tells classes, arrangement, ways to get information, and all ways to reach the office. Such as a section ## 获取方式.",
    basis="条例第12条第二款",
)  # fmt: skip
OLD_GUIDE = Rule(
    "ZW234", N,
    zh="指南上次更新是 {date}，应于 {due} 前核对一次",
    en="the guide dates from {date} and was to be looked over by {due}",
    hint_zh="核对后写上新的日期，例如　变更日期: 2026-03-02",
    hint_en="Look it over and give the day, such as 变更日期: 2026-03-02.",
    basis="条例第12条第一款",
)  # fmt: skip
OLD_CATALOG = Rule(
    "ZW235", N,
    zh="目录上次核对是 {date}，应于 {due} 前再核对一次",
    en="the catalogue was last looked over on {date}; the next time was due by {due}",
    hint_zh="核对后在“部门”下面写　目录复核日期: 2026-03-02",
    hint_en="Look it over and write 目录复核日期: 2026-03-02 under 部门.",
    basis="条例第12条第一款",
)  # fmt: skip
NO_CONTACT = Rule(
    "ZW236", W,
    zh="部门没有写{names}",
    en="the department lacks {names_en}",
    hint_zh="请在“部门”下面写　联系: {电话: 0000-0000000, 地址: 示范县人民路1号, 办公时间: 工作日 9:00—17:00}",
    hint_en="Add 联系: {电话: …, 地址: …, 办公时间: …} under 部门.",
    basis="条例第20条第（二）项",
)  # fmt: skip
SERVICE_LACKS = Rule(
    "ZW237", N,
    zh="办事指南里没有写到：{names}",
    en="the service guide does not mention: {names}",
    hint_zh="办事指南要写明事项名称、设定依据、申请条件、办理材料等，例如加一节　## 申请条件",
    hint_en="A service guide tells name, basis, conditions and papers, such as a section ## 申请条件.",
    basis="条例第20条第（五）项；条例第20条第（二）项",
)  # fmt: skip
IN_USE = 5
GUIDE = ("分类", "编排体系", "获取方式", "办公地址", "办公时间", "联系电话", "传真号码", "互联网联系方式")
SERVICE = ("事项名称", "设定依据", "申请条件", "办理材料")


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    public = [item for item in holdings.documents if item.is_public()]
    yield from _check_items(holdings, in_use=len(public) >= IN_USE)
    for document in public:
        if document.kind == "办事指南":
            yield from _check_elements(document, "办事", SERVICE, SERVICE_LACKS)
    reviewed = holdings.department.catalog_reviewed_on
    if reviewed and context.watch.is_over(due := days_after(reviewed, context.numbers.catalog_review_days)):
        yield OLD_CATALOG.at(Span(holdings.catalog_file, 1, 1, 2), date=reviewed, due=due)
    guides = [item for item in public if item.kind == "指南"]
    for guide in guides:
        yield from _check_elements(guide, "指南", GUIDE, GUIDE_LACKS)
    if guides:
        newest = max(guides, key=_touched)
        due = days_after(_touched(newest), context.numbers.catalog_review_days) if _touched(newest) else ""
        if due and context.watch.is_over(due):
            yield OLD_GUIDE.at(newest.marks.span(), date=_touched(newest), due=due)
    elif len(public) >= IN_USE and holdings.department.category in ("政府部门", "本级政府", "乡镇街道"):
        yield NO_GUIDE.at(Span(holdings.catalog_file, 1, 1, 2))
    if len(public) >= IN_USE:
        yield from _check_contact(holdings)


def _touched(document: Document) -> str:
    return max(document.changed_on, document.published_on[:10], document.formed_on)


def _check_items(holdings: Holdings, *, in_use: bool) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for entry in holdings.entries:
        if entry.statutory_item:
            term = classify_item(entry.statutory_item)
            if term is not None and term.slug.startswith("x"):
                yield UNKNOWN_ITEM.at(entry.marks.span("statutory_item"), value=entry.statutory_item[:40])
            elif term is not None:
                seen.add(term.slug)
    if not seen or not in_use:
        return
    absent = set(item_slugs(holdings.department.no_function))
    wanted = [item for item in ITEMS if item.slug.startswith("20-") and item.slug != "20-15"]
    missing = [item for item in wanted if item.slug not in seen | absent]
    if missing:
        names = "、".join(f"第{item.slug[3:]}项{item.name}" for item in missing)
        yield MISSING_ITEMS.at(Span(holdings.catalog_file, 1, 1, 2), count=len(missing), names=names)


def _check_elements(document: Document, prefix: str, wanted: tuple[str, ...], rule: Rule) -> Iterator[Diagnostic]:
    """What a guide's text does not mention; one with its text in an attachment can't be judged."""
    if not document.facts.length or (document.facts.is_stub and document.attachments):
        return
    covered = {name.partition(":")[2] for name in document.facts.elements if name.startswith(f"{prefix}:")}
    missing = [name for name in wanted if name not in covered]
    if missing:
        yield rule.at(document.marks.span(), names="、".join(missing))


def _check_contact(holdings: Holdings) -> Iterator[Diagnostic]:
    contact = holdings.department.contact
    given = (
        (contact.phone, "联系电话", "电话"),
        (contact.address, "办公地址", "地址"),
        (contact.hours, "办公时间", "办公时间"),
    )
    missing = [(name, key) for value, name, key in given if not value]
    if missing:
        names, keys = "、".join(name for name, _ in missing), ", ".join(key for _, key in missing)
        yield NO_CONTACT.at(Span(holdings.catalog_file, 1, 1, 2), names=names, names_en=keys)
