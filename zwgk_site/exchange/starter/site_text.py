"""`site.yaml` of a new site: every setting that there is, those without an answer as a comment to be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.exchange.starter.scalars import scalar
from zwgk_site.model.fields import RECORDS, Field, Kind, example_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = """\
# yaml-language-server: $schema=schema/site.schema.json
# 全站设置。改完保存，重新生成一次网站即可生效。
# 冒号后面留一个空格；“#”后面的文字是说明，程序不读。要用哪一项，去掉那一行开头的“# ”，再改成自己的内容。
"""
_FIRST = ("name", "domain", "site_code", "organizer", "icp", "police", "error_report", "contact")
"""What a site is asked for at once; all other settings may stay as they are."""


def site_text(name: str) -> str:
    """The whole file."""
    return _HEAD + "\n".join(_lines(name)) + "\n"


def _lines(name: str) -> Iterator[str]:
    fields = {field.name: field for field in RECORDS["site"].fields}
    yield "格式版本: 1"
    yield f"网站名称: {scalar(name)}"
    yield "\n# ── 请尽快补上：显示在每一页底部，检查时要核对 ──"
    for key in _FIRST[1:]:
        yield from _suggested(fields[key])
    yield "\n# ── 以下可以不改 ──"
    for field in fields.values():
        if field.name not in ("format", *_FIRST):
            yield from _suggested(field)


def _suggested(field: Field) -> Iterator[str]:
    yield f"\n# {field.title or field.key}"
    if field.record and not field.kind.value.endswith("s"):
        yield f"# {field.key}:"
        for inner in RECORDS[field.record].fields:
            yield f"#   {inner.key}: {inner.example}".rstrip()
        return
    yield f"# {field.key}: {suggestion_of(field)}".rstrip()


def suggestion_of(field: Field) -> str:
    """A value to be copied; nothing for a text of which there is no example."""
    return example_of(field) if field.example or field.record or field.kind is not Kind.TEXT else ""
