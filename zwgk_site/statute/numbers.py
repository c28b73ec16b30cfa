"""索引号, 统一社会信用代码 and 组织机构代码: forms, check digits, the URL part of an index number.

Strict where we make numbers, lenient where we read them (`domain.md` of the norm 目录指引, 国办秘函〔2009〕6号, and GB 32100).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import msgspec

_CREDIT_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGAN_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_OWN_FORM = re.compile(r"(\d{4})-(\d{5})", re.ASCII)


class IndexNumber(msgspec.Struct, frozen=True):
    """An index number (索引号) in its two parts: 前段码 `/` 后段码; `year` and `serial` where the form is `YYYY-NNNNN`."""

    prefix: str
    suffix: str
    year: str = ""
    serial: str = ""


@lru_cache(maxsize=1 << 16)
def normalize_number(text: str) -> str:
    """An index number as it is compared: half-width, without blanks, upper case, the organ code without its dash."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper().replace("—", "-").replace("－", "-")


@lru_cache(maxsize=1 << 16)
def parse_index_number(text: str) -> IndexNumber:
    """Any index number; what is not `prefix/YYYY-NNNNN` has no year and serial."""
    prefix, mark, suffix = normalize_number(text).rpartition("/")
    if not mark:
        prefix, suffix = "", normalize_number(text)
    found = _OWN_FORM.fullmatch(suffix)
    return IndexNumber(prefix, suffix, found[1], found[2]) if found else IndexNumber(prefix, suffix)


def is_credit_code(text: str) -> bool:
    """Whether the 18 characters of a 统一社会信用代码 agree with their check digit (GB 32100)."""
    if len(text) != 18 or any(char not in _CREDIT_CHARS for char in text):
        return False
    total = sum(_CREDIT_CHARS.index(char) * weight for char, weight in zip(text, _CREDIT_WEIGHTS, strict=False))
    return _CREDIT_CHARS[(31 - total % 31) % 31] == text[17]


def is_organ_code(text: str) -> bool:
    """Whether the nine characters of a 组织机构代码 agree with their check digit (GB 11714)."""
    plain = text.replace("-", "")
    if len(plain) != 9 or not all(char.isascii() and char.isalnum() and not char.islower() for char in plain):
        return False
    total = sum(int(char, 36) * weight for char, weight in zip(plain, _ORGAN_WEIGHTS, strict=False))
    check = (11 - total % 11) % 11
    return plain[8] == ("X" if check == 10 else str(check))


def make_index_number(prefix: str, year: int, serial: int) -> str:
    """A new number, strictly of the form `prefix/YYYY-NNNNN`."""
    if not (1 <= serial <= 99999 and 1000 <= year <= 9999 and prefix):
        raise ValueError(f"no index number for {prefix!r} {year} {serial}")
    return f"{prefix}/{year:04d}-{serial:05d}"
