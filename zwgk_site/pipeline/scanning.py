"""Looking at many departments' files: half of them in a second process, where that is cheap.

Nearly all of a scan is asking the system for each file's size and time; two processes ask twice as fast.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.stages.load.scan import DepartmentScan, scan_department

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ENOUGH = 100
"""Departments below this are looked at here: the second process costs some milliseconds."""
_PIECE = 1 << 20
_decode = msgspec.msgpack.Decoder(list[DepartmentScan]).decode


def scan_all(root: Path, codes: Sequence[str], *, may_fork: bool) -> dict[str, DepartmentScan]:
    """The files of each department. What the second process could not do, for whatever reason, is done here."""
    there: dict[str, DepartmentScan] = {}
    if may_fork and sys.platform == "linux" and len(codes) >= ENOUGH:
        helper = _Helper(root, codes[1::2])
        here = {code: scan_department(root, code) for code in codes[::2]}
        there = here | helper.result()
    return {code: there[code] if code in there else scan_department(root, code) for code in codes}


class _Helper:
    """A fork of this process that scans, hands its findings over a pipe, and is gone."""

    def __init__(self, root: Path, codes: Sequence[str]) -> None:
        self._end, theirs = os.pipe()
        try:
            self._process = os.fork()
        except OSError:  # no room for another process
            self._process = -1
        if self._process == 0:
            _scan_and_end(root, codes, theirs)
        os.close(theirs)

    def result(self) -> dict[str, DepartmentScan]:
        """What the helper found: all of it, or nothing."""
        with open(self._end, "rb") as pipe:
            data = pipe.read()
        if self._process < 0 or os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1]):
            return {}
        return {scan.code: scan for scan in _decode(data)}


def _scan_and_end(root: Path, codes: Sequence[str], end: int) -> None:
    """In the fork: never returns, and runs nothing that the parent means to run when it ends."""
    code = 1
    try:
        data = memoryview(msgspec.msgpack.encode([scan_department(root, code) for code in codes]))
        while data:
            data = data[os.write(end, data[:_PIECE]) :]
        code = 0
    finally:
        os._exit(code)
