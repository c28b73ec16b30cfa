"""Lists out of cells: numbered, bulleted, by semicolons, by lines; and words that a narrow column has cut, joined again.

Pure text. What was done is told as a word, so that a clerk can be shown it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_DOTTED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_HAN = "一二三四五六七八九十"
_BEFORE = r"(?:^|(?<=[\s；;。，,、：:．.）)》”\u3000])|(?<=[一-龥]))"
_AT_START = r"(?:^|(?<=[\n；;。：:\s]))"
_MARKS = {
    "number": re.compile(_BEFORE + r"(\d{1,2})(?:、|[.．](?!\d)|[）)](?!\d|[一-龥]{0,6}项))[ \t\u3000]*"),
    "bracket": re.compile(r"[（(](\d{1,2})[）)][ \t\u3000]*"),
    "han_bracket": re.compile(r"[（(]([" + _HAN + r"]{1,3})[）)][ \t\u3000]*"),
    "han": re.compile(_AT_START + r"([" + _HAN + r"]{1,3})、[ \t\u3000]*"),
    "circled": re.compile(r"([" + _CIRCLED + _BRACKETED + _DOTTED + r"])[.．、]?[ \t\u3000]*"),
}
_LOOSE = re.compile(r"(?:(?<=\n)|(?<=[；;。]))[ \t\u3000]*(\d{1,2})[ \t\u3000]*(?=[^\d\s.．、）)年月日个项级类])")
"""A number whose dot was forgotten, where the list has come to it."""
_DOTTED_DIGIT = re.compile(r"(?:^|(?<=[\n；;。]))[ \t\u3000]*(\d{1,2})[.．](?=\d)")
"""A mark before a number, `1.10个工作日`, which alone would be a number itself."""
_PARTED = re.compile(r"(?:^|[\n；;。，,])[ \t\u3000]*$")
BULLETS = "●○〇◎■□◆◇▲△★☆•·▪◦➢►▶✓✔√"
_BULLET = re.compile(
    rf"(?:^|(?<=[\s；;。，,、]))([{BULLETS}])[ \t\u3000]*|([●■◆▲★•▪➢►▶□]|(?<=[一-龥）)])(?<![二一零〇○])[○〇](?![二三四五六七八九一零〇○年]))[ \t\u3000]*"
)
_DASH = re.compile(r"(?:^|(?<=\n))[ \t\u3000]*[-—–*][ \t\u3000]+")
_OPENING, _CLOSING = "（([【《〈“「{", "）)]】》〉”」}"
_HAN_SIGN = re.compile(r"[一-龥\u3000-\u303f\uff00-\uffef“”‘’—…]")
_ENDS = re.compile(r"[；;。，,、\s]+$")
_SENTENCE_END = re.compile(r"[；;。！？!?]$")
_GLUE_BEFORE = tuple("的和及与或、，,（(《“之为对向由在")
_GLUE_AFTER = tuple("的和及与或、，,）)》”等；;。：:之")
_MARKS_AT_MOST = 400
NARROW = 22
_PROOF = 3
_NEARLY_ALL = 0.8
"""A column of more signs is seldom so narrow that it cuts words."""


class Split(NamedTuple):
    """What a cell says as a list, and how that was seen: empty, `numbers`, `bullets`, `semicolons`, `lines` or `joined`."""

    items: tuple[str, ...]
    how: str = ""


def split_elements(text: str, width: int = 0) -> Split:
    """The elements of a cell. `width` is that of its column if lines end where the column does, else 0."""
    text = tidy_lines(text)
    if not text:
        return Split(())
    for items, how in (
        (_by_marks(text), "numbers"),
        (_by_bullets(text), "bullets"),
        (_by_semicolons(text, width), "semicolons"),
    ):
        if items is not None:
            return Split(tuple(item for item in (clean_element(part) for part in items) if item), how)
    if "\n" not in text:
        return Split((clean_element(text) or text,))
    if is_cut(text, width):
        return Split((clean_element(join_lines(text)),), "joined")
    return Split(tuple(item for item in map(clean_element, text.split("\n")) if item), "lines")


def tidy_lines(text: str) -> str:
    """A cell without blanks at the ends of its lines and without empty lines."""
    lines = (line.strip(" \t\u3000\xa0\r") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def join_lines(text: str) -> str:
    """Lines to one: no blank between Chinese signs, one between words of letters."""
    joined = ""
    for line in tidy_lines(text).split("\n"):
        if (
            not joined
            or _HAN_SIGN.match(joined[-1])
            or _HAN_SIGN.match(line[:1])
            or (joined[-1].isdigit() or line[:1].isdigit())
        ):
            joined += line
        else:
            joined += f" {line}"
    return joined


def clean_element(text: str) -> str:
    """One element: in one line, without the mark that ended it."""
    joined = join_lines(text)
    return _ENDS.sub("", joined).strip(" \t\u3000\xa0") if joined else ""


def is_cut(text: str, width: int) -> bool:
    """Whether lines end where the column did and not where a thought does.

    A line that begins or ends with a sign that does not stand there was cut, and so was one of a single sign. Else the
    column must be known to cut its lines at `width`.
    """
    lines = text.split("\n")
    if any(_SENTENCE_END.search(line) for line in lines[:-1]):
        return False
    if any(line.endswith(_GLUE_BEFORE) for line in lines[:-1]) or any(
        line.startswith(_GLUE_AFTER) for line in lines[1:]
    ):
        return True
    if any(_is_open(before) for before, _ in pairwise(_prefixes(lines))):
        return True
    if any(len(line) == 1 for line in lines):
        return True
    return bool(width) and all(len(line) >= width - 1 for line in lines[:-1])


def wrap_width(cells: Iterable[str]) -> int:
    """The width at which a column cuts its lines, or 0: nearly all lines that go on must be as long as its longest.

    Lines of a list are of all lengths, and a few that happen to be equal prove nothing.
    """
    broken = [text.split("\n") for text in cells if "\n" in text]
    going_on = [line for lines in broken for line in lines[:-1]]
    if len(going_on) < _PROOF or any(_SENTENCE_END.search(line) for line in going_on):
        return 0
    longest = max(len(line) for lines in broken for line in lines)
    full = sum(len(line) >= longest - 1 for line in going_on)
    differ = any(len(lines[-1]) < longest - 1 for lines in broken)
    return longest if longest <= NARROW and differ and full >= len(going_on) * _NEARLY_ALL else 0


def _prefixes(lines: list[str]) -> list[str]:
    return ["".join(lines[: place + 1]) for place in range(len(lines))]


def _is_open(text: str) -> bool:
    """Whether a bracket is still open at the end."""
    return sum(text.count(sign) for sign in _OPENING) > sum(text.count(sign) for sign in _CLOSING)


# --- numbers ---------------------------------------------------------------------------------------


def _by_marks(text: str) -> list[str] | None:
    """Cut at 1. 2. 3. or another numbering that begins with one at the start of a line and goes on without a gap."""
    best: list[tuple[int, int]] | None = None
    for name, pattern in _MARKS.items():
        run = _run(text, name, pattern)
        if run and (best is None or run[0][0] < best[0][0]):
            best = run
    if best is None or not _begins_list(text, best):
        return None
    cuts = [start for start, _ in best] + [len(text)]
    lead = text[: best[0][0]].rstrip(" \t\n\u3000：:")
    parts = [text[best[place][1] : cuts[place + 1]] for place in range(len(best))]
    return ([lead] if lead.strip() else []) + parts


def _begins_list(text: str, run: list[tuple[int, int]]) -> bool:
    """A list of one is one only at the very start; one after a lead stands in a new line or behind a colon."""
    lead = text[: run[0][0]].rstrip(" \t\u3000")
    if not lead:
        return len(run) > 1 or not _DOTTED_DIGIT.match(text)
    return len(run) > 1 and lead.endswith(("\n", "：", ":", "。", "；", ";", "》"))


def _run(text: str, name: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Places of the marks 1, 2, 3 … in order, as far as they go.

    Where a mark stands by itself behind a semicolon or in a new line, a number may be left out or given twice.
    """
    marks = [(found.start(), found.end(), _value(found[1])) for found in pattern.finditer(text)]
    if name == "number":
        known = {start for start, _, _ in marks}
        for loose in (_LOOSE, _DOTTED_DIGIT):
            marks += [(m.start(1), m.end(), int(m[1])) for m in loose.finditer(text) if m.start(1) not in known]
        marks.sort()
    run: list[tuple[int, int]] = []
    last = 0
    for start, end, value in marks[:_MARKS_AT_MOST]:
        is_next = value == last + 1
        is_slip = last > 0 and last <= value <= last + 3 and bool(_PARTED.search(text[max(0, start - 8) : start]))
        if (is_next or is_slip) and _depth(text, start) == 0:
            run.append((start, end))
            last = value
    return run


def _depth(text: str, place: int) -> int:
    """How many brackets are open there; a closing one behind a bare number, `1)`, closes nothing."""
    depth = 0
    for sign in text[:place]:
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(0, depth - 1)
    return depth


def _value(mark: str) -> int:
    for signs in (_CIRCLED, _BRACKETED, _DOTTED):
        if mark in signs:
            return signs.index(mark) + 1
    if mark.isdecimal():
        return int(mark)
    tens, _, ones = mark.partition("十")
    if "十" not in mark:
        return _HAN.index(mark) + 1 if len(mark) == 1 else 0
    return (
        (_HAN.index(tens) + 1 if tens else 1) * 10 + (_HAN.index(ones) + 1 if ones else 0)
        if len(tens) < 2 and len(ones) < 2
        else 0
    )


# --- bullets and separators ------------------------------------------------------------------------


def _by_bullets(text: str) -> list[str] | None:
    """Cut at signs such as ●; where ● and 〇 stand together, those with 〇 may be left out (可选)."""
    found = list(_BULLET.finditer(text)) or list(_DASH.finditer(text))
    if not found or text[: found[0].start()].strip() or (len(found) == 1 and found[0][0].strip() == "·"):
        return None
    cuts = [match.start() for match in found] + [len(text)]
    signs = [match[0].strip() for match in found]
    items = [text[match.end() : cuts[place + 1]] for place, match in enumerate(found)]
    optional = {"○", "〇"} if "●" in signs else set()
    ticked = "■" in signs and "□" in signs
    kept = zip(signs, items, strict=True)
    return [
        f"{clean_element(item)}（可选）" if sign in optional else item
        for sign, item in kept
        if not (ticked and sign == "□")
    ]


def _by_semicolons(text: str, width: int) -> list[str] | None:
    """Cut at semicolons outside of brackets; lines that end with one go with it."""
    parts = split_outside(text, "；;")
    if len(parts) < 2:
        return None
    return [
        line
        for part in parts
        for line in (
            [part] if is_cut(part.strip("\n"), width) or "\n" not in part.strip("\n") else part.strip("\n").split("\n")
        )
    ]


def split_outside(text: str, separators: str) -> list[str]:
    """Cut at signs that stand outside of brackets and quotes; empty parts are left out."""
    return [part for part in _cut(text, separators) if part.strip(" \t\n\u3000")]


def _cut(text: str, separators: str, before: re.Pattern[str] | None = None) -> list[str]:
    """Cut at signs outside of brackets; where `before` is given, only at those that stand before it."""
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(0, depth - 1)
        elif sign in separators and depth == 0 and (before is None or before.match(text, place + 1)):
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


_WHOLE_BASIS = re.compile(r"(?:[》）)]|号|法|条例|办法|规定|通知|意见|方案|规划|[条款项])[；;。，,、]?$")
"""How the name of a law or document ends."""
_BETWEEN_LAWS = re.compile(r"[、，,；;\s]*(?:以及|和|及|与|或)?[\s]*$")


def split_basis(text: str) -> Split:
    """Laws and documents: numbered, by semicolons or lines, else before each 《 that follows another's end."""
    text = tidy_lines(text)
    if not text:
        return Split(())
    items = _by_marks(text) or _by_bullets(text)
    if items is not None:
        return Split(tuple(item for item in map(clean_element, items) if item), "numbers")
    whole = all(_WHOLE_BASIS.search(line) for line in text.split("\n"))
    joined = join_lines(text.replace("\n", "；") if whole else text)
    found = [law for part in split_outside(joined, "；;") for law in _each_law(part)]
    cleaned = tuple(item for item in map(clean_element, found) if item)
    return Split(cleaned or (joined,), "laws" if len(cleaned) > 1 else "")


def _each_law(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        if sign in _OPENING:
            before = text[start:place]
            if sign == "《" and depth == 0 and "》" in before:
                tail = _BETWEEN_LAWS.search(before)
                if tail is not None and (tail[0] or before.endswith(("》", "）", ")", "条", "款", "项", "号"))):
                    parts.append(before[: tail.start()])
                    start = place
            depth += 1
        elif sign in _CLOSING:
            depth = max(0, depth - 1)
    return [piece for part in [*parts, text[start:]] for piece in _cut(part, "、，,", _NUMBERED_BASIS)]


_NUMBERED_BASIS = re.compile(r"[ \u3000]*[一-龥]{1,14}[〔\[﹝（(]\d{4}[〕\]﹞）)]第?\d+\s*号")
"""A document that is named by its number alone, 财预〔2016〕143号, stands for itself."""
