"""The search index of the whole site, brought up to date: a base, at most two deltas, and what in them no longer counts.

An edit goes into the small delta, one file. When that is full it is joined to the middle one, and when that passes two
per cent of the base, everything becomes a new base. A takedown makes every segment anew that holds any version of what
went, so that no old file keeps it.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.search import FORMAT, IndexRecord, SearchManifest, SegmentRef
from zwgk_site.pipeline.beside import Beside
from zwgk_site.pipeline.cache import CacheLost
from zwgk_site.pipeline.index_build import WORK, build_large, read_records, run_index_task, stage_all
from zwgk_site.pipeline.index_part import (
    NOT_MADE,
    PartWriter,
    RecordPlace,
    SearchChange,
    indexed_name,
    part_name,
    places_name,
)
from zwgk_site.pipeline.keys import writer_key
from zwgk_site.pipeline.workers import Here
from zwgk_site.stages.publish import department_manifest, department_manifest_url, parse_manifest
from zwgk_site.stages.publish.folder import remove_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from zwgk_site.model.release import FileRecord
    from zwgk_site.pipeline.env import BuildEnv
    from zwgk_site.pipeline.index_build import IndexTask, Written
    from zwgk_site.pipeline.second import Changes, FileMaker
    from zwgk_site.pipeline.survey import Survey
    from zwgk_site.pipeline.workers import Pool

STATE = "search"
MANIFEST_URL = "search/manifest.js"
SMALL_CHARACTERS = 16_000
"""The small delta is one file of some 50 KB at this size."""

MERGE_SHARE = 50
MERGE_LEAST = 64
"""The deltas become part of the base past a fiftieth of its documents, and past this many."""

_PACK_BYTES = 2_000_000
_HEAVY = "numpy"
_PREFIX = "search."
_SEGMENT = re.compile("[0-9a-f]{12}")
_encode = msgspec.msgpack.Encoder().encode
_decode_question = msgspec.msgpack.Decoder(tuple[bytes, dict[str, SearchChange]]).decode
Place = tuple[str, RecordPlace]
"""A record's part in the cache, and where it stands in it."""


class SegmentState(msgspec.Struct, frozen=True):
    """A segment, and the SHA-256 of its manifest."""

    ref: SegmentRef
    manifest: str


class SearchState(msgspec.Struct, frozen=True):
    """The index as it was published last (检索索引状态): by which writer, with or without packs, its segments, its manifest's digest."""

    writer: bytes
    packs: bool
    segments: tuple[SegmentState, ...]
    manifest: bytes


_decode = msgspec.msgpack.Decoder(tuple[tuple[SegmentState, ...], list[str]]).decode


class SearchIndex:
    """The index while a build runs. `is_fresh`: nothing of an earlier one can be used, all departments must hand in all."""

    def __init__(self, survey: Survey, verify: set[str], *, beside: bool) -> None:
        self._survey, self._compact = survey, survey.request.compact
        self._workers: Here | Pool = Here(self._run_here, self._env.limits())
        self._writer = writer_key()
        self._packs = self._env.site.offline_copy
        self._parts: dict[str, SearchChange] = {}
        remove_folder(self._env.cache.path / WORK)
        self._before = self._trusted_state() if not verify & {"search", "data"} else None
        self.is_fresh = self._before is None
        self.segments: tuple[SegmentState, ...] = () if self._before is None else self._before.segments
        # to import NumPy and make a small segment takes longer than all that could be done meanwhile
        wanted = beside and not self.is_fresh and _HEAVY not in sys.modules
        self._helper = Beside(self._update_beside) if wanted else None

    def _trusted_state(self) -> SearchState | None:
        state = self._env.cache.get(STATE, SearchState)
        if state is None or not self._survey.record.departments:
            return None
        if state.writer != self._writer or state.packs != self._packs or not state.segments:
            return None
        published = self._env.output.read(MANIFEST_URL)
        return state if published is not None and _digest(published) == state.manifest else None

    def lacks(self, code: str) -> bool:
        """Whether a department must hand in all its pages, because the index cannot tell which of them it knows."""
        return self.is_fresh or not (self._env.cache.path / indexed_name(code)).exists()

    def take(self, code: str, change: SearchChange) -> None:
        """What a department's second walk has changed; of several walks the last one counts."""
        if change != NOT_MADE:
            self._parts[code] = change

    @property
    def _env(self) -> BuildEnv:
        return self._survey.env

    def _run_here(self, task: IndexTask) -> Written:
        return run_index_task(self._env, task)

    def begin(self, workers: Here | Pool) -> None:
        """All departments have handed in theirs: what can be done beside the rest of the build begins."""
        self._workers = workers
        if self._helper is not None:
            self._helper.ask(_encode((os.fsencode(self._env.stage), self._parts)))

    def close(self) -> None:
        """Ends what runs beside."""
        if self._helper is not None:
            self._helper.close()

    def finish(self, maker: FileMaker, changes: Changes, tables: Mapping[str, str]) -> None:
        """Stages new segments and the manifest, and names what must go."""
        answer = self._helper.answer() if self._helper is not None else None
        if answer is None:
            self._bring_up_to_date(changes)
        else:
            self.segments, fresh = _decode(answer)
            changes.pages.extend(fresh)
        self._remove_old(changes)
        living = sum(item.ref.documents - len(item.ref.dead) for item in self.segments)
        refs = tuple(item.ref for item in self.segments)
        manifest = SearchManifest(FORMAT, self._env.context.today, living, refs, dict(tables))
        from zwgk_site.stages.index.manifest import encode_manifest

        data = encode_manifest(manifest)
        maker.put(MANIFEST_URL, data, b"", is_list=True)
        state = SearchState(self._writer, self._packs, self.segments, _digest(data))
        self._env.cache.keep(f"{STATE}.new", state)

    def _update_beside(self, question: Callable[[], bytes]) -> bytes:
        """In a second process: a segment is made of nothing first, so that all it takes is at hand when the question comes."""
        from zwgk_site.pipeline.second import Changes
        from zwgk_site.stages.index import build_segment

        build_segment([IndexRecord("", "公开目录")], single=True, writer=b"")
        stage, self._parts = _decode_question(question())
        self._survey.env = msgspec.structs.replace(self._env, stage=Path(os.fsdecode(stage)))
        changes = Changes()
        self._bring_up_to_date(changes)
        return _encode((self.segments, changes.pages))

    def _bring_up_to_date(self, changes: Changes) -> None:
        """Stages the segments that what was handed in asks for."""
        changed = {
            place.url: (part_name(code), place)
            for code, change in sorted(self._parts.items())
            if change.records
            for place in self._env.cache.need(places_name(code), list[RecordPlace])
        }
        removed = {url for change in self._parts.values() for url in change.removed}
        purged = {url for change in self._parts.values() for url in change.purged}
        if self.is_fresh:
            # a department that could not be made now is not in this base: it must hand in all when it can
            for code in self._survey.departments.keys() - self._parts.keys():
                self._env.cache.drop(indexed_name(code))
            self.segments = (self._make_base(changed.values(), changes),)
        elif changed or removed or purged or self._is_worn():
            self._update(changed, removed, purged, changes)

    def manifests(self) -> dict[str, str]:
        """The segments' manifests as the site's manifest names them."""
        return {f"{_PREFIX}{item.ref.id}": item.manifest for item in self.segments}

    def _is_worn(self) -> bool:
        return self._compact and (len(self.segments) > 1 or bool(self.segments[0].ref.dead))

    # --- an update ------------------------------------------------------------------------------------------------

    def _update(self, changed: dict[str, Place], removed: set[str], purged: set[str], changes: Changes) -> None:
        """Decides which segments are made again."""
        replaced = {*changed, *removed}
        try:
            base, *deltas = self._mark_dead(replaced)
            spoilt = {item.ref.id for item in (base, *deltas) if self._find(item, purged)}
            kept = [self._records_of(item) for item in deltas]
            for item in (base, *deltas):
                self._order_of(item)
        except LookupError:  # the cache has lost where documents stand; their texts are in the output
            self._rebuild(self.segments, changed, replaced, changes)
            return
        count = sum(map(len, kept)) + len(changed)
        limit = max(MERGE_LEAST, base.ref.documents // MERGE_SHARE)
        if base.ref.id in spoilt or self._compact or max(count, len(base.ref.dead)) > limit:
            self._rebuild((base, *deltas), changed, replaced, changes)
            return
        small = list(changed.values())
        middle: list[Place] = []
        for item, records in zip(deltas, kept, strict=True):
            (small if item.ref.single else middle).extend(records)
        old = next((item for item in deltas if not item.ref.single), None)
        if sum(place.whole for _, place in small) > SMALL_CHARACTERS:
            middle, small = middle + small, []
        stays = old is not None and old.ref.id not in spoilt and len(small) > 0
        segments = [base]
        if old is not None and stays:
            segments.append(old)
        elif middle:
            segments.append(self._make_delta(middle, changes, segments, single=False))
        if small:
            segments.append(self._make_delta(small, changes, segments, single=True))
        self.segments = tuple(segments)

    def _mark_dead(self, urls: Iterable[str]) -> list[SegmentState]:
        """The segments, in which no version of `urls` counts any longer."""
        found = []
        for item in self.segments:
            dead = tuple(sorted({*item.ref.dead, *self._find(item, urls)}))
            found.append(msgspec.structs.replace(item, ref=msgspec.structs.replace(item.ref, dead=dead)))
        return found

    def _find(self, item: SegmentState, urls: Iterable[str]) -> list[int]:
        """The ids that `urls` have in a segment; `LookupError` if the cache has lost them."""
        wanted = list(urls)
        if not wanted:
            return []
        data = self._env.cache.get_bytes(_ids_name(item.ref.id))
        count = item.ref.documents
        if data is None or len(data) != 12 * count:
            raise LookupError(item.ref.id)
        hashes = memoryview(data)[: 8 * count].cast("Q")
        ids = memoryview(data)[8 * count :].cast("I")
        found = []
        for url in wanted:
            key = _hash(url)
            place = bisect_left(hashes, key)
            if place < count and hashes[place] == key:
                found.append(ids[place])
        return found

    def _order_of(self, item: SegmentState) -> bytes:
        """A line for each document of a segment, in their order; `LookupError` if the cache has lost them."""
        data = self._env.cache.get_bytes(_order_name(item.ref.id))
        if data is None or data.count(b"\n") != item.ref.documents:
            raise LookupError(item.ref.id)
        return data

    def _records_of(self, item: SegmentState) -> list[Place]:
        """The living records of a delta, in the cache; `LookupError` if it has lost them."""
        name = _delta_name(item.ref.id)
        places = self._env.cache.get(f"{name}.places", list[RecordPlace])
        if places is None or self._env.cache.get_bytes(name) is None:
            raise LookupError(item.ref.id)
        dead = set(item.ref.dead)
        return [(name, place) for number, place in enumerate(places) if number not in dead]

    def _rebuild(
        self, segments: Sequence[SegmentState], changed: dict[str, Place], replaced: set[str], changes: Changes
    ) -> None:
        """Everything that lives, read back from the published texts, and what has changed: one new base."""
        places: list[Place] = list(changed.values())
        for item in segments:
            places.extend(place for place in self._read_back(item) if place[1].url not in replaced)
        self.segments = (self._make_base(places, changes),)

    def _chunks_of(self, item: SegmentState) -> dict[int, bytes]:
        """The text chunks of a published segment by number; `CacheLost` if a file is not as it was published."""
        from zwgk_site.stages.index.container import decode_containers

        files = self._env.output.read(department_manifest_url(f"{_PREFIX}{item.ref.id}"))
        if files is None or hashlib.sha256(files).hexdigest() != item.manifest:
            raise CacheLost(item.ref.id)
        chunks: dict[int, bytes] = {}
        for url, known in parse_manifest(files).items():
            if "/t/" not in url and not url.endswith("/all.js"):
                continue
            data = self._env.output.read(url) or b""
            if hashlib.sha256(data).hexdigest() != known.sha256:
                raise CacheLost(url)
            for name, content in decode_containers(data).items():
                kind, _, number = name.partition("/")[2].rpartition("/")
                if kind.startswith("t/"):
                    chunks[int(number)] = content
        return chunks

    def _read_back(self, item: SegmentState) -> list[Place]:
        """The living records of a published segment, in a part of the cache."""
        from zwgk_site.stages.index.chunks import read_chunk

        chunks = self._chunks_of(item)
        writer, dead = PartWriter(), set(item.ref.dead)
        continuations: set[int] = set()
        document = 0
        for chunk in sorted(chunks):
            if chunk in continuations:
                continue
            for record, more in read_chunk(chunks[chunk]):
                continuations.update(more)
                if document not in dead:
                    rest = "".join(chunks[step].decode("gb18030") for step in more)
                    writer.add(msgspec.structs.replace(record, body=record.body + rest) if more else record)
                document += 1
        if document != item.ref.documents:
            raise CacheLost(item.ref.id)
        name = f"{WORK}/{item.ref.id}.back"
        self._env.cache.keep_bytes(name, writer.data())
        return [(name, place) for place in writer.places]

    # --- making segments ------------------------------------------------------------------------------------------

    def _make_base(self, places: Iterable[Place], changes: Changes) -> SegmentState:
        from zwgk_site.stages.index.segment import cut_batches, segment_id

        ordered = sorted(places, key=_order)
        if len(list(cut_batches([place.whole for _, place in ordered]))) < 2:
            return self._make_here(ordered, changes, (), single=False)
        name = segment_id((place.digest for _, place in ordered), self._writer_of(single=False))
        written = build_large(self._env, self._workers, name, ordered)
        return self._close(SegmentRef(name, len(ordered)), written, ordered, changes)

    def _writer_of(self, *, single: bool) -> bytes:
        """What a segment's name depends on beside its records: equal names must mean equal files."""
        return self._writer + bytes((single, self._packs))

    def _make_delta(
        self, places: Sequence[Place], changes: Changes, before: Sequence[SegmentState], *, single: bool
    ) -> SegmentState:
        ordered = sorted(places, key=_order)
        keys = [_order_line(item) for item in ordered]
        earlier = [count_before(self._order_of(item), keys) for item in before]
        state = self._make_here(ordered, changes, earlier, single=single)
        writer = PartWriter()
        for record in self._read(ordered):
            writer.add(record)
        name = _delta_name(state.ref.id)
        self._env.cache.keep_bytes(name, writer.data())
        self._env.cache.keep(f"{name}.places", writer.places)
        return state

    def _read(self, places: Sequence[Place]) -> Iterator[IndexRecord]:
        return read_records(self._env, [(part, place.offset, place.length) for part, place in places])

    def _make_here(
        self, ordered: Sequence[Place], changes: Changes, earlier: Sequence[Sequence[int]], *, single: bool
    ) -> SegmentState:
        from zwgk_site.stages.index import build_segment

        writer = self._writer_of(single=single)
        segment = build_segment(self._read(ordered), single=single, writer=writer, earlier=earlier)
        return self._close(segment.ref, [stage_all(self._env, segment.files.items())], ordered, changes)

    def _close(
        self, ref: SegmentRef, written: list[Written], ordered: Sequence[Place], changes: Changes
    ) -> SegmentState:
        """Packs, ids and the manifest of a segment whose files are staged."""
        files = [record for done in written for record in done.files]
        if self._packs and not ref.single:
            packs = stage_all(self._env, self._packs_of(ref.id, files))
            ref = msgspec.structs.replace(ref, packs=len(packs.files))
            written = [*written, packs]
            files += packs.files
        pairs = sorted((_hash(place.url), number) for number, (_, place) in enumerate(ordered))
        hashes = b"".join(key.to_bytes(8, sys.byteorder) for key, _ in pairs)
        ids = b"".join(number.to_bytes(4, sys.byteorder) for _, number in pairs)
        self._env.cache.keep_bytes(_ids_name(ref.id), hashes + ids)
        self._env.cache.keep_bytes(_order_name(ref.id), b"".join(map(_order_line, ordered)))
        manifest = department_manifest(files)
        url = department_manifest_url(f"{_PREFIX}{ref.id}")
        for done in (*written, stage_all(self._env, [(url, manifest)])):
            changes.pages.extend(done.fresh)
        return SegmentState(ref, hashlib.sha256(manifest).hexdigest())

    def _packs_of(self, segment: str, files: Sequence[FileRecord]) -> Iterator[tuple[str, bytes]]:
        """All files of a segment again, joined to pieces that a service worker fetches in one go."""
        from zwgk_site.stages.index.container import file_name

        pieces: list[bytes] = []
        number = size = 0
        for record in sorted(files):
            staged = self._env.stage / record.url
            data = staged.read_bytes() if staged.is_file() else self._env.output.read(record.url) or b""
            if pieces and size + len(data) > _PACK_BYTES:
                yield f"search/{segment}/{file_name('k', number)}.js", b"".join(pieces)
                pieces, number, size = [], number + 1, 0
            pieces.append(data)
            size += len(data)
        yield f"search/{segment}/{file_name('k', number)}.js", b"".join(pieces)

    def _published(self) -> set[str]:
        """The segments that lie in the output, whatever its manifests say: none may be forgotten there."""
        top = self._env.output.path / "search"
        return {path.name for path in top.iterdir() if _SEGMENT.fullmatch(path.name)} if top.is_dir() else set()

    def _remove_old(self, changes: Changes) -> None:
        """Segments that no longer stand: their files, their manifests, what the cache knows of them."""
        top = self._env.output.path
        for name in sorted(self._published() - {item.ref.id for item in self.segments}):
            files = [path for path in (top / "search" / name).rglob("*.js") if path.is_file()]
            manifest = top / department_manifest_url(f"{_PREFIX}{name}")
            files += [manifest] if manifest.is_file() else []
            changes.removed.extend(sorted(path.relative_to(top).as_posix() for path in files))
            for cached in (_ids_name(name), _order_name(name), _delta_name(name), f"{_delta_name(name)}.places"):
                self._env.cache.drop(cached)


def _ids_name(segment: str) -> str:
    return f"index/{segment}.ids"


def _order_name(segment: str) -> str:
    return f"index/{segment}.order"


def _delta_name(segment: str) -> str:
    return f"index/{segment}.records"


def _order(item: Place) -> tuple[str, str]:
    return (item[1].date, item[1].url)


def _order_line(item: Place) -> bytes:
    """Bytes that sort as `_order` does: a tab is below whatever stands in a date."""
    return "\t".join(_order(item)).encode() + b"\n"


def count_before(lines: bytes, keys: Sequence[bytes]) -> list[int]:
    """How many of the sorted `lines` are below each of the keys, which ascend; lines and keys end with a line feed."""
    found: list[int] = []
    at = count = 0
    for key in keys:
        low, high = at, len(lines)
        while low < high:  # both are where lines begin
            start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
            stop = lines.index(b"\n", start) + 1
            low, high = (stop, high) if lines[start:stop] < key else (low, start)
        count += lines.count(b"\n", at, low)
        at = low
        found.append(count)
    return found


def _hash(url: str) -> int:
    return int.from_bytes(hashlib.blake2b(url.encode(), digest_size=8).digest(), "big")


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
