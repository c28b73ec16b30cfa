"""What a file that comes in is: a catalogue, which is a table with the header of one, or a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from zwgk_site.diagnostics import Checked
from zwgk_site.exchange.incoming.tables import has_catalog
from zwgk_site.exchange.sheets.kinds import SUFFIXES, kind_of_bytes
from zwgk_site.exchange.sheets.reading import Source, grids_of_answer, read_file
from zwgk_site.stages.load.reading_client import ask
from zwgk_site.stages.load.text_file import decode_text, read_bytes
from zwgk_site.text.office_parts import Allowance, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwgk_site.exchange.sheets.grid import Grid

Kind = Literal["catalog", "document"]

SHEETS = ("xlsx", "xls", "ods")
_MAY_BE_EITHER = ("docx", "html")
_SECONDS = 120.0


def kind_of_file(path: Path) -> Checked[Kind | None]:
    """`catalog` for sheets and for whatever holds a catalogue's table, else `document`; `None` where it can't be read."""
    source = read_source(path)
    if source.value is None:
        return source.replace(None)
    kind = source.value.kind
    suffix = path.suffix.lower()
    if kind in SHEETS or suffix in (*SUFFIXES["xlsx"], *SUFFIXES["xls"], *SUFFIXES["ods"], ".csv", ".tsv", ".xlsb"):
        return Checked("catalog")
    if kind in _MAY_BE_EITHER or (kind == "text" and suffix == ".txt"):
        tables = read_file(source.value, read_xls).value
        return Checked("catalog" if tables is not None and has_catalog(tables) else "document")
    return Checked("document")


def sort_by_kind(files: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Catalogues and documents, each in order; what can't be read goes with the catalogues, whose import says why.

    A folder is of documents.
    """
    kinds = [(path, kind_of_file(path).value if path.is_file() else "document") for path in files]
    catalogs = tuple(path for path, kind in kinds if kind != "document")
    return catalogs, tuple(path for path, kind in kinds if kind == "document")


def read_source(path: Path) -> Checked[Source | None]:
    """The bytes of a file, and its text if it is one; findings name it by its own name, not by its folder."""
    name = path.name
    data = read_bytes(path, name)
    if data.value is None:
        return data.replace(None)
    kind = kind_of_bytes(data.value)
    text = decode_text(data.value, name).value if kind in ("text", "html") else None
    if text is None:
        return Checked(Source(name, data.value, kind))
    return Checked(Source(name, data.value, kind, text.text, text.encoding))


def read_xls(data: bytes) -> tuple[Grid, ...]:
    """The sheets of an old workbook, by the reading process, which is ended when it takes too long: then none of them is whole."""
    allowance = Allowance(seconds=_SECONDS)
    grids = tuple(grids_of_answer(ask("xls_table", data, allowance)))
    if allowance.is_spent:
        if not grids:
            raise RefusedError
        for grid in grids:
            grid.is_whole = False
    return grids
