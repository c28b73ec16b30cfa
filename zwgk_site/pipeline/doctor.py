"""`zwgk doctor`: whether this machine can do the work. `look_at_machine` gathers facts, `judge_machine` says what they mean.

Looking changes nothing but a file of its own that is made and removed at once, to see whether that can be done.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import struct
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span
from zwgk_site.model.release import RELEASE_URL, release_day
from zwgk_site.stages.load.site_file import NAMES as SITE_NAMES
from zwgk_site.stages.publish.folder import read_if_there
from zwgk_site.stages.publish.pack.companions import size_words
from zwgk_site.stages.publish.pack.place import WINDOWS_PATH_LIMIT, file_system, nearest_standing, room_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NEW_PYTHON = Rule(
    "ZW761", Severity.NOTICE,
    zh="Python {version} 还没有试过，试过的是 3.11 到 3.13",
    en="Python {version} is untested; 3.11 to 3.13 are tested",
    hint_zh="能用就不用管；装不上或者运行不了，请装 Python 3.12。",
    hint_en="If all works, let it be; else install Python 3.12.",
)  # fmt: skip
NARROW_PYTHON = Rule(
    "ZW762", Severity.WARNING,
    zh="Python 是 {count} 位的，内存最多只能用 2 GB，有些程序库也没有这种安装包",
    en="Python is a {count}-bit program: 2 GB of memory at most, and some libraries have no such package",
    hint_zh="请装 64 位的 Python 3.12（安装程序的名字里有 amd64），再删去 .venv 文件夹，重新运行。",
    hint_en="Install Python 3.12 for 64 bits (amd64), remove the folder .venv and run again.",
)  # fmt: skip
LIBRARY_MISSING = Rule(
    "ZW763", Severity.ERROR,
    zh="缺少程序库 {name}，或者它坏了：{reason}",
    en="the library {name} is missing or broken: {reason}",
    hint_zh="请删去程序文件夹里的 .venv，再运行一次 build.py，会重新装好；Windows 上缺 DLL 的，先装“Microsoft Visual C++ 可再发行程序包”。",
    hint_en="Remove .venv from the program's folder and run build.py; on Windows a missing DLL needs the Visual C++ Redistributable.",
)  # fmt: skip
LIBRARY_OTHER = Rule(
    "ZW764", Severity.WARNING,
    zh="程序库 {name} 是 {found}，试过的是 {expected}",
    en="the library {name} is {found}; {expected} is what was tested",
    hint_zh="请删去程序文件夹里的 .venv，再运行一次 build.py，会装成试过的版本。",
    hint_en="Remove .venv from the program's folder and run build.py, which installs the tested version.",
)  # fmt: skip
POOR_CONSOLE = Rule(
    "ZW765", Severity.WARNING,
    zh="这个窗口用 {encoding} 编码，显示不了全部汉字，显示不了的会成为问号；写出的文件不受影响",
    en="this window uses {encoding}, which has not all characters: some show as question marks; files are not concerned",
    hint_zh="请先运行　chcp 65001　再用，或者双击 开始.bat；Linux 上请设　LANG=zh_CN.UTF-8",
    hint_en="Run chcp 65001 first, or start by 开始.bat; on Linux set LANG=C.UTF-8.",
)  # fmt: skip
LITTLE_ROOM = Rule(
    "ZW766", Severity.WARNING,
    zh="“{path}”所在的磁盘只剩 {left}，生成时可能不够",
    en="the disk of {path} has {left} left, which may be too little for a build",
    hint_zh="请腾出至少 {size}。",
    hint_en="Free at least {size}.",
)  # fmt: skip
NO_RIGHTS = Rule(
    "ZW767", Severity.ERROR,
    zh="不能在“{path}”里写文件：{reason}",
    en="cannot write into {path}: {reason}",
    hint_zh="请检查文件夹的权限、磁盘是不是只读；Windows 的“受控文件夹访问”会拦住程序，可以把栏目放到 D:\\zwgk 这样的地方。",
    hint_en="Check the folder's rights and whether the disk is read-only; Windows' controlled folder access may be in the way.",
)  # fmt: skip
LONG_PATHS = Rule(
    "ZW768", Severity.WARNING,
    zh="最长的路径有 {count} 个字，Windows 默认只能打开 259 个字以内的：{path}",
    en="the longest path has {count} characters, and Windows opens up to 259 by default: {path}",
    hint_zh="请把栏目放到浅一些的文件夹，例如 D:\\zwgk，或者请管理员启用长路径（LongPathsEnabled）。",
    hint_en="Move the site nearer to the top, such as D:\\zwgk, or have long paths enabled (LongPathsEnabled).",
)  # fmt: skip
SYNCED_FOLDER = Rule(
    "ZW769", Severity.WARNING,
    zh="栏目放在 {name} 的同步文件夹里，同步时会占住文件，还会把没有公开的内容传到网上",
    en="the site lies in a folder that {name} synchronizes: it holds files, and it uploads what is not public",
    hint_zh="请把栏目移到不同步的文件夹，例如 D:\\zwgk。",
    hint_en="Move the site to a folder that is not synchronized, such as D:\\zwgk.",
)  # fmt: skip
NETWORK_FOLDER = Rule(
    "ZW770", Severity.WARNING,
    zh="“{path}”在网络文件夹里（{kind}），会慢很多，断网时可能写到一半",
    en="{path} is in a network folder ({kind}): it is slow, and a broken line may end a build half-way",
    hint_zh="请把栏目放在本机硬盘上生成，再把 public 复制过去。",
    hint_en="Build on a local disk, then copy public there.",
)  # fmt: skip
CLOCK_BEHIND = Rule(
    "ZW771", Severity.WARNING,
    zh="电脑的日期是 {date}，比已生成的网站（{since}）还早，时限会算错，定时发布会不准",
    en="this machine says {date}, which is before the column was built ({since}): time limits and embargoes go wrong",
    hint_zh="请先校准电脑的日期和时间。",
    hint_en="Set the machine's date and time first.",
)  # fmt: skip
NOT_A_SITE = Rule(
    "ZW772", Severity.NOTICE,
    zh="“{path}”里没有 site.yaml，只检查了电脑",
    en="there is no site.yaml in {path}; only the machine was looked at",
    hint_zh="要连栏目一起检查，请到栏目的文件夹里运行；还没有栏目的，先运行 zwgk init。",
    hint_en="Run it in the site's folder to have that looked at too; zwgk init makes a site.",
)  # fmt: skip

NEWEST_TESTED = (3, 13)
_PLENTY = 500_000_000
"""Bytes that a build of a usual department and its stage never reach."""
_SAMPLE = "公开目录“〔〕”：①√"
_COMPILED = ("lxml.etree", "msgspec", "nh3", "numpy", "python_calamine", "yaml._yaml")
"""Libraries with a compiled part, which may be there and yet not load."""
_SERVICES = {
    "onedrive": "OneDrive", "dropbox": "Dropbox", "icloud": "iCloud", "坚果云": "坚果云", "nutstore": "坚果云",
    "百度网盘": "百度网盘", "baidusyncdisk": "百度网盘", "wpsdrive": "WPS 云文档", "wps云盘": "WPS 云文档", "google drive": "Google Drive",
}  # fmt: skip
_NETWORKS = frozenset(("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "davfs", "afpfs", "webdav"))
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen (环境情况). Sizes in bytes, days in ISO form; an empty text is what nothing is known of or wrong with."""

    python: tuple[int, int, int]
    bits: int
    system: str
    locked: dict[str, tuple[str, ...]]
    installed: dict[str, str]
    broken: dict[str, str]
    console: str
    site: str
    has_site: bool
    free: int
    output_size: int
    unwritable: dict[str, str]
    longest: str
    long_paths: bool
    service: str
    network: str
    today: str
    built_on: str


def judge_machine(machine: Machine) -> Iterator[Diagnostic]:
    """All that may get in the way, with what to do about it."""
    yield from _judge_python(machine)
    if not _can_show(machine.console):
        yield POOR_CONSOLE.at(Span("console"), encoding=machine.console or "ASCII")
    site = Span(machine.site)
    if not machine.has_site:
        yield NOT_A_SITE.at(site, path=machine.site)
    wanted = max(_PLENTY, 2 * machine.output_size)
    if machine.free < wanted:
        yield LITTLE_ROOM.at(site, path=machine.site, left=size_words(machine.free), size=size_words(wanted))
    for path, reason in machine.unwritable.items():
        yield NO_RIGHTS.at(Span(path), path=path, reason=reason)
    if len(machine.longest) > WINDOWS_PATH_LIMIT and not machine.long_paths:
        yield LONG_PATHS.at(site, count=len(machine.longest), path=machine.longest)
    if machine.service:
        yield SYNCED_FOLDER.at(site, name=machine.service)
    if machine.network:
        yield NETWORK_FOLDER.at(site, path=machine.site, kind=machine.network)
    if machine.built_on and machine.today < machine.built_on:
        yield CLOCK_BEHIND.at(site, date=machine.today, since=machine.built_on)


def _judge_python(machine: Machine) -> Iterator[Diagnostic]:
    place = Span("Python")
    if machine.python[:2] > NEWEST_TESTED:
        yield NEW_PYTHON.at(place, version=".".join(map(str, machine.python)))
    if machine.bits < 64:
        yield NARROW_PYTHON.at(place, count=machine.bits)
    for name, versions in machine.locked.items():
        found = machine.installed.get(name, "")
        if not found:
            yield LIBRARY_MISSING.at(place, name=name, reason="not installed")
        elif found not in versions:
            yield LIBRARY_OTHER.at(place, name=name, found=found, expected=" / ".join(versions))
    for name, reason in machine.broken.items():
        yield LIBRARY_MISSING.at(place, name=name, reason=reason)


def _can_show(encoding: str) -> bool:
    try:
        _SAMPLE.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def look_at_machine(site: Path, output: Path, lock: Path | None, *, console: str, today: str) -> Machine:
    """The facts, as far as the system lets them be seen."""
    place = site.resolve()
    locked = read_lock(lock)
    _, longest_read = _measure(place / "content")
    output_size, longest_made = _measure(output)
    return Machine(
        python=sys.version_info[:3],
        bits=struct.calcsize("P") * 8,
        system=sys.platform,
        locked=locked,
        installed={name: version for name in locked if (version := _version_of(name))},
        broken=dict(_broken_libraries()),
        console=console,
        site=str(place),
        has_site=any((place / name).is_file() for name in SITE_NAMES),
        free=room_left(place),
        output_size=output_size,
        unwritable=dict(_unwritable((nearest_standing(output.resolve().parent), Path(tempfile.gettempdir())))),
        longest=max(longest_read, longest_made, key=len),
        long_paths=_has_long_paths(),
        service=synced_by(str(place), os.environ),
        network=_network_of(place),
        today=today,
        built_on=_built_on(output),
    )


def read_lock(lock: Path | None) -> dict[str, tuple[str, ...]]:
    """The libraries that a lock pins, with each version that it pins for one Python or another."""
    if lock is None:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    with contextlib.suppress(OSError):
        for name, version in _PIN.findall(lock.read_text(encoding="utf-8")):
            found[name] = (*found.get(name, ()), version)
    return found


def _version_of(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _broken_libraries() -> Iterator[tuple[str, str]]:
    for name in _COMPILED:
        try:
            importlib.import_module(name)
        except Exception as fault:  # noqa: BLE001 - whatever a library raises while it loads is the finding
            yield name.partition(".")[0], f"{type(fault).__name__}: {fault}"[:200]


def _unwritable(folders: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for folder in folders:
        try:
            with tempfile.NamedTemporaryFile(dir=folder, prefix=".zwgk-"):
                pass
        except OSError as fault:
            yield str(folder), fault.strerror or type(fault).__name__


def _files_below(folder: Path) -> Iterator[tuple[str, int]]:
    """Each file's path and size; what can't be looked at is passed over."""
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        yield entry.path, entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue


def _measure(folder: Path) -> tuple[int, str]:
    """The bytes of all files below a folder, and the longest of their paths."""
    size, longest = 0, ""
    for path, size_bytes in _files_below(folder.resolve()):
        size += size_bytes
        longest = max(longest, path, key=len)
    return size, longest


def _has_long_paths() -> bool:
    """Whether Windows has been told to open long paths; elsewhere nothing stands in their way."""
    if sys.platform != "win32":
        return True
    import winreg

    key = r"SYSTEM\CurrentControlSet\Control\FileSystem"
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
            return bool(winreg.QueryValueEx(opened, "LongPathsEnabled")[0])
    except OSError:
        return False


def synced_by(path: str, environment: Mapping[str, str]) -> str:
    """The service that synchronizes the folder, by what the system says and by what the folders are called."""
    plain = path.replace("\\", "/").lower().rstrip("/") + "/"
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = environment.get(name, "").replace("\\", "/").lower().rstrip("/")
        if root and plain.startswith(root + "/"):
            return "OneDrive"
    for part in plain.split("/"):
        for word, service in _SERVICES.items():
            if part == word or part.startswith((word + " ", word + "-")):
                return service
    return ""


def _network_of(path: Path) -> str:
    """The kind of network folder that a path lies in; empty for a local disk."""
    if str(path).startswith("\\\\"):
        return "UNC"
    if sys.platform == "win32":
        import ctypes

        return "remote drive" if ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == 4 else ""
    kind = file_system(path)
    return kind if kind in _NETWORKS else ""


def _built_on(output: Path) -> str:
    with contextlib.suppress(OSError):
        return release_day(read_if_there(output / RELEASE_URL))
    return ""
