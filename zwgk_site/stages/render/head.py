"""The `<head>` of a page as text: one flat pass, because every page pays for it. Knows no template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.stages.render.escaping import escape_json
from zwgk_site.stages.render.escaping import escape_text as escape

if TYPE_CHECKING:
    from zwgk_site.model.views import Head


def render_head(head: Head) -> str:
    """Title, meta tags, links and JSON-LD, a line each, everything escaped."""
    pieces = ["<title>", escape(head.title), "</title>\n"]
    for name, content in head.meta:
        pieces += ('<meta name="', escape(name), '" content="', escape(content), '">\n')
    if head.noindex:
        pieces.append('<meta name="robots" content="noindex">\n')
    if head.refresh:
        pieces += ('<meta http-equiv="refresh" content="', escape(head.refresh), '">\n')
    if head.canonical:
        pieces += ('<link rel="canonical" href="', escape(head.canonical), '">\n')
    for kind, title, url in head.alternates:
        kind_title_url = (' type="', escape(kind), '" title="', escape(title), '" href="', escape(url), '">\n')
        pieces += ('<link rel="alternate"', *kind_title_url)
    if head.json_ld:
        pieces += ('<script type="application/ld+json">', escape_json(head.json_ld), "</script>\n")
    return "".join(pieces)
