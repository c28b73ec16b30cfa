"""A workbook of openpyxl's as bytes that depend on nothing but what is in it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""What every part of the archive is dated: the first day that a zip knows."""


def fixed_bytes(book: Workbook, made_on: str) -> bytes:
    """The file, made on an ISO day in place of the clock's."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.creator = "zwgk"
    book.properties.created = book.properties.modified = datetime.fromisoformat(made_on)
    draft = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED)).save()
    made = io.BytesIO()
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, source.read(name))
    return made.getvalue()
