"""`zwgk serve`: builds, serves, watches; each save is built and shown at once."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from zwgk_site.cli.options import format_options, language_option, moment_of, site_argument, today_option, wants_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwgk_site.cli.serve_report import ServeReport
    from zwgk_site.diagnostics import Checked
    from zwgk_site.pipeline.build import Release
    from zwgk_site.preview.changes import Batch
    from zwgk_site.preview.live import Live
    from zwgk_site.preview.server import PreviewServer
    from zwgk_site.preview.session import Session
    from zwgk_site.preview.snapshot import Snapshot


class Options(TypedDict):
    """What may be asked of a preview."""

    site: Path
    output: Path | None
    today: str | None
    draft: bool
    port: int
    host: str
    open_browser: bool
    no_watch: bool
    output_format: str
    as_json: bool
    lang: str


@click.command(
    epilog="例 (example):  zwgk serve .    zwgk serve . --port 8001 --open",
    short_help="在本机预览，保存即刷新",
)
@site_argument
@click.option("--output", type=click.Path(path_type=Path), default=None, help="输出文件夹，默认 栏目/public")
@today_option
@click.option("--draft", is_flag=True, help="草稿：含有问题和未到时间的内容，写到 public-draft，不得发布")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口，0 为任意空闲端口")
@click.option("--host", default="127.0.0.1", show_default=True, help="只在本机可用；0.0.0.0 让同一网络的人也能看")
@click.option("--open", "open_browser", is_flag=True, help="打开浏览器")
@click.option("--no-watch", is_flag=True, help="只生成一次，不跟踪文件的改动 (build once)")
@format_options
@language_option
def command(**options: Unpack[Options]) -> int:
    """生成一次，在本机打开预览，并跟踪文件的改动：保存以后，打开的网页自动更新。按 Ctrl+C 结束。

    Builds, serves the output on this machine and watches the input: each save is built, and open pages follow.
    """
    from zwgk_site.cli.build_command import spare_collector
    from zwgk_site.cli.serve_report import ServeReport
    from zwgk_site.pipeline.request import output_folder
    from zwgk_site.preview.live import Live
    from zwgk_site.preview.session import Session, ended_by_signals, leave_whole

    target = output_folder(options["site"], options["output"], draft=options["draft"])
    as_json = wants_json(options)
    report = ServeReport(options["site"], options["lang"], as_json=as_json)
    live = Live(options["lang"])
    session = Session(_builder(options, target), live, report.built, target, is_dated=options["today"] is not None)
    spare_collector()
    with ended_by_signals():
        try:
            return _preview(options, target, session, live, report)
        except KeyboardInterrupt:
            if session.is_building:
                leave_whole(target)
            report.ended()
            return 0


def _builder(options: Options, target: Path) -> Callable[[Batch], Checked[Release | None]]:
    """What a session builds with."""
    from zwgk_site.pipeline.build import build_site
    from zwgk_site.pipeline.request import BuildRequest

    def build(batch: Batch) -> Checked[Release | None]:
        request = BuildRequest(
            options["site"],
            target,
            moment_of(options["today"]),
            draft=options["draft"],
            changed=() if batch.everything else batch.paths,
            beside_threads=threading.active_count() > 1,
        )
        return build_site(request)

    return build


def _preview(options: Options, target: Path, session: Session, live: Live, report: ServeReport) -> int:
    """Builds once, then serves and, unless told otherwise, watches until it is interrupted."""
    from zwgk_site.preview.snapshot import take_snapshot
    from zwgk_site.stages.load.site_file import site_file_name

    site, watches = options["site"], not options["no_watch"]
    server = _bind(target, options, live if watches else None)
    try:
        before = take_snapshot(site) if watches else None
        built = session.begin()
        stands = (target / "index.html").is_file()
        report.began(has_failed=built.release is None, stands=stands)
        if not stands and not (watches and site_file_name(site)):
            return 1
        if watches:
            _serve_and_watch(server, session, report, options, before)
        else:
            _announce(server, report, options)
            server.serve_forever()
    finally:
        server.server_close()
    return 0


def _serve_and_watch(
    server: PreviewServer, session: Session, report: ServeReport, options: Options, before: Snapshot | None
) -> None:
    """Requests are answered in threads; here is built what has changed since `before`, without end."""
    from zwgk_site.preview.search_api import warm_up
    from zwgk_site.preview.watch import SiteWatch

    watch = SiteWatch(options["site"], before, report.noticed)
    try:
        watch.start()
        server.serve_in_thread()
        threading.Thread(target=warm_up, args=(server.folder,), daemon=True).start()
        _announce(server, report, options)
        session.run(watch)
    finally:
        watch.stop()


def _announce(server: PreviewServer, report: ServeReport, options: Options) -> None:
    url = _url_of(server)
    report.serving(url, watches=not options["no_watch"])
    if options["open_browser"]:
        click.launch(url)


def _url_of(server: PreviewServer) -> str:
    """The address to look at, from this machine."""
    host, port = server.server_address[:2]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host!s}]" if ":" in str(host) else str(host)  # noqa: S104
    return f"http://{shown}:{port}/"


def _bind(target: Path, options: Options, live: Live | None) -> PreviewServer:
    """A server that holds its port. Bound before anything is built, so that a port that is taken costs no time."""
    from zwgk_site.diagnostics import Span
    from zwgk_site.preview.rules import PORT_TAKEN
    from zwgk_site.preview.server import make_server
    from zwgk_site.stages.publish import MachineError

    host, port = options["host"], options["port"]
    try:
        return make_server(target, host, port, live)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise MachineError(PORT_TAKEN.at(Span(f"{host}:{port}"), host=host, port=port, reason=reason)) from fault
