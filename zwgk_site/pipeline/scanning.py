"""Looking at many departments' files: half of them in a second process, where that is cheap.

Nearly all of a scan is asking the system for each file's size and time; two processes ask twice as fast.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.pipeline.beside import Beside
from zwgk_site.stages.load.scan import DepartmentScan, scan_department

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ENOUGH = 100
"""Departments below this are looked at here: the second process costs some milliseconds."""
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[DepartmentScan]).decode


def scan_all(root: Path, codes: Sequence[str], *, may_fork: bool) -> dict[str, DepartmentScan]:
    """The files of each department. What the second process could not do, for whatever reason, is done here."""
    there: dict[str, DepartmentScan] = {}
    if may_fork and len(codes) >= ENOUGH:
        with contextlib.closing(
            Beside(lambda _: _encode([scan_department(root, code) for code in codes[1::2]]))
        ) as helper:
            here = {code: scan_department(root, code) for code in codes[::2]}
            answer = helper.answer()
            there = here | {scan.code: scan for scan in (_decode(answer) if answer is not None else ())}
    return {code: there[code] if code in there else scan_department(root, code) for code in codes}
