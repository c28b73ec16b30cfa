"""The numbers that Word puts before paragraphs by itself (自动编号), as text: 一、 （二） 3. 第四条 ⑤.

A number that a list would count anew is no number of an official text, so all are written out; only bullets stay a list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_CHINESE = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
     "chineseLegalSimplified", "koreanCounting")
)  # fmt: skip
_CIRCLED = frozenset(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"))
MOST = 9999


class Level(msgspec.Struct, frozen=True):
    """How one level of a list is numbered (编号级别)."""

    form: str
    text: str
    start: int
    is_bare: bool
    """Nothing stands between number and text."""


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, numbering: Any | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if numbering is not None:
            self._read(numbering)

    def _read(self, root: Any) -> None:
        for abstract in root.iter(f"{W}abstractNum"):
            levels = {}
            for level in abstract.iter(f"{W}lvl"):
                number = _integer(level.get(f"{W}ilvl"), 0)
                levels[number] = Level(
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText"),
                    _integer(_value(level, "start"), 1),
                    _value(level, "suff") == "nothing",
                )
            self._levels[abstract.get(f"{W}abstractNumId") or ""] = levels
        for item in root.iter(f"{W}num"):
            starts = {
                _integer(change.get(f"{W}ilvl"), 0): _integer(_value(change, "startOverride"), 1)
                for change in item.iter(f"{W}lvlOverride")
                if change.find(f"{W}startOverride") is not None
            }
            self._lists[item.get(f"{W}numId") or ""] = (_value(item, "abstractNumId"), starts)

    def is_bullet(self, list_id: str, depth: int) -> bool:
        """Whether the paragraphs of a level have a sign in front of them, the same for all."""
        level = self._level(list_id, depth)
        return level is not None and level.form == "bullet"

    def next_number(self, list_id: str, depth: int) -> str:
        """The number of the next paragraph of a list, as it is seen; empty where the level shows none."""
        level = self._level(list_id, depth)
        if level is None or level.form in ("none", "bullet"):
            return ""
        abstract, starts = self._lists[list_id]
        counts = self._counts.setdefault(abstract, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for place, start in starts.items():
                counts[place] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [place for place in counts if place > depth]:
            del counts[deeper]
        text = _PLACE.sub(lambda found: self._shown(list_id, int(found[1]) - 1, counts), level.text)
        if not text or level.is_bare or not text[-1].isascii():
            return text
        return f"{text} "

    def _level(self, list_id: str, depth: int) -> Level | None:
        abstract, _ = self._lists.get(list_id, ("", {}))
        return self._levels.get(abstract, {}).get(depth)

    def _shown(self, list_id: str, place: int, counts: Mapping[int, int]) -> str:
        level = self._level(list_id, place)
        if level is None:
            return ""
        return write_number(counts.get(place, level.start), level.form)


def write_number(number: int, form: str) -> str:
    """A number in one of Word's forms; one that is not known is written in digits."""
    if not 0 < number <= MOST or (form in _CIRCLED and number > 20):
        return str(number)
    if form in _CHINESE:
        return _chinese(number)
    writer = _FORMS.get(form)
    return writer(number) if writer is not None else str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _chinese(number: int) -> str:
    digits = str(number)
    words = "".join(
        _DIGITS[int(digit)] + _UNITS[len(digits) - 1 - place] if digit != "0" else "零"
        for place, digit in enumerate(digits)
    )
    words = re.sub("零+", "零", words).rstrip("零")
    return words.removeprefix("一") if words.startswith("一十") else words


def _roman(number: int) -> str:
    words = ""
    for value, sign in _ROMAN:
        words += sign * (number // value)
        number %= value
    return words


_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(_CIRCLED, lambda number: chr(0x2460 + number - 1)),
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "decimalZero": lambda number: f"{number:02d}",
}


def _value(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}")
    return (child.get(f"{W}val") or "") if child is not None else ""


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else otherwise
