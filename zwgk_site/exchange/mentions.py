"""Which documents of the site a text names: by 《full title》, by 文号, or by both together."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.corpus import Document
from zwgk_site.statute.document_numbers import parse_document_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NUMBER = r"(?:(?![由被据照的及和与将对])[\u4e00-\u9fffA-Za-z]){1,20}[〔\[［(（【]\d{4}[〕\]］)）】]第?\d{1,5}号"
_MENTION = re.compile(
    rf"《(?P<title>[^《》\n]{{4,120}})》(?:\s*[（(]\s*(?P<number>{_NUMBER})[^（）()\n]{{0,20}}[)）])?"
)
_BARE_NUMBER = re.compile(_NUMBER)
_BLANK = re.compile(r"[\s《》〈〉“”\"「」]+")
_WRAPPED = re.compile(r"关于(?:印发|发布|公布|下发|实施)(?P<name>.{4,}?)的(?:通知|公告|决定|通告)")
_ASKED = re.compile(r"(?:征求|征集)(?:社会(?:各界|公众)?)?(?:对)?(?P<name>.{4,}?)(?:公开)?(?:的)?(?:意见|建议)(?!稿)")
_DRAFT = re.compile(r"[（(](?:公开)?(?:征求意见稿|草案|送审稿|修订草案|征求意见)[)）]$")
_WIDE = str.maketrans("()［］", "（）[]")


class Named(msgspec.Struct, frozen=True):
    """A document with the code of its department (站内文件)."""

    code: str
    document: Document

    @property
    def label(self) -> str:
        """What a finding calls it; also how another department refers to it."""
        return f"{self.code}:{self.document.path}"


class Mention(msgspec.Struct, frozen=True):
    """A place `[start, end)` at which a text names documents (提及); `title` may be empty, then `number` is not."""

    title: str
    number: str
    start: int
    end: int


class Names:
    """The public documents of a site by all that they may be called."""

    def __init__(self, documents: Iterable[Named]) -> None:
        self._titles: dict[str, list[Named]] = defaultdict(list)
        self._numbers: dict[tuple[int, int], list[tuple[str, Named]]] = defaultdict(list)
        for named in documents:
            for key in dict.fromkeys(_names_of(named.document)):
                self._titles[key].append(named)
            number = parse_document_number(named.document.document_number)
            if number is not None and number.year:
                self._numbers[number.year, number.serial].append((number.organ, named))

    def titled(self, title: str) -> list[Named]:
        """The documents that are called so."""
        return self._titles.get(title_key(title), [])

    def numbered(self, number: str) -> list[Named]:
        """The documents of a 文号; words may stand before it (根据示政发〔2019〕3号)."""
        parsed = parse_document_number(number)
        if parsed is None:
            return []
        rows = self._numbers.get((parsed.year, parsed.serial), ())
        return [named for organ, named in rows if organ and parsed.organ.endswith(organ)]

    def find(self, mention: Mention) -> list[Named]:
        """The documents that are meant. Of one title with different numbers only the one of that number is."""
        titled = self.titled(mention.title) if mention.title else []
        if not mention.number:
            return titled
        numbered = self.numbered(mention.number)
        if not numbered:
            return [named for named in titled if not named.document.document_number]
        both = [named for named in numbered if named in titled]
        return both or [*numbered, *titled]


def find_mentions(text: str) -> Iterator[Mention]:
    """Every title in book marks, with the 文号 in brackets behind it, and every 文号 that stands alone."""
    seen = 0
    for found in _MENTION.finditer(text):
        yield from _bare(text, seen, found.start())
        yield Mention(found["title"], found["number"] or "", found.start(), found.end())
        seen = found.end()
    yield from _bare(text, seen, len(text))


def _bare(text: str, start: int, end: int) -> Iterator[Mention]:
    for found in _BARE_NUMBER.finditer(text, start, end):
        yield Mention("", found[0], found.start(), found.end())


def title_key(title: str) -> str:
    """A title without blanks, quotes and the note that it is a draft (征求意见稿)."""
    return _DRAFT.sub("", _BLANK.sub("", title).translate(_WIDE))


def _names_of(document: Document) -> Iterator[str]:
    """A title, without the organ in front of it, and what it issues (关于印发…的通知) or asks for (征求…意见)."""
    key = title_key(document.title)
    yield key
    for issuer in document.issuer:
        if key.startswith(issuer) and len(key) > len(issuer) + 4:
            yield key.removeprefix(issuer)
    wrapped = (_ASKED if document.kind == "征求意见" else _WRAPPED).search(key)
    if wrapped:
        yield title_key(wrapped["name"])
