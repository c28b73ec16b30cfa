"""Single cells as clerks fill them: ticks, boxes, words for channels, days, wide digits. What was repaired is told as a word."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import NamedTuple

from zwgk_site.exchange.incoming.elements import is_cut, join_lines, split_outside, tidy_lines
from zwgk_site.exchange.sheets.xlsx_grid import day_of_serial
from zwgk_site.model.fields import CHANNELS, OTHER_CHANNELS
from zwgk_site.statute.moments import parse_moment
from zwgk_site.text.visible import visible_text

TICKS = frozenset("√✓✔☑☒■●◆★▲VvYyüPpRTt1是有") | {
    "√√",
    "对",
    "对号",
    "OK",
    "ok",
    "Yes",
    "yes",
    "YES",
    "true",
    "TRUE",
    "需要",
    "适用",
}
CROSSES = frozenset("×✗✘□☐○〇◇Xx0否无/\\-—–－口") | {
    "——",
    "--",
    "No",
    "no",
    "NO",
    "不适用",
    "false",
    "FALSE",
    "N",
    "n",
}
_TICK_BEFORE = re.compile(r"^[√✓✔☑■●][ \t\u3000]*")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_WHOLE_FLOAT = re.compile(r"(\d+)\.0+")
SAME = frozenset(
    (
        "同上",
        "同前",
        "〃",
        "″",
        "同上述",
        "同上项",
        "如上",
        "同 上",
        "同　上",
        "上同",
        "同上行",
        "同上一项",
    )
)
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "'")
_ON, _OFF = "■☑☒√✓✔●◼▇█🗹◾", "□☐○〇◻◇▢❑❏◯▫"
_MARK = re.compile(f"[{_ON}{_OFF}]")
_KNOWN_CHANNELS = tuple(
    sorted(
        {word for name in CHANNELS for word in (name, *re.split(r"[/（）]", name)) if len(word) > 1}
        | set(OTHER_CHANNELS),
        key=len,
        reverse=True,
    )
)
_CHANNEL = "|".join(re.escape(word) for word in _KNOWN_CHANNELS)
_LETTER_BOX = re.compile(rf"(?:^|(?<=[^A-Za-z]))([tRþüýn])(?=[ \u3000]*(?:{_CHANNEL}))")
_LETTER_EMPTY = re.compile(rf"(?:^|(?<=[^A-Za-z]))([£¨oq])(?=[ \u3000]*(?:{_CHANNEL}))")
"""Boxes of a symbol font, ticked and empty, turned into the letters that have their numbers."""
_MOUTH_BOX = re.compile(
    rf"(?:^|(?<=[\s\u3000、，；;/)）]))口(?=[ \u3000]*[一-龥A-Z0-9])|(?<=[一-龥A-Za-z0-9）)])口(?=[ \u3000]*(?:{_CHANNEL}))"
)
"""The character 口 typed for an empty box."""
_WHOLE_CHANNEL = re.compile(
    r"(?:网|网站|公报|[一客户终]端|[会听证]会|[电视]视|媒体|[查阅]?点|中心|[服务]站|现场|栏|屏|推送|平台|微信|微博|热线|大厅|馆|号|[)）])[、，,；;。]?$"
)
"""How the name of a channel ends."""
_BETWEEN_NAMES = "、，,；;。"
_UNDERLINE = re.compile(r"[_＿]{2,}|[：:]?[_＿]+$")


class Channels(NamedTuple):
    """The channels that a cell names, and how: `boxes`, `letters` (boxes lost to letters), or empty for plain words."""

    words: tuple[str, ...]
    how: str = ""


def clean_cell(text: str) -> str:
    """A cell's text without what can't be seen; a formula sign that an export made harmless is given back."""
    shown = visible_text(text).replace("\xa0", " ")
    if shown.startswith("'") and shown[1:].startswith(_FORMULA_SIGNS):
        shown = shown[1:]
    return tidy_lines(shown)


def narrow_digits(text: str) -> str:
    """Wide digits and letters as narrow ones; all other signs stay."""
    return _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def whole_number(text: str) -> str:
    """`1.0`, as a workbook keeps the number 1, is 1."""
    found = _WHOLE_FLOAT.fullmatch(text.strip())
    return found[1] if found else text


def is_same(text: str) -> bool:
    """Whether a cell only points to the one above (同上)."""
    return join_lines(text).strip("。.　 ") in SAME


def read_tick(text: str) -> tuple[bool, str]:
    """Whether a cell is ticked, and the words that stand there in place of a tick or behind it."""
    plain = join_lines(text).strip(" \u3000")
    if not plain or plain in CROSSES:
        return False, ""
    if plain in TICKS:
        return True, ""
    return True, _TICK_BEFORE.sub("", plain).strip()


def split_channels(text: str, width: int = 0) -> Channels:
    """The channels ticked in a list of boxes, or all that a plain list names; `width` as for elements."""
    letters, count = _LETTER_BOX.subn("■", text)
    letters, empty = _LETTER_EMPTY.subn("□", letters) if count or _MARK.search(letters) else (letters, 0)
    count += empty
    has_boxes = bool(_MARK.search(letters))
    mouths, more = _MOUTH_BOX.subn("□", letters)
    if more and (has_boxes or mouths.count("□") > 1 or mouths.startswith("□")):
        letters, count = mouths, count + more
    if _MARK.search(letters):
        return Channels(_ticked(letters), "letters" if count else "boxes")
    lines = text.split("\n")
    is_list = all(_WHOLE_CHANNEL.search(line) for line in lines[:-1]) or not is_cut(text, width)
    parts = split_outside(text.replace("\n", "；"), _BETWEEN_NAMES)
    if not is_list or any(len(part.strip()) == 1 for part in parts):  # no name has a single sign
        parts = split_outside(join_lines(text), _BETWEEN_NAMES)
    parts = [piece for part in parts for piece in _by_blanks(part)]
    return Channels(tuple(dict.fromkeys(filter(None, map(_channel, parts)))))


def _by_blanks(text: str) -> list[str]:
    """Words with blanks between them, where each is long enough to be one."""
    words = text.split()
    return words if len(words) > 1 and all(len(word) >= 3 for word in words) else [text]


def _ticked(text: str) -> tuple[str, ...]:
    """The words behind filled boxes; before them where the first box stands behind a word."""
    marks = list(_MARK.finditer(text))
    cuts = [mark.start() for mark in marks] + [len(text)]
    lead = text[: cuts[0]].strip(" \t\n\u3000、，,；;：:")
    tail = text[marks[-1].end() :].strip(" \t\n\u3000、，,；;。")
    if lead and not tail:
        starts = [0, *(mark.end() for mark in marks)]
        pairs = [(mark[0], text[starts[place] : mark.start()]) for place, mark in enumerate(marks)]
    else:
        pairs = [(mark[0], text[mark.end() : cuts[place + 1]]) for place, mark in enumerate(marks)]
        if lead and not lead.endswith(("：", ":")) and len(lead) < 30:
            pairs.insert(0, ("■", lead))
    ticked = [_channel(word) for mark, word in pairs if mark in _ON]
    return tuple(dict.fromkeys(filter(None, ticked)))


def _channel(text: str) -> str:
    word = _UNDERLINE.sub("", join_lines(text)).strip(" \t\u3000、，,；;。")
    return word.replace("(", "（").replace(")", "）") if word in _NARROW_FORMS else word


_NARROW_FORMS = frozenset(name.replace("（", "(").replace("）", ")") for name in CHANNELS)


def split_names(text: str) -> tuple[str, ...]:
    """Organs, audiences, levels: one word each, by 、 and its like outside of brackets."""
    return tuple(
        dict.fromkeys(
            part.strip(" \t\u3000")
            for part in split_outside(
                join_lines(text.replace("\n", "、") if _lists_lines(text) else text), "、，,；;。"
            )
            if part.strip()
        )
    )


def _lists_lines(text: str) -> bool:
    """Whether each line is a name of its own: long enough, and nothing left open at its end."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and all(len(line) >= 3 and not line.endswith(tuple("、，,（(和及与或的")) for line in lines)
        and all(_is_name(line) for line in lines[:-1])
    )


def _is_name(line: str) -> bool:
    return line.endswith(
        (
            "局",
            "委",
            "办",
            "府",
            "会",
            "院",
            "室",
            "中心",
            "所",
            "站",
            "队",
            "厅",
            "处",
            "社",
            "部",
            "司",
            "校",
            "馆",
            "村",
            "镇",
            "乡",
            "街道",
            "科",
            "股",
            "单位",
            "部门",
            "机构",
            "）",
            ")",
            "；",
            ";",
        )
    )


def read_day(text: str) -> str:
    """A day in ISO form, whatever form it is written in, a workbook's serial number included; empty if it is none."""
    plain = join_lines(text)
    if plain.isdecimal() and len(plain) == 5:
        return day_of_serial(plain, "ymd", datetime(1899, 12, 30))  # noqa: DTZ001 a day on a calendar
    found = parse_moment(plain)
    return found[0][:10] if found else ""
