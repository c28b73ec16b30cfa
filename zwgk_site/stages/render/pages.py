"""Plans to bytes: pages through the theme, feeds and sitemaps as XML. Pure; a wrong template is a `TemplateFault`."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from typing import TYPE_CHECKING

import msgspec
from markupsafe import Markup

from zwgk_site.model.plan import DataPlan, FeedPlan, PagePlan, SitemapPlan
from zwgk_site.model.views import DocumentPage, Link
from zwgk_site.stages.render.body.bars import show_redactions
from zwgk_site.stages.render.body.convert import convert_body
from zwgk_site.stages.render.body.value import join_body
from zwgk_site.stages.render.feeds import render_feed, render_sitemap
from zwgk_site.stages.render.page_tags import judge_tags, odd_tags
from zwgk_site.stages.render.templates import TemplateFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwgk_site.model.tag_faults import TagFault
    from zwgk_site.model.views import Frame
    from zwgk_site.stages.render.theme import FrameParts, Renderer

_FOREIGN = re.compile(r"[a-z][a-z0-9-]{1,30}:")
CONTENTS_LEAST = 3
_HEADING = re.compile(r'<h([2-6]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_OPEN, _CLOSE = "<!--body:", "<!--/body-->"
_FILE_LINK = re.compile(
    r'<a [^>]*?href="([^":/?#]+\.files/[^"]+)"[^>]*>(.*?)</a>|<img [^>]*?src="([^":/?#]+\.files/[^"]+)"[^>]*>',
    re.DOTALL,
)


class PageRenderer:
    """Renders pages of one frame family: a department's, or the shared ones; frames are made once per depth."""

    def __init__(self, renderer: Renderer, frame_at: Callable[[int], Frame]) -> None:
        self._renderer, self._frame_at = renderer, frame_at
        self._frames: dict[int, FrameParts] = {}
        self._odd: dict[int, int] = {}
        self._draft = frame_at(0).draft

    def frame(self, depth: int) -> FrameParts | TemplateFault:
        """The frame for pages `depth` folders below the top."""
        found = self._frames.get(depth)
        if found is None:
            made = self._renderer.render_frame(self._frame_at(depth))
            if isinstance(made, TemplateFault):
                return made
            found = self._frames[depth] = made
            self._odd[depth] = odd_tags(made)
        return found

    def render(self, plan: PagePlan, body: str = "") -> bytes | TemplateFault:
        """One page; `body` is safe HTML from `render_body` or `reuse_body`."""
        frame = self.frame(plan.url.count("/"))
        if isinstance(frame, TemplateFault):
            return frame
        head = msgspec.structs.replace(plan.head, noindex=True) if self._draft else plan.head
        contents = read_contents(body)
        page = self._renderer.render_page(frame, head, plan.view, Markup(body), contents)  # noqa: S704 - `body` comes sanitised from `render_body`
        return page if isinstance(page, TemplateFault) else page.encode("utf-8", "replace")

    def judge(self, plan: PagePlan, page: bytes) -> tuple[TagFault, ...]:
        """What the page that `render` made of this plan lacks of its meta tags."""
        depth = plan.url.count("/")
        return judge_tags(page, plan, self._frames[depth], self._odd[depth])


def read_contents(body: str) -> tuple[tuple[int, Link], ...]:
    """The two highest levels of a text's headings as links with their level (1, 2); nothing below `CONTENTS_LEAST`."""
    if body.count("<h") < CONTENTS_LEAST:
        return ()
    found = [(int(match[1]), match[2], _plain(match[3])) for match in _HEADING.finditer(body)]
    shown = sorted({level for level, _, _ in found})[:2]
    links = tuple((shown.index(level) + 1, Link(text, f"#{anchor}")) for level, anchor, text in found if level in shown)
    return links if len(links) >= CONTENTS_LEAST else ()


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())


def render_text_file(plan: DataPlan | FeedPlan | SitemapPlan) -> tuple[tuple[str, bytes], ...]:
    """The files of a plan that no template makes: (URL, bytes)."""
    if isinstance(plan, DataPlan):
        return ((plan.url, plan.data),)
    if isinstance(plan, FeedPlan):
        return render_feed(plan)
    return ((plan.url, render_sitemap(plan)),)


def body_key(view: DocumentPage) -> str:
    """What a document's rendered text depends on; it stands beside the text in the page."""
    parts = (view.source, *(part for link in view.links for part in link), *view.redactions)
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def render_body(text: str, view: DocumentPage) -> str:
    """A document's text, free of redacted passages, to safe HTML between its marks."""
    links = dict(view.links)
    for link, url in view.links:
        if url and _FOREIGN.match(link):  # `wjj:tongzhi` would be taken for a scheme and dropped
            text = _links_written(link).sub(f"./{link}", text)

    def resolve(target: str) -> str:
        found = links.get(target, links.get(target.removeprefix("./")))
        return found if found is not None else target if _leads_out(target) else ""

    html = join_body(convert_body(text), resolve)
    if view.redactions:
        html = show_redactions(html, view.redactions)
    return f"{_OPEN}{body_key(view)}-->{html}{_CLOSE}"


def _links_written(link: str) -> re.Pattern[str]:
    """Where a link's target is written, in Markdown or HTML."""
    return re.compile(
        rf"(?<=\]\(){re.escape(link)}(?=[\s)])|(?<=\]\(<){re.escape(link)}(?=>)|(?<=\]: ){re.escape(link)}(?=\s|$)"
    )


def _leads_out(target: str) -> bool:
    return target.startswith(("#", "//")) or target.partition(":")[0].lower() in ("http", "https", "mailto", "tel")


def reuse_body(page: bytes, key: str = "") -> str | None:
    """The rendered text in a published page, if its key is `key` (any, if that is empty); `None` otherwise."""
    start = page.find(f"{_OPEN}{key}".encode())
    stop = page.rfind(_CLOSE.encode())
    if start < 0 or stop < start:
        return None
    return page[start : stop + len(_CLOSE)].decode("utf-8", "replace")


def without_lost_files(body: str, files: frozenset[str]) -> str:
    """A published text in which links to attachments other than `files` are plain text and such pictures are gone.

    If there was one, the text loses its key: it is no longer what its document would be rendered to.
    """
    left = _FILE_LINK.sub(lambda found: found[0] if (found[1] or found[3]) in files else found[2] or "", body)
    return body if left == body else f"{_OPEN}{left[left.index('-->') :]}"
