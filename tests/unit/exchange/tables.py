"""Tables as clerks make them: one list of rows as a workbook, a text table, a Word file, a page, an OpenDocument sheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from openpyxl import Workbook

from zwgk_site.exchange.incoming.tables import TableRows, read_tables, read_wishes
from zwgk_site.exchange.sheets.kinds import kind_of_bytes
from zwgk_site.exchange.sheets.reading import Source, read_file
from zwgk_site.pipeline.import_kinds import read_xls
from zwgk_site.stages.load.text_file import decode_text

Rows = Sequence[Sequence[object]]

HEADER = (
    "序号",
    "一级事项",
    "二级事项",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "公开对象",
    "公开方式",
)
LIMIT = "自信息形成或者变更之日起20个工作日内"


def row(number: int, **given: object) -> list[object]:
    """A row for `HEADER` with nothing to be repaired."""
    values: dict[str, object] = {
        "序号": number,
        "一级事项": "机构信息",
        "二级事项": f"事项{number}",
        "公开内容": "机构职能",
        "公开依据": "《政府信息公开条例》",
        "公开时限": LIMIT,
        "公开主体": "示范县教育局",
        "公开渠道和载体": "政府网站",
        "公开对象": "全社会",
        "公开方式": "主动公开",
    }
    return [(values | given)[name.removesuffix("（要素）")] for name in HEADER]


def xlsx(rows: Rows, merges: Sequence[str] = (), sheet: str = "目录") -> bytes:
    """A workbook of one sheet, as openpyxl writes it."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for cells in rows:
        page.append(list(cells))
    for area in merges:
        page.merge_cells(area)
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def text_table(rows: Rows, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A text table."""
    found = io.StringIO()
    csv.writer(found, delimiter=separator).writerows(
        [["" if cell is None else cell for cell in cells] for cells in rows]
    )
    return found.getvalue().encode(encoding)


def page(rows: Rows) -> bytes:
    """A web page with one table among others."""
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_shown(cell)).replace(chr(10), '<br>')}</td>" for cell in cells) + "</tr>"
        for cells in rows
    )
    return f"<html><body><table><tr><td>首页</td><td>导航</td></tr></table><table>{body}</table></body></html>".encode()


def word(rows: Rows) -> bytes:
    """A Word file with one table, as python-docx writes it."""
    import docx

    document = docx.Document()
    document.add_paragraph("主动公开基本目录")
    table = document.add_table(len(rows), max(map(len, rows)))
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            table.cell(number, place).text = _shown(cell)
    found = io.BytesIO()
    document.save(found)
    return found.getvalue()


def ods(rows: Rows) -> bytes:
    """An OpenDocument sheet that writes equal neighbours once, as its programs do."""
    lines = []
    for cells in rows:
        found: list[tuple[str, int]] = []
        for cell in cells:
            text = _shown(cell)
            if found and found[-1][0] == text:
                found[-1] = (text, found[-1][1] + 1)
            else:
                found.append((text, 1))
        lines.append(
            "<table:table-row>" + "".join(_ods_cell(text, count) for text, count in found) + "</table:table-row>"
        )
    names = ["office", "text", "table"]
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="目录">{"".join(lines)}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _ods_cell(text: str, count: int) -> str:
    repeated = f' table:number-columns-repeated="{count}"' if count > 1 else ""
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n")) if text else ""
    return f'<table:table-cell office:value-type="string"{repeated}>{paragraphs}</table:table-cell>'


def archive(parts: dict[str, str | bytes]) -> bytes:
    """An office file out of its parts."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return found.getvalue()


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)


KINDS = {"xlsx": xlsx, "csv": text_table, "html": page, "docx": word, "ods": ods}


class Read:
    """What was read of a file: values, and findings by code with the cells that they name."""

    def __init__(self, data: bytes, name: str = "目录.xlsx", maps: Sequence[str] = (), sheet: str = "") -> None:
        text = decode_text(data, name).value
        source = Source(
            name, data, kind_of_bytes(data), text.text if text else None, text.encoding if text else "utf-8"
        )
        tables = read_file(source, read_xls)
        wishes = read_wishes(maps, name)
        self.findings = [*tables.findings, *wishes.findings]
        self.table = TableRows((), frozenset(), ())
        if tables.value is not None:
            read = read_tables(tables.value, name, wishes=wishes.value, sheet=sheet)
            self.table = read.value
            self.findings += read.findings

    @property
    def fields(self) -> list[dict[str, object]]:
        return [dict(row.fields) for row in self.table.rows]

    def values(self, field: str) -> list[object]:
        """One field of all rows."""
        return [row.fields.get(field) for row in self.table.rows]

    def cells(self, code: str) -> list[str]:
        """The cells of all findings of a rule."""
        return [str(dict(finding.facts).get("cell", "")) for finding in self.findings if finding.code == code]

    def codes(self) -> set[str]:
        return {finding.code for finding in self.findings}


def write(path: Path, data: bytes) -> Path:
    """A file with this content."""
    path.write_bytes(data)
    return path
