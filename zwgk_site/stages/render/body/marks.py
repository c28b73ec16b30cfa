"""Private characters that carry things past Markdown and nh3 unseen.

A *stand-in* is an ASCII character that has lost its meaning to Markdown and HTML; it becomes itself again, escaped, at
the end. A *slot* is a numbered place for something finished: code, footnote marks. Both live in plane 16 beside the
redaction tokens, and `clean` removes them from what people write, so that no one can forge them.
"""

from html import escape

from zwgk_site.model.patterns import late
from zwgk_site.text.redaction import DIGITS

STANDIN_BASE = 0x10FF00
VOID = chr(STANDIN_BASE)
"""Stands where something was removed, so that its neighbours don't grow together into something else."""

CODE_BLOCK, CODE_SPAN, NOTE_AREA, NOTE_MARK, NOTE_ITEM, NOTE_BACK = (chr(0x10FE20 + kind) for kind in range(6))
SLOT_END = "\U0010fe2f"
SLOTS = late(f"[{CODE_BLOCK}-{NOTE_BACK}]([{DIGITS}]+){SLOT_END}")
MARKS = late("[\U0010fe02-\U0010fe0f\U0010fe20-\U0010ffff]")
"""Every private character but those of the redaction tokens."""

_TO_DIGITS = str.maketrans("0123456789", DIGITS)
_STANDINS = late("[\U0010ff00-\U0010ff7f]")
_ESCAPED = {chr(STANDIN_BASE + code): escape(chr(code)) for code in range(1, 128)} | {VOID: ""}


def make_slot(kind: str, number: int) -> str:
    return kind + str(number).translate(_TO_DIGITS) + SLOT_END


def read_number(digits: str) -> int:
    return sum(10**place * (ord(digit) & 15) for place, digit in enumerate(reversed(digits)))


def make_inert(characters: str) -> dict[int, str]:
    """A table for `str.translate` that turns each of `characters` into its stand-in."""
    return {ord(character): chr(STANDIN_BASE + ord(character)) for character in characters}


def restore_standins(html: str) -> str:
    """Stand-ins as the characters they stand for, escaped for text and attributes alike."""
    return _STANDINS.sub(lambda match: _ESCAPED[match.group()], html)
