"""What a published index holds, read from its files alone: terms, texts, living documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from zwgk_site.model.search import IndexRecord, SearchManifest
from zwgk_site.stages.index.chunks import read_chunk
from zwgk_site.stages.index.container import decode_containers

PREFIX = "search/"
Tree = Mapping[str, bytes]


def read_manifest(tree: Tree) -> SearchManifest:
    return msgspec.json.decode(decode_containers(tree["search/manifest.js"])["manifest"], type=SearchManifest)


def contents(tree: Tree, segment: str) -> dict[str, bytes]:
    """The contents of all files of a segment by name below it."""
    found: dict[str, bytes] = {}
    for url, data in tree.items():
        if url.startswith(f"search/{segment}/") and "/k/" not in url:
            for name, content in decode_containers(data).items():
                assert name.startswith(segment + "/"), (url, name)
                found[name.removeprefix(segment + "/")] = content
    return found


def records_of(files: Mapping[str, bytes]) -> list[IndexRecord]:
    """All records of a segment, in the order of their ids."""
    chunks = {int(name.rpartition("/")[2]): data for name, data in files.items() if name.startswith("t/")}
    found, rest = [], set()
    for number in sorted(chunks):
        if number in rest:
            continue
        for record, more in read_chunk(chunks[number]):
            rest.update(more)
            body = record.body + "".join(chunks[step].decode("gb18030") for step in more)
            found.append(msgspec.structs.replace(record, body=body))
    return found


def living_records(tree: Tree) -> list[IndexRecord]:
    """What search can find, by URL."""
    found = []
    for ref in read_manifest(tree).segments:
        records = records_of(contents(tree, ref.id))
        assert len(records) == ref.documents
        found += [record for number, record in enumerate(records) if number not in ref.dead]
    return sorted(found, key=lambda record: record.url)


def comparable(tree: Tree) -> dict[str, bytes]:
    """An output in which everything about segments is replaced by the records that can be found."""
    found = {
        url: data
        for url, data in tree.items()
        if not (url.startswith("search/") and url.count("/") > 1) and not url.startswith("data/search.")
    }
    found.pop("search/manifest.js", None)
    if "data/manifest.json" in found:
        manifest = msgspec.json.decode(found["data/manifest.json"])
        manifest["files"].pop("search/manifest.js", None)
        manifest["departments"] = {
            code: digest for code, digest in manifest["departments"].items() if not code.startswith("search.")
        }
        found["data/manifest.json"] = msgspec.json.encode(manifest)
    if "search/manifest.js" in tree:
        found["search/records"] = msgspec.json.encode(living_records(tree))
    return found


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def alphabet_of(head: bytes) -> str:
    """The characters of a segment by rank; that of rank 1 stands first."""
    _, at = read_varint(head, 0)
    size, at = read_varint(head, at)
    at += size
    size, at = read_varint(head, at)
    return head[at : at + size].decode("gb18030").replace(" ", "")


def terms_of(files: Mapping[str, bytes]) -> Iterator[str]:
    """Every term of a segment as text, words followed by a blank."""
    letters = alphabet_of(files["head"])
    for name, data in files.items():
        if not name.startswith("s/"):
            continue
        count, at = read_varint(data, 0)
        shared, lengths = data[at : at + count], data[at + count : at + 2 * count]
        at += 2 * count
        key = b""
        for same, more in zip(shared, lengths, strict=True):
            key = key[:same] + data[at : at + more]
            at += more
            yield "".join(_units(key, letters))


def _units(key: bytes, letters: str) -> Iterator[str]:
    at = 0
    while at < len(key):
        if key[at] >= 0x80:
            yield letters[int.from_bytes(key[at : at + 2], "big") - 0x8001]
            at += 2
        else:
            stop = key.index(b" ", at) + 1
            yield key[at:stop].decode()
            at = stop


def texts_of(files: Mapping[str, bytes]) -> Iterator[str]:
    """Everything in a segment that is text: chunks, readings, initials, columns, alphabet."""
    for name, data in files.items():
        if name.startswith(("t/", "i/")) or name == "readings":
            yield data.decode("gb18030")
        elif name == "columns":
            yield data.decode("utf-8", "ignore")


def tree_below(output: Path) -> dict[str, bytes]:
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}
