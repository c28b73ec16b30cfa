"""The documents that a department has, as an import looks for them: by 索引号, by 文号 and title, by what they were made from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.exchange.documents.front import Memory, digest_of, read_back, read_memory, split_text
from zwgk_site.exchange.mentions import title_key
from zwgk_site.stages.load.department import load_department
from zwgk_site.stages.load.document_file import SUFFIX
from zwgk_site.stages.load.scan import scan_department
from zwgk_site.stages.load.text_file import decode_text
from zwgk_site.statute.document_numbers import normalize_document_number
from zwgk_site.statute.numbers import normalize_number
from zwgk_site.text.redaction import find_mark

if TYPE_CHECKING:
    from pathlib import Path

    from zwgk_site.exchange.documents.front import Value
    from zwgk_site.model.corpus import Department, Holdings

SHINGLE = 8
ALIKE = 0.5
"""So much of two texts has to be the same for them to be two states of one."""


class Standing(msgspec.Struct, frozen=True):
    """A document file that is there (已有文件): its name below the site, its bytes, what it remembers of its import."""

    file: str
    data: bytes
    encoding: str
    text: str
    memory: Memory

    @property
    def has_redactions(self) -> bool:
        """Whether any passage of it is hidden."""
        return find_mark(self.text) >= 0

    @property
    def is_text_untouched(self) -> bool:
        """Whether its text is what an import wrote."""
        parts = split_text(self.text)
        return parts is not None and self.memory.digest_of("正文") == digest_of(parts[1])


class Wanted(msgspec.Struct, frozen=True):
    """What an import knows of the document it looks for."""

    source: str
    title: str
    index_number: str
    document_number: str
    plain: str


class Shelf:
    """One department's documents; read once, kept up to date by what an import puts there."""

    def __init__(self, root: Path, code: str) -> None:
        self.root, self.code = root, code
        scan = scan_department(root, code)
        loaded = load_department(root, scan, None).value
        self.holdings: Holdings | None = loaded.holdings
        self._by_index: dict[str, list[str]] = defaultdict(list)
        self._by_number: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_source: dict[str, list[str]] = defaultdict(list)
        self._titles: dict[str, tuple[str, str]] = {}
        self._indexes: dict[str, str] = {}
        self.names: set[str] = set()
        self.standing: dict[str, Standing] = {}
        for document in loaded.documents:
            file = f"content/{code}/{document.path}{SUFFIX}"
            self._note(file, document.title, document.index_number, document.document_number)
        for item in scan.files:
            self.names.add(item.path.lower())
            if item.path.endswith(SUFFIX):
                self._read(f"content/{code}/{item.path}")

    @property
    def department(self) -> Department | None:
        """The department, if its catalogue could be read."""
        return self.holdings.department if self.holdings is not None else None

    def _note(self, file: str, title: str, index_number: str, number: str) -> None:
        self._indexes[file] = normalize_number(index_number)
        if index_number:
            self._by_index[normalize_number(index_number)].append(file)
        if number:
            self._by_number[normalize_document_number(number), title_key(title)].append(file)
        self._titles[file] = title_key(title), normalize_document_number(number)

    def _read(self, file: str) -> None:
        try:
            data = (self.root / file).read_bytes()
        except OSError:
            return
        source = decode_text(data, file).value
        if source is not None:
            memory = read_memory(source.text)
            text = source.text
            self.standing[file] = Standing(file, data, source.encoding, text, memory)
            if memory.source:
                self._by_source[memory.source].append(file)

    def find(self, wanted: Wanted) -> tuple[str, ...]:
        """The files that are the document wanted; several, where the department's own files are not clear."""
        if wanted.index_number and (found := self._by_index.get(normalize_number(wanted.index_number))):
            return tuple(found)
        number = normalize_document_number(wanted.document_number)
        numbered = self._by_number.get((number, title_key(wanted.title)), ()) if number else ()
        found = [file for file in numbered if self._may_be(file, wanted)]
        if found:
            return tuple(found)
        made = (file for file in self._by_source.get(wanted.source, ()) if self._may_be(file, wanted))
        return tuple(file for file in made if self._is_same(file, wanted, number))

    def _may_be(self, file: str, wanted: Wanted) -> bool:
        """Whether no index number says that it is another document."""
        known = self._indexes.get(file, "")
        return not known or not wanted.index_number or known == normalize_number(wanted.index_number)

    def _is_same(self, file: str, wanted: Wanted, number: str) -> bool:
        """Whether a document made from a file of that name was made from this very one, not from a namesake."""
        standing = self.standing[file]
        title, known_number = self._titles.get(file, ("", ""))
        if title == title_key(wanted.title) or (number and number == known_number):
            return True
        if standing.memory.digest_of("标题") == digest_of(read_back(wanted.title)):
            return True
        parts = split_text(standing.text)
        return parts is not None and _are_alike(parts[1], wanted.plain)

    def free_path(self, folder: str, slug: str) -> str:
        """A path below the department's folder that no file has, whatever the case of its letters."""
        base = f"{folder}/{slug}" if folder else slug
        path, number = base, 1
        while f"{path}{SUFFIX}".lower() in self.names:
            number += 1
            path = f"{base}-{number}"
        return path

    def add(self, file: str, wanted: Wanted) -> None:
        """A document that an import is about to write."""
        self.names.add(file.removeprefix(f"content/{self.code}/").lower())
        self._note(file, wanted.title, wanted.index_number, wanted.document_number)


def _are_alike(one: str, other: str) -> bool:
    first, second = _shingles(one), _shingles(other)
    return bool(first and second) and len(first & second) >= ALIKE * min(len(first), len(second))


def _shingles(text: str) -> set[str]:
    plain = "".join(char for char in text if char.isalnum())
    return {plain[at : at + SHINGLE] for at in range(max(0, len(plain) - SHINGLE + 1))}


def values_of(values: dict[str, Value], name: str) -> str:
    """A value as one text."""
    value = values.get(name, "")
    return value if isinstance(value, str) else "、".join(str(item) for item in value)
