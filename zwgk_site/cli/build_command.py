"""`zwgk build`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from zwgk_site.cli.options import format_options, language_option, moment_of, site_argument, today_option
from zwgk_site.cli.report import exit_code, show_all


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
    "--compact", is_flag=True, help="整理检索索引：并成一个，不留旧内容 (one search segment, nothing replaced in it)"
)
@click.option("--changed", multiple=True, type=click.Path(), help="只看这些改动过的文件 (skip the scan)")
@click.option(
    "--stats", type=click.Path(dir_okay=False, path_type=Path), default=None, help="把用时统计写到这个文件 (JSON)"
)
@click.option("--strict", is_flag=True, help="有警告也算失败")
@click.option("--quiet", is_flag=True, help="只显示错误和结果")
@format_options
@language_option
def command(  # noqa: PLR0913 - the command's contract
    site: Path,
    output: Path | None,
    previous: Path | None,
    jobs: int,
    today: str | None,
    draft: bool,  # noqa: FBT001
    compact: bool,  # noqa: FBT001
    changed: tuple[str, ...],
    stats: Path | None,
    strict: bool,  # noqa: FBT001
    quiet: bool,  # noqa: FBT001
    output_format: str,
    as_json: bool,  # noqa: FBT001
    lang: str,
) -> int:
    """生成栏目：读取、检查、排版、发布。  Read, check, render and publish the column."""
    from zwgk_site.cli.day_counts import day_counts
    from zwgk_site.pipeline.build import build_site
    from zwgk_site.pipeline.request import BuildRequest
    from zwgk_site.pipeline.stats import Stats

    _spare_collector()
    target = output or site / ("public-draft" if draft else "public")
    request = BuildRequest(site, target, moment_of(today), previous, jobs, draft, changed, compact)
    figures = Stats()
    built = build_site(request, figures)
    release = built.value
    if stats is not None:
        report = figures.report()
        if release is not None:
            report["pages"] = {"written": release.written, "removed": release.removed, "skipped": release.unchanged}
        stats.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    result = None
    if release is not None:
        result = {
            "release": release.number,
            "written": release.written,
            "removed": release.removed,
            "departments": release.departments,
            "held": list(release.held),
            "entries": release.entries,
            "documents": release.documents,
            "output": str(target),
        }
    as_json = as_json or output_format == "json"
    show_all(
        built.findings, site, lang, as_json=as_json, quiet=quiet, result=result, days=day_counts(request.moment, site)
    )
    if not as_json:
        click.echo(_sentence(release, target, figures.report()["wall_seconds"], lang))
    return exit_code(built.findings, strict=strict, failed=release is None)


def _spare_collector() -> None:
    """A build makes millions of values and hardly a cycle: looking for cycles would cost a third of its time."""
    import gc

    gc.freeze()
    gc.set_threshold(2_000_000, 20, 100)


def _sentence(release: object, target: Path, seconds: float, language: str) -> str:
    from zwgk_site.pipeline.build import Release

    if not isinstance(release, Release):
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
