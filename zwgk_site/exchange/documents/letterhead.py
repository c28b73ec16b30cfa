"""What an official text says of itself by its layout (红头、标题、落款), where nothing labels it.

《党政机关公文格式》GB/T 9704—2012: the organ's sign on top (…文件), 发文字号 below it, the title centred below that, then who it
is for with a colon; at the end the organ's name and the day. All of it is a reading that a person has to look at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.exchange.documents.organs import ends_like_organ
from zwgk_site.exchange.documents.value import Stated
from zwgk_site.exchange.documents.word_parts import Typeset
from zwgk_site.statute.document_numbers import parse_document_number

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGN = re.compile(r"(?P<organ>[\u4e00-\u9fff\s\u3000（）()]{4,40}?)\s*文\s*件$")
_NUMBER = re.compile(
    r"^(?P<number>[^\s〔\[（(]{1,20}\s*[〔\[（(【﹝［]\s*(?:19|20)\d{2}\s*[〕\]）)】﹞］]\s*第?\s*\d{1,5}\s*号|(?:19|20)?\d{0,4}年?第?\s*\d{1,5}\s*号)"
    r"(?:\s+签发人[:：]?.*)?$"
)
_DIGIT_DAY = re.compile(r"(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$")
_WRITTEN_DAY = re.compile(
    r"[一二][〇○零O0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日$"
)
_ORGAN = re.compile(r"[\u4e00-\u9fff（）()、\s\u3000]{2,60}$")
_TITLE_WORD = re.compile(
    r"关于|通知|通告|公告|公示|决定|意见|办法|规定|方案|规划|计划|报告|请示|批复|函|纪要|细则|条例|制度|指南|令$|预算|决算|说明|解读|要点|清单"
)
_NOT_TITLE = re.compile(r"^(?:附\s*件|目\s*录|特急|加急|机密|秘密|绝密|内部|第.{1,4}[章条])|[。；;]$|[:：]$")
FIRST = 16
"""So many paragraphs are looked through for sign, number and title."""
MOST_TITLE_LINES = 5
LONGEST_TITLE = 150


class Place(msgspec.Struct, frozen=True):
    """A paragraph with its number, blank ones not counted."""

    number: int
    item: Typeset


def read_letterhead(paragraphs: Sequence[Typeset]) -> tuple[Stated, ...]:
    """Issuer, number, title and day as the layout shows them; each with the number of its paragraph."""
    filled = [Place(number, item) for number, item in enumerate((p for p in paragraphs if p.text), 1)]
    found: list[Stated] = []
    sign = next((place for place in filled[:6] if _SIGN.match(place.item.text)), None)
    numbered = next((place for place in filled[:FIRST] if _number_of(place.item.text)), None)
    after = max((place.number for place in (sign, numbered) if place is not None), default=0)
    title = _title(filled, after) or _title(filled, sign.number if sign else 0)
    if title:
        found.append(_stated("title", "".join(_joined(title)), title[0]))
    if numbered:
        found.append(_stated("document_number", _number_of(numbered.item.text), numbered))
    foot = _foot(filled, title[-1].number if title else after)
    if sign:
        organ = _SIGN.match(sign.item.text)
        found.append(_stated("issuer", "".join((organ["organ"] if organ else "").split()), sign))
    elif foot and foot[0]:
        found.append(_stated("issuer", "、".join(_organs(foot[0])), foot[0][0]))
    if foot:
        found.append(_stated("formed_on", "".join(foot[1].item.text.split()), foot[1]))
    return tuple(found)


def _stated(field: str, value: str, place: Place) -> Stated:
    return Stated(field, value, "text", str(place.number))


def _number_of(text: str) -> str:
    found = _NUMBER.match(text.strip())
    if found is None or parse_document_number(found["number"]) is None:
        return ""
    return found["number"].strip()


def _title(filled: Sequence[Place], after: int) -> list[Place]:
    """The lines of the title: centred or large ones below sign and number, up to whom the text is for."""
    lines: list[Place] = []
    for place in filled:
        if place.number <= after or place.number > after + FIRST:
            continue
        if _is_title_line(place.item, lines):
            lines.append(place)
            if len(lines) == MOST_TITLE_LINES:
                break
        elif lines:
            break
    text = "".join(_joined(lines))
    return lines if lines and 4 <= len(text) <= LONGEST_TITLE and _TITLE_WORD.search(text) else []


def _is_title_line(item: Typeset, before: Sequence[Place]) -> bool:
    if (
        len(item.text) > LONGEST_TITLE
        or _NOT_TITLE.search(item.text)
        or _number_of(item.text)
        or _SIGN.match(item.text)
    ):
        return False
    if _DIGIT_DAY.search(item.text) and len(item.text) < 20:
        return False
    is_set = item.is_title or item.is_centered or item.size >= 36
    if before:
        return is_set == _is_set(before[0].item) and (is_set or not _TITLE_WORD.search("".join(_joined(before))))
    return is_set or (len(item.text) <= 60 and bool(_TITLE_WORD.search(item.text)))


def _is_set(item: Typeset) -> bool:
    return item.is_title or item.is_centered or item.size >= 36


def _joined(lines: Sequence[Place]) -> list[str]:
    return ["".join(place.item.text.split()) for place in lines]


def _foot(filled: Sequence[Place], after: int) -> tuple[list[Place], Place] | None:
    """The organs that sign and the day, where both stand on lines of their own."""
    for at, place in enumerate(filled):
        text = "".join(place.item.text.split())
        if place.number <= after or not (_DIGIT_DAY.fullmatch(text) or _WRITTEN_DAY.fullmatch(text)):
            continue
        organs: list[Place] = []
        for before in reversed(filled[max(0, at - 6) : at]):
            if before.number <= after or not _is_organ(before.item.text):
                break
            organs.insert(0, before)
        if organs or at >= len(filled) - 8:
            return organs, place
    return None


def _is_organ(text: str) -> bool:
    return len(text) <= 60 and bool(_ORGAN.match(text)) and all(map(ends_like_organ, text.split()))


def _organs(places: Sequence[Place]) -> list[str]:
    return [part for place in places for part in place.item.text.split()]
