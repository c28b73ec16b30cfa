"""Names for new files out of titles: the first syllables of their pinyin, which every system and every server takes."""

from __future__ import annotations

import re

from zwgk_site.text.slug import is_device

LONGEST = 40
_LEAD = re.compile(r"^.{0,40}?(?:关于|印发|转发)")
_UNSAFE = re.compile(r"[^a-z0-9]+")


def name_for_title(title: str) -> str:
    """A name such as `zuohao-xiaji-fangshu`: what follows 关于, cut at a syllable; `wenjian` for a title without any."""
    from pypinyin import lazy_pinyin

    found = _LEAD.match(title)
    rest = title[found.end() :] if found and len(title) > found.end() + 2 else title
    parts = (_UNSAFE.sub("-", syllable.lower()).strip("-") for syllable in lazy_pinyin(rest[:LONGEST]))
    name = ""
    for part in parts:
        if part and len(name) + 1 + len(part) > LONGEST:
            break
        name = f"{name}-{part}" if name and part else name or part
    return f"{name}-1" if is_device(name) else name or "wenjian"
