"""Text as search sees it: the stream of units (检索单元). The browser's `units.js` does the same; one case file tests both.

Folding: NFKC, lower case, traditional characters to simplified ones, every zero to 〇. Then each run of `a-z0-9` is one
unit and every other character is one, but for two kinds: *dropped* ones (brackets, quotes, blanks, hyphens …) vanish
without a trace, so that 〔2016〕80号 and [2016] 80 号 are equal; *gaps* (sentence marks, line ends) leave one position empty,
however many of them stand together.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

TABLES = Path(__file__).resolve().parent / "tables"

DROPPED = (
    "\t \u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
    "()\\[\\]{}<>\u00ab\u00bb\u2039\u203a\u2045\u2046\u207d\u207e\u2308-\u230b\u2329\u232a\u27e6-\u27ef\u2983-\u2998"
    "\u3008-\u3011\u3014-\u301b"
    "\"'`\u00b4\u2018-\u201f\u2032-\u2037\u301d-\u301f"
    "\\-_~/\\\\|^*#.\u00b7\u2010-\u2015\u2022\u2027\u2043\u2212\u2219\u22c5\u30fb\u3030\u00af\u203e"
)
"""What vanishes without a gap, as the inside of a character class."""

GAPS = "\n\r\x0b\x0c\x85,;:!?\u3001\u3002\u00a1\u00bf\u2025\u2026\u061b\u061f\u060c\u037e"
"""What leaves a gap, as the inside of a character class; all after NFKC, which turns ， into a comma."""

ZEROS = {"○": "〇", "零": "〇", "◯": "〇"}
WORD_LIMIT = 40
"""Longer runs of letters and digits are cut into units of this length."""

_PIECE = re.compile(f"([{GAPS}]+)|([{DROPPED}]+)|([a-z0-9]{{1,{WORD_LIMIT}}})|(.)", re.DOTALL)

Unit = tuple[str, int]


@cache
def traditional_table() -> dict[int, str]:
    """Code points to what they fold to, for `str.translate`."""
    lines = (TABLES / "traditional.txt").read_text(encoding="utf-8").split()
    table = {ord(line[0]): line[1] for line in lines}
    return table | {ord(char): zero for char, zero in ZEROS.items()}


def fold_text(text: str) -> str:
    """The text with widths, case and traditional forms folded; all marks still in it."""
    return unicodedata.normalize("NFKC", text).lower().translate(traditional_table())


def split_units(text: str) -> list[Unit]:
    """The units of `text` with their positions, from 0; a gap before the first unit does not count."""
    found: list[Unit] = []
    position, gap = 0, False
    for match in _PIECE.finditer(fold_text(text)):
        if match[1]:
            gap = True
        elif not match[2]:
            position += gap and bool(found)
            gap = False
            found.append((match[0], position))
            position += 1
    return found


def is_word(unit: str) -> bool:
    """Whether a unit is a run of letters and digits, not a character of its own."""
    return unit[0].isascii() and unit[0].isalnum()
