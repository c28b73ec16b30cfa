import os
import sys
from pathlib import Path

import pytest

from tests.unit.stages.publish.small_sites import OLD, build, served
from zwgk_site.stages.publish import MachineError, open_output, read_only_output


def code_of_opening(path, **options):
    with pytest.raises(MachineError) as caught, open_output(path, **options):
        pass
    return caught.value.diagnostic.code


def test_a_fresh_folder_is_made_with_its_state_beside_it(tmp_path):
    with open_output(tmp_path / "deep/public") as folder:
        assert folder.path == (tmp_path / "deep/public").resolve()
        assert folder.state == folder.path.parent / ".public.zwgk"
        assert folder.cache.is_dir()
        assert folder.new_stage() != folder.new_stage()


def test_a_published_file_can_be_read_back(tmp_path):
    build(tmp_path / "public", OLD)
    folder = read_only_output(tmp_path / "public")
    assert folder.read("wjj/index.html") == b"wjj list"
    assert folder.read("wjj/none.html") is None
    assert folder.read("wjj") is None
    assert folder.read("index.html/x") is None
    with pytest.raises(ValueError, match="not a URL"):
        folder.read("../secret")


def test_reading_makes_nothing(tmp_path):
    build(tmp_path / "public", OLD)
    (tmp_path / ".public.zwgk").rename(tmp_path / "moved")
    read_only_output(tmp_path / "public")
    assert not (tmp_path / ".public.zwgk").exists()


@pytest.mark.parametrize("present", ["none", "empty", "foreign"])
def test_reading_where_no_site_is_says_so(tmp_path, present):
    if present != "none":
        (tmp_path / "public").mkdir()
    if present == "foreign":
        (tmp_path / "public/index.html").touch()
    with pytest.raises(MachineError, match="ZW714"):
        read_only_output(tmp_path / "public")


def test_a_folder_with_other_files_is_refused_untouched(tmp_path):
    (tmp_path / "public").mkdir()
    (tmp_path / "public/thesis.docx").write_bytes(b"years of work")
    assert code_of_opening(tmp_path / "public") == "ZW709"
    assert served(tmp_path) == {"public/thesis.docx": b"years of work"}


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b'{"generator":"Hugo"}', b'{"generator":"zwgk_sites"}', b"\xff"])
def test_somebody_else_s_release_file_does_not_make_it_ours(tmp_path, text):
    (tmp_path / "public/data").mkdir(parents=True)
    (tmp_path / "public/data/release.json").write_bytes(text)
    assert code_of_opening(tmp_path / "public") == "ZW709"


def test_a_folder_that_became_foreign_is_refused_in_spite_of_its_state(tmp_path):
    build(tmp_path / "public", OLD)
    (tmp_path / "public/data/release.json").unlink()
    assert code_of_opening(tmp_path / "public") == "ZW709"


def test_what_a_file_manager_leaves_is_not_foreign(tmp_path):
    (tmp_path / "public").mkdir()
    (tmp_path / "public/.DS_Store").touch()
    with open_output(tmp_path / "public"):
        pass
    assert served(tmp_path / "public") == {".DS_Store": b""}


def test_a_file_is_refused(tmp_path):
    (tmp_path / "public").touch()
    assert code_of_opening(tmp_path / "public") == "ZW706"


@pytest.mark.parametrize("output", ["content", "content/public", "."])
def test_an_output_that_overlaps_the_input_is_refused(tmp_path, output):
    (tmp_path / "content").mkdir()
    assert code_of_opening(tmp_path / output, inputs=(tmp_path / "content",)) == "ZW707"
    assert list((tmp_path / "content").iterdir()) == []


def test_an_output_beside_the_input_is_fine(tmp_path):
    (tmp_path / "content").mkdir()
    with open_output(tmp_path / "public", inputs=(tmp_path / "content",)):
        pass


def test_the_root_is_refused():
    assert code_of_opening(Path(Path.cwd().anchor)) == "ZW708"


@pytest.mark.parametrize("above", [False, True])
def test_a_home_folder_and_all_above_it_are_refused(tmp_path, monkeypatch, above):
    home = tmp_path / "home/me"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    assert code_of_opening(home.parent if above else home) == "ZW708"


def test_an_output_behind_a_link_has_its_state_beside_the_real_folder(tmp_path):
    (tmp_path / "real").mkdir()
    try:
        (tmp_path / "public").symlink_to(tmp_path / "real", target_is_directory=True)
    except OSError:
        pytest.skip("no right to make links")
    build(tmp_path / "public", OLD)
    assert served(tmp_path / "real") == OLD
    assert (tmp_path / ".real.zwgk").is_dir()


def test_a_second_build_is_refused(tmp_path):
    with open_output(tmp_path / "public"):
        assert code_of_opening(tmp_path / "public") == "ZW703"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_a_folder_without_rights_is_refused(tmp_path):
    is_root = os.geteuid() == 0
    tmp_path.chmod(0o500)
    try:
        if is_root:
            os.seteuid(65534)  # rights do not bind root
        assert code_of_opening(tmp_path / "public") == "ZW701"
    finally:
        if is_root:
            os.seteuid(0)
        tmp_path.chmod(0o700)


def test_a_name_too_long_is_refused(tmp_path):
    assert code_of_opening(tmp_path / ("x" * 300)) in {"ZW705", "ZW710"}
