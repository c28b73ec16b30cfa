"""发文字号: forms met, the form that is right, what is wrong with the others. Lenient in reading, strict in judging.

The right form (《党政机关公文格式》GB/T 9704—2012): 机关代字, the year in four digits in hexagonal brackets, the serial without
第 and without leading zeros, 号. Orders (令) and announcements (公告、通告) count by 第N号. Documents that several organs
issue carry one number only, that of the lead organ.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

import msgspec

from zwgk_site.model.patterns import late

NumberForm = Literal["letter", "order", "announcement"]
NumberFault = Literal[
    "unreadable", "several", "organ", "brackets", "year", "ordinal", "leading_zero", "suffix", "blanks", "width"
]
"""unreadable: no form that we know; several: more than one number; organ: no 机关代字; brackets: none or others than 〔〕;
year: not four arabic digits, or before 1949; ordinal: 第 where none belongs, or none where it does; leading_zero: 〔2026〕012号;
suffix: no 号; blanks: blanks inside; width: full-width letters or digits, Chinese numerals, 號."""

_FIRST_YEAR = 1949
_OPEN, _CLOSE = "〔\\[({【〈<《「『﹝", "〕\\])}】〉>》」』﹞"
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN = "〇○零一二三四五六七八九十百"
_SERIAL = rf"(?P<serial>\d+|[{_HAN}]+)"
_LETTER = late(
    rf"(?P<organ>[^{_OPEN}{_CLOSE}]*?)(?P<open>[{_OPEN}]*)(?P<year>\d{{4}}|\d{{2}}|[{_HAN}]{{4}})年?(?P<close>[{_CLOSE}]*)"
    rf"(?P<ordinal>第?){_SERIAL}(?P<suffix>号?)"
)
_ORDER = late(rf"(?P<organ>.*令)(?:[{_OPEN}]?(?P<year>\d{{4}})[{_CLOSE}年]?)?(?P<ordinal>第?){_SERIAL}(?P<suffix>号?)")
_TAIL_ORDER = late(rf"(?P<organ>.*?)(?P<ordinal>第){_SERIAL}号令")
_ANNOUNCEMENT = late(rf"(?P<organ>.*(?:公告|通告))(?:(?P<year>\d{{4}})年)?(?P<ordinal>第?){_SERIAL}(?P<suffix>号?)")
_RIGHT = late(
    rf"[^\s{_OPEN}{_CLOSE}]+〔\d{{4}}〕[1-9]\d*号|[^\s第]*令(?:〔\d{{4}}〕)?第[1-9]\d*号|[^\s第]*(?:公告|通告)(?:\d{{4}}年)?第[1-9]\d*号",
    re.ASCII,
)
_BETWEEN = late(r"(?<=[号號])[\s、,，;；/和及]+(?=\S)|[\n、，；;]+")


class DocumentNumber(msgspec.Struct, frozen=True, omit_defaults=True):
    """A number under which a document was issued (发文字号): `示卫发〔2026〕12号`, `国令第711号`, `公告2026年第3号`.

    `organ` is 机关代字, of an order or announcement the words up to 令 or 公告. `year` is 0 where the form has none,
    or where it was written with two digits; `serial` is 1 or more.
    """

    organ: str
    serial: int
    year: int = 0
    form: NumberForm = "letter"

    @property
    def text(self) -> str:
        """The number in the form that is right; without a year it has no place for one."""
        if self.form == "letter":
            return f"{self.organ}〔{self.year or ''}〕{self.serial}号"
        bare_year = f"〔{self.year}〕" if self.form == "order" else f"{self.year}年"
        return f"{self.organ}{bare_year if self.year else ''}第{self.serial}号"


@lru_cache(maxsize=1 << 14)
def parse_document_number(text: str) -> DocumentNumber | None:
    """The number that `text` is, in any brackets, widths and blanks; `None` if it is none, or more than one."""
    found = _match(_plain(text))
    if found is None:
        return None
    form, parts = found
    serial, year = _number(parts["serial"]), parts.get("year") or ""
    full = int(year.translate(_DIGITS)) if len(year) == 4 else 0
    return DocumentNumber(parts["organ"], serial, full, form) if serial else None


def normalize_document_number(text: str) -> str:
    """A number as it is compared and should be written; what can't be read is only freed of blanks at its ends."""
    found = parse_document_number(text)
    return found.text if found and (found.year or found.form != "letter") else text.strip()


def split_document_numbers(text: str) -> tuple[str, ...]:
    """The numbers in a field that holds several (联合发文), each as written."""
    return tuple(part.strip() for part in _BETWEEN.split(text) if part.strip())


def is_document_number(text: str) -> bool:
    """Whether `text` is a number in the form that is right, to the letter."""
    return not document_number_faults(text)


@lru_cache(maxsize=1 << 14)
def document_number_faults(text: str) -> tuple[NumberFault, ...]:
    """What is wrong with a number as written, in the order of `NumberFault`; nothing if it is right or not given."""
    plain = text.strip()
    if not plain or (_RIGHT.fullmatch(plain) and not _is_early(plain)):
        return ()
    if len(split_document_numbers(plain)) > 1:
        return ("several",)
    number, found = parse_document_number(plain), _match(_plain(plain))
    if number is None or found is None:
        return ("unreadable",)
    return tuple(fault for fault, is_there in _faults(plain, number, found[1]).items() if is_there)


def _faults(text: str, number: DocumentNumber, parts: dict[str, str]) -> dict[NumberFault, bool]:
    is_letter = number.form == "letter"
    brackets = (parts.get("open", ""), parts.get("close", ""))
    return {
        "organ": is_letter and not number.organ,
        "brackets": (is_letter and brackets != ("〔", "〕")) or (not is_letter and bool(re.search("[\\[({【]", text))),
        "year": (is_letter and not parts["year"].isdecimal())
        or ((is_letter or bool(number.year)) and number.year < _FIRST_YEAR),
        "ordinal": is_letter == bool(parts.get("ordinal")) or "号令" in text,
        "leading_zero": parts["serial"].startswith("0"),
        "suffix": "suffix" in parts and not parts["suffix"],
        "blanks": any(char.isspace() for char in text),
        "width": _is_wide(text) or not parts["serial"].isdecimal(),
    }


def _match(plain: str) -> tuple[NumberForm, dict[str, str]] | None:
    """The form of a plain text, and its parts; orders and announcements before letters, whose form is wider."""
    bracketed = re.search(rf"[{_OPEN}]\d{{2,4}}年?[{_CLOSE}]\d", plain)
    forms: tuple[tuple[NumberForm, re.Pattern[str]], ...] = (
        ("letter", _LETTER),
        *(() if bracketed else (("order", _ORDER), ("order", _TAIL_ORDER), ("announcement", _ANNOUNCEMENT))),
    )
    for form, pattern in forms if bracketed else (*forms[1:], forms[0]):
        found = pattern.fullmatch(plain)
        if found:
            parts = {name: value or "" for name, value in found.groupdict().items()}
            if pattern is _TAIL_ORDER:
                parts["organ"] += "令"
            return form, parts
    return None


def _plain(text: str) -> str:
    """Half-width, without blanks, 号 in its simple form."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("號", "号")


def _is_early(text: str) -> bool:
    found = re.search(r"〔(\d{4})〕|(\d{4})年", text)
    return found is not None and int(found[1] or found[2]) < _FIRST_YEAR


def _is_wide(text: str) -> bool:
    """Whether letters or digits are full-width, or 号 is written 號; brackets are judged by themselves."""
    return "號" in text or any(char.isalnum() and unicodedata.east_asian_width(char) == "F" for char in text)


def _number(text: str) -> int:
    """A serial in digits or Chinese numerals up to 999, or digit by digit (一二〇); 0 if it is none."""
    if text.isdecimal():
        return int(text[:9])
    if not set(text) & set("十百"):
        return int(text.translate(_DIGITS))
    hundreds, mark, rest = text.rpartition("百")
    tens, ten, ones = (rest or "").rpartition("十")
    value = (_digit(hundreds) or 1) * 100 if mark else 0
    value += (_digit(tens) or 1) * 10 if ten else 0
    return value + _digit(ones)


def _digit(text: str) -> int:
    plain = text.translate(_DIGITS)[-1:]
    return int(plain) if plain.isdecimal() else 0
