"""Numbers of persons and cards by their check digits, dates and first digits. Knows no text around them."""

from __future__ import annotations

import re
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    map(
        int,
        [
            "11",
            "12",
            "13",
            "14",
            "15",
            "21",
            "22",
            "23",
            "31",
            "32",
            "33",
            "34",
            "35",
            "36",
            "37",
            "41",
            "42",
            "43",
            "44",
            "45",
            "46",
            "50",
            "51",
            "52",
            "53",
            "54",
            "61",
            "62",
            "63",
            "64",
            "65",
            "71",
            "81",
            "82",
            "83",
        ],
    )
)
"""The first two digits of area codes (GB/T 2260); 83 is for residence permits of people from Taiwan."""
_CITY_PROVINCES = frozenset((11, 12, 31, 50))
"""Cities that are provinces: their third and fourth digits go up to 03 only, unlike those of credit codes."""
_CARD = re.compile(r"62\d{14,17}|[45]\d{15}|35\d{14}|60\d{14,17}|9558\d{15}|6[89]\d{14,17}", re.ASCII)
"""First digits and lengths that banks of this country give: 62 for most, the rest for older and foreign schemes."""


def is_resident_id(text: str) -> bool:
    """Whether `text` is a number of an identity card (身份证): 18 characters, area, birth date and check character agree.

    Weights and check characters are those of GB 11643. A birth date after today's century's end or before 1880 is none.
    """
    text = text.upper()
    if len(text) != 18 or not text[:17].isascii() or not text[:17].isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11] == text[17] and _has_area(text) and is_birth_date(text[6:14])


def is_old_resident_id(text: str) -> bool:
    """Whether `text` may be a number of the first generation: 15 digits, born in the 20th century, without a check."""
    return (
        len(text) == 15 and text.isascii() and text.isdigit() and _has_area(text) and is_birth_date("19" + text[6:12])
    )


def passes_luhn(text: str) -> bool:
    """Whether the digits of a card number agree with their last one (ISO/IEC 7812-1)."""
    if not text.isascii() or not text.isdigit():
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(text)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_bank_card(text: str) -> bool:
    """Whether `text` may be a bank card's number (银行卡号): 16 to 19 digits, first digits of a bank, Luhn."""
    return bool(_CARD.fullmatch(text)) and len(set(text)) > 3 and passes_luhn(text)


def is_birth_date(text: str) -> bool:
    """Whether eight digits are a day on which a living person can have been born."""
    try:
        return 1880 <= date(int(text[:4]), int(text[4:6]), int(text[6:8])).year <= 2099
    except ValueError:
        return False


def _has_area(text: str) -> bool:
    province, city = int(text[:2]), int(text[2:4])
    if province in _CITY_PROVINCES:
        return city <= 3
    return province in _PROVINCES and (city <= 70 or city == 90)
