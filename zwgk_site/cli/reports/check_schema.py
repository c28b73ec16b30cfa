"""The JSON Schema (draft 2020-12) of what `zwgk check --json` writes. Keys are added, never renamed or taken away."""

from __future__ import annotations

from zwgk_site.cli.reports.schema_parts import COUNT, DAY, TEXT, Schema, array_of, object_of, said
from zwgk_site.model.performance import Performance

_SEVERITY: Schema = {"enum": ["error", "warning", "notice"]}
TITLE = "zwgk check --json：体检结果"


def check_schema() -> Schema:
    """The schema; programs should pass over keys that they do not know."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        "$ref": "#/$defs/report",
        "$defs": {
            "report": _report(),
            "finding": object_of("一条发现", _finding_properties(), optional=("due",)),
            "waived": object_of(
                "不再提示的发现，带理由", {**_finding_properties(), "reason": said("理由", TEXT)}, optional=("due",)
            ),
            "span": object_of(
                "位置：行和列从 1 数，列按字数；行为 0 指整个文件；end_column 不含在内",
                {"file": TEXT, "line": COUNT, "column": COUNT, "end_column": COUNT},
            ),
            "words": object_of("中文和英文", {"zh": TEXT, "en": TEXT}),
            "department": _department(),
            "performance": _performance(),
            "score": object_of(
                "检查评分：从 100 分起扣，最少 0 分；权重见 indicators",
                {"points": _points(), "deductions": array_of("deduction"), "vetoes": _vetoes()},
            ),
            "deduction": object_of(
                "一个项目的扣分：问题个数和扣去的分数", {"name": TEXT, "count": COUNT, "points": COUNT}
            ),
            "indicator": object_of(
                "评分项目：每个问题扣几分，最多扣几分", {"name": TEXT, "points": COUNT, "cap": COUNT}
            ),
            "budget": object_of(
                "一个部门公开了哪些年度的预算、决算，缺哪些",
                {
                    "code": TEXT,
                    "name": TEXT,
                    "budgets": _years(),
                    "accounts": _years(),
                    "missing": {"type": "array", "items": {"$ref": "#/$defs/missing_budget"}},
                },
            ),
            "missing_budget": object_of("缺少的预算或决算", {"year": COUNT, "kind": {"enum": ["预算", "决算"]}}),
            "returned": object_of(
                "要退回的文件（--gate）",
                {"file": TEXT, "title": TEXT, "findings": array_of("finding")},
            ),
            "result": object_of(
                "检查到了什么；没有检查完时没有这一项",
                {
                    "today": said("按这一天计算", DAY),
                    "departments": COUNT,
                    "held": said("生成时会暂缓更新的部门代码", {"type": "array", "items": TEXT}),
                    "entries": COUNT,
                    "documents": COUNT,
                },
            ),
        },
    }


def _report() -> Schema:
    properties: Schema = {
        "format": {"const": 1},
        "errors": COUNT,
        "warnings": COUNT,
        "notices": COUNT,
        "findings": said("按位置排列，不含不再提示的", array_of("finding")),
        "departments": said("按部门代码排列", array_of("department")),
        "waived": array_of("waived"),
        "indicators": said("评分项目，网站可以在“检查评分”里改", array_of("indicator")),
        "score": object_of("全站评分：各部门得分的平均数", {"points": _points(), "vetoes": _vetoes()}),
        "budgets": said("预决算公开情况；没有检查完时没有这一项", array_of("budget")),
        "returned": said("只有加 --gate 时才有", array_of("returned")),
        "result": {"$ref": "#/$defs/result"},
    }
    return object_of("一次体检", properties, optional=("returned", "result", "score", "budgets"))


def _finding_properties() -> Schema:
    return {
        "code": {"type": "string", "pattern": r"^ZW\d{3}$"},
        "severity": _SEVERITY,
        "family": said("类别：规则所在的模块", TEXT),
        "department": said("部门代码；属于全站时为空", TEXT),
        "blocks": said("改正以前，这个部门保留上一版", {"type": "boolean"}),
        "file": TEXT,
        "line": COUNT,
        "column": COUNT,
        "end_column": COUNT,
        "message": {"$ref": "#/$defs/words"},
        "hint": {"$ref": "#/$defs/words"},
        "basis": said("依据", TEXT),
        "facts": {"type": "object", "additionalProperties": {"type": ["string", "integer", "boolean"]}},
        "related": array_of("span"),
        "due": said("应于：最晚的一天", TEXT),
    }


def _department() -> Schema:
    properties: Schema = {
        "code": TEXT,
        "name": TEXT,
        "errors": COUNT,
        "warnings": COUNT,
        "notices": COUNT,
        "held": said("生成时会暂缓更新", {"type": "boolean"}),
        "performance": {"$ref": "#/$defs/performance"},
        "score": {"$ref": "#/$defs/score"},
    }
    return object_of("一个部门的小计", properties, optional=("performance", "score"))


def _points() -> Schema:
    return {"type": "number", "minimum": 0, "maximum": 100}


def _vetoes() -> Schema:
    return said("单项否决的提示代码，有就算不合格", {"type": "array", "items": TEXT})


def _years() -> Schema:
    return {"type": "array", "items": COUNT}


def _performance() -> Schema:
    names = Performance.__struct_fields__
    rate = said("按时公开率，0 到 1；没有可计算的为 null", {"type": ["number", "null"], "minimum": 0, "maximum": 1})
    return object_of("履约情况：条目的个数，和按时、超期公开的文件份数", {**dict.fromkeys(names, COUNT), "rate": rate})
