"""A release carried away: only what was published, whole, verifiable, taken up where it stopped; nothing else touched."""

import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import zipfile
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model_sites import ModelSite
from zwgk_site.model.release import FileRecord
from zwgk_site.pipeline.build import build_site
from zwgk_site.pipeline.request import BuildRequest
from zwgk_site.stages.publish import read_only_output
from zwgk_site.stages.publish.pack import copy_to_stick, list_release, write_zip
from zwgk_site.stages.publish.pack import place as place_module
from zwgk_site.stages.publish.pack import stick as stick_module
from zwgk_site.stages.publish.pack.companions import COMPANIONS, MANIFEST, parse_checksums
from zwgk_site.stages.publish.pack.listing import Packing
from zwgk_site.stages.publish.pack.place import MARKER, PART, _kind_of_mount, fat_faults, judge_room, overlaps

TODAY = "2026-11-21 09:00"
HIDDEN = "绝不能带走的内容"


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    made = ModelSite(tmp_path_factory.mktemp("original") / "site")
    wjj = made.department("wjj", "试验县卫生健康局")
    wjj.entry("WJJ-001", "奖励扶助")
    wjj.document("2026/tongzhi", "关于奖励扶助的通知", 附件=["申请表.pdf"])
    wjj.document("2026/neibu", HIDDEN, 公开方式="依申请公开")
    wjj.document("2026/yihou", f"{HIDDEN}以后", 定时发布="2027-01-04 09:00")
    wjj.files["2026/申请表.pdf"] = b"%PDF-1.4\n" + random.Random(6).randbytes(6_000_000)
    return publish(made)


@pytest.fixture
def site(original, tmp_path):
    """A built site of the test's own."""
    shutil.copytree(original.root, tmp_path / "site")
    return replace(deepcopy(original), root=tmp_path / "site")


def publish(made, *, draft=False, output="public"):
    made.write()
    built = build_site(BuildRequest(made.root, made.root / output, TODAY, draft=draft))
    assert built.value is not None
    return made


def output_of(site):
    return read_only_output(site.root / "public")


def packing_of(site):
    listed = list_release(output_of(site))
    assert listed.findings == ()
    return listed.value


def copy(site, target):
    return copy_to_stick(output_of(site), packing_of(site), target)


def codes(checked):
    return [finding.code for finding in checked.findings]


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- what is packed ---------------------------------------------------------------------------------


def test_all_that_was_published_is_packed_and_nothing_else(site):
    public = site.root / "public"
    before = set(tree(public))
    (public / "web.config").write_text("put here by somebody", "utf-8")
    (public / "wjj" / "旧.html").write_text(HIDDEN, "utf-8")
    assert {record.url for record in packing_of(site).files} == before


def test_what_is_not_public_is_in_no_package(site, tmp_path):
    assert copy(site, tmp_path / "u").value
    assert write_zip(output_of(site), packing_of(site), tmp_path / "a.zip").value
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        contents = [packed.read(name) for name in packed.namelist()]
    contents += tree(tmp_path / "u").values()
    assert len(contents) > 100
    assert not [data for data in contents if HIDDEN.encode() in data]


def test_a_draft_is_refused_wherever_it_was_written(site):
    publish(site, draft=True, output="somewhere")
    listed = list_release(read_only_output(site.root / "somewhere"))
    assert (codes(listed), listed.value) == (["ZW750"], None)


def test_a_missing_and_a_shortened_file_are_both_told(site):
    public = site.root / "public"
    (public / "index.html").unlink()
    (public / "wjj" / "index.html").write_text("short", "utf-8")
    listed = list_release(output_of(site))
    assert {(finding.code, finding.span.file) for finding in listed.findings} == {
        ("ZW720", "index.html"),
        ("ZW721", "wjj/index.html"),
    }


def test_a_changed_manifest_is_refused(site):
    manifest = site.root / "public" / "data" / "wjj" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"[", b"[ ", 1))
    assert codes(list_release(output_of(site))) == ["ZW723"]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"format": 1, "files": 3}', b"\xff"])
def test_a_broken_record_is_refused(site, data):
    (site.root / "public" / "data" / "manifest.json").write_bytes(data)
    assert codes(list_release(output_of(site))) == ["ZW723"]


@pytest.mark.parametrize("url", ["../../etc/passwd", "/etc/passwd", "con", "a//b", "a:b", "wjj/../index.html"])
def test_a_manifest_that_leads_elsewhere_is_refused(site, url):
    """A damaged record is told as one: nothing it names outside is read, nothing ends in a traceback."""
    manifest = site.root / "public" / "data" / "manifest.json"
    found = json.loads(manifest.read_bytes())
    found["files"][url] = ["0" * 64, 5]
    found["departments"][url] = "0" * 64
    manifest.write_text(json.dumps(found), "utf-8")
    assert set(codes(list_release(output_of(site)))) == {"ZW723"}


def test_a_record_without_its_day_is_refused(site):
    record = site.root / "public" / "data" / "release.json"
    record.write_bytes(record.read_bytes().replace(b"2026-11-21", b"2026-13-41"))
    assert codes(list_release(output_of(site))) == ["ZW723"]


@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_as_checksums_or_passed_over(data):
    assert all(len(digest) == 64 and name for name, digest in parse_checksums(data).items())


def alter(site, url="index.html"):
    """The same size and another letter, as a failing disk would."""
    file = site.root / "public" / url
    data = bytearray(file.read_bytes())
    data[-20] ^= 1
    file.write_bytes(bytes(data))


def test_a_file_altered_in_place_is_found_before_anything_is_written(site, tmp_path):
    alter(site)
    done = copy(site, tmp_path / "u")
    assert codes(done) == ["ZW721"]
    assert not (tmp_path / "u").exists()


def test_a_zip_of_an_altered_release_is_not_left_behind(site, tmp_path):
    alter(site)
    done = write_zip(output_of(site), packing_of(site), tmp_path / "a.zip")
    assert codes(done) == ["ZW721"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


# --- the zip ----------------------------------------------------------------------------------------


def test_the_same_release_gives_the_same_bytes(site, tmp_path):
    first = write_zip(output_of(site), packing_of(site), tmp_path / "a.zip")
    for path in (site.root / "public").rglob("*"):
        os.utime(path, (1, 1))
    shutil.copytree(site.root / "public", tmp_path / "elsewhere")
    folder = read_only_output(tmp_path / "elsewhere")
    second = write_zip(folder, list_release(folder).value, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert (
        first.value.checksum == second.value.checksum == hashlib.sha256((tmp_path / "a.zip").read_bytes()).hexdigest()
    )


def test_a_zip_unpacks_to_the_release_and_its_checksums_hold(site, tmp_path):
    write_zip(output_of(site), packing_of(site), tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        assert names == sorted(names)
        assert {entry.date_time for entry in packed.infolist()} == {(2026, 11, 21, 0, 0, 0)}
        packed.extractall(tmp_path / "解 开")
    assert tree(site.root / "public").items() <= tree(tmp_path / "解 开").items()
    assert verify(tmp_path / "解 开").returncode == 0


def test_an_earlier_zip_of_ours_is_replaced_and_any_other_file_is_not(site, tmp_path):
    target = tmp_path / "a.zip"
    assert write_zip(output_of(site), packing_of(site), target).value
    assert write_zip(output_of(site), packing_of(site), target).value
    for foreign in (b"not a zip", b"", zip_of({"manifest.sha256": b"", "data/release.json": b"{}"})):
        target.write_bytes(foreign)
        assert codes(write_zip(output_of(site), packing_of(site), target)) == ["ZW753"]
        assert target.read_bytes() == foreign


def zip_of(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return made.getvalue()


def test_a_place_that_can_not_take_a_zip_is_refused(site, tmp_path):
    assert codes(write_zip(output_of(site), packing_of(site), tmp_path)) == ["ZW760"]
    assert codes(write_zip(output_of(site), packing_of(site), tmp_path / "no" / "a.zip")) == ["ZW773"]


def test_a_file_too_large_for_a_plain_zip_comes_back_whole(site, tmp_path, monkeypatch):
    """What a plain zip can hold ends at 4 GiB; with that lowered to a megabyte the same road is taken by two."""
    size = (1 << 21) + 5
    large = site.root / "public" / "large.csv"
    large.write_bytes(bytes(size))
    record = FileRecord("large.csv", hashlib.sha256(bytes(size)).hexdigest(), size)
    packing = Packing((record,), "2026-11-21", "zwgk_site", "0" * 64)
    monkeypatch.setattr("zwgk_site.stages.publish.pack.zip_file._LARGE", 1 << 20)
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1 << 20)
    assert write_zip(output_of(site), packing, tmp_path / "a.zip").value
    assert b"\x01\x00\x10\x00" + size.to_bytes(8, "little") in (tmp_path / "a.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.getinfo("large.csv").file_size == size
        assert packed.read("large.csv") == bytes(size)


# --- the stick --------------------------------------------------------------------------------------


def verify(folder):
    return subprocess.run(["sh", "校验.sh"], cwd=folder, capture_output=True, encoding="utf-8", check=False)


def test_a_stick_holds_the_release_and_its_companions(site, tmp_path):
    done = copy(site, tmp_path / "U 盘")
    found = tree(tmp_path / "U 盘")
    assert found.keys() == tree(site.root / "public").keys() | set(COMPANIONS) | {MANIFEST}
    assert done.value.written == len(packing_of(site).files)
    assert verify(tmp_path / "U 盘").returncode == 0
    assert parse_checksums(found[MANIFEST]) == {
        name: hashlib.sha256(data).hexdigest() for name, data in found.items() if name != MANIFEST
    }


def test_the_shell_script_names_what_is_damaged(site, tmp_path):
    copy(site, tmp_path / "u")
    (tmp_path / "u" / "index.html").write_text("changed", "utf-8")
    (tmp_path / "u" / "search.html").unlink()
    done = verify(tmp_path / "u")
    assert done.returncode == 1
    assert "index.html" in done.stdout
    assert "search.html" in done.stdout


def test_a_second_copy_writes_nothing(site, tmp_path):
    copy(site, tmp_path / "u")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "u").rglob("*")}
    done = copy(site, tmp_path / "u")
    assert (done.value.written, done.value.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "u").rglob("*")} == times


def test_a_new_release_replaces_an_older_copy_and_what_was_withdrawn_is_gone(site, tmp_path):
    copy(site, tmp_path / "u")
    site.departments["wjj"].documents["2026/tongzhi"].fields["撤回"] = {
        "日期": "2026-11-20",
        "理由": "有误",
        "隐去标题": "是",
    }
    publish(site)
    done = copy(site, tmp_path / "u")
    assert done.value.removed >= 1
    found = tree(tmp_path / "u")
    assert found.keys() == tree(site.root / "public").keys() | set(COMPANIONS) | {MANIFEST}
    assert not [name for name, data in found.items() if "奖励扶助的通知".encode() in data]
    assert not [path for path in (tmp_path / "u").rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_a_damaged_file_of_the_copy_is_written_anew_whatever_its_size_and_time(site, tmp_path):
    copy(site, tmp_path / "u")
    file = tmp_path / "u" / "index.html"
    before, data = file.stat(), bytearray(file.read_bytes())
    data[-20] ^= 1
    file.write_bytes(bytes(data))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert copy(site, tmp_path / "u").value.written == 1
    assert verify(tmp_path / "u").returncode == 0


class Killed(BaseException):
    """As if the power went."""


@pytest.mark.parametrize("after", [0, 1, 2, 17, 60])
def test_a_copy_cut_short_says_so_and_is_taken_up(site, tmp_path, monkeypatch, after):
    kill_after(monkeypatch, after)
    with pytest.raises(Killed):
        copy(site, tmp_path / "u")
    monkeypatch.undo()
    assert MANIFEST not in tree(tmp_path / "u")
    if after:
        assert "还没有完成" in (tmp_path / "u" / MARKER).read_text("utf-8")
    done = copy(site, tmp_path / "u")
    assert done.value.unchanged >= after - 1
    assert verify(tmp_path / "u").returncode == 0
    assert tree(tmp_path / "u").keys() == tree(site.root / "public").keys() | set(COMPANIONS) | {MANIFEST}


@pytest.mark.parametrize("name", [MARKER, MANIFEST])
def test_a_stick_pulled_while_its_first_or_last_file_was_written_is_taken_up(site, tmp_path, name):
    """The power is gone at once: nothing tidies up what was half written."""
    (tmp_path / "u").mkdir()
    (tmp_path / "u" / (name + PART)).write_text("half", "utf-8")
    assert copy(site, tmp_path / "u").findings == ()
    assert tree(tmp_path / "u").keys() == tree(site.root / "public").keys() | set(COMPANIONS) | {MANIFEST}


def test_a_link_in_place_of_a_half_written_file_is_not_followed(site, tmp_path):
    (tmp_path / "u").mkdir()
    (tmp_path / "own.txt").write_text("mine", "utf-8")
    (tmp_path / "u" / (MARKER + PART)).symlink_to(tmp_path / "own.txt")
    assert copy(site, tmp_path / "u").value
    assert (tmp_path / "own.txt").read_text("utf-8") == "mine"


def kill_after(monkeypatch, count):
    moves = iter(range(count))
    real = stick_module.move_file

    def move(source, target):
        if next(moves, None) is None:
            raise Killed
        real(source, target)

    monkeypatch.setattr(stick_module, "move_file", move)


def test_an_update_cut_short_is_taken_up_by_a_third_release(site, tmp_path, monkeypatch):
    """What the cut copy has brought and the third release no longer has is known by the marker, and goes."""
    copy(site, tmp_path / "u")
    site.departments["wjj"].document("2026/linshi", "临时的通知")
    publish(site)
    kill_after(monkeypatch, 8)
    with pytest.raises(Killed):
        copy(site, tmp_path / "u")
    monkeypatch.undo()
    site.departments["wjj"].documents["2026/linshi"].fields["撤回"] = {
        "日期": "2026-11-20",
        "理由": "有误",
        "隐去标题": "是",
    }
    publish(site)
    assert copy(site, tmp_path / "u").value
    assert tree(tmp_path / "u").keys() == tree(site.root / "public").keys() | set(COMPANIONS) | {MANIFEST}


@pytest.mark.parametrize("stranger", ["照片/a.jpg", "index.html", "wjj/note.txt"])
def test_a_folder_that_holds_something_else_is_refused(site, tmp_path, stranger):
    file = tmp_path / "u" / stranger
    file.parent.mkdir(parents=True)
    file.write_bytes(b"mine")
    done = copy(site, tmp_path / "u")
    assert (codes(done), done.value) == (["ZW752"], None)
    assert tree(tmp_path / "u") == {stranger: b"mine"}


def test_a_strange_file_among_an_older_copy_is_never_removed(site, tmp_path):
    copy(site, tmp_path / "u")
    (tmp_path / "u" / "wjj" / "note.txt").write_bytes(b"mine")
    assert codes(copy(site, tmp_path / "u")) == ["ZW752"]
    assert (tmp_path / "u" / "wjj" / "note.txt").read_bytes() == b"mine"


def test_what_systems_leave_on_sticks_does_not_count(site, tmp_path):
    for name in (
        "System Volume Information/IndexerVolumeGuid",
        "$RECYCLE.BIN/a",
        ".DS_Store",
        "wjj/._index.html",
        "Thumbs.db",
    ):
        file = tmp_path / "u" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"system")
    assert copy(site, tmp_path / "u").value
    assert (tmp_path / "u" / "$RECYCLE.BIN" / "a").read_bytes() == b"system"


def test_a_manifest_that_names_files_elsewhere_removes_none_of_them(site, tmp_path):
    (tmp_path / "victim.txt").write_bytes(b"mine")
    (tmp_path / "u").mkdir()
    (tmp_path / "u" / MANIFEST).write_text(
        "0" * 64 + "  ../victim.txt\n" + "0" * 64 + f"  {tmp_path}/victim.txt\n", "utf-8"
    )
    assert copy(site, tmp_path / "u").value
    assert (tmp_path / "victim.txt").read_bytes() == b"mine"


def test_a_link_out_of_the_stick_is_not_followed(site, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "index.html").write_bytes(b"mine")
    copy(site, tmp_path / "u")
    shutil.rmtree(tmp_path / "u" / "wjj")
    (tmp_path / "u" / "wjj").symlink_to(tmp_path / "outside", target_is_directory=True)
    assert codes(copy(site, tmp_path / "u")) == ["ZW752"]
    assert tree(tmp_path / "outside") == {"index.html": b"mine"}


def test_a_file_in_place_of_the_folder_is_refused(site, tmp_path):
    (tmp_path / "u").write_bytes(b"mine")
    assert codes(copy(site, tmp_path / "u")) == ["ZW760"]


class Usage(NamedTuple):
    """As `shutil.disk_usage` gives it."""

    total: int
    used: int
    free: int


def test_too_little_room_is_told_before_anything_is_written(site, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(8_000_000, 0, 4_000_000))
    done = copy(site, tmp_path / "u")
    assert codes(done) == ["ZW751"]
    assert "3.8 MB" in done.findings[0].message() or "4 MB" in done.findings[0].message()
    assert not (tmp_path / "u").exists()
    assert codes(write_zip(output_of(site), packing_of(site), tmp_path / "a.zip")) == ["ZW751"]


def test_room_is_needed_for_what_is_new_only(site, tmp_path, monkeypatch):
    copy(site, tmp_path / "u")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(8_000_000, 8_000_000, 0))
    assert copy(site, tmp_path / "u").value.written == 0


@pytest.mark.parametrize("kind", ["vfat", "fat"])
def test_a_zip_too_large_for_the_stick_is_told_on_whatever_kind_of_fat(site, tmp_path, monkeypatch, kind):
    monkeypatch.setattr(place_module, "file_system", lambda _: kind)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1 << 40, 0, 1 << 40))
    done = write_zip(output_of(site), release_of(("a.mp4", 1 << 32)), tmp_path / "a.zip")
    assert codes(done) == ["ZW754"]


def test_how_little_room_there_is_is_told_in_any_language(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1, 1, 0))
    (found,) = judge_room(tmp_path, 10)
    assert "剩余 0 KB，不够写入 1 KB" in found.message("zh")
    assert "has 0 KB left; 1 KB are needed" in found.message("en")


def test_what_does_not_read_back_is_told_and_the_copy_stays_marked(site, tmp_path, monkeypatch):
    """A stick that takes writes and gives other bytes: the marker stays, the manifest does not come."""
    real = stick_module.move_file

    def move(source, target):
        real(source, target)
        if target.endswith("search.html"):
            Path(target).write_bytes(b"worn out")

    monkeypatch.setattr(stick_module, "move_file", move)
    done = copy(site, tmp_path / "u")
    assert codes(done) == ["ZW758"]
    assert (tmp_path / "u" / MARKER).exists()
    assert not (tmp_path / "u" / MANIFEST).exists()


def test_a_long_way_down_is_told_for_windows(site, tmp_path):
    deep = tmp_path / ("层" * 60) / ("层" * 60) / ("层" * 60)
    done = copy(site, deep)
    assert codes(done) == ["ZW757"]
    assert done.value is not None


# --- limits -----------------------------------------------------------------------------------------


def release_of(*files):
    return Packing(tuple(FileRecord(url, "0" * 64, size) for url, size in files), "2026-11-21", "zwgk_site", "0" * 64)


def test_fat_takes_no_file_of_four_gigabytes():
    assert [finding.code for finding in fat_faults(release_of(("a.mp4", 1 << 32), ("b.mp4", (1 << 32) - 1)))] == [
        "ZW754"
    ]


def test_fat_takes_no_folder_of_thirty_thousand_long_names():
    names = [(f"wjj/e/WJJ-{number:05d}.html", 10) for number in range(22_000)]
    assert [(f.code, f.span.file) for f in fat_faults(release_of(*names))] == [("ZW756", "wjj/e")]
    assert list(fat_faults(release_of(*names[:15_000]))) == []


def test_the_innermost_mount_counts():
    mounts = "/dev/a / ext4 rw 0 0\n/dev/b /media/U\\040盘 vfat rw 0 0\n/dev/c /media/U\\040盘/in exfat rw 0 0\nodd\n"
    assert _kind_of_mount("/media/U 盘/公开栏目", mounts) == "vfat"
    assert _kind_of_mount("/media/U 盘/in/x", mounts) == "exfat"
    assert _kind_of_mount("/media/U 盘子", mounts) == "ext4"


def test_a_place_within_the_site_is_refused(site):
    folders = (site.root / "public", site.root / "content")
    for target in (site.root / "public" / "u", site.root / "content", site.root):
        assert [finding.code for finding in overlaps(target, folders)] == ["ZW759"]
    assert list(overlaps(site.root / "a.zip", folders)) == []


def test_names_that_only_case_tells_apart_are_refused(site):
    """The planner makes no such names; a theme could."""
    from zwgk_site.stages.publish.pack.listing import _faults

    records = [FileRecord("A.html", "0" * 64, 0), FileRecord("a.html", "0" * 64, 0)]
    assert "ZW755" in {finding.code for finding in _faults(output_of(site), records)}


def test_the_page_tells_the_release(site, tmp_path):
    copy(site, tmp_path / "u")
    page = (tmp_path / "u" / "校验.html").read_text("utf-8")
    manifest = (site.root / "public" / "data" / "manifest.json").read_bytes()
    for fact in ("2026-11-21", hashlib.sha256(manifest).hexdigest(), str(len(packing_of(site).files))):
        assert fact in page
    assert "@" not in page.replace("@media", "")


def test_the_batch_file_is_one_that_cmd_reads(site, tmp_path):
    copy(site, tmp_path / "u")
    batch = (tmp_path / "u" / "校验.bat").read_bytes()
    assert batch.count(b"\n") == batch.count(b"\r\n")
    shown = [line for line in batch.decode().split("\r\n") if not line.isascii()]
    assert all(line.startswith("echo ") for line in shown)


def test_a_file_that_a_scanner_holds_is_tried_again(tmp_path, monkeypatch):
    """On Windows a rename fails while an antivirus program reads the file; moments later it succeeds."""
    from zwgk_site.stages.publish import folder

    monkeypatch.setattr(folder.sys, "platform", "win32")
    monkeypatch.setattr(folder.time, "sleep", lambda _: None)
    held = iter(range(3))
    real = os.replace

    def replace(source, target):
        if next(held, None) is not None:
            raise PermissionError(13, "held")
        real(source, target)

    monkeypatch.setattr(folder.os, "replace", replace)
    (tmp_path / "a").write_bytes(b"1")
    folder.move_file(str(tmp_path / "a"), str(tmp_path / "b"))
    assert (tmp_path / "b").read_bytes() == b"1"
