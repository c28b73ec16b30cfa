"""The commands and what they have in common. Each command's module is imported when it is run."""

from __future__ import annotations

import importlib
import os
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import click

from zwgk_site.diagnostics import SEVERITY_WORDS, Span
from zwgk_site.model.version import VERSION

if TYPE_CHECKING:
    from zwgk_site.diagnostics import Diagnostic

COMMANDS = {
    "init": "新建栏目或部门  (make a site or a department)",
    "import": "导入目录和文件：Excel、Word、网页  (import catalogues and documents)",
    "new": "新建文件、条目、部门  (make a document, an entry, a department)",
    "check": "只检查，不生成  (check without building)",
    "build": "生成栏目  (build the column)",
    "serve": "在本机预览，保存即刷新  (preview on this machine; pages follow each save)",
    "pack": "打成压缩包，或写到 U 盘  (pack the column into a zip or onto a stick)",
    "export": "导出目录：Excel、CSV、Word、网页  (export a catalogue)",
    "fix": "自动改正：索引号、编码、规范写法  (mend index numbers, encodings, normal forms)",
    "diff": "对比两份目录  (compare two catalogues, or two states of a site)",
    "explain": "解释一个提示代码  (explain a code such as ZW118)",
    "schema": "写出编辑器用的格式说明  (write JSON Schemas for editors)",
    "rollback": "退回上一版  (go back to an earlier release)",
    "search": "检索已生成的栏目  (search the published column)",
    "limit": "解释公开时限，推算最后日期  (explain a time limit, count its last day)",
    "doctor": "检查这台电脑能不能用  (see whether this machine is fit)",
}
EXIT_ERRORS, EXIT_USAGE, EXIT_BUG, EXIT_MACHINE = 1, 2, 3, 4


class LazyGroup(click.Group):
    """A group whose commands are imported only when asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """All commands in the order of use."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command's own module under `zwgk_site.cli`."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"zwgk_site.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands without importing any of them."""
        with formatter.section("命令 (commands)"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="例 (example):  zwgk build .    zwgk check .    zwgk explain ZW118",
)
@click.version_option(VERSION, prog_name="zwgk")
def cli() -> None:
    """政府信息公开栏目生成器。  Publishes disclosure catalogues as a static, checked column."""


def main(arguments: list[str] | None = None) -> None:
    """The console script `zwgk`."""
    _speak_utf8()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy would start threads for algebra that nobody does here
    try:
        code = cli.main(args=arguments, prog_name="zwgk", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.UsageError as fault:
        fault.show()
        sys.exit(EXIT_USAGE)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_ERRORS)
    except Exception as fault:  # noqa: BLE001 - the last word: a fault of ours is told plainly
        sys.exit(_tell_fault(fault))
    sys.exit(code if isinstance(code, int) else 0)


def _tell_fault(fault: Exception) -> int:
    from zwgk_site.stages.publish.machine import MachineError

    if isinstance(fault, MachineError):
        return tell_machine(fault.diagnostic)
    if os.environ.get("ZWGK_TRACEBACK"):
        import traceback

        traceback.print_exception(fault)
    from zwgk_site.cli.rule_list import INTERNAL_FAULT

    finding = INTERNAL_FAULT.at(Span(""), kind=type(fault).__name__, fault=str(fault)[:300])
    language = _language()
    word = SEVERITY_WORDS[language][finding.severity]
    click.echo(f"{word} {finding.code} {finding.message(language)}", err=True)
    click.echo(f"   {finding.hint(language)}", err=True)
    return EXIT_BUG


def tell_machine(diagnostic: Diagnostic) -> int:
    """A refusal of the machine: one message, exit code 4."""
    language = _language()
    word = SEVERITY_WORDS[language][diagnostic.severity]
    click.echo(f"{diagnostic.span.file}: {word} {diagnostic.code} {diagnostic.message(language)}", err=True)
    if diagnostic.hint(language):
        click.echo(f"   {diagnostic.hint(language)}", err=True)
    return EXIT_MACHINE


def _language() -> str:
    """The language asked for, where no command is left to ask."""
    words = sys.argv
    asks = "--lang=en" in words or any(pair == ("--lang", "en") for pair in pairwise(words))
    return "en" if asks else "zh"


def _speak_utf8() -> None:
    """GBK consoles and pipes take what they can; nothing fails for a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")
