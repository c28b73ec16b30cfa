"""The reference road: Python-Markdown, made lenient by `layout` and safe by `tags` and nh3. Right for every text.

The only modules that import `markdown` are this one's `_make_parser` and `notes`, and only when a text needs them.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from zwgk_site.stages.render.body.codes import lift_code
from zwgk_site.stages.render.body.definitions import lift_definitions
from zwgk_site.stages.render.body.guard import limit_markup
from zwgk_site.stages.render.body.layout import arrange_lines
from zwgk_site.stages.render.body.policy import sanitize_html
from zwgk_site.stages.render.body.restore import restore_slots
from zwgk_site.stages.render.body.softbreaks import join_soft_breaks
from zwgk_site.stages.render.body.tags import settle_tags

if TYPE_CHECKING:
    from markdown import Markdown

_EMPTY_PARAGRAPH = re.compile(r"<p>\s*</p>\n?")


def render_reference(text: str) -> str:
    """Canonical safe HTML of cleaned text: headings as written, links uncut, redaction tokens in place."""
    text, codes = lift_code(text)
    text, definitions = lift_definitions(text)
    lines = limit_markup(arrange_lines(settle_tags(text).split("\n")))
    parser = _make_parser().reset()
    parser.references.update(definitions)
    html = sanitize_html(parser.convert("\n".join(lines)))
    if "<p></p>" in html or "<p>\n" in html:
        html = _EMPTY_PARAGRAPH.sub("", html)
    return restore_slots(join_soft_breaks(html), codes).strip()


@cache
def _make_parser() -> "Markdown":
    from zwgk_site.stages.render.body.parser import make_parser

    return make_parser()
