"""Checking: what the files say, held against each other and the regulations; and the gate before publication.

Pure: knows no file system. `check_department` runs every family of rules; `open_corpus` lets out only what may be public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Checked
from zwgk_site.stages.check import structure
from zwgk_site.stages.check.openness import open_corpus

if TYPE_CHECKING:
    from zwgk_site.model.corpus import Holdings

__all__ = ["check_department", "open_corpus"]

FAMILIES = (structure,)


def check_department(holdings: Holdings) -> Checked[Holdings]:
    """The holdings with the findings of every family."""
    return Checked(holdings, tuple(finding for family in FAMILIES for finding in family.check(holdings)))
