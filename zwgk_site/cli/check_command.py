"""`zwgk check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from zwgk_site.cli.making_reports import form_of_file, known_form, make_report, report_options, with_trend, write_form
from zwgk_site.cli.options import language_option, moment_of, site_argument, today_option
from zwgk_site.cli.report import FORMATS, exit_code, report_bytes, show_all

if TYPE_CHECKING:
    from zwgk_site.cli.day_counts import DayCounts
    from zwgk_site.cli.reports.subject import Report


class Options(TypedDict):
    """What may be asked of a check."""

    site: Path
    output: Path | None
    today: str | None
    jobs: int
    gate: bool
    strict: bool
    quiet: bool
    output_format: str | None
    report_file: Path | None
    trend_file: Path | None
    as_json: bool
    lang: str


@click.command(
    epilog="例 (example):  zwgk check .    zwgk check . --report 体检.xlsx    zwgk check . --gate --json",
    short_help="只检查，不生成",
)
@site_argument
@click.option(
    "--output", type=click.Path(path_type=Path), default=None, help="已生成的网站，用来核对网址；默认 栏目/public"
)
@today_option
@click.option("--jobs", type=click.IntRange(0, 256), default=0, help="同时处理的进程数，默认每个核一个")
@click.option("--gate", is_flag=True, help="把关用：列出要退回的文件，有就算失败  (files to return; any fails)")
@click.option("--strict", is_flag=True, help="有警告也算失败  (warnings fail)")
@click.option("--quiet", is_flag=True, help="只显示错误和结果")
@click.option("--json", "as_json", is_flag=True, help="同 --format json")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default=None, help="形式，默认 text")
@report_options
@language_option
def command(**options: Unpack[Options]) -> int:
    """只检查，不生成：列出生成时会发现的全部问题。只写 --report 和 --trend 指定的文件，别的什么也不写。

    Finds everything that a build would find; writes only the files asked for by --report and --trend. Exit code 1 if
    there are errors, or files to return under --gate.
    """
    from zwgk_site.cli.day_counts import day_counts
    from zwgk_site.pipeline.check import check_site
    from zwgk_site.pipeline.request import BuildRequest, output_folder

    form = _form(options)
    site, moment = options["site"], moment_of(options["today"])
    found = check_site(BuildRequest(site, output_folder(site, options["output"]), moment, jobs=options["jobs"]))
    made = make_report(found.findings, found.value, moment, gate_of=site if options["gate"] else None)
    report = with_trend(made, options["trend_file"])
    _tell(report, options, form, day_counts(moment, site))
    failed = not report.complete or bool(report.returned)
    return exit_code(found.findings, strict=options["strict"], failed=failed)


def _form(options: Options) -> str:
    """The form asked for, or that of the file's name; a form that does not go with the name or the terminal is refused."""
    file = options["report_file"]
    of_name = form_of_file(file)
    form = "json" if options["as_json"] else options["output_format"] or (known_form(file) if file else "text")
    if of_name and form != of_name:
        raise click.UsageError(f"“{file}”的结尾和 --format {form} 不一致  (the name says {of_name})")
    if form == "xlsx" and file is None:
        raise click.UsageError("表格要写到文件里，例如 --report 体检.xlsx  (xlsx needs --report FILE)")
    return form


def _tell(report: Report, options: Options, form: str, days: DayCounts) -> None:
    """The report to its file and the text to the terminal; or, without a file, the report to the terminal."""
    from zwgk_site.cli.closing import closing_lines

    language, file, root = options["lang"], options["report_file"], options["site"]
    if file is None and form != "text":
        click.echo(report_bytes(report, form, language, days), nl=False)
        return
    if file is not None:
        write_form(report, file, form, language=language, days=days)
    show_all(report.findings, root, language, quiet=options["quiet"], days=days)
    for line in closing_lines(report, language, file):
        click.echo(line)
