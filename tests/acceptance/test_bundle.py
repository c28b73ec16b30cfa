"""A bundle installs and builds where there is no network, in a folder whose name has Chinese characters and a blank."""

from __future__ import annotations

import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.sample_column import REPOSITORY

LOCK = (REPOSITORY / "requirements-run.lock").read_text("utf-8")
NAMES = set(re.findall(r"^([A-Za-z0-9._-]+)==", LOCK, re.MULTILINE))
MACHINE = f"linux-{platform.machine()}"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


def load_maker():
    spec = importlib.util.spec_from_file_location("make_bundle", REPOSITORY / "bundle" / "make_bundle.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAKER = load_maker()


@pytest.mark.parametrize("system", MAKER.SYSTEMS)
@pytest.mark.parametrize("python", MAKER.PYTHONS)
def test_the_lock_pins_every_library_once_for_each_target(system, python):
    wanted = list(MAKER.pinned(LOCK, MAKER.SYSTEMS[system], python))
    assert sorted(entry.partition("==")[0] for entry in wanted) == sorted(NAMES)
    assert all("--hash=sha256:" in entry for entry in wanted)
    assert not [entry for entry in wanted if ";" in entry]


def test_markers_are_judged_for_the_target_and_not_for_this_machine():
    lock = (
        "a==1 ; sys_platform == 'win32' \\\n    --hash=sha256:0a\n    # via x\n"
        "b==2 ; python_full_version < '3.12' \\\n    --hash=sha256:0b \\\n    --hash=sha256:1b\n"
        "c==3 \\\n    --hash=sha256:0c\n"
        "d==4 ; platform_machine == 'aarch64' and sys_platform == 'linux' \\\n    --hash=sha256:0d\n"
    )

    def names(system, python):
        return [entry[0] for entry in MAKER.pinned(lock, MAKER.SYSTEMS[system], python)]

    assert names("windows", "3.11") == ["a", "b", "c"]
    assert names("windows", "3.13") == ["a", "c"]
    assert names("linux-aarch64", "3.12") == ["c", "d"]
    assert next(MAKER.pinned(lock, MAKER.SYSTEMS["linux-x86_64"], "3.11")).count("--hash=") == 2


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """A bundle for this machine and, of the same Python, for Windows."""
    folder = tmp_path_factory.mktemp("bundle")
    file = folder / "zwgk.zip"
    made(file, folder / "wheels")
    return file


def made(file, wheels):
    extra = file.parent / "python-installer.exe"
    extra.write_bytes(b"MZ")
    command = [sys.executable, str(REPOSITORY / "bundle" / "make_bundle.py"), "--output", str(file)]
    command += ["--system", MACHINE, "--system", "windows", "--python", PYTHON, "--wheels", str(wheels)]
    done = subprocess.run(
        [*command, "--add", str(extra)], capture_output=True, encoding="utf-8", timeout=280, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a bundle is tried on Linux")
def test_a_bundle_holds_a_wheel_of_every_library_for_every_target(bundle):
    with zipfile.ZipFile(bundle) as packed:
        names = [name.removeprefix("zwgk/") for name in packed.namelist()]
    wheels = [name for name in names if name.startswith("wheels/")]
    found = {re.split(r"-\d", name.removeprefix("wheels/"))[0].lower().replace("_", "-") for name in wheels}
    assert found == {re.sub(r"[._-]+", "-", name).lower() for name in NAMES}
    for system in ("win_amd64", f"manylinux_2_17_{platform.machine()}"):
        assert [name for name in wheels if name.startswith("wheels/lxml-") and system in name]
    assert {"build.py", "开始.bat", "开始.sh", "使用说明.txt", "installers/python-installer.exe"} <= set(names)
    assert not [name for name in names if "__pycache__" in name or "/." in name or name.startswith("public")]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a bundle is tried on Linux")
def test_the_same_checkout_gives_the_same_bytes(bundle, tmp_path):
    made(tmp_path / "again.zip", bundle.parent / "wheels")
    assert (tmp_path / "again.zip").read_bytes() == bundle.read_bytes()


def no_network():
    """A command that takes the network away, where the system lets us; elsewhere dead addresses have to do."""
    cut = ["unshare", "--map-root-user", "--net"]
    able = shutil.which("unshare") and subprocess.run([*cut, "true"], capture_output=True, check=False).returncode == 0
    return cut if able else []


def run_offline(folder, *arguments):
    nowhere = "http://127.0.0.1:9"
    python = Path(sys.base_prefix, "bin", f"python{PYTHON}")
    links = folder.parent / "bin"
    links.mkdir(exist_ok=True)
    if not (links / "python3").exists():
        (links / "python3").symlink_to(python if python.exists() else sys.executable)
    environment = {
        "PATH": f"{links}:/usr/bin:/bin",
        "HOME": str(folder.parent),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": nowhere,
        "http_proxy": nowhere,
        "https_proxy": nowhere,
    }
    return subprocess.run(
        [*no_network(), "/bin/sh", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=280,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a bundle is tried on Linux")
def test_it_installs_without_a_network_builds_the_sample_and_a_site_of_its_own(bundle, tmp_path):
    with zipfile.ZipFile(bundle) as packed:
        packed.extractall(tmp_path / "离线 安装")
    folder = tmp_path / "离线 安装" / "zwgk"
    done = run_offline(folder, "开始.sh", "build", ".", "--today", "2026-11-21")
    assert done.returncode == 0, done.stderr + done.stdout
    assert (folder / "public" / "index.html").is_file()
    done = run_offline(
        folder, "开始.sh", "init", "我的 栏目", "--profile", "乡镇", "--name", "示范镇人民政府", "--code", "sfz"
    )
    assert done.returncode == 0, done.stderr
    done = run_offline(folder, "我的 栏目/开始.sh", "build", ".")
    assert done.returncode == 0, done.stderr
    assert (folder / "我的 栏目" / "public" / "sfz" / "index.html").is_file()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a bundle is tried on Linux")
def test_a_bundle_for_another_python_says_so(bundle, tmp_path):
    with zipfile.ZipFile(bundle) as packed:
        packed.extractall(tmp_path / "离线")
    folder = tmp_path / "离线" / "zwgk"
    for wheel in folder.glob("wheels/lxml-*"):
        wheel.unlink()
    done = run_offline(folder, "开始.sh", "build", ".")
    assert done.returncode == 4
    assert "没有适合本机的程序库" in done.stderr


def test_a_file_to_take_along_that_is_not_there_is_told(tmp_path, capsys):
    assert MAKER.main(["--add", str(tmp_path / "python.exe"), "--output", str(tmp_path / "a.zip")]) == MAKER.USAGE
    assert "python.exe" in capsys.readouterr().err
    assert not (tmp_path / "a.zip").exists()
