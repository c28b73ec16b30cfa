"""Names in the order of their pinyin. pypinyin is imported only when a name is new: it costs a fifth of a second."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from zwgk_site.text.units import TABLES


def pinyin_key(name: str) -> str:
    """What `name` sorts by: its syllables in small letters, blanks between; the first letter heads its group."""
    from pypinyin import lazy_pinyin

    return " ".join(syllable.lower() for syllable in lazy_pinyin(name))


def initial_of(key: str) -> str:
    """The letter under which a pinyin key is listed, `#` for anything else."""
    return key[:1].upper() if key[:1].isascii() and key[:1].isalpha() else "#"


def title_initial(title: str) -> str:
    """The small letter under which a title is listed (标题首字母), empty for a title that begins with none.

    Marks before the first character, such as 《 and 【, do not count. Reads the tables only, never a library.
    """
    start = next((place for place, char in enumerate(title) if char.isalnum()), len(title))
    return _initial_of_pair(title[start : start + 2])


@lru_cache(maxsize=1 << 16)
def _initial_of_pair(pair: str) -> str:
    """The initial of the first character, which the second may decide (重庆).

    Searches the tables' text: most builds ask for a few characters, and a dictionary of all costs an edit 10 ms.
    """
    special, usual = _table("pairs.txt"), _table("readings.txt")
    place = special.find(f"\n{pair} ") if len(pair) == 2 else -1
    if place >= 0:
        return special[place + 4]
    first = pair[:1]
    place = usual.find(first) if first > "\x7f" else -1
    letter = usual[usual.rfind("\n", 0, place) + 1] if place >= 0 else unicodedata.normalize("NFKC", first).lower()[:1]
    return letter if "a" <= letter <= "z" else ""


@cache
def _table(name: str) -> str:
    return "\n" + (TABLES / name).read_text(encoding="utf-8")
