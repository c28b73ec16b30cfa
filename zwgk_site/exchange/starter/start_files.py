"""Files to be started by a double click: `开始.bat` for Windows, `开始.sh` and `开始.command` for Linux and macOS.

They look for the program where `zwgk init` found it, above the site and beside it, and for Python 3.11 or newer, and
say plainly what to install. The texts stand in this folder's `start.bat` and `start.sh`.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE = Path(__file__).parent


def start_files(program: str) -> Iterator[tuple[str, bytes, bool]]:
    """(name, bytes, whether it is to be a program) of each; `program` is relative to the site, absolute or empty."""
    yield "开始.bat", batch_bytes((_HERE / "start.bat").read_text(encoding="utf-8"), program), False
    shell = (_HERE / "start.sh").read_text(encoding="utf-8").replace("@PROGRAM@", shlex.quote(program)).encode()
    yield "开始.sh", shell, True
    yield "开始.command", shell, True


def batch_bytes(text: str, program: str) -> bytes:
    """A batch file as `cmd` reads it: CRLF, no byte order mark; a percent sign in a folder's name is doubled."""
    folder = program.replace("%", "%%").replace("/", "\\")
    lines = text.replace("\r\n", "\n").replace("@PROGRAM@", folder).replace("\n", "\r\n")
    return lines.encode("utf-8", "replace")
