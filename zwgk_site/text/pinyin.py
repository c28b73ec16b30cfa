"""Names in the order of their pinyin. pypinyin is imported only when a name is new: it costs a fifth of a second."""

from __future__ import annotations


def pinyin_key(name: str) -> str:
    """What `name` sorts by: its syllables in small letters, blanks between; the first letter heads its group."""
    from pypinyin import lazy_pinyin

    return " ".join(syllable.lower() for syllable in lazy_pinyin(name))


def initial_of(key: str) -> str:
    """The letter under which a pinyin key is listed, `#` for anything else."""
    return key[:1].upper() if key[:1].isascii() and key[:1].isalpha() else "#"
