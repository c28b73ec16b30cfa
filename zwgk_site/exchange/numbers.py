"""Index numbers (索引号) for documents that have none: the next free serials of their years, in order of date and path.

A serial that any file or any earlier release has used is never given again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import Checked, Diagnostic, Span
from zwgk_site.exchange.rules import NO_CODE, NOT_NUMBERED
from zwgk_site.statute.numbers import make_index_number, normalize_number, parse_index_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zwgk_site.model.corpus import Department, Document, Holdings

_WRITTEN = re.compile(
    r"([0-9A-Za-z]{8}-?[0-9A-Za-z](?:[0-9A-Za-z]{9})?)\s*/\s*(\d{4})\s*[-—－]\s*(\d{5})(?!\d)", re.ASCII
)
LAST_SERIAL = 99_999


class Serials(msgspec.Struct):
    """The highest serial used, by code and year (最大流水号)."""

    highest: dict[tuple[str, str], int] = {}

    def note(self, prefix: str, year: str, serial: int) -> None:
        """A serial that is taken."""
        key = (normalize_number(prefix).replace("-", ""), year)
        self.highest[key] = max(self.highest.get(key, 0), serial)

    def note_text(self, text: str) -> None:
        """Every index number that stands anywhere in a text."""
        for prefix, year, serial in _WRITTEN.findall(text):
            self.note(prefix, year, int(serial))

    def note_documents(self, documents: Iterable[Document]) -> None:
        """The numbers that documents have, closed and withdrawn ones too."""
        for document in documents:
            number = parse_index_number(document.index_number)
            if number.year:
                self.note(number.prefix, number.year, int(number.serial))

    def note_ledger(self, prefix: str, serials: Mapping[str, int]) -> None:
        """What earlier releases have used."""
        for year, serial in serials.items():
            self.note(prefix, year, serial)

    def give(self, prefix: str, year: str) -> str | None:
        """The next number of a year, or `None` when the five digits are used up."""
        serial = self.highest.get((normalize_number(prefix).replace("-", ""), year), 0) + 1
        if serial > LAST_SERIAL:
            return None
        self.note(prefix, year, serial)
        return make_index_number(prefix, int(year), serial)


def wanting_documents(holdings: Holdings) -> tuple[Document, ...]:
    """The department's open documents without an index number, in the order in which they get one."""
    wanting = [item for item in holdings.documents if item.is_public() and not item.index_number]
    return tuple(sorted(wanting, key=lambda item: (item.published_on or item.formed_on, item.path)))


def assign_numbers(holdings: Holdings, serials: Serials) -> Checked[tuple[tuple[Document, str], ...]]:
    """A number for each document that wants one; `serials` has seen every file of the site and goes on counting."""
    wanting = wanting_documents(holdings)
    department = holdings.department
    if not department.index_prefix:
        found = NO_CODE.at(_catalog_span(holdings), name=department.name, count=len(wanting))
        return Checked((), (found,) if wanting else ())
    given: list[tuple[Document, str]] = []
    findings: list[Diagnostic] = []
    for document in wanting:
        day = document.published_on or document.formed_on
        number = serials.give(department.index_prefix, day[:4]) if day else None
        if number is not None:
            given.append((document, number))
            continue
        span = document.marks.span()
        findings.append(used_up(span, department, day[:4]) if day else _undated(span, department))
    return Checked(tuple(given), tuple(findings))


def used_up(span: Span, department: Department, year: str) -> Diagnostic:
    """That the year has no serial left."""
    example = f"{department.index_prefix}/{year}-00001"
    return NOT_NUMBERED.at(span, reason="这一年的五位流水号已经用完", reason_en="the year's serials are used up", example=example)  # fmt: skip


def _undated(span: Span, department: Department) -> Diagnostic:
    example = f"{department.index_prefix}/2026-00001"
    return NOT_NUMBERED.at(span, reason="没有写“发布日期”，也没有写“成文日期”", reason_en="neither 发布日期 nor 成文日期 is given", example=example)  # fmt: skip


def _catalog_span(holdings: Holdings) -> Span:
    return Span(holdings.catalog_file, 1, 1, 2)
