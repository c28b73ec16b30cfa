"""A file's bytes to its tables. Whatever is wrong with the file is a finding; nothing in it is run, fetched or unpacked to disk."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.parsers import expat

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.exchange.sheets import rules
from zwgk_site.exchange.sheets.docx_grid import read_docx
from zwgk_site.exchange.sheets.grid import Grid, Merge, Tables
from zwgk_site.exchange.sheets.html_grid import read_html
from zwgk_site.exchange.sheets.kinds import SUFFIXES
from zwgk_site.exchange.sheets.ods_grid import read_ods
from zwgk_site.exchange.sheets.text_grid import read_text_table
from zwgk_site.exchange.sheets.xlsx_grid import read_xlsx
from zwgk_site.text.office_parts import Allowance, EncryptedError, Parts, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MEGABYTE = 1024 * 1024
UNPACKED_LIMIT = 400 * MEGABYTE
"""So much of a workbook is unpacked; 100,000 rows of a catalogue take a tenth."""
SECONDS_LIMIT = 180.0
RATIO_LIMIT = 400
"""Sheets shrink to a fiftieth; what shrinks more was made to."""
_ALWAYS_FINE = 20 * MEGABYTE
_NAMES = {
    "xlsx": ("Excel 工作簿", "an Excel workbook"),
    "xls": ("旧格式的 Excel 工作簿", "an old Excel workbook"),
    "ods": ("ODS 表格", "an OpenDocument sheet"),
    "docx": ("Word 文档", "a Word file"),
    "html": ("网页", "a web page"),
    "text": ("文本表格", "a text table"),
    "pdf": ("PDF", "a PDF"),
    "doc": ("旧格式的 Word 文档（.doc）", "an old Word file (.doc)"),
    "xlsb": ("二进制的 Excel 工作簿（.xlsb）", "a binary workbook (.xlsb)"),
    "xml_sheet": ("XML 格式的 Excel 表格", "an Excel sheet in XML"),
    "mht": ("单个文件的网页（.mht）", "a web archive (.mht)"),
    "zip": ("压缩包", "an archive"),
}
_REFUSED = {"empty": rules.NOTHING_IN_IT, "damaged": rules.DAMAGED, "encrypted": rules.LOCKED}
_FAULTS = (
    RefusedError,
    zipfile.BadZipFile,
    expat.ExpatError,
    zlib.error,
    csv.Error,
    EOFError,
    NotImplementedError,
    OSError,
)
"""What readers raise at files that are not as their kinds must be."""
_READERS: dict[str, Callable[[Parts], Iterator[Grid]]] = {"xlsx": read_xlsx, "ods": read_ods, "docx": read_docx}


class Source(msgspec.Struct, frozen=True):
    """A file to be imported (来源文件): its name in findings, its bytes, their kind, its text if it is one, and that text's encoding."""

    file: str
    data: bytes
    kind: str
    text: str | None = None
    encoding: str = "utf-8"


def read_file(source: Source, read_xls: Callable[[bytes], Iterable[Grid]]) -> Checked[Tables | None]:
    """The tables of a file, or `None` with a finding. `read_xls` reads the old binary format in a process of its own."""
    kind, span = source.kind, Span(source.file)
    findings: list[Diagnostic] = []
    if kind in _REFUSED:
        return Checked(None, (_REFUSED[kind].at(span),))
    if kind not in SUFFIXES:
        name, name_en = _NAMES[kind]
        return Checked(None, (rules.WRONG_KIND.at(span, kind=name, kind_en=name_en),))
    findings.extend(_naming_findings(source.file, kind))
    try:
        tables = _tables_of(source, read_xls, findings)
    except EncryptedError:
        return Checked(None, (*findings, rules.LOCKED.at(span)))
    except _FAULTS:
        return Checked(None, (*findings, rules.DAMAGED.at(span)))
    return Checked(tables, tuple(findings))


def _naming_findings(file: str, kind: str) -> Iterator[Diagnostic]:
    dot, _, ending = file.rpartition(".")
    suffix = f".{ending.lower()}" if dot else ""
    if suffix and suffix not in SUFFIXES[kind]:
        name, name_en = _NAMES[kind]
        yield rules.RENAMED.at(Span(file), suffix=suffix, kind=name, kind_en=name_en)


def _tables_of(
    source: Source, read_xls: Callable[[bytes], Iterable[Grid]], findings: list[Diagnostic]
) -> Tables | None:
    kind, span = source.kind, Span(source.file)
    if kind == "xls":
        return Tables(kind, tuple(read_xls(source.data)))
    if kind in ("html", "text"):
        if source.text is None:
            findings.append(rules.DAMAGED.at(span))
            return None
        if source.encoding != "utf-8":
            findings.append(rules.OLD_ENCODING.at(span, encoding=source.encoding))
        grids = tuple(read_html(source.text)) if kind == "html" else (read_text_table(source.text),)
        return Tables(kind, grids)
    parts = Parts(io.BytesIO(source.data), Allowance(UNPACKED_LIMIT, SECONDS_LIMIT))
    unpacked, packed = parts.claims()
    if unpacked > UNPACKED_LIMIT or (unpacked > _ALWAYS_FINE and unpacked > RATIO_LIMIT * max(1, packed)):
        findings.append(_too_great(span, unpacked))
        return None
    grids = tuple(_READERS[kind](parts))
    if parts.partly:
        findings.append(_too_great(span, max(unpacked, UNPACKED_LIMIT)))
        return None
    if any(name.endswith("vbaProject.bin") for name in parts.names):
        findings.append(rules.MACROS.at(span))
    return Tables(kind, grids)


def _too_great(span: Span, unpacked: int) -> Diagnostic:
    return rules.TOO_GREAT.at(span, size=unpacked // MEGABYTE, limit=UNPACKED_LIMIT // MEGABYTE)


def grids_of_answer(lines: Iterable[list[object]]) -> Iterator[Grid]:
    """What the reading process answers for an .xls file."""
    grids: dict[str, Grid] = {}
    for line in lines:
        if line[0] == "sheet":
            _, name, is_hidden, is_whole, rows = line
            grid = Grid(str(name), is_hidden=bool(is_hidden), is_whole=bool(is_whole))
            grids[grid.name] = grid
            for number, cells in rows:  # type: ignore[attr-defined]  # as the process writes it
                for column, value in cells:
                    grid.put(int(number), int(column), _text_of(value))
        elif line[0] == "merges" and str(line[1]) in grids:
            corners = (Merge(*map(int, merge)) for merge in line[2])  # type: ignore[attr-defined]  # as above
            grids[str(line[1])].merges.extend(corners)
    yield from grids.values()


def _text_of(value: object) -> str:
    from zwgk_site.text.workbook_parts import plain_number

    text = plain_number(repr(value)) if isinstance(value, float) else str(value)
    return text.removesuffix(" 00:00:00")
