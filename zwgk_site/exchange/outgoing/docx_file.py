"""A layout as a Word file: one table across A4, joined cells, the header on every page. Written as parts, so that bytes stay the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwgk_site.text.office_writing import OFFICE, PACKAGE, RELATIONS, XML, pack, xml_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zwgk_site.exchange.outgoing.layout import Layout
    from zwgk_site.exchange.sheets.grid import Merge

_WORD_XML = f"{OFFICE}/wordprocessingml/2006/main"
_PAPER = (16838, 11906)
"""A4 across, in twentieths of a point."""
_MARGIN = 720
_SIDES = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_FONT = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>'


def docx_bytes(layout: Layout) -> bytes:
    """The document."""
    return pack({
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": "".join(_document(layout)),
    })  # fmt: skip


def _document(layout: Layout) -> Iterator[str]:
    total = sum(column.width for column in layout.columns)
    room = _PAPER[0] - 2 * _MARGIN
    widths = [max(240, room * column.width // total) for column in layout.columns]
    yield f'{XML}<w:document xmlns:w="{_WORD_XML}"><w:body><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    yield f'<w:r><w:rPr>{_FONT}<w:b/><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">{xml_text(layout.title)}</w:t></w:r></w:p>'
    yield f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_SIDES}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid>"
    for number, texts in enumerate(layout.header(), 1):
        yield _row(texts, number, layout.header_merges(), is_head=True)
    by_row = layout.merges_by_row()
    for number, texts in enumerate(layout.rows, 1):
        yield _row(texts, number, by_row.get(number, ()), is_head=False)
    yield f'</w:tbl><w:p/><w:sectPr><w:pgSz w:w="{_PAPER[0]}" w:h="{_PAPER[1]}" w:orient="landscape"/>'
    yield "<w:pgMar " + " ".join(f'w:{side}="{_MARGIN}"' for side in ("top", "right", "bottom", "left"))
    yield ' w:header="360" w:footer="360" w:gutter="0"/></w:sectPr></w:body></w:document>'


def _row(texts: Sequence[str], number: int, merges: Sequence[Merge], *, is_head: bool) -> str:
    cells = []
    place = 1
    while place <= len(texts):
        merge = next((m for m in merges if m.top <= number <= m.bottom and m.left <= place <= m.right), None)
        across = merge.right - merge.left + 1 if merge is not None else 1
        down = merge is not None and merge.bottom > merge.top
        is_first = merge is None or number == merge.top
        span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
        joint = f'<w:vMerge w:val="{"restart" if is_first else "continue"}"/>' if down else ""
        text = texts[place - 1] if is_first else ""
        cells.append(
            f'<w:tc><w:tcPr>{span}{joint}<w:vAlign w:val="center"/></w:tcPr>{_paragraphs(text, is_head=is_head)}</w:tc>'
        )
        place += across
    head = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else ""
    return f"<w:tr>{head}{''.join(cells)}</w:tr>"


def _paragraphs(text: str, *, is_head: bool) -> str:
    centre = '<w:pPr><w:jc w:val="center"/></w:pPr>' if is_head else ""
    style = f'<w:rPr>{_FONT}{"<w:b/>" if is_head else ""}<w:sz w:val="16"/></w:rPr>'
    return "".join(
        f'<w:p>{centre}<w:r>{style}<w:t xml:space="preserve">{xml_text(line)}</w:t></w:r></w:p>'
        for line in text.split("\n")
    )
