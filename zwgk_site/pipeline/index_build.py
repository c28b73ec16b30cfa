"""A segment of the search index made by all workers: batches of records, then key ranges, then the files with their numbers.

What travels between the steps lies in a working folder of the cache; tasks carry names and numbers only, and who hands
them out never holds the words of the whole segment.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from zwgk_site.model.release import FileRecord
from zwgk_site.model.search import FacetValue, IndexRecord
from zwgk_site.pipeline.workers import Failure, Job
from zwgk_site.stages.publish import stage_file
from zwgk_site.stages.publish.machine import machine_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from zwgk_site.pipeline.env import BuildEnv
    from zwgk_site.pipeline.index_part import RecordPlace
    from zwgk_site.pipeline.workers import Here, Pool
    from zwgk_site.stages.index.segment import Batch, SegmentPlan, Terms

T = TypeVar("T")
WORK = "index-work"
_encode = msgspec.msgpack.Encoder().encode

Source = tuple[str, int, int]
"""A record: the part in the cache, offset, length."""


class BatchTask(msgspec.Struct, frozen=True):
    """Reads a batch of records, the first of which has the id `start`; writes its text chunks."""

    plan: Any
    number: int
    start: int
    sources: tuple[Source, ...]


class TermsTask(msgspec.Struct, frozen=True):
    """Puts the words of `batches` batches together and decides the ranges of buckets; `plan` without batches and chunks."""

    plan: Any
    batches: int


class RangeTask(msgspec.Struct, frozen=True):
    """Makes the shards of a range of buckets."""

    segment: str
    number: int
    first: int
    stop: int


class ShardTask(msgspec.Struct, frozen=True):
    """Writes the shards of range `number`, numbered from `shard` on."""

    segment: str
    number: int
    shard: int


class LastTask(msgspec.Struct, frozen=True):
    """Writes head, columns, readings and initials; `plan` without batches."""

    plan: Any
    batches: int
    bounds: tuple[tuple[bytes, bytes], ...]
    readings: tuple[str, ...]


IndexTask = BatchTask | TermsTask | RangeTask | ShardTask | LastTask


class Written(msgspec.Struct, frozen=True):
    """The files of a step, which of them the output has not yet; of a range what its shards begin and end with; the ranges."""

    files: tuple[FileRecord, ...] = ()
    fresh: tuple[str, ...] = ()
    bounds: tuple[tuple[bytes, bytes], ...] = ()
    readings: tuple[str, ...] = ()
    ranges: tuple[tuple[int, int], ...] = ()


class _BatchNote(msgspec.Struct, frozen=True):
    """A batch without its rows; arrays as their bytes."""

    start: int
    words: tuple[bytes, ...]
    buckets: bytes
    codes: bytes
    counts: bytes
    titles: bytes
    dates: tuple[str, ...]
    facets: tuple[tuple[tuple[FacetValue, ...], ...], ...]
    facet_of: tuple[int, ...]


class _TermsNote(msgspec.Struct, frozen=True):
    """`Terms` on their way to the workers, and where each bucket begins in each batch's rows."""

    words: tuple[bytes, ...]
    syllables: tuple[str, ...]
    groups: tuple[str, ...]
    titles: bytes
    shard_bytes: int
    starts: tuple[int, ...]
    numbers: tuple[bytes, ...]
    buckets: tuple[bytes, ...]


def run_index_task(env: BuildEnv, task: IndexTask) -> Written:
    """One step, in any process."""
    if isinstance(task, BatchTask):
        return _run_batch(env, task)
    if isinstance(task, TermsTask):
        return _run_terms(env, task)
    if isinstance(task, RangeTask):
        return _run_range(env, task)
    if isinstance(task, ShardTask):
        return _run_shards(env, task)
    return _run_last(env, task)


def build_large(
    env: BuildEnv, workers: Here | Pool, name: str, places: Sequence[tuple[str, RecordPlace]]
) -> list[Written]:
    """Stages the files of the segment `name`; `places` are its records in order, each with its part."""
    from zwgk_site.stages.index.segment import plan_segment

    plan = plan_segment(name, [(place.whole, place.body) for _, place in places])
    tasks: list[IndexTask] = []
    for number, (start, stop) in enumerate(plan.batches):
        chunks = tuple(item for item in plan.chunks if start <= item[1].start < stop)
        sources = tuple((where, place.offset, place.length) for where, place in places[start:stop])
        tasks.append(BatchTask(msgspec.structs.replace(plan, batches=(), chunks=chunks), number, start, sources))
    written = _run(env, workers, tasks)
    short = msgspec.structs.replace(plan, batches=(), chunks=())
    ranges = _run(env, workers, [TermsTask(short, len(tasks))])[0].ranges
    made = _run(env, workers, [RangeTask(name, i, *cut) for i, cut in enumerate(ranges)])
    shard, shard_tasks = 0, []
    for number, done in enumerate(made):
        shard_tasks.append(ShardTask(name, number, shard))
        shard += len(done.bounds)
    written += _run(env, workers, shard_tasks)
    bounds = tuple(bound for done in made for bound in done.bounds)
    readings = tuple(line for done in made for line in done.readings)
    last = LastTask(msgspec.structs.replace(plan, batches=()), len(tasks), bounds, readings)
    return written + _run(env, workers, [last])


def stage_all(env: BuildEnv, files: Iterable[tuple[str, bytes]]) -> Written:
    """Stages files by their URLs."""
    records, fresh = [], []
    for url, data in files:
        if stage_file(env.output.path, env.stage, url, data):
            fresh.append(url)
        records.append(FileRecord(url, hashlib.sha256(data).hexdigest(), len(data)))
    return Written(tuple(records), tuple(fresh))


def _run(env: BuildEnv, workers: Here | Pool, tasks: Sequence[IndexTask]) -> list[Written]:
    """The tasks' results in order; what a worker could not do, for want of time or memory, is done here."""
    jobs = [Job(f"index {place}", task) for place, task in enumerate(tasks)]
    found = {
        job.name: run_index_task(env, job.task) if isinstance(outcome, Failure) else outcome
        for job, outcome in workers.run(jobs)
    }
    return [found[job.name] for job in jobs]


def read_records(env: BuildEnv, sources: Iterable[Source]) -> Iterator[IndexRecord]:
    """Records from parts in the cache, in the order asked for."""
    decoder = msgspec.msgpack.Decoder(IndexRecord)
    by_part: dict[str, list[tuple[int, Source]]] = {}
    for place, source in enumerate(sources):
        by_part.setdefault(source[0], []).append((place, source))
    found: dict[int, IndexRecord] = {}
    for part, wanted in by_part.items():
        pieces = env.cache.slices(part, ((offset, length) for _, (_, offset, length) in wanted))
        for (place, _), data in zip(wanted, pieces, strict=True):
            found[place] = decoder.decode(data)
    return (found[place] for place in range(len(found)))


def _run_batch(env: BuildEnv, task: BatchTask) -> Written:
    from zwgk_site.stages.index.segment import batch_texts, read_batch

    plan: SegmentPlan = task.plan
    records = list(read_records(env, task.sources))
    batch = read_batch(task.start, records)
    facets = {record.facets: 0 for record in records}
    number_of = {facet: number for number, facet in enumerate(facets)}
    note = _BatchNote(
        batch.start, batch.words, batch.buckets.astype("<i8").tobytes(), batch.counts[0].astype("<u4").tobytes(),
        batch.counts[1].astype("<i8").tobytes(), batch.title_lengths.astype("<u4").tobytes(),
        tuple(record.date for record in records), tuple(facets), tuple(number_of[record.facets] for record in records),
    )  # fmt: skip
    phrases = [
        (found.tobytes(), counts.astype("<i8").tobytes(), titled.tobytes()) for found, counts, titled in batch.phrases
    ]
    _write(env, f"{plan.id}.rows{task.number}", batch.rows.tobytes())
    _write(env, f"{plan.id}.phrases{task.number}", _encode(phrases))
    _write(env, f"{plan.id}.batch{task.number}", _encode(note))
    texts = batch_texts(plan, task.start, records)
    return stage_all(env, ((f"search/{plan.id}/{name}.js", data) for name, data in texts))


def _run_terms(env: BuildEnv, task: TermsTask) -> Written:
    from zwgk_site.stages.index.segment import make_terms, plan_ranges

    notes = _read_notes(env, task.plan.id, task.batches)
    batches = [_batch_of(note) for note in notes]
    terms = make_terms(task.plan, batches)
    letters = terms.alphabet
    note = _TermsNote(
        letters.words, letters.syllables, letters.groups, terms.title_lengths.tobytes(), terms.shard_bytes,
        terms.starts, tuple(numbers.tobytes() for numbers in terms.words), tuple(note.buckets for note in notes),
    )  # fmt: skip
    _write(env, f"{task.plan.id}.terms", _encode(note))
    return Written(ranges=tuple(plan_ranges([batch.buckets for batch in batches])))


def _run_last(env: BuildEnv, task: LastTask) -> Written:
    from zwgk_site.stages.index.segment import last_files

    name = task.plan.id
    notes = _read_notes(env, name, task.batches)
    columns = (
        [date for note in notes for date in note.dates],
        [note.facets[place] for note in notes for place in note.facet_of],
    )
    phrases = (_read_phrases(env, f"{name}.phrases{number}") for number in range(task.batches))
    last = last_files(task.plan, _read_terms(env, name).terms, task.bounds, task.readings, phrases, columns)
    return stage_all(env, ((f"search/{name}/{file}.js", data) for file, data in last))


def _read_notes(env: BuildEnv, segment: str, batches: int) -> list[_BatchNote]:
    return [_read(env, f"{segment}.batch{number}", _BatchNote) for number in range(batches)]


def _batch_of(note: _BatchNote) -> Batch:
    """A batch without rows."""
    import numpy as np

    from zwgk_site.stages.index.segment import Batch

    counts = (np.frombuffer(note.codes, "<u4"), np.frombuffer(note.counts, "<i8"))
    buckets, titles = np.frombuffer(note.buckets, "<i8"), np.frombuffer(note.titles, "<u4")
    return Batch(note.start, None, buckets, note.words, counts, titles, ())


def _read_phrases(env: BuildEnv, name: str) -> tuple[Any, ...]:
    import numpy as np

    return tuple(
        (np.frombuffer(found, "<u8"), np.frombuffer(counts, "<i8"), np.frombuffer(titled, bool))
        for found, counts, titled in _read(env, name, tuple[tuple[bytes, bytes, bytes], ...])
    )


class _Known(msgspec.Struct, frozen=True):
    """What this process has read for the ranges of a segment."""

    terms: Terms
    buckets: tuple[Any, ...]


_KNOWN: dict[str, _Known] = {}


def _read_terms(env: BuildEnv, segment: str) -> _Known:
    import numpy as np

    from zwgk_site.stages.index.alphabet import alphabet_of
    from zwgk_site.stages.index.segment import Terms

    known = _KNOWN.get(segment)
    if known is None:
        note = _read(env, f"{segment}.terms", _TermsNote)
        _KNOWN.clear()
        alphabet = alphabet_of(note.words, note.syllables, note.groups)
        numbers = tuple(np.frombuffer(found, "<u4") for found in note.numbers)
        titles = np.frombuffer(note.titles, "<u4")
        terms = Terms(alphabet, titles, note.shard_bytes, alphabet.unit_keys(), note.starts, numbers)
        known = _KNOWN[segment] = _Known(terms, tuple(np.frombuffer(found, "<i8") for found in note.buckets))
    return known


def _run_range(env: BuildEnv, task: RangeTask) -> Written:
    from zwgk_site.stages.index.segment import index_range

    known = _read_terms(env, task.segment)
    parts = (_read_rows(env, task, number, buckets) for number, buckets in enumerate(known.buckets))
    result = index_range(known.terms, parts)
    _write(env, f"{task.segment}.range{task.number}", _encode(result.shards))
    bounds = tuple((shard.first, shard.last) for shard in result.shards)
    return Written((), (), bounds, result.readings)


def _read_rows(env: BuildEnv, task: RangeTask, number: int, buckets: Any) -> Any:
    import numpy as np

    from zwgk_site.stages.index.segment import ROW

    first, stop = int(buckets[task.first]), int(buckets[task.stop])
    path = _path(env, f"{task.segment}.rows{number}")
    with machine_faults(path), path.open("rb") as source:
        source.seek(first * ROW.itemsize)
        return np.frombuffer(source.read((stop - first) * ROW.itemsize), ROW)


def _run_shards(env: BuildEnv, task: ShardTask) -> Written:
    from zwgk_site.stages.index.postings import Shard
    from zwgk_site.stages.index.segment import shard_files

    shards = _read(env, f"{task.segment}.range{task.number}", tuple[Shard, ...])
    return stage_all(
        env,
        (
            (f"search/{task.segment}/{name}.js", data)
            for step, shard in enumerate(shards)
            for name, data in shard_files(task.segment, task.shard + step, shard)
        ),
    )


def _path(env: BuildEnv, name: str) -> Path:
    return env.cache.path / WORK / name


def _write(env: BuildEnv, name: str, data: bytes) -> None:
    path = _path(env, name)
    with machine_faults(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _read(env: BuildEnv, name: str, kind: type[T]) -> T:
    path = _path(env, name)
    with machine_faults(path):
        return msgspec.msgpack.decode(path.read_bytes(), type=kind)
