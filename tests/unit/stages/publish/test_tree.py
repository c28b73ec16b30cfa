import os
import time

import pytest

from tests.unit.stages.publish.small_sites import NEW, OLD, opened, publish
from zwgk_site.stages.publish import forget_tree, record_tree, touched_folders


@pytest.fixture
def folder(tmp_path):
    with opened(tmp_path / "public", OLD) as folder:
        yield folder


def test_nothing_is_touched_after_a_build(folder):
    assert touched_folders(folder) == frozenset()
    publish(folder, NEW)
    assert touched_folders(folder) == frozenset()


def test_an_added_file_touches_its_folder(folder):
    (folder.path / "wjj/2026/strange.html").touch()
    assert touched_folders(folder) == {"wjj/2026"}


def test_a_deleted_file_touches_its_folder(folder):
    (folder.path / "index.html").unlink()
    assert touched_folders(folder) == {""}


def test_a_deleted_folder_is_named_with_its_parent(folder):
    (folder.path / "jyj/2026/1.html").unlink()
    (folder.path / "jyj/2026").rmdir()
    assert touched_folders(folder) == {"jyj", "jyj/2026"}


def test_new_folders_are_named_to_the_bottom(folder):
    (folder.path / "wjj/new/deep").mkdir(parents=True)
    assert touched_folders(folder) == {"wjj", "wjj/new", "wjj/new/deep"}


def test_a_file_in_place_of_a_folder_is_noticed(folder):
    (folder.path / "jyj/2026/1.html").unlink()
    (folder.path / "jyj/2026").rmdir()
    (folder.path / "jyj/2026").touch()
    assert touched_folders(folder) >= {"jyj", "jyj/2026"}


def test_without_a_record_every_folder_is_touched(folder):
    everything = {"", "wjj", "wjj/2026", "jyj", "jyj/2026", "data"}
    forget_tree(folder)
    assert touched_folders(folder) == everything
    (folder.state / "tree").write_bytes(b"torn")
    assert touched_folders(folder) == everything


def test_recording_makes_strangers_known(folder):
    (folder.path / "wjj/new").mkdir()
    record_tree(folder)
    assert touched_folders(folder) == frozenset()


def test_looking_at_2500_folders_is_cheap(folder):
    """Aim: 10 ms; the bound leaves room for a busy machine."""
    for number in range(2500):
        (folder.path / f"d{number // 25}/{number}").mkdir(parents=True)
    record_tree(folder)
    best = 1.0
    for _ in range(5):
        started = time.perf_counter()
        touched_folders(folder)
        best = min(best, time.perf_counter() - started)
    assert best < 0.05 or os.name == "nt"
