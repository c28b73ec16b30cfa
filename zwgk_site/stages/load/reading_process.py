"""PDF and .xls files read in a process of their own: run as a program, one file after another on standard input.

A damaged file, or one made for it, can lead pypdf or python-calamine in a circle, fill the memory, or end the process:
that must not be the build's. Whoever asks ends the process when its time is up (`reading_client.py`); should nobody be
left to do so, it ends by itself a little later.

A request is a line of JSON `[kind, size, seconds]` and so many bytes. The answer is lines of JSON, each sent as soon as it is known:

    ["pages", count]    ["author", name]    ["page", number, text, is_whole, has_picture]
    ["sheet", name, is_hidden, is_whole, [[row, [[column, value], …]], …]]        rows and columns count from 1
    ["merges", name, [[top, left, bottom, right], …]]        after its sheet, where `xls_table` is asked for
    ["end", "done"]    or `locked` (needs a password), `failed` (can't be read)

Knows nothing of the rest of the program, so that it starts quickly.
"""

from __future__ import annotations

import io
import json
import logging
import math
import signal
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Line = list[Any]

MEMORY_BYTES = 2_000_000_000
PAGE_LIMIT = 2000
"""So many pages of a PDF are read."""
PAGE_LENGTH = 1_000_000
"""So many characters of a page."""
LENGTH = 20_000_000
"""So many characters of a file."""
FEW = 10
"""A page with fewer characters than this and a picture is a scanned one."""
_CELLS = 5_000_000
_GRACE_SECONDS = 15
_FORMS = 3
"""Pictures are looked for in forms inside forms, so deep."""


class LockedError(Exception):
    """A file that needs a password."""


def serve() -> None:
    """Answers requests until standard input ends, or one of them has spent the process."""
    _limit_memory()
    logging.disable()  # pypdf would warn on the terminal of small faults in a file
    while head := sys.stdin.buffer.readline():
        kind, size, seconds = json.loads(head)
        source = io.BytesIO(sys.stdin.buffer.read(size))
        _end_after(seconds + _GRACE_SECONDS)
        try:
            for line in READERS[kind](source):
                _send(line)
            _send(["end", "done"])
        except LockedError:
            _send(["end", "locked"])
        except BrokenPipeError:
            return
        except Exception:  # noqa: BLE001 libraries raise anything on damaged files
            _send(["end", "failed"])
        except BaseException:  # a panic of Rust; whoever asked takes a lost process for the same
            _send(["end", "failed"])
            raise
        finally:
            _end_after(0)


def _send(line: Line) -> None:
    sys.stdout.buffer.write(json.dumps(line, ensure_ascii=True).encode() + b"\n")
    sys.stdout.buffer.flush()


def read_pdf(source: io.BytesIO) -> Iterator[Line]:
    """The author and every page's text, as far as `PAGE_LIMIT` and `LENGTH` go."""
    from pypdf import PdfReader

    reader = PdfReader(source, strict=False)
    if reader.is_encrypted and not _opens_without_password(reader):
        raise LockedError
    information = reader.metadata
    if information is not None and isinstance(information.author, str):
        yield ["author", information.author[:1000]]
    count = len(reader.pages)
    yield ["pages", count]
    left, damaged = LENGTH, 0
    for number in range(min(count, PAGE_LIMIT)):
        if left <= 0:
            break
        try:
            line = _read_page(reader.pages[number], number + 1)
        except Exception:  # noqa: BLE001 as in `serve`; one page that can't be read does not spoil the others
            line, damaged = ["page", number + 1, "", False, False], damaged + 1
        left -= len(line[2])
        yield line
    if damaged and damaged == min(count, PAGE_LIMIT):
        raise ValueError("no page can be read")


def _read_page(page: Any, number: int) -> Line:
    text = page.extract_text()
    is_scan = len("".join(text[:1000].split())) < FEW and _has_picture(page)
    return ["page", number, text[:PAGE_LENGTH], len(text) <= PAGE_LENGTH, is_scan]


def _opens_without_password(reader: Any) -> bool:
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        return False


def _has_picture(page: Any) -> bool:
    """Whether the page's resources name a picture, at the top or inside a form."""
    resources = page.get("/Resources")
    return _names_picture(resources.get_object() if resources is not None else {}, _FORMS)


def _names_picture(resources: Any, depth: int) -> bool:
    objects = resources.get("/XObject") if hasattr(resources, "get") else None
    if objects is None or depth == 0:
        return False
    for name in objects.get_object():
        item = objects.get_object()[name].get_object()
        if item.get("/Subtype") == "/Image":
            return True
        inner = item.get("/Resources")
        if inner is not None and _names_picture(inner.get_object(), depth - 1):
            return True
    return False


def read_xls(source: io.BytesIO) -> Iterator[Line]:
    """The sheets of a workbook of the old binary format."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(source)
    except PasswordError:
        raise LockedError from None
    left = LENGTH
    for meta in workbook.sheets_metadata:
        sheet = workbook.get_sheet_by_name(meta.name)
        count = max(1, _CELLS // max(1, sheet.total_width))
        rows, left = _filled(sheet.to_python(skip_empty_area=False, nrows=count), left)
        is_whole = sheet.total_height <= count and left > 0
        yield ["sheet", meta.name, meta.visible != SheetVisibleEnum.Visible, is_whole, rows]


def read_xls_table(source: io.BytesIO) -> Iterator[Line]:
    """The same with the cells that were joined, for who reads a table out of it."""
    from python_calamine import CalamineWorkbook

    yield from read_xls(source)
    source.seek(0)
    workbook = CalamineWorkbook.from_filelike(source)
    for name in workbook.sheet_names:
        ranges = workbook.get_sheet_by_name(name).merged_cell_ranges or []
        merges = [[top + 1, left + 1, bottom + 1, right + 1] for (top, left), (bottom, right) in ranges]
        yield ["merges", name, merges]


def _filled(rows: Iterable[list[Any]], left: int) -> tuple[Line, int]:
    """The rows that have a value, as far as `left` characters go; and what is left of them."""
    found: Line = []
    for number, row in enumerate(rows, 1):
        cells = [[column, _plain(value)] for column, value in enumerate(row, 1) if value not in ("", None)]
        left -= sum(len(str(value)) for _, value in cells)
        if left <= 0:
            break
        if cells:
            found.append([number, cells])
    return found, left


def _plain(value: Any) -> str | float:
    return value if isinstance(value, float) and math.isfinite(value) else str(value)


READERS: dict[str, Callable[[io.BytesIO], Iterator[Line]]] = {
    "pdf": read_pdf,
    "xls": read_xls,
    "xls_table": read_xls_table,
}


def _end_after(seconds: int) -> None:
    """Lets the system end this process then, even inside a library; 0 for never. Not on Windows."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return  # not on Windows: there the time limit alone holds
    for kind, wanted in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    serve()
