"""Personal numbers hidden in words that leave the page they stand on: findings, derived summaries, lines shown of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.clues import CONTACT_MOBILE, ID_CARD
from zwgk_site.model.patterns import late
from zwgk_site.text.check_digits import is_resident_id
from zwgk_site.text.clues.numbers import NARROW, find_numbers
from zwgk_site.text.hit import WIDEST, Hit, masked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.diagnostics import Diagnostic

_LONG = late(r"\d[\d -]{8,}[\dXxＸｘ]")
_BARE_ID = late(r"(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{9}[0-9Xx](?![0-9])")
"""An identity number even inside a file name or a word of letters, where scanners keep quiet."""
_SIGN = late(r"[0-9A-Za-z０-９Ｘｘ]")


def hide_numbers(text: str) -> str:
    """`text`, as long as before, with stars in the numbers of persons (条例第15条); telephones of offices stay."""
    if not _LONG.search(text):
        return text
    plain = text.translate(NARROW)
    for start, end, kind in list(_places(plain)):
        text = text[:start] + _starred(text[start:end], *WIDEST[kind]) + text[end:]
    return text


def find_in_name(text: str) -> tuple[Hit, ...]:
    """The numbers of persons in a title or the name of a file, each once, where scanners of texts keep quiet too."""
    if not _LONG.search(text):
        return ()
    plain = text.translate(NARROW)
    places = {(start, kind): end for start, end, kind in _places(plain)}
    return tuple(
        Hit(kind, masked(kind, plain[start:end].replace(" ", "").replace("-", "")), start, end)
        for (start, kind), end in sorted(places.items())
    )


def hide_in_finding(finding: Diagnostic) -> Diagnostic:
    """The finding with the numbers hidden in its facts: they quote what somebody wrote."""
    facts = tuple((name, hide_numbers(value) if isinstance(value, str) else value) for name, value in finding.facts)
    return finding if facts == finding.facts else msgspec.structs.replace(finding, facts=facts)


def _places(plain: str) -> Iterator[tuple[int, int, str]]:
    for found in _BARE_ID.finditer(plain):
        if is_resident_id(found[0]):
            yield found.start(), found.end(), ID_CARD
    for hit in find_numbers(plain):
        if hit.kind != CONTACT_MOBILE:
            yield hit.start, hit.end, hit.kind


def _starred(number: str, head: int, tail: int) -> str:
    """`number` with stars for all signs but the first `head` and the last `tail`; blanks and dashes stay."""
    places = [found.start() for found in _SIGN.finditer(number)]
    hidden = set(places[head : len(places) - tail])
    return "".join("*" if place in hidden else sign for place, sign in enumerate(number))
