"""A Word document as a document: what is accepted and seen, never what was deleted, commented or hidden.

The archive's parts come already opened within limits. Its XML is put in order first (`word_parts`), then mammoth makes a
page of it, which goes the way of all pages.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from zwgk_site.exchange.documents import labels
from zwgk_site.exchange.documents.blocks import read_blocks
from zwgk_site.exchange.documents.letterhead import read_letterhead
from zwgk_site.exchange.documents.outline import set_headings
from zwgk_site.exchange.documents.tree import parse_page
from zwgk_site.exchange.documents.value import LeftOut, SourceDocument
from zwgk_site.exchange.documents.word_parts import Prepared, prepare_word

if TYPE_CHECKING:
    from collections.abc import Mapping

_STYLES = "\n".join(
    [
        *(f"p.ZwgkHeading{level} => h{level}:fresh" for level in range(1, 7)),
        "r[style-name='Strong'] => strong",
        "comment-reference =>",
        "u =>",
    ]
)
_KINDS = {
    "image/png": "png", "image/jpeg": "jpg", "image/jpg": "jpg", "image/gif": "gif", "image/bmp": "bmp", "image/x-ms-bmp": "bmp",
    "image/tiff": "tif", "image/webp": "webp",
}  # fmt: skip
FIRST_LINES = 60


class DamagedError(Exception):
    """A file that no Word document is made like."""


def read_word(parts: Mapping[str, bytes], name: str) -> SourceDocument:
    """The document in the parts of a .docx file. Raises `DamagedError`."""
    import mammoth

    prepared = prepare_word(parts)
    if prepared is None:
        raise DamagedError
    pictures: dict[str, bytes] = {}
    unusable: list[str] = []

    def keep(image: Any) -> dict[str, str]:
        kind = _KINDS.get(image.content_type or "")
        if kind is None:
            unusable.append(image.content_type or "?")
            return {"src": ""}
        with image.open() as source:
            data = source.read()
        target = next((key for key, value in pictures.items() if value == data), f"embedded:{len(pictures) + 1}.{kind}")
        pictures[target] = data
        return {"src": target}

    try:
        made = mammoth.convert_to_html(
            io.BytesIO(prepared.archive),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(keep),
            ignore_empty_paragraphs=True,
        )
    except Exception as fault:  # whatever mammoth says of a file that no Word has written
        raise DamagedError from fault
    return _from_page(made.value, prepared, name, pictures, unusable)


def _from_page(
    html: str, prepared: Prepared, name: str, pictures: dict[str, bytes], unusable: list[str]
) -> SourceDocument:
    root = parse_page(f"<html><body>{html}</body></html>") if html.strip() else None
    left = [*prepared.left_out, *([LeftOut("pictures", len(unusable), unusable[0])] if unusable else [])]
    if root is None:
        return SourceDocument(name=name, left_out=tuple(left))
    body = next(root.iter("body"), root)
    for table in body.iter("table"):
        table.set("border", "1")  # in Word a table is one
    labels.turn_headers(body)
    stated, others = labels.take_labels(body, FIRST_LINES)
    blocks = set_headings(read_blocks([body]))
    head = read_letterhead(prepared.paragraphs)
    known = {item.field for item in stated}
    return SourceDocument(
        name=name,
        stated=(*stated, *(item for item in head if item.field not in known)),
        blocks=blocks,
        plain=_plain(body),
        embedded=tuple(pictures.items()),
        labels=others,
        left_out=tuple(left),
    )


def _plain(body: Any) -> str:
    """The text without the marks of footnotes and their ways back."""
    for element in list(body.iter("a")):
        target = element.get("href") or ""
        if target.startswith(("#footnote", "#endnote")):
            element.text = None
    return "".join("".join(body.itertext()).split())
