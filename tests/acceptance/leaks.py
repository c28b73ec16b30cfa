"""Looking for strings that must not be anywhere: in every byte of a folder, however they may be written or packed."""

from __future__ import annotations

import base64
import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote, unquote_to_bytes

from tests.index_files import contents, terms_of, texts_of
from tests.sites import state_folder
from zwgk_site.stages.index.container import decode_containers
from zwgk_site.text.units import fold_text

ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
ZLIB_HEADS = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")

ALPHABET = tuple(char for char in map(chr, range(0x9500, 0x9FA0)) if fold_text(char) == char)[:700]
"""Rare characters that search takes as they are, so that no two markers look alike in an index."""


class Marker:
    """A unique string to plant: Han characters that nothing else uses, then ASCII; either half alone is a leak."""

    made = 0

    def __init__(self, what: str) -> None:
        Marker.made += 1
        self.what = what
        number = Marker.made
        self.han = "".join(ALPHABET[digit] for digit in (number // 700, number % 700, 699 - number % 691, number % 683))
        self.ascii = f"Zqx{Marker.made:04}wvk"

    def __str__(self) -> str:
        return f"{self.han}{self.ascii}"

    __repr__ = __str__


class Secrets:
    """Markers by what they stand for: `secrets("closed title")` makes one, or gives the one made before."""

    def __init__(self) -> None:
        self.markers: dict[str, Marker] = {}

    def __call__(self, what: str) -> str:
        return str(self.markers.setdefault(what, Marker(what)))

    def ascii(self, what: str) -> str:
        """The ASCII half, for names that must be plain."""
        self(what)
        return self.markers[what].ascii

    def but(self, *public: str) -> list[Marker]:
        """All markers whose name begins with none of `public`."""
        return [marker for what, marker in self.markers.items() if not what.startswith(public)]


def find_leaks(folders: Iterable[Path], markers: Iterable[Marker], *, skip: tuple[str, ...] = ()) -> list[str]:
    """`marker in file` for every marker found below the folders; files whose path starts with `skip` are left out."""
    wanted = list(markers)
    needles = {needle: marker for marker in wanted for needle in _needles(marker)}
    pattern = re.compile(b"|".join(re.escape(needle) for needle in sorted(needles, key=len, reverse=True)))
    found = set()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            url = file.relative_to(folder).as_posix()
            if not file.is_file() or url.startswith(skip):
                continue
            for data in (url.encode("utf-8", "surrogateescape"), *_unpacked(file.read_bytes())):
                found |= {f"{needles[hit].what} in {folder.name}/{url}" for hit in pattern.findall(data)}
                for text in _readings(data):
                    found |= {f"{m.what} in {folder.name}/{url}" for m in wanted if m.han in text or m.ascii in text}
        found |= set(_index_leaks(folder, wanted))
    return sorted(found)


def _index_leaks(folder: Path, markers: list[Marker]) -> Iterator[str]:
    """Markers in any segment of any index below the folder: neither as terms nor in a phrase.

    Two markers may share a pair of characters, so only all pairs of one count.
    """
    segments = {path.parent for name in ("head.js", "all.js") for path in folder.rglob(f"search/*/{name}")}
    for segment in sorted(segments):
        tree = {
            f"search/{path.relative_to(segment.parent).as_posix()}": path.read_bytes() for path in segment.rglob("*.js")
        }
        files = contents(tree, segment.name)
        terms = set(terms_of(files))
        texts = "\n".join(fold_text(text) for text in texts_of(files))
        for marker in markers:
            han, word = fold_text(marker.han), marker.ascii.lower()
            pairs = {han[at : at + 2] for at in range(len(han) - 1)}
            said = han[:3] in texts or han[1:] in texts or word in texts
            if pairs <= terms or said or any(word in term for term in terms):
                yield f"{marker.what} in the index {segment.relative_to(folder.parent).as_posix()}"


def leaks_of(out: Path, markers: Iterable[Marker]) -> list[str]:
    """Leaks in the output and in the state folder beside it; the cache is nobody's but the builder's."""
    return find_leaks((out, state_folder(out)), markers, skip=("cache/", "lock"))


def _needles(marker: Marker) -> Iterator[bytes]:
    for half in (marker.han, marker.ascii):
        for encoding in ENCODINGS:
            data = half.encode(encoding)
            yield data
            yield data.hex().encode()
            yield from _base64_of(data)
        for encoding in ENCODINGS[:2]:
            escaped = quote(half.encode(encoding))
            yield from (escaped.encode(), escaped.lower().encode(), quote(escaped).encode())
        yield "".join(f"&#{ord(char)};" for char in half).encode()
        yield "".join(f"&#x{ord(char):x};" for char in half).encode()
        yield "".join(f"\\u{ord(char):04x}" for char in half).encode()


def _base64_of(data: bytes) -> Iterator[bytes]:
    """What stays the same of `data` in base64, whatever stands before and after it."""
    for before in range(3):
        start = (before * 8 + 5) // 6
        stop = (before + len(data)) * 8 // 6
        plain = base64.b64encode(b"\0" * before + data + b"\0\0")[start:stop]
        yield plain
        yield plain.replace(b"+", b"-").replace(b"/", b"_")


def _readings(data: bytes) -> Iterator[str]:
    for encoding in ENCODINGS:
        text = data.decode(encoding, "ignore")
        yield text
        for _ in range(2):
            text = JSON_ESCAPE.sub(lambda match: chr(int(match[1], 16)), html.unescape(unquote(text)))
            yield text
        if "%" in text:
            yield unquote_to_bytes(text.encode("utf-8", "replace")).decode("gb18030", "ignore")
        if encoding == "utf-8" and not any(byte > 127 or byte == 0 for byte in data[:4096]):
            return


def _unpacked(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes, and those of what is packed in them (zip, docx, xlsx, gzip, zlib), three levels deep."""
    yield data
    if depth > 3:
        return
    if data[:3] == b'S("':
        for name, content in decode_containers(data).items():
            yield name.encode()
            yield content
        return
    if data[:2] == b"PK" and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for item in archive.infolist():
                yield item.filename.encode("utf-8", "surrogateescape")
                yield from _unpacked(archive.read(item), depth + 1)
    if data[:2] == b"\x1f\x8b":
        yield from _unpacked(gzip.decompress(data), depth + 1)
    for head in ZLIB_HEADS.finditer(data):
        stream = zlib.decompressobj()
        try:
            packed = stream.decompress(data[head.start() :], 1 << 24)
        except zlib.error:
            continue
        if len(packed) > 16:
            yield from _unpacked(packed, depth + 1)
