import pytest

from tests.unit.stages.publish.small_sites import NEW, OLD, opened, publish, served, site
from zwgk_site.stages.publish import (
    MachineError,
    list_releases,
    open_output,
    reachable_releases,
    roll_back,
    touched_folders,
)

THIRD = site(3, index_html=b"third", wjj__2026__2_html=b"came back", zrj__index_html=b"zrj list")


def test_rolling_back_restores_the_release_before(tmp_path):
    with opened(tmp_path / "public", OLD, NEW) as folder:
        assert roll_back(folder) == 1
        assert served(folder.path) == OLD
        assert not (folder.path / "mzj").exists()


@pytest.mark.parametrize(("to", "expected"), [(1, OLD), (2, NEW), (3, THIRD)])
def test_rolling_back_over_several_releases(tmp_path, to, expected):
    with opened(tmp_path / "public", OLD, NEW, THIRD, OLD | {"x.html": b"x"}) as folder:
        assert reachable_releases(folder) == (3, 2, 1)
        assert roll_back(folder, to) == to
        assert served(folder.path) == expected
        assert [record.number for record in list_releases(folder)] == list(range(1, to + 1))


def test_rolling_back_twice_goes_back_two_steps(tmp_path):
    with opened(tmp_path / "public", OLD, NEW, THIRD) as folder:
        assert [roll_back(folder), roll_back(folder)] == [2, 1]
        assert served(folder.path) == OLD


def test_a_number_is_not_given_again_after_a_roll_back(tmp_path):
    with opened(tmp_path / "public", OLD, NEW, THIRD) as folder:
        roll_back(folder, 1)
        assert publish(folder, NEW) == 4
        assert reachable_releases(folder) == (1,)
        assert roll_back(folder) == 1
        assert served(folder.path) == OLD


def test_after_a_roll_back_the_next_build_looks_at_everything(tmp_path):
    with opened(tmp_path / "public", OLD, NEW) as folder:
        assert touched_folders(folder) == frozenset()
        roll_back(folder)
    with open_output(tmp_path / "public") as folder:
        assert touched_folders(folder) == {"", "wjj", "wjj/2026", "jyj", "jyj/2026", "data"}


def test_the_first_release_cannot_be_undone(tmp_path):
    with opened(tmp_path / "public", OLD) as folder, pytest.raises(MachineError) as caught:
        roll_back(folder)
    assert caught.value.diagnostic.code == "ZW712"
    assert served(tmp_path / "public") == OLD


@pytest.mark.parametrize("to", [-1, 0, 3, 9])
def test_an_unknown_release_is_refused_with_the_choices(tmp_path, to):
    with opened(tmp_path / "public", OLD, NEW, THIRD) as folder, pytest.raises(MachineError) as caught:
        roll_back(folder, to)
    assert caught.value.diagnostic.code == "ZW712"
    assert "可退回：2, 1" in caught.value.diagnostic.message()


def test_a_pruned_release_is_refused(tmp_path):
    with open_output(tmp_path / "public") as folder:
        for number in range(1, 6):
            publish(folder, site(number), keep=2)
        assert reachable_releases(folder) == (4, 3)
        with pytest.raises(MachineError, match="ZW712"):
            roll_back(folder, 2)
        assert roll_back(folder, 3) == 3
        assert served(folder.path) == site(3)


def test_no_roll_back_passes_a_withdrawal(tmp_path):
    with opened(tmp_path / "public", OLD, NEW) as folder:
        publish(folder, OLD, takedown=True)
        publish(folder, THIRD)
        assert reachable_releases(folder) == (3,)
        with pytest.raises(MachineError) as caught:
            roll_back(folder, 2)
        assert caught.value.diagnostic.code == "ZW713"
        assert "第 3 版" in caught.value.diagnostic.message()
        assert roll_back(folder) == 3
        assert served(folder.path) == OLD
        with pytest.raises(MachineError, match="ZW713"):
            roll_back(folder)


def test_a_store_with_a_file_missing_is_refused_before_anything_changes(tmp_path):
    with opened(tmp_path / "public", OLD, NEW) as folder:
        (folder.releases / "2/files/jyj/2026/1.html").unlink()
        with pytest.raises(MachineError, match="ZW712"):
            roll_back(folder)
    assert served(tmp_path / "public") == NEW
