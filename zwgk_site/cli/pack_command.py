"""`zwgk pack`."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from zwgk_site.cli.main import EXIT_MACHINE
from zwgk_site.cli.options import format_options, language_option, site_argument, wants_json
from zwgk_site.cli.report import exit_code, show_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zwgk_site.diagnostics import Checked, Diagnostic
    from zwgk_site.stages.publish.folder import OutputFolder
    from zwgk_site.stages.publish.pack import Packing

_MACHINE = {"ZW751", "ZW758"}
"""Findings that are the machine's: no room, a failing stick."""


class Options(TypedDict):
    """What may be asked for."""

    site: Path
    zip_file: Path | None
    usb: Path | None
    output: Path | None
    profile: str
    output_format: str
    as_json: bool
    lang: str


@click.command(
    epilog="例 (example):  zwgk pack . --zip ../公开栏目.zip    zwgk pack . --usb E:\\公开栏目    "
    "zwgk pack . --usb E:\\终端 --profile kiosk",
    short_help="打成压缩包，或写到 U 盘",
)
@site_argument
@click.option("--zip", "zip_file", type=click.Path(path_type=Path), default=None, help="写成这个压缩包")
@click.option(
    "--usb",
    type=click.Path(path_type=Path),
    default=None,
    help="复制到这个文件夹：空的，或者以前复制过的；中断了再运行一次",
)
@click.option("--output", type=click.Path(path_type=Path), default=None, help="已生成的网站，默认 栏目/public")
@click.option(
    "--profile", type=click.Choice(["web", "kiosk"]), default="web", help="kiosk：查阅点用的副本，取自 public-kiosk"
)
@format_options
@language_option
def command(**options: Unpack[Options]) -> int:
    """把已生成的栏目打成压缩包，或复制到 U 盘，附上校验清单和校验网页。草稿不能打包；没有公开的内容不会带出去。

    Packs the built column with a manifest and the means to verify it. Packs what stands: build first.
    """
    from zwgk_site.pipeline.request import INPUT_FOLDERS, output_folder
    from zwgk_site.stages.publish import read_only_output
    from zwgk_site.stages.publish.pack import list_release
    from zwgk_site.stages.publish.pack.place import overlaps

    target = options["zip_file"] or options["usb"]
    if target is None or (options["zip_file"] and options["usb"]):
        raise click.UsageError(
            "请写 --zip 或者 --usb，写一个，例如  zwgk pack . --zip 公开栏目.zip  (give --zip or --usb)"
        )
    site, language = options["site"], options["lang"]
    as_json = wants_json(options)
    folder = read_only_output(output_folder(site, options["output"], kiosk=options["profile"] == "kiosk"))
    places = (folder.path, folder.state, *(site / name for name in INPUT_FOLDERS))
    findings: tuple[Diagnostic, ...] = tuple(overlaps(target, places))
    listed = list_release(folder)
    findings += listed.findings
    result: dict[str, Any] | None = None
    if listed.value is not None and not findings:
        shown = sys.stderr.isatty() and not as_json
        done = _pack(folder, listed.value, target, is_zip=options["zip_file"] is not None, shown=shown)
        findings, result = done.findings, done.value
    show_all(findings, site, language, as_json=as_json, result=result)
    if result is not None and not as_json:
        for line in _sentences(result, language):
            click.echo(line)
    if _MACHINE & {finding.code for finding in findings}:
        return EXIT_MACHINE
    return exit_code(findings, strict=False, failed=result is None)


def _pack(
    folder: OutputFolder, packing: Packing, target: Path, *, is_zip: bool, shown: bool
) -> Checked[dict[str, Any] | None]:
    """What was done, as data, or why it was not."""
    from zwgk_site.stages.publish.pack import copy_to_stick, write_zip

    facts = {"release": packing.built_on, "digest": packing.digest, "files": len(packing.files), "bytes": packing.size}
    with _progress(packing.size, shown=shown) as advance:
        if is_zip:
            zipped = write_zip(folder, packing, target, advance)
            if zipped.value is None:
                return zipped.replace(None)
            report = zipped.value
            made = {"zip": str(target), "size": report.size, "sha256": report.checksum}
            return zipped.replace({**facts, **made})
        copied = copy_to_stick(folder, packing, target, advance)
        if copied.value is None:
            return copied.replace(None)
        done = copied.value
        made = {"folder": str(target), "written": done.written, "unchanged": done.unchanged, "removed": done.removed}
        return copied.replace({**facts, **made, "sha256": done.checksum})


@contextlib.contextmanager
def _progress(size: int, *, shown: bool) -> Iterator[Callable[[int], object]]:
    """A bar on a terminal, nothing elsewhere."""
    if not shown:
        yield lambda _: None
        return
    with click.progressbar(length=size, file=sys.stderr, label="", show_pos=False) as bar:
        yield bar.update


def _sentences(result: dict[str, Any], language: str) -> Iterator[str]:
    from zwgk_site.stages.publish.pack.companions import size_words

    zh, files = language == "zh", result["files"]
    if "zip" in result:
        size = size_words(result["size"])
        yield (
            f"已打包 {result['zip']}：{files} 个文件，{size}。"
            if zh
            else f"{result['zip']}: {files} files, {result['size']} bytes."
        )
        yield f"压缩包的 SHA-256：{result['sha256']}" if zh else f"SHA-256 of the zip: {result['sha256']}"
    else:
        done = f"{result['written']}、{result['unchanged']}、{result['removed']}"
        yield (
            f"已复制到 {result['folder']}：共 {files} 个文件（新写、不变、删去旧的：{done}）。双击 index.html 即可查看。"
            if zh
            else f"{result['folder']}: {files} files ({result['written']} written, {result['unchanged']} unchanged, "
            f"{result['removed']} old ones removed). Open index.html."
        )
        yield "拔出以前请先“安全弹出”。" if zh else "Eject the stick before you pull it out."
    yield (
        f"这一版的校验值（可另行告诉对方，与 校验.html 上的比较）：{result['digest']}"
        if zh
        else f"digest of this release, to compare with 校验.html: {result['digest']}"
    )
