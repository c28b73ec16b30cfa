"""A shell's HTML rewritten: whole elements, no script but from a file beside it, relative addresses made to last.

It comes from the operator, not from clerks, so its structure, classes and forms are left as they are. What would break
the page around it, or the promise that no page asks another server for anything, is left out and told.
"""

from __future__ import annotations

import posixpath
import re
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.model.theme import ROOT_MARK

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

FILE_MISSING = Rule(
    "ZW513", Severity.ERROR,
    zh="shell 文件夹里没有“{name}”",
    en="there is no “{name}” in the folder shell",
    hint_zh='把文件放进 shell 文件夹，名字写得一样，例如　<img src="logo.png" alt="示范县人民政府">；'
    "指向专栏里的网页时前面写 {{ root }}，例如　{{ root }}departments.html",
    hint_en="Put the file into shell/ under this name; a page of the column is written {{ root }}departments.html.",
)  # fmt: skip
OUTSIDE = Rule(
    "ZW514", Severity.WARNING,
    zh="外壳向别的地址取文件“{name}”，没有采用",
    en="the shell fetches “{name}” from elsewhere; left out",
    hint_zh='把文件存到 shell 文件夹，再写文件名，例如　<img src="logo.png" alt="示范县人民政府">',
    hint_en='Save the file in shell/ and name it: <img src="logo.png" alt="…">.',
)  # fmt: skip
INLINE = Rule(
    "ZW515", Severity.WARNING,
    zh="外壳里写了“{name}”，没有采用：网页里不写脚本和样式",
    en="the shell holds “{name}”; left out: no script or style stands in a page",
    hint_zh='样式存成 shell 文件夹里的 .css 文件，会自动引用；脚本存成 .js 文件，例如　<script src="menu.js"></script>',
    hint_en="Put styles into shell/*.css, which are linked by themselves, and scripts into a file named by src.",
)  # fmt: skip
UNBALANCED = Rule(
    "ZW516", Severity.WARNING,
    zh="外壳里的 <{name}> 没有成对，已经补上或去掉",
    en="<{name}> in the shell has no partner; mended",
    hint_zh="header.html 和 footer.html 各自都要完整：有一个 <{name}> 就要有一个 </{name}>。",
    hint_en="Each of header.html and footer.html must be whole by itself.",
)  # fmt: skip
REFUSED = Rule(
    "ZW517", Severity.WARNING,
    zh="外壳里不能用“{name}”，{done}",
    en="“{name}” cannot stand in a shell; {done_en}",
    hint_zh="外壳只放页头和页脚的内容，不放整个网页；每页的标题、正文和编号 main 由专栏自己写。",
    hint_en="A shell holds what stands above and below; the heading, the main part and their ids are the column's.",
)  # fmt: skip

_VOID = frozenset(["area", "br", "col", "hr", "img", "input", "link", "source", "track", "wbr"])
_RENAMED = dict.fromkeys(("header", "footer", "main", "h1"), "div")
"""A page has one of each, and it is not the shell's."""
_DROPPED = frozenset(["html", "body"])
_SHUT_OUT = frozenset(
    [
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "base",
        "meta",
        "head",
        "title",
        "noscript",
        "template",
        "svg",
        "math",
    ]
)
_TAKEN_IDS = frozenset(("main", "site-q"))
_FETCHED = frozenset(("src", "poster", "background", "data"))
_LEADS = frozenset(("href", "action", "formaction"))
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_ROOT = re.compile(r"\{\{\s*root\s*\}\}")


def rewrite_shell(text: str, file: str, files: Collection[str]) -> tuple[str, tuple[Diagnostic, ...]]:
    """The HTML that is put into pages, and what is wrong with `text`. `files` are the names in the folder shell."""
    rewriter = _Rewriter(file, files)
    rewriter.feed(_ROOT.sub(ROOT_MARK, text))
    rewriter.close()
    rewriter.close_all()
    return "".join(rewriter.pieces).strip(), tuple(rewriter.findings)


class _Rewriter(HTMLParser):
    """Writes again what it reads, element by element."""

    def __init__(self, file: str, files: Collection[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.file, self.files = file, files
        self.pieces: list[str] = []
        self.findings: list[Diagnostic] = []
        self.open: list[str] = []
        self.skipped = ""
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if self.skipped:
            self.depth += tag == self.skipped
            return
        if tag in _DROPPED:
            return
        if self._is_left_out(tag, dict(attrs)):
            self.skipped, self.depth = ("", 0) if tag in _VOID | {"base", "meta", "embed", "frame"} else (tag, 1)
            return
        name = _RENAMED.get(tag, tag)
        if name != tag:
            self._tell(REFUSED, f"<{tag}>", done="改成了 <div>", done_en="made a <div>")
        written = [self._attribute(tag, key, value) for key, value in attrs]
        if tag == "script":
            written.append(" defer")
        self.pieces.append(f"<{name}{''.join(written)}>")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            self.depth -= tag == self.skipped
            self.skipped = self.skipped if self.depth else ""
            return
        if tag in _DROPPED or tag in _VOID or tag in _SHUT_OUT:
            return
        if tag not in self.open:
            self._tell(UNBALANCED, tag)
            return
        while (last := self.open.pop()) != tag:
            self._close(last)
        self.pieces.append(f"</{_RENAMED.get(tag, tag)}>")

    def close_all(self) -> None:
        """Closes what the file has left open."""
        while self.open:
            self._close(self.open.pop())

    def _close(self, tag: str) -> None:
        self.pieces.append(f"</{_RENAMED.get(tag, tag)}>")
        if tag not in ("li", "p", "td", "th", "tr", "dt", "dd", "option"):  # HTML lets these stand open
            self._tell(UNBALANCED, tag)

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.pieces.append(escape(data, quote=False) if "<" in data or ">" in data else data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _is_left_out(self, tag: str, attributes: dict[str, str | None]) -> bool:
        """Whether the element stays away, having said why."""
        if tag in _SHUT_OUT:
            self._tell(REFUSED, f"<{tag}>", done="没有采用", done_en="left out")
            return True
        if tag == "style" or (tag == "script" and not attributes.get("src")):
            self._tell(INLINE, f"<{tag}>")
            return True
        if tag == "link":
            return not self._is_linked(attributes)
        return not all(self._may_fetch(str(value or "")) for key, value in attributes.items() if key in _FETCHED)

    def _is_linked(self, attributes: dict[str, str | None]) -> bool:
        """Styles of the folder are linked by themselves; other links have no place in a page's body."""
        self._may_fetch(attributes.get("href") or "")
        return False

    def _may_fetch(self, address: str) -> bool:
        plain = address.strip()
        if _SCHEME.match(plain) and not plain.startswith("data:image/"):
            self._tell(OUTSIDE, plain[:80])
            return False
        return True

    def _attribute(self, tag: str, key: str, value: str | None) -> str:
        if key.startswith("on") or key in ("style", "srcdoc"):
            self._tell(INLINE, key)
            return ""
        if key == "srcset" or (key == "id" and value in _TAKEN_IDS) or (key in _LEADS and _is_code(value)):
            self._tell(REFUSED, f"{key}={value}"[:60], done="没有采用", done_en="left out")
            return ""
        if value is None or (key == "defer" and tag == "script"):
            return f" {key}" if value is None and key != "defer" else ""
        shown = self._address(value.strip()) if key in _FETCHED | _LEADS else value
        return f' {key}="{escape(shown)}"'

    def _address(self, address: str) -> str:
        """A name in the folder shell as the way to its copy; what starts at a root, or elsewhere, as it is."""
        if not address or address.startswith(("/", "#", "?", ROOT_MARK)) or _SCHEME.match(address):
            return address
        name = posixpath.normpath(re.split(r"[?#]", address)[0])
        if name not in self.files:
            self._tell(FILE_MISSING, name[:80])
        return f"{ROOT_MARK}assets/shell/{name}"

    def _tell(self, rule: Rule, name: str, **more: str) -> None:
        line, column = self.getpos()
        self.findings.append(rule.at(Span(self.file, line, column + 1, column + 2), name=name, **more))  # type: ignore[arg-type]  # none is “related”


def _is_code(value: str | None) -> bool:
    return re.sub(r"[\s\0]", "", value or "").lower().startswith(("javascript:", "vbscript:", "data:"))
