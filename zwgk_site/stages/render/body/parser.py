"""Python-Markdown with the parts we want, and two short cuts that change no output."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    LINK_RE,
    DelimiterProcessor,
    ImageInlineProcessor,
    LinkInlineProcessor,
)
from markdown.preprocessors import HtmlBlockPreprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor

from zwgk_site.stages.render.body.notes import NoteExtension

_SPECIAL = re.compile(r"[\\\[!<&*_\x02]|  \n")
_RUN = re.compile(r"\*+|_+")


def make_parser() -> Markdown:
    """A parser to be reset before each text; code, underlined headings, definitions, bare links come before it."""
    extensions = [TableExtension(use_align_attribute=True), SaneListExtension(), NoteExtension()]
    md = Markdown(extensions=extensions, output_format="html")
    for name in ("code", "reference", "setextheader"):
        md.parser.blockprocessors.deregister(name)
    for name in ("backtick", "autolink", "automail"):
        md.inlinePatterns.deregister(name)
    emphasis = _Emphasis("*", "strong,em", md)
    emphasis.add("_", "strong,em", smart=True)
    md.inlinePatterns.register(emphasis, "em_strong", 60)
    md.inlinePatterns.register(_Link(LINK_RE, md), "link", 160)
    md.inlinePatterns.register(_Image(IMAGE_LINK_RE, md), "image_link", 150)
    md.preprocessors.register(_HtmlBlocks(md), "html_block", 20)
    md.treeprocessors.register(_Inline(md), "inline", 20)
    md.treeprocessors.register(_HeaderCells(md), "header_cells", 15)
    return md


class _HtmlBlocks(HtmlBlockPreprocessor):
    """Lines without `<` and `&` hold no HTML."""

    def run(self, lines: list[str]) -> list[str]:
        return super().run(lines) if any("<" in line or "&" in line for line in lines) else lines


class _Inline(InlineProcessor):
    """Text without a special character has no inline markup: every pattern needs one of them."""

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 -- private
        if not _SPECIAL.search(data):
            return data
        return super()._InlineProcessor__handleInline(data, patternIndex)  # type: ignore[misc, no-any-return]


class _Emphasis(DelimiterProcessor):
    """Emphasis that swallows no words: Markdown 3.11.3 makes `*a**b*c` into `*a<strong>b</strong>`, without the c."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 -- the package's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        element, start, end = super().handleMatch(m, data)
        if element is None or _strip_signs("".join(element.itertext())) == _strip_signs(data[start:end]):
            return element, start, end
        self.reset()
        run = _RUN.match(data, m.start())
        return None, m.start(), run.end() if run else m.end()


class _ClosedTarget(LinkInlineProcessor):
    """A target ends with its bracket: Markdown 3.11.3 takes the `[](` of `[]("(a` for a link, and the rest for nothing."""

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802 -- the package's name
        href, title, end, is_handled = super().getLink(data, index)
        return href, title, end, is_handled and end > index and data[end - 1] == ")"


class _Link(_ClosedTarget):
    pass


class _Image(_ClosedTarget, ImageInlineProcessor):
    pass


def _strip_signs(text: str) -> str:
    return text.replace("*", "").replace("_", "")


class _HeaderCells(Treeprocessor):
    """The first row of a pipe table names its columns."""

    def run(self, root: Element) -> None:
        for cell in root.iter("th"):
            cell.set("scope", "col")
