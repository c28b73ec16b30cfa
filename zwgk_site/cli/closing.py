"""What stands below the findings of a check: how many, what to mend first, what to do next."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zwgk_site.cli.findings import department_of
from zwgk_site.cli.reports.subject import WHOLE_SITE, rank_departments
from zwgk_site.cli.reports.words import score_words, veto_words
from zwgk_site.cli.returned import returned_lines
from zwgk_site.cli.rule_list import family_title
from zwgk_site.cli.show import plain_text
from zwgk_site.diagnostics import RULES, Severity
from zwgk_site.statute.score import FULL, VETOES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zwgk_site.cli.reports.subject import Report

NAMED = 5
"""Departments, or codes, that a line names at most."""
MANY = 20
"""Findings beyond which a table is easier to work through than the terminal."""


def closing_lines(report: Report, language: str, file: Path | None = None) -> Iterator[str]:
    """The lines in order; `file` is where the report has been written."""
    yield from summing_lines(report, language)
    yield from map(plain_text, _what_next(report, language, file))


def summing_lines(report: Report, language: str) -> Iterator[str]:
    """What was found, without what to run next: a report in a file ends with it."""
    yield from map(plain_text, _lines(report, language))


def _lines(report: Report, language: str) -> Iterator[str]:
    zh = language == "zh"
    if report.returned is not None:
        yield from returned_lines(report.returned, language)
    if report.waived:
        count = len(report.waived)
        yield f"另有 {count} 条按理由不再提示。" if zh else f"{count} more waived, with reasons."
    if report.complete:
        yield _looked_at(report, language)
        yield from _scored(report, language)
    yield from _what_first(report, language)


def _looked_at(report: Report, language: str) -> str:
    departments, entries, documents = report.department_count, report.entries, report.documents
    if language == "zh":
        return f"体检 {report.today}：{departments} 个部门、{entries} 个条目、{documents} 份文件。"
    return f"checked as of {report.today}: {departments} departments, {entries} entries, {documents} documents."


def _scored(report: Report, language: str) -> Iterator[str]:
    """One line: the mean, and the department that has most to do."""
    if report.score is None:
        return
    zh = language == "zh"
    whole = score_words(report.score, report.vetoes, language)
    lowest = next(row for row in rank_departments(report.departments) if row.score is not None)
    line = f"检查评分：全站 {whole}" if zh else f"score: {whole}"
    if lowest.score and lowest.score.points < FULL and report.department_count > 1:
        words = score_words(lowest.score.points, lowest.score.vetoes, language)
        line += f"；最低的是{lowest.name}，{words}" if zh else f"; lowest: {lowest.name}, {words}"
    unscored = sum(row.held and row.score is None for row in report.departments)
    if unscored:
        line += f"；{unscored} 个部门有影响公开的错误，未评分" if zh else f"; {unscored} held back and not scored"
    yield line + ("。" if zh else ".")


def _what_first(report: Report, language: str) -> Iterator[str]:
    """Who is held back; then errors, vetoes and warnings, in the order in which they are to be mended."""
    zh = language == "zh"
    held = [row.name for row in report.departments if row.held]
    if held:
        names = _some(held, language)
        yield f"生成时会暂缓更新的部门（保留上一版）：{names}" if zh else f"a build would hold back: {names}"
    steps = [
        step for step in (_errors(report, language), _vetoes(report, language), _warnings(report, language)) if step
    ]
    for place, (what, listed) in enumerate(steps):
        if zh:
            yield f"{'再改' if place else '先改'}{what}：{listed}。"
        else:
            yield f"{'then' if place else 'first'}, {what}: {listed}."


def _errors(report: Report, language: str) -> tuple[str, str] | None:
    """Whose errors they are, most first, and where to begin: with one that holds its department back."""
    zh = language == "zh"
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    if not errors:
        return None
    names = {row.code: row.name for row in report.departments} | {"": WHOLE_SITE[not zh]}
    ranked = sorted(Counter(map(department_of, errors)).items(), key=lambda item: (-item[1], item[0]))
    listed = _some(
        [f"{names[code]} {count} 个" if zh else f"{names[code]} {count}" for code, count in ranked], language
    )
    first = next((item for item in errors if item.blocks), errors[0]).span
    place = first.file + (f":{first.line}" if first.line else "")
    if place:
        listed += f"，从 {place} 开始" if zh else f"; begin with {place}"
    return ("错误" if zh else "errors"), listed


def _vetoes(report: Report, language: str) -> tuple[str, str] | None:
    zh = language == "zh"
    whole = tuple(
        dict.fromkeys(item.code for item in report.findings if item.code in VETOES and not department_of(item))
    )
    failed = [(WHOLE_SITE[not zh], whole)] if whole else []
    failed += [(row.name, row.score.vetoes) for row in report.departments if row.score and row.score.vetoes]
    frame = "{}（{}）" if zh else "{} ({})"
    listed = _some([frame.format(name, veto_words(codes, language)) for name, codes in failed], language)
    return (("单项否决" if zh else "vetoes"), listed) if failed else None


def _warnings(report: Report, language: str) -> tuple[str, str] | None:
    """Which kinds are the most."""
    zh = language == "zh"
    shown = (item for item in report.findings if item.severity is Severity.WARNING and item.code not in VETOES)
    common = sorted(Counter(item.code for item in shown).items(), key=lambda item: (-item[1], item[0]))
    frame = "{} {}（{} 个）" if zh else "{} {} ({})"
    kinds = [frame.format(family_title(RULES[code].family, language), code, count) for code, count in common]
    return (("警告" if zh else "warnings"), _some(kinds, language, between="；" if zh else "; ")) if kinds else None


def _what_next(report: Report, language: str, file: Path | None) -> Iterator[str]:
    zh = language == "zh"
    if not report.complete:
        yield (
            "没有检查完：请先改正上面的错误，再运行一次 zwgk check。"
            if zh
            else "not checked to the end: mend the errors above and run zwgk check again."
        )
    elif report.count(Severity.ERROR):
        code = next(finding.code for finding in report.findings if finding.severity is Severity.ERROR)
        yield (
            f"改好后再运行一次 zwgk check；不明白的代码可以查，例如 zwgk explain {code}"
            if zh
            else f"Mend, then run zwgk check again; zwgk explain {code} tells more of a code."
        )
    elif report.findings:
        yield "没有错误，可以生成：zwgk build" if zh else "No errors: zwgk build can publish."
    else:
        yield "没有发现问题，可以生成：zwgk build" if zh else "no findings: zwgk build can publish."
    if file is None and len(report.findings) > MANY:
        yield (
            "要分给各部门去改，可以写成表格：zwgk check --report 体检.xlsx"
            if zh
            else "To hand them out as a table: zwgk check --report findings.xlsx"
        )
    if file is not None:
        yield f"报告已写入 {file}" if zh else f"report written to {file}"


def _some(items: list[str], language: str, *, between: str = "") -> str:
    """The first of many, and how many more there are."""
    zh = language == "zh"
    named = (between or ("、" if zh else ", ")).join(items[:NAMED])
    more = len(items) - NAMED
    if more <= 0:
        return named
    return f"{named}等（另有 {more} 个）" if zh else f"{named} and {more} more"
