"""A `Report` out of what a check or a build found, and where it goes: `--report FILE`, `--trend FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zwgk_site.cli.report import report_bytes, text_report, write_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwgk_site.cli.day_counts import DayCounts
    from zwgk_site.cli.reports.subject import Report
    from zwgk_site.diagnostics import Diagnostic
    from zwgk_site.pipeline.standing import CheckedSite

_ENDINGS = {".json": "json", ".sarif": "sarif", ".xlsx": "xlsx", ".html": "html", ".htm": "html", ".txt": "text"}


def report_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--report FILE`, `--trend FILE`."""
    function = click.option(
        "--trend",
        "trend_file",
        callback=_in_a_folder,
        type=click.Path(dir_okay=False, path_type=Path),
        help="在这个文件里添一行本次的总数，网页报告据此画出变化  (append the totals to a file)",
    )(function)
    return click.option(
        "--report",
        "report_file",
        callback=_in_a_folder,
        type=click.Path(dir_okay=False, path_type=Path),
        help="把全部问题写到这个文件，形式看文件名的结尾  (write the report to a file, formed by its name)",
    )(function)


def _in_a_folder(_context: click.Context, _option: click.Parameter, file: Path | None) -> Path | None:
    """The file, if the folder is there into which it is to be written: said before the work, not after."""
    if file is not None and not file.parent.is_dir():
        raise click.BadParameter(f"文件夹“{file.parent}”不存在，请先建立  (there is no such folder)")
    return file


def known_form(file: Path) -> str:
    """The form of a report by its name alone; a name that tells none is refused (体检.xls would be no table)."""
    form = form_of_file(file)
    if not form:
        endings = "、".join(_ENDINGS)
        raise click.UsageError(f"看不出“{file}”要什么形式，请改结尾，可以是 {endings}  (unknown ending)")
    return form


def form_of_file(file: Path | None) -> str:
    """The form that the name of the file asks for, or an empty string."""
    return _ENDINGS.get(file.suffix.lower(), "") if file else ""


def make_report(
    findings: tuple[Diagnostic, ...], seen: CheckedSite | None, moment: str, *, gate_of: Path | None = None
) -> Report:
    """What was found, summed up; `gate_of` is the folder of the site if files are to be returned."""
    from zwgk_site.cli.reports.subject import Report, sum_departments
    from zwgk_site.cli.returned import returned_files
    from zwgk_site.statute.score import indicators_of

    returned = None if gate_of is None else returned_files(findings, gate_of)
    if seen is None:
        return Report(moment, findings, sum_departments(findings, (), {}, {}), returned=returned, complete=False)
    names = {item.code: item.name for item in seen.performance}
    performances = {item.code: item.performance for item in seen.performance}
    indicators = indicators_of(seen.weights)
    return Report(
        moment,
        findings,
        sum_departments(findings, seen.held, names, performances, indicators),
        seen.departments,
        seen.entries,
        seen.documents,
        returned=returned,
        waived=seen.waived,
        budget=seen.budget,
        indicators=indicators,
    )


def with_trend(report: Report, file: Path | None) -> Report:
    """The report with the checks of the trend file; its own line is added first, unless it was not done to its end."""
    if file is None:
        return report
    import msgspec

    from zwgk_site.cli.reports.subject import trend_point
    from zwgk_site.cli.reports.trend import append_trend, read_trend

    if report.complete:
        append_trend(file, trend_point(report))
    return msgspec.structs.replace(report, trend=read_trend(file))


def write_form(report: Report, file: Path, form: str, *, language: str, days: DayCounts) -> None:
    """The report to its file, in any form."""
    text = form == "text"
    write_report(file, text_report(report, language, days) if text else report_bytes(report, form, language, days))
