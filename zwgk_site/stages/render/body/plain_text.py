"""A rendered body to the text in it, as search reads it: blocks and cells on lines of their own, no markup."""

from __future__ import annotations

import re
from html import unescape

_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|blockquote|pre|section|hr|br|figure|"
    r"figcaption)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_BLANK = re.compile(r"[ \t\r\f\v]*\n\s*")


def text_of_body(html: str) -> str:
    """The visible text of a body from `render_body` or `reuse_body`."""
    return _BLANK.sub("\n", unescape(_TAG.sub("", _BLOCK.sub("\n", html.replace("\n", " "))))).strip()
