"""A segment of the index, read as far as a query needs it; each file once."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from zwgk_site.model.search import BODY, TITLE, SegmentRef
from zwgk_site.search.columns import Columns
from zwgk_site.search.faults import SearchError
from zwgk_site.search.files import IndexFiles, numbered
from zwgk_site.search.head import Head
from zwgk_site.search.shard import Entry, PositionFile, Postings, Shard, join_titles, read_places, read_postings
from zwgk_site.search.stored import StoredRecord, field_text, read_chunk, read_continuation
from zwgk_site.text.units import Unit, split_units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
BEYOND = b"\xff\xff\xff"
"""Behind a key: no key that begins with it is as high."""

EMPTY = Postings([], [], [], [])


class Segment:
    """One segment (索引段). Every method may raise `SearchDamaged` or `SearchVersion`.

    `remembered` is for those who match: what they have found in it.
    """

    def __init__(self, files: IndexFiles, ref: SegmentRef) -> None:
        self._files, self._ref = files, ref
        self.dead = frozenset(ref.dead)
        self.remembered: dict[Any, Any] = {}
        self._shards: dict[int, Shard] = {}
        self._position_files: dict[int, PositionFile] = {}
        self._postings: dict[tuple[bytes, int], Postings] = {}
        self._phrases: dict[str, dict[str, dict[str, int]]] = {}
        self._units: dict[tuple[int, int], list[Unit]] = {}
        self._records: dict[int, list[StoredRecord]] = {}

    @property
    def documents(self) -> int:
        """How many documents there are, dead ones too."""
        return self._ref.documents

    @property
    def living(self) -> int:
        """How many of them count."""
        return self._ref.documents - len(self.dead)

    @cached_property
    def head(self) -> Head:
        """Alphabet, bounds and chunks."""
        head = self._parse("head", Head)
        if head.documents != self._ref.documents:
            raise self._damaged("head", "份数与清单不符", "it is of another number of documents")
        return head

    @cached_property
    def columns(self) -> Columns:
        """Dates and facets."""
        return self._parse("columns", lambda content: Columns(content, self.documents))

    @cached_property
    def readings(self) -> dict[str, tuple[str, ...]]:
        """Pairs of characters that may be read otherwise, with these readings."""
        text = self._parse("readings", lambda content: content.decode("gb18030"))
        return {line[:2]: tuple(line[3:].split(",")) for line in text.splitlines()}

    @cached_property
    def pairs_read_as(self) -> dict[str, list[str]]:
        """Such readings to their pairs."""
        found: dict[str, list[str]] = {}
        for pair, readings in self.readings.items():
            for reading in readings:
                found.setdefault(reading, []).append(pair)
        return found

    def phrases(self, letters: str) -> dict[str, int]:
        """The frequent phrases with these initials, two to four of them, and about how often they are there."""
        size = self.head.letters
        if letters[:size] not in self.head.initials:
            return {}
        name = f"i/{letters[:size]}"
        if name not in self._phrases:
            self._phrases[name] = self._parse(name, _read_phrases)
        return self._phrases[name].get(letters[size:], {})

    def shard(self, number: int) -> Shard:
        """Terms and document lists of a shard."""
        if number not in self._shards:
            self._shards[number] = self._parse(numbered("s", number), Shard)
        return self._shards[number]

    def entry(self, key: bytes, field: int) -> Entry | None:
        """How often and where the term occurs in the field, `None` where it does not."""
        if not key or not self.documents:
            return None
        return self.shard(self.head.shard_of(key)).fields_of(key).get(field)

    def fields_of(self, key: bytes) -> dict[int, Entry]:
        """The fields in which the term occurs."""
        if not key or not self.documents:
            return {}
        return self.shard(self.head.shard_of(key)).fields_of(key)

    def frequency(self, key: bytes, field: int) -> int:
        """In how many documents the term occurs in the field."""
        if field == TITLE and _is_character(key):
            return len(self.postings(key, field).documents)
        entry = self.entry(key, field)
        return entry.frequency if entry else 0

    def count_living(self, key: bytes) -> int:
        """How often the term has a field of a document that counts: summed over segments as in a clean index."""
        found = self.fields_of(key)
        if not self.dead:
            return sum(entry.frequency for entry in found.values())
        lists = (self.plain_postings(key, field).documents for field in found)
        return sum(len(documents) - len(self.dead.intersection(documents)) for documents in lists)

    def postings(self, key: bytes, field: int) -> Postings:
        """The documents of the term in the field."""
        if (key, field) not in self._postings:
            self._postings[key, field] = self._read_postings(key, field)
        return self._postings[key, field]

    def scan(self, low: bytes, high: bytes) -> Iterator[tuple[bytes, dict[int, Entry]]]:
        """The terms with keys from `low` up to, but without, `high`, in order, with their fields."""
        bounds = self.head.bounds
        for number in range(self.head.shard_of(low), self.head.shards if self.documents else 0):
            if number and bounds[number] >= high:
                return
            shard = self.shard(number)
            for place in range(bisect_left(shard.keys, low), bisect_left(shard.keys, high)):
                yield shard.keys[place], shard.fields_of(shard.keys[place])

    def places(self, key: bytes, field: int, wanted: Iterable[int] | None = None) -> dict[int, list[int]]:
        """Where the term stands in the field of the documents `wanted`, or of all that have it."""
        postings = self.postings(key, field)
        entry = self.entry(key, field)
        chosen = None if wanted is None else frozenset(wanted)
        if field == TITLE:
            pairs = zip(postings.documents, postings.places, strict=True)
            return {document: places for document, places in pairs if chosen is None or document in chosen}
        if not entry:
            return {}
        if not entry.has_places(field):
            documents = [document for document in postings.documents if chosen is None or document in chosen]
            return {document: self._places_in_text(document, field, key) for document in documents}
        number = self.head.shard_of(key)
        data = self._position_file(number).list_bytes(key, field, lambda part: self._read(numbered("q", number, part)))
        return self._guard(numbered("p", number), lambda: read_places(data, postings, chosen))

    def _places_in_text(self, document: int, field: int, key: bytes) -> list[int]:
        units = self.units(document, field)
        wanted = self.head.keys_of(key)
        keys = [self.head.unit_key(unit) for unit, _ in units]
        found = [
            position
            for at, (_, position) in enumerate(units)
            if keys[at] == wanted[0]
            and (
                len(wanted) == 1
                or (at + 1 < len(units) and units[at + 1][1] == position + 1 and keys[at + 1] == wanted[1])
            )
        ]
        if not found:
            name = numbered("t", self.head.chunks.place_of(document)[0])
            raise self._damaged(name, "与索引不符", "it does not agree with the index")
        return found

    def record(self, document: int) -> StoredRecord:
        """The record of a document; of a long one, the first piece of its body."""
        number, place = self.head.chunks.place_of(document)
        if number not in self._records:
            self._records[number] = self._parse(numbered("t", number), read_chunk)
        return self._guard(numbered("t", number), lambda: self._records[number][place])

    def text(self, document: int, field: int) -> str:
        """The text of a field as it was indexed."""
        record = self.record(document)
        if field != BODY:
            return field_text(record, field)
        more = (self._parse(numbered("t", number), read_continuation) for number in record.continuations)
        return record.body + "".join(more)

    def body_until(self, document: int, pieces: int, is_enough: Callable[[str], bool]) -> str:
        """A long body from its first piece on, joined until it `is_enough` or so many pieces are read."""
        record = self.record(document)
        body = record.body
        for number in record.continuations[:pieces]:
            if is_enough(body):
                break
            body += self._parse(numbered("t", number), read_continuation)
        return body

    def units(self, document: int, field: int) -> list[Unit]:
        """The units of a field with their positions."""
        if (document, field) not in self._units:
            self._units[document, field] = split_units(self.text(document, field))
        return self._units[document, field]

    def _position_file(self, number: int) -> PositionFile:
        if number not in self._position_files:
            shard = self.shard(number)
            self._position_files[number] = self._parse(
                numbered("p", number), lambda content: PositionFile(content, shard)
            )
        return self._position_files[number]

    def _read_postings(self, key: bytes, field: int) -> Postings:
        if field == TITLE and _is_character(key):
            terms = (term for term, fields in self.scan(key, key + BEYOND) if field in fields)
            return join_titles([self.plain_postings(term, field) for term in terms])
        return self.plain_postings(key, field)

    def plain_postings(self, key: bytes, field: int) -> Postings:
        """The list of a term as it stands: a character's in titles has only those that no other follows."""
        entry = self.entry(key, field)
        if not entry:
            return EMPTY
        number = self.head.shard_of(key)
        data = self.shard(number).list_bytes(entry, lambda part: self._read(numbered("l", number, part)))
        found = self._guard(numbered("s", number), lambda: read_postings(data, field, entry.frequency))
        if found.documents and found.documents[-1] >= self.documents:
            raise self._damaged(numbered("s", number), "编号超出范围", "an id in it is too high")
        return found

    def _read(self, name: str) -> bytes:
        full = f"{self._ref.id}/{name}"
        return self._files.read_from(f"{self._ref.id}/all", full) if self._ref.single else self._files.read(full)

    def _parse(self, name: str, parse: Callable[[bytes], T]) -> T:
        content = self._read(name)
        return self._guard(name, lambda: parse(content))

    def _guard(self, name: str, work: Callable[[], T]) -> T:
        """What `work` gives; its complaint about bytes becomes one about the file `name`."""
        try:
            return work()
        except (ValueError, IndexError, KeyError, OverflowError) as fault:
            raise self._damaged(name, "内容自相矛盾", "its content contradicts itself") from fault

    def _damaged(self, name: str, zh: str, en: str) -> SearchError:
        file = "all" if self._ref.single else name
        return self._files.damaged(f"{self._ref.id}/{file}", zh, en)


def _read_phrases(content: bytes) -> dict[str, dict[str, int]]:
    """The rest of the initials to phrases with how often they are there."""
    found = {}
    for line in content.decode("gb18030").split("\n"):
        rest, *words = line.split(" ")
        found[rest] = {word[1:]: 1 << ord(word[0]) - ord("a") for word in words}
    return found


def _is_character(key: bytes) -> bool:
    """Whether the key is that of a single character, which titles have as the front of their terms."""
    return len(key) == 2 and key[0] >= 0x80


def open_segments(files: IndexFiles) -> tuple[Segment, ...]:
    """Base and deltas, as the manifest names them."""
    return tuple(Segment(files, ref) for ref in files.manifest().segments)


def read_synonyms(files: IndexFiles) -> list[list[str]]:
    """Groups of words that mean the same."""
    name = files.manifest().tables.get("synonyms")
    if not name:
        return []
    try:
        return msgspec.json.decode(files.read(name), type=list[list[str]])
    except msgspec.DecodeError as fault:
        raise files.damaged(name, "不是同义词表", "it is no table of synonyms") from fault
