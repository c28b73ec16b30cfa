"""Which of the parts that it is asked for a document's text lacks, and whether its text can be judged at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.text.asked_parts import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.model.corpus import Document

INTRODUCTION = 1000
"""A text of fewer characters beside attachments only introduces them."""


def is_family(document: Document, family: str) -> bool:
    """Whether the text was asked for the parts of `family` (`text/asked_parts.py`)."""
    return f"{family}:" in document.facts.elements


def is_whole(document: Document) -> bool:
    """Whether what is asked for must stand in the text: not if it is in an attachment or where a link leads."""
    facts = document.facts
    return facts.length > 0 and not facts.is_stub and not (document.attachments and facts.length < INTRODUCTION)


def missing_parts(document: Document, family: str, parts: Iterable[str] = ()) -> str:
    """What the text lacks of `parts`, or of all of the family's parts, in order, with 、 between."""
    elements = document.facts.elements
    return "、".join(part for part in parts or FAMILIES[family].parts if f"{family}:{part}" not in elements)
