"""Parts of an office file to its bytes: the same parts, the same bytes, whatever the clock says."""

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


def pack(parts: Mapping[str, str]) -> bytes:
    """The archive, parts in the order given."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, text.encode("utf-8", "replace"))
    return found.getvalue()


def xml_text(text: str) -> str:
    """Text that XML can hold; line ends stay."""
    plain = text if text.isprintable() else "".join(sign if _is_allowed(sign) else " " for sign in text)
    return escape(plain, quote=False)


def _is_allowed(sign: str) -> bool:
    return (sign >= " " and sign not in "\x7f\ufffe\uffff" and not "\ud800" <= sign <= "\udfff") or sign in "\n\t"
