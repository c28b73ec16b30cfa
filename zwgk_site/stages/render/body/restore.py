"""The last step of the reference road: slots and stand-ins become what they stand for, in nh3's finished HTML."""

import re
from collections import defaultdict

from zwgk_site.stages.render.body.marks import (
    CODE_BLOCK,
    CODE_SPAN,
    NOTE_AREA,
    NOTE_BACK,
    NOTE_ITEM,
    NOTE_MARK,
    SLOT_END,
    SLOTS,
    read_number,
    restore_standins,
)
from zwgk_site.text.redaction import DIGITS

_TAG_WITH_SLOT = re.compile(f"<[^<>]*{SLOT_END}[^<>]*>")
_CODE_PARAGRAPH = re.compile(f"<p>{CODE_BLOCK}([{DIGITS}]+){SLOT_END}</p>")
_AREA = re.compile(f"<div>{NOTE_AREA}[{DIGITS}]+{SLOT_END}")
_ITEM = re.compile(f"<li>{NOTE_ITEM}([{DIGITS}]+){SLOT_END}")
_LINK_WITH_SLOT = re.compile(rf' (?:href|src)="[^"]*{SLOT_END}[^"]*"')
_PLAIN_CODE = re.compile("</?code>")


def restore_slots(html: str, codes: tuple[str, ...]) -> str:
    """HTML with code, footnotes and escaped characters in place.

    Inside a tag a slot can only be text; a link target that holds one is no target.
    """
    if SLOT_END in html:
        html = _TAG_WITH_SLOT.sub(lambda match: _restore_in_tag(match.group(), codes), html)
        html = _CODE_PARAGRAPH.sub(lambda match: f"<pre>{codes[read_number(match.group(1))]}</pre>", html)
        html = _AREA.sub('<div class="footnotes" role="group" aria-label="脚注">', html)
        html = _ITEM.sub(lambda match: f'<li id="fn-{read_number(match.group(1))}">', html)
        html = _restore_text(html, codes)
    return restore_standins(html)


def _restore_in_tag(tag: str, codes: tuple[str, ...]) -> str:
    def restore(match: re.Match[str]) -> str:
        if match.group()[0] not in (CODE_BLOCK, CODE_SPAN):
            return ""
        return _PLAIN_CODE.sub("", codes[read_number(match.group(1))]).replace('"', "&quot;")

    return SLOTS.sub(restore, _LINK_WITH_SLOT.sub("", tag))


def _restore_text(html: str, codes: tuple[str, ...]) -> str:
    """Code spans and the marks of footnotes; a note cited n times has n ways back."""
    seen: defaultdict[int, int] = defaultdict(int)

    def restore(match: re.Match[str]) -> str:
        kind, number = match.group()[0], read_number(match.group(1))
        if kind in (CODE_BLOCK, CODE_SPAN):
            return codes[number]
        if kind == NOTE_MARK:
            seen[number] += 1
            return (
                f'<sup id="{_name_mark(number, seen[number])}">'
                f'<a class="footnote-ref" href="#fn-{number}" aria-label="脚注{number}">[{number}]</a></sup>'
            )
        return match.group() if kind == NOTE_BACK else ""

    def restore_back(match: re.Match[str]) -> str:
        number = read_number(match.group(1))
        return "".join(
            f' <a class="footnote-back" href="#{_name_mark(number, time)}">{_name_way_back(time, seen[number])}</a>'
            for time in range(1, seen[number] + 1)
        )

    return SLOTS.sub(restore_back, SLOTS.sub(restore, html))


def _name_way_back(time: int, times: int) -> str:
    return f"返回正文{time}" if times > 1 else "返回正文"


def _name_mark(number: int, time: int) -> str:
    return f"fnref-{number}" if time == 1 else f"fnref-{number}-{time}"
