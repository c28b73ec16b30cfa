"""JSON Schemas (draft 2020-12) of the files that people write, made from the one table of keys.

They are for editors: what they refuse the reader refuses too, what they complete is the official Chinese key. Aliases
and English names stand under `patternProperties`, so that they are accepted and never suggested.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zwgk_site.cli.reports.changes_schema import changes_schema, diff_schema
from zwgk_site.cli.reports.check_schema import check_schema
from zwgk_site.cli.reports.data_schema import data_schemas
from zwgk_site.model.fields import RECORDS, Field, Kind, Record
from zwgk_site.statute.taxonomy import FIELDS, ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES = {
    "site": ("site", "site.yaml：网站设置"),
    "catalog": ("catalog", "catalogs/部门代码.yaml：一个部门的主动公开基本目录"),
    "document": ("document", "content/部门代码/ 下 Markdown 文件开头的信息栏"),
    "wording": ("wording", "wording.yaml：本站的用语表，一行一个"),
}
"""Schema name → its record and title; written as `<name>.schema.json`."""
WRITTEN = {"check": check_schema, "changes": changes_schema, "diff": diff_schema, **data_schemas()}
"""Schemas of what the program writes for other programs."""

_LISTS = frozenset(("wording",))
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_DAY = r"^\d{4} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}( ?日)?([T ].*| ?\d{1,2}时.*)?$"
_SUGGESTED = {
    ("entry", "field"): tuple(term.name for term in FIELDS),
    ("entry", "statutory_item"): tuple(term.slug for term in ITEMS),
}


def make_schema(name: str) -> Schema:
    """The schema of one kind of file (`FILES`), or of what the program writes (`WRITTEN`)."""
    if name in WRITTEN:
        return WRITTEN[name]()
    top, title = FILES[name]
    used = sorted(_records_below(top) - {top})
    schema: Schema = {
        "$schema": DIALECT,
        "title": title,
        **(_rows_schema if top in _LISTS else _record_schema)(RECORDS[top]),
    }
    if used:
        schema["$defs"] = {record: _record_schema(RECORDS[record]) for record in used}
    return schema


def _rows_schema(record: Record) -> Schema:
    """A file that is a list of records; a short list stands for a record's first keys."""
    short: Schema = {"type": "array", "items": _SCALAR, "minItems": 2, "maxItems": 3}
    return {"type": ["array", "null"], "items": {"anyOf": [_record_schema(record), short]}}


def _records_below(name: str) -> set[str]:
    found = {name}
    for field in RECORDS[name].fields:
        if field.record:
            found |= _records_below(field.record)
    return found


def _record_schema(record: Record) -> Schema:
    schema: Schema = {
        "description": record.title,
        "type": "object",
        "properties": {field.key: _field_schema(record, field) for field in record.fields},
        "patternProperties": {_other_names(field): _value_schema(record, field) for field in record.fields},
    }
    needed = [_needs(field) for field in record.fields if field.required]
    if needed:
        schema["allOf"] = needed
    schema["additionalProperties"] = True
    return schema


def _needs(field: Field) -> Schema:
    return {
        "description": f"必填：{field.key}",
        "anyOf": [{"required": [form]} for form in (field.key, field.name, *field.aliases)],
    }


def _other_names(field: Field) -> str:
    return "^(" + "|".join(re.escape(form).replace(r"\ ", " ") for form in (field.name, *field.aliases)) + ")$"


def _field_schema(record: Record, field: Field) -> Schema:
    schema: Schema = {"title": field.key, "description": _describe(field), **_value_schema(record, field)}
    examples = list(_examples(field))
    if examples:
        schema["examples"] = examples
    return schema


def _describe(field: Field) -> str:
    text = field.title + ("（必填）" if field.required else "")
    return text + (f"\n例如：{field.key}: {field.example}" if field.example else "")


def _examples(field: Field) -> Iterator[Any]:
    if not field.example:
        return
    if field.example.startswith("["):
        yield [item.strip() for item in field.example.strip("[]").split(",")]
    elif field.kind is Kind.INTEGER:
        yield int(field.example)
    else:
        yield field.example


def _value_schema(record: Record, field: Field) -> Schema:
    schema = _KINDS[field.kind](record, field)
    return schema if field.required else _or_empty(schema)


def _or_empty(schema: Schema) -> Schema:
    """An optional key may be left without a value."""
    if isinstance(schema.get("type"), list):
        return {**schema, "type": [*schema["type"], "null"]}
    choices = schema["anyOf"] if set(schema) == {"anyOf"} else [schema]
    return {"anyOf": [*choices, {"type": "null"}]}


def _text(record: Record, field: Field) -> Schema:
    suggested = _SUGGESTED.get((record.name, field.name))
    return {"anyOf": [{"enum": list(suggested)}, _SCALAR]} if suggested else _SCALAR


def _texts(_record: Record, _field: Field) -> Schema:
    return {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}


def _day(_record: Record, _field: Field) -> Schema:
    return {"type": ["string"], "pattern": _DAY}


def _flag(_record: Record, _field: Field) -> Schema:
    return {"enum": ["是", "否", True, False, "yes", "no", "true", "false"]}


def _choice(_record: Record, field: Field) -> Schema:
    known: Schema = {"enum": list(field.choices)}
    return known if field.closed else {"anyOf": [known, _SCALAR]}


def _integer(_record: Record, _field: Field) -> Schema:
    return {"type": ["integer", "string"], "pattern": r"^\d{1,9}$", "minimum": 0}


def _one_record(_record: Record, field: Field) -> Schema:
    return {"$ref": f"#/$defs/{field.record}"}


def _many_records(_record: Record, field: Field) -> Schema:
    item: Schema = {"$ref": f"#/$defs/{field.record}"}
    if field.record in _SHORT_FORMS:
        item = {"anyOf": [item, _SCALAR]}
    return {"type": ["array"], "items": item}


def _relations(record: Record, field: Field) -> Schema:
    targets = _texts(record, field)
    properties = {
        choice: {"title": choice, "description": f"{choice}：索引号、文件名或 部门代码:文件名", **targets}
        for choice in field.choices
    }
    return {"type": ["object"], "properties": properties, "additionalProperties": targets}


_SHORT_FORMS = frozenset(("attachment",))
"""Records for which a bare word stands for their first key."""
_KINDS = {
    Kind.TEXT: _text,
    Kind.TEXTS: _texts,
    Kind.DATE: _day,
    Kind.MOMENT: _day,
    Kind.FLAG: _flag,
    Kind.CHOICE: _choice,
    Kind.INTEGER: _integer,
    Kind.RECORD: _one_record,
    Kind.RECORDS: _many_records,
    Kind.RELATIONS: _relations,
}
