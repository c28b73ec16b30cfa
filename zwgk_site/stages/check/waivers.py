"""Waivers (不再提示): findings that somebody has looked at and answered for. Errors can't be waived."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from zwgk_site.diagnostics import RULES, Diagnostic, Rule, Severity, Span
from zwgk_site.text.paths import department_of_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zwgk_site.model.corpus import Holdings, Site, Waiver

CODE = re.compile(r"ZW\d{3}", re.ASCII)
WAIVER_WITHOUT_REASON = Rule(
    "ZW880", Severity.WARNING,
    zh="“不再提示”的“{code}”没有写理由，没有采用",
    en="“不再提示” names “{code}” without a reason; not used",
    hint_zh="请写明代码和理由，例如　不再提示: [{代码: ZW204, 理由: 历史文件，不在目录内}]",
    hint_en="Give code and reason, such as 不再提示: [{代码: ZW204, 理由: …}].",
)  # fmt: skip
WAIVER_OF_NOTHING = Rule(
    "ZW881", Severity.WARNING,
    zh="“不再提示”里的“{code}”不是提示代码，没有采用",
    en="“{code}” in “不再提示” is no code of a finding; not used",
    hint_zh="代码写在每条提示的前面，例如　代码: ZW204",
    hint_en="The code stands at the head of a finding, such as ZW204.",
)  # fmt: skip
WAIVER_OF_ERROR = Rule(
    "ZW882", Severity.WARNING,
    zh="“{code}”是错误，不能“不再提示”",
    en="“{code}” is an error and can't be waived",
    hint_zh="错误必须改正，请按 zwgk explain {code} 的说明改正后删去这一行。",
    hint_en="Errors must be mended; see zwgk explain {code}.",
)  # fmt: skip


class PlacedWaiver(msgspec.Struct, frozen=True, array_like=True):
    """A waiver of an entry or a document, with the lines for which it speaks (`last` 0: to the end of the file)."""

    code: str
    reason: str
    file: str
    first: int
    last: int = 0

    def speaks_for(self, finding: Diagnostic) -> bool:
        """Whether the finding is of this kind and stands in these lines."""
        span = finding.span
        if finding.code != self.code or span.file != self.file:
            return False
        return not self.first or (self.first <= span.line and (not self.last or span.line <= self.last))


Waived = tuple[tuple[Diagnostic, str], ...]


def place_waivers(holdings: Holdings) -> tuple[tuple[PlacedWaiver, ...], tuple[Diagnostic, ...]]:
    """The waivers that stand with entries and documents, and what is wrong with them."""
    placed: list[PlacedWaiver] = []
    findings: list[Diagnostic] = []
    entries = holdings.entries
    for place, entry in enumerate(entries):
        if entry.waivers:
            last = entries[place + 1].marks.line - 1 if place + 1 < len(entries) else 0
            span = entry.marks.span("waivers")
            findings.extend(_judge_waivers(entry.waivers, span))
            placed.extend(
                PlacedWaiver(item.code, item.reason, entry.marks.file, entry.marks.line, last)
                for item in entry.waivers
                if _is_sound(item)
            )
    for document in holdings.documents:
        if document.waivers:
            findings.extend(_judge_waivers(document.waivers, document.marks.span("waivers")))
            placed.extend(
                PlacedWaiver(item.code, item.reason, document.marks.file, 0)
                for item in document.waivers
                if _is_sound(item)
            )
    return tuple(placed), tuple(findings)


def judge_waivers(site: Site) -> Iterator[Diagnostic]:
    """What is wrong with waivers in `site.yaml`."""
    return _judge_waivers(site.waivers, Span("site.yaml"))


def split_waived(
    findings: Iterable[Diagnostic], placed: Iterable[PlacedWaiver], site: Site
) -> tuple[tuple[Diagnostic, ...], Waived]:
    """The findings that are shown, and those that are not with the reasons given for it."""
    own = _by_code(placed)
    general: dict[str, list[Waiver]] = {}
    for item in site.waivers:
        if _is_sound(item):
            general.setdefault(item.code, []).append(item)
    if not own and not general:
        return tuple(findings), ()
    kept: list[Diagnostic] = []
    waived: list[tuple[Diagnostic, str]] = []
    for finding in findings:
        reason = ""
        if finding.severity is not Severity.ERROR:
            reason = next((item.reason for item in own.get(finding.code, ()) if item.speaks_for(finding)), "")
            reason = reason or next((w.reason for w in general.get(finding.code, ()) if _covers(w, finding.span)), "")
        if reason:
            waived.append((finding, reason))
        else:
            kept.append(finding)
    return tuple(kept), tuple(waived)


def _by_code(placed: Iterable[PlacedWaiver]) -> dict[str, list[PlacedWaiver]]:
    found: dict[str, list[PlacedWaiver]] = {}
    for item in placed:
        found.setdefault(item.code, []).append(item)
    return found


def _covers(waiver: Waiver, span: Span) -> bool:
    """Whether a waiver of the site speaks for a place: its department, its file or folder."""
    if waiver.department and department_of_file(span.file) != waiver.department:
        return False
    if waiver.file.endswith("/"):
        return span.file.startswith(waiver.file)
    return not waiver.file or span.file == waiver.file


def _is_sound(waiver: Waiver) -> bool:
    return bool(waiver.reason and CODE.fullmatch(waiver.code))


def _judge_waivers(waivers: Iterable[Waiver], span: Span) -> Iterator[Diagnostic]:
    for item in waivers:
        if not CODE.fullmatch(item.code):
            yield WAIVER_OF_NOTHING.at(span, code=item.code[:40])
        elif not item.reason:
            yield WAIVER_WITHOUT_REASON.at(span, code=item.code)
        elif item.code in RULES and RULES[item.code].severity is Severity.ERROR:
            yield WAIVER_OF_ERROR.at(span, code=item.code)
