"""A clue before its place is known, and how its value is hidden."""

from __future__ import annotations

from typing import NamedTuple

from zwgk_site.model import clues
from zwgk_site.model.clues import hide_middle

WIDEST = {
    clues.ID_CARD: (6, 4),
    clues.MOBILE: (3, 4),
    clues.BANK_CARD: (0, 4),
    clues.EXAM_NUMBER: (2, 2),
    clues.HOME_ADDRESS: (3, 0),
    clues.HEALTH: (1, 0),
}
"""How many characters at head and tail leave the scanner; a site's own policy can show fewer, never more."""


class Hit(NamedTuple):
    """A clue in one piece of text: kind, value as it may be shown, `[start, end)` in that piece."""

    kind: str
    value: str
    start: int
    end: int


def masked(kind: str, value: str) -> str:
    """`value` with stars, by its kind; as long as before."""
    head, tail = WIDEST[kind]
    return hide_middle(value, head, tail)
