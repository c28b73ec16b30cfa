"""Relations (关联) that texts state and front matters lack: what is explained, consulted on, repealed, amended, replaced.

Only what a text names and only where one public document answers to it: nothing is guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zwgk_site.exchange.mentions import Mention, Named, Names, find_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.model.corpus import Document

POLICIES = ("政策文件", "")
_NO_SUBJECT = frozenset(("解读", "征求意见", "意见采纳结果", "舆情回应"))
"""Kinds of documents that no 解读 is about."""
_ABOUT_WORDS = re.compile(
    r"^(?:一图读懂|一图看懂|图解|关于)?[：:｜|]?(?P<name>.{6,}?)的?(?:政策|文件)?(?:解读|问答|图解|起草说明).*$"
)
_SENTENCE = re.compile(r"[^。；;\n]+")
_JOINED = re.compile(r"[、，,和及与以\s]*")
_REPEALED = re.compile(
    r"(?!.{0,20}(?:拟|将|建议|不))[^《，,：:]{0,20}(?:起[，,])?(?:同时|相应|即行|予以|自行|一并)?(?<![未不])废止(?![后前之的])"
)
_BY_OTHERS = re.compile(r"(?:由|被|经|根据|依据|按照|按)$")
"""Words before a title that make it what repeals, not what is repealed."""
_REPEALING = re.compile(r"(?<![拟未不])废止[^《》，,：:]{0,10}$")
_AMENDED = re.compile(r"[^《，,：:]{0,20}(?:作|做)(?:出|了)?(?:如下|以下|相应)?(?:修改|修订)")
_AMENDING = re.compile(r"关于(?:修改|修订)$")
_REPLACED = re.compile(r"[^《，,：:]{0,10}由本[\u4e00-\u9fff]{1,6}(?:替代|代替|取代)")
_IN_FORCE = re.compile(r"自(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|实施|执行|生效)")


class Link(NamedTuple):
    """That `source` stands in the relation `kind` to one of `targets`; more than one: not clear to which (待核对的关联)."""

    source: Named
    kind: str
    targets: tuple[Named, ...]


def find_subject(source: Named, text: str, names: Names) -> Link | None:
    """What an 解读 explains, or what a 意见采纳结果 was consulted on: by its title, else by its text."""
    is_result = source.document.kind == "意见采纳结果"
    kind = "征求意见稿" if is_result else "解读对象"
    title = source.document.title
    found = _meant(find_mentions(title), source, names, is_result=is_result)
    inner = None if found or is_result else _ABOUT_WORDS.match(title)
    if inner:
        found = _eligible(names.titled(inner["name"]), source, is_result=is_result)
    found = found or _meant(find_mentions(text), source, names, is_result=is_result)
    return Link(source, kind, tuple(found)) if found else None


def _meant(mentions: Iterable[Mention], source: Named, names: Names, *, is_result: bool) -> list[Named]:
    found = (named for mention in mentions for named in names.find(mention))
    return _eligible(found, source, is_result=is_result)


def _eligible(found: Iterable[Named], source: Named, *, is_result: bool) -> list[Named]:
    """Each once, in order, of the kinds that may be meant."""
    fits = {
        named.label: named
        for named in found
        if named.label != source.label
        and (named.document.kind == "征求意见" if is_result else named.document.kind not in _NO_SUBJECT)
    }
    return list(fits.values())


def find_changes(source: Named, text: str, names: Names) -> Iterator[Link]:
    """What a policy document says that it repeals (废止), amends (修改) or replaces (替代)."""
    for number, sentence in enumerate((source.document.title, *_SENTENCE.findall(text))):
        if "废止" in sentence or "修" in sentence or "由本" in sentence:
            for kind, mention in _changed(sentence, is_title=not number):
                targets = {named.label: named for named in names.find(mention)}
                targets.pop(source.label, None)
                fits = [item for item in targets.values() if _is_older(item.document, source.document)]
                if fits:
                    yield Link(source, kind, tuple(fits))


def _is_older(target: Document, source: Document) -> bool:
    """Whether `target` can be what `source` changes: a rule, and none that came later."""
    is_rule = target.kind in (*POLICIES, "制度", "其他")
    first, then = (item.formed_on or item.published_on[:10] for item in (target, source))
    return is_rule and (not first or not then or first <= then)


def _changed(sentence: str, *, is_title: bool) -> Iterator[tuple[str, Mention]]:
    """The relations that one sentence states; 《A》、《B》同时废止 holds for both."""
    mentions = list(find_mentions(sentence))
    for first, last in _runs(sentence, mentions):
        run = mentions[first:last]
        before = sentence[: run[0].start]
        stop = mentions[last].start if last < len(mentions) else len(sentence)
        after = sentence[run[-1].end : stop]
        kind = ""
        if _BY_OTHERS.search(before):
            continue
        if _REPEALING.search(before) or _REPEALED.match(after):
            kind = "废止"
        elif (is_title and _AMENDING.search(before)) or (before.endswith("对") and _AMENDED.match(after)):
            kind = "修改"
        elif _REPLACED.match(after):
            kind = "替代"
        if kind:
            yield from ((kind, mention) for mention in run)


def _runs(sentence: str, mentions: list[Mention]) -> Iterator[tuple[int, int]]:
    """Mentions that only commas and 和 stand between, as `[first, last)`."""
    first = 0
    for number in range(1, len(mentions) + 1):
        if number == len(mentions) or not _JOINED.fullmatch(
            sentence[mentions[number - 1].end : mentions[number].start]
        ):
            yield first, number
            first = number


def is_in_force(document: Document, text: str, today: str) -> bool:
    """Whether a document applies by `today`: by 施行日期, else by the day that its text names."""
    if document.effective_on:
        return document.effective_on <= today
    found = _IN_FORCE.search(text)
    return found is None or f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" <= today
