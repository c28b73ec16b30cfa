"""Changes to the files of a site while they are made: a later one is made from what the earlier left. Writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Diagnostic, Severity, Span
from zwgk_site.exchange.changes import FileChange
from zwgk_site.exchange.encodings import to_utf8
from zwgk_site.exchange.front_matter import insert_key
from zwgk_site.exchange.normal_forms import replace_value
from zwgk_site.exchange.rules import NOT_NUMBERED
from zwgk_site.model.fields import RECORDS
from zwgk_site.stages.load.text_file import decode_text, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable


class SourceBytes(msgspec.Struct, frozen=True):
    """A text file with the encoding that the reader found."""

    file: str
    data: bytes
    encoding: str
    text: str


class Mends(msgspec.Struct):
    """The changes while they are made, one for each file; a later one is made from what the earlier left."""

    root: Path
    changes: dict[str, FileChange]
    findings: list[Diagnostic]

    def read(self, file: str) -> SourceBytes | None:
        """The file as it is on disk; one that is no text is a finding."""
        data = read_bytes(self.root / file, file)
        source = decode_text(data.value, file) if data.value is not None else None
        found = source.findings if source is not None else data.findings
        self.findings.extend(finding for finding in found if finding.severity is Severity.ERROR)
        if source is None or source.value is None or data.value is None:
            return None
        return SourceBytes(file, data.value, source.value.encoding, source.value.text)

    def convert(self, file: str) -> None:
        """The file in plain UTF-8."""
        source = self.read(file)
        after = to_utf8(source.data, source.encoding) if source is not None else None
        if source is not None and after is not None and after != source.data:
            old = source.encoding if source.encoding != "utf-8" else "UTF-8 BOM"
            self.changes[file] = FileChange(file, source.data, after, source.encoding, "utf-8", (("encoding", old),))

    def edit(self, file: str, change: Callable[[bytes, str], bytes | None], note: tuple[str, str]) -> bool:
        """The file with one change more, made from its bytes and their encoding; False where it can't be made."""
        source = self.read(file)
        if source is None:
            return False
        plain = FileChange(file, source.data, source.data, source.encoding, source.encoding, ())
        before = self.changes.get(file, plain)
        after = change(before.after, before.encoding_after)
        if after is None:
            return False
        if after != before.after:
            self.changes[file] = msgspec.structs.replace(before, after=after, notes=(*before.notes, note))
        return True

    def number(self, file: str, number: str) -> None:
        """The file with an index number below its title."""
        source = self.read(file)
        if source is None:
            return
        plain = FileChange(file, source.data, source.data, source.encoding, source.encoding, ())
        change = self.changes.get(file, plain)
        record = RECORDS["document"]
        after = insert_key(change.after, change.encoding_after, record, "title", ("索引号", number))
        if after is None:
            reason = (
                "信息栏的写法特别，程序不敢改",
                "the front matter is laid out in a way that this program won't touch",
            )
            self.findings.append(
                NOT_NUMBERED.at(Span(file, 1, 1, 4), reason=reason[0], reason_en=reason[1], example=number)
            )
            return
        notes = (*change.notes, ("index_number", number))
        self.changes[file] = msgspec.structs.replace(change, after=after, notes=notes)

    def replace(self, span: Span, old: str, new: str) -> None:
        """The file of `span` with one value in its normal form; left alone where it is not written plainly."""
        source = self.read(span.file)
        if source is None or old == new:
            return
        plain = FileChange(span.file, source.data, source.data, source.encoding, source.encoding, ())
        change = self.changes.get(span.file, plain)
        after = replace_value(change.after, change.encoding_after, span, old, new)
        if after is not None:
            notes = (*change.notes, ("normal_form", f"{old} → {new}"))
            self.changes[span.file] = msgspec.structs.replace(change, after=after, notes=notes)
