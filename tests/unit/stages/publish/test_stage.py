import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwgk_site.stages.publish import MachineError, check_url, stage_copy, stage_file


@pytest.fixture
def folders(tmp_path):
    for name in ("public", "stage"):
        (tmp_path / name).mkdir()
    return tmp_path / "public", tmp_path / "stage"


def test_new_bytes_are_staged_and_known_ones_are_not(folders):
    output, stage = folders
    (output / "wjj").mkdir()
    (output / "wjj/1.html").write_bytes(b"known")
    assert stage_file(output, stage, "wjj/1.html", b"known") is False
    assert list(stage.iterdir()) == []
    for data in (b"other", b"know", b"known!", b""):
        assert stage_file(output, stage, "wjj/1.html", data) is True
        assert (stage / "wjj/1.html").read_bytes() == data
    assert (output / "wjj/1.html").read_bytes() == b"known"


def test_a_folder_where_the_file_should_be_is_not_the_same(folders):
    output, stage = folders
    (output / "a.html").mkdir()
    assert stage_file(output, stage, "a.html", b"x") is True


def test_an_empty_file_is_a_file(folders):
    output, stage = folders
    assert stage_file(output, stage, "empty.txt", b"") is True
    (output / "empty.txt").touch()
    assert stage_file(output, stage, "empty.txt", b"") is False


@pytest.mark.parametrize(
    "url",
    ["index.html", "wjj/2026/00001.html", "wjj/2026/1.files/biao-1a2b3c4d.xlsx", "a-b_c~d.e/.nojekyll", "console.html",
     "com10.html", "data/aux-wjj.json"],
)  # fmt: skip
def test_plain_urls_are_taken(url):
    assert check_url(url) == url


@pytest.mark.parametrize(
    "url",
    ["", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "a/..", "a/.", "a\\b", "C:a", "C:/a", "a b", "a?b", "a#b",
     "a%20b", "目录.html", "a\n", "a\0", "con", "CON.html", "a/nul/b", "a/Com1.txt", "lpt9", "a./b", "a.", "a" * 200],
)  # fmt: skip
def test_urls_that_some_system_cannot_hold_are_a_bug(url, folders):
    with pytest.raises(ValueError, match="not a URL"):
        check_url(url)
    with pytest.raises(ValueError, match="not a URL"):
        stage_file(*folders, url, b"x")


@given(st.text(max_size=30))
def test_an_accepted_url_stays_below_its_folder(url):
    try:
        check_url(url)
    except ValueError:
        return
    assert url.isascii()
    assert not {"", ".", ".."} & set(url.split("/"))
    assert not set(url) & set('\\:*?"<>|%# ')


def test_an_attachment_is_copied_once(folders, tmp_path):
    output, stage = folders
    source = tmp_path / "附件.pdf"
    source.write_bytes(b"pdf" * 700_000)
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    url = f"wjj/1.files/fujian-{digest[:8]}.pdf"
    assert stage_copy(output, stage, url, source, digest) is True
    assert (stage / url).read_bytes() == source.read_bytes()
    (output / "wjj/1.files").mkdir(parents=True)
    (stage / url).rename(output / url)
    assert stage_copy(output, stage, url, source, digest) is False


@pytest.mark.parametrize(("published", "staged"), [(b"same size", False), (b"SAME SIZE", True), (b"shorter", True)])
def test_without_the_digest_in_its_name_the_published_copy_is_read(folders, tmp_path, published, staged):
    output, stage = folders
    (tmp_path / "a.pdf").write_bytes(b"same size")
    (output / "a.pdf").write_bytes(published)
    assert stage_copy(output, stage, "a.pdf", tmp_path / "a.pdf", hashlib.sha256(b"same size").hexdigest()) is staged


def test_an_attachment_that_changed_meanwhile_is_not_published(folders, tmp_path):
    output, stage = folders
    source = tmp_path / "附件.pdf"
    source.write_bytes(b"after")
    with pytest.raises(MachineError) as caught:
        stage_copy(output, stage, "a/a.pdf", source, hashlib.sha256(b"before").hexdigest())
    assert caught.value.diagnostic.code == "ZW711"
    assert not (stage / "a/a.pdf").exists()


def test_a_missing_attachment_is_one_clear_error(folders, tmp_path):
    with pytest.raises(MachineError, match="ZW710"):
        stage_copy(*folders, "a/a.pdf", tmp_path / "none.pdf", "0" * 64)


def test_a_stage_that_cannot_be_written_is_one_clear_error(folders, tmp_path):
    output, stage = folders
    (stage / "wjj").write_bytes(b"a file where a folder should be")
    with pytest.raises(MachineError):
        stage_file(output, stage, "wjj/1.html", b"x")
