"""A workbook of openpyxl's as bytes that depend on nothing but what is in it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from zwgk_site.text.office_writing import pack

if TYPE_CHECKING:
    from openpyxl import Workbook


def fixed_bytes(book: Workbook, made_on: str) -> bytes:
    """The file, made on an ISO day in place of the clock's."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.creator = "zwgk"
    book.properties.created = book.properties.modified = datetime.fromisoformat(made_on)
    draft = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED)).save()
    with zipfile.ZipFile(draft) as source:
        return pack({name: source.read(name) for name in source.namelist()})
