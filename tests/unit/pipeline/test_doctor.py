"""What a machine lacks is told with what to do; a sound one is left in peace."""

import msgspec
import pytest

from tests.sample_column import REPOSITORY
from zwgk_site.pipeline.doctor import Machine, judge_machine, look_at_machine, read_lock, synced_by

SOUND = Machine(
    python=(3, 12, 4),
    bits=64,
    system="win32",
    locked={"lxml": ("6.1.3",), "numpy": ("2.4.6", "2.5.5")},
    installed={"lxml": "6.1.3", "numpy": "2.5.5"},
    broken={},
    console="cp936",
    site="D:\\zwgk",
    has_site=True,
    free=50_000_000_000,
    output_size=200_000_000,
    unwritable={},
    longest="D:\\zwgk\\content\\wjj\\2026\\tongzhi.md",
    long_paths=False,
    service="",
    network="",
    today="2026-11-21",
    built_on="2026-11-20",
)


def judged(**other):
    return [finding.code for finding in judge_machine(msgspec.structs.replace(SOUND, **other))]


def test_a_sound_machine_has_no_finding():
    assert judged() == []


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"python": (3, 14, 0)}, "ZW761"),
        ({"bits": 32}, "ZW762"),
        ({"installed": {"numpy": "2.5.5"}}, "ZW763"),
        ({"broken": {"lxml": "ImportError: DLL load failed"}}, "ZW763"),
        ({"installed": {"lxml": "5.0.0", "numpy": "2.5.5"}}, "ZW764"),
        ({"console": "cp437"}, "ZW765"),
        ({"console": ""}, "ZW765"),
        ({"console": "no-such-codec"}, "ZW765"),
        ({"free": 100_000_000}, "ZW766"),
        ({"free": 5_000_000_000, "output_size": 4_000_000_000}, "ZW766"),
        ({"unwritable": {"D:\\zwgk": "Permission denied"}}, "ZW767"),
        ({"longest": "D:\\" + "层" * 257}, "ZW768"),
        ({"service": "OneDrive"}, "ZW769"),
        ({"network": "UNC"}, "ZW770"),
        ({"today": "2020-01-01"}, "ZW771"),
        ({"has_site": False}, "ZW772"),
    ],
)
def test_each_fault_is_told(other, code):
    assert judged(**other) == [code]


def test_what_is_well_is_not_told():
    assert judged(longest="D:\\" + "层" * 257, long_paths=True) == []
    assert judged(longest="D:\\" + "层" * 256) == []
    assert judged(built_on="") == []


@pytest.mark.parametrize(
    ("path", "environment", "service"),
    [
        ("C:\\Users\\a\\OneDrive\\zwgk", {}, "OneDrive"),
        ("C:\\Users\\a\\OneDrive - 示范县\\zwgk", {}, "OneDrive"),
        ("D:\\Sync\\zwgk", {"OneDrive": "D:\\Sync"}, "OneDrive"),
        ("D:\\Synced\\zwgk", {"OneDrive": "D:\\Sync"}, ""),
        ("/home/a/Nutstore/zwgk", {}, "坚果云"),
        ("D:\\百度网盘\\zwgk", {}, "百度网盘"),
        ("D:\\onedriver\\zwgk", {}, ""),
        ("/home/a/zwgk", {}, ""),
    ],
)
def test_a_synchronized_folder_is_known(path, environment, service):
    assert synced_by(path, environment) == service


def test_the_lock_of_this_repository_is_read_with_every_version_of_a_library():
    locked = read_lock(REPOSITORY / "requirements-run.lock")
    assert len(locked["numpy"]) == 2
    assert len(locked["lxml"]) == 1
    assert read_lock(None) == {}


def test_this_machine_is_looked_at_without_leaving_anything(tmp_path):
    (tmp_path / "site.yaml").write_text("网站名称: 示范县\n", "utf-8")
    (tmp_path / "content" / "wjj").mkdir(parents=True)
    (tmp_path / "content" / "wjj" / "很长的名字.md").write_bytes(b"")
    before = sorted(tmp_path.rglob("*"))
    machine = look_at_machine(
        tmp_path, tmp_path / "public", REPOSITORY / "requirements-run.lock", console="utf-8", today="2026-11-21"
    )
    assert sorted(tmp_path.rglob("*")) == before
    assert machine.has_site
    assert machine.longest.endswith("很长的名字.md")
    assert machine.unwritable == {}
    assert machine.broken == {}
    assert machine.installed.keys() == machine.locked.keys()


def test_a_place_that_can_not_be_written_is_seen(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    machine = look_at_machine(tmp_path, tmp_path / "file" / "public", None, console="utf-8", today="2026-11-21")
    assert list(machine.unwritable) == [str(tmp_path / "file")]
