"""`zwgk import`: tables into a department's catalogue, Word files and pages into documents; written only when asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click
import msgspec

from zwgk_site.cli.options import Day, format_options, language_option, today_option, wants_json
from zwgk_site.cli.report import exit_code, show_all

if TYPE_CHECKING:
    from zwgk_site.diagnostics import Checked, Diagnostic
    from zwgk_site.pipeline.import_catalog import CatalogImport
    from zwgk_site.pipeline.import_documents import ImportedDocuments

REPORTS = (".html", ".txt", ".json")


class Options(TypedDict):
    """What may be asked of an import."""

    paths: tuple[Path, ...]
    department: str
    maps: tuple[str, ...]
    sheet: str
    output: Path | None
    entries: tuple[str, ...]
    disclosure: str
    published_on: str | None
    base_url: str
    redirects: Path | None
    column_url: str
    overwrite: bool
    report: Path | None
    yes: bool
    today: str | None
    output_format: str
    as_json: bool
    lang: str


class Outcome(msgspec.Struct):
    """What came of the files: the catalogue's change, the documents, all findings."""

    catalog: CatalogImport | None = None
    documents: ImportedDocuments | None = None
    findings: tuple[Diagnostic, ...] = ()
    written: bool = False


@click.command(
    epilog="例 (example):  zwgk import 目录.xlsx    zwgk import 目录.xlsx --department jyj --map K=责任科室 --report 对比.html    "
    "zwgk import 目录.xlsx --yes    zwgk import 通知.docx 旧网页/ . --department jyj --entry JYJ-005 --disclosure 主动公开",
    short_help="导入目录和文件：Excel、CSV、Word、网页",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE… [SITE]")
@click.option("--department", metavar="CODE", default="", help="导入哪个部门，写部门代码；只有一个部门时不用写")
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="列=字段",
    help="目录：指定某一列是什么，例如 K=责任科室、承办处室=责任科室、L=忽略；可写多次",
)
@click.option(
    "--output",
    metavar="PATH",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="目录：已生成的网站，公开过的条目撤下时留记录；默认 栏目/public",
)
@click.option("--sheet", metavar="NAME", default="", help="目录：只读这个工作表，写标签上的名称")
@click.option("--entry", "--条目", "entries", multiple=True, metavar="ID", help="文件：属于哪个条目；可写多次")
@click.option(
    "--disclosure",
    "--公开方式",
    "disclosure",
    default="",
    type=click.Choice(["", "主动公开", "依申请公开"]),
    help="文件：自己没有写明的，都按这个公开方式；不写就先不公开",
)
@click.option(
    "--published-on",
    "--发布日期",
    "published_on",
    type=Day(),
    default=None,
    help="文件：自己没有写明的，都按这一天发布，例如今天的日期",
)
@click.option("--base-url", metavar="URL", default="", help="文件：旧网页原来的网址，到所在的文件夹为止")
@click.option(
    "--redirects",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="文件：把新旧网址对照表写到这个文件夹",
)
@click.option("--column-url", metavar="URL", default="/", help="文件：新栏目放在网站的哪里，例如 /zwgk/")
@click.option("--overwrite", is_flag=True, help="文件：手工改过的信息也换成来源里的（有不公开内容的正文除外）")
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
    """把 Excel、CSV、Word、网页里的目录表，和 Word、网页、Markdown、JSON 文件（或整个文件夹）导入 SITE（默认当前文件夹）。

    有目录表头的是目录，其他的是文件。先显示认出了什么、要改什么，加 --yes 才写入。

    Imports catalogues and documents: shows what was understood and the difference first, writes only with --yes.
    Entries keep their ids when rows move or are reworded; comments and keys of your own stay.
    """
    files, site = _files_and_site(options["paths"])
    report = options["report"]
    if report is not None and report.suffix.lower() not in REPORTS:
        raise click.UsageError("--report 要以 .html、.txt 或 .json 结尾  (must end in .html, .txt or .json)")
    found = _import_all(files, site, options)
    if wants_json(options):
        result = import_data(found, write=options["yes"])
        show_all(found.findings, Path(), options["lang"], as_json=True, result=result)
    else:
        _tell(found, options)
    if report is not None:
        _write_report(report, found, options)
    return exit_code(found.findings, strict=False)


def _files_and_site(paths: tuple[Path, ...]) -> tuple[tuple[Path, ...], Path]:
    """A folder that comes last is the site, unless it is all that was named and is none."""
    last = paths[-1]
    if last.is_dir() and (len(paths) > 1 or _is_site(last)):
        files, site = paths[:-1], last
    else:
        files, site = paths, Path()
    if not files:
        raise click.UsageError("请写明要导入的文件，例如 zwgk import 目录.xlsx  (name the files to import)")
    return files, site


def _is_site(folder: Path) -> bool:
    from zwgk_site.stages.load.site_file import site_file_name

    return bool(site_file_name(folder))


def _import_all(files: tuple[Path, ...], site: Path, options: Options) -> Outcome:
    """Catalogues first, so that documents find their entries."""
    from zwgk_site.pipeline.import_kinds import sort_by_kind

    found = Outcome()
    catalogs, documents = sort_by_kind(files)
    if catalogs:
        _import_catalogs(catalogs, site, options, found)
    if documents:
        imported = _import_documents(documents, site, options)
        found.documents = imported.value
        found.findings += imported.findings
    return found


def _import_catalogs(files: tuple[Path, ...], site: Path, options: Options, found: Outcome) -> None:
    from zwgk_site.cli.options import moment_of
    from zwgk_site.pipeline.import_catalog import ImportRequest, plan_import

    request = ImportRequest(
        files,
        site,
        department=options["department"],
        maps=options["maps"],
        sheet=options["sheet"],
        today=moment_of(options["today"])[:10],
        output=options["output"],
    )
    planned = plan_import(request)
    found.catalog, found.findings = planned.value, planned.findings
    if options["yes"] and not exit_code(found.findings, strict=False):
        found.written, refused = _write(site, planned.value)
        found.findings += refused


def _import_documents(files: tuple[Path, ...], site: Path, options: Options) -> Checked[ImportedDocuments]:
    from zwgk_site.pipeline.import_documents import ImportRequest, import_documents

    request = ImportRequest(
        site,
        files,
        options["department"],
        options["entries"],
        options["disclosure"],
        options["base_url"],
        options["redirects"],
        options["column_url"],
        options["overwrite"],
        options["yes"],
        published_on=options["published_on"] or "",
    )
    return import_documents(request)


def _write(site: Path, planned: CatalogImport | None) -> tuple[bool, tuple[Diagnostic, ...]]:
    """Whether the file was written, and a finding if somebody changed it in the meantime."""
    from zwgk_site.diagnostics import Span
    from zwgk_site.exchange.rules import CHANGED_MEANWHILE
    from zwgk_site.pipeline.new_files import put_file
    from zwgk_site.stages.publish import machine_faults

    if planned is None or planned.change is None:
        return False, ()
    with machine_faults(site / planned.change.file):
        if put_file(site, planned.change):
            return True, ()
    return False, (CHANGED_MEANWHILE.at(Span(planned.change.file)),)


def _tell(found: Outcome, options: Options) -> None:
    from zwgk_site.cli.import_documents_report import show_documents, summary
    from zwgk_site.cli.reports.import_words import closing_line, import_lines

    language, site_of_findings = options["lang"], Path()
    failed = bool(exit_code(found.findings, strict=False))
    if found.catalog is not None:
        for line in import_lines(found.catalog, language):
            click.echo(line)
    if found.documents is not None:
        show_documents(found.documents, language, write=options["yes"])
    show_all(found.findings, site_of_findings, language)
    if found.catalog is not None or found.documents is None:
        click.echo(closing_line(found.catalog, language, failed=failed, written=found.written))
    if found.documents is not None:
        for line in summary(found.documents, language, write=options["yes"]):
            click.echo(line)


def _write_report(file: Path, found: Outcome, options: Options) -> None:
    import json

    from zwgk_site.cli.import_documents_report import document_lines
    from zwgk_site.cli.report import write_report
    from zwgk_site.cli.reports.import_html import import_page
    from zwgk_site.cli.reports.import_words import report_lines
    from zwgk_site.cli.show import findings_json

    suffix, language = file.suffix.lower(), options["lang"]
    lines = document_lines(found.documents, language, write=options["yes"]) if found.documents is not None else []
    if suffix == ".html":
        text = import_page(found.catalog, found.findings, language, lines)
    elif suffix == ".json":
        data = {**import_data(found, write=options["yes"]), "findings": findings_json(found.findings)}
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    else:
        text = "\n".join([*lines, *report_lines(found.catalog, found.findings, language), ""])
    write_report(file, text.encode("utf-8", "replace"))


def import_data(found: Outcome, *, write: bool) -> dict[str, Any]:
    """What programs get: tables as understood, the difference as `zwgk diff --json` gives it, each document and its file."""
    from zwgk_site.cli.diff_command import diff_data
    from zwgk_site.cli.import_documents_report import documents_data

    planned = found.catalog
    data: dict[str, Any] = {"format": 1, "written": found.written, "tables": [], "diff": diff_data(())}
    if planned is not None:
        data |= {
            "department": planned.code,
            "file": planned.change.file if planned.change is not None else "",
            "added": planned.added,
            "changed": planned.changed,
            "unchanged": planned.unchanged,
            "removed": planned.removed,
            "tables": [msgspec.to_builtins(table) for table in planned.understood],
            "diff": diff_data(planned.diff),
        }
    if found.documents is not None:
        data |= documents_data(found.documents, write=write)
        data["written"] = found.written or any(item.written for item in found.documents.documents)
    return data
