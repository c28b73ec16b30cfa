"""Values as YAML scalars, in the plain form where it is safe, for files that begin as text."""

from __future__ import annotations

import re

from zwgk_site.exchange.scalars import quoted

_PLAIN = re.compile(r"[\w（）〔〕《》“”、；。·…]+(?:[-./ ]*[\w（）〔〕《》“”、；。·…]+)*")
_MEANT_OTHERWISE = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))


def scalar(text: str) -> str:
    """`text` on one line, so that every reader of YAML takes it for this very text, also within brackets."""
    if _PLAIN.fullmatch(text) and text.lower() not in _MEANT_OTHERWISE:
        return text
    return quoted(text)
