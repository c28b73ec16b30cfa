# ruff: noqa: INP001 - docs/ is a folder of documents, not a package
"""The generated parts of `docs/`: the layer table, the reference of keys, the glossary of types.

Each function gives Markdown; cog puts it between its marks (`python3 build.py fix`), `python3 build.py lint` and
`tests/architecture` compare. The standard library and `zwgk_site.model` are all that is used.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.fields import Field, Record

ROOT = Path(__file__).resolve().parents[1]
HAN = re.compile(r"[\u4e00-\u9fff]")
FILE_KINDS = (
    ("site", "`site.yaml`：全站设置"),
    ("catalog", "`catalogs/<代码>.yaml`：一个部门的目录"),
    ("document", "`content/<代码>/….md`：一份文件的信息栏"),
)
KINDS = {
    "text": "文字",
    "texts": "文字，或一个列表",
    "date": "日期",
    "moment": "日期，可带时间",
    "flag": "是 / 否",
    "choice": "选一个",
    "integer": "整数",
    "record": "几个项目",
    "records": "列表",
    "relations": "几个“关系: 文件”",
}


# --- docs/architecture.md -------------------------------------------------------------------------


def layer_table() -> str:
    """The layers and the other contracts, out of `[tool.importlinter]` in pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contracts = {contract["id"]: contract for contract in settings["contracts"]}
    rows = ["| layer, highest first | what it is |", "|---|---|"]
    for layer in contracts["layers"]["layers"]:
        duties = {name: _first_sentence(name) for name in (part.strip(" ()") for part in layer.split("|"))}
        shown = " · ".join(f"`{name}`" + ("" if duty else " (not yet)") for name, duty in duties.items())
        rows.append(f"| {shown} | {' / '.join(filter(None, duties.values()))} |")
    rows += ["", "| contract | kind | promise |", "|---|---|---|"]
    rows += [f"| `{key}` | {found['type']} | {found['name']} |" for key, found in contracts.items()]
    return "\n".join(rows)


def _first_sentence(name: str) -> str:
    """What a folder says of itself in its first line, read as text: nothing is imported."""
    for file in (ROOT / "zwgk_site" / name / "__init__.py", ROOT / "zwgk_site" / f"{name}.py"):
        if file.is_file():
            found = re.match(r'"""(.*?)(?:"""|\n)', file.read_text(encoding="utf-8"))
            return found[1].strip() if found else ""
    return ""


# --- docs/files.md --------------------------------------------------------------------------------


def key_reference() -> str:
    """Every key of the three kinds of files, out of `zwgk_site/model/fields.py`."""
    from zwgk_site.model.fields import RECORDS

    parts = []
    shown: set[str] = set()
    for name, title in FILE_KINDS:
        parts += [f"### {title}", "", *_key_rows(RECORDS[name]), ""]
        for nested in _nested(RECORDS[name], RECORDS):
            if nested.name in shown:
                continue
            shown.add(nested.name)
            above = "、".join(f"`{key}`" for key in _users(nested.name, RECORDS))
            parts += [f"#### {above} 里面的项目", "", *_key_rows(nested), ""]
    return "\n".join(parts).rstrip()


def _nested(record: Record, records: dict[str, Record]) -> list[Record]:
    found = []
    for field in record.fields:
        if field.record:
            inner = records[field.record]
            found += [inner, *(item for item in _nested(inner, records) if item is not inner)]
    return found


def _users(name: str, records: dict[str, Record]) -> list[str]:
    """The keys under which the record `name` stands, each once."""
    return list(
        dict.fromkeys(field.key for record in records.values() for field in record.fields if field.record == name)
    )


def _key_rows(record: Record) -> Iterator[str]:
    yield "| 项目 | 英文名 | 写什么 | 说明 | 例子 | 也认得 |"
    yield "|---|---|---|---|---|---|"
    for field in record.fields:
        cells = (
            f"`{field.key}`" + (" **必填**" if field.required else ""),
            f"`{field.name}`",
            _kind_of(field),
            field.title,
            f"`{field.example}`" if field.example else "",
            "、".join(field.aliases),
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _kind_of(field: Field) -> str:
    words = KINDS[field.kind.value]
    if field.choices:
        words += "：" + "、".join(field.choices)
        if field.kind.value == "choice" and not field.closed:
            words += "；写别的会提醒，照样保留"
    return words


# --- docs/glossary.md -----------------------------------------------------------------------------


def model_types() -> dict[str, type]:
    """Every public type that `zwgk_site/model` and `zwgk_site/diagnostics.py` define, by name."""
    package = importlib.import_module("zwgk_site.model")
    names = [f"zwgk_site.model.{item.name}" for item in pkgutil.iter_modules(package.__path__)]
    modules = [importlib.import_module(name) for name in (*names, "zwgk_site.diagnostics")]
    return {
        label: value
        for module in modules
        for label, value in sorted(vars(module).items())
        if isinstance(value, type)
        and value.__module__ == module.__name__
        and value.__name__ == label
        and label[0] != "_"
    }


def official_term(kind: type) -> str:
    """The Chinese term in the first line of a type's docstring, in its brackets; empty where there is none."""
    first = (inspect.getdoc(kind) or "").partition("\n\n")[0].replace("\n", " ")
    found = [text for text in re.findall(r"[(（]([^()（）]*)[)）]", first) if HAN.search(text)]
    return found[0] if found else ""


def type_table() -> str:
    """The types that say their official term themselves."""
    rows = ["| type | term | module |", "|---|---|---|"]
    for name, kind in sorted(model_types().items()):
        term = official_term(kind)
        if term:
            module = kind.__module__.removeprefix("zwgk_site.").replace(".", "/") + ".py"
            rows.append(f"| `{name}` | {term} | `{module}` |")
    return "\n".join(rows)


def generated_parts() -> dict[str, Any]:
    """Which function writes into which document: for the test that all of them are current."""
    return {"architecture.md": layer_table, "files.md": key_reference, "glossary.md": type_table}
