"""The proof that what is written shows the text of its source: it is rendered as the site will, and both are compared."""

from __future__ import annotations

import re

from zwgk_site.exchange.documents.markdown import write_markdown
from zwgk_site.exchange.documents.value import Block
from zwgk_site.stages.render.body import convert_body, join_body
from zwgk_site.stages.render.body.plain_text import text_of_body
from zwgk_site.text.redaction import split_redactions

_NOTES = re.compile(
    r'<sup id="fnref-[^"]*"><a class="footnote-ref"[^>]*>\[\d+\]</a></sup>|<a class="footnote-back"[^>]*>[^<]*</a>'
)
_CELL_NOTE = re.compile(r"<sup>\[\d+\]</sup>")
_INVISIBLE = re.compile(
    "[\x00-\x20\x7f-\xa0\u061c\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffd\U000e0000-\U000e007f"
    "\U0010fe00-\U0010ffff]+"
)
AROUND = 12


def shown_text(markdown: str) -> str:
    """The text that a reader of the page sees, without blanks and the marks of footnotes."""
    body = convert_body(split_redactions(markdown).text)
    html = _CELL_NOTE.sub("", _NOTES.sub("", join_body(body, lambda target: target)))
    return squeeze(text_of_body(html))


def squeeze(text: str) -> str:
    """Text as it is compared: without blanks and what can't be seen."""
    return _INVISIBLE.sub("", text)


def prove_text(blocks: tuple[Block, ...], plain: str, targets: dict[str, str]) -> tuple[str, str]:
    """Markdown for the blocks, and the place from which it differs from `plain`: empty if it shows the same.

    The kind that reads well is tried first; if it shows anything else, every sign is written as a reference.
    """
    wanted = squeeze(plain)
    place = ""
    for certain in (False, True):
        markdown = write_markdown(blocks, targets, certain=certain)
        shown = shown_text(markdown)
        if shown == wanted:
            return markdown, ""
        place = place or difference(wanted, shown)
    return write_markdown(blocks, targets), place


def difference(wanted: str, shown: str) -> str:
    """The words around the first character that differs."""
    at = next(
        (at for at, pair in enumerate(zip(wanted, shown, strict=False)) if pair[0] != pair[1]),
        min(len(wanted), len(shown)),
    )
    return wanted[max(0, at - AROUND) : at + AROUND] or shown[max(0, at - AROUND) : at + AROUND]
