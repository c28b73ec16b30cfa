"""`zwgk check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from zwgk_site.cli.options import format_options, language_option, moment_of, site_argument, today_option
from zwgk_site.cli.report import exit_code, show_all

if TYPE_CHECKING:
    from zwgk_site.pipeline.check import CheckedSite


class Options(TypedDict):
    """What may be asked of a check."""

    site: Path
    output: Path | None
    today: str | None
    jobs: int
    gate: bool
    strict: bool
    quiet: bool
    output_format: str
    as_json: bool
    lang: str


@click.command(
    epilog="例 (example):  zwgk check .    zwgk check . --today 2026-11-21 --json",
    short_help="只检查，不生成",
)
@site_argument
@click.option(
    "--output", type=click.Path(path_type=Path), default=None, help="已生成的网站，用来核对网址；默认 栏目/public"
)
@today_option
@click.option("--jobs", type=click.IntRange(0, 256), default=0, help="同时处理的进程数，默认每个核一个")
@click.option("--gate", is_flag=True, help="把关用：有警告也算失败（目前与 --strict 相同）  (warnings fail, too)")
@click.option("--strict", is_flag=True, help="有警告也算失败  (warnings fail)")
@click.option("--quiet", is_flag=True, help="只显示错误和结果")
@format_options
@language_option
def command(**options: Unpack[Options]) -> int:
    """只检查，不生成：列出生成时会发现的全部问题，不写任何文件。

    Finds everything that a build would find and writes nothing. Exit code 1 if there are errors.
    """
    from zwgk_site.pipeline.check import check_site
    from zwgk_site.pipeline.request import BuildRequest

    site, language = options["site"], options["lang"]
    moment = moment_of(options["today"])
    found = check_site(BuildRequest(site, options["output"] or site / "public", moment, jobs=options["jobs"]))
    seen = found.value
    as_json = options["as_json"] or options["output_format"] == "json"
    result = None
    if seen is not None:
        result = {
            "today": moment[:10],
            "departments": seen.departments,
            "held": list(seen.held),
            "entries": seen.entries,
            "documents": seen.documents,
        }
    show_all(found.findings, site, language, as_json=as_json, quiet=options["quiet"], result=result)
    if not as_json:
        click.echo(_sentence(seen, moment[:10], language, clean=not found.findings))
    return exit_code(found.findings, strict=options["strict"] or options["gate"], failed=seen is None)


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
