"""What reading a department left behind, kept in parts: an edit in a large catalogue rewrites one part of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.wording import NO_WORDS, WordList
from zwgk_site.stages.load.attachments import Digest
from zwgk_site.stages.load.catalog_file import Piece
from zwgk_site.stages.load.department import LoadState
from zwgk_site.stages.load.document_file import Draft
from zwgk_site.statute.limit_parser import learn_readings, readings_of
from zwgk_site.statute.time_limit import TimeLimit

if TYPE_CHECKING:
    from zwgk_site.model.corpus import Holdings
    from zwgk_site.pipeline.cache import CacheFolder
    from zwgk_site.pipeline.env import BuildEnv

PART = 512
"""Records in a part."""


class StateHead(msgspec.Struct, frozen=True):
    """When the department was read, in how many parts its records are kept, and its attachments' digests."""

    read_at: int
    pieces: int
    drafts: int
    digests: dict[str, Digest]
    words: WordList = NO_WORDS


_Pieces = tuple[Piece, ...]
_Drafts = dict[str, tuple[int, int, Draft]]


def read_state(cache: CacheFolder, code: str) -> LoadState | None:
    """The state as it was kept, or `None` if any part of it is not sound."""
    head = cache.get(f"departments/{code}.load", StateHead)
    if head is None:
        return None
    state = LoadState(read_at=head.read_at, words=head.words, digests=head.digests)
    found: list[Piece] = []
    for number in range(head.pieces):
        part = cache.get(f"departments/{code}.load-p{number}", _Pieces)
        if part is None:
            return None
        found.extend(part)
    for number in range(head.drafts):
        more = cache.get(f"departments/{code}.load-d{number}", _Drafts)
        if more is None:
            return None
        state.drafts.update(more)
    state.pieces = tuple(found)
    return state


def keep_state(cache: CacheFolder, code: str, state: LoadState, before: LoadState | None) -> None:
    """Keeps `state`; a part whose records are the very ones read from `before` stands already."""
    old = before or LoadState()
    pieces = _parts(len(state.pieces))
    for number in range(pieces):
        part = state.pieces[number * PART : (number + 1) * PART]
        known = old.pieces[number * PART : (number + 1) * PART]
        if len(part) != len(known) or any(a is not b for a, b in zip(part, known, strict=True)):
            cache.put(f"departments/{code}.load-p{number}", part)
    items, known_items = list(state.drafts.items()), list(old.drafts.items())
    drafts = _parts(len(items))
    for number in range(drafts):
        wanted = items[number * PART : (number + 1) * PART]
        kept = known_items[number * PART : (number + 1) * PART]
        same = len(wanted) == len(kept) and all(
            path == other and row[2] is known[2] and row[:2] == known[:2]
            for (path, row), (other, known) in zip(wanted, kept, strict=True)
        )
        if not same:
            cache.put(f"departments/{code}.load-d{number}", dict(wanted))
    cache.put(f"departments/{code}.load", StateHead(state.read_at, pieces, drafts, state.digests, state.words))


def recall_limits(env: BuildEnv, holdings: Holdings) -> None:
    """Gives the parser of time limits what it read in the last build, and keeps what it reads in this one."""
    name = f"departments/{holdings.department.code}.limits"
    known = env.cache.get(name, dict[str, TimeLimit]) or {}
    learn_readings(known)
    texts = {text for entry in holdings.entries for text in (entry.time_limit, entry.duration, entry.update_cycle)}
    if texts != known.keys():
        env.cache.put(name, readings_of(texts))


def _parts(count: int) -> int:
    return -(-count // PART)
