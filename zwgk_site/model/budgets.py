"""Which departments have published their budgets and final accounts, and of which years."""

from __future__ import annotations

import msgspec


class BudgetYears(msgspec.Struct, frozen=True, array_like=True):
    """The years of which a department has published a budget, and those of its final accounts (预决算公开年度), rising."""

    budgets: tuple[int, ...] = ()
    accounts: tuple[int, ...] = ()

    def of(self, kind: str) -> tuple[int, ...]:
        """The years of one kind: 预算 or 决算."""
        return self.budgets if kind == "预算" else self.accounts


class BudgetRow(msgspec.Struct, frozen=True):
    """One department in the table of budgets (预决算公开情况): what is there, and what should be.

    `missing` are years with their kind, 预算 or 决算, by year.
    """

    code: str
    name: str
    budgets: tuple[int, ...] = ()
    accounts: tuple[int, ...] = ()
    missing: tuple[tuple[int, str], ...] = ()
