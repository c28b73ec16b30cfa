"""`python3 build.py bundle`: one zip that installs and runs where there is no package index.

In it: the program with its sample column, the wheels of `requirements-run.lock` for every system and Python that is asked
for, and start files. `build.py` finds the folder `wheels` and asks no index. Which wheels, the lock's hashes decide, so
the same checkout gives the same bytes. Standard library and the pip of `.venv` only; nothing here runs at a clerk's.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
TOP = "zwgk"
"""The one folder in the zip."""
LOCK = "requirements-run.lock"
PYTHONS = ("3.11", "3.12", "3.13")
FOLDERS = ("zwgk_site", "themes", "catalogs", "content", "schema", "docs")
FILES = (
    "build.py",
    LOCK,
    "pyproject.toml",
    "site.yaml",
    "LICENSE",
    "README.md",
    "README.zh-CN.md",
    "SECURITY.md",
    "CHANGELOG.md",
)
STARTER = ROOT / "zwgk_site" / "exchange" / "starter"
FIXED = (2026, 1, 1, 0, 0, 0)
USAGE, MACHINE = 2, 4

_NAMES_OF_GLIBC = ("manylinux1", "manylinux2010", "manylinux2014", "manylinux_2_5", "manylinux_2_12", "manylinux_2_17",
                   "manylinux_2_24", "manylinux_2_26", "manylinux_2_27", "manylinux_2_28")  # fmt: skip
"""Oldest first, so that a wheel for more machines is preferred; 2.28 is what UOS 20, Kylin V10 and Debian 10 have."""


class System(NamedTuple):
    """What wheels are made for: pip's names of platforms, and what markers of the lock see."""

    platforms: tuple[str, ...]
    markers: dict[str, str]


def _linux(machine: str) -> System:
    platforms = tuple(f"{name}_{machine}" for name in _NAMES_OF_GLIBC)
    facts = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": machine}
    return System(platforms, facts)


SYSTEMS = {
    "windows": System(
        ("win_amd64",),
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    ),
    "linux-x86_64": _linux("x86_64"),
    "linux-aarch64": _linux("aarch64"),
}

NOTE = """\
政府信息公开栏目生成器 {version}，不联网安装包

怎么用
1. 把整个文件夹放到本机硬盘上，例如 D:\\zwgk。
2. Windows：双击 开始.bat。Linux：打开终端，运行 sh 开始.sh。
   第一次会用 wheels 文件夹里的安装包准备运行环境，不联网，约一分钟；然后生成示范县的样例，在浏览器里打开。
3. 建自己的栏目：在这里打开命令行，运行
       开始.bat init 公开栏目 --profile 县级部门 --name 示范县卫生健康局 --code wjj      （Windows）
       sh 开始.sh init 公开栏目 --profile 县级部门 --name 示范县卫生健康局 --code wjj    （Linux）
   以后双击“公开栏目”文件夹里的 开始.bat。

要有 Python {pythons} 中的一种，64 位。{installers}
适用系统：{systems}。全部文档：docs\\index.md。
"""


def main(arguments: list[str] | None = None) -> int:
    """Makes the zip; the exit code is `build.py`'s."""
    chosen = _read_arguments(arguments)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    output = (chosen.output or ROOT / "dist" / f"zwgk-{version}-offline.zip").resolve()
    missing = [str(file) for file in chosen.add if not file.is_file()]
    if missing:
        print(f"没有这个文件 · no such file: {', '.join(missing)}", file=sys.stderr)
        return USAGE
    with tempfile.TemporaryDirectory(prefix="zwgk-bundle-") as folder:
        wheels = (chosen.wheels or Path(folder, "wheels")).resolve()
        wheels.mkdir(parents=True, exist_ok=True)
        wanted: set[str] = set()
        for name in chosen.system:
            for python in chosen.python:
                print(f"── {name}, Python {python}", flush=True)
                found = download(wheels, Path(folder), SYSTEMS[name], python)
                if found is None:
                    print(
                        "没有下载全，原因见上。没有写出压缩包。\nNot all could be downloaded, see above; no zip was written.",
                        file=sys.stderr,
                    )
                    return MACHINE
                wanted |= found
        note = NOTE.format(
            version=version,
            pythons="、".join(chosen.python),
            systems="、".join(chosen.system),
            installers="installers 文件夹里有安装程序。" if chosen.add else "没有的话请另外准备安装程序，一起拷过去。",
        )
        output.parent.mkdir(parents=True, exist_ok=True)
        write_zip(output, dict(bundle_files(wheels, wanted, tuple(chosen.add), note)))
    print(f"已写出 · wrote {output} ({output.stat().st_size >> 20} MB, {len(wanted)} wheels)")
    return 0


def _read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python3 build.py bundle",
        description="做一个不联网也能安装的压缩包。 Makes a zip that installs without a network.",
        epilog="例 (example):  python3 build.py bundle --system windows --python 3.12 --add python-3.12.8-amd64.exe",
    )
    parser.add_argument("--output", type=Path, help="压缩包，默认 dist/zwgk-版本-offline.zip")
    parser.add_argument("--system", action="append", choices=SYSTEMS, help="只要这种系统的，可以写几次；默认全部")
    parser.add_argument("--python", action="append", choices=PYTHONS, help="只要这一版 Python 的，可以写几次；默认全部")
    parser.add_argument(
        "--add", action="append", type=Path, default=[], help="一起放进去的文件，例如 Python 的安装程序"
    )
    parser.add_argument("--wheels", type=Path, help="下载的安装包留在这个文件夹，下次不用再下载")
    chosen = parser.parse_args(arguments)
    chosen.system = chosen.system or list(SYSTEMS)
    chosen.python = chosen.python or list(PYTHONS)
    return chosen


# --- wheels ---------------------------------------------------------------------------------------


def download(wheels: Path, folder: Path, system: System, python: str) -> set[str] | None:
    """Has pip fetch what the lock names for one system and Python; the files' names, `None` if one can't be had."""
    requirements = folder / "requirements.txt"
    requirements.write_text(
        "".join(pinned((ROOT / LOCK).read_text(encoding="utf-8"), system, python)), encoding="utf-8"
    )
    report = folder / "report"
    report.mkdir(exist_ok=True)
    command = [sys.executable, "-P", "-m", "pip", "download", "--require-hashes", "--no-deps", "--only-binary=:all:"]
    command += ["--progress-bar=off", "--disable-pip-version-check", "--no-input", "--quiet", "--dest", str(report)]
    command += ["--implementation=cp", f"--python-version={python}", f"--find-links={wheels.as_uri()}"]
    command += [f"--platform={name}" for name in system.platforms]
    done = subprocess.run([*command, "-r", str(requirements)], env={**os.environ, "PYTHONUTF8": "1"}, check=False)
    if done.returncode:
        return None
    names = set()
    for file in report.iterdir():
        names.add(file.name)
        file.replace(wheels / file.name)
    return names


def pinned(lock: str, system: System, python: str) -> Iterator[str]:
    """The lock's requirements that hold for a system and Python, with their hashes and without their markers.

    pip judges markers by the machine that it runs on, so they must be judged here.
    """
    from pip._vendor.packaging.markers import Marker

    facts = {
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "python_version": python,
        "python_full_version": f"{python}.0",
        "extra": "",
        **system.markers,
    }
    for found in re.finditer(
        r"^([A-Za-z0-9._-]+==[^\s;\\]+)(?: *; *([^\\\n]+?))? *\\?\n((?:[ \t]+.*\n?)*)", lock, re.MULTILINE
    ):
        requirement, marker, rest = found.groups()
        if marker is None or Marker(marker).evaluate(facts):
            hashes = re.findall(r"--hash=\S+", rest)
            yield " \\\n    ".join((requirement, *hashes)) + "\n"


# --- the zip --------------------------------------------------------------------------------------


def bundle_files(
    wheels: Path, wanted: set[str], added: tuple[Path, ...], note: str
) -> Iterator[tuple[str, Path | bytes]]:
    """Name in the zip → file, or bytes."""
    for name in FILES:
        if (ROOT / name).is_file():
            yield name, ROOT / name
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            parts = path.relative_to(ROOT).parts
            if (
                path.is_file()
                and not path.is_symlink()
                and not any(part == "__pycache__" or part.startswith(".") for part in parts)
            ):
                yield "/".join(parts), path
    for name in sorted(wanted):
        yield f"wheels/{name}", wheels / name
    for path in added:
        yield f"installers/{path.name}", path
    batch = (STARTER / "start.bat").read_text(encoding="utf-8").replace("@PROGRAM@", ".")
    shell = (STARTER / "start.sh").read_text(encoding="utf-8").replace("@PROGRAM@", ".").encode()
    yield "开始.bat", batch.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    yield "开始.sh", shell
    yield "开始.command", shell
    yield "使用说明.txt", b"\xef\xbb\xbf" + note.replace("\n", "\r\n").encode()  # Notepad knows UTF-8 by its mark


def write_zip(output: Path, files: dict[str, Path | bytes]) -> None:
    """All files by name with fixed times and rights; whole or not at all."""
    draft = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with zipfile.ZipFile(draft, "w") as made:
            for name in sorted(files):
                entry = zipfile.ZipInfo(f"{TOP}/{name}", FIXED)
                packed = name.startswith(("wheels/", "installers/"))
                entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                entry.create_system = 3
                entry.external_attr = (0o755 if name.endswith((".sh", ".command", "build.py")) else 0o644) << 16
                source = files[name]
                made.writestr(entry, source if isinstance(source, bytes) else source.read_bytes())
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
