"""Policies, drafts, results and interpretations of all departments, joined by what they say of each other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.stages.plan import keys
from zwgk_site.stages.plan.policies import DRAFT, INTERPRETATION, POLICY, RESULT
from zwgk_site.statute.day_watch import days_after

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zwgk_site.model.exports import PolicyRow

VALID, AMENDED, COMING, EXPIRED, REPEALED, UNMARKED = (
    "有效", "已修改", "尚未施行", "已失效", "已废止", "未注明有效性",
)  # fmt: skip
IN_FORCE = (VALID, AMENDED, UNMARKED)
ENDING = ("废止", "替代")


class Standing(msgspec.Struct, frozen=True):
    """How a policy stands (有效性): in a word, until which day it was in force if known, and what made it so."""

    state: str
    last_day: str
    by: tuple[PolicyRow, ...] = ()


class Chain:
    """All rows from oldest to newest, and who says what of whom."""

    def __init__(self, rows: Sequence[PolicyRow]) -> None:
        self.rows = rows
        self._by_key = _keyed(rows)
        self._said_of: dict[tuple[str, str], list[PolicyRow]] = defaultdict(list)
        self._says: dict[tuple[str, str], list[PolicyRow]] = defaultdict(list)
        for row in rows:
            for kind, candidates in row.relations:
                target = next((self._by_key[key] for key in candidates if key in self._by_key), None)
                if target is not None and target is not row:
                    self._says[row.url, kind].append(target)
                    self._said_of[target.url, kind].append(row)

    def of_kind(self, *kinds: str) -> list[PolicyRow]:
        """The rows of some kinds, from oldest to newest."""
        return [row for row in self.rows if row.kind in kinds]

    def explained(self, row: PolicyRow) -> list[PolicyRow]:
        """The policies that an interpretation explains."""
        return self._says[row.url, "解读对象"]

    def interpretations(self, row: PolicyRow) -> list[PolicyRow]:
        """The interpretations of a policy."""
        return [item for item in self._said_of[row.url, "解读对象"] if item.kind == INTERPRETATION]

    def drafts(self, row: PolicyRow) -> list[PolicyRow]:
        """The consultations from which a policy came."""
        return [item for item in self._says[row.url, "征求意见稿"] if item.kind == DRAFT]

    def results(self, row: PolicyRow) -> list[PolicyRow]:
        """What came of a consultation or of a policy's: said there, or by the result itself."""
        found = [*self._says[row.url, "采纳结果"], *self._said_of[row.url, "征求意见稿"]]
        return list({item.url: item for item in found if item.kind == RESULT}.values())

    def is_answer(self, row: PolicyRow) -> bool:
        """That a result belongs to a consultation that is shown."""
        of_it = [*self._says[row.url, "征求意见稿"], *self._said_of[row.url, "采纳结果"]]
        return any(item.kind == DRAFT for item in of_it)

    def outcomes(self, row: PolicyRow) -> list[PolicyRow]:
        """The policies that were made of a consultation's draft."""
        return [item for item in self._said_of[row.url, "征求意见稿"] if item.kind == POLICY]

    def standing(self, row: PolicyRow) -> Standing:
        """How a policy stands, by its own word and by that of others; what does not apply yet ends nothing."""
        enders = [item for kind in ENDING for item in self._said_of[row.url, kind] if item.state != COMING]
        by = tuple({item.url: item for item in enders}.values())
        days = [day for day in (row.ends, *(days_after(item.starts, -1) for item in by if item.starts)) if day]
        last_day = min(days, default="")
        if by or row.state == REPEALED:
            return Standing(REPEALED, last_day, by)
        if row.state in (EXPIRED, COMING):
            return Standing(row.state, last_day)
        changers = tuple(item for item in self._said_of[row.url, "修改"] if item.state != COMING)
        if changers:
            return Standing(AMENDED, last_day, changers)
        return Standing(VALID if row.validity else UNMARKED, last_day)


def _keyed(rows: Sequence[PolicyRow]) -> dict[str, PolicyRow]:
    """Rows by every key that others may use; a file's bare name only where it is one file's in the department."""
    found: dict[str, PolicyRow] = {}
    names: dict[str, list[PolicyRow]] = defaultdict(list)
    for row in rows:
        names[keys.file_key(row.code, row.id.rpartition("/")[2])].append(row)
        if row.index_number:
            found[keys.number_key(row.index_number)] = row
    found.update({key: same[0] for key, same in names.items() if len(same) == 1})
    found.update({keys.file_key(row.code, row.id): row for row in rows})
    return found


def in_force_on(row: PolicyRow, standing: Standing, day: str) -> bool:
    """Whether a policy was in force on a day; one that ended on a day nobody wrote down is taken as never."""
    if standing.state in (EXPIRED, REPEALED) and not standing.last_day:
        return False
    return row.starts <= day and (not standing.last_day or day <= standing.last_day)
