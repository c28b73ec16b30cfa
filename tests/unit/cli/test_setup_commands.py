"""`zwgk init`, `zwgk pack` and `zwgk doctor` as a clerk runs them."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.sample_column import REPOSITORY
from tests.unit.cli.runner import zwgk

OFFICE = ("--profile", "县级部门", "--name", "示范县卫生健康局", "--code", "wjj")


@pytest.fixture
def site(tmp_path):
    done = zwgk("init", "公开 栏目", *OFFICE, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path / "公开 栏目"


def test_init_says_what_it_made_and_what_comes_next(tmp_path):
    done = zwgk("init", "栏目", *OFFICE, folder=tmp_path)
    assert done.returncode == 0
    for word in ("catalogs/wjj.yaml", "目录模板.xlsx", "开始.bat", "下一步", "zwgk check 栏目"):
        assert word in done.stdout
    assert (tmp_path / "栏目" / "schema" / "catalog.schema.json").is_file()


def test_the_next_step_runs_as_it_is_printed(tmp_path):
    done = zwgk("init", "公开 栏目", *OFFICE, folder=tmp_path)
    assert 'zwgk check "公开 栏目"' in done.stdout
    assert zwgk("check", "公开 栏目", folder=tmp_path).returncode == 0
    assert zwgk("build", "公开 栏目", folder=tmp_path).returncode == 0


def test_schemas_stand_where_the_files_say(site):
    for file in (site / "site.yaml", site / "catalogs" / "wjj.yaml", *site.glob("content/wjj/*.md")):
        line = next(line for line in file.read_text("utf-8").splitlines() if "$schema=" in line)
        schema = (file.parent / line.partition("$schema=")[2]).resolve()
        assert json.loads(schema.read_bytes())["$schema"].startswith("https://json-schema.org/")


def test_init_without_options_is_a_wrong_use_where_nobody_can_be_asked(tmp_path):
    done = zwgk("init", folder=tmp_path)
    assert done.returncode == 2
    assert "--profile" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_named_after_the_organ_names_it(tmp_path):
    done = zwgk("init", "示范县教育局", "--profile", "县级部门", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "名称: 示范县教育局" in (tmp_path / "示范县教育局" / "catalogs" / "jyj.yaml").read_text("utf-8")
    done = zwgk("init", "site", "--profile", "县级部门", folder=tmp_path)
    assert done.returncode == 2
    assert "--name" in done.stderr
    done = zwgk("init", "示范县教育局", "--department", "--profile", "乡镇", folder=tmp_path)
    assert done.returncode == 2


def test_init_twice_is_refused_and_speaks_both_languages(site):
    for language, word in (("zh", "已经有一个栏目"), ("en", "there is a site")):
        done = zwgk("init", site, *OFFICE, "--lang", language)
        assert done.returncode == 1
        assert word in done.stderr


def test_init_as_json(tmp_path):
    done = zwgk("init", tmp_path / "a", *OFFICE, "--json")
    report = json.loads(done.stdout)
    assert report["errors"] == 0
    assert "site.yaml" in report["result"]["files"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_on_a_terminal_what_is_missing_is_asked_for(tmp_path):
    """Profile by its number, the name, and the suggested code taken over by return."""
    import pty

    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "zwgk_site", "init", "栏目"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"},
        stdin=child,
        stdout=child,
        stderr=child,
    )
    os.close(child)
    os.write(parent, "4\n示范镇人民政府\n\n".encode())
    shown = bytearray()
    while True:
        try:
            piece = os.read(parent, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(parent)
    assert process.wait(60) == 0, shown.decode("utf-8", "replace")
    assert "单位类型" in shown.decode("utf-8")
    assert "类别: 乡镇街道" in (tmp_path / "栏目" / "catalogs" / "sfz.yaml").read_text("utf-8")


def start(site, *arguments, path):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return subprocess.run(
        ["/bin/sh", str(site / "开始.sh"), *arguments],
        cwd="/",
        env={**environment, "PATH": str(path)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def tools(folder, **links):
    folder.mkdir()
    for name in ("dirname", "cat", "sh"):
        found = next(place for place in ("/bin", "/usr/bin") if Path(place, name).exists())
        (folder / name).symlink_to(Path(found, name))
    for name, target in links.items():
        (folder / name).write_text(f'#!/bin/sh\nexec "{target}" "$@"\n', "utf-8")
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="a file for Linux and macOS")
def test_the_start_file_runs_the_program_from_any_folder(site, tmp_path):
    """`build.py` prepares nothing here: the tests run in an environment that it has made, or it would say so."""
    text = (site / "开始.sh").read_text("utf-8")
    standing = tmp_path / "program"
    standing.mkdir()
    (standing / "zwgk_site").symlink_to(REPOSITORY / "zwgk_site")
    (standing / "build.py").write_text(
        "import os, sys\nos.execv(sys.executable, [sys.executable, '-m', 'zwgk_site', *sys.argv[2:]])\n", "utf-8"
    )
    line = next(line for line in text.splitlines() if line.startswith("program="))
    (site / "开始.sh").write_text(text.replace(line, f"program='{standing}'"), "utf-8")
    python = tmp_path / "python.sh"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{standing}" exec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    done = start(site, "check", ".", path=tools(tmp_path / "bin", python3=python))
    assert done.returncode == 0, done.stderr
    assert "8 个条目" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="a file for Linux and macOS")
def test_without_a_python_the_start_file_says_what_to_install(site, tmp_path):
    done = start(site, path=tools(tmp_path / "bin"))
    assert done.returncode == 4
    assert "Python 3.11" in done.stdout
    old = tmp_path / "old"
    old.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    old.chmod(0o755)
    assert start(site, path=tools(tmp_path / "bin2", python3=old)).returncode == 4


def test_pack_writes_a_zip_and_a_folder(site, tmp_path):
    assert zwgk("build", site).returncode == 0
    done = zwgk("pack", site, "--zip", tmp_path / "a.zip")
    assert done.returncode == 0, done.stderr
    assert "SHA-256" in done.stdout
    assert "index.html" in zipfile.ZipFile(tmp_path / "a.zip").namelist()
    done = zwgk("pack", site, "--usb", tmp_path / "u 盘", "--json")
    report = json.loads(done.stdout)
    assert report["result"]["written"] == report["result"]["files"] > 50
    assert (tmp_path / "u 盘" / "校验.html").is_file()


def test_pack_takes_the_kiosk_copy_when_asked(site, tmp_path):
    assert zwgk("pack", site, "--usb", tmp_path / "u", "--profile", "kiosk").returncode == 4
    assert zwgk("build", site, "--profile", "kiosk").returncode == 0
    assert zwgk("pack", site, "--usb", tmp_path / "u", "--profile", "kiosk").returncode == 0
    assert (tmp_path / "u" / "staff.html").is_file()


def test_pack_refuses_a_draft_and_its_own_folders(site, tmp_path):
    assert zwgk("build", site, "--draft").returncode == 0
    done = zwgk("pack", site, "--output", site / "public-draft", "--zip", tmp_path / "a.zip")
    assert (done.returncode, (tmp_path / "a.zip").exists()) == (1, False)
    assert "ZW750" in done.stderr
    assert zwgk("build", site).returncode == 0
    for place in (site / "public" / "u", site / "content"):
        done = zwgk("pack", site, "--usb", place)
        assert done.returncode == 1
        assert "ZW759" in done.stderr


def test_no_room_is_the_machines_fault(site, tmp_path):
    """As on a stick that is full: exit code 4, and both sizes are told."""
    assert zwgk("build", site).returncode == 0
    code = (
        "import shutil, sys, types; shutil.disk_usage = lambda _: types.SimpleNamespace(free=1000);"
        "from zwgk_site.cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "pack", str(site), "--usb", str(tmp_path / "u")],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 4
    assert "ZW751" in done.stderr
    assert not (tmp_path / "u").exists()


def test_pack_needs_a_place(site):
    assert zwgk("pack", site).returncode == 2
    assert zwgk("pack", site, "--zip", "a.zip", "--usb", "u").returncode == 2


def test_doctor_tells_in_both_languages_and_as_data(site):
    for language, word in (("zh", "磁盘剩余"), ("en", "free:")):
        done = zwgk("doctor", site, "--lang", language)
        assert done.returncode == 0, done.stderr
        assert word in done.stdout
    report = json.loads(zwgk("doctor", site, "--json").stdout)
    assert report["result"]["has_site"] is True
    assert report["result"]["bits"] in (32, 64)


@pytest.mark.parametrize("command", ["init", "pack", "doctor"])
def test_help_shows_an_example(command):
    assert f"zwgk {command}" in zwgk(command, "--help").stdout


def test_a_console_that_has_no_chinese_ends_nothing(site):
    """Messages to an ASCII or GBK console lose characters, never the run."""
    for encoding in ("ascii", "gbk", "cp437"):
        for words in (("doctor", site), ("check", site), ("init", site, *OFFICE)):
            done = subprocess.run(
                [sys.executable, "-c", SPEAK, encoding, *map(str, words)],
                env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
                capture_output=True,
                check=False,
            )
            assert done.returncode in (0, 1), done.stderr
            assert b"Traceback" not in done.stderr


SPEAK = """
import sys
encoding = sys.argv.pop(1)
for stream in (sys.stdout, sys.stderr):
    stream.reconfigure(encoding=encoding, errors="strict")
    stream.isatty = lambda: True
from zwgk_site.cli.main import main
main()
"""
