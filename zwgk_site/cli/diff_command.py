"""`zwgk diff`: what differs between two catalogues, two sites, two outputs, or a site and what is published of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from zwgk_site.cli.options import language_option

if TYPE_CHECKING:
    from zwgk_site.diagnostics import Checked
    from zwgk_site.pipeline.compared import DepartmentDiff, Side

FORMAT = 1
_RELEASE = re.compile(r"release:(\d{1,9})", re.ASCII)


class Options(TypedDict):
    """What may be asked of a comparison."""

    old: str
    new: str
    department: str | None
    output: Path
    output_format: str
    as_json: bool
    exit_code: bool
    lang: str


@click.command(
    epilog="例 (example):  zwgk diff wjj-old.yaml catalogs/wjj.yaml    zwgk diff public .    "
    "zwgk diff release:6 public --department wjj --format html > diff.html",
    short_help="对比两份目录：新增、撤销、修改了什么",
)
@click.argument("old")
@click.argument("new")
@click.option("--department", metavar="CODE", help="只对比这个部门  (this department alone)")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default="public",
    help="release:N 指哪个已生成的网站，默认 public  (whose releases release:N means)",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    help="输出形式 (output format)",
)
@click.option("--json", "as_json", is_flag=True, help="同 --format json")
@click.option("--exit-code", is_flag=True, help="有差别时退出码为 1  (exit with 1 if there is a difference)")
@language_option
def command(**options: Unpack[Options]) -> int:
    """对比 OLD 和 NEW：一个目录文件、一个栏目文件夹、一个已生成的网站，或 release:N（网站以前的一版）。

    Compares two states of the catalogues: rows added, taken off and changed, value by value; the order does not count.
    Each is a catalogue file, a site's folder, an output, or release:N of an output.
    """
    from zwgk_site.pipeline.compared import compare_sides

    language = options["lang"]
    output_format = "json" if options["as_json"] else options["output_format"]
    names = options["old"], options["new"]
    whole = [_read(name, options["output"]) for name in names]
    code = options["department"] or _alone(whole, names)
    old, new = (_only(side, code) for side in whole)
    if _tell_faults((old, new), names, language, as_json=output_format == "json"):
        return 1
    if options["department"] and not old.value and not new.value:
        raise click.UsageError(f"两边都没有部门 {code}  (no such department on either side)")
    differing = compare_sides(old.value, new.value)
    _show(differing, names, output_format, language)
    return 1 if differing and options["exit_code"] else 0


def _read(written: str, output: Path) -> Checked[Side]:
    from zwgk_site.pipeline.compared import read_output, read_side
    from zwgk_site.stages.publish import read_only_output, release_reader

    release = _RELEASE.fullmatch(written)
    if release:
        return read_output(release_reader(read_only_output(output), int(release[1])))
    path = Path(written)
    if not path.exists():
        raise click.UsageError(f"没有这个文件或文件夹：{written}  (no such file or folder)")
    return read_side(path)


def _alone(sides: list[Checked[Side]], names: tuple[str, str]) -> str | None:
    """The department of the one catalogue file that is compared with a whole site, if that is what is asked."""
    files = [side for side, name in zip(sides, names, strict=True) if Path(name).is_file()]
    return next(iter(files[0].value), None) if len(files) == 1 else None


def _only(side: Checked[Side], code: str | None) -> Checked[Side]:
    """The errors of a side, and its catalogues; with `code` those of one department, or of a file that stands by itself."""
    from zwgk_site.cli.findings import department_of
    from zwgk_site.diagnostics import Checked, Severity

    errors = [finding for finding in side.findings if finding.severity is Severity.ERROR]
    if code is None:
        return Checked(side.value, tuple(errors))
    concerned = tuple(finding for finding in errors if department_of(finding) in ("", code))
    return Checked({name: catalog for name, catalog in side.value.items() if name == code}, concerned)


def _tell_faults(
    sides: tuple[Checked[Side], Checked[Side]], names: tuple[str, str], language: str, *, as_json: bool
) -> bool:
    """Whether a side was not read whole: what is missing would look as if it had been taken off."""
    from zwgk_site.cli.report import show_all

    if as_json and (errors := (*sides[0].findings, *sides[1].findings)):
        show_all(errors, Path(), language, as_json=True)
        return True
    for side, name in zip(sides, names, strict=True):
        if side.findings:
            path = Path(name)
            show_all(side.findings, path.parent if path.is_file() else path, language)
    return any(side.findings for side in sides)


def _show(found: tuple[DepartmentDiff, ...], names: tuple[str, str], output_format: str, language: str) -> None:
    if output_format == "json":
        import json

        click.echo(json.dumps(diff_data(found), ensure_ascii=False, indent=1))
    elif output_format == "html":
        from zwgk_site.cli.reports.diff_html import diff_page

        click.echo(diff_page(found, names, language), nl=False)
    else:
        from zwgk_site.cli.reports.diff_words import diff_lines

        for line in diff_lines(found, language):
            click.echo(line)


def diff_data(found: tuple[DepartmentDiff, ...]) -> dict[str, Any]:
    """What programs get: the same rows as in `changes.json`, by department."""
    import msgspec

    departments = []
    for diff in found:
        rows = msgspec.to_builtins(diff.rows)
        lists = {name: rows.get(name, []) for name in ("added", "removed", "changed")}
        departments.append({"code": diff.code, "name": diff.name, "state": diff.state, **lists})
    return {"format": FORMAT, "equal": not found, "departments": departments}
