"""SITE/shell to a `Shell`: what a portal puts around the column that is its guest.

`header.html` and `footer.html` replace the theme's own head and foot, `*.css` are linked on every page, all other files
lie beside them. Without the folder the column stands by itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Checked, Diagnostic, Rule, Severity, Span
from zwgk_site.model.theme import Shell
from zwgk_site.stages.load.shell_html import OUTSIDE, rewrite_shell
from zwgk_site.stages.load.text_file import read_text
from zwgk_site.stages.load.theme import ASSET_TYPES, list_files, read_asset, refuse_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHELL_EMPTY = Rule(
    "ZW519", Severity.WARNING,
    zh="shell 文件夹里没有 header.html，也没有 footer.html，网页照主题自己的样子生成",
    en="the folder shell has neither header.html nor footer.html; pages keep the theme's own",
    hint_zh="把门户网站页头的 HTML 存成 shell/header.html，页脚的存成 shell/footer.html。",
    hint_en="Save the portal's header as shell/header.html and its footer as shell/footer.html.",
)  # fmt: skip
SHELL_FILE_REFUSED = Rule(
    "ZW518", Severity.ERROR,
    zh="shell 文件夹里的文件没有采用：{reason}",
    en="a file of the folder shell is left out: {reason_en}",
    hint_zh="这里放 header.html、footer.html、样式、脚本、图片和字体；文件名用英文字母、数字、短横。",
    hint_en="It holds header.html, footer.html, styles, scripts, pictures and fonts, with plain ASCII names.",
)  # fmt: skip

FOLDER = "shell"
_PARTS = ("header.html", "footer.html")
_FETCH = re.compile(r"""(?:url\(\s*|@import\s+)["']?((?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//[^"')\s;]+)""")


def load_shell(root: Path) -> Checked[Shell]:
    """The shell of the site in `root`; an empty one where there is no folder."""
    folder = root / FOLDER
    if not folder.is_dir():
        return Checked(Shell())
    findings: list[Diagnostic] = []
    assets = dict(_read_assets(folder, findings))
    header, footer = (_read_part(folder, name, assets, findings) for name in _PARTS)
    if not header and not footer:
        findings.append(SHELL_EMPTY.at(Span(f"{FOLDER}/")))
    styles = tuple(f"{FOLDER}/{name}" for name in assets if name.endswith(".css") and "/" not in name)
    kept = tuple((f"{FOLDER}/{name}", data) for name, data in assets.items())
    return Checked(Shell(header, footer, styles, kept), tuple(findings))


def _read_part(folder: Path, name: str, assets: dict[str, bytes], findings: list[Diagnostic]) -> str:
    """`header.html` or `footer.html` as it goes into pages; empty where there is none."""
    if not (folder / name).is_file():
        return ""
    source = read_text(folder / name, f"{FOLDER}/{name}")
    findings += source.findings
    if source.value is None:
        return ""
    html, faults = rewrite_shell(source.value.text, source.value.file, assets)
    findings += faults
    return html


def _read_assets(folder: Path, findings: list[Diagnostic]) -> Iterator[tuple[str, bytes]]:
    """All other files by name; what a style fetches from elsewhere is told."""
    for path, name in list_files(folder):
        if name in _PARTS:
            continue
        file = f"{FOLDER}/{name}"
        data = refuse_file(path, folder, name, ASSET_TYPES) or read_asset(path)
        if not isinstance(data, bytes):
            findings.append(SHELL_FILE_REFUSED.at(Span(file), reason=data.zh, reason_en=data.en))
            continue
        if name.endswith(".css"):
            findings += _judge_style(data.decode("utf-8", "replace"), file)
        yield name, data


def _judge_style(text: str, file: str) -> Iterator[Diagnostic]:
    for number, line in enumerate(text.splitlines(), 1):
        for found in _FETCH.finditer(line):
            place = Span(file, number, found.start(1) + 1, found.end(1) + 1)
            yield OUTSIDE.at(place, name=found[1][:80])
