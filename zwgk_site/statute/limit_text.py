"""A 公开时限 made plain for reading: one width, no blanks, digits for numerals, one word for each thing.

Knows how clerks write, nothing of what limits mean.
"""

from __future__ import annotations

import re
import unicodedata

from zwgk_site.model.patterns import late

_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "廿": 20, "卅": 30}
_NUMERAL = "[" + "".join((*_DIGITS, *_TENS)) + "]"
_COUNTED = r"个|工作|自然日|日|天|小时|分钟|月|年|周|星期|礼拜|季|次|旬|号|[-~至到](?=[零一二三四五六七八九十百两]+个?(?:工作|日|天|月|周))"
_NUMBER = late(rf"(?<![统同唯单])({_NUMERAL}+)(?={_COUNTED})")
_YEAR = late(r"[二一][〇○零九一二三四五六七八]{3}(?=年)")
_LIST_MARK = late(
    r"[●■◆★▲□◇•·]|○(?!(?:\s*\d)*\s*年)|[①-⑳]|[⑴-⒇]|(?<![\d.])\d{1,2}[、.．](?=\D)|[(（][一二三四五六七八九十\d]{1,2}[)）](?!个|工作|日|天)"
)
_QUOTED = late(r"《[^《》]*》?")
_DOCUMENT_NUMBER = late(r"[〔\[﹝(（]\d{4}[〕\]﹞)）]第?\d+号")

_SAME = tuple(
    (late(pattern), word)
    for pattern, word in (
        (r"(?<=\d)\([零一二三四五六七八九十百]+\)(?=个?(?:工作|日|天))", ""),
        (r"(\d)个?[日天]内?\(\D{0,2}工作日\)", r"\1个工作日内"),
        (r"[()\[\]{}“”\"'‘’〔〕【】<>﹝﹞]", ""),
        (r"[;。!?]|\.(?!\d)", ";"),
        (r"[,、:]", ","),
        (r"工[作做](?:曰|目|天|日)", "工作日"),
        (r"(?<!\d)(20\d\d|19\d\d)[-./](1[0-2]|0?[1-9])[-./](3[01]|[12]\d|0?[1-9])(?!\d)", r"\1年\2月\3日"),
        (r"(?<![\d.])(1[0-2]|0?[1-9])\.(3[01]|[12]\d|0?[1-9])(?=[以之]?前)", r"\1月\2日"),
        (r"(\d)个个", r"\1个"),
        (r"法定工作日", "工作日"),
        (r"(?<=\d)个(?:作日|工日|工作(?!日|小?时))", "个工作日"),
        (r"后的?第(\d+)个工作日(?:内|前)?", r"后\1个工作日内"),
        (r"自然天|日历日|日历天|公历日", "自然日"),
        (r"星期|礼拜", "周"),
        (r"钟头|(?<=\d)[hH](?:ours?)?(?![a-zA-Z])", "小时"),
        (r"(?:以|之|其)内", "内"),
        (r"内内|内公开内公开|内公开公开", "内"),
        (r"(?:以|之)前", "前"),
        (r"^同前", "同上"),
        (r"(?<![\d-])(1[0-2]|0?[1-9])-(3[01]|[12]\d|0[1-9])(?=前)", r"\1月\2日"),
        (r"(?:以|之)后", "后"),
        (r"或者|或是|以及|与|和|及(?![时其])|/", "或"),
        (r"上1年|(?:(?<![一-龥])|(?<=公布|公开|发布))前1年|上1个年度|去年", "上年"),
        (r"(?:上|(?<![一-龥])前|(?<=公布|公开|发布)前)1个?(?=季|月)", "上"),
        (r"下1个?(?=年|季|月)", "下"),
        (r"翌年|第2年|明年|来年", "次年"),
        (r"下个?月|翌月|第2个?月(?=\d+[日号])", "次月"),
        (r"下个?季度?", "次季度"),
        (r"每(?:1(?!\d)个?|一个?|个)", "每"),
        (r"(?:次日|翌日|第2[天日])起", "之日起"),
        (r"(?:下|次)1?个?工作日(?:内|前)?|第2个工作日(?:内|前)?", "1个工作日内"),
        (r"(?:次日|翌日|第2[天日]|隔[天日])(?:内|前)?", "1日内"),
        (r"个半月", "个月半"),
        (r"1个月半", "45天"),
        (r"1年半", "18个月"),
        (r"(?<![上下])半年", "6个月"),
        (r"半个?月", "15天"),
        (r"半个?小时", "30分钟"),
        (r"半[天日]", "12小时"),
        (r"(每月)(\d+[日号])(?:前|内)?[,或](?=\d+[日号])", r"\1\2;\1"),
        (r"24时(?=内)", "24小时"),
        (r"(每年(?:度的?)?)(\d+月(?:\d+[日号]|份|底)?)(?:前|内)?[,或](?=\d+月)", r"\1\2;\1"),
        (r"(每年(?:度的?)?)(\d+月(?:\d+[日号]|份|底)?)(?:前|内)?[,或](?=\d+月)", r"\1\2;\1"),
    )
)


def plain_limit(text: str) -> str:
    """The text as the readers want it. `;` parts sentences and items of a list, `,` the rest; both stand for any mark."""
    marked = _LIST_MARK.sub(";", _QUOTED.sub("《》", _DOCUMENT_NUMBER.sub("", text)))
    plain = "".join(char for char in unicodedata.normalize("NFKC", marked) if not char.isspace() and char.isprintable())
    plain = _NUMBER.sub(lambda found: _digits(found[1]), _YEAR.sub(lambda found: _digits(found[0]), plain))
    for pattern, word in _SAME:
        plain = pattern.sub(word, plain)
    return re.sub(r";[;,]*", ";", plain).strip(";,")


def _digits(numeral: str) -> str:
    number = number_from_numeral(numeral)
    return numeral if number is None else str(number)


def number_from_numeral(numeral: str) -> int | None:
    """一百二十, 廿五, 二〇二六; None if the signs make no number."""
    if len(numeral) > 1 and all(char in _DIGITS for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total, digit = 0, None
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "廿卅":
            total += _TENS[char]
        else:
            total += (1 if digit is None else digit) * _TENS[char]
            digit = None
    return total + (digit or 0)
