"""`zwgk rollback`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from zwgk_site.cli.options import format_options, language_option, wants_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.stages.publish import ReleaseRecord


class Options(TypedDict):
    """What may be asked of a roll-back."""

    output: Path | None
    site: Path | None
    to: int | None
    list_only: bool
    output_format: str
    as_json: bool
    lang: str


@click.command(
    epilog="例 (example):  zwgk rollback --list    zwgk rollback public --to 6    zwgk rollback --site .",
    short_help="退回上一版",
)
@click.argument("output", required=False, type=click.Path(path_type=Path))
@click.option(
    "--site", type=click.Path(exists=True, file_okay=False, path_type=Path), help="栏目文件夹，网站在它的 public 里"
)
@click.option("--to", type=click.IntRange(min=1), help="退回到第几版，默认上一版")
@click.option("--list", "list_only", is_flag=True, help="只列出各版，不退回")
@format_options
@language_option
def command(**options: Unpack[Options]) -> int:
    """把已生成的网站退回到以前的一版。撤回、删减以前的版本不能退回：已撤下的内容不得恢复。

    Takes the published column back to an earlier release; never past a withdrawal. The inputs stay as they are.
    """
    from zwgk_site.pipeline.request import output_folder
    from zwgk_site.stages.publish import open_output, read_only_output, roll_back
    from zwgk_site.stages.publish.store import read_numbers

    if options["output"] is not None and options["site"] is not None:
        raise click.UsageError("网站文件夹和 --site 只写一个  (OUTPUT or --site, not both)")
    target = output_folder(options["site"] or Path(), options["output"])
    as_json = wants_json(options)
    folder = read_only_output(target)
    before = read_numbers(folder).standing
    if options["list_only"]:
        return _list(target, options["lang"], as_json=as_json)
    with open_output(target) as opened:
        now = roll_back(opened, options["to"])
    if as_json:
        click.echo(
            json.dumps({"format": 1, "from": before, "to": now, "output": str(target)}, ensure_ascii=False, indent=1)
        )
    elif options["lang"] == "en":
        click.echo(
            f"{target}: back to release {now} (was {before}). The next build publishes your files as they are then."
        )
    else:
        click.echo(f"{target} 已退回到第 {now} 版（原为第 {before} 版）。下次生成时仍按那时的文件公开。")
    return 0


def _list(target: Path, language: str, *, as_json: bool) -> int:
    from zwgk_site.stages.publish import list_releases, reachable_releases, read_only_output
    from zwgk_site.stages.publish.store import read_numbers

    folder = read_only_output(target)
    standing, reachable = read_numbers(folder).standing, reachable_releases(folder)
    records = list_releases(folder)
    if as_json:
        releases = [_as_data(record, standing) for record in records]
        report = {"format": 1, "standing": standing, "reachable": list(reachable), "releases": releases}
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return 0
    for record in records:
        click.echo(_row(record, standing, language))
    for line in _reach(standing, reachable, language):
        click.echo(line)
    return 0


def _as_data(record: ReleaseRecord, standing: int) -> dict[str, object]:
    return {
        "number": record.number,
        "date": record.date,
        "standing": record.number == standing,
        "takedown": record.takedown,
        "added": len(record.added),
        "replaced": len(record.replaced),
        "removed": len(record.removed),
    }


def _row(record: ReleaseRecord, standing: int, language: str) -> str:
    mark = "*" if record.number == standing else " "
    if language == "en":
        counts = f"+{len(record.added)}  ~{len(record.replaced)}  -{len(record.removed)}"
        what = "took content down; nothing older is kept" if record.takedown else counts
        return f"{mark} release {record.number}  {record.date}  {what}"
    counts = f"新增 {len(record.added)}、改动 {len(record.replaced)}、移除 {len(record.removed)} 个文件"
    return f"{mark} 第 {record.number} 版  {record.date}  {'撤回或删减，更早的已清除' if record.takedown else counts}"


def _reach(standing: int, reachable: tuple[int, ...], language: str) -> Iterator[str]:
    if language == "en":
        choices = ", ".join(map(str, reachable)) or "none"
        yield f"release {standing} stands; one can go back to: {choices}"
    else:
        choices = "、".join(map(str, reachable)) or "无"
        yield f"现为第 {standing} 版；可以退回到：{choices}"
