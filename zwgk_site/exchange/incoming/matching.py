"""Which row of a table is which entry of the catalogue: ids stay with their entries when rows move, change, come and go.

Three steps. Rows that bring an id keep it, unless what stands there is plainly another entry. Rows that say the very same
are the same, in order. The rest is assigned as a whole, so that the sum of likenesses is greatest; what is not alike enough
stays apart: an id is never given to another matter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

ENOUGH = 0.6
"""Likeness from which a row is taken for an entry reworded."""
PLAINLY_OTHER = 0.25
"""Likeness below which even the same id does not make two rows one."""
CANDIDATES = 8
_NUMBER = re.compile(r"\d+|[一二三四五六七八九十]+(?=[季期号批次届类级])")
"""What tells matters of one name apart: 2025年部门预算, 第二批名单."""
_COMPONENT = 400
"""So many rows are assigned at once by the exact method; larger knots are first cut at their weakest threads."""
_COMMON = 200
"""A pair of signs that so many entries hold tells none of them apart."""
_Knot = dict[int, list[tuple[float, int]]]
"""Rows with the entries that they could be, each with its likeness."""


class Key(msgspec.Struct, frozen=True):
    """What a row is known by (比对依据): its path, its content, its other values, the id it brings."""

    path: tuple[str, ...]
    content: str
    rest: tuple[str, ...] = ()
    id: str = ""


class Matched(msgspec.Struct, frozen=True):
    """The assignment (对应关系): for each row the place of its entry, or `None`; rows whose own id was not trusted."""

    entries: tuple[int | None, ...]
    distrusted: tuple[int, ...] = ()


def match_rows(rows: Sequence[Key], entries: Sequence[Key]) -> Matched:
    """Assigns rows to entries, each to one at most."""
    alike = _Likeness(rows, entries)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    distrusted: list[int] = []

    def join(row: int, entry: int) -> None:
        pairs[row] = entry
        taken.add(entry)

    by_id = {entry.id: place for place, entry in enumerate(entries) if entry.id}
    counts = Counter(row.id for row in rows if row.id)
    claims = {place: by_id[row.id] for place, row in enumerate(rows) if row.id in by_id and counts[row.id] == 1}
    for row, entry in claims.items():
        if alike(row, entry) >= ENOUGH or _is_same(rows[row], entries[entry]):
            join(row, entry)
    for exact in (_whole, _matter):
        for row, entry in _equal_pairs(rows, entries, pairs, taken, exact):
            join(row, entry)
    left_rows = [place for place in range(len(rows)) if place not in pairs]
    left_entries = [place for place in range(len(entries)) if place not in taken]
    for row, entry in _assign(left_rows, left_entries, alike):
        join(row, entry)
    for row, entry in claims.items():
        if pairs.get(row) == entry:
            continue
        if row not in pairs and entry not in taken and alike(row, entry) >= PLAINLY_OTHER:
            join(row, entry)
        else:
            distrusted.append(row)
    return Matched(tuple(pairs.get(place) for place in range(len(rows))), tuple(distrusted))


def _whole(key: Key) -> Hashable:
    return key.path, key.content, key.rest


def _matter(key: Key) -> Hashable:
    return key.path, key.content


def _is_same(row: Key, entry: Key) -> bool:
    return _matter(row) == _matter(entry)


def _equal_pairs(
    rows: Sequence[Key],
    entries: Sequence[Key],
    pairs: dict[int, int],
    taken: set[int],
    exact: Callable[[Key], Hashable],
) -> list[tuple[int, int]]:
    """Rows and entries with equal keys: where several are equal, in order, as far as both sides go."""
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        if place not in taken:
            waiting[exact(entry)].append(place)
    found = []
    for place, row in enumerate(rows):
        if place in pairs:
            continue
        same = waiting.get(exact(row))
        if same:
            found.append((place, same.pop(0)))
    return found


# --- likeness --------------------------------------------------------------------------------------


class _Likeness:
    """How alike a row and an entry are, from 0 to 1, by pairs of signs.

    The innermost subject and the content count most. What several entries share (办事指南, 政策文件) tells nothing apart,
    so it counts the less, and the path above it the more.
    """

    def __init__(self, rows: Sequence[Key], entries: Sequence[Key]) -> None:
        self._rows, self._entries = rows, entries
        self._titles = _shared(key.path[-1:] for keys in (rows, entries) for key in keys)
        self._contents = _shared(key.content for keys in (rows, entries) for key in keys)
        self._pairs: dict[str, Counter[str]] = {}
        self._size = len(rows), len(entries)

    def __call__(self, row: int, entry: int) -> float:
        one, other = self._rows[row], self._entries[entry]
        is_common_title = one.path[-1:] in self._titles or other.path[-1:] in self._titles
        is_common_content = one.content in self._contents or other.content in self._contents
        title = self._alike("".join(one.path[-1:]), "".join(other.path[-1:]))
        above = self._alike("/".join(one.path[:-1]), "/".join(other.path[:-1]))
        content = self._alike(one.content, other.content)
        if _NUMBER.findall("".join(one.path[-1:])) != _NUMBER.findall("".join(other.path[-1:])):
            title *= 0.5
        if is_common_title:
            title *= 0.3 + 0.7 * above
        weights = (0.85, 0.05, 0.1) if is_common_content else (0.5, 0.4, 0.1)
        rest = sum(a == b for a, b in zip(one.rest, other.rest, strict=False)) / max(1, len(one.rest))
        nearness = 1 - abs(row / max(1, self._size[0]) - entry / max(1, self._size[1]))
        return weights[0] * title + weights[1] * content + weights[2] * above + 0.002 * rest + 0.001 * nearness

    def pairs_of(self, text: str) -> Counter[str]:
        """The pairs of neighbouring signs of a text."""
        found = self._pairs.get(text)
        if found is None:
            padded = f" {text} "
            found = self._pairs[text] = Counter(padded[place : place + 2] for place in range(len(padded) - 1))
        return found

    def _alike(self, one: str, other: str) -> float:
        if one == other:
            return 1.0
        if not one or not other:
            return 0.0
        a, b = self.pairs_of(one), self.pairs_of(other)
        return 2 * (a & b).total() / (a.total() + b.total())

    def candidates(self, rows: Iterable[int], entries: Sequence[int]) -> _Knot:
        """For each row the entries most like it, of those that share a rare pair of signs with it."""
        index: defaultdict[str, list[int]] = defaultdict(list)
        for entry in entries:
            for pair in self._signs(self._entries[entry]):
                index[pair].append(entry)
        found: _Knot = {}
        few = len(entries) <= _COMMON
        for row in rows:
            votes: Counter[int] = Counter()
            for pair in self._signs(self._rows[row]):
                holders = index.get(pair, ())
                if few or len(holders) <= _COMMON:
                    votes.update(holders)
            likely = votes.most_common(CANDIDATES * 4)
            scored = sorted(((self(row, entry), entry) for entry, _ in likely), key=lambda item: (-item[0], item[1]))
            best = [(score, entry) for score, entry in scored[:CANDIDATES] if score >= ENOUGH]
            if best:
                found[row] = best
        return found

    def _signs(self, key: Key) -> set[str]:
        return set(self.pairs_of("".join(key.path[-1:]))) | set(list(self.pairs_of(key.content))[:60])


def _shared(values: Iterable[Hashable]) -> frozenset[Hashable]:
    """Values that stand more than twice: on one side at least they do not tell rows apart."""
    return frozenset(value for value, count in Counter(values).items() if count > 2)


# --- assignment ------------------------------------------------------------------------------------


def _assign(rows: Sequence[int], entries: Sequence[int], alike: _Likeness) -> list[tuple[int, int]]:
    """The assignment with the greatest sum of likenesses, knot by knot."""
    if not rows or not entries:
        return []
    candidates = alike.candidates(rows, entries)
    found: list[tuple[int, int]] = []
    for whole in _knots(candidates):
        surest, knot = _cut_down(whole) if len(whole) > _COMPONENT else ([], whole)
        found.extend(surest)
        found.extend(_best_of(knot))
    return found


def _cut_down(knot: _Knot) -> tuple[list[tuple[int, int]], _Knot]:
    """The surest of a huge knot, until what is left of it is small enough: rows that can still be some entry."""
    surest: list[tuple[int, int]] = []
    open_to = {row: len(near) for row, near in knot.items()}
    rows_of: defaultdict[int, list[int]] = defaultdict(list)
    for row, near in knot.items():
        for _, entry in near:
            rows_of[entry].append(row)
    threads = ((score, row, entry) for row, near in knot.items() for score, entry in near)
    for _, row, entry in sorted(threads, reverse=True):
        if len(open_to) <= _COMPONENT:
            break
        if row not in open_to or entry not in rows_of:
            continue
        surest.append((row, entry))
        del open_to[row]
        for other in rows_of.pop(entry):
            if other in open_to:
                open_to[other] -= 1
                if not open_to[other]:
                    del open_to[other]
    return surest, {row: [item for item in knot[row] if item[1] in rows_of] for row in open_to}


def _knots(candidates: _Knot) -> list[_Knot]:
    """Rows that could be the same entries, together; what has nothing in common can be assigned apart."""
    root: dict[int, int] = {}

    def find(place: int) -> int:
        while root.setdefault(place, place) != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for row, near in candidates.items():
        for _, entry in near:
            root[find(row)] = find(-1 - entry)
    knots: defaultdict[int, _Knot] = defaultdict(dict)
    for row, near in candidates.items():
        knots[find(row)][row] = near
    return list(knots.values())


def _best_of(knot: _Knot) -> list[tuple[int, int]]:
    """Kuhn and Munkres with potentials; a row may stay without an entry at no cost, which is worse than any candidate."""
    rows = list(knot)
    entries = sorted({entry for near in knot.values() for _, entry in near})
    if len(rows) == 1:
        return [(rows[0], knot[rows[0]][0][1])]
    place = {entry: number for number, entry in enumerate(entries)}
    count, width = len(rows), len(entries) + len(rows)
    costs = [[0.0] * width for _ in rows]
    for number, row in enumerate(rows):
        for score, entry in knot[row]:
            costs[number][place[entry]] = -score
    owners = _hungarian(costs, count, width)
    return [
        (rows[owner], entries[column])
        for column, owner in enumerate(owners[: len(entries)])
        if owner >= 0 and costs[owner][column] < 0
    ]


def _hungarian(costs: list[list[float]], count: int, width: int) -> list[int]:
    """For each column its row, or -1, so that the sum of costs is least (shortest augmenting paths, O(n²m))."""
    above, beside = [0.0] * (count + 1), [0.0] * (width + 1)
    owner = [0] * (width + 1)
    for row in range(1, count + 1):
        owner[0], column = row, 0
        least, seen, way = [float("inf")] * (width + 1), [False] * (width + 1), [0] * (width + 1)
        while owner[column]:
            seen[column] = True
            current, step, following = owner[column], float("inf"), 0
            line = costs[current - 1]
            for other in range(1, width + 1):
                if seen[other]:
                    continue
                cost = line[other - 1] - above[current] - beside[other]
                if cost < least[other]:
                    least[other], way[other] = cost, column
                if least[other] < step:
                    step, following = least[other], other
            for other in range(width + 1):
                if seen[other]:
                    above[owner[other]] += step
                    beside[other] -= step
                else:
                    least[other] -= step
            column = following
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    return [row - 1 for row in owner[1:]]
