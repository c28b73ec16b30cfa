"""Office files written by hand: their parts to bytes, the same parts to the same bytes, whatever the clock says.

What every workbook of one sheet and one style sheet says of its parts stands here too.
"""

from __future__ import annotations

import io
import zipfile
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY = (1980, 1, 1, 0, 0, 0)
"""The first moment that an archive can hold."""
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org"
PACKAGE = f"{OFFICE}/package/2006"
SHEET = f"{OFFICE}/spreadsheetml/2006/main"
RELATIONS = f"{OFFICE}/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES_PART = (
    f'{XML}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>'
)
_ROOT_PART = (
    f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_RELATIONS_PART = (
    f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
    f'Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>'
)
_STRINGS_TYPE = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPES}.sharedStrings+xml"/>'
_STRINGS_RELATION = f'<Relationship Id="rId3" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
"""What a workbook adds to these whose texts stand in a part of their own."""


def pack(parts: Mapping[str, str | bytes], level: int | None = None) -> bytes:
    """The archive, parts in the order given, packed as tightly as `level` says."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, part.encode("utf-8", "replace") if isinstance(part, str) else part)
    return found.getvalue()


def pack_workbook(  # noqa: PLR0913 - what differs between workbooks of one sheet
    sheet: str, styles: str, *, name: str, title_rows: str, strings: str = "", level: int | None = None
) -> bytes:
    """A workbook of one sheet called `name`; `title_rows` (`$1:$1`) stand on every printed page.

    `strings` is a part of its own for the texts, where the cells hold numbers of them.
    """
    name = escape(name)
    types, relations = _TYPES_PART, _RELATIONS_PART
    if strings:
        types = types.replace("</Types>", f"{_STRINGS_TYPE}</Types>")
        relations = relations.replace("</Relationships>", f"{_STRINGS_RELATION}</Relationships>")
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": _ROOT_PART,
        "xl/workbook.xml": f'{XML}<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets><sheet name="{name}" sheetId="1" '
        'r:id="rId1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'
        f"'{name}'!{title_rows}</definedName></definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": relations,
        "xl/styles.xml": styles,
    }
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    return pack(parts | {"xl/worksheets/sheet1.xml": sheet}, level)


def xml_text(text: str) -> str:
    """Text that XML can hold; line ends stay."""
    plain = text if text.isprintable() else "".join(sign if _is_allowed(sign) else " " for sign in text)
    return escape(plain, quote=False)


def _is_allowed(sign: str) -> bool:
    return (sign >= " " and sign not in "\x7f\ufffe\uffff" and not "\ud800" <= sign <= "\udfff") or sign in "\n\t"
