"""Makes the files of `text/tables` out of pypinyin and OpenCC: `python -m zwgk_site.text.make_tables`, when they change.

A build reads these files in two milliseconds; importing pypinyin costs it a tenth of a second. A test compares them
with the libraries.
"""

from __future__ import annotations

from collections import defaultdict
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

TABLES = Path(__file__).resolve().parent / "tables"
HAN = (range(0x3007, 0x3008), range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x2EBE1))


def traditional_pairs() -> dict[str, str]:
    """Each traditional character with its simplified one (繁简单字), as OpenCC's `t2s` has it."""
    converter: Any = import_module("opencc").OpenCC("t2s")
    found = {}
    for block in HAN:
        for code in block:
            char = chr(code)
            simple = converter.convert(char)
            if simple != char and len(simple) == 1:
                found[char] = simple
    for char, simple in found.items():
        found[char] = found.get(simple, simple)
    return found


def default_readings() -> dict[str, str]:
    """Each Han character with its usual syllable, tones left out and ü written v."""
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PINYIN_DICT

    found = {}
    for block in HAN:
        for code in block:
            if code in PINYIN_DICT:
                syllable = lazy_pinyin(chr(code))[0]
                if syllable.isascii() and syllable.isalpha():
                    found[chr(code)] = syllable.lower()
    return found


def pair_readings(readings: dict[str, str], simple: dict[str, str]) -> dict[str, list[str]]:
    """Pairs of characters which, in some phrase, are not read as each of them usually is (多音字)."""
    from pypinyin.constants import PHRASES_DICT
    from pypinyin.contrib.tone_convert import to_normal

    found: dict[str, list[str]] = defaultdict(list)
    for phrase, syllables in sorted(PHRASES_DICT.items()):
        plain = [to_normal(item[0]).replace("ü", "v") for item in syllables]
        if len(plain) != len(phrase) or any(char in simple for char in phrase):
            continue
        for (left, first), (right, second) in pairwise(zip(phrase, plain, strict=True)):
            usual = (readings.get(left), readings.get(right))
            if None in usual or usual == (first, second) or not f"{first}{second}".isascii():
                continue
            reading = f"{first} {second}"
            if reading not in found[left + right]:
                found[left + right].append(reading)
    return found


def write_tables(folder: Path = TABLES) -> None:
    """All three files: UTF-8, one line an item, sorted."""
    simple, readings = traditional_pairs(), default_readings()
    by_syllable: dict[str, list[str]] = defaultdict(list)
    for char, syllable in readings.items():
        by_syllable[syllable].append(char)
    lines = {
        "traditional.txt": [f"{char}{simple[char]}" for char in sorted(simple)],
        "readings.txt": [f"{syllable} {''.join(by_syllable[syllable])}" for syllable in sorted(by_syllable)],
        "pairs.txt": [f"{pair} {','.join(found)}" for pair, found in sorted(pair_readings(readings, simple).items())],
    }
    folder.mkdir(exist_ok=True)
    for name, content in lines.items():
        (folder / name).write_text("\n".join(content) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_tables()
