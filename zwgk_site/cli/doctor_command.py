"""`zwgk doctor`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from zwgk_site.cli.main import EXIT_MACHINE
from zwgk_site.cli.options import format_options, language_option, site_argument, wants_json
from zwgk_site.cli.report import exit_code, show_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.pipeline.doctor import Machine


class Options(TypedDict):
    """What may be asked for."""

    site: Path
    output: Path | None
    output_format: str
    as_json: bool
    lang: str


@click.command(epilog="例 (example):  zwgk doctor    zwgk doctor . --json", short_help="检查这台电脑能不能用")
@site_argument
@click.option("--output", type=click.Path(path_type=Path), default=None, help="输出文件夹，默认 栏目/public")
@format_options
@language_option
def command(**options: Unpack[Options]) -> int:
    """检查这台电脑：Python、程序库、编码、磁盘、权限、路径。有问题的说明怎么办；不改动任何东西。

    Looks at Python, libraries, the console, disks, rights and paths, and says what to do. Changes nothing.
    """
    import msgspec

    from zwgk_site.pipeline.doctor import judge_machine, look_at_machine
    from zwgk_site.pipeline.request import current_moment, output_folder

    site, language = options["site"], options["lang"]
    as_json = wants_json(options)
    output, today = output_folder(site, options["output"]), current_moment()[:10]
    machine = look_at_machine(site, output, _lock_file(), console=_console_encoding(), today=today)
    findings = tuple(judge_machine(machine))
    show_all(findings, site, language, as_json=as_json, result=msgspec.to_builtins(machine))
    code = EXIT_MACHINE if exit_code(findings, strict=False) else 0
    if not as_json:
        for line in _facts(machine, language):
            click.echo(line)
        good = "这台电脑可以用。" if language == "zh" else "this machine is fit."
        bad = "请先解决上面的错误。" if language == "zh" else "mend the errors above first."
        click.echo(bad if code else good)
    return code


def _lock_file() -> Path | None:
    """The lock of the repository that this program runs from, if it does."""
    import zwgk_site

    file = Path(zwgk_site.__file__).resolve().parents[1] / "requirements-run.lock"
    return file if file.is_file() else None


def _console_encoding() -> str:
    """What the terminal takes; a pipe or a file is always written in UTF-8."""
    return sys.stdout.encoding or ""


def _facts(machine: Machine, language: str) -> Iterator[str]:
    from zwgk_site.stages.publish.pack.companions import size_words

    zh = language == "zh"
    version = ".".join(map(str, machine.python))
    count = len(machine.installed)
    yield (
        f"Python {version}，{machine.bits} 位，{machine.system}"
        if zh
        else (f"Python {version}, {machine.bits} bits, {machine.system}")
    )
    if machine.locked:
        yield (
            f"程序库：{count} 个，共要 {len(machine.locked)} 个"
            if zh
            else f"libraries: {count} of {len(machine.locked)}"
        )
    yield f"窗口编码：{machine.console}" if zh else f"console: {machine.console}"
    yield f"磁盘剩余：{size_words(machine.free)}" if zh else f"free: {machine.free} bytes"
    built = machine.built_on or ("还没有生成" if zh else "not built")
    yield f"已生成的网站：{built}" if zh else f"built on: {built}"
    yield (
        "不需要：浏览器插件、字体、数据库、服务器软件。" if zh else "not needed: plug-ins, fonts, a database, a server."
    )
