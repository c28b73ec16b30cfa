"""Whether a built page still has its meta tags: a theme of one's own can hide them, or write them once more.

The program writes all tags that there is a value for into the slot `{{ head }}`; what a setting or a document does not
say is told where that is checked. Only the bytes of the page are looked at, because that is what an inspector reads.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from zwgk_site.model import views
from zwgk_site.model.tag_faults import TagFault, TagProblem
from zwgk_site.stages.render.head import render_head
from zwgk_site.statute.page_tags import REQUIRED, PageKind, has_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.model.plan import PagePlan
    from zwgk_site.stages.render.theme import FrameParts

_FOR_NOBODY = frozenset((views.GonePage.template, views.RedirectPage.template, views.NotFoundPage.template))
"""Pages that say that something is gone, moved or not found: no inspector is to read them (noindex)."""
_KINDS: dict[str, PageKind] = {views.SiteHome.template: "home", views.DocumentPage.template: "article"}
"""Kinds by template; every other page stands for a column."""

_META = re.compile(rb'<meta name="([A-Za-z]+)" content="([^"]*)">')
"""As the program writes them; quick, and enough for almost every page."""
_ANY_META = re.compile(rb"<meta\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"([A-Za-z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_HIDDEN = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style|template|title|textarea)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_NO_DATE = b"0000-00-00 00:00"
_HEAD_ENDS = re.compile(rb"</head\s*>|<body\b", re.IGNORECASE)


def odd_tags(frame: FrameParts) -> int:
    """How many meta tags of a frame the quick look does not read; -1 if its pages need the closer look.

    They do where the slot for the head does not stand in the open, and where the frame writes tags of the list itself.
    """
    before, around = frame.before_head.encode("utf-8", "replace"), frame.between.encode("utf-8", "replace")
    opened = _HIDDEN.sub(b"", before + b"<meta>")
    if not opened.endswith(b"<meta>") or _HEAD_ENDS.search(opened):
        return -1
    odd = [found[0] for found in _ANY_META.finditer(before + around) if not _META.fullmatch(found[0])]
    return -1 if any(name.encode() in tag for tag in odd for name in REQUIRED["article"]) else len(odd)


def judge_tags(page: bytes, plan: PagePlan, frame: FrameParts, odd: int) -> tuple[TagFault, ...]:
    """The faults of one page, none as a rule. `odd` is what `odd_tags` says of its frame."""
    wanted = _wanted(plan.view.template, tuple([name for name, _ in plan.head.meta]))
    if not wanted or (odd >= 0 and _looks_sound(page, wanted, odd)):
        return ()
    problems = _problems(page, wanted)
    if not problems:
        return ()
    bare = f"{frame.before_head}{render_head(plan.head)}{frame.between}".encode("utf-8", "replace")
    of_frame = _problems(bare, wanted)
    return tuple(
        TagFault(tag, problem, views.Frame.template if (tag, problem) in of_frame else plan.view.template)
        for tag, problem in problems
    )


def _looks_sound(page: bytes, wanted: tuple[bytes, ...], odd: int) -> bool:
    """Whether all is well at a glance; what is not may still be."""
    end = page.find(b"</head>")
    written = _META.findall(page, 0, end) if end > 0 else []
    tags = dict(written)
    return (
        all(map(tags.get, wanted))
        and len(tags) == len(written) == page.count(b"<meta", 0, end) - odd
        and has_form(b"PubDate", tags.get(b"PubDate", _NO_DATE))
    )


@lru_cache(maxsize=256)
def _wanted(template: str, planned: tuple[str, ...]) -> tuple[bytes, ...]:
    """The tags that a page must have and that there is a value for."""
    if template in _FOR_NOBODY:
        return ()
    return tuple(name.encode() for name in REQUIRED[_KINDS.get(template, "column")] if name in planned)


def _problems(page: bytes, wanted: Iterable[bytes]) -> list[tuple[str, TagProblem]]:
    """What is wrong with the tags that stand in a page's head in the open, in any writing of HTML."""
    shown = _HIDDEN.sub(b"", page)
    end = _HEAD_ENDS.search(shown)
    values: dict[bytes, set[bytes]] = {}
    for found in _ANY_META.finditer(shown, 0, end.start() if end else len(shown)):
        pairs = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(found[1])}
        value = unescape(pairs.get(b"content", b"").decode("utf-8", "replace")).strip().encode("utf-8", "replace")
        if value:
            values.setdefault(pairs.get(b"name", b""), set()).add(value)
    return [(tag.decode(), problem) for tag in wanted if (problem := _problem(tag, values.get(tag, set())))]


def _problem(tag: bytes, values: set[bytes]) -> TagProblem | None:
    if not values:
        return "missing"
    if not all(has_form(tag, value) for value in values):
        return "form"
    return "twice" if len(values) > 1 else None
