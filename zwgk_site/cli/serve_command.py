"""`zwgk serve`. Rebuilds are made by running build again: the files are not watched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from zwgk_site.cli.options import language_option, moment_of, site_argument, today_option
from zwgk_site.cli.report import show_all

if TYPE_CHECKING:
    from zwgk_site.preview.server import PreviewServer


class Options(TypedDict):
    """What may be asked of a preview."""

    site: Path
    output: Path | None
    today: str | None
    port: int
    host: str
    open_browser: bool
    lang: str


@click.command(
    epilog="例 (example):  zwgk serve .    zwgk serve . --port 8001 --open",
    short_help="在本机预览",
)
@site_argument
@click.option("--output", type=click.Path(path_type=Path), default=None, help="输出文件夹，默认 栏目/public")
@today_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口，0 为任意空闲端口")
@click.option("--host", default="127.0.0.1", show_default=True, help="只在本机可用；0.0.0.0 让同一网络的人也能看")
@click.option("--open", "open_browser", is_flag=True, help="打开浏览器")
@language_option
def command(**options: Unpack[Options]) -> int:
    """先生成一次，再在本机打开预览；按 Ctrl+C 结束。改了文件以后，另开窗口运行 zwgk build，再刷新网页。

    Builds once, then serves the output folder. Rebuilds are made by running build again; nothing is watched.
    """
    from zwgk_site.pipeline.build import build_site
    from zwgk_site.pipeline.request import BuildRequest
    from zwgk_site.preview.server import make_server

    site, language = options["site"], options["lang"]
    target = options["output"] or site / "public"
    built = build_site(BuildRequest(site, target, moment_of(options["today"])))
    show_all(built.findings, site, language, quiet=True)
    if built.value is None:
        click.echo(_not_built((target / "index.html").is_file(), language), err=True)
        if not (target / "index.html").is_file():
            return 1
    try:
        server = make_server(target, options["host"], options["port"])
    except OSError as fault:
        raise _refusal(fault, options["host"], options["port"]) from fault
    _run(server, language, open_browser=options["open_browser"])
    return 0


def _run(server: PreviewServer, language: str, *, open_browser: bool) -> None:
    host, port = server.server_address[:2]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host!s}]" if ":" in str(host) else str(host)  # noqa: S104
    url = f"http://{shown}:{port}/"
    click.echo(f"预览 {url}（按 Ctrl+C 结束）" if language == "zh" else f"preview at {url} (Ctrl+C ends it)")
    if open_browser:
        click.launch(url)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("预览已结束。" if language == "zh" else "preview ended.")
    finally:
        server.server_close()


def _not_built(stands: bool, language: str) -> str:  # noqa: FBT001 - one fact, told in two languages
    if language == "en":
        return (
            "not built: mend the errors above; showing the last release."
            if stands
            else "nothing to show: mend the errors above."
        )
    return "没有生成：请先改正上面的错误。现在显示的是上一版。" if stands else "没有可看的内容：请先改正上面的错误。"


def _refusal(fault: OSError, host: str, port: int) -> Exception:
    from zwgk_site.diagnostics import Span
    from zwgk_site.preview.server import PORT_TAKEN
    from zwgk_site.stages.publish import MachineError

    reason = fault.strerror or str(fault)
    return MachineError(PORT_TAKEN.at(Span(f"{host}:{port}"), host=host, port=port, reason=reason))
