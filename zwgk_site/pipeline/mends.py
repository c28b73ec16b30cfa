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
        return source is not None and self._change(source, change, note)

    def number(self, file: str, number: str) -> None:
        """The file with an index number below its title."""
        source, key = self.read(file), ("索引号", number)
        if source is None or self._change(
            source,
            lambda data, encoding: insert_key(data, encoding, RECORDS["document"], "title", key),
            ("index_number", number),
        ):
            return
        reason = "信息栏的写法特别，程序不敢改"
        reason_en = "the front matter is laid out in a way that this program won't touch"
        self.findings.append(NOT_NUMBERED.at(Span(file, 1, 1, 4), reason=reason, reason_en=reason_en, example=number))

    def replace(self, span: Span, old: str, new: str) -> None:
        """The file of `span` with one value in its normal form; left alone where it is not written plainly."""
        if old != new:
            self.edit(
                span.file,
                lambda data, encoding: replace_value(data, encoding, span, old, new),
                ("normal_form", f"{old} → {new}"),
            )

    def _change(self, source: SourceBytes, change: Callable[[bytes, str], bytes | None], note: tuple[str, str]) -> bool:
        """Whether `change` could be made to what earlier changes left of the file."""
        plain = FileChange(source.file, source.data, source.data, source.encoding, source.encoding, ())
        before = self.changes.get(source.file, plain)
        after = change(before.after, before.encoding_after)
        if after is None:
            return False
        if after != before.after:
            self.changes[source.file] = msgspec.structs.replace(before, after=after, notes=(*before.notes, note))
        return True
