"""The way in: Markdown that has been through `split_redactions` becomes a `Body`."""

import re
from html import escape

from zwgk_site.stages.render.body.clean import clean_text
from zwgk_site.stages.render.body.finish import finish_body, measure_text
from zwgk_site.stages.render.body.guard import MOST_CHARACTERS
from zwgk_site.stages.render.body.plain import render_plain
from zwgk_site.stages.render.body.reference import render_reference
from zwgk_site.stages.render.body.value import Body

_PARAGRAPH_BREAK = re.compile(r"\n[ \t\u3000]*\n\s*")


def convert_body(text: str) -> Body:
    """Safe HTML of any text at all: never raises, never loses words, takes time in proportion to the length.

    Texts of more than `guard.MOST_CHARACTERS` are shown as they were typed.
    """
    text = clean_text(text)
    if len(text) > MOST_CHARACTERS:
        return _show_as_typed(text)
    plain = render_plain(text)
    return finish_body(render_reference(text) if plain is None else plain)


def convert_by_reference(text: str) -> Body:
    """What `convert_body` gives when the plain road is closed: for the test that both agree."""
    return finish_body(render_reference(clean_text(text)))


def _show_as_typed(text: str) -> Body:
    paragraphs = _PARAGRAPH_BREAK.split(text.strip())
    html = "\n".join(f'<pre class="plain">{escape(paragraph, quote=False)}</pre>' for paragraph in paragraphs)
    return Body((html,), text_length=measure_text(html))
