"""The JSON Schema (draft 2020-12) of what `zwgk check --json` writes. Keys are added, never renamed or taken away."""

from __future__ import annotations

from typing import Any

from zwgk_site.model.performance import Performance

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
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
            "finding": _object("一条发现", _finding_properties(), optional=("due",)),
            "waived": _object(
                "不再提示的发现，带理由", {**_finding_properties(), "reason": _said("理由", _TEXT)}, optional=("due",)
            ),
            "span": _object(
                "位置：行和列从 1 数，列按字数；行为 0 指整个文件；end_column 不含在内",
                {"file": _TEXT, "line": _COUNT, "column": _COUNT, "end_column": _COUNT},
            ),
            "words": _object("中文和英文", {"zh": _TEXT, "en": _TEXT}),
            "department": _department(),
            "performance": _performance(),
            "score": _object(
                "检查评分：从 100 分起扣，最少 0 分；权重见 indicators",
                {"points": _points(), "deductions": _many("deduction"), "vetoes": _vetoes()},
            ),
            "deduction": _object(
                "一个项目的扣分：问题个数和扣去的分数", {"name": _TEXT, "count": _COUNT, "points": _COUNT}
            ),
            "indicator": _object(
                "评分项目：每个问题扣几分，最多扣几分", {"name": _TEXT, "points": _COUNT, "cap": _COUNT}
            ),
            "budget": _object(
                "一个部门公开了哪些年度的预算、决算，缺哪些",
                {
                    "code": _TEXT,
                    "name": _TEXT,
                    "budgets": _years(),
                    "accounts": _years(),
                    "missing": {"type": "array", "items": {"$ref": "#/$defs/missing_budget"}},
                },
            ),
            "missing_budget": _object("缺少的预算或决算", {"year": _COUNT, "kind": {"enum": ["预算", "决算"]}}),
            "returned": _object(
                "要退回的文件（--gate）",
                {"file": _TEXT, "title": _TEXT, "findings": _many("finding")},
            ),
            "result": _object(
                "检查到了什么；没有检查完时没有这一项",
                {
                    "today": _said("按这一天计算", _DAY),
                    "departments": _COUNT,
                    "held": _said("生成时会暂缓更新的部门代码", {"type": "array", "items": _TEXT}),
                    "entries": _COUNT,
                    "documents": _COUNT,
                },
            ),
        },
    }


def _report() -> Schema:
    properties: Schema = {
        "format": {"const": 1},
        "errors": _COUNT,
        "warnings": _COUNT,
        "notices": _COUNT,
        "findings": _said("按位置排列，不含不再提示的", _many("finding")),
        "departments": _said("按部门代码排列", _many("department")),
        "waived": _many("waived"),
        "indicators": _said("评分项目，网站可以在“检查评分”里改", _many("indicator")),
        "score": _object("全站评分：各部门得分的平均数", {"points": _points(), "vetoes": _vetoes()}),
        "budgets": _said("预决算公开情况；没有检查完时没有这一项", _many("budget")),
        "returned": _said("只有加 --gate 时才有", _many("returned")),
        "result": {"$ref": "#/$defs/result"},
    }
    return _object("一次体检", properties, optional=("returned", "result", "score", "budgets"))


def _finding_properties() -> Schema:
    return {
        "code": {"type": "string", "pattern": r"^ZW\d{3}$"},
        "severity": _SEVERITY,
        "family": _said("类别：规则所在的模块", _TEXT),
        "department": _said("部门代码；属于全站时为空", _TEXT),
        "blocks": _said("改正以前，这个部门保留上一版", {"type": "boolean"}),
        "file": _TEXT,
        "line": _COUNT,
        "column": _COUNT,
        "end_column": _COUNT,
        "message": {"$ref": "#/$defs/words"},
        "hint": {"$ref": "#/$defs/words"},
        "basis": _said("依据", _TEXT),
        "facts": {"type": "object", "additionalProperties": {"type": ["string", "integer", "boolean"]}},
        "related": _many("span"),
        "due": _said("应于：最晚的一天", _TEXT),
    }


def _department() -> Schema:
    properties: Schema = {
        "code": _TEXT,
        "name": _TEXT,
        "errors": _COUNT,
        "warnings": _COUNT,
        "notices": _COUNT,
        "held": _said("生成时会暂缓更新", {"type": "boolean"}),
        "performance": {"$ref": "#/$defs/performance"},
        "score": {"$ref": "#/$defs/score"},
    }
    return _object("一个部门的小计", properties, optional=("performance", "score"))


def _points() -> Schema:
    return {"type": "number", "minimum": 0, "maximum": 100}


def _vetoes() -> Schema:
    return _said("单项否决的提示代码，有就算不合格", {"type": "array", "items": _TEXT})


def _years() -> Schema:
    return {"type": "array", "items": _COUNT}


def _performance() -> Schema:
    names = Performance.__struct_fields__
    rate = _said("按时公开率，0 到 1；没有可计算的为 null", {"type": ["number", "null"], "minimum": 0, "maximum": 1})
    return _object("履约情况：条目的个数，和按时、超期公开的文件份数", {**dict.fromkeys(names, _COUNT), "rate": rate})


def _object(title: str, properties: Schema, *, optional: tuple[str, ...] = ()) -> Schema:
    return {
        "description": title,
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


def _many(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _said(words: str, schema: Schema) -> Schema:
    return {"description": words, **schema}
