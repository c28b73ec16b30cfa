"""The cache only saves time: spoilt or foreign values are simply not there."""

from pathlib import Path

from zwgk_site.pipeline.cache import CacheFolder


def test_a_value_comes_back(tmp_path):
    cache = CacheFolder(tmp_path, b"v1")
    cache.put("a/b", {"x": (1, 2)})
    assert cache.get("a/b", dict[str, tuple[int, int]]) == {"x": (1, 2)}


def test_another_version_sees_nothing(tmp_path):
    CacheFolder(tmp_path, b"v1").put("a", 1)
    assert CacheFolder(tmp_path, b"v2").get("a", int) is None


def test_any_spoilt_byte_empties_the_value(tmp_path):
    cache = CacheFolder(tmp_path, b"v1")
    cache.put("a", list(range(50)))
    data = (tmp_path / "a").read_bytes()
    for place in range(len(data)):
        (tmp_path / "a").write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert cache.get("a", list[int]) is None
    for stop in range(0, len(data), 7):
        (tmp_path / "a").write_bytes(data[:stop])
        assert cache.get("a", list[int]) is None


def test_a_value_of_another_type_is_not_there(tmp_path):
    cache = CacheFolder(tmp_path, b"v1")
    cache.put("a", "text")
    assert cache.get("a", int) is None


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = CacheFolder(Path(tmp_path / "file"), b"v1")
    cache.put("a/b", 1)
    assert cache.get("a/b", int) is None
    cache.drop("a/b")
