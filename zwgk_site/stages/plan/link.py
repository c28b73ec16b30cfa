"""The one look across: every reference between departments resolved, and what each department hears of itself.

A reference is resolved again only when something it could mean belongs to a department that has changed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Span
from zwgk_site.model.exports import Header, Incoming, LinkedSite, Neighbourhood, Reference, Resolved, Target
from zwgk_site.stages.plan import keys, rules
from zwgk_site.stages.plan.exports import dead_reference, hash_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    TargetsOf = Callable[[str], Mapping[str, Target]]
    Known = Mapping[str, tuple[Resolved, ...]]


class _Directory:
    """Who could answer to a key: small tables over all headers."""

    def __init__(self, headers: Mapping[str, Header], targets_of: TargetsOf) -> None:
        self.targets_of = targets_of
        self.names: dict[str, str] = {}
        self.numbers: dict[bytes, list[str]] = defaultdict(list)
        for code, header in headers.items():
            brief = header.brief
            for name in (brief.name, brief.short_name, *brief.former_names):
                if name:
                    self.names.setdefault(keys.name_key(name), code)
            numbers = header.numbers
            for start in range(0, len(numbers), 8):
                self.numbers[numbers[start : start + 8]].append(code)
        self.codes = headers.keys()

    def owners(self, key: str) -> list[str]:
        """The departments that may hold `key`."""
        kind = key[:2]
        if kind == "n:":
            return self.numbers.get(hash_number(key), [])
        if kind == "w:":
            return [self.names[key]] if key in self.names else []
        code = key.split(":", 2)[1]
        return [code] if code in self.codes else []

    def resolve(self, reference: Reference) -> Resolved:
        """The first candidate that something public answers to."""
        for key in reference.candidates:
            for code in self.owners(key):
                target = self.targets_of(code).get(key)
                if target is not None:
                    return Resolved(reference, code, target)
        return Resolved(reference, "", None)


def link_departments(
    headers: Mapping[str, Header], targets_of: TargetsOf, known: Known, changed: frozenset[str]
) -> tuple[LinkedSite, dict[str, tuple[Resolved, ...]]]:
    """Neighbourhoods and findings of all departments, and the resolved references to keep for the next build.

    `known` are the resolved references of the last build, `changed` the departments whose exports differ from it.
    """
    directory = _Directory(headers, targets_of)
    resolved = {
        code: _resolve_all(header, directory, () if code in changed else known.get(code, ()), changed)
        for code, header in headers.items()
    }
    incoming: dict[str, list[Incoming]] = defaultdict(list)
    findings: list[Diagnostic] = []
    for items in resolved.values():
        for item in items:
            if item.target is None:
                findings.append(dead_reference(item.reference))
            else:
                incoming[item.code].append(Incoming(item.target.key, item.reference.kind, item.reference.source))
    neighbours = {
        code: Neighbourhood(
            resolved[code], tuple(sorted(incoming.get(code, ()), key=_incoming_order)), _superiors(header, headers)
        )
        for code, header in headers.items()
    }
    findings.extend(_shared_numbers(directory))
    return LinkedSite(neighbours, tuple(findings)), resolved


def _incoming_order(item: Incoming) -> tuple[str, str, str, str]:
    return (item.target, item.kind, item.source.date, item.source.key)


def _superiors(header: Header, headers: Mapping[str, Header]) -> tuple[tuple[str, str], ...]:
    codes = (header.brief.superior, header.brief.successor)
    return tuple((code, headers[code].brief.name) for code in codes if code in headers)


def _resolve_all(
    header: Header, directory: _Directory, known: tuple[Resolved, ...], changed: frozenset[str]
) -> tuple[Resolved, ...]:
    before = {item.reference: item for item in known} if len(known) else {}
    found = []
    for reference in header.references:
        item = before.get(reference)
        if (
            item is None
            or item.code in changed
            or any(owner in changed for key in reference.candidates for owner in directory.owners(key))
            or (item.code and item.code not in directory.codes)
        ):
            item = directory.resolve(reference)
        found.append(item)
    return tuple(found)


def _shared_numbers(directory: _Directory) -> Iterator[Diagnostic]:
    """An index number in two departments: the finding stands at the newer document, whose department is held back."""
    for digest, codes in directory.numbers.items():
        if len(codes) < 2:
            continue
        rows: list[tuple[str, str, Target]] = []
        for code in codes:
            targets = directory.targets_of(code)
            rows.extend(
                (t.date, code, t) for key, t in targets.items() if key.startswith("n:") and hash_number(key) == digest
            )
        rows.sort(key=lambda row: row[:2])
        first = rows[0]
        for _, code, target in rows[1:]:
            span, other = _file_of(target), _file_of(first[2])
            yield rules.SHARED_NUMBER.at(span, related=(other,), number=target.number, other=first[1], code=code)


def _file_of(target: Target) -> Span:
    _, code, path = target.key.split(":", 2)
    return Span(f"content/{code}/{path}.md")
