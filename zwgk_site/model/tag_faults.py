"""What built pages lack of their meta tags: of one page, and counted over many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

TagProblem = Literal["missing", "form", "twice"]


class TagFault(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A tag that a page lacks, in a wrong form, or there twice with different values (标签缺漏).

    template: the one to be mended, named as in `docs/theme-contract.md`.
    """

    tag: str
    problem: TagProblem
    template: str


class TagCount(msgspec.Struct, frozen=True, array_like=True):
    """A fault with the number of pages that have it (缺漏计数) and the first of them: the one nearest to the top."""

    fault: TagFault
    url: str
    count: int


def merge_counts(counts: Iterable[TagCount]) -> tuple[TagCount, ...]:
    """One count for each fault, by fault; the order of what comes in does not matter."""
    found: dict[TagFault, TagCount] = {}
    for item in counts:
        other = found.get(item.fault)
        if other is not None:
            item = TagCount(item.fault, min(item.url, other.url, key=_place), item.count + other.count)  # noqa: PLW2901
        found[item.fault] = item
    return tuple(found[fault] for fault in sorted(found))


def _place(url: str) -> tuple[int, bool, str]:
    """Near the top first, a home before its neighbours."""
    return url.count("/"), not url.endswith("index.html"), url
