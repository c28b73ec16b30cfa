"""What a report says of a finding beyond its rule: the department it belongs to, its due date, what it is known by."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.diagnostics import Diagnostic

_FOLDERS = ("catalogs", "content")


def department_of(finding: Diagnostic) -> str:
    """The code of the department whose files have the finding (部门代码); empty for the whole site."""
    folder, _, rest = finding.span.file.partition("/")
    if folder not in _FOLDERS or not rest:
        return ""
    code, below, _ = rest.partition("/")
    return code if below or folder == "content" else code.removesuffix(".yaml").removesuffix(".yml")


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
