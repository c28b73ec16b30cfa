"""Patterns that are compiled when they are first used: an unchanged site is looked through in less time than they all take."""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _Late:
    """A pattern yet to be compiled; afterwards its methods stand on it as the compiled one's own."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, at the first call of a method. A mistake in the pattern shows only then: use it in a test."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
