"""Lists of persons: tables whose columns put a name beside what concerns nobody else; addresses and illnesses in sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zwgk_site.model import clues
from zwgk_site.model.patterns import late
from zwgk_site.text.clues.surnames import COMPOUND, LABELS, SINGLE
from zwgk_site.text.hit import Hit, masked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.text.clues.tables import Table

_NAME = late(r"^(?:[\u4e00-\u9fff]{0,6}姓\s*名|户主|被?救助人|受助人|考生|患者)$")
_OFFICE = late("职务|职位|岗位|职称|科室|分管|执法证|律师|委员|代表|法定代表人|主持人|评审|专家")
_SENSITIVE = late(
    "身份证|证件号|公民身份|电话|手机|联系方式|住址|地址|银行|[账帐]号|卡号|病|残疾|准考证|低保|金额|救助|补助|补贴|出生"
)
_OF_OFFICE = late("电话|手机|联系方式|办公|单位|地址|金额")
"""What stands beside a name in office is there so that the office can be reached (条例第20条第二项)."""
_HIDDEN = late(r"[*＊×✕xX○〇●■█]|^\s*[-—/无]?\s*$")
_GIVEN = r"[\u4e00-\u9fff]"
_PERSON = late(
    rf"\s*(?:[{SINGLE}]\s*(?!某){_GIVEN}{{1,2}}|(?:{'|'.join(COMPOUND)}){_GIVEN}{{1,2}}|{_GIVEN}{{2,8}}·{_GIVEN}{{2,8}})\s*"
)
_NAMES = 5
_DIGITS = late(r"\d{4,}[Xx]?")
"""A header that holds a number, for whatever reason, must not carry it out."""
_VALUE = 80

_ADDRESS_LABEL = late(
    r"(?:家庭住址|家庭地址|家庭详细地址|现住址|户籍地址|户籍所在地|居住地址|住址)[为是：:\s]{1,3}([^\s，。；;、|（）()]{4,40})"
)
_ADDRESS_CELL = late("住址|家庭.{0,4}地址|户籍.{0,3}地址|居住地")
_DOOR = late(r"[\d０-９一二三四五六七八九十]+\s*(?:号|室|栋|幢|座|单元|组|队|巷|弄)")

_SOMEBODY = late(
    rf"姓名[：:]\s*[\u4e00-\u9fff]{{2,4}}|[{SINGLE}](?!某)[\u4e00-\u9fff]{{1,2}}[，,（(、]\s*(?:[男女](?=[，,、；;。）)])|\d{{1,3}}(?:周?岁))"
)
_ILLNESS = late(
    r"患有?[\u4e00-\u9fff]{2,12}(?:病|症|癌|瘤|炎)|(?:诊断|确诊)(?:结果)?(?:为|是|[：:])\s*[\u4e00-\u9fff]{2,12}|病情[：:]\s*[\u4e00-\u9fff]{2,12}"
    r"|残疾等级[：:]?\s*[一二三四]级|[一二三四]级残疾|(?:肢体|视力|听力|言语|智力|精神|多重)残疾[一二三四]级"
)


def find_name_list(table: Table) -> Hit | None:
    """That a table lists persons by name beside what concerns them only; the value names its headers."""
    headers = [re.sub(r"\s+", "", cell.text).strip("*") for cell in table.header]
    named = next((column for column, header in enumerate(headers) if _NAME.match(header)), -1)
    names = _values(table, named) if named >= 0 else []
    persons = sum(_is_person(name) for name in names)
    if not persons:
        return None
    in_office = any(_OFFICE.search(header) for header in headers)
    shown = [
        header
        for column, header in enumerate(headers)
        if column != named
        and _SENSITIVE.search(header)
        and not (in_office and _OF_OFFICE.search(header))
        and any(not _HIDDEN.search(value) for value in _values(table, column))
    ]
    if not shown and (in_office or persons < _NAMES):
        return None
    cell = table.header[named]
    start = cell.start + len(cell.text) - len(cell.text.lstrip())
    value = _DIGITS.sub("*", "、".join([headers[named], *shown]))
    return Hit(clues.NAME_LIST, value[:_VALUE], start, start + len(cell.text.strip()))


def _is_person(text: str) -> bool:
    """Whether a cell holds a full name, as a form's blank line, its next label and 张*祥 do not."""
    return bool(_PERSON.fullmatch(text)) and "".join(text.split()) not in LABELS


def _values(table: Table, column: int) -> list[str]:
    return [row[column].text for row in table.rows if column < len(row) and row[column].text.strip()]


def find_home_address(text: str, header: str = "") -> Iterator[Hit]:
    """Home addresses (家庭住址) down to a door, after a label or in a column headed so."""
    if header:
        if _ADDRESS_CELL.search(header) and _DOOR.search(text) and "*" not in text:
            start = len(text) - len(text.lstrip())
            yield Hit(clues.HOME_ADDRESS, masked(clues.HOME_ADDRESS, text.strip()), start, start + len(text.strip()))
        return
    for found in _ADDRESS_LABEL.finditer(text):
        if _DOOR.search(found[1]) and "*" not in found[1]:
            yield Hit(clues.HOME_ADDRESS, masked(clues.HOME_ADDRESS, found[1]), found.start(1), found.end(1))


def find_health(text: str) -> Iterator[Hit]:
    """Illness or disability of somebody who is named in the same line (医疗健康, 个人信息保护法第28条)."""
    found = _ILLNESS.search(text)
    if found and _SOMEBODY.search(text):
        yield Hit(clues.HEALTH, masked(clues.HEALTH, found[0]), found.start(), found.end())
