"""Marks that say who may read a text: degrees of secrecy (密级), inner use, and the note on openness at its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zwgk_site.model import clues
from zwgk_site.model.patterns import late
from zwgk_site.text.hit import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANK = r"[ \t\u3000]"
_GAP = r"[ \t\u3000]{0,8}"
"""Blanks inside a mark that is spaced out; bounded, so that a search stays linear in runs of blanks."""
_EDGE = r"[ \t\u3000*#>_<a-zA-Z=\"/&;:-]*"
"""What may stand beside a mark that has its line to itself: blanks and marks of Markdown or HTML."""
_TERM = rf"(?:长期|[0-9０-９一二三四五六七八九十]+{_GAP}(?:年|个月|月))"

_SECRET = late(
    rf"(?<![“\"『「《])(?P<a>绝{_GAP}密|机{_GAP}密|秘{_GAP}密){_GAP}[★☆]{_GAP}{_TERM}?(?![”\"』」])"
    rf"|^{_EDGE}(?P<b>绝{_GAP}密|机{_GAP}密|秘{_GAP}密)(?:{_GAP}[*＊]?{_GAP}{_TERM})?{_EDGE}$",
    re.MULTILINE,
)
_INNER_LINE = late(
    rf"^{_EDGE}[（(【\[]?(?P<a>(?:特{_GAP}急|加{_GAP}急|特{_GAP}提|平{_GAP}急)(?:{_GAP}[·・.]?{_GAP}明{_GAP}(?:电|传))?"
    r"|(?:内部)?明[电传](?:电报)?|传真电报|内部(?:资料|文件|材料|使用)(?:[，,、；;：:\s]*(?:注意|妥善|请勿|严禁|不得|不准)[\u4e00-\u9fff]{1,8})?"
    rf"|(?:本件)?不得公开|(?:仅|只)供[\u4e00-\u9fff]{{1,14}}(?:使用|参考|参阅|掌握|研究)[\u4e00-\u9fff，,]{{0,10}}|(?:请勿|严禁)外传)[）)】\]]?{_EDGE}[！!。]?$",
    re.MULTILINE,
)
_INNER_INLINE = late(
    r"内部(?:资料|文件|材料)[，,、；;\s]{0,2}(?:注意保存|注意保管|妥善保管|请勿外传|严禁外传|不得外传)"
    r"|[（(【\[](?:内部(?:资料|文件|材料|使用)|不得公开|仅供[\u4e00-\u9fff]{1,12}(?:使用|参考|参阅|掌握))[）)】\]]"
    r"|(?:此|本)(?:件|文件|材料|资料)[\u4e00-\u9fff]{0,4}(?:(?<!此件)不得公开|不得外传|仅供[\u4e00-\u9fff]{1,12}(?:使用|参考|参阅|掌握))"
)
_OPEN = late(
    rf"(?P<o>[（(〔﹝\[【｛{{<〈《]?){_GAP}此{_GAP}件{_GAP}"
    rf"(?P<m>(?:[\u4e00-\u9fff]{_GAP}){{0,6}}?公{_GAP}开(?:{_GAP}发{_GAP}布)?){_GAP}(?P<c>[）)〕﹞\]】｝}}>〉》]?)"
)
TRIGGER = late(
    "|".join(f"{first}{_GAP}密{_GAP}(?:[★☆*＊\n0-9０-９一二三四五六七八九十长]|\\Z)" for first in "绝机秘")
    + "|"
    + "|".join(f"{first}{_GAP}急" for first in "特加平")
    + f"|特{_GAP}提|明电|明传|传真电报|内部资|内部文|内部材|内部使|不得公开|不得外传|仅供|只供|请勿外|严禁外"
)
"""Each branch begins with one plain character: only then is the search quick."""
_THIS_FILE = late(f"此{_GAP}件")


def find_secrecy_marks(text: str) -> Iterator[Hit]:
    """Degrees of secrecy and marks of inner use, only where they stand as marks: with a star, alone in a line, in brackets."""
    if not TRIGGER.search(text):
        return
    for found in _SECRET.finditer(text):
        yield _hit(clues.SECRET_MARK, found, "a" if found["a"] else "b")
    seen: set[int] = set()
    for found in _INNER_LINE.finditer(text):
        seen.add(found.start("a"))
        yield _hit(clues.INNER_MARK, found, "a")
    for found in _INNER_INLINE.finditer(text):
        if not any(found.start() <= place < found.end() for place in seen):
            yield _hit(clues.INNER_MARK, found, 0)


def find_open_marks(text: str) -> Iterator[Hit]:
    """Notes such as （此件公开发布）, in brackets of any form or alone in a line; the value is what they say in one word."""
    if not _THIS_FILE.search(text):
        return
    for found in _OPEN.finditer(text):
        said = _openness(re.sub(rf"{_BLANK}+", "", found["m"]))
        if said and ((found["o"] and found["c"]) or _is_alone(text, found.start(), found.end())):
            yield Hit(clues.OPEN_MARK, said, found.start(), found.end())


def _openness(words: str) -> str:
    if re.search("不予|不宜|不得|不公开|不能|非公开", words):
        return "不公开"
    if "申请" in words:
        return "依申请公开"
    if re.search("删减|部分|摘要", words):
        return "删减后公开"
    if re.fullmatch("(?:属于|可|可以|为|以|全文|予以|同意)?(?:主动公开|公开发布|公开)(?:发布)?", words):
        return "主动公开" if "主动" in words else "公开"
    return ""


def _is_alone(text: str, start: int, end: int) -> bool:
    before = text[text.rfind("\n", 0, start) + 1 : start]
    line_end = text.find("\n", end)
    after = text[end : line_end if line_end >= 0 else len(text)]
    return not before.strip(" \t\u3000*#>") and not after.strip(" \t\u3000*。.")


def _hit(kind: str, found: re.Match[str], group: str | int) -> Hit:
    value = re.sub(rf"{_BLANK}+", "", found[group])
    return Hit(kind, value, found.start(group), found.end(group))
