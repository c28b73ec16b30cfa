"""A department's first catalogue: rows that hold for every organ of its kind, and, as comments, those that may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.exchange.catalog_text import NewEntry, render_entry
from zwgk_site.exchange.starter.scalars import scalar
from zwgk_site.exchange.starter.site_text import suggestion_of
from zwgk_site.model.fields import RECORDS
from zwgk_site.statute.starter_rows import article_of
from zwgk_site.statute.taxonomy import ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.exchange.catalog_text import Value
    from zwgk_site.exchange.starter.values import NumberedRow, Starter

_HEAD = """\
# yaml-language-server: $schema=../schema/catalog.schema.json
# {name}主动公开基本目录。一行一个条目，改完保存即可，不必懂编程。
# 1. 文件名和“代码”要一致，公开以后不能再改，它们是网址的一部分。
# 2. “编号”用过就不改，也不让给别的条目。
# 3. 公开主体、公开内容、公开时限、公开方式四项必须填写。
# 4. 条目下暂时没有信息的，写“空缺说明”，公众会看到这句话。
# 5. 以“#”开头的行是说明，程序不读，也不会公开。
格式版本: 1
部门:
"""
_ASKED = ("credit_code", "contact", "short_name", "superior", "openness_office", "no_function", "catalog_reviewed_on")
_CERTAIN = """\

目录:
  # ── 下面的条目按《政府信息公开条例》拟定，{kind}都有。请逐条核对，再改成本单位的写法 ──
"""
_POSSIBLE = """\

  # ── 下面的条目看职能：有这一项的，去掉各行开头的“# ”；没有的，删去，并在上面的“无此职能”里写明 ──
"""
_POSSIBLE_ENTERPRISE = """\

  # ── 下面的条目看本行业的规定：有这一项的，去掉各行开头的“# ”；没有的，删去 ──
"""


def catalog_text(starter: Starter, rows: tuple[NumberedRow, ...]) -> str:
    """The whole file."""
    profile = starter.profile
    sure = [numbered for numbered in rows if numbered.row.certain]
    possible = [numbered for numbered in rows if not numbered.row.certain]
    parts = [_HEAD.format(name=starter.name), *_department(starter), _CERTAIN.format(kind=profile.name)]
    parts += ["\n".join(_entry(starter, numbered)) + "\n" for numbered in sure]
    if possible:
        parts.append(_POSSIBLE_ENTERPRISE if profile.is_enterprise else _POSSIBLE)
        parts += ["\n".join(_as_comment(_entry(starter, numbered))) + "\n" for numbered in possible]
    return "".join(parts)


def _department(starter: Starter) -> Iterator[str]:
    profile = starter.profile
    yield f"  代码: {starter.code}\n  名称: {scalar(starter.name)}\n  类别: {profile.category}\n"
    if profile.level:
        yield f"  层级: {profile.level}\n"
    if starter.credit_code:
        yield f"  统一社会信用代码: {starter.credit_code}\n"
    for field in RECORDS["department"].fields:
        if field.name not in _ASKED or (field.name == "credit_code" and starter.credit_code):
            continue
        if field.name == "no_function" and profile.is_enterprise:
            continue
        yield f"  # {field.title}\n"
        if field.name == "contact":
            yield f"  # {field.key}:\n"
            for inner in RECORDS["contact"].fields:
                yield f"  #   {inner.key}: {inner.example}".rstrip() + "\n"
        else:
            yield f"  # {field.key}: {suggestion_of(field)}".rstrip() + "\n"


def _entry(starter: Starter, numbered: NumberedRow) -> Iterator[str]:
    row, level = numbered.row, starter.profile.level
    title = next((term.name for term in ITEMS if term.slug == row.item), "")
    if title:
        yield f"  # 示例：{article_of(row.item)}　{title}"
    values: dict[str, Value] = {
        "subject": row.subject, "content": row.content, "basis": row.basis, "time_limit": row.time_limit,
        "responsible_body": starter.name, "channels": ("政府网站", "公开查阅点"), "audience": "全社会",
        "disclosure": "主动公开", "levels": (level,) if level else (), "statutory_item": row.item, "stage": row.stage,
    }  # fmt: skip
    yield from render_entry(NewEntry(numbered.id, values, {}), "  ", "\n").splitlines()


def _as_comment(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield f"  # {line.removeprefix('  ')}" if not line.startswith("  #") else line
