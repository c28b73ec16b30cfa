"""A summary for documents that have none: the first sentence or two of the running text, marked as derived."""

from __future__ import annotations

import re

from zwgk_site.model.patterns import late
from zwgk_site.text.clues.hiding import hide_numbers
from zwgk_site.text.visible import visible_text

LENGTH = 100
_SKIP = late(r"\s*(?:#|\||>|```|~~~|:::|\[[^\]]+\]:|!\[|[-*+] |\d+[.)、] |[-*_=]{3,}\s*$|<)")
_IMAGE = late(r"!\[([^\]]*)\]\([^)]*\)")
_ANCHOR = late(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_TAG = late(r"</?[A-Za-z][^<>]*>")
_COMMENT = late(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NOISE = late(
    r"[*`]+|\[\^[^\]]*\]|[\ue000-\uf8ff\U000f0000-\U0010ffff\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x1f]"
)
_END = late(r"[。！？；]")


def derive_summary(text: str) -> str:
    """At most `LENGTH` characters from the first line of running text that is long enough to say something.

    It goes into lists, feeds and search, so numbers of persons are hidden in it.
    """
    best = ""
    for line in _COMMENT.sub("", text[:6000]).split("\n"):
        if not line.strip() or _SKIP.match(line):
            continue
        plain = plain_line(line)
        if len(plain) >= 20:
            return _cut(plain)
        best = best or plain
    return _cut(best)


def plain_line(line: str) -> str:
    """A line of Markdown without its marks. Redacted passages leave no trace."""
    plain = _IMAGE.sub(r"\1", line.strip().strip("\u3000"))
    plain = _ANCHOR.sub(r"\1", plain)
    return " ".join(visible_text(_NOISE.sub("", _TAG.sub("", plain))).split())


def _cut(plain: str) -> str:
    plain = hide_numbers(plain)  # before it is cut: half a number would not be known as one
    if len(plain) <= LENGTH:
        return plain
    ends = [found.end() for found in _END.finditer(plain, 0, LENGTH)]
    return plain[: ends[-1]] if ends and ends[-1] >= 30 else plain[: LENGTH - 1] + "…"
