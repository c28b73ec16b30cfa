"""An index that is not whole is told, and never answered from."""

from __future__ import annotations

import random
import threading
import zlib
from pathlib import Path

import pytest

from tests.search.sample_indexes import named_records, random_records, write_index
from zwgk_site.model.search import SearchManifest
from zwgk_site.search.answer import Answer, search
from zwgk_site.search.container import split_containers
from zwgk_site.search.faults import SearchDamaged, SearchError, SearchMissing, SearchVersion
from zwgk_site.stages.index import encode_manifest

QUERIES = (
    "行政许可",
    "营商环境条例",
    "办",
    "示政发2024 12",
    "xzxk",
    "yinhang",
    "营伤环境",
    "低保",
    "珍稀词语",
    "全社会",
    "怎么申请许可",
)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    write_index(tmp_path, [named_records(), random_records(4, 20, 20)], singles=(1,))
    return tmp_path


def _files(index: Path) -> list[Path]:
    return sorted(path for path in (index / "search").rglob("*.js"))


def _container(name: str, content: bytes) -> bytes:
    packed = zlib.compress(content)
    for raw, escaped in ((b"\\", b"\\\\"), (b'"', b'\\"'), (b"\n", b"\\n"), (b"\r", b"\\r")):
        packed = packed.replace(raw, escaped)
    return b'S("%s","%s")\n' % (name.encode(), packed)


def test_no_index_is_missing(tmp_path):
    with pytest.raises(SearchMissing) as found:
        search(tmp_path, "许可")
    assert found.value.diagnostic.code == "ZW620"
    assert "zwgk build" in found.value.diagnostic.hint()


def test_another_format_is_told_with_both_numbers(index):
    manifest = index / "search" / "manifest.js"
    manifest.write_bytes(_container("manifest", b"\x09{}"))
    with pytest.raises(SearchVersion) as found:
        search(index, "许可")
    assert "第 9 版" in found.value.diagnostic.message()
    manifest.write_bytes(encode_manifest(SearchManifest(9, "2026-11-26", 0, ())))
    with pytest.raises(SearchVersion):
        search(index, "许可")


def test_a_file_under_anothers_name_is_not_believed(index):
    heads = [path for path in _files(index) if path.name in ("head.js", "columns.js")]
    first, second = heads[0].read_bytes(), heads[1].read_bytes()
    heads[0].write_bytes(second)
    heads[1].write_bytes(first)
    with pytest.raises(SearchDamaged):
        search(index, "许可")


@pytest.mark.parametrize("name", ["../../x", "a/b", "", "A" * 65])
def test_a_manifest_leads_nowhere_else(index, name):
    data = b'\x02{"format":2,"built":"","documents":1,"segments":[{"id":"%s","documents":1}]}' % name.encode()
    (index / "search" / "manifest.js").write_bytes(_container("manifest", data))
    with pytest.raises(SearchDamaged):
        search(index, "许可")


def _damage(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return chance.choice(
        (
            lambda: b"",
            lambda: data[:place],
            lambda: data[:place] + bytes((data[place] ^ 1 << chance.randrange(8),)) + data[place + 1 :],
            lambda: data[place:] + data[:place],
            lambda: data + data,
        )
    )()


def _outcome(index: Path, query: str) -> Answer | SearchError:
    """The answer, or what is told in its place; nothing else may be raised."""
    try:
        return search(index, query)
    except SearchError as fault:
        return fault


def test_every_damage_to_a_file_is_told_or_changes_no_answer(index):
    """A spoilt or missing file never shortens an answer."""
    whole = {query: search(index, query) for query in QUERIES}
    chance = random.Random(7)
    told = 0
    for path in _files(index):
        data = path.read_bytes()
        for changed in (None, _damage(data, chance), _damage(data, chance)):
            path.unlink() if changed is None else path.write_bytes(changed)
            for query in QUERIES:
                found = _outcome(index, query)
                if isinstance(found, SearchError):
                    told += 1
                    assert found.diagnostic.code in ("ZW620", "ZW621", "ZW622", "ZW623")
                    assert path.name in found.diagnostic.message() or path.name == "manifest.js"
                else:
                    assert found == whole[query], (path, query)
        path.write_bytes(data)
    assert told > 100


def test_content_that_contradicts_itself_is_told(index):
    """Sound containers around nonsense: what a bug of a writer would look like."""
    chance = random.Random(3)
    base = min(path.parent for path in _files(index) if path.name == "head.js")
    for path in sorted(base.rglob("*.js")):
        data = path.read_bytes()
        (packed,) = split_containers(data, "")
        content = packed.content()
        for _ in range(6):
            spoilt = bytearray(content[: chance.randrange(len(content) + 1)])
            if spoilt:
                spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
            path.write_bytes(_container(packed.name, b"\x02" + bytes(spoilt)))
            for query in QUERIES:
                _outcome(index, query)
        path.write_bytes(data)


def test_a_build_that_replaces_the_index_meanwhile_does_no_harm(tmp_path):
    """Segments come first, then the manifest, then the old segments go: as a release is published."""
    worlds = []
    for number in (4, 5):
        write_index(tmp_path / str(number), [random_records(number, 20, 20)])
        folder = tmp_path / str(number) / "search"
        worlds.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.js")})
    public = tmp_path / "public"
    write_index(public, [random_records(4, 20, 20)])
    ended = threading.Event()

    def publish() -> None:
        for turn in range(6):
            old, new = worlds[turn % 2], worlds[1 - turn % 2]
            for path in set(new) - set(old):
                (public / "search" / path).parent.mkdir(parents=True, exist_ok=True)
                (public / "search" / path).write_bytes(new[path])
            temporary = public / "manifest.new"
            temporary.write_bytes(new[Path("manifest.js")])
            temporary.replace(public / "search" / "manifest.js")
            for path in set(old) - set(new):
                (public / "search" / path).unlink()
            ended.wait(0.2)
        ended.set()

    thread = threading.Thread(target=publish)
    thread.start()
    while not ended.is_set():
        for query in QUERIES:
            search(public, query)
    thread.join()
