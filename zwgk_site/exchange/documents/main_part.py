"""The part of a page that holds its text, found by structure alone: where sentences stand and links do not.

From the top it goes down into whatever holds nearly all of the text, as long as nothing beside that is text too. What
surrounds it (navigation, the bar under a title, what a footer says of the site) is known by its links and its words, which
are the same on every government's pages, never by names of classes.
"""

from __future__ import annotations

import re

import msgspec

from zwgk_site.exchange.documents.tree import Element, is_block, plain_text

_CHROME_TAGS = frozenset(("nav", "footer", "header", "aside", "menu"))
_FOOTER = re.compile(
    r"ICP备|公网安备|公安备案|网站标识码|版权所有|copyright|政府网站找错|建议使用.{0,20}浏览器|您?是第.{0,12}位访",
    re.IGNORECASE,
)
"""Words that only the foot of a site says."""
_END = r"(?=[\s:：|｜\[\]【】（）()<>«»\d]|$)"
_FURNITURE = re.compile(
    r"[\[【（(\s]*(?:"
    r"(?:打\s*印|关\s*闭|收\s*藏|分\s*享|纠\s*错|保\s*存|下\s*载)(?:本页|本文|此页|页面|窗口|到|至)?"
    + _END
    + r"|(?:字\s*[体号]|字体大小|大\s*中\s*小|大|中|小|A[+-]|T\s*T|视力保护色|保护视力色?|无障碍(?:阅读|浏览)?|长者(?:助手|模式|版)|适老(?:版|模式)?|繁体(?:版|中文)?|简体)"
    + _END
    + r"|(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?"
    + _END
    + r"|[上下前后]一[篇条页则个]"
    + _END
    + r"|扫[一扫描码].{0,30}|用?微信.{0,6}扫.{0,30}|(?:政务)?(?:微信|微博)(?:公众号|客户端)?"
    + _END
    + r"|您?(?:现在|当前|目前)?(?:的|所在的?|浏览)?位置"
    + _END
    + r"|(?:网站)?首\s*页"
    + _END
    + r"|返回(?:顶部|首页|列表|上页)?"
    + _END
    + r"|回到?顶部"
    + _END
    + r"|我要纠错|登录"
    + _END
    + r"|注册"
    + _END
    + r"|语音播报|朗读"
    + _END
    + r"|推荐给?(?:朋友|好友)?"
    + _END
    + r"|(?:责任编辑|编\s*辑|编\s*审|校\s*对|初审|复审|终审|稿件来源|信息来源|文章来源|来\s*源|作\s*者)[:：]"
    r"|发布(?:时间|日期|机构|单位|人)[:：]|(?:时\s*间|日\s*期)[:：]\s*\d{4}-\d{1,2}-\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s|$)"
    r"|相关(?:链接|文件|解读|政策|文章|阅读|信息|新闻|报道)"
    + _END
    + r"|(?:热点|最新|推荐)(?:新闻|推荐|信息|文件|发布|阅读)"
    + _END
    + r"|延伸阅读"
    + _END
    + r"|(?:政策解读|通知公告|公示公告|图解|网站地图|联系我们|网站声明|关于我们|QQ空间|人人网|豆瓣|[>|｜]+)$"
    r"|请输入.{0,12}$|(?:搜索|检索|站内搜索)$"
    r")"
)
_WEAK = re.compile(r"(?:主办|承办|协办|技术支持|地址|邮编|电话)(?:单位)?[:：]")
"""What a site's foot says as well as a notice; it counts beside words of `_FOOTER` only."""
_SENTENCE = re.compile(r"[。；;！？]")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_SITE_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|ofd|wps|et|dps|rtf|zip|rar|7z|csv|txt)(?:$|[?#])", re.IGNORECASE)
_ROWS = frozenset(("tbody", "thead", "tfoot", "tr"))
_LINES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "li", "dd", "dt", "caption"))
_WHOLE = frozenset(("table", "ul", "ol", "dl", "p"))
DOMINANT = 6
"""Tenths of the text that make it worth to look inside."""
SHORT = 15
"""A line shorter than this is text only if it holds a word."""
LONGEST_BAR = 400
MANY_LINKS = 3
"""A line with as many links is a menu."""
LONGEST_LINE = 120
LONGEST_FOOTER = 2000


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
        weight.is_footer = _is_footer(text)
        if not weight.is_footer and self.reads_like_text(text) and weight.links * 2 < weight.text:
            weight.content = len(text)

    def _judge_own(self, text: str, weight: Weight) -> None:
        """Text that stands between blocks."""
        weight.is_footer = _is_footer(text)
        if not weight.is_footer and self.reads_like_text(text):
            weight.content += len(text)

    def reads_like_text(self, text: str) -> bool:
        if not text or is_furniture(text) or (self._title and _squeezed(text) == self._title):
            return False
        return len(text) >= SHORT or bool(_HAN.search(text))


class MainPart(msgspec.Struct, frozen=True):
    """The elements that hold a page's text (正文部分), in order, and the lines beside them that were left out."""

    elements: tuple[Element, ...]
    left: tuple[str, ...] = ()


def find_main_part(body: Element, title: str) -> MainPart:
    """Where the page's text stands. Nothing else may be taken for text, and nothing of it left."""
    weights = _Weights(body, title)
    current = body
    while (inner := _go_down(current, weights)) is not None:
        current = inner
    if current.tag in _ROWS:
        current = next(current.iterancestors("table"), current)
    units = _units(current)
    first, last = _edges(units, weights)
    if current.tag in _WHOLE or last - first == len(units) or last <= first or _has_own_text(current, weights):
        return MainPart((current,))
    beside = [*units[:first], *units[last:]]
    left = tuple(text for unit in beside if (text := plain_text(unit)) and weights.of(unit).links * 2 < len(text))
    return MainPart(tuple(units[first:last]), left)


def _edges(units: list[Element], weights: _Weights) -> tuple[int, int]:
    """Where the text begins and ends among children: what lies between is text, whatever it looks like."""
    marks = [_is_text(child, weights) for child in units]
    if True not in marks:
        return 0, len(units)
    first, last = marks.index(True), len(marks) - marks[::-1].index(True)
    while first and not _is_chrome(units[first - 1], weights):
        first -= 1
    while last < len(units) and not _is_chrome(units[last], weights):
        last += 1
    if any(_has_footer(child, weights) for child in units[last:]):
        while last > first + 1 and _WEAK.match(plain_text(units[last - 1])):
            last -= 1
    return first, last


def _has_footer(element: Element, weights: _Weights) -> bool:
    return any(isinstance(item.tag, str) and weights.of(item).is_footer for item in element.iter())


def _has_own_text(element: Element, weights: _Weights) -> bool:
    """Whether words of the document stand straight in an element, between its children."""
    own = "".join([element.text or "", *(child.tail or "" for child in element)]).strip()
    return bool(own) and weights.reads_like_text(own)


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
    if _has_own_text(element, weights):
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
    if _has_footer(element, weights):
        return weight.content < LONGEST_FOOTER
    if is_furniture(plain_text(element), LONGEST_BAR):
        return True
    is_line = element.tag in _LINES and sum(1 for _ in element.iter("a")) < MANY_LINKS
    return not is_line and weight.links * 2 >= weight.text


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def is_furniture(text: str, longest: int = 60) -> bool:
    """Whether a line is a button or a bar of a page: known by its first words, short, and no sentence."""
    return len(text) <= longest and not _SENTENCE.search(text) and bool(_FURNITURE.match(text))


def _is_footer(text: str) -> bool:
    return len(text) < LONGEST_BAR and bool(_FOOTER.search(text)) and text.count("。") < 2


def is_around(line: str) -> bool:
    """Whether a line at the edge of a text is what a page has around it."""
    return is_furniture(line, LONGEST_LINE) or _is_footer(line)
