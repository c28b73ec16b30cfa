"""Structure: identifiers that must be unique, links between entries and documents, metadata that should not be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.statute.numbers import is_credit_code, is_organ_code, normalize_number, parse_index_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Document, Holdings
    from zwgk_site.stages.check.context import CheckContext

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

DUPLICATE_ENTRY = Rule(
    "ZW201", E, blocks=True,
    zh="条目编号“{id}”重复（另一处在第 {other} 行）",
    en="entry id “{id}” is given twice (also in line {other})",
    hint_zh="请给新加的条目换一个没有用过的编号；已公开的编号不要改，例如　编号: WJJ-021",
    hint_en="Give the newer entry an unused id; never change a published one. Such as 编号: WJJ-021.",
)  # fmt: skip
DUPLICATE_NUMBER = Rule(
    "ZW202", E, blocks=True,
    zh="索引号“{number}”重复：{other} 也用了它",
    en="index number “{number}” is used twice: also by {other}",
    hint_zh="索引号全站唯一，请给后公开的文件换一个；zwgk fix --assign-index-numbers 可以自动编号。",
    hint_en="Give the newer document another; `zwgk fix --assign-index-numbers` assigns one.",
    basis="国办秘函〔2009〕6号 核心元数据·索引号",
)  # fmt: skip
DEEP_SUBJECT = Rule(
    "ZW203", W,
    zh="“公开事项”有 {found} 级，最多 6 级",
    en="公开事项 has {found} levels; at most 6",
    hint_zh="请合并相近的级次，例如　公开事项: [卫生健康, 独生子女父母奖励]",
    hint_en="Merge levels, such as [卫生健康, 独生子女父母奖励].",
)  # fmt: skip
NO_ENTRY = Rule(
    "ZW204", W,
    zh="没有写“条目”，这个文件不在任何目录条目下面",
    en="no 条目 is given: the document stands under no catalogue entry",
    hint_zh="请加一行，例如　条目: {example}",
    hint_en="Add a line such as 条目: {example}.",
    basis="条例第12条第三款",
)  # fmt: skip
NO_INDEX_NUMBER = Rule(
    "ZW205", W,
    zh="没有索引号",
    en="no 索引号",
    hint_zh="运行 zwgk fix --assign-index-numbers --yes 可以自动编号。",
    hint_en="`zwgk fix --assign-index-numbers --yes` assigns one.",
    basis="条例第12条第三款",
)  # fmt: skip
NO_FORMED_ON = Rule(
    "ZW206", W,
    zh="没有写“成文日期”，不能计算公开时限",
    en="no 成文日期, so its time limit cannot be counted",
    hint_zh="请加一行，例如　成文日期: 2026-03-02",
    hint_en="Add a line such as 成文日期: 2026-03-02.",
    basis="条例第12条第三款",
)  # fmt: skip
NO_PUBLISHED_ON = Rule(
    "ZW207", W,
    zh="没有写“发布日期”，检查时会当作没有更新",
    en="no 发布日期; inspectors count it as not updated",
    hint_zh="请加一行，例如　发布日期: 2026-03-05",
    hint_en="Add a line such as 发布日期: 2026-03-05.",
    basis="国办发〔2017〕47号 网页设计规范·PubDate",
)  # fmt: skip
ODD_NUMBER = Rule(
    "ZW208", N,
    zh="索引号“{number}”不是本部门的格式（{prefix}/年份-五位流水号），网址改用整个索引号",
    en="index number “{number}” is not of this department's form ({prefix}/YYYY-NNNNN); its URL uses the whole number",
    hint_zh="从别处转来的文件可以不管；本部门的文件请核对，例如　索引号: {prefix}/2026-00012",
    hint_en="Fine for documents taken from elsewhere. Such as 索引号: {prefix}/2026-00012.",
    basis="国办秘函〔2009〕6号 核心元数据·索引号",
)  # fmt: skip
BAD_CREDIT_CODE = Rule(
    "ZW209", W,
    zh="统一社会信用代码“{code}”的校验码不对",
    en="the check digit of 统一社会信用代码 “{code}” is wrong",
    hint_zh="请照登记证书核对18位代码，例如　统一社会信用代码: 119999000000000198",
    hint_en="Compare it with the certificate. Such as 统一社会信用代码: 119999000000000198.",
    basis="GB 32100—2015",
)  # fmt: skip
AMBIGUOUS_NAME = Rule(
    "ZW210", W,
    zh="文件名“{name}”有两个（另一个是 {other}），按文件名引用时分不清",
    en="two files are called “{name}” (the other is {other}); references by name are ambiguous",
    hint_zh="请改一个文件名，或引用时写上文件夹，例如　{path}",
    hint_en="Rename one, or refer to it with its folder, such as {path}.",
)  # fmt: skip


def check(holdings: Holdings, _context: CheckContext) -> Iterator[Diagnostic]:
    """Every finding of this family."""
    yield from _check_codes(holdings)
    yield from _check_entries(holdings)
    yield from _check_names(holdings)
    example = holdings.entries[0].id if holdings.entries else "WJJ-001"
    for document in holdings.documents:
        yield from _check_document(document, holdings, example)
    yield from _check_numbers(holdings)


def _check_codes(holdings: Holdings) -> Iterator[Diagnostic]:
    department = holdings.department
    if department.credit_code and not is_credit_code(department.credit_code):
        yield BAD_CREDIT_CODE.at(Span(holdings.catalog_file, 1, 1, 2), code=department.credit_code)
    elif department.organ_code and not is_organ_code(department.organ_code):
        yield BAD_CREDIT_CODE.at(Span(holdings.catalog_file, 1, 1, 2), code=department.organ_code)


def _check_entries(holdings: Holdings) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for entry in holdings.entries:
        if entry.id in seen:
            yield DUPLICATE_ENTRY.at(entry.marks.span("id"), id=entry.id, other=seen[entry.id])
        else:
            seen[entry.id] = entry.marks.line
        if len(entry.subject) > 6:
            yield DEEP_SUBJECT.at(entry.marks.span("subject"), found=len(entry.subject))


def _check_names(holdings: Holdings) -> Iterator[Diagnostic]:
    seen: dict[str, Document] = {}
    for document in holdings.documents:
        other = seen.setdefault(document.name, document)
        if other is not document:
            yield AMBIGUOUS_NAME.at(
                document.marks.span(), name=document.name, other=f"{other.path}.md", path=document.path
            )


def _check_document(document: Document, holdings: Holdings, example: str) -> Iterator[Diagnostic]:
    if not document.is_public():
        return
    if not document.entries and holdings.entries:
        yield NO_ENTRY.at(document.marks.span(), example=example)
    if not document.index_number:
        yield NO_INDEX_NUMBER.at(document.marks.span())
    elif holdings.department.index_prefix:
        number = parse_index_number(document.index_number)
        if number.prefix != normalize_number(holdings.department.index_prefix) or not number.year:
            facts: dict[str, Any] = {"number": document.index_number, "prefix": holdings.department.index_prefix}
            yield ODD_NUMBER.at(document.marks.span("index_number"), **facts)
    if not document.formed_on and not document.marks.is_written("formed_on"):
        yield NO_FORMED_ON.at(document.marks.span())
    if not document.published_on and not document.marks.is_written("published_on"):
        yield NO_PUBLISHED_ON.at(document.marks.span())


def _check_numbers(holdings: Holdings) -> Iterator[Diagnostic]:
    """One finding at the newer of two, with the older as its related place."""
    seen: dict[str, Document] = {}
    for document in sorted(holdings.documents, key=lambda item: (item.published_on or item.formed_on, item.path)):
        if not document.index_number:
            continue
        other = seen.setdefault(normalize_number(document.index_number), document)
        if other is not document:
            span = document.marks.span("index_number")
            related = (other.marks.span("index_number"),)
            yield DUPLICATE_NUMBER.at(span, related=related, number=document.index_number, other=other.marks.file)
