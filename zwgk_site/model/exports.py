"""What one department tells the others, and what it learns from them (部门间的引用).

A `key` names a target in the whole site: `n:` an index number, `f:code:path` a document file, `e:code:id` an entry,
`d:code` a department, `w:name` a department by name. URLs here are relative to the top of the output.
"""

from __future__ import annotations

import msgspec

from zwgk_site.diagnostics import Diagnostic, Span
from zwgk_site.model.budgets import BudgetYears
from zwgk_site.model.performance import Inspected, Performance
from zwgk_site.model.views import Row


class Target(msgspec.Struct, frozen=True, array_like=True):
    """Something that can be referred to: a public document or entry. `number` is its 索引号, `state` such as 失效."""

    key: str
    url: str
    title: str
    kind: str = ""
    number: str = ""
    document_number: str = ""
    date: str = ""
    state: str = ""
    department: str = ""


class Reference(msgspec.Struct, frozen=True, array_like=True):
    """What `source` says of something that is not its department's: `candidates` are keys, first match counts."""

    source: Target
    kind: str
    written: str
    candidates: tuple[str, ...]
    span: Span


class Resolved(msgspec.Struct, frozen=True, array_like=True):
    """A reference and what it leads to; `target` is `None` while nothing public answers to it."""

    reference: Reference
    code: str
    target: Target | None


class Incoming(msgspec.Struct, frozen=True, array_like=True):
    """What another department's document says of `target` (a key of ours)."""

    target: str
    kind: str
    source: Target


class ListRow(msgspec.Struct, frozen=True, array_like=True):
    """A row of a site-wide list, sorted by (date, code, id)."""

    date: str
    code: str
    id: str
    row: Row


class StoredRow(msgspec.Struct, frozen=True, array_like=True):
    """A `ListRow` as it is kept: sorted and digested as it is, `row` read only where it is shown."""

    date: str
    code: str
    id: str
    row: msgspec.Raw


class PolicyRow(msgspec.Struct, frozen=True, array_like=True):
    """A policy, its draft, the result or an interpretation, as pages across departments need it (政策链条).

    Sorted by (formed_on, code, id). `starts` is the first day in force, `ends` the last as the document tells it;
    `relations` are kinds with keys; `asked` are the first and the last day on which opinions are asked for.
    """

    formed_on: str
    code: str
    id: str
    title: str
    url: str
    kind: str
    number: str
    index_number: str
    issuer: str
    department: str
    date: str
    state: str
    validity: str
    starts: str
    ends: str
    by_chief: bool
    relations: tuple[tuple[str, tuple[str, ...]], ...]
    asked: tuple[str, str]


class ListHead(msgspec.Struct, frozen=True, array_like=True):
    """What a department has in one list: how many rows, the newest date, the digest of the rows, the list's name."""

    name: str
    count: int
    newest: str
    digest: bytes


class Brief(msgspec.Struct, frozen=True):
    """A department in a few words, for the pages that show all of them.

    `absent` are the slugs of the statutory items that it has no function for.
    """

    code: str
    name: str
    short_name: str
    category: str
    superior: str
    successor: str
    former_names: tuple[str, ...]
    dissolved_on: str
    entries: int
    documents: int
    newest_on: str
    level: str = ""
    phone: str = ""
    address: str = ""
    absent: tuple[str, ...] = ()


class Outline(msgspec.Struct, frozen=True, array_like=True):
    """What checks across departments need of one (部门概要).

    `document_numbers` and `titles` are sorted eight-byte digests.
    """

    performance: Performance = Performance()
    document_numbers: bytes = b""
    titles: bytes = b""
    budgets: BudgetYears = BudgetYears()
    inspected: Inspected = Inspected()


class Exports(msgspec.Struct, frozen=True):
    """All that others may know of a department (部门对外信息).

    `tallies` are numbers of entries by what no list is made of, such as `channels/c01|政府网站`.
    """

    brief: Brief
    targets: dict[str, Target]
    references: tuple[Reference, ...]
    lists: dict[str, tuple[ListRow, ...]]
    newest: tuple[ListRow, ...]
    tallies: dict[str, int] = {}
    policies: tuple[PolicyRow, ...] = ()


class Header(msgspec.Struct, frozen=True):
    """The small part of a department's exports that is kept for every department at once (部门摘要).

    `targets` digests all it may be referred by; `numbers` are the eight-byte digests of its index numbers.
    """

    brief: Brief
    targets: bytes
    numbers: bytes
    references: tuple[Reference, ...]
    lists: dict[str, ListHead]
    newest: tuple[ListRow, ...]
    outline: Outline = Outline()
    tallies: dict[str, int] = {}


class Neighbourhood(msgspec.Struct, frozen=True):
    """What a department's pages may show of others: its references resolved, and what others say of it."""

    outgoing: tuple[Resolved, ...] = ()
    incoming: tuple[Incoming, ...] = ()
    departments: tuple[tuple[str, str], ...] = ()


class LinkedSite(msgspec.Struct, frozen=True):
    """The reduction over all headers: a neighbourhood per department, and findings across departments."""

    neighbours: dict[str, Neighbourhood]
    findings: tuple[Diagnostic, ...] = ()
