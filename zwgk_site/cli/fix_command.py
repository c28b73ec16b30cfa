"""`zwgk fix`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from zwgk_site.cli.options import format_options, language_option, site_argument, wants_json
from zwgk_site.cli.report import exit_code, show_all

if TYPE_CHECKING:
    from zwgk_site.diagnostics import Diagnostic
    from zwgk_site.exchange.changes import FileChange


class Options(TypedDict):
    """What may be asked of a mend."""

    site: Path
    assign_index_numbers: bool
    encodings: bool
    normal_forms: bool
    links: bool
    yes: bool
    output: Path | None
    output_format: str
    as_json: bool
    lang: str


@click.command(
    epilog="例 (example):  zwgk fix .    zwgk fix . --assign-index-numbers --yes",
    short_help="自动改正：索引号、编码、规范写法、关联",
)
@site_argument
@click.option("--assign-index-numbers", is_flag=True, help="给主动公开而没有索引号的文件编号")
@click.option("--encodings", is_flag=True, help="GBK、UTF-16 和带 BOM 的文件转成 UTF-8；什么都不选时就做这一项")
@click.option("--normal-forms", is_flag=True, help="日期和发文字号改成规范写法，例如 示政发〔2026〕12号")
@click.option(
    "--links", is_flag=True, help="补上正文写明的关联（解读对象、征求意见稿、废止、修改、替代）和被废止文件的有效性"
)
@click.option("--yes", is_flag=True, help="写入文件；不写 --yes 只显示要改什么")
@click.option(
    "--output", type=click.Path(path_type=Path), default=None, help="已生成的网站，其中用过的号不再用；默认 栏目/public"
)
@format_options
@language_option
def command(**options: Unpack[Options]) -> int:
    """自动改正，先显示改动，加 --yes 才写入；注释、顺序和写法都不动。

    Mends what can be mended without asking: shows a diff first and writes only with --yes.
    """
    from zwgk_site.pipeline.mend import plan_mends
    from zwgk_site.pipeline.request import current_moment, output_folder

    site, language = options["site"], options["lang"]
    as_json = wants_json(options)
    numbers = options["assign_index_numbers"]
    forms = options["normal_forms"]
    links_on = current_moment()[:10] if options["links"] else ""
    encodings = options["encodings"] or not (numbers or forms or links_on)
    output = output_folder(site, options["output"])
    planned = plan_mends(site, output, encodings=encodings, numbers=numbers, normal_forms=forms, links_on=links_on)
    if not as_json:
        _show_diffs(planned.value)
    findings = planned.findings
    written: set[str] = set()
    if options["yes"]:
        written, refused = _write_all(site, planned.value)
        findings += refused
    result = {"written": len(written), "changes": [_as_data(change, written) for change in planned.value]}
    show_all(findings, site, language, as_json=as_json, result=result)
    if not as_json:
        click.echo(_sentence(len(planned.value), len(written), language, yes=options["yes"]))
    return exit_code(findings, strict=False)


def _show_diffs(changes: tuple[FileChange, ...]) -> None:
    from zwgk_site.exchange.changes import diff_lines

    colors = {"+": "green", "-": "red", "@": "cyan"}
    for change in changes:
        for line in diff_lines(change):
            plain = "".join(char if char >= " " or char == "\t" else "\ufffd" for char in line)
            click.echo(click.style(plain, fg=colors.get(plain[:1])))


def _write_all(site: Path, changes: tuple[FileChange, ...]) -> tuple[set[str], tuple[Diagnostic, ...]]:
    """The files written, and a finding for each that somebody changed in the meantime."""
    from zwgk_site.diagnostics import Span
    from zwgk_site.exchange.changes import write_change
    from zwgk_site.exchange.rules import CHANGED_MEANWHILE
    from zwgk_site.stages.publish import machine_faults

    written = set()
    refused = []
    for change in changes:
        with machine_faults(site / change.file):
            if write_change(site, change):
                written.add(change.file)
            else:
                refused.append(CHANGED_MEANWHILE.at(Span(change.file)))
    return written, tuple(refused)


def _as_data(change: FileChange, written: set[str]) -> dict[str, object]:
    from zwgk_site.exchange.changes import diff_lines

    return {
        "file": change.file,
        "fixes": [{"kind": kind, "value": value} for kind, value in change.notes],
        "encoding": {"from": change.encoding, "to": change.encoding_after},
        "written": change.file in written,
        "diff": list(diff_lines(change)),
    }


def _sentence(count: int, written: int, language: str, *, yes: bool) -> str:
    if language == "en":
        if not count:
            return "nothing to mend."
        return (
            f"wrote {written} of {count} files."
            if yes
            else f"{count} files would change; nothing written. Add --yes to write."
        )
    if not count:
        return "没有需要改的。"
    return f"已改 {written} 个文件（共 {count} 个）。" if yes else f"要改 {count} 个文件，还没有写入；确认请加 --yes。"
