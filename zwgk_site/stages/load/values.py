"""Single values: flags, the nearest known word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FLAGS = {"是": True, "否": False, "true": True, "false": False, "yes": True, "no": False}
EMPTY_WORDS = frozenset(("", "~", "null"))


def nearest_word(word: str, known: Iterable[str]) -> str:
    """The known word that `word` most likely stands for, or an empty string: at most a third of it may differ."""
    best, least = "", max(1, len(word) // 3) + 1
    for candidate in known:
        if abs(len(candidate) - len(word)) < least:
            distance = edit_distance(word, candidate, least)
            if distance < least:
                best, least = candidate, distance
    return best


def edit_distance(a: str, b: str, limit: int) -> int:
    """Levenshtein's distance, or `limit` as soon as it cannot be less."""
    row = list(range(len(b) + 1))
    for i, char in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (char != other))
        if min(row) >= limit:
            return limit
    return row[-1]
