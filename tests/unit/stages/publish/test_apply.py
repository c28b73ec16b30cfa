import itertools
import sys

import pytest

from tests.unit.stages.publish.small_sites import (
    LAST,
    NEW,
    OLD,
    all_bytes,
    build,
    opened,
    publish,
    served,
    site,
    stage_site,
)
from zwgk_site.model.release import RELEASE_URL, ChangeSet
from zwgk_site.stages.publish import apply_changes, list_releases, open_output, recover, stage_file, store
from zwgk_site.stages.publish.journal import Journal, write_journal
from zwgk_site.stages.publish.moves import plan_moves
from zwgk_site.stages.publish.store import Numbers


def test_a_release_is_exactly_what_was_staged(tmp_path):
    build(tmp_path / "public", OLD)
    assert served(tmp_path / "public") == OLD
    build(tmp_path / "public", NEW)
    assert served(tmp_path / "public") == NEW


def test_emptied_folders_vanish_and_others_stay(tmp_path):
    build(tmp_path / "public", OLD)
    build(tmp_path / "public", NEW)
    assert not (tmp_path / "public/jyj").exists()
    assert (tmp_path / "public/wjj/2026").is_dir()


def test_numbers_count_up(tmp_path):
    assert [build(tmp_path / "public", site(n)) for n in (1, 2, 3)] == [1, 2, 3]


def test_a_build_without_changes_makes_no_release(tmp_path):
    assert [build(tmp_path / "public", OLD) for _ in range(3)] == [1, 1, 1]
    with open_output(tmp_path / "public") as folder:
        assert len(list_releases(folder)) == 1


def test_an_unchanged_file_keeps_its_inode_and_time(tmp_path):
    build(tmp_path / "public", OLD)
    page = tmp_path / "public/wjj/2026/1.html"
    before = page.stat()
    build(tmp_path / "public", site(2, index_html=b"other"))
    assert (page.stat().st_ino, page.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_pages_move_before_lists_and_the_release_last(tmp_path):
    with opened(tmp_path / "public", OLD) as folder:
        stage, changes = stage_site(folder, NEW)
        steps = plan_moves(folder.path, stage, changes).steps
    assert set(steps[:2]) == {"wjj/2027/", "mzj/"}
    assert steps[2:] == ("wjj/2026/1.html", "index.html", "wjj/index.html", "search/", RELEASE_URL)


def test_a_new_folder_moves_in_one_step_only_if_all_of_it_is_asked_for(tmp_path):
    with opened(tmp_path / "public", OLD) as folder:
        stage = folder.new_stage()
        for url in ("mzj/index.html", "mzj/held-back.html"):
            stage_file(folder.path, stage, url, b"x")
        changes = ChangeSet(pages=("mzj/index.html",))
        assert plan_moves(folder.path, stage, changes).steps == ("mzj/index.html",)
        apply_changes(folder, stage, changes, 3)
    assert not (tmp_path / "public/mzj/held-back.html").exists()


def test_a_file_that_was_not_staged_is_a_bug_found_before_anything_moves(tmp_path):
    with opened(tmp_path / "public", OLD) as folder:
        stage = folder.new_stage()
        stage_file(folder.path, stage, "index.html", b"new")
        with pytest.raises(ValueError, match="not staged"):
            apply_changes(folder, stage, ChangeSet(pages=("index.html", "nowhere.html")), 3)
    assert served(tmp_path / "public") == OLD


def test_a_file_named_twice_is_a_bug(tmp_path):
    with opened(tmp_path / "public", OLD) as folder:
        stage = folder.new_stage()
        stage_file(folder.path, stage, "index.html", b"new")
        with pytest.raises(ValueError, match="twice"):
            apply_changes(folder, stage, ChangeSet(pages=("index.html",), removals=("index.html",)), 3)


@pytest.mark.parametrize("url", ["../wjj.html", "/etc/passwd", "a\\b"])
def test_nothing_outside_the_output_is_removed(tmp_path, url):
    with opened(tmp_path / "public", OLD) as folder, pytest.raises(ValueError, match="not a URL"):
        apply_changes(folder, folder.new_stage(), ChangeSet(removals=(url,)), 3)


def test_the_store_keeps_what_was_replaced_or_removed_and_no_more(tmp_path):
    with opened(tmp_path / "public", OLD, NEW) as folder:
        newest = list_releases(folder)[-1]
        assert (newest.number, newest.before, newest.saved) == (2, 1, True)
        assert set(newest.added) == NEW.keys() - OLD.keys()
        assert set(newest.removed) == OLD.keys() - NEW.keys()
        assert set(newest.replaced) == {url for url in OLD.keys() & NEW.keys() if OLD[url] != NEW[url]}
        assert newest.last == LAST[::-1]
        assert served(folder.releases / "2/files") == {url: OLD[url] for url in (*newest.replaced, *newest.removed)}


def test_the_store_keeps_as_many_releases_as_asked(tmp_path):
    for number in range(1, 6):
        build(tmp_path / "public", site(number), keep=2)
    with open_output(tmp_path / "public") as folder:
        assert [record.number for record in list_releases(folder)] == [4, 5]
        assert sorted(entry.name for entry in folder.releases.iterdir()) == ["4", "5"]


def test_a_large_release_leaves_the_store_in_steps(tmp_path, monkeypatch):
    """It is gone for whoever looks for it at once; each later release removes at least as many files as it brings."""
    monkeypatch.setattr(store, "REMOVED_EACH", 5)
    large = {f"wjj/2025/{number}.html": b"old" for number in range(30)}
    output = tmp_path / "public"
    build(output, site(1) | large, keep=2)
    build(output, site(2), keep=2)
    left = []
    for number in range(3, 16):
        build(output, site(number), keep=2)
        with open_output(output) as folder:
            assert [record.number for record in list_releases(folder)] == [number - 1, number]
            old = folder.releases / "2"
            left.append(sum(path.is_file() for path in old.rglob("*")) if old.exists() else -1)
    assert left[0] == 32  # the thirty, the page that says which release it is, and the record
    assert left == sorted(left, reverse=True)
    assert max(before - after for before, after in itertools.pairwise(left)) <= 5 + 2 + 1
    assert left[-1] == -1
    with open_output(output) as folder:
        assert sorted(path.name for path in folder.releases.iterdir()) == ["14", "15"]


def test_what_cannot_be_removed_now_waits_for_the_next_release(tmp_path, monkeypatch):
    def held(*_arguments):
        raise OSError(39, "a scanner holds a file open")

    output = tmp_path / "public"
    build(output, site(1), keep=1)
    monkeypatch.setattr(store, "remove_some", held)
    for number in (2, 3):
        build(output, site(number), keep=1)
    with open_output(output) as folder:
        assert [record.number for record in list_releases(folder)] == [3]
        assert (folder.releases / "2").is_dir()
    monkeypatch.undo()
    build(output, site(4), keep=1)
    with open_output(output) as folder:
        assert sorted(path.name for path in folder.releases.iterdir()) == ["4"]


def test_a_takedown_removes_what_waits_in_the_store(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "REMOVED_EACH", 1)
    output = tmp_path / "public"
    for number in range(1, 5):
        build(output, site(number, wjj__2026__1_html=b"secret" if number == 1 else b"wjj one"), keep=1)
    assert b"secret" not in all_bytes(output)
    build(output, site(5, wjj__2026__1_html=None), keep=1, takedown=True)
    assert b"secret" not in all_bytes(tmp_path)


def test_keeping_none_saves_no_file(tmp_path):
    build(tmp_path / "public", OLD, keep=0)
    build(tmp_path / "public", NEW, keep=0)
    assert b"jyj one" not in all_bytes(tmp_path / ".public.zwgk")


def test_the_state_folder_is_left_tidy(tmp_path):
    build(tmp_path / "public", OLD)
    build(tmp_path / "public", NEW)
    state = tmp_path / ".public.zwgk"
    assert sorted(entry.name for entry in state.iterdir()) == ["cache", "lock", "numbers", "releases", "stage", "tree"]
    assert list((state / "stage").iterdir()) == []


def test_a_takedown_leaves_no_older_byte_beside_the_site(tmp_path):
    secret = b"the name of a child"
    output = tmp_path / "public"
    build(output, site(1, wjj__2026__7_html=secret, wjj__index_html=b"list: " + secret))
    build(output, site(2, wjj__2026__7_html=secret, wjj__index_html=b"longer list: " + secret))
    with open_output(output) as folder:
        stage_file(folder.path, folder.new_stage(), "other.html", b"unpublished: " + secret)
        publish(folder, site(3, wjj__2026__7_html=b"withdrawn"), takedown=True)
        assert secret not in all_bytes(folder.state)
        assert b"7.html" not in all_bytes(folder.state)
        assert secret not in b"".join(served(output).values())
        newest = list_releases(folder)[-1]
        assert (newest.number, newest.takedown, newest.saved, newest.replaced) == (3, True, False, ())


def test_a_takedown_without_a_new_file_still_empties_the_store(tmp_path):
    with opened(tmp_path / "public", OLD, NEW) as folder:
        apply_changes(folder, folder.new_stage(), ChangeSet(takedown=True), 5)
        assert b"jyj one" not in all_bytes(folder.state)
        assert served(folder.path) == NEW


def test_recover_finds_nothing_to_do_after_a_whole_build(tmp_path):
    with opened(tmp_path / "public", OLD) as folder:
        assert recover(folder) is False
        assert served(folder.path) == OLD


def test_a_complete_journal_is_applied_again_to_its_end(tmp_path):
    with opened(tmp_path / "public", OLD) as folder:
        stage = folder.new_stage()
        stage_file(folder.path, stage, "wjj/index.html", b"new list")
        journal = Journal(stage.name, ("wjj/index.html",), ("jyj/index.html",), Numbers(2, 2), keep=3)
        write_journal(folder, journal)
        assert recover(folder) is True
        assert served(folder.path) == {**site(1, jyj__index_html=None), "wjj/index.html": b"new list"}
        assert recover(folder) is False


def test_a_journal_cut_anywhere_is_dropped_with_its_stage(tmp_path):
    with opened(tmp_path / "public", OLD) as folder:
        stage = folder.new_stage()
        stage_file(folder.path, stage, "wjj/index.html", b"new list")
        write_journal(folder, Journal(stage.name, ("wjj/index.html",), (), Numbers(2, 2), keep=3))
        whole = (folder.state / "journal").read_bytes()
        for length in range(len(whole)):
            stage.mkdir(exist_ok=True)
            (folder.state / "journal").write_bytes(whole[:length])
            assert recover(folder) is False
            assert not stage.exists()
        assert served(folder.path) == OLD


def test_leftovers_of_dead_builds_are_removed(tmp_path):
    with opened(tmp_path / "public", OLD) as folder:
        (folder.stages / "dead/wjj").mkdir(parents=True)
        (folder.stages / "dead/wjj/1.html").write_bytes(b"x")
        (folder.releases / "9/files").mkdir(parents=True)
        (folder.releases / "9/files/1.html").write_bytes(b"x")
        (folder.state / "journal.new").write_bytes(b"half")
        recover(folder)
        assert list(folder.stages.iterdir()) == []
        assert [record.number for record in list_releases(folder)] == [1]
        assert not (folder.releases / "9").exists()
        assert not (folder.state / "journal.new").exists()


def test_a_build_that_raises_leaves_no_stage(tmp_path):
    output = tmp_path / "public"

    def build_and_fail():
        with open_output(output) as folder:
            stage_file(folder.path, folder.new_stage(), "a.html", b"x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        build_and_fail()
    assert list((tmp_path / ".public.zwgk/stage").iterdir()) == []


def test_a_stranger_s_folder_in_place_of_a_file_stops_the_build_before_it_changes_anything(tmp_path):
    from zwgk_site.stages.publish import MachineError

    output = tmp_path / "public"
    build(output, OLD)
    (output / "index.html").unlink()
    (output / "index.html").mkdir()
    with open_output(output) as folder:
        stage = folder.new_stage()
        stage_file(folder.path, stage, "wjj/index.html", b"new")
        stage_file(folder.path, stage, "index.html", b"new")
        with pytest.raises(MachineError) as caught:
            apply_changes(folder, stage, ChangeSet(pages=("wjj/index.html", "index.html")), 3)
    assert caught.value.diagnostic.code == "ZW715"
    assert (output / "wjj/index.html").read_bytes() == OLD["wjj/index.html"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a file system without hard links")
def test_where_hard_links_fail_copies_are_kept(tmp_path):
    """Hard links across file systems fail as they do on a USB stick: the store lies behind a link to another one."""
    from pathlib import Path

    other = Path("/dev/shm")  # noqa: S108 - a second file system
    if not other.is_dir() or other.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("no second file system")
    import tempfile

    with tempfile.TemporaryDirectory(dir=other) as elsewhere, opened(tmp_path / "public", OLD) as folder:
        target = folder.releases / "2"
        target.symlink_to(elsewhere)
        publish(folder, NEW)
        assert served(Path(elsewhere) / "files")["jyj/2026/1.html"] == b"jyj one"
        target.unlink()
