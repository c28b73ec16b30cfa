"""The small pieces of which JSON Schemas (draft 2020-12) of what the program writes are made."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def object_of(title: str, properties: Schema, *, optional: tuple[str, ...] = ()) -> Schema:
    """An object with these keys; those that are not `optional` are always there."""
    return {
        "description": title,
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


def array_of(name: str) -> Schema:
    """A list of what stands under `name` in `$defs`."""
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def said(words: str, schema: Schema) -> Schema:
    """A schema with words for people."""
    return {"description": words, **schema}
