"""The files of an index in the folder `search` of an output, by name; each read once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.model.search import FORMAT, SearchManifest
from zwgk_site.search.container import Packed, split_containers
from zwgk_site.search.faults import SearchError, damaged, incomplete, missing, other_version

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"[a-z0-9-]{1,64}")


class IndexFiles:
    """Reads containers by name below the folder of the output (索引文件)."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._folder = output / "search"
        self._manifest: SearchManifest | None = None
        self._whole: dict[str, dict[str, Packed]] = {}

    def manifest(self) -> SearchManifest:
        """What the index consists of, read once. Raises `SearchMissing`, `SearchDamaged`, `SearchVersion`."""
        if self._manifest is None:
            self._manifest = self._read_manifest()
        return self._manifest

    def _read_manifest(self) -> SearchManifest:
        if not (self._folder / "manifest.js").is_file():
            raise missing(str(self._output))
        content = self.read("manifest")
        try:
            found = msgspec.json.decode(content, type=SearchManifest)
        except msgspec.DecodeError as fault:
            raise self.damaged("manifest", "不是索引清单", "it is no manifest") from fault
        if found.format != FORMAT:
            raise other_version(self.path("manifest"), found.format, FORMAT)
        if not all(map(_NAME.fullmatch, (*(ref.id for ref in found.segments), *found.tables.values()))):
            raise self.damaged("manifest", "里面的名字不对", "a name in it is wrong")
        return found

    def read(self, name: str) -> bytes:
        """The content of the container `name` in its own file. Raises `SearchDamaged`, `SearchVersion`."""
        found = list(split_containers(self._bytes(name), self.path(name)))
        if len(found) != 1 or found[0].name != name:
            told = found[0].name if len(found) == 1 else str(len(found))
            raise self.damaged(name, f"里面是 {told}", f"it holds {told}")
        return found[0].content()

    def read_from(self, file: str, name: str) -> bytes:
        """The content of the container `name` in a file of several. Raises as `read`."""
        found = self._parts(file).get(name)
        if found is None:
            raise self.damaged(file, f"里面没有 {name}", f"{name} is not in it")
        return found.content()

    def _parts(self, file: str) -> dict[str, Packed]:
        if file not in self._whole:
            self._whole[file] = {part.name: part for part in split_containers(self._bytes(file), self.path(file))}
        return self._whole[file]

    def path(self, name: str) -> str:
        """The file of `name`, as told in messages."""
        return str(self._folder / f"{name}.js")

    def damaged(self, name: str, zh: str, en: str) -> SearchError:
        """That the file of `name` is not what it should be."""
        return damaged(self.path(name), zh, en)

    def _bytes(self, name: str) -> bytes:
        try:
            return (self._folder / f"{name}.js").read_bytes()
        except OSError as fault:
            raise incomplete(self.path(name), fault.strerror or type(fault).__name__) from fault


def numbered(folder: str, number: int, part: int | None = None) -> str:
    """The name of file `number` in a folder of numbered files, below its segment."""
    return f"{folder}/{number >> 8}/{number}" + ("" if part is None else f"-{part}")
