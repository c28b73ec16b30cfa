"""The form that the ids of a catalogue have (编号格式), so that a new one looks like the others wherever it is given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

_ID = re.compile(r"(?P<lead>.*?)(?P<number>\d{1,18})(?P<tail>\D*)")  # of more digits, the last are counted on
FIRST_WIDTH = 3


class IdForm(msgspec.Struct, frozen=True):
    """What stands around the number, how many digits it has at least, and the highest that was given."""

    lead: str
    tail: str = ""
    width: int = FIRST_WIDTH
    last: int = 0

    def id_of(self, number: int) -> str:
        """The id with this number."""
        return f"{self.lead}{number:0{self.width}}{self.tail}"


def first_form(code: str) -> IdForm:
    """The form where there is none yet: `WJJ-001`."""
    return IdForm(f"{code.upper()}-")


def usual_form(ids: Iterable[str]) -> IdForm | None:
    """The form that most ids have, whatever their order; of several as common the last by its signs."""
    forms: dict[tuple[str, str], list[str]] = {}
    for item in ids:
        found = _ID.fullmatch(item)
        if found:
            forms.setdefault((found["lead"], found["tail"]), []).append(found["number"])
    if not forms:
        return None
    (lead, tail), numbers = max(forms.items(), key=lambda form: (len(form[1]), form[0]))
    return IdForm(lead, tail, max(map(len, numbers)), max(map(int, numbers)))


def next_id(used: Iterable[str], code: str) -> str:
    """The id after the highest of the usual form; never one that was used, whatever became of it."""
    form = usual_form(used) or first_form(code)
    return form.id_of(form.last + 1)
