"""Numbers of persons in a line or a table cell: identity cards, mobiles, bank cards, exam numbers.

Each is judged with what stands around it, so that numbers of projects, files, codes and amounts stay quiet.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zwgk_site.model import clues
from zwgk_site.model.patterns import late
from zwgk_site.text.check_digits import is_bank_card, is_old_resident_id, is_resident_id
from zwgk_site.text.hit import Hit, masked

if TYPE_CHECKING:
    from collections.abc import Iterator

NARROW = str.maketrans("０１２３４５６７８９Ｘｘ－—–\u00a0\u3000＋", "0123456789XX---  +")
"""Keeps every character's place."""

_FREE = r"(?<![0-9A-Za-z_@.*])(?<![0-9A-Za-z][-/=&#])"
"""Not in the middle of a longer number, code, address or file name."""
_END = r"(?![0-9A-Za-z_*])(?![-.][0-9A-Za-z])"
_ID = late(rf"{_FREE}[1-9]\d{{5}} ?(?:18|19|20)\d{{6}} ?\d{{3}}[\dXx]{_END}", re.ASCII)
_OLD_ID = late(rf"{_FREE}[1-9]\d{{14}}{_END}", re.ASCII)
_MOBILE = late(
    rf"(?:{_FREE}|(?<=\+86)|(?<=\+86[ -])|(?<=\b86-))"
    rf"1[3-9]\d(?:\d{{8}}|([ -])\d{{4}}\1\d{{4}}|\d([ -])\d{{3}}\2\d{{4}}){_END}",
    re.ASCII,
)
_CARD = late(rf"{_FREE}(?:\d{{16,19}}|\d{{4}}(?:[ -]\d{{4}}){{3}}(?:[ -]?\d{{1,3}})?){_END}", re.ASCII)
_EXAM = late(r"准考证号?码?[为是:：\s]{0,3}(?<!\d)([0-9A-Z]{0,4}\d{6,20})(?!\d)", re.ASCII)
_EXAM_CELL = late(r"[0-9A-Z]{0,4}\d{6,20}", re.ASCII)

_ID_WORD = late("身份证|证件号|公民身份|身份号")
_CARD_WORD = late("[账帐][号户]|卡号|银行|开户|一卡通|存折|信用社|农商行")
_CODE_WORD = late(
    "编号|代码|证号|文号|案号|批号|单号|条码|流水|索引号|档号|图号|订单|登记号|注册号|许可证|备案号|序列号|书号|学号|税号|宗地|"
    "[账帐]号|卡号|合同号|QQ|合计|总计|金额|ISBN|ISSN"
)
_AMOUNT_AFTER = late(r" ?(?:元|万|亿|千|吨|人|户|%|％|㎡|平方|立方|公里|米|度|股|份|件|条|美元|港元)")
_AMOUNT_HEADER = late("元|金额|数量|面积|合计|编号|代码|编码|证号|序号|[账帐]号|卡号|产值|税额|税号|学号")
_CONTACT = late(
    "联系电话|咨询电话|监督电话|举报电话|投诉电话|服务电话|办公电话|业务电话|报名电话|值班|热线|联系方式|联系人|传真|咨询|监督|举报|受理|"
    "招标人|代理机构|采购人"
)
_PERSON_HEADER = late("姓名|户主|学生|考生|身份证|申请人|受助|患者|家长")
_DUTY_HEADER = late("单位|机构|部门|窗口|联系人|科室|名称|职务|地址|企业|公司|网点|村")
_NEAR = 24


def find_numbers(text: str, *, header: str = "", table: str = "") -> Iterator[Hit]:
    """The numbers in one line or cell, `text` with narrow digits; `header` heads its column, `table` are all headers."""
    taken = bytearray(len(text))  # not a list of places: a line may hold thousands of numbers
    for hit in _candidates(text, header, table):
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            yield hit


def _candidates(text: str, header: str, table: str) -> Iterator[Hit]:
    yield from _identity_cards(text, header)
    yield from _bank_cards(text, header)
    yield from _exam_numbers(text, header)
    yield from _mobiles(text, header, table)


def _identity_cards(text: str, header: str) -> Iterator[Hit]:
    for found in _ID.finditer(text):
        if is_resident_id(found[0].replace(" ", "")):
            yield Hit(clues.ID_CARD, masked(clues.ID_CARD, found[0].replace(" ", "")), found.start(), found.end())
    for found in _OLD_ID.finditer(text):
        near = header + text[max(0, found.start() - _NEAR) : found.start()]
        if is_old_resident_id(found[0]) and _ID_WORD.search(near):
            yield Hit(clues.ID_CARD, masked(clues.ID_CARD, found[0]), found.start(), found.end())


def _bank_cards(text: str, header: str) -> Iterator[Hit]:
    for found in _CARD.finditer(text):
        number = found[0].replace(" ", "").replace("-", "")
        near = header + text[max(0, found.start() - 2 * _NEAR) : found.end() + _NEAR]
        if is_bank_card(number) and _CARD_WORD.search(near):
            yield Hit(clues.BANK_CARD, masked(clues.BANK_CARD, number), found.start(), found.end())


def _exam_numbers(text: str, header: str) -> Iterator[Hit]:
    if "准考证" in header:
        found = _EXAM_CELL.fullmatch(text.strip())
        if found:
            start = len(text) - len(text.lstrip())
            yield Hit(clues.EXAM_NUMBER, masked(clues.EXAM_NUMBER, found[0]), start, start + len(found[0]))
    elif "准考证" in text:
        for found in _EXAM.finditer(text):
            yield Hit(clues.EXAM_NUMBER, masked(clues.EXAM_NUMBER, found[1]), found.start(1), found.end(1))


def _mobiles(text: str, header: str, table: str) -> Iterator[Hit]:
    if header and _AMOUNT_HEADER.search(header):
        return
    for found in _MOBILE.finditer(text):
        before = text[max(0, found.start() - _NEAR) : found.start()]
        if _AMOUNT_AFTER.match(text, found.end()) or _CODE_WORD.search(before[-8:]):
            continue
        kind = clues.CONTACT_MOBILE if _is_duty(before, header, table) else clues.MOBILE
        number = found[0].replace(" ", "").replace("-", "")
        yield Hit(kind, masked(clues.MOBILE, number), found.start(), found.end())


def _is_duty(before: str, header: str, table: str) -> bool:
    """Whether a mobile is shown as a way to reach an office, not a person who has come to it."""
    if header:
        return not _PERSON_HEADER.search(table) and bool(_DUTY_HEADER.search(table))
    return bool(_CONTACT.search(before))
