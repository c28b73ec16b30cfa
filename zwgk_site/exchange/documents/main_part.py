"""The part of a page that holds its text, found by structure alone: where sentences stand and links do not.

From the top it goes down into whatever holds nearly all of the text, as long as nothing beside that is text too. What
surrounds it (navigation, the bar under a title, what a footer says of the site) is known by its links and its words, which
are the same on every government's pages, never by names of classes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.exchange.documents.tree import Element, is_block, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable

_CHROME_TAGS = frozenset(("nav", "footer", "header", "aside", "menu"))
_FOOTER = re.compile(
    r"ICP备|公网安备|公安备案|网站标识码|版权所有|主办单位[:：]|承办单位[:：]|技术支持[:：]|网站地图|联系我们|copyright|政府网站找错|党政机关"
    r"|主办[:：]|承办[:：]|建议使用.{0,20}浏览器|您?是第.{0,12}位访",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^[\[【（(]?(?:打\s*印|关\s*闭|收\s*藏|分\s*享|字\s*[体号]|浏览|点击|阅读(?:次数|量)|访问(?:次数|量)|上一[篇条页则]|下一[篇条页则]|扫一扫|扫描?二维码|微信|微博"
    r"|当前位置|您?(?:现在|当前)?(?:的|所在)位置|所在位置|首\s*页|返回|回到?顶部|保存|下载本页|我要纠错|纠错|无障碍|长者|适老|繁体|登录|注册|保护视力"
    r"|语音播报|朗读|推荐给?|责任编辑|编\s*辑[:：]|审\s*核[:：]|来\s*源[:：]|信息来源[:：]|文章来源[:：]|作\s*者[:：]|发布(?:时间|日期|机构|单位|人)[:：]|时\s*间[:：]|日\s*期[:：]"
    r"|相关(?:链接|文件|解读|政策|文章|阅读|信息|新闻|报道|附件下载)|政策解读[:：]?$|热点(?:新闻|推荐|信息)|最新(?:信息|文件|发布)|推荐阅读|延伸阅读|通知公告$|公示公告$|稿件来源|政务微信|政务微博"
    r"|QQ空间|人人网|豆瓣|大\s*中\s*小|大$|中$|小$|A[+-]$|>+$|\|$|T\s*T|请输入|搜索|检索$|用微信.{0,6}扫)"
)
_SENTENCE = re.compile(r"[。；;！？：:，,、]|\d{4}\s*年")
_SITE_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|ofd|wps|et|dps|rtf|zip|rar|7z|csv|txt)(?:$|[?#])", re.IGNORECASE)
_ROWS = frozenset(("tbody", "thead", "tfoot", "tr"))
_LINES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "li", "dd", "dt", "caption"))
_WHOLE = frozenset(("table", "ul", "ol", "dl", "p"))
DOMINANT = 6
"""Tenths of the text that make it worth to look inside."""
SHORT = 15
"""A line shorter than this is text only if it reads like a sentence."""


class Weight(msgspec.Struct):
    """What an element holds: characters of text, of links, and of text that reads like a document's (文字分量)."""

    text: int = 0
    links: int = 0
    content: int = 0
    is_footer: bool = False

    def add(self, other: Weight) -> None:
        self.text += other.text
        self.links += other.links
        self.content += other.content


class _Weights:
    """The weights of all elements of a tree; a title known beforehand is no text."""

    def __init__(self, root: Element, title: str) -> None:
        self._title = _squeezed(title)
        self._blocky: set[Element] = set()
        self._found: dict[Element, Weight] = {}
        for element in reversed(list(root.iter())):
            self._found[element] = self._weigh(element)

    def of(self, element: Element) -> Weight:
        return self._found[element]

    def _weigh(self, element: Element) -> Weight:
        """After its children, for the tree is gone through from its end."""
        weight = Weight()
        if not isinstance(element.tag, str):
            return weight
        own = [element.text or ""]
        has_blocks = False
        for child in element:
            inner = self._found[child]
            has_blocks = has_blocks or is_block(child) or inner.content > 0 or child in self._blocky
            weight.add(inner)
            own.append(child.tail or "")
        text = "".join(own).strip()
        weight.text += len(text)
        if element.tag == "a" and element.get("href") is not None:
            weight.links = weight.text if not _SITE_FILE.search(element.get("href") or "") else 0
        if is_block(element) or has_blocks:
            self._blocky.add(element)
        if is_block(element) and not has_blocks:
            self._judge(element, weight)
        elif has_blocks:
            self._judge_own(text, weight)
        return weight

    def _judge(self, element: Element, weight: Weight) -> None:
        """A line: text of the document, or what a page has around it."""
        text = plain_text(element)
        weight.is_footer = bool(_FOOTER.search(text)) and len(text) < 600
        if not weight.is_footer and self.reads_like_text(text) and weight.links * 2 < weight.text:
            weight.content = len(text)

    def _judge_own(self, text: str, weight: Weight) -> None:
        """Text that stands between blocks."""
        weight.is_footer = bool(_FOOTER.search(text)) and len(text) < 600
        if not weight.is_footer and self.reads_like_text(text):
            weight.content += len(text)

    def reads_like_text(self, text: str) -> bool:
        if not text or _FURNITURE.match(text) or (self._title and _squeezed(text) == self._title):
            return False
        return len(text) >= SHORT or bool(_SENTENCE.search(text)) or bool(re.search(r"[\u4e00-\u9fff]{2}", text))


def find_main_part(body: Element, title: str) -> tuple[Element, ...]:
    """The elements that hold the page's text, in order. Nothing else may be taken for text, and nothing of it left."""
    weights = _Weights(body, title)
    current = body
    while (inner := _go_down(current, weights)) is not None:
        current = inner
    if current.tag in _ROWS:
        current = next(current.iterancestors("table"), current)
    units = _units(current)
    kept = tuple(child for child in units if not _is_chrome(child, weights))
    if current.tag in _WHOLE or len(kept) == len(units) or not kept or (current.text or "").strip():
        return (current,)
    return kept


def _units(element: Element) -> list[Element]:
    return [child for child in element if isinstance(child.tag, str)]


def _go_down(element: Element, weights: _Weights) -> Element | None:
    """The child that holds the text, if nothing beside it is text."""
    children = _units(element)
    whole = weights.of(element).content
    if not children or not whole:
        return None
    best = max(children, key=lambda child: weights.of(child).content)
    if best.tag in _LINES or weights.of(best).content * 10 < whole * DOMINANT:
        return None
    own = "".join([element.text or "", *(child.tail or "" for child in children)]).strip()
    if own and weights.reads_like_text(own):
        return None
    if any(_is_text(child, weights) for child in children if child is not best):
        return None
    return best


def _is_text(element: Element, weights: _Weights) -> bool:
    """Whether something beside the text is text as well."""
    return weights.of(element).content > 0 and not _is_chrome(element, weights)


def _is_chrome(element: Element, weights: _Weights) -> bool:
    """Whether an element is what a page has around its text."""
    weight = weights.of(element)
    if not weight.text:
        return not any(True for _ in element.iter("img"))
    if element.tag in _CHROME_TAGS:
        return True
    if any(isinstance(item.tag, str) and weights.of(item).is_footer for item in element.iter()):
        return weight.content < 2000
    text = plain_text(element)
    if _FURNITURE.match(text) and len(text) < 400:
        return True
    return weight.links * 2 >= weight.text


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def trim_edges(lines: Iterable[str]) -> tuple[int, int]:
    """How many lines at the beginning and at the end of a text are what a page has around it."""
    texts = list(lines)
    head = 0
    while head < len(texts) and _is_furniture(texts[head]):
        head += 1
    tail = 0
    while tail < len(texts) - head and _is_furniture(texts[-1 - tail]):
        tail += 1
    return head, tail


def _is_furniture(text: str) -> bool:
    return len(text) < 120 and bool(_FURNITURE.match(text) or _FOOTER.search(text))
