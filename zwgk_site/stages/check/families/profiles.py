"""Whether it can be told what an organ must publish: its kind and its level (类别、层级)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.statute.columns import has_odd_level, lacks_level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Holdings
    from zwgk_site.stages.check.context import CheckContext

NO_LEVEL = Rule(
    "ZW268", Severity.NOTICE,
    zh="“类别”是“{category}”，没有写“层级”，法定主动公开内容只列出第二十条的各项",
    en="a department of 类别 “{category}” without 层级; only the items of art. 20 are listed",
    hint_zh="第二十一条对市级、县级和乡级另有要求，请写明，例如　层级: 县级",
    hint_en="Art. 21 asks more of some levels; say which, such as 层级: 县级.",
    basis="条例第21条",
)  # fmt: skip
ODD_LEVEL = Rule(
    "ZW269", Severity.NOTICE,
    zh="“类别”是“乡镇街道”，“层级”写的是“{level}”",
    en="类别 is “乡镇街道”, but 层级 is “{level}”",
    hint_zh="请核对，例如　层级: 乡级",
    hint_en="Look it over, such as 层级: 乡级.",
    basis="条例第21条",
)  # fmt: skip


def check(holdings: Holdings, context: CheckContext) -> Iterator[Diagnostic]:  # noqa: ARG001 - as all families
    """Every finding of this family."""
    department = holdings.department
    span = Span(holdings.catalog_file, 1, 1, 2)
    if lacks_level(department.category, department.level) and any(item.statutory_item for item in holdings.entries):
        yield NO_LEVEL.at(span, category=department.category)
    elif has_odd_level(department.category, department.level):
        yield ODD_LEVEL.at(span, level=department.level[:20])
