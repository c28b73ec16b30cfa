"""`zwgk init`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from zwgk_site.cli.options import format_options, language_option, wants_json
from zwgk_site.cli.report import exit_code, show_all

if TYPE_CHECKING:
    from zwgk_site.diagnostics import Diagnostic
    from zwgk_site.exchange.starter import NewFile
    from zwgk_site.pipeline.start import StartRequest

_SCHEMAS = ("site", "catalog", "document")
"""Schemas of the files that a new site has, for editors."""


class Options(TypedDict):
    """What may be asked for."""

    folder: Path
    profile: str
    name: str
    code: str
    site_name: str
    credit_code: str
    department: bool
    output_format: str
    as_json: bool
    lang: str


@click.command(
    epilog="例 (example):  zwgk init 公开栏目 --profile 县级部门 --name 示范县卫生健康局 --code wjj    "
    "zwgk init --department --profile 乡镇 --name 示范镇人民政府",
    short_help="新建栏目或部门",
)
@click.argument("folder", default=".", type=click.Path(path_type=Path))
@click.option(
    "--profile",
    default="",
    help="单位类型：省级部门、市级部门、县级部门、乡镇、街道、公共企事业单位、省级政府、市级政府、县级政府等",
)
@click.option("--name", default="", help="单位的规范全称，例如 示范县卫生健康局；默认是文件夹的名称")
@click.option("--code", default="", help="部门代码，网址的一部分，公开后不能改，例如 wjj；默认取名称的拼音首字母")
@click.option("--site-name", default="", help="网站名称，默认是“单位名称政府信息公开”")
@click.option("--credit-code", default="", help="统一社会信用代码，18 位；现在不知道的可以以后再写")
@click.option("--department", is_flag=True, help="在已有的栏目里加一个部门")
@format_options
@language_option
def command(**options: Unpack[Options]) -> int:
    """新建一个栏目，或者（--department）在栏目里加一个部门。已有的文件一个也不改。没有写的，在终端里会逐项询问。

    Makes a site, or a department in one, from a profile. Never overwrites; asks for what is missing on a terminal.
    """
    from zwgk_site.pipeline.start import plan_start, write_new

    language, as_json = options["lang"], wants_json(options)
    request = _complete(options, asks=sys.stdin.isatty() and sys.stdout.isatty() and not as_json)
    planned = plan_start(request, _program_folder())
    findings: tuple[Diagnostic, ...] = planned.findings
    made: tuple[str, ...] = ()
    if not findings:
        files = (*planned.value, *(() if request.department else _schemas()))
        written = write_new(request.folder, files)
        findings, made = written.findings, written.value
    result = {"folder": str(request.folder), "files": list(made)}
    show_all(findings, request.folder, language, as_json=as_json, result=result)
    if made and not as_json:
        for line in _closing(request, made, language):
            click.echo(line)
    return exit_code(findings, strict=False)


def _complete(options: Options, *, asks: bool) -> StartRequest:
    """The request; what is missing is asked for on a terminal, else it is a wrong use."""
    from zwgk_site.pipeline.request import current_moment
    from zwgk_site.pipeline.start import StartRequest, suggest_code

    profile, name, code = options["profile"], options["name"], options["code"]
    named = "" if options["department"] else _name_of(options["folder"])
    if not asks:
        name = name or named
    else:
        zh = options["lang"] == "zh"
        profile = profile or _ask_profile(zh=zh)
        asked = "单位的规范全称，例如 示范县卫生健康局" if zh else "official name of the organ"
        name = name or click.prompt(asked, default=named or None)
        code = code or click.prompt(
            "部门代码（网址的一部分，公开后不能改）" if zh else "code (part of the URLs, never changes)",
            default=suggest_code(name) or None,
        )
    missing = [option for option, value in (("--profile", profile), ("--name", name)) if not value]
    if missing:
        raise click.UsageError(
            f"请写明 {'、'.join(missing)}，例如  zwgk init 公开栏目 --profile 县级部门 --name 示范县卫生健康局"
            f"  (give {', '.join(missing)})"
        )
    year = int(current_moment()[:4]) - 1
    return StartRequest(
        options["folder"],
        profile,
        name,
        year,
        code,
        options["site_name"],
        options["credit_code"],
        options["department"],
    )


def _name_of(folder: Path) -> str:
    """The folder's own name where it can be that of an organ: it is written in Chinese."""
    name = folder.resolve().name
    return name if any("\u4e00" <= char <= "\u9fff" for char in name) else ""


def _ask_profile(*, zh: bool) -> str:
    from zwgk_site.statute.profiles import PROFILES

    click.echo("单位类型：" if zh else "kind of organ:")
    for number, profile in enumerate(PROFILES, 1):
        click.echo(f"  {number:2}  {profile.name}")
    chosen = click.prompt("写序号" if zh else "number", type=click.IntRange(1, len(PROFILES)))
    return PROFILES[chosen - 1].name


def _program_folder() -> Path | None:
    """The repository that this program runs from, if it does."""
    import zwgk_site

    folder = Path(zwgk_site.__file__).resolve().parents[1]
    return folder if (folder / "build.py").is_file() else None


def _schemas() -> tuple[NewFile, ...]:
    from zwgk_site.cli.schema_command import schema_bytes
    from zwgk_site.exchange.starter import NewFile

    return tuple(NewFile(f"schema/{name}.schema.json", schema_bytes(name)) for name in _SCHEMAS)


def _closing(request: StartRequest, made: tuple[str, ...], language: str) -> list[str]:
    """What was made, and what to do next."""
    shown = [name for name in made if not name.startswith("schema/")]
    folder = request.folder
    where = "" if str(folder) == "." else f' "{folder}"' if " " in str(folder) else f" {folder}"
    catalog = next((name for name in made if name.startswith("catalogs/")), "catalogs")
    if language == "en":
        return [
            f"made in {folder}: {', '.join(shown)}",
            f"next: go through {catalog}, then run  zwgk check{where}  and  zwgk build{where}",
        ]
    return [
        f"已建立 {folder}：{'、'.join(shown)}",
        f"下一步：核对 {catalog} 里的条目，再运行  zwgk check{where}  看还缺什么，  zwgk build{where}  生成网页。",
        "content 文件夹里的是草稿，写完并填上“公开方式: 主动公开”以前不会公开。",
    ]
