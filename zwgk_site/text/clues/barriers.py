"""What stands in the way of those who listen to a text or jump about in it.

Pictures without words, links that say nothing, tables without headers, long texts whose titles are no headings. Each is
looked for only where its sign occurs, because every text of a column is looked at. What the program mends by itself, such
as a heading that skips a level, is no barrier.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from zwgk_site.model import clues
from zwgk_site.model.patterns import late
from zwgk_site.text.clues.tables import HTML_TABLE
from zwgk_site.text.hit import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG_TEXT = 3000
"""Characters from which a text needs headings: some six printed pages."""
_TITLES_OF_LONG_TEXT = 3
"""A long text with fewer lines that look like titles may well have no parts."""

_PICTURE = late(r"!\[(?P<alt>[^\[\]\n]*)\](?:\([ \t]*<?(?P<file>[^()\s<>]*)[^()\n]{0,100}\)?|\[)")
_HTML_PICTURE = late(r"<img\b[^<>]*>", re.IGNORECASE)
_ALT = late(r"\balt\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'>]*))", re.IGNORECASE)
_SOURCE = late(r"\bsrc\s*=\s*[\"']?(?P<file>[^\"'\s>]+)", re.IGNORECASE)
_NO_WORDS = late(
    r"(?:微信|QQ)?(?:图片?|图像|照片|截图|插图|未命名|未标题|image|img|picture|pic|photo|dsc|untitled)?"
    r"[\s\d_.()（）-]*(?:\.(?:png|jpe?g|gif|webp|bmp))?|[^\s，。]{1,60}\.(?:png|jpe?g|gif|webp|bmp)",
    re.IGNORECASE,
)
"""What a word processor or a camera writes instead of words: nothing, 图片1, image-2, IMG_0042.jpg."""

_LINK = late(r"\[(?P<words>[^\[\]\n]{1,16})\]\(")
_HTML_LINK = late(r"<a\b[^<>]*>(?P<words>[^<>\n]{1,16})</a>", re.IGNORECASE)
_EDGES = " \t\u3000*_【】（）()[]《》“”\"'>→»…。，！!:："
_VAGUE = frozenset(
    [
        "点击",
        "请点击",
        "点这里",
        "点此",
        "点击此",
        "这里",
        "此处",
        "在此",
        "在这里",
        "此链接",
        "本链接",
        "查看",
        "请查看",
        "下载",
        "打开",
        "进入",
        "链接",
        "更多",
        "详情",
        "详细",
        "查看更多",
        "更多内容",
        "了解更多",
        "阅读更多",
        "更多信息",
        "查看详情",
        "查看详细",
        "查看链接",
        "查看内容",
        "下载链接",
        "立即下载",
        "立即查看",
        "进入链接",
        "打开链接",
        "here",
        "more",
        "link",
        "download",
        "view",
        "clickhere",
        "readmore",
        "learnmore",
        "seemore",
    ]
) | {
    f"{please}点击{what}"
    for please in ("", "请")
    for what in [
        "这里",
        "此处",
        "查看",
        "下载",
        "进入",
        "打开",
        "浏览",
        "阅读",
        "链接",
        "此链接",
        "详情",
        "查看详情",
        "进入链接",
        "下面链接",
    ]
}
"""Without blanks and in small letters."""

_NO_LINK = ("!", "`", "\\")
_ROW = 1000
"""How far back the beginning of a row is looked for: a line may hold thousands of links."""

_EMPTY_HEADER = late(r"\n[ \t]*(?P<row>\|[ \t\u3000|]*\|)[ \t]*\n[ \t]*\|?[ \t]*:?-[ \t:|-]*\|")
_HTML_HEADER = late(r"<th[\s>]", re.IGNORECASE)
_HTML_ROW = late(r"<tr[\s>]", re.IGNORECASE)
_HTML_CELL = late(r"<td[\s>]", re.IGNORECASE)

_HEADING = late(r"\n[ \t]*(?:#{1,6}[ \t\u3000]*[^#\s]|<h[1-6][\s>]|>[ \t]*#)", re.IGNORECASE)
_UNDERLINE = late(r"\n(?:={3,}|-{3,})[ \t]*(?=\n|\Z)")
_TITLE = late(
    r"\n[ \t\u3000]*(?P<title>\*{0,2}(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[章节编][ \t\u3000]*)"
    r"[^\n。；：|]{2,30}?\*{0,2})[ \t\u3000]*(?=\n|\Z)"
)


def find_barriers(text: str) -> Iterator[Hit]:
    """Every barrier of a Markdown text; what stands in code is none."""
    found = [*_titles(text)]
    # one character is found much faster than two
    if "[" in text:
        found += (*_pictures(text), *_links(text))
    if "|" in text:
        found += _pipe_tables(text)
    if "<" in text:
        found += (*_html_pictures(text), *_html_links(text), *_html_tables(text))
    if not found:
        return
    fences = _fences(text) if "```" in text or "~~~" in text else []
    for hit in found:
        if not bisect_right(fences, hit.start) % 2 and text[hit.start - 1 : hit.start] not in ("`", "\\"):
            yield hit


def _pictures(text: str) -> Iterator[Hit]:
    for found in _PICTURE.finditer(text) if "![" in text else ():
        if _NO_WORDS.fullmatch(found["alt"].strip()):
            yield Hit(clues.NO_ALT, found["file"] or found["alt"], found.start(), found.end())


def _html_pictures(text: str) -> Iterator[Hit]:
    for found in _HTML_PICTURE.finditer(text):
        alt, source = _ALT.search(found[0]), _SOURCE.search(found[0])
        words = (alt["a"] or alt["b"] or alt["c"] or "").strip() if alt else ""
        # an alt that was left empty on purpose says that the picture is an ornament
        if not alt or (words and _NO_WORDS.fullmatch(words)):
            yield Hit(clues.NO_ALT, source["file"] if source else "", found.start(), found.end())


def _links(text: str) -> Iterator[Hit]:
    for found in _LINK.finditer(text) if "](" in text else ():
        yield from _vague(text, found)


def _html_links(text: str) -> Iterator[Hit]:
    for found in _HTML_LINK.finditer(text):
        yield from _vague(text, found)


def _vague(text: str, link: re.Match[str]) -> Iterator[Hit]:
    """A link whose words say nothing by themselves. In a table the row says what is meant, and its links are left alone."""
    words = link["words"].strip(_EDGES)
    if words.replace(" ", "").lower() not in _VAGUE or text[link.start() - 1 : link.start()] in _NO_LINK:
        return
    near = max(0, link.start() - _ROW)
    before = text[max(near, text.rfind("\n", near, link.start()) + 1) : link.start()].lstrip().lower()
    if not before.startswith("|") and "<td" not in before:
        yield Hit(clues.VAGUE_LINK, words, link.start("words"), link.end("words"))


def _pipe_tables(text: str) -> Iterator[Hit]:
    for found in _EMPTY_HEADER.finditer(f"\n{text}"):
        yield Hit(clues.NO_TABLE_HEADER, "", found.start("row") - 1, found.end("row") - 1)


def _html_tables(text: str) -> Iterator[Hit]:
    for found in HTML_TABLE.finditer(text):
        # tables around other tables are there for the layout; one row or one column is a box, no table of data
        inner = found.start() + max(0, found[0].rfind("<table"), found[0].rfind("<TABLE"))
        table = text[inner : found.end()]
        rows, cells = len(_HTML_ROW.findall(table)), len(_HTML_CELL.findall(table))
        if rows > 1 and cells >= 2 * rows and not _HTML_HEADER.search(table):
            yield Hit(clues.NO_TABLE_HEADER, "", inner, inner + len("<table"))


def _titles(text: str) -> Iterator[Hit]:
    """The first line that reads like a title of a part, in a long text that marks none of them as headings."""
    if len(text) < LONG_TEXT or _HEADING.search(text) or text[:1] == "#":
        return
    if any(text[found.start() - 1 : found.start()].strip() for found in _UNDERLINE.finditer(text)):
        return
    titles = list(islice(_TITLE.finditer(text), _TITLES_OF_LONG_TEXT))
    if len(titles) == _TITLES_OF_LONG_TEXT:
        first = titles[0]
        yield Hit(clues.UNMARKED_TITLES, first["title"].strip("*"), first.start("title"), first.end("title"))


def _fences(text: str) -> list[int]:
    """Where code begins and ends, in turn."""
    places: list[int] = []
    fence, start = "", 0
    for line in text.split("\n"):
        plain = line.lstrip()
        if plain.startswith(("```", "~~~")) and (not fence or plain.startswith(fence)):
            places.append(start)
            fence = "" if fence else plain[:3]
        start += len(line) + 1
    return places
