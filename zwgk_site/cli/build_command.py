"""`zwgk build`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from zwgk_site.cli.making_reports import known_form, make_report, report_options, with_trend, write_form
from zwgk_site.cli.options import format_options, language_option, moment_of, site_argument, today_option, wants_json
from zwgk_site.cli.report import exit_code, show_all

if TYPE_CHECKING:
    from zwgk_site.diagnostics import Checked
    from zwgk_site.pipeline.build import Release
    from zwgk_site.pipeline.stats import Stats


class Options(TypedDict):
    """What may be asked of a build."""

    site: Path
    output: Path | None
    previous: Path | None
    jobs: int
    today: str | None
    draft: bool
    profile: str
    compact: bool
    changed: tuple[str, ...]
    stats: Path | None
    strict: bool
    quiet: bool
    report_file: Path | None
    trend_file: Path | None
    output_format: str
    as_json: bool
    lang: str


@click.command(epilog="例 (example):  zwgk build . --output public --jobs 4")
@site_argument
@click.option("--output", type=click.Path(path_type=Path), default=None, help="输出文件夹，默认 栏目/public")
@click.option(
    "--previous", type=click.Path(exists=True, file_okay=False, path_type=Path), default=None, help="上一版的文件夹"
)
@click.option("--jobs", type=click.IntRange(0, 256), default=0, help="同时处理的进程数，默认每个核一个")
@today_option
@click.option("--draft", is_flag=True, help="草稿：含有问题和未到时间的内容，写到 public-draft，不得发布")
@click.option(
    "--profile", type=click.Choice(["web", "kiosk"]), default="web", help="kiosk：查阅点的触摸屏用，写到 public-kiosk"
)
@click.option(
    "--compact", is_flag=True, help="整理检索索引：并成一个，不留旧内容 (one search segment, nothing replaced in it)"
)
@click.option("--changed", multiple=True, type=click.Path(), help="只看这些改动过的文件 (skip the scan)")
@click.option(
    "--stats", type=click.Path(dir_okay=False, path_type=Path), default=None, help="把用时统计写到这个文件 (JSON)"
)
@click.option("--strict", is_flag=True, help="有警告也算失败")
@click.option("--quiet", is_flag=True, help="只显示错误和结果")
@report_options
@format_options
@language_option
def command(**options: Unpack[Options]) -> int:
    """生成栏目：读取、检查、排版、发布。  Read, check, render and publish the column."""
    from zwgk_site.pipeline.build import build_site
    from zwgk_site.pipeline.request import BuildRequest, output_folder
    from zwgk_site.pipeline.stats import Stats

    if options["report_file"] is not None:
        known_form(options["report_file"])
    spare_collector()
    site, draft = options["site"], options["draft"]
    kiosk = options["profile"] == "kiosk"
    target = output_folder(site, options["output"], draft=draft, kiosk=kiosk)
    moment, figures = moment_of(options["today"]), Stats()
    request = BuildRequest(
        site, target, moment, options["previous"], options["jobs"], draft, options["changed"], options["compact"], kiosk
    )
    built = build_site(request, figures)
    if options["stats"] is not None:
        _write_stats(options["stats"], figures, built.value)
    _tell(built, options, target, moment, figures.report()["wall_seconds"])
    return exit_code(built.findings, strict=options["strict"], failed=built.value is None)


def _write_stats(file: Path, figures: Stats, release: Release | None) -> None:
    report = figures.report()
    if release is not None:
        report["pages"] = {"written": release.written, "removed": release.removed, "skipped": release.unchanged}
    file.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _tell(built: Checked[Release | None], options: Options, target: Path, moment: str, seconds: float) -> None:
    """The findings to the terminal and to the files asked for, then what was done."""
    from zwgk_site.cli.day_counts import day_counts

    site, language, file = options["site"], options["lang"], options["report_file"]
    days, release = day_counts(moment, site), built.value
    if file is not None or options["trend_file"] is not None:
        standing = release.standing if release is not None else None
        report = with_trend(make_report(built.findings, standing, moment), options["trend_file"])
        if file is not None:
            write_form(report, file, known_form(file), language=language, days=days)
    as_json = wants_json(options)
    result = None if release is None else _result(release, target)
    quiet = options["quiet"]
    show_all(built.findings, site, language, as_json=as_json, quiet=quiet, result=result, days=days)
    if not as_json:
        click.echo(_sentence(release, target, seconds, language))
        if file is not None:
            click.echo(f"报告已写入 {file}" if language == "zh" else f"report written to {file}")


def _result(release: Release, target: Path) -> dict[str, Any]:
    """What `--json` says of a release."""
    return {
        "release": release.number,
        "written": release.written,
        "removed": release.removed,
        "departments": release.departments,
        "held": list(release.held),
        "entries": release.entries,
        "documents": release.documents,
        "output": str(target),
    }


def spare_collector() -> None:
    """A build makes millions of values and hardly a cycle: looking for cycles would cost a third of its time."""
    import gc

    gc.freeze()
    gc.set_threshold(2_000_000, 20, 100)


def _sentence(release: Release | None, target: Path, seconds: float, language: str) -> str:
    if release is None:
        return (
            "没有生成任何内容：请先改正上面的错误。"
            if language == "zh"
            else "nothing was built: mend the errors above first."
        )
    if language == "en":
        what = f"{release.departments} departments, {release.entries} entries, {release.documents} documents"
        return f"{target}: wrote {release.written} files, removed {release.removed} ({what}; {seconds:.2f} s)" + (
            f"; held back: {', '.join(release.held)}" if release.held else ""
        )
    what = f"{release.departments} 个部门、{release.entries} 个条目、{release.documents} 份文件"
    if release.written or release.removed:
        done = f"已生成 {target}：写入 {release.written} 个文件，移除 {release.removed} 个"
    else:
        done = f"{target} 已是最新，写入 0 个文件"
    held = f"\n暂缓更新的部门（保留上一版）：{'、'.join(release.held)}" if release.held else ""
    return f"{done}（{what}），用时 {seconds:.2f} 秒。{held}"
