"""Names in the order of their pinyin. pypinyin is imported only when a name is new: it costs a fifth of a second."""

from __future__ import annotations

import unicodedata

from zwgk_site.text.readings import pair_readings, usual_readings


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
    first = title[start : start + 1]
    special = pair_readings().get(title[start : start + 2])
    reading = special[0] if special else usual_readings().get(first, unicodedata.normalize("NFKC", first).lower())
    return reading[:1] if "a" <= reading[:1] <= "z" else ""
