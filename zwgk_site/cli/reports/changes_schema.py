"""The JSON Schemas of what tells how a catalogue was changed: `changes.json` in the output, and `zwgk diff --json`."""

from __future__ import annotations

from typing import get_args

from zwgk_site.cli.reports.schema_parts import DAY, TEXT, Schema, array_of, object_of, said
from zwgk_site.statute.limit_trend import TREND_WORDS, Trend

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CHANGES_TITLE = "data/部门代码/changes.json：目录调整记录"
DIFF_TITLE = "zwgk diff --json：目录对比"
_TEXTS: Schema = {"type": "array", "items": TEXT}
_LISTS = ("added", "removed", "changed")


def changes_schema() -> Schema:
    """Of `changes.json`; programs should pass over keys that they do not know."""
    day = object_of("一天的调整；同一天几次发布合为一次", {"date": DAY, **_rows()}, optional=_LISTS)
    history = object_of(
        "一个部门的目录调整记录",
        {
            "format": {"const": 1},
            "department": said("部门代码", TEXT),
            "days": said("有调整的日子，最近的在前", array_of("day")),
        },
    )
    return _schema(CHANGES_TITLE, "history", {"history": history, "day": day})


def diff_schema() -> Schema:
    """Of `zwgk diff --json`."""
    department = object_of(
        "一个部门的差别",
        {
            "code": TEXT,
            "name": TEXT,
            "state": said("added 新有的目录，removed 不再有的目录，空为两边都有", {"enum": ["", "added", "removed"]}),
            **_rows(),
        },
    )
    report = object_of(
        "一次对比；没有列出的部门没有差别",
        {"format": {"const": 1}, "equal": {"type": "boolean"}, "departments": array_of("department")},
    )
    return _schema(DIFF_TITLE, "report", {"report": report, "department": department})


def _schema(title: str, top: str, more: Schema) -> Schema:
    return {"$schema": DIALECT, "title": title, "$ref": f"#/$defs/{top}", "$defs": {**more, **_parts()}}


def _rows() -> Schema:
    return {"added": array_of("added"), "removed": array_of("removed"), "changed": array_of("changed")}


def _parts() -> Schema:
    subject = said("公开事项，从一级到末级", _TEXTS)
    trends = [trend for trend in get_args(Trend) if trend]
    words = "，".join(f"{trend} {TREND_WORDS[trend][0]}" for trend in trends)
    return {
        "added": object_of("新增的条目", {"id": TEXT, "subject": subject}),
        "removed": object_of(
            "撤销的条目，日期、理由和承接照“撤销”所写",
            {"id": TEXT, "subject": subject, "date": TEXT, "reason": TEXT, "successor": TEXT},
            optional=("date", "reason", "successor"),
        ),
        "changed": object_of(
            "修改的条目",
            {
                "id": TEXT,
                "subject": subject,
                "before_id": said("原来的编号，只在改了编号时有", TEXT),
                "fields": array_of("field"),
            },
            optional=("before_id", "fields"),
        ),
        "field": object_of(
            "调整的项目",
            {
                "name": said("程序里的名称", TEXT),
                "label": said("目录里的项目名称", TEXT),
                "before": said("调整前，没有填写时不出现", _TEXTS),
                "after": said("调整后，没有填写时不出现", _TEXTS),
                "trend": said(f"公开时限的变化：{words}", {"enum": trends}),
            },
            optional=("before", "after", "trend"),
        ),
    }
