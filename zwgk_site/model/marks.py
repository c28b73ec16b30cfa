"""Where each value of a record stood in its file, packed so that a hundred thousand records stay light."""

from __future__ import annotations

import struct

import msgspec

from zwgk_site.diagnostics import Span
from zwgk_site.model.fields import RECORDS

_ROW = struct.Struct("<HHIHH")  # field ordinal, item index, line after the record's first, column, end column
_LIMIT = 0xFFFF
_LINKS = 0xFFFF  # the ordinal of places that belong to no field: links in a document's text


class Marks(msgspec.Struct, frozen=True, array_like=True):
    """The places of a record's values (各值的位置): rows of `_ROW`, lines relative to `line`.

    Lines are relative so that an edit above a record moves one number only. `digest` is of the text that the record
    was read from, empty where that is not at hand.
    """

    record: str
    file: str
    line: int
    packed: bytes = b""
    digest: bytes = b""

    def span(self, name: str = "", index: int = 0) -> Span:
        """The place of the field `name`, of its item `index` (from 1), or of the record where the field is absent."""
        if not self.record:
            return Span(self.file)
        wanted = RECORDS[self.record].ordinal(name) if name else -1
        fallback = None
        for ordinal, item, line, column, end in _ROW.iter_unpack(self.packed):
            if ordinal == wanted:
                found = Span(self.file, self.line + line, column, end)
                if item == index:
                    return found
                fallback = fallback or found
        return fallback or Span(self.file, self.line, 1, 2)

    def is_written(self, name: str) -> bool:
        """Whether something stands in the field `name`, be it understood or not; a sign alone says nothing."""
        wanted = RECORDS[self.record].ordinal(name) if self.record else -1
        return any(
            ordinal == wanted and end - column > 1 for ordinal, _, _, column, end in _ROW.iter_unpack(self.packed)
        )

    def link_spans(self) -> dict[int, Span]:
        """The places of the links in a document's text, by their order; of those past 65,535 none is known."""
        return {
            item: Span(self.file, self.line + line, column, end)
            for ordinal, item, line, column, end in _ROW.iter_unpack(self.packed)
            if ordinal == _LINKS and item < _LIMIT
        }

    def moved(self, lines: int) -> Marks:
        """The same record `lines` further down."""
        return Marks(self.record, self.file, self.line + lines, self.packed, self.digest) if lines else self


NOWHERE = Marks("", "", 0)
"""For values that come from no file, such as those read back from a release."""


def pack_link(item: int, line: int, column: int, end: int) -> bytes:
    """The place of a link in a document's text; `line` counts from the record's first."""
    return pack_mark(_LINKS, item, line, column, end)


def pack_mark(ordinal: int, item: int, line: int, column: int, end: int) -> bytes:
    """One row; columns past 65,535 are cut there."""
    return _ROW.pack(ordinal, min(item, _LIMIT), line, min(column, _LIMIT), min(end, _LIMIT))
