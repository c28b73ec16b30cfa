"""What a report says of a finding beyond its rule: the department it belongs to, its due date, what it is known by."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from zwgk_site.text.paths import department_of_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.diagnostics import Diagnostic


def department_of(finding: Diagnostic) -> str:
    """The code of the department whose files have the finding (部门代码); empty for the whole site."""
    return department_of_file(finding.span.file)


def due_of(finding: Diagnostic) -> str:
    """The day by which something had to be published (应于), ISO; empty where the finding has none."""
    return str(dict(finding.facts).get(finding.rule.counts or "due", ""))


def fingerprints(findings: Iterable[Diagnostic]) -> list[str]:
    """A name for each finding that stays when lines move: its code, file and facts, and which of several equal ones."""
    seen: Counter[str] = Counter()
    names = []
    for finding in findings:
        facts = [fact for fact in finding.facts if fact[0] != "line"]
        text = repr((finding.code, finding.span.file, facts))
        names.append(hashlib.blake2b(f"{text} {seen[text]}".encode("utf-8", "replace"), digest_size=16).hexdigest())
        seen[text] += 1
    return names
