"""Budgets and final accounts as a table of departments by years."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zwgk_site.model.budgets import BudgetRow

KINDS = ("预算", "决算")
YEARS = 6
"""Years that a table shows at most, the newest: more of them fit on no page."""


class BudgetMatrix:
    """The columns of the table, year by year with both kinds, and what stands in a cell."""

    def __init__(self, rows: tuple[BudgetRow, ...]) -> None:
        found = {year for row in rows for year in (*row.budgets, *row.accounts, *(year for year, _ in row.missing))}
        self.years = tuple(sorted(found)[-YEARS:])
        self.columns = tuple((year, kind) for year in self.years for kind in KINDS)

    def state(self, row: BudgetRow, year: int, kind: str) -> str:
        """`there`, `missing`, or empty where neither is so: nothing is asked for, or not yet."""
        if year in (row.budgets if kind == KINDS[0] else row.accounts):
            return "there"
        return "missing" if (year, kind) in row.missing else ""
