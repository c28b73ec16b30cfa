"""`zwgk import`: a table into a department's catalogue, shown first, written only when asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from zwgk_site.cli.options import format_options, language_option, today_option
from zwgk_site.cli.report import exit_code, show_all

if TYPE_CHECKING:
    from zwgk_site.diagnostics import Diagnostic
    from zwgk_site.pipeline.import_catalog import CatalogImport

REPORTS = (".html", ".txt", ".json")


class Options(TypedDict):
    """What may be asked of an import."""

    paths: tuple[Path, ...]
    department: str
    maps: tuple[str, ...]
    sheet: str
    report: Path | None
    yes: bool
    today: str | None
    output_format: str
    as_json: bool
    lang: str


@click.command(
    epilog="例 (example):  zwgk import 目录.xlsx    zwgk import 目录.xlsx --department jyj --map K=责任科室 --report 对比.html    "
    "zwgk import 目录.xlsx --yes",
    short_help="导入目录：Excel、CSV、Word、网页里的表格",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE… [SITE]")
@click.option("--department", metavar="CODE", default="", help="导入哪个部门，写部门代码；只有一个部门时不用写")
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="列=字段",
    help="指定某一列是什么，例如 K=责任科室、承办处室=责任科室、L=忽略；可写多次",
)
@click.option("--sheet", metavar="NAME", default="", help="只读这个工作表，写标签上的名称")
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="把对比和提示写成文件：.html、.txt 或 .json",
)
@click.option("--yes", is_flag=True, help="写入；不写 --yes 只显示要改什么")
@today_option
@format_options
@language_option
def command(**options: Unpack[Options]) -> int:
    """把 Excel、CSV、Word、网页里的目录表导入 SITE（默认当前文件夹）。先显示认出了什么、要改什么，加 --yes 才写入。

    Imports catalogues from tables: shows what was understood and the difference first, writes only with --yes.
    Entries keep their ids when rows move or are reworded; comments and keys of your own stay.
    """
    from zwgk_site.cli.options import moment_of
    from zwgk_site.pipeline.import_catalog import ImportRequest, plan_import

    files, site = _files_and_site(options["paths"])
    report = options["report"]
    if report is not None and report.suffix.lower() not in REPORTS:
        raise click.UsageError("--report 要以 .html、.txt 或 .json 结尾  (must end in .html, .txt or .json)")
    request = ImportRequest(
        files,
        site,
        department=options["department"],
        maps=options["maps"],
        sheet=options["sheet"],
        today=moment_of(options["today"])[:10],
    )
    planned = plan_import(request)
    findings = planned.findings
    written = False
    if options["yes"] and not exit_code(findings, strict=False):
        written, refused = _write(site, planned.value)
        findings += refused
    as_json = options["as_json"] or options["output_format"] == "json"
    _tell(planned.value, findings, options, as_json=as_json, written=written)
    if report is not None:
        _write_report(report, planned.value, findings, options["lang"], written=written)
    return exit_code(findings, strict=False)


def _files_and_site(paths: tuple[Path, ...]) -> tuple[tuple[Path, ...], Path]:
    """A folder that comes last is the site."""
    files, site = (paths[:-1], paths[-1]) if paths[-1].is_dir() else (paths, Path())
    if not files or any(path.is_dir() for path in files):
        raise click.UsageError("请写明要导入的文件，例如 zwgk import 目录.xlsx  (name the files to import)")
    return files, site


def _write(site: Path, planned: CatalogImport | None) -> tuple[bool, tuple[Diagnostic, ...]]:
    """Whether the file was written, and a finding if somebody changed it in the meantime."""
    from zwgk_site.diagnostics import Span
    from zwgk_site.exchange.changes import write_change
    from zwgk_site.exchange.rules import CHANGED_MEANWHILE
    from zwgk_site.stages.publish import machine_faults

    if planned is None or planned.change is None:
        return False, ()
    with machine_faults(site / planned.change.file):
        if write_change(site, planned.change):
            return True, ()
    return False, (CHANGED_MEANWHILE.at(Span(planned.change.file)),)


def _tell(
    planned: CatalogImport | None, findings: tuple[Diagnostic, ...], options: Options, *, as_json: bool, written: bool
) -> None:
    from zwgk_site.cli.reports.import_words import closing_line, import_lines

    language = options["lang"]
    if as_json:
        show_all(findings, Path(), language, as_json=True, result=import_data(planned, written=written))
        return
    if planned is not None:
        for line in import_lines(planned, language):
            click.echo(line)
    show_all(findings, Path(), language)
    click.echo(closing_line(planned, language, failed=bool(exit_code(findings, strict=False)), written=written))


def _write_report(
    file: Path, planned: CatalogImport | None, findings: tuple[Diagnostic, ...], language: str, *, written: bool
) -> None:
    import json

    from zwgk_site.cli.report import write_report
    from zwgk_site.cli.reports.import_html import import_page
    from zwgk_site.cli.reports.import_words import report_lines
    from zwgk_site.cli.show import findings_json

    suffix = file.suffix.lower()
    if suffix == ".html":
        text = import_page(planned, findings, language)
    elif suffix == ".json":
        data = {**import_data(planned, written=written), "findings": findings_json(findings)}
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    else:
        text = "\n".join([*report_lines(planned, findings, language), ""])
    write_report(file, text.encode("utf-8", "replace"))


def import_data(planned: CatalogImport | None, *, written: bool) -> dict[str, Any]:
    """What programs get: the tables as understood, the difference as `zwgk diff --json` gives it, what became of the file."""
    import msgspec

    from zwgk_site.cli.diff_command import diff_data

    if planned is None:
        return {"format": 1, "written": False, "tables": [], "diff": diff_data(())}
    return {
        "format": 1,
        "written": written,
        "department": planned.code,
        "file": planned.change.file if planned.change is not None else "",
        "added": planned.added,
        "changed": planned.changed,
        "unchanged": planned.unchanged,
        "removed": planned.removed,
        "tables": [msgspec.to_builtins(table) for table in planned.understood],
        "diff": diff_data(planned.diff),
    }
