"""Which files a new site and a new department begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.exchange.starter.catalog_text import catalog_text
from zwgk_site.exchange.starter.document_texts import document_texts
from zwgk_site.exchange.starter.site_text import site_text
from zwgk_site.exchange.starter.start_files import start_files
from zwgk_site.exchange.starter.values import NewFile, NumberedRow, Starter
from zwgk_site.statute.starter_rows import starter_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATE_SHEET = "目录模板.xlsx"


def site_files(starter: Starter, program: str) -> Iterator[NewFile]:
    """The files that stand once in a site; `program` is the folder of the program as the site's start files name it."""
    yield NewFile("site.yaml", site_text(starter.site_name).encode())
    for name, data, runs in start_files(program):
        yield NewFile(name, data, runs)


def department_files(starter: Starter, *, first: bool) -> Iterator[NewFile]:
    """A department's catalogue, its drafts and a workbook to fill in; of a site's `first` the workbook lies on top."""
    from zwgk_site.exchange.starter.template_sheet import template_bytes

    rows = number_rows(starter)
    yield NewFile(f"catalogs/{starter.code}.yaml", catalog_text(starter, rows).encode())
    for name, text in document_texts(starter, rows):
        yield NewFile(f"content/{starter.code}/{name}", text.encode())
    sheet = TEMPLATE_SHEET if first else TEMPLATE_SHEET.replace(".", f"-{starter.code}.")
    yield NewFile(sheet, template_bytes(starter, rows))


def number_rows(starter: Starter) -> tuple[NumberedRow, ...]:
    """The rows with ids in the form that departments use: `WJJ-001`."""
    prefix = starter.code.upper()
    rows = sorted(starter_rows(starter.profile), key=lambda row: not row.certain)
    return tuple(NumberedRow(f"{prefix}-{place:03d}", row) for place, row in enumerate(rows, 1))
