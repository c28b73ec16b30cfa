"""`zwgk export`: a department's catalogue as a workbook, a text table, a Word file or a page to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from zwgk_site.cli.options import language_option, site_argument
from zwgk_site.cli.report import exit_code, show_all, write_report

if TYPE_CHECKING:
    from zwgk_site.pipeline.export_catalog import ExportedCatalog

FORMATS = ("xlsx", "csv", "docx", "html")


class Options(TypedDict):
    """What may be asked of an export."""

    site: Path
    department: str
    form: str | None
    file: Path
    as_json: bool
    lang: str


@click.command(
    epilog="例 (example):  zwgk export --department wjj -o 目录.xlsx    zwgk export --format docx -o 目录.docx    "
    "zwgk export --format csv -o 导出文件夹/",
    short_help="导出目录：Excel、CSV、Word、打印网页",
)
@site_argument
@click.option("--department", metavar="CODE", default="", help="导出哪个部门，写部门代码；只有一个部门时不用写")
@click.option("--format", "form", type=click.Choice(FORMATS), default=None, help="文件的形式；默认按文件名的结尾")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path),
    required=True,
    help="写到哪个文件；写一个已有的文件夹，就把每个部门各写一个文件",
)
@click.option("--json", "as_json", is_flag=True, help="结果用 JSON 显示  (tell the result as JSON)")
@language_option
def command(**options: Unpack[Options]) -> int:
    """把目录导出成通行的表格样式：两行表头、√、■□、要素编号。改好以后可以再用 zwgk import 导入，编号不变。

    Exports a catalogue in the official layout; what is imported again changes nothing but what was edited.
    """
    from zwgk_site.pipeline.export_catalog import export_catalogs

    file, language = options["file"], options["lang"]
    to_folder = file.is_dir()
    form = options["form"] or _form_of(file, to_folder=to_folder)
    exported = export_catalogs(options["site"], options["department"], form, every=to_folder)
    written = []
    for catalog in exported.value:
        target = file / f"{catalog.code}.{form}" if to_folder else file
        write_report(target, catalog.data)
        written.append((catalog, target))
    result = {
        "written": [
            {"department": catalog.code, "file": str(target), "entries": catalog.count} for catalog, target in written
        ]
    }
    show_all(exported.findings, options["site"], language, as_json=options["as_json"], result=result)
    if not options["as_json"]:
        for catalog, target in written:
            click.echo(_sentence(catalog, target, language))
    return exit_code(exported.findings, strict=False)


def _form_of(file: Path, *, to_folder: bool) -> str:
    suffix = file.suffix.lower().removeprefix(".")
    if to_folder:
        return "xlsx"
    if suffix not in FORMATS:
        raise click.UsageError("文件名要以 .xlsx、.csv、.docx 或 .html 结尾，或用 --format 写明  (name a format)")
    return suffix


def _sentence(catalog: ExportedCatalog, file: Path, language: str) -> str:
    if language == "en":
        return f"wrote {file}: {catalog.name}, {catalog.count} entries"
    return f"已导出 {file}：{catalog.name}，{catalog.count} 个条目"
