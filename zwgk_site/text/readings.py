"""How characters are usually read, from the tables of this folder: no library is imported for it."""

from __future__ import annotations

from functools import cache

from zwgk_site.text.units import TABLES

UNREAD = "-"
"""The syllable of characters that have none; it sorts before all others."""


@cache
def usual_readings() -> dict[str, str]:
    """Each Han character that has a reading, with its usual syllable: no tone, v for ü."""
    found = {}
    for line in (TABLES / "readings.txt").read_text(encoding="utf-8").splitlines():
        syllable, _, characters = line.partition(" ")
        found.update(dict.fromkeys(characters, syllable))
    return found


@cache
def pair_readings() -> dict[str, tuple[str, ...]]:
    """Pairs that are read otherwise in some word (多音字): 银行 → `yin hang`."""
    lines = (TABLES / "pairs.txt").read_text(encoding="utf-8").splitlines()
    return {line[:2]: tuple(line[3:].split(",")) for line in lines}


def initials_of(phrase: str) -> str:
    """The first letters of a phrase of Han characters, or an empty string where one has no reading."""
    usual = usual_readings()
    letters = [usual.get(char, "")[:1] for char in phrase]
    if not all(letters):
        return ""
    special = pair_readings()
    for place in range(len(phrase) - 1):
        found = special.get(phrase[place : place + 2])
        if found:
            first, _, second = found[0].partition(" ")
            letters[place], letters[place + 1] = first[0], second[0]
    return "".join(letters)
