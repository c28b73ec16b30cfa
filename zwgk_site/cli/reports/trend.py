"""The trend file (`--trend FILE`): one line of JSON a check, appended; what can't be read in it is passed over."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.cli.reports.subject import TrendPoint
from zwgk_site.stages.publish import machine_faults

if TYPE_CHECKING:
    from pathlib import Path

KEPT = 400
"""Points that a report shows at most: a year of daily checks, and some."""


def append_trend(file: Path, point: TrendPoint) -> None:
    """One line more, written in one go, so that checks of two processes never mix."""
    line = msgspec.json.encode(point) + b"\n"
    with machine_faults(file):
        opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
        try:
            os.write(opened, (b"" if _ends_whole(opened) else b"\n") + line)
        finally:
            os.close(opened)


def _ends_whole(opened: int) -> bool:
    """Whether the file ends with a whole line: one that was cut off must not swallow the next."""
    if not os.fstat(opened).st_size:
        return True
    os.lseek(opened, -1, os.SEEK_END)
    return os.read(opened, 1) == b"\n"


def read_trend(file: Path) -> tuple[TrendPoint, ...]:
    """The last points of the file, oldest first."""
    with machine_faults(file):
        lines = file.read_bytes().splitlines() if file.exists() else []
    points = []
    for line in lines:
        try:
            points.append(msgspec.json.decode(line, type=TrendPoint))
        except msgspec.MsgspecError:  # a line of another program, or one that was cut off
            continue
    return tuple(points[-KEPT:])
