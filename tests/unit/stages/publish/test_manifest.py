import hashlib
import random

import pytest

from tests.unit.stages.publish.small_sites import OLD, build
from zwgk_site.model.release import FileRecord
from zwgk_site.stages.publish import (
    SITE_MANIFEST_URL,
    department_manifest,
    department_manifest_url,
    parse_departments,
    parse_manifest,
    read_only_output,
    site_manifest,
    verify_output,
)

RECORDS = [
    FileRecord("wjj/b.html", "b" * 64, 2),
    FileRecord("wjj/a.html", "a" * 64, 1),
    FileRecord("wjj/c", "c" * 64, 0),
]

CANONICAL = [("a.html", "a", 1), ("b.html", "b", 2), ("c", "c", 0)]


def record(url, data):
    return FileRecord(url, hashlib.sha256(data).hexdigest(), len(data))


@pytest.fixture
def output(tmp_path):
    """A site with its manifests, as the pipeline publishes it."""
    departments = {
        code: department_manifest(record(url, text) for url, text in OLD.items() if url.startswith(code))
        for code in ("wjj", "jyj")
    }
    shared = site_manifest(
        [record("index.html", OLD["index.html"])],
        {code: hashlib.sha256(text).hexdigest() for code, text in departments.items()},
    )
    manifests = {department_manifest_url(code): text for code, text in departments.items()}
    build(tmp_path / "public", OLD | manifests | {SITE_MANIFEST_URL: shared})
    return read_only_output(tmp_path / "public")


def test_a_manifest_is_canonical():
    files = ",".join(f'"wjj/{name}":["{letter * 64}",{size}]' for name, letter, size in CANONICAL)
    expected = f'{{"format":1,"files":{{{files}}}}}\n'
    shuffled = random.Random(1).sample(RECORDS, 3)
    assert department_manifest(RECORDS).decode() == department_manifest(shuffled).decode() == expected


def test_a_manifest_comes_back():
    assert parse_manifest(department_manifest(RECORDS)) == {found.url: found for found in RECORDS}
    both = site_manifest(RECORDS, {"wjj": "1" * 64, "jyj": "2" * 64})
    assert list(parse_departments(both)) == ["jyj", "wjj"]
    assert parse_manifest(both) == parse_manifest(department_manifest(RECORDS))


@pytest.mark.parametrize(
    "text", [b"", b"[]", b'{"format":2,"files":{}}', b'{"format":1}', b'{"format":1,"files":{"a":1}}']
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match="manifest"):
        parse_manifest(text)


def test_a_site_as_published_is_whole(output):
    assert list(verify_output(output)) == []


def test_a_site_manifest_that_leads_elsewhere_is_told_without_being_followed(output):
    top = output.path / SITE_MANIFEST_URL
    top.write_bytes(site_manifest([record("index.html", OLD["index.html"])], {"../..": "0" * 64}))
    assert ("ZW723", "data/../../manifest.json") in {(one.code, one.span.file) for one in verify_output(output)}


@pytest.mark.parametrize(
    ("url", "text", "code"),
    [
        ("wjj/2026/1.html", b"changed", "ZW721"),
        ("wjj/2026/1.html", None, "ZW720"),
        ("index.html", b"", "ZW721"),
        ("wjj/strange.html", b"x", "ZW722"),
        ("data/jyj/manifest.json", None, "ZW723"),
        ("data/jyj/manifest.json", b'{"format":1,"files":{}}\n', "ZW723"),
        ("data/manifest.json", b"torn", "ZW723"),
    ],
)
def test_every_change_by_somebody_else_is_found(output, url, text, code):
    if text is None:
        (output.path / url).unlink()
    else:
        (output.path / url).write_bytes(text)
    assert (code, url) in {(found.code, found.span.file) for found in verify_output(output)}
