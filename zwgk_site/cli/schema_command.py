"""`zwgk schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from zwgk_site.cli.options import language_option

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA_NAMES = (
    "data-site", "data-catalog", "data-documents", "data-status", "data-gkmlpt", "data-urls", "data-release", "data-manifest",
)  # fmt: skip
NAMES = ("site", "catalog", "document", "wording", "check", "changes", "diff", *DATA_NAMES)


class Options(TypedDict):
    """What may be asked for."""

    name: str | None
    write: Path | None
    output_format: str
    as_json: bool
    lang: str


@click.command(
    epilog="例 (example):  zwgk schema --write schema    zwgk schema catalog    zwgk schema document --format text",
    short_help="写出编辑器用的格式说明",
)
@click.argument("name", required=False, type=click.Choice(NAMES))
@click.option(
    "--write", type=click.Path(file_okay=False, path_type=Path), help="写到这个文件夹：每种一个 .schema.json 文件"
)
@click.option("--json", "as_json", is_flag=True, help="同 --format json")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="json",
    help="json 是 JSON Schema；text 是给人看的项目清单",
)
@language_option
def command(**options: Unpack[Options]) -> int:
    """写出各种文件的 JSON Schema，编辑器据此补全和核对；check、diff、changes 和 data- 开头的是本程序写出的数据的格式。

    JSON Schemas (draft 2020-12) that editors complete and check from; check and diff are of what those two commands
    write as JSON, changes and data-… of what stands below data/ in the output. A file names its schema in its first line:

    # yaml-language-server: $schema=../schema/catalog.schema.json
    """
    from zwgk_site.cli.schemas import make_schema

    names = (options["name"],) if options["name"] else NAMES
    folder = options["write"]
    if folder is not None:
        _write_all(folder, names, options["lang"])
    elif options["output_format"] == "text" and not options["as_json"]:
        for name in names:
            for line in _as_text(name):
                click.echo(line)
    else:
        found = make_schema(names[0]) if len(names) == 1 else {name: make_schema(name) for name in names}
        click.echo(_encode(found), nl=False)
    return 0


def _encode(schema: object) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def schema_bytes(name: str) -> bytes:
    """The schema of one kind of file as it is written beside the files."""
    from zwgk_site.cli.schemas import make_schema

    return _encode(make_schema(name)).encode()


def _write_all(folder: Path, names: tuple[str, ...], language: str) -> None:
    from zwgk_site.stages.publish import machine_faults

    with machine_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            target = folder / f"{name}.schema.json"
            target.write_bytes(schema_bytes(name))
            click.echo(f"已写入 {target}" if language == "zh" else f"wrote {target}")


def _as_text(name: str) -> Iterator[str]:
    """The keys of one kind of file as a table; records within it follow."""
    from zwgk_site.cli.schemas import FILES
    from zwgk_site.model.fields import RECORDS

    if name not in FILES:
        yield from _written_text(name)
        return
    yield f"{FILES[name][1]}"
    waiting = [FILES[name][0]]
    seen: set[str] = set()
    while waiting:
        record = RECORDS[waiting.pop(0)]
        if record.name in seen:
            continue
        seen.add(record.name)
        yield f"\n  [{record.title}]"
        for field in record.fields:
            mark = "*" if field.required else " "
            example = f"　例：{field.example}" if field.example else ""
            yield f"  {mark} {field.key} ({field.name})　{field.title}{example}"
            if field.record:
                waiting.append(field.record)
    yield ""


def _written_text(name: str) -> Iterator[str]:
    """The keys of what the program writes, object by object."""
    from zwgk_site.cli.schemas import make_schema

    schema = make_schema(name)
    yield schema["title"]
    for part, item in schema["$defs"].items():
        yield f"\n  [{part}] {item['description']}"
        for key, value in item["properties"].items():
            mark = "*" if key in item["required"] else " "
            yield f"  {mark} {key}　{value.get('description', '')}".rstrip("　")
    yield ""
