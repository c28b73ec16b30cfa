"""Checking: what the files say, held against each other and the regulations; and the gate before publication.

Pure: knows no file system. `check_department` runs every family of rules; `open_corpus` lets out only what may be
public; `check_across` looks at all departments at once, `tabulate_budgets` shows their budgets side by side;
`split_waived` takes out what somebody has answered for.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Checked
from zwgk_site.stages.check import families
from zwgk_site.stages.check.across import check_across
from zwgk_site.stages.check.budgets import tabulate_budgets
from zwgk_site.stages.check.context import CheckContext
from zwgk_site.stages.check.openness import open_corpus
from zwgk_site.stages.check.outline import outline_corpus
from zwgk_site.stages.check.page_tags import tag_findings
from zwgk_site.stages.check.performance import state_entries
from zwgk_site.stages.check.waivers import judge_waivers, place_waivers, split_waived

if TYPE_CHECKING:
    from types import ModuleType

    from zwgk_site.model.corpus import Holdings

__all__ = [
    "CheckContext",
    "check_across",
    "check_department",
    "judge_waivers",
    "open_corpus",
    "outline_corpus",
    "place_waivers",
    "split_waived",
    "state_entries",
    "tabulate_budgets",
    "tag_findings",
]


def _all_families() -> tuple[ModuleType, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(families.__path__, f"{families.__name__}."))
    return tuple(importlib.import_module(name) for name in names)


FAMILIES = _all_families()
"""Every module in `families`, by name: imported at once, because findings of an earlier build need their rules."""


def check_department(holdings: Holdings, context: CheckContext) -> Checked[Holdings]:
    """The holdings with the findings of every family; `context.watch` knows afterwards until when they hold."""
    return Checked(holdings, tuple(finding for family in FAMILIES for finding in family.check(holdings, context)))
