"""What a preview says at the terminal: a line for each build, errors once, and the same as JSON lines for programs."""

from __future__ import annotations

import contextlib
import json
import os
import time
from typing import TYPE_CHECKING, Any

import click

from zwgk_site.cli.show import SourceLines, count_findings, findings_json, plain_text, show_finding
from zwgk_site.diagnostics import SEVERITY_WORDS, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from zwgk_site.diagnostics import Diagnostic
    from zwgk_site.preview.session import Rebuilt

NAMED_PATHS = 3
"""Changed files that a line names; of more it says that there are some."""

SHOWN_ERRORS = 20


class ServeReport:
    """The terminal's side of a preview (终端提示). An error is told when it comes, and not again while it stands."""

    def __init__(self, root: Path, language: str, *, as_json: bool) -> None:
        self._root, self._zh, self._language, self._as_json = root, language == "zh", language, as_json
        self._has_begun = False
        self._errors: frozenset[tuple[str, str, str]] = frozenset()

    def began(self, *, has_failed: bool, stands: bool) -> None:
        """The first build has ended; what is shown if it failed."""
        self._has_begun = True
        if not has_failed:
            return
        text = (
            (
                "没有生成：请先改正上面的错误。现在显示的是上一版。",
                "not built: mend the errors above; showing the last release.",
            )
            if stands
            else ("没有可看的内容：请先改正上面的错误。", "nothing to show: mend the errors above.")
        )
        self._say(text, error=True)

    def serving(self, url: str, *, watches: bool) -> None:
        """The preview can be looked at."""
        if self._as_json:
            self._write("serving", url=url, watching=watches)
        elif watches:
            self._say(
                (
                    f"预览 {url}（按 Ctrl+C 结束），保存文件后网页自动更新",
                    f"preview at {url} (Ctrl+C ends it); pages follow each save",
                )
            )
        else:
            self._say((f"预览 {url}（按 Ctrl+C 结束）", f"preview at {url} (Ctrl+C ends it)"))

    def built(self, built: Rebuilt) -> None:
        """A build has ended."""
        if self._as_json:
            counts = count_findings(built.findings)
            release = built.release
            self._write(
                "built",
                failed=release is None,
                seconds=round(built.seconds, 3),
                paths=[self._shown(path) for path in built.batch.paths],
                everything=built.batch.everything,
                written=release.written if release is not None else 0,
                removed=release.removed if release is not None else 0,
                held=list(release.held) if release is not None else [],
                errors=counts[Severity.ERROR],
                warnings=counts[Severity.WARNING],
                notices=counts[Severity.NOTICE],
                findings=findings_json(item for item in built.findings if item.severity is Severity.ERROR),
            )
            return
        self._show_errors(built.findings)
        line = self._line(built) if built.release is not None or self._has_begun else ""
        if line:
            click.echo(f"{time.strftime('%H:%M:%S')}  {line}{self._counts(built.findings)}")

    def noticed(self, finding: Diagnostic) -> None:
        """Something about the watch that its user should know."""
        if self._as_json:
            self._write("notice", code=finding.code, message=finding.message(self._language))
            return
        word = SEVERITY_WORDS[self._language][finding.severity]
        click.echo(f"{word} {finding.code} {finding.message(self._language)}", err=True)

    def ended(self) -> None:
        """The preview was ended by its user."""
        if self._as_json:
            self._write("ended")
        else:
            self._say(("预览已结束。", "preview ended."))

    def _line(self, built: Rebuilt) -> str:
        """A build in one line; empty where nothing was done and nothing need be said."""
        release, seconds = built.release, f"{built.seconds:.2f}"
        paths = self._paths(built)
        if release is None:
            return f"没有更新，显示的是上一版{paths}" if self._zh else f"not updated, the last release stands{paths}"
        held = "、".join(release.held)
        if not (release.written or release.removed or held):
            return ""
        if self._zh:
            done = f"已更新 {release.written} 个文件" + (f"，移除 {release.removed} 个" if release.removed else "")
            return f"{done}，{seconds} 秒{paths}" + (f"；暂缓更新的部门：{held}" if held else "")
        done = f"updated {release.written} files" + (f", removed {release.removed}" if release.removed else "")
        return f"{done}, {seconds} s{paths}" + (f"; held back: {held}" if held else "")

    def _counts(self, findings: tuple[Diagnostic, ...]) -> str:
        counts = count_findings(findings)
        errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
        if not errors and not warnings:
            return ""
        return f"（{errors} 个错误，{warnings} 个警告）" if self._zh else f" ({errors} errors, {warnings} warnings)"

    def _paths(self, built: Rebuilt) -> str:
        shown = [self._shown(path) for path in built.batch.paths]
        colon, comma = ("：", "、") if self._zh else (": ", ", ")
        if not shown:
            return ""
        if built.batch.everything or len(shown) > NAMED_PATHS:
            rest = " 等" if self._zh else " and more"
            return colon + comma.join(shown[:NAMED_PATHS]) + rest
        return colon + comma.join(shown)

    def _shown(self, path: str) -> str:
        with contextlib.suppress(ValueError):  # another drive
            path = os.path.relpath(path, os.path.abspath(self._root)).replace(os.sep, "/")
        return plain_text(path)

    def _show_errors(self, findings: Iterable[Diagnostic]) -> None:
        """Errors that were not there before; that all are mended, when they are."""
        errors = {
            (item.code, item.span.file, item.message(self._language)): item
            for item in findings
            if item.severity is Severity.ERROR
        }
        fresh = [item for known, item in errors.items() if known not in self._errors]
        lines = SourceLines(self._root)
        for finding in fresh[:SHOWN_ERRORS]:
            first, *rest = show_finding(finding, lines, self._language)
            click.echo("\n".join((click.style(first, fg="red"), *rest)), err=True)
        if len(fresh) > SHOWN_ERRORS:
            more = len(fresh) - SHOWN_ERRORS
            self._say(
                (f"还有 {more} 个错误，完整清单请运行 zwgk check", f"{more} more errors; see zwgk check"), error=True
            )
        if self._errors and not errors:
            self._say(("错误已全部改正。", "all errors are mended."))
        self._errors = frozenset(errors)

    def _say(self, text: tuple[str, str], *, error: bool = False) -> None:
        if not self._as_json:
            click.echo(text[0] if self._zh else text[1], err=error)

    def _write(self, event: str, **facts: Any) -> None:
        click.echo(json.dumps({"event": event, **facts}, ensure_ascii=False))
