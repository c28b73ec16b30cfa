"""Text of PDF files, page by page, by pypdf; pages without a text layer are told by their pictures."""

from __future__ import annotations

import logging
from typing import IO, TYPE_CHECKING, Any

from zwgk_site.stages.load.office_parts import EncryptedError

if TYPE_CHECKING:
    from pypdf import PageObject

    from zwgk_site.stages.load.attachment_pieces import Findings

PAGE_LIMIT = 2000
TEXT_LIMIT = 20_000_000
_FEW = 10
"""A page with fewer characters than this and a picture is a scanned one."""


def read_pdf(source: IO[bytes], found: Findings) -> None:
    """Every page's text; status `no_text` if no page has a text layer and one at least has a picture."""
    from pypdf import PdfReader

    log = logging.getLogger("pypdf")
    disabled, log.disabled = log.disabled, True  # it would warn on the terminal of small faults in a file
    try:
        reader = PdfReader(source, strict=False)
        if reader.is_encrypted and not _opens_without_password(reader):
            raise EncryptedError
        _read_author(reader, found)
        _read_pages(reader, found)
    finally:
        log.disabled = disabled


def _opens_without_password(reader: Any) -> bool:
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        return False


def _read_author(reader: Any, found: Findings) -> None:
    information = reader.metadata
    if information is not None and isinstance(information.author, str):
        found.add_author("author", information.author)


def _read_pages(reader: Any, found: Findings) -> None:
    scanned = 0
    found.count = len(reader.pages)
    for number in range(min(found.count, PAGE_LIMIT)):
        page = reader.pages[number]
        text = page.extract_text()
        found.add_text(text, f"第{number + 1}页", number + 1)
        scanned += len("".join(text.split())) < _FEW and _has_picture(page)
        if found.length > TEXT_LIMIT:
            found.traits.add("partly_read")
            break
    if found.count > PAGE_LIMIT:
        found.traits.add("partly_read")
    if scanned:
        found.traits.add("scanned")
        found.pictures += scanned
    if scanned and found.length < _FEW * found.count:
        found.status = "no_text"


def _has_picture(page: PageObject) -> bool:
    """Whether the page's resources name a picture, at the top or inside a form."""
    resources: Any = page.get("/Resources")
    return _names_picture(resources.get_object() if resources is not None else {}, 3)


def _names_picture(resources: Any, depth: int) -> bool:
    objects = resources.get("/XObject") if hasattr(resources, "get") else None
    if objects is None or depth == 0:
        return False
    for name in objects.get_object():
        item = objects.get_object()[name].get_object()
        if item.get("/Subtype") == "/Image":
            return True
        inner = item.get("/Resources")
        if inner is not None and _names_picture(inner.get_object(), depth - 1):
            return True
    return False
