"""Text of PDF files, page by page; pages without a text layer are told by their pictures."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from zwgk_site.stages.load.reading_client import ask
from zwgk_site.stages.load.reading_process import FEW

if TYPE_CHECKING:
    from zwgk_site.stages.load.attachment_pieces import Findings


def read_pdf(source: IO[bytes], found: Findings) -> None:
    """Every page's text; status `no_text` if no page has a text layer and one at least has a picture."""
    read = scanned = 0
    for kind, *values in ask("pdf", source.read(), found.allowance):
        if kind == "author":
            found.add_author("author", values[0])
        elif kind == "pages":
            found.count = values[0]
        else:
            read += 1
            scanned += _add_page(values, found)
    if read < found.count or found.allowance.is_spent:
        found.traits.add("partly_read")
    if not read and "partly_read" in found.traits:
        found.status = "unread"
    if scanned:
        found.traits.add("scanned")
        found.pictures += scanned
        if found.length < FEW * read:
            found.status = "no_text"


def _add_page(values: list[Any], found: Findings) -> bool:
    """Takes a page in; whether it is a scanned one."""
    number, text, is_whole, is_scan = values
    found.add_text(text, f"第{number}页", number)
    if not is_whole:
        found.traits.add("partly_read")
    return bool(is_scan)
