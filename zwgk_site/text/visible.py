"""Text as it may be shown: without controls and without the characters that reorder or hide what stands around them."""

from __future__ import annotations

import re

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\U0010fe00-\U0010ffff]+"
)
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_HALF = re.compile("[\ud800-\udfff]")


def visible_text(text: str) -> str:
    """`text` without controls, direction marks and zero-width characters; all else stays as it is.

    Plane 16's end, which redaction tokens use, goes as well; half a surrogate becomes U+FFFD.
    """
    if text.isprintable():
        return text
    return _HALF.sub("\ufffd", _LINE_ENDS.sub(" ", _INVISIBLE.sub("", text)))
