"""`zwgk check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from zwgk_site.cli.options import language_option, moment_of, site_argument, today_option
from zwgk_site.cli.report import FORMATS, exit_code, report_bytes, show_all, text_report, write_report

if TYPE_CHECKING:
    from zwgk_site.cli.day_counts import DayCounts
    from zwgk_site.cli.reports.subject import Report
    from zwgk_site.diagnostics import Checked
    from zwgk_site.pipeline.check import CheckedSite

_ENDINGS = {".json": "json", ".sarif": "sarif", ".xlsx": "xlsx", ".html": "html", ".htm": "html", ".txt": "text"}


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
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写到这个文件；没写 --format 时看文件名的结尾  (write the report to a file)",
)
@click.option(
    "--trend",
    "trend_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="在这个文件里添一行本次的总数，网页报告据此画出变化  (append the totals to a file)",
)
@language_option
def command(**options: Unpack[Options]) -> int:
    """只检查，不生成：列出生成时会发现的全部问题。只写 --report 和 --trend 指定的文件，别的什么也不写。

    Finds everything that a build would find; writes only the files asked for by --report and --trend. Exit code 1 if
    there are errors, or files to return under --gate.
    """
    from zwgk_site.cli.day_counts import day_counts
    from zwgk_site.pipeline.check import check_site
    from zwgk_site.pipeline.request import BuildRequest

    form = _form(options)
    site, moment = options["site"], moment_of(options["today"])
    found = check_site(BuildRequest(site, options["output"] or site / "public", moment, jobs=options["jobs"]))
    report = _with_trend(_report(found, moment, site, gate=options["gate"]), options["trend_file"])
    _tell(report, found.value, options, form, day_counts(moment, site))
    failed = found.value is None or bool(report.returned)
    return exit_code(found.findings, strict=options["strict"], failed=failed)


def _form(options: Options) -> str:
    """The form asked for, or that of the file's name; a form that does not go with the name or the terminal is refused."""
    file = options["report_file"]
    of_name = _ENDINGS.get(file.suffix.lower(), "") if file else ""
    form = "json" if options["as_json"] else options["output_format"] or of_name or "text"
    if of_name and form != of_name:
        raise click.UsageError(f"“{file}”的结尾和 --format {form} 不一致  (the name says {of_name})")
    if form == "xlsx" and file is None:
        raise click.UsageError("表格要写到文件里，例如 --report 体检.xlsx  (xlsx needs --report FILE)")
    return form


def _report(found: Checked[CheckedSite | None], moment: str, site: Path, *, gate: bool) -> Report:
    from zwgk_site.cli.reports.subject import Report, sum_departments
    from zwgk_site.cli.returned import returned_files

    seen, findings = found.value, found.findings
    returned = returned_files(findings, site) if gate else None
    if seen is None:
        return Report(moment, findings, sum_departments(findings, (), {}, {}), returned=returned, complete=False)
    names = {item.code: item.name for item in seen.performance}
    return Report(
        moment,
        findings,
        sum_departments(findings, seen.held, names, {item.code: item.performance for item in seen.performance}),
        seen.departments,
        seen.entries,
        seen.documents,
        returned=returned,
        waived=seen.waived,
    )


def _with_trend(report: Report, file: Path | None) -> Report:
    """The report with the checks of the trend file; its own line is added first, unless it was not done to its end."""
    if file is None:
        return report
    import msgspec

    from zwgk_site.cli.reports.subject import trend_point
    from zwgk_site.cli.reports.trend import append_trend, read_trend

    if report.complete:
        append_trend(file, trend_point(report))
    return msgspec.structs.replace(report, trend=read_trend(file))


def _tell(report: Report, seen: CheckedSite | None, options: Options, form: str, days: DayCounts) -> None:
    """The report to its file and the text to the terminal; or, without a file, the report to the terminal."""
    language, file = options["lang"], options["report_file"]
    if file is None and form != "text":
        click.echo(report_bytes(report, form, language, days), nl=False)
        return
    if file is not None:
        text = form == "text"
        write_report(
            file,
            text_report(report, language, days) if text else report_bytes(report, form, language, days),
        )
    show_all(report.findings, options["site"], language, quiet=options["quiet"], days=days)
    for line in _closing(report, seen, file, language):
        click.echo(line)


def _closing(report: Report, seen: CheckedSite | None, file: Path | None, language: str) -> list[str]:
    """What stands below the findings: files to return, what is waived, the sum, where the report is."""
    from zwgk_site.cli.returned import returned_lines
    from zwgk_site.cli.show import plain_text

    zh = language == "zh"
    lines = [] if report.returned is None else [*map(plain_text, returned_lines(report.returned, language))]
    if report.waived:
        count = len(report.waived)
        lines.append(f"另有 {count} 条按理由不再提示。" if zh else f"{count} more waived, with reasons.")
    lines.append(_sentence(seen, report.today, language, clean=not report.findings))
    if file is not None:
        lines.append(f"报告已写入 {file}" if zh else f"report written to {file}")
    return lines


def _sentence(seen: CheckedSite | None, today: str, language: str, *, clean: bool) -> str:
    if seen is None:
        return (
            "没有检查完：请先改正上面的错误。"
            if language == "zh"
            else "not checked to the end: mend the errors above first."
        )
    if language == "en":
        held = f"; a build would hold back: {', '.join(seen.held)}" if seen.held else ""
        counts = f"{seen.departments} departments, {seen.entries} entries, {seen.documents} documents"
        return f"checked as of {today}: {counts}{held}{'; no findings.' if clean else ''}"
    held = f"\n生成时会暂缓更新的部门（保留上一版）：{'、'.join(seen.held)}" if seen.held else ""
    counts = f"{seen.departments} 个部门、{seen.entries} 个条目、{seen.documents} 份文件"
    return f"体检 {today}：{counts}。{'没有发现问题。' if clean else ''}{held}"
