"""`zwgk init`: judges what was asked for, then puts the first files of a site or a department into place.

Nothing that stands is ever overwritten: files are made, never opened to be changed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Rule, Severity, Span
from zwgk_site.exchange.documents.rules import OUTSIDE_SITE
from zwgk_site.exchange.starter import NewFile, Starter, department_files, site_files
from zwgk_site.pipeline.new_files import leads_outside, put_new
from zwgk_site.stages.load.department import is_code
from zwgk_site.stages.load.scan import CATALOG_SUFFIXES
from zwgk_site.stages.load.site_file import NAMES as SITE_NAMES
from zwgk_site.stages.publish import machine_faults
from zwgk_site.statute.numbers import is_credit_code
from zwgk_site.statute.profiles import PROFILES, find_profile
from zwgk_site.text.readings import initials_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SITE_EXISTS = Rule(
    "ZW740", Severity.ERROR,
    zh="“{path}”里已经有一个栏目，没有新建",
    en="there is a site in {path} already; nothing was made",
    hint_zh="要加一个部门，请写　zwgk init {path} --department --profile 县级部门 --name 示范县教育局；要另建栏目，请换一个文件夹。",
    hint_en="For one more department: zwgk init {path} --department --profile 县级部门 --name …; for another site choose another folder.",
)  # fmt: skip
NO_SITE_HERE = Rule(
    "ZW741", Severity.ERROR,
    zh="“{path}”里没有 site.yaml，不能在这里加部门",
    en="there is no site.yaml in {path}, so no department can be added",
    hint_zh="请到栏目的文件夹里运行；还没有栏目的，去掉 --department。",
    hint_en="Run it in the site's folder, or leave out --department to make a site.",
)  # fmt: skip
UNKNOWN_PROFILE = Rule(
    "ZW742", Severity.ERROR,
    zh="没有“{name}”这种单位类型",
    en="there is no profile “{name}”",
    hint_zh="可以写：{choices}。例如　--profile 县级部门",
    hint_en="Choose one of: {choices}, such as --profile 县级部门.",
)  # fmt: skip
BAD_NEW_CODE = Rule(
    "ZW743", Severity.ERROR,
    zh="部门代码“{code}”不能用",
    en="“{code}” cannot be a department's code",
    hint_zh="代码以小写字母开头，共2至31位，只用小写字母、数字和短横，不能是 data、search 等保留词，例如　--code wjj",
    hint_en="2 to 31 of a-z, 0-9 and -, starting with a letter, and no reserved word, such as --code wjj.",
)  # fmt: skip
DEPARTMENT_EXISTS = Rule(
    "ZW744", Severity.ERROR,
    zh="部门“{code}”已经有了：{path}，没有新建",
    en="there is a department {code} already: {path}; nothing was made",
    hint_zh="请换一个代码，例如　--code {code}2；要改这个部门，直接改它的目录文件。",
    hint_en="Choose another code, such as --code {code}2, or edit that file.",
)  # fmt: skip
BAD_NEW_NAME = Rule(
    "ZW745", Severity.ERROR,
    zh="单位名称“{name}”不能用：要写一行文字，最多 60 个字",
    en="“{name}” cannot be a name: it is one line of text, 60 characters at most",
    hint_zh="请写规范全称，例如　--name 示范县卫生健康局",
    hint_en="Give the full official name, such as --name 示范县卫生健康局.",
)  # fmt: skip
BAD_CREDIT_CODE = Rule(
    "ZW746", Severity.ERROR,
    zh="“{code}”不是 18 位的统一社会信用代码",
    en="“{code}” is no credit code of 18 characters",
    hint_zh="请照登记证书核对：18 位数字和大写字母，不用 I、O、Z、S、V，最后一位是校验码，例如　--credit-code 119999000000000198；不知道的先不写。",
    hint_en="Compare it with the certificate: 18 digits and capital letters other than I, O, Z, S, V, the last of which is a check digit; leave it out if you don't know it.",
)  # fmt: skip
KEPT = Rule(
    "ZW747", Severity.NOTICE,
    zh="“{path}”已经有了，没有改动",
    en="{path} is there already and was left as it is",
    hint_zh="要用新的，请把原来的改名，再运行一次。",
    hint_en="To have the new one, rename the old and run this again.",
)  # fmt: skip
ODD_PLACE = Rule(
    "ZW748", Severity.ERROR,
    zh="不能在“{path}”里建栏目：那里是一个文件，或者名称 Windows 不能用",
    en="no site can be made in {path}: a file stands there, or Windows does not admit the name",
    hint_zh='请换一个文件夹，名称不要用 CON、NUL 这样的设备名，不要含 < > : " | ? *，不要以点或空格结尾，例如　zwgk init 公开栏目',
    hint_en='Choose another folder: no device names such as CON, none of < > : " | ? *, no dot or blank at the end.',
)  # fmt: skip

_NAME_LENGTH = 60
_REGION = re.compile(r"^.{2,7}?(?:自治区|自治州|自治县|省|市|州|盟|县|区|旗)(?=.{2})")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_REFUSED = re.compile(r"[<>:\"|?*\x00-\x1f]")


class StartRequest(msgspec.Struct, frozen=True):
    """What was asked for (新建请求): texts as they were given, empty where nothing was."""

    folder: Path
    profile: str
    name: str
    year: int
    code: str = ""
    site_name: str = ""
    credit_code: str = ""
    department: bool = False


def plan_start(request: StartRequest, program: Path | None) -> Checked[tuple[NewFile, ...]]:
    """The files to be made; none, and why, where anything asked for can't be had.

    `program` is the folder of the repository, `None` where the program is installed otherwise.
    """
    findings = tuple(_faults(request))
    profile = find_profile(request.profile)
    if profile is None or findings:
        return Checked((), findings)
    name = request.name.strip()
    code = request.code or suggest_code(name)
    site_name = request.site_name.strip() or f"{name}政府信息公开".replace("政府政府", "政府")
    starter = Starter(profile, code, name, site_name, request.year, request.credit_code.strip().upper())
    files = [] if request.department else list(site_files(starter, _way_to(program, request.folder)))
    files += department_files(starter, first=not request.department)
    return Checked(tuple(files))


def _faults(request: StartRequest) -> Iterator[Diagnostic]:
    """All that is wrong with a request, at once."""
    yield from _folder_faults(request.folder, department=request.department)
    if find_profile(request.profile) is None:
        choices = "、".join(profile.name for profile in PROFILES)
        yield UNKNOWN_PROFILE.at(Span("--profile"), name=request.profile[:40], choices=choices)
    for option, name in (("--name", request.name.strip()), ("--site-name", request.site_name.strip() or "…")):
        if not _is_name(name):
            yield BAD_NEW_NAME.at(Span(option), name=name[:60])
    yield from _code_faults(request.folder, request.code or suggest_code(request.name))
    if request.credit_code and not is_credit_code(request.credit_code.strip().upper()):
        yield BAD_CREDIT_CODE.at(Span("--credit-code"), code=request.credit_code[:40])


def _folder_faults(folder: Path, *, department: bool) -> Iterator[Diagnostic]:
    place = Span(str(folder))
    if (folder.exists() and not folder.is_dir()) or _is_odd(folder):
        yield ODD_PLACE.at(place, path=folder)
    elif department and not _has_site(folder):
        yield NO_SITE_HERE.at(place, path=folder)
    elif not department and _has_site(folder):
        yield SITE_EXISTS.at(place, path=folder)


def _code_faults(folder: Path, code: str) -> Iterator[Diagnostic]:
    if not is_code(code):
        yield BAD_NEW_CODE.at(Span("--code"), code=code[:60])
        return
    for suffix in CATALOG_SUFFIXES:
        file = f"catalogs/{code}{suffix}"
        if os.path.lexists(folder / file):
            yield DEPARTMENT_EXISTS.at(Span(file), code=code, path=file)


def _has_site(folder: Path) -> bool:
    return any((folder / name).exists() for name in SITE_NAMES)


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _NAME_LENGTH and text.isprintable()


def _is_odd(folder: Path) -> bool:
    """Whether Windows could not have the folder, so that the site could not be carried there."""
    name = folder.name
    return bool(
        _DEVICE.fullmatch(name) or _REFUSED.search(name) or (name.endswith((".", " ")) and name not in (".", ".."))
    )


def suggest_code(name: str) -> str:
    """A code for an organ by the initials of its name, without its place: 示范县教育局 is `jyj`; empty if it has none."""
    rest = name.strip().removesuffix("人民政府").removesuffix("办事处")
    while found := _REGION.match(rest):
        rest = rest[found.end() :]
    letters = initials_of("".join(char for char in rest if char.isalpha()))
    return letters[:31] if is_code(letters[:31]) else ""


def _way_to(program: Path | None, folder: Path) -> str:
    """The program's folder as the site's start files name it: relative if both are likely to be moved together."""
    if program is None:
        return ""
    home, site = program.resolve(), folder.resolve()
    if site == home or home in site.parents or site.parent == home.parent:
        return Path(os.path.relpath(home, site)).as_posix()
    return str(home)


def write_new(folder: Path, files: Iterable[NewFile]) -> Checked[tuple[str, ...]]:
    """Makes each file that does not stand yet; what was made, and a notice for each that was there.

    Where a link would carry any of them out of the folder, none is made.
    """
    files = tuple(files)
    outside = tuple(
        OUTSIDE_SITE.at(Span(file.path), file=file.path)
        for file in files
        if leads_outside(folder, os.path.dirname(file.path))  # a link in the file's own place is kept
    )
    if outside:
        return Checked((), outside)
    made: list[str] = []
    kept: list[Diagnostic] = []
    for file in files:
        with machine_faults(folder / file.path):
            if put_new(folder / file.path, file.data, runs=file.runs):
                made.append(file.path)
            else:
                kept.append(KEPT.at(Span(file.path), path=file.path))
    return Checked(tuple(made), tuple(kept))
