"""The machine fails us: rights, space, locks, folders that are not ours. One exception, `MachineError`, for all of it.

The words for the person at the keyboard stand here and nowhere else in the stage. Exit code 4.
"""

from __future__ import annotations

import contextlib
import errno
from typing import TYPE_CHECKING

from zwgk_site.diagnostics import Diagnostic, Rule, Severity, Span

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

NOT_WRITABLE = Rule(
    "ZW701",
    Severity.ERROR,
    zh="没有权限写入“{path}”：{reason}",
    en="no permission to write {path}: {reason}",
    hint_zh="请检查该文件夹及其上级文件夹的权限（状态文件夹与输出文件夹并列，上级须可写），磁盘是否只读，"
    "文件是否正被其他程序打开。",
    hint_en="Check the rights of this folder and of the one it lies in (the state folder is made beside the output), "
    "whether the disk is read-only, and whether another program has the file open.",
)
DISK_FULL = Rule(
    "ZW702",
    Severity.ERROR,
    zh="磁盘空间不足，无法写入“{path}”：{reason}",
    en="no space left to write {path}: {reason}",
    hint_zh="请清理磁盘或提高配额后重新生成；已发布的文件都完好。",
    hint_en="Free some space or raise the quota, then build again; every published file is whole.",
)
LOCKED = Rule(
    "ZW703",
    Severity.ERROR,
    zh="另一个生成任务正在使用“{path}”（进程 {pid}，主机 {host}，始于 {since}）",
    en="another build is using {path} (process {pid} on {host}, since {since})",
    hint_zh="请等它结束再试；若它已经卡住，请在该主机上结束此进程，锁会自动释放。",
    hint_en="Wait for it to end; if it hangs, end that process on that host, and the lock is free.",
)
OTHER_FILE_SYSTEM = Rule(
    "ZW704",
    Severity.ERROR,
    zh="“{path}”与它的状态文件夹“{state}”不在同一个文件系统上",
    en="{path} and its state folder {state} are on different file systems",
    hint_zh="请把输出放到该磁盘（挂载点）里的一个子文件夹，例如“{path}/public”。",
    hint_en="Use a folder inside that disk (mount point) as output, for example {path}/public.",
)
PATH_TOO_LONG = Rule(
    "ZW705",
    Severity.ERROR,
    zh="路径太长：“{path}”",
    en="path too long: {path}",
    hint_zh="请把网站放到更短的路径下（例如 D:\\zwgk），或在 Windows 中启用长路径。",
    hint_en="Move the site to a shorter path (such as D:\\zwgk), or turn on long paths in Windows.",
)
OUTPUT_IS_FILE = Rule(
    "ZW706",
    Severity.ERROR,
    zh="输出位置“{path}”是一个文件，不是文件夹",
    en="the output {path} is a file, not a folder",
    hint_zh="请换一个输出文件夹，或先移走这个文件。",
    hint_en="Choose another output folder, or move this file away.",
)
OUTPUT_IS_INPUT = Rule(
    "ZW707",
    Severity.ERROR,
    zh="输出文件夹“{path}”与输入文件夹“{source}”重叠",
    en="the output {path} overlaps the input {source}",
    hint_zh="请把输出放到目录和文件之外的文件夹，例如网站下的 public。",
    hint_en="Put the output outside catalogues and documents, for example into the site's public folder.",
)
OUTPUT_PROTECTED = Rule(
    "ZW708",
    Severity.ERROR,
    zh="不能把“{path}”用作输出文件夹：它是根目录或用户主目录",
    en="{path} cannot be the output: it is a root or home folder",
    hint_zh="请指定一个专用的文件夹，例如“{path}/public”。",
    hint_en="Name a folder of its own, for example {path}/public.",
)
OUTPUT_FOREIGN = Rule(
    "ZW709",
    Severity.ERROR,
    zh="输出文件夹“{path}”里已有其他内容（例如“{example}”），不是本程序生成的网站",
    en="the output {path} holds other files (such as {example}) and no site of ours",
    hint_zh="为避免覆盖别人的文件，生成已停止。请换一个空文件夹，或自行清空后再试。",
    hint_en="Nothing was overwritten. Choose an empty folder, or empty this one yourself.",
)
IO_FAILED = Rule(
    "ZW710",
    Severity.ERROR,
    zh="读写“{path}”失败：{reason}",
    en="cannot read or write {path}: {reason}",
    hint_zh="请检查磁盘和网络连接后重新生成；已发布的文件都完好。",
    hint_en="Check the disk and the network, then build again; every published file is whole.",
)
SOURCE_CHANGED = Rule(
    "ZW711",
    Severity.ERROR,
    zh="附件“{path}”在生成过程中被改动",
    en="the attachment {path} changed during the build",
    hint_zh="请等文件保存完毕后重新生成。",
    hint_en="Build again once the file is saved.",
)
RELEASE_UNREACHABLE = Rule(
    "ZW712",
    Severity.ERROR,
    zh="不能退回到第 {number} 版：没有保存它的文件（现为第 {standing} 版，可退回：{choices}）",
    en="cannot roll back to release {number}: its files are not kept (release {standing} stands; choices: {choices})",
    hint_zh="请从可退回的版本中选择，或恢复输入文件后重新生成。",
    hint_en="Choose one of the releases named, or restore the input files and build again.",
)
RELEASE_PURGED = Rule(
    "ZW713",
    Severity.ERROR,
    zh="不能退回到第 {number} 版：第 {purged} 版（{date}）撤回或删减了内容，旧文件已全部清除（可退回：{choices}）",
    en="cannot roll back to release {number}: release {purged} ({date}) withdrew or redacted text, "
    "and all older files are gone (choices: {choices})",
    hint_zh="这是有意为之：已撤回的内容不得恢复。需要时请修改输入文件后重新生成。",
    hint_en="This is meant: withdrawn text must not come back. Change the input files and build again instead.",
)
OUTPUT_MISSING = Rule(
    "ZW714",
    Severity.ERROR,
    zh="“{path}”里没有已生成的网站",
    en="there is no site of ours in {path}",
    hint_zh="请先运行 zwgk build，或用 --output 指定网站所在的文件夹。",
    hint_en="Run zwgk build first, or name the site's folder with --output.",
)
IN_THE_WAY = Rule(
    "ZW715",
    Severity.ERROR,
    zh="“{path}”应为文件，但被同名的文件夹（或上级处的文件）占住",
    en="{path} should be a file, but a folder (or a file in place of its folder) stands there",
    hint_zh="它不是本程序放的；请移走后重新生成。",
    hint_en="It is not ours; move it away and build again.",
)
JOURNAL_UNKNOWN = Rule(
    "ZW716",
    Severity.ERROR,
    zh="“{path}”是另一版本的程序留下的未完成发布",
    en="{path} is an unfinished publication of another version of this program",
    hint_zh="请用原来的版本再生成一次，然后再换版本。",
    hint_en="Build once with the version used before, then change versions.",
)

# EFBIG: a quota by file size (ulimit -f) is mended the same way as a full disk.
_BY_ERRNO = {
    errno.EACCES: NOT_WRITABLE,
    errno.EPERM: NOT_WRITABLE,
    errno.EROFS: NOT_WRITABLE,
    errno.ENOSPC: DISK_FULL,
    errno.EFBIG: DISK_FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): DISK_FULL,
    errno.ENAMETOOLONG: PATH_TOO_LONG,
    errno.EISDIR: IN_THE_WAY,
    errno.ENOTDIR: IN_THE_WAY,
}
_WINDOWS_NAME_TOO_LONG = 206  # ERROR_FILENAME_EXCED_RANGE; its errno is ENOENT


class MachineError(Exception):
    """The machine keeps us from publishing (环境故障). Its one `diagnostic` also survives the way from a worker."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic

    def __str__(self) -> str:
        return f"{self.diagnostic.code} {self.diagnostic.message('en')}"


def refuse(rule: Rule, path: str | os.PathLike[str], **facts: object) -> MachineError:
    """The exception of `rule` about `path`, to be raised."""
    return MachineError(rule.at(Span(str(path)), path=path, **facts))  # type: ignore[arg-type]  # no fact is "related"


def machine_error(error: OSError, path: str | os.PathLike[str]) -> MachineError:
    """The exception for what the system said; its own file name, where it gives one, is nearer than `path`."""
    place = error.filename if isinstance(error.filename, str) else path
    reason = error.strerror or type(error).__name__
    if error.errno == errno.EXDEV:
        return refuse(OTHER_FILE_SYSTEM, place, state=error.filename2 or path)
    if getattr(error, "winerror", None) == _WINDOWS_NAME_TOO_LONG:
        return refuse(PATH_TOO_LONG, place, reason=reason)
    return refuse(_BY_ERRNO.get(error.errno or 0, IO_FAILED), place, reason=reason)


@contextlib.contextmanager
def machine_faults(path: str | os.PathLike[str]) -> Iterator[None]:
    """Turns an `OSError` of the block into a `MachineError`; `path` is named where the system names none."""
    try:
        yield
    except OSError as error:
        raise machine_error(error, path) from error
