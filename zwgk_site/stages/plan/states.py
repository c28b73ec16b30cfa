"""The state of a document on a day (有效性), in one word, and when that word next changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.statute.day_watch import days_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwgk_site.model.corpus import Document

WITHDRAWN = "已撤回"


def state_of(document: Document, today: str) -> str:
    """已撤回, 已废止, 已失效, 尚未施行, or an empty string for what is simply there."""
    if document.withdrawal is not None:
        return WITHDRAWN
    if document.validity == "废止":
        return "已废止"
    if document.validity == "失效" or (document.expires_on and today > document.expires_on):
        return "已失效"
    if document.effective_on and today < document.effective_on:
        return "尚未施行"
    return ""


ASKED, ASKING, ASK_LATER = "已经截止", "正在征求", "即将开始"
"""How a consultation stands on a day."""


def consultation_state(document: Document, today: str) -> str:
    """How the consultation stands; empty for one without days."""
    days = document.consultation
    if days is None or not (days.start or days.end):
        return ""
    if days.start and today < days.start:
        return ASK_LATER
    return ASKED if days.end and today > days.end else ASKING


def state_changes(document: Document) -> Iterator[str]:
    """The days on which `state_of` or `consultation_state` may change."""
    if document.consultation is not None:
        if document.consultation.start:
            yield document.consultation.start
        if document.consultation.end:
            yield days_after(document.consultation.end, 1)
    if document.effective_on:
        yield document.effective_on
    if document.expires_on:
        yield days_after(document.expires_on, 1)


def next_change(days: Iterator[str], today: str) -> str:
    """The first of `days` after `today`, or an empty string."""
    return min((day for day in days if day > today), default="")


def shown_date(document: Document) -> str:
    """The date that lists show and sort by: when it was published, else when it was formed."""
    return (document.published_on or document.formed_on)[:10]


def minute_of(moment: str) -> str:
    """A day or a moment as `YYYY-MM-DD HH:MM`: 00:00 where no time is given."""
    return f"{moment} 00:00" if len(moment) == len("2026-03-05") else moment
